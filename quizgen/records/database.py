"""Opening the database: settings that make a commit durable, and migrations to the newest tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError

from quizgen.problems import Problem, QuizgenError

MIGRATIONS = Path(__file__).parent / "migrations"


def open_database(url: str) -> Engine:
    """Open a database by its URL, as `sqlite:///quizgen.sqlite`, and bring its tables up to date.

    Raises QuizgenError when it cannot be opened or is no database.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _make_durable)
    try:
        migrate(engine)
    except DatabaseError as error:
        engine.dispose()
        message = f"the database cannot be used: {error.orig}"
        raise QuizgenError([Problem(str(engine.url), 0, message, "move it away, or choose another folder")]) from error
    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Run the migrations that this database has not seen; its answers stay."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # one process at a time, and all of it or nothing
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _make_durable(connection: Any, _record: object) -> None:
    """WAL lets readers go on while one writes; FULL has every commit on disk before it returns."""
    cursor = connection.cursor()
    for pragma in ("busy_timeout=10000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
