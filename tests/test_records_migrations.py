"""Migrations make the tables of the newest release out of any older ones, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command, op
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect

from quizgen.problems import QuizgenError
from quizgen.records import migrate, open_database
from quizgen.records.database import MIGRATIONS
from quizgen.records.tables import metadata

ROW = "insert into attempts (key, learner, started_at) values ('one', 'ana', '2026-11-22')"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return made


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def execute(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)


def differences(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def downgrade(engine: Engine) -> None:
    back = config()
    with engine.begin() as connection:
        back.attributes["connection"] = connection
        command.downgrade(back, "base")


def constraints(engine: Engine) -> set[tuple[str, object]]:
    looked = inspect(engine)
    return {
        (table, found["name"])
        for table in metadata.tables
        for found in (
            looked.get_pk_constraint(table),
            *looked.get_foreign_keys(table),
            *looked.get_unique_constraints(table),
            *looked.get_indexes(table),
        )
    }


def cut_short(create: Callable[..., object], last: int) -> Callable[..., object]:
    calls = iter(range(1, 99))

    def create_table(*arguments: object, **options: object) -> object:
        if next(calls) == last:
            raise KeyboardInterrupt
        return create(*arguments, **options)

    return create_table


def test_they_make_exactly_the_tables_of_the_metadata(engine: Engine) -> None:
    assert differences(engine) == []
    assert set(inspect(engine).get_table_names()) == {*metadata.tables, "alembic_version"}


@pytest.mark.parametrize(
    "change",
    [
        "alter table answers add column extra integer",
        "alter table items drop column item",
        "drop index ix_attempts_learner",
        "drop table answers",
    ],
)
def test_a_difference_would_be_seen(engine: Engine, change: str) -> None:
    execute(engine, change)
    assert differences(engine)


def test_names_of_constraints_are_those_of_the_metadata(engine: Engine, tmp_path: Path) -> None:
    other = create_engine(f"sqlite:///{tmp_path / 'metadata.sqlite'}")
    metadata.create_all(other)
    assert constraints(engine) == constraints(other)
    other.dispose()


def test_at_the_newest_nothing_more_happens(engine: Engine, file: Path) -> None:
    execute(engine, ROW)
    migrate(engine)
    assert differences(engine) == []
    assert rows(file, "select key, learner from attempts") == [("one", "ana")]


def test_they_are_one_line_without_branches() -> None:
    assert len(ScriptDirectory.from_config(config()).get_heads()) == 1


def test_they_lead_back_and_forth(engine: Engine) -> None:
    downgrade(engine)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert differences(engine) == []


@pytest.mark.parametrize("last", [1, 2, 3])
def test_one_that_is_cut_short_leaves_nothing_behind(file: Path, monkeypatch: pytest.MonkeyPatch, last: int) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(op, "create_table", cut_short(op.create_table, last))
        with pytest.raises(KeyboardInterrupt):
            open_database(f"sqlite:///{file}")
    assert rows(file, "select name from sqlite_master") == []
    engine = open_database(f"sqlite:///{file}")
    assert differences(engine) == []
    engine.dispose()


def test_many_may_open_a_new_database_at_once(file: Path) -> None:
    together = Barrier(8)

    def begin(_number: int) -> None:
        together.wait(30)
        open_database(f"sqlite:///{file}").dispose()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(8)))
    newest = ScriptDirectory.from_config(config()).get_current_head()
    assert rows(file, "select version_num from alembic_version") == [(newest,)]


def test_a_file_that_is_no_database_is_a_problem_to_read(file: Path) -> None:
    file.write_bytes(b"holiday pictures" * 1000)
    with pytest.raises(QuizgenError, match="the database cannot be used: file is not a database"):
        open_database(f"sqlite:///{file}")
    assert file.read_bytes() == b"holiday pictures" * 1000
