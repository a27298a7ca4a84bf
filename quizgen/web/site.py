"""What the pages work on: decks, their questions by deck, the records, and the clock and dice they are handed."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from flask import current_app, session

from quizgen.facts import Deck
from quizgen.formats import Release
from quizgen.formats.anki_ledger import NOTHING, Ledger, Released
from quizgen.questions import Question
from quizgen.records import Records
from quizgen.web.packages import Packages


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A deck and its questions."""

    deck: Deck
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """The decks that are served, and everything that answering them needs.

    Ledgers are read with the questions: newer ones would say of old texts that they are new. `company` are all decks
    from among which questions were made. `drafted` are the decks that were put into the library from the workbench,
    each with the key of its draft.
    """

    decks: Sequence[Deck]
    questions: Sequence[Question]
    records: Records
    changed: datetime
    now: Callable[[], datetime] = _now
    dice: Random = field(default_factory=secrets.SystemRandom)
    packages: Packages = field(default_factory=Packages)
    released: Released = NOTHING
    company: Sequence[Deck] = ()
    drafted: Mapping[str, str] = field(default_factory=dict)

    def shelves(self) -> list[Shelf]:
        """Give every deck with the questions that can be asked today: stale facts are not."""
        today = self.now().date()
        by_deck: dict[str, list[Question]] = defaultdict(list)
        for question in self.questions:
            if not question.fact.is_stale(today):
                by_deck[question.fact.deck].append(question)
        return [Shelf(deck, tuple(by_deck[deck.key])) for deck in self.decks]

    def shelf(self, key: str) -> Shelf | None:
        """Find a deck by its key."""
        return next((shelf for shelf in self.shelves() if shelf.deck.key == key), None)

    def askable(self, decks: Iterable[str]) -> list[Question]:
        """Give the questions of some decks; of all of them when none is named."""
        wanted = set(decks)
        shelves = [shelf for shelf in self.shelves() if not wanted or shelf.deck.key in wanted]
        return [question for shelf in shelves for question in shelf.questions]

    def release(self) -> Release:
        """Say what a download depends on."""
        return Release(
            changed=self.changed, today=self.now().date(), released=self.released, company=tuple(self.company)
        )

    def ledgers(self, decks: Iterable[Deck]) -> list[tuple[Deck, Ledger]]:
        """Give those of some decks that were released, with their ledgers as they were when serving began."""
        known = self.released.ledgers
        return [(deck, known[deck.key]) for deck in decks if deck.key in known]


def site() -> Site:
    """Give the site that the running application serves."""
    found: Site = current_app.extensions["quizgen"]
    return found


def learner() -> str:
    """Give the key by which this browser finds its attempts again; it names nobody."""
    if "learner" not in session:
        session["learner"] = secrets.token_urlsafe(16)
        session.permanent = True
    key: str = session["learner"]
    return key
