"""What changed in the decks since the file that a learner has, told from their ledgers.

Takes decks with their ledgers and a day; gives the changes after it. A ledger holds the last change of each note, so a
note that was corrected twice is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock

from quizgen.facts import Deck
from quizgen.formats.anki_ledger import Ledger, Line
from quizgen.formats.anki_releases import NOTE_TYPE, ledger_file, read_released

Stamp = tuple[str, int, int]


class Sort(StrEnum):
    """What an update does with a note, in the order of telling."""

    CORRECTED = "corrected"
    RETIRED = "retired"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One note that an update brings: on which `day` it changed, and why if it is asked no longer."""

    sort: Sort
    deck: Deck
    day: date
    stem: str
    answer: str
    reason: str = ""


class Ledgers:
    """The ledgers of decks, read again when their files change."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: dict[str, tuple[Stamp, Ledger]] = {}

    def of(self, decks: Iterable[Deck]) -> list[tuple[Deck, Ledger]]:
        """Give the decks that have a ledger with it. Raises QuizgenError with what is wrong in one."""
        with self._lock:
            read = ((deck, self._of(deck)) for deck in decks)
            return [(deck, ledger) for deck, ledger in read if ledger]

    def _of(self, deck: Deck) -> Ledger | None:
        stamp = _stamp(ledger_file(deck))
        if stamp is None:
            return None
        known = self._read.get(deck.key)
        if known is None or known[0] != stamp:
            ledger = read_released([deck]).ledgers.get(deck.key)
            if ledger is None:
                return None  # it was taken away just now
            known = self._read[deck.key] = (stamp, ledger)
        return known[1]


def is_released(deck: Deck) -> bool:
    """Tell whether a deck has a ledger."""
    return _stamp(ledger_file(deck)) is not None


def stamps(decks: Iterable[Deck]) -> tuple[Stamp | None, ...]:
    """Give what is another whenever one of the decks' ledgers is, or that of the note type."""
    return tuple(_stamp(file) for file in (NOTE_TYPE, *map(ledger_file, decks)))


def changes_since(ledgers: Iterable[tuple[Deck, Ledger]], day: date) -> list[Change]:
    """Give what changed after a day: sort by sort, deck by deck, the newest first."""
    sorts = list(Sort)
    found = [change for deck, ledger in ledgers for change in _changes(deck, ledger, day)]
    return sorted(found, key=lambda change: (sorts.index(change.sort), change.deck.title, -change.day.toordinal()))


def release_days(ledgers: Sequence[tuple[Deck, Ledger]], most: int) -> list[date]:
    """Give the last days on which something was released, the newest first."""
    days = {_day(moment) for _, ledger in ledgers for line in ledger.lines.values() for moment in _moments(line)}
    return sorted(days, reverse=True)[:most]


def _changes(deck: Deck, ledger: Ledger, since: date) -> Iterator[Change]:
    for id_ in sorted(ledger.lines):
        line = ledger.lines[id_]
        stem, answer = line.content.stem, line.content.answer
        first, changed = _day(line.first or line.changed), _day(line.changed)
        if line.retired:
            # What was retired before says so already: its note may get other words, but that is no news.
            if line.retired > since:
                yield Change(Sort.RETIRED, deck, line.retired, stem, answer, line.reason)
        elif first > since:
            yield Change(Sort.NEW, deck, first, stem, answer)
        elif changed > since:
            yield Change(Sort.CORRECTED, deck, changed, stem, answer)


def _moments(line: Line) -> Iterator[int]:
    yield line.changed
    if line.first:
        yield line.first


def _day(seconds: int) -> date:
    return datetime.fromtimestamp(seconds, UTC).date()


def _stamp(file: Path) -> Stamp | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return str(file), status.st_mtime_ns, status.st_size
