"""What is kept of the workbench: articles, and the deck that is made of each, version by version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Select, delete, func, insert, select, update

from quizgen.records.tables import drafts, versions

# How many versions of a draft are kept, and so how far undoing leads back.
MOST_VERSIONS = 200
MOST_DRAFTS = 1000


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to a fact: a word for it, and the fact's key (none for the whole deck)."""

    done: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is now: the article with its sentences (JSON), remarks (JSON), and the text of the deck file.

    `changes` tells whether somebody else has changed it since; `change` is what was done last, and can be undone.
    """

    key: str
    title: str
    article: str
    remarks: str
    text: str
    changes: int
    change: Change | None
    published: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A draft in one line."""

    key: str
    title: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A deck that was put into the library: its draft, the text of its file, and when."""

    draft: str
    text: str
    at: datetime


class Drafts:
    """Reads and writes drafts. Every method that writes has its rows on disk when it returns."""

    def __init__(self, engine: Engine) -> None:
        """Work on a database that `open_database` has brought up to date."""
        self.engine = engine

    def start(self, kept: Kept, *, deck: str, learner: str, now: datetime) -> bool:
        """Keep a new draft; `deck` is the key of its deck. False when there are as many as are kept."""
        row = {
            "key": kept.key,
            "learner": learner,
            "started_at": now,
            "deck": deck,
            "title": kept.title,
            "article": kept.article,
            "remarks": kept.remarks,
            "current": 0,
            "changes": 0,
        }
        with self.engine.begin() as connection:
            if connection.execute(select(func.count()).select_from(drafts)).scalar_one() >= MOST_DRAFTS:
                return False
            draft = connection.execute(insert(drafts).returning(drafts.c.id), row).scalar_one()
            first = {"draft": draft, "number": 0, "text": kept.text, "done": "", "fact": ""}
            connection.execute(insert(versions), first)
        return True

    def find(self, key: str) -> Kept | None:
        """Find a draft by the key in its address."""
        with self.engine.connect() as connection:
            row = connection.execute(_now().where(drafts.c.key == key)).one_or_none()
        if row is None:
            return None
        change = Change(row.done, row.fact) if row.before is not None else None
        return Kept(row.key, row.title, row.article, row.remarks, row.text, row.changes, change, row.published or "")

    def save(self, key: str, seen: int, text: str, change: Change) -> bool:
        """Keep a new version; False when the draft is not as it was `seen` any more."""
        with self.engine.begin() as connection:
            row = connection.execute(select(drafts).where(drafts.c.key == key)).one()
            number = seen + 1
            changed = (
                update(drafts)
                .where(drafts.c.id == row.id, drafts.c.changes == seen)
                .values(current=number, changes=number)
            )
            if connection.execute(changed).rowcount != 1:
                return False
            new = {"draft": row.id, "number": number, "before": row.current, "text": text}
            connection.execute(insert(versions), new | {"done": change.done, "fact": change.fact})
            old = number - MOST_VERSIONS
            connection.execute(delete(versions).where(versions.c.draft == row.id, versions.c.number <= old))
            gone = (versions.c.draft == row.id) & (versions.c.before <= old)
            connection.execute(update(versions).where(gone).values(before=None))
        return True

    def undo(self, key: str, seen: int) -> Change | None:
        """Go back to the version before, and give what was undone; None when there is nothing to undo."""
        with self.engine.begin() as connection:
            row = connection.execute(_now().where(drafts.c.key == key)).one_or_none()
            if row is None or row.before is None:
                return None
            back = (
                update(drafts)
                .where(drafts.c.key == key, drafts.c.changes == seen)
                .values(current=row.before, changes=seen + 1)
            )
            return Change(row.done, row.fact) if connection.execute(back).rowcount == 1 else None

    def publish(self, key: str, text: str, now: datetime) -> None:
        """Keep the deck file that the library is to show from now on."""
        with self.engine.begin() as connection:
            new = update(drafts).where(drafts.c.key == key).values(published=text, published_at=now)
            connection.execute(new)

    def published(self) -> Sequence[Published]:
        """Give all decks that were put into the library, the oldest first."""
        query = select(drafts.c.key, drafts.c.published, drafts.c.published_at).where(drafts.c.published.is_not(None))
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(drafts.c.id)).all()
        return [Published(row.key, row.published, _aware(row.published_at)) for row in rows]

    def decks(self) -> frozenset[str]:
        """Give the keys of all decks that are being made."""
        with self.engine.connect() as connection:
            return frozenset(connection.execute(select(drafts.c.deck)).scalars())

    def recent(self, learner: str, limit: int) -> Sequence[Line]:
        """Give the newest drafts that a browser began, newest first."""
        query = (
            select(drafts.c.key, drafts.c.title, drafts.c.started_at)
            .where(drafts.c.learner == learner)
            .order_by(drafts.c.id.desc())
            .limit(limit)
        )
        with self.engine.connect() as connection:
            return [Line(row.key, row.title, _aware(row.started_at)) for row in connection.execute(query)]


def _now() -> Select[Any]:
    shown = (versions.c.draft == drafts.c.id) & (versions.c.number == drafts.c.current)
    columns = select(drafts, versions.c.text, versions.c.before, versions.c.done, versions.c.fact)
    return columns.select_from(drafts.join(versions, shown))


def _aware(moment: datetime) -> datetime:
    """SQLite forgets the time zone; what we write is always UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
