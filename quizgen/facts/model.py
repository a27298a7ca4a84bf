"""The source of truth: decks of facts, each of which knows its key, its line, its source and its date."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from quizgen.world import SORTS, STATES, Entity, EntityKind, Interval, PartialDate, Relation, Standing


class Status(StrEnum):
    """How far a fact has come: a draft has not been checked by a person."""

    DRAFT = "draft"
    REVIEWED = "reviewed"


class Difficulty(StrEnum):
    """How hard the author thinks a fact is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts were read. `note` is what a learner must know about it, such as that it is unverified."""

    key: str
    title: str
    publisher: str
    retrieved: date
    url: str = ""
    published: str = "unknown"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """An answer that the author says is wrong, with the reason where one was written."""

    text: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What every fact has. `key` is unique in its deck and never changes; `file` and `line` are where it stands.

    `note` is for those who keep the deck: learners do not see it. `place` is where the quote stands in the article: its
    first character and the one after its last, counted in `Article.text`.
    """

    key: str
    deck: str
    file: str
    line: int
    source: Source
    as_of: date
    kind: str = ""
    quote: str = ""
    explanation: str = ""
    attribution: str = ""
    difficulty: Difficulty | None = None
    status: Status = Status.REVIEWED
    review_by: date | None = None
    hedged: bool = False
    askable: bool = True
    retired: str = ""
    also_true: tuple[str, ...] = ()
    note: str = ""
    place: tuple[int, int] | None = None

    @property
    def path(self) -> str:
        """The key that is unique in a library: `deck/fact`."""
        return f"{self.deck}/{self.key}"

    def is_stale(self, today: date) -> bool:
        """Tell whether the day by which it had to be looked at again has passed."""
        return self.review_by is not None and today > self.review_by


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainFact(Fact):
    """A question and its answer as the author wrote them.

    Facts of one deck with the same `option_set` have answers of one sort, each wrong for the others' questions:
    that is the author's word, save where `also_true` takes it back.
    """

    ask: str
    answer: str
    wrong: tuple[Wrong, ...] = ()
    option_set: str = ""
    start: PartialDate | None = None
    end: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationFact(Fact):
    """A statement `subject relation object` that holds during an interval; it is not askable unless it is asserted."""

    subject: Entity
    relation: Relation
    object: Entity
    during: Interval
    standing: Standing = Standing.ASSERTED

    @property
    def worded(self) -> str:
        """Name the sentences that it is spoken of with: on a map a strait is marked, where a country is highlighted."""
        if EntityKind.MAP not in self.relation.range or self.subject.kind in STATES:
            return self.relation.name
        return f"{self.relation.name} {SORTS.get(self.subject.kind, self.subject.kind)}"

    @property
    def turned(self) -> RelationFact:
        """The same said from the other side, for a relation that holds both ways."""
        return replace(self, subject=self.object, object=self.subject)


@dataclass(frozen=True, slots=True)
class Complete:
    """The author's word that a list is whole: no subject (or no object) is missing from the deck's facts.

    With `object`, all its subjects are listed; with `subject`, all its objects are. `since` is the first day for
    which that is so; without it, only from the deck's `as_of` on. `until` is the first day on which nobody knows any
    longer, as a fact on the list has gone stale.
    """

    relation: Relation
    since: date
    subject: str = ""
    object: str = ""
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Listing:
    """A claim of completeness as its author wrote it, which becomes none, one or many of `Complete`.

    `subject` may be `every`; a list that is not `whole` is only counted; `count` is a number as of the deck's day, or
    the numbers from each of some days on.
    """

    relation: str
    subject: str = ""
    object: str = ""
    since: date | None = None
    whole: bool = True
    count: int | tuple[tuple[PartialDate, int], ...] | None = None


@dataclass(frozen=True, slots=True)
class Discussion:
    """A question without a right answer: shown to a class, never marked."""

    ask: str
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Deck:
    """One deck file: what it is about, and its facts in the order of the file; `translated` if not as written.

    `entities` are those that the file names itself, and `lists` its claims as they were written: both are there so that
    a deck can be written down again. `unsure` counts the facts that a deck as of another day does not ask about, as it
    is not known whether they hold on it.
    """

    key: str
    title: str
    description: str
    category: tuple[str, ...]
    language: str
    as_of: date
    file: str
    sources: tuple[Source, ...] = ()
    facts: tuple[Fact, ...] = field(default=(), repr=False)
    complete: tuple[Complete, ...] = ()
    discussion: tuple[Discussion, ...] = ()
    entities: tuple[Entity, ...] = field(default=(), repr=False)
    lists: tuple[Listing, ...] = field(default=(), repr=False)
    translated: bool = False
    unsure: int = 0

    @property
    def cautions(self) -> tuple[str, ...]:
        """What a learner must know about the deck's sources."""
        return tuple(dict.fromkeys(source.note for source in self.sources if source.note))
