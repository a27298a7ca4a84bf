"""What changed in the decks since the file that a learner has, told from their ledgers.

Takes decks with their ledgers and a day; gives the changes after it. A ledger holds the last change of each note, so a
note that was corrected twice is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from quizgen.facts import Deck
from quizgen.formats.anki_ledger import Ledger, Line


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
