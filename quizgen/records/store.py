"""What is kept of quizzes: attempts, the papers they were asked, and the answers given."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, insert, select
from sqlalchemy.exc import IntegrityError

from quizgen.quizzes import Choice, Item, Quiz, Score
from quizgen.records.drafts import Drafts
from quizgen.records.tables import answers, attempts, items


@dataclass(frozen=True, slots=True)
class Attempt:
    """One taking of a quiz: its items and, in the same places, the choices made so far."""

    key: str
    learner: str
    started_at: datetime
    items: tuple[Item, ...]
    answers: tuple[Choice | None, ...]

    @property
    def next_position(self) -> int | None:
        """The place, counted from one, of the first item without an answer; None when all have one."""
        return next((place for place, answer in enumerate(self.answers, start=1) if answer is None), None)


@dataclass(frozen=True, slots=True)
class Summary:
    """An attempt in one line."""

    key: str
    started_at: datetime
    score: Score


class Records:
    """Reads and writes attempts. Every method that writes has its rows on disk when it returns."""

    def __init__(self, engine: Engine) -> None:
        """Work on a database that `open_database` has brought up to date."""
        self.engine = engine
        self.drafts = Drafts(engine)

    def start(self, quiz: Quiz, *, key: str, learner: str, now: datetime, retry_of: str | None = None) -> None:
        """Keep a new attempt and its paper."""
        with self.engine.begin() as connection:
            earlier = self._id(connection, retry_of) if retry_of else None
            row = {"key": key, "learner": learner, "started_at": now, "retry_of": earlier}
            attempt = connection.execute(insert(attempts).returning(attempts.c.id), row).scalar_one()
            papers = [
                {"attempt": attempt, "position": place, "question": item.question, "item": _dump(item)}
                for place, item in enumerate(quiz.items, start=1)
            ]
            connection.execute(insert(items), papers)

    def attempt(self, key: str) -> Attempt | None:
        """Find an attempt by the key in its address."""
        with self.engine.connect() as connection:
            found = connection.execute(select(attempts).where(attempts.c.key == key)).one_or_none()
            if found is None:
                return None
            rows = connection.execute(_papers(found.id)).all()
        papers = [_load(row.item) for row in rows]
        given = [_given(paper, row) for paper, row in zip(papers, rows, strict=True)]
        return Attempt(found.key, found.learner, _aware(found.started_at), tuple(papers), tuple(given))

    def answer(self, attempt: str, position: int, choice: Choice, *, now: datetime) -> bool:
        """Keep an answer; the first one counts, and False tells that there was one already."""
        try:
            with self.engine.begin() as connection:
                row = {
                    "attempt": self._id(connection, attempt),
                    "position": position,
                    "option": choice.key,
                    "is_right": choice.is_right,
                    "answered_at": now,
                }
                connection.execute(insert(answers), row)
        except IntegrityError:
            return False
        return True

    def recent(self, learner: str, limit: int) -> Sequence[Summary]:
        """Give a learner's newest attempts, newest first."""
        join = items.outerjoin(
            answers, (answers.c.attempt == items.c.attempt) & (answers.c.position == items.c.position)
        )
        query = (
            select(
                attempts.c.key,
                attempts.c.started_at,
                func.count(items.c.position).label("asked"),
                func.count(answers.c.position).label("answered"),
                func.count(answers.c.position).filter(answers.c.is_right).label("right"),
            )
            .select_from(attempts.join(join, items.c.attempt == attempts.c.id))
            .where(attempts.c.learner == learner)
            .group_by(attempts.c.id)
            .order_by(attempts.c.id.desc())
            .limit(limit)
        )
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return [Summary(row.key, _aware(row.started_at), Score(row.right, row.answered, row.asked)) for row in rows]

    @staticmethod
    def _id(connection: Connection, key: str) -> int:
        return int(connection.execute(select(attempts.c.id).where(attempts.c.key == key)).scalar_one())


def _papers(attempt: int) -> Select[Any]:
    join = items.outerjoin(answers, (answers.c.attempt == items.c.attempt) & (answers.c.position == items.c.position))
    columns = select(items.c.item, answers.c.option).select_from(join)
    return columns.where(items.c.attempt == attempt).order_by(items.c.position)


def _given(item: Item, row: Row[Any]) -> Choice | None:
    return next((choice for choice in item.choices if choice.key == row.option), None)


def _dump(item: Item) -> str:
    return json.dumps(asdict(item), ensure_ascii=False)


def _load(text: str) -> Item:
    fields = json.loads(text)
    choices = tuple(Choice(**choice) for choice in fields.pop("choices"))
    return Item(choices=choices, **fields)


def _aware(moment: datetime) -> datetime:
    """SQLite forgets the time zone; what we write is always UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
