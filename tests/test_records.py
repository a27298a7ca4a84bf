"""Answers are kept once, and are on disk before anybody is told of them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Barrier

import pytest
from sqlalchemy import Engine

from quizgen.facts import Library
from quizgen.questions import make_questions
from quizgen.quizzes import Choice, Quiz, Score, compose
from quizgen.records import Records, open_database
from tests.conftest import NOW

THREADS = 16


@pytest.fixture
def quiz(library: Library) -> Quiz:
    return compose(make_questions(library)[0], 5, Random(1))


@pytest.fixture
def begun(records: Records, quiz: Quiz) -> Records:
    records.start(quiz, key="one", learner="ana", now=NOW)
    return records


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    engine = open_database(f"sqlite:///{file}")
    yield engine
    engine.dispose()


def right(quiz: Quiz, position: int) -> Choice:
    return quiz.items[position - 1].answer


def wrong(quiz: Quiz, position: int) -> Choice:
    return next(choice for choice in quiz.items[position - 1].choices if not choice.is_right)


def given(records: Records, key: str = "one") -> tuple[Choice | None, ...]:
    attempt = records.attempt(key)
    assert attempt is not None
    return attempt.answers


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    """What another program sees in the file."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


class TestAttempts:
    def test_a_new_attempt_holds_the_whole_paper_and_no_answer(self, begun: Records, quiz: Quiz) -> None:
        attempt = begun.attempt("one")
        assert attempt is not None
        assert (attempt.key, attempt.learner, attempt.started_at) == ("one", "ana", NOW)
        assert attempt.items == quiz.items
        assert attempt.answers == (None,) * 5
        assert attempt.next_position == 1

    def test_nobody_finds_an_attempt_that_is_not_there(self, begun: Records) -> None:
        assert begun.attempt("two") is None

    @pytest.mark.parametrize(
        ("answered", "following"), [((), 1), ((1,), 2), ((2,), 1), ((1, 2, 4), 3), ((1, 2, 3, 4, 5), None)]
    )
    def test_it_goes_on_at_the_first_gap(
        self, begun: Records, quiz: Quiz, answered: tuple[int, ...], following: int | None
    ) -> None:
        for position in answered:
            begun.answer("one", position, right(quiz, position), now=NOW)
        attempt = begun.attempt("one")
        assert attempt is not None
        assert attempt.next_position == following

    def test_a_retry_knows_what_it_repeats(self, begun: Records, quiz: Quiz, file: Path) -> None:
        begun.start(quiz, key="two", learner="ana", now=NOW, retry_of="one")
        query = "select b.key, a.key from attempts b left join attempts a on a.id = b.retry_of order by b.id"
        assert rows(file, query) == [("one", None), ("two", "one")]


class TestAnswers:
    def test_an_answer_is_found_in_its_place(self, begun: Records, quiz: Quiz) -> None:
        assert begun.answer("one", 2, wrong(quiz, 2), now=NOW)
        assert begun.answer("one", 3, right(quiz, 3), now=NOW)
        assert given(begun) == (None, wrong(quiz, 2), right(quiz, 3), None, None)

    def test_the_first_answer_counts_and_the_second_is_refused(self, begun: Records, quiz: Quiz) -> None:
        assert begun.answer("one", 1, wrong(quiz, 1), now=NOW) is True
        assert begun.answer("one", 1, right(quiz, 1), now=NOW) is False
        assert given(begun)[0] == wrong(quiz, 1)

    def test_an_answer_to_a_question_that_was_not_asked_is_not_kept(
        self, begun: Records, quiz: Quiz, file: Path
    ) -> None:
        begun.answer("one", 6, right(quiz, 1), now=NOW)
        assert rows(file, "select * from answers") == []

    def test_of_many_answers_at_once_exactly_one_counts(self, begun: Records, quiz: Quiz) -> None:
        for position in range(1, 6):
            choices = [quiz.items[position - 1].choices[number % 3] for number in range(THREADS)]
            together = Barrier(THREADS)

            def answer(choice: Choice, position: int = position, together: Barrier = together) -> bool:
                together.wait(30)
                return begun.answer("one", position, choice, now=NOW)

            with ThreadPoolExecutor(THREADS) as pool:
                kept = list(pool.map(answer, choices))
            assert kept.count(True) == 1
            assert given(begun)[position - 1] == choices[kept.index(True)]

    def test_many_learners_at_once_lose_nothing(self, records: Records, quiz: Quiz) -> None:
        def take(key: str) -> list[bool]:
            records.start(quiz, key=key, learner=key, now=NOW)
            return [records.answer(key, position, right(quiz, position), now=NOW) for position in range(1, 6)]

        with ThreadPoolExecutor(THREADS) as pool:
            kept = list(pool.map(take, map(str, range(THREADS))))
        assert kept == [[True] * 5] * THREADS
        assert all(None not in given(records, str(number)) for number in range(THREADS))


class TestRecent:
    def test_the_newest_come_first_with_their_scores(self, begun: Records, quiz: Quiz) -> None:
        begun.start(quiz, key="two", learner="ana", now=NOW + timedelta(days=1))
        begun.answer("two", 1, right(quiz, 1), now=NOW)
        begun.answer("two", 2, wrong(quiz, 2), now=NOW)
        first, second = begun.recent("ana", 4)
        assert (first.key, first.score, first.started_at) == ("two", Score(1, 2, 5), NOW + timedelta(days=1))
        assert (second.key, second.score) == ("one", Score(0, 0, 5))

    def test_no_more_than_asked_for_and_nobody_elses(self, begun: Records, quiz: Quiz) -> None:
        for number in range(3):
            begun.start(quiz, key=f"ben-{number}", learner="ben", now=NOW)
        assert [summary.key for summary in begun.recent("ben", 2)] == ["ben-2", "ben-1"]
        assert [summary.key for summary in begun.recent("ana", 9)] == ["one"]
        assert begun.recent("eve", 9) == []


CHILD = """
import os, signal, sys
from datetime import UTC, datetime
from quizgen.quizzes import Choice, Item, Quiz
from quizgen.records import Records, open_database

records = Records(open_database(sys.argv[1]))
choice = Choice("key", "text", is_right=True)
item = Item("deck/fact#ask", "deck", "?", (choice,), "", "", "", "", "", "")
records.start(Quiz((item,) * 500), key="child", learner="ana", now=datetime.now(UTC))
for position in range(1, 501):
    records.answer("child", position, choice, now=datetime.now(UTC))
    os.write(1, f"{position}\\n".encode())
    %s
"""


class TestDurability:
    def test_an_answer_is_there_for_others_when_it_is_acknowledged(
        self, begun: Records, quiz: Quiz, file: Path
    ) -> None:
        for position in range(1, 6):
            begun.answer("one", position, right(quiz, position), now=NOW)
            assert rows(file, "select count(*) from answers") == [(position,)]

    @pytest.mark.parametrize(
        ("end", "code"), [("os._exit(7)", 7), ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL)]
    )
    def test_an_answer_outlives_its_process(self, file: Path, end: str, code: int) -> None:
        done = subprocess.run([sys.executable, "-c", CHILD % end, f"sqlite:///{file}"], timeout=60, check=False)
        assert done.returncode == code
        assert rows(file, "select position, option from answers") == [(1, "key")]

    def test_every_acknowledged_answer_outlives_a_kill_from_outside(self, file: Path) -> None:
        arguments = [sys.executable, "-c", CHILD % "pass", f"sqlite:///{file}"]
        with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            told = [child.stdout.readline() for _ in range(20)]
            os.kill(child.pid, signal.SIGKILL)
            told += child.stdout.readlines()
        kept = {place for (place,) in rows(file, "select position from answers")}
        assert {int(line) for line in told} <= kept
        assert 20 <= len(told) <= len(kept) <= len(told) + 1

    def test_every_connection_is_durable(self, engine: Engine) -> None:
        expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 10000}
        with ExitStack() as stack:
            for connection in [stack.enter_context(engine.connect()) for _ in range(6)]:
                found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
                assert found == expected
