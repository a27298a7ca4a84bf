"""Is (subject, relation, object) true, false or unknown on this day, and why?

The answer false is given only with a proof: absence from what we know is not falsity.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from quizgen.world.dates import Interval, PartialDate
from quizgen.world.relations import Relation

Pair = tuple[str, str]  # relation name and entity key
Span = tuple[date, date]  # the first day of it, and the first one after it


class Standing(StrEnum):
    """How a statement stands in the world: whatever is not asserted is neither asked nor held against another."""

    ASSERTED = "asserted"
    DISPUTED = "disputed"  # those concerned, or good sources, say different things
    ANNOUNCED = "announced"  # said to come, and not seen to have come
    UNCERTAIN = "uncertain"  # it could not be verified


class Truth(StrEnum):
    """What is known of a statement on a day; the kinds of false name their proof, those of unknown their reason."""

    TRUE = "true"
    UNKNOWN = "unknown"
    DISPUTED = "disputed"
    ANNOUNCED = "announced"
    UNCERTAIN = "uncertain"
    OTHER = "other"  # the relation is functional, and its one object that day is another
    UNLISTED = "unlisted"  # the list is complete on that day, and this is not on it
    ENDED = "ended"  # it held before that day, and not on it
    COMING = "coming"  # it holds after that day, and not on it

    @property
    def is_false(self) -> bool:
        """Tell whether the statement is provably false."""
        return self in (Truth.OTHER, Truth.UNLISTED, Truth.ENDED, Truth.COMING)

    @property
    def is_known(self) -> bool:
        """Tell whether the statement is provably true or provably false."""
        return self is Truth.TRUE or self.is_false


@dataclass(frozen=True, slots=True)
class Statement:
    """`subject relation object` during an interval; `certain` is false where nothing may depend on it.

    Nothing depends on one either that is not asserted.
    """

    subject: str
    relation: Relation
    object: str
    during: Interval
    certain: bool = True
    standing: Standing = Standing.ASSERTED

    @property
    def doubt(self) -> Truth | None:
        """Say why it is unknown whether this holds, if it is."""
        if self.standing is not Standing.ASSERTED:
            return Truth(self.standing)
        return None if self.certain else Truth.UNKNOWN


@dataclass(slots=True)
class Knowledge:
    """All statements and claims of completeness, indexed so that a question costs the same in any library."""

    _by_triple: dict[tuple[str, str, str], list[Statement]] = field(default_factory=lambda: defaultdict(list))
    _by_subject: dict[Pair, list[Statement]] = field(default_factory=lambda: defaultdict(list))
    _complete_subject: dict[Pair, Span] = field(default_factory=dict)
    _complete_object: dict[Pair, Span] = field(default_factory=dict)
    _doubtful: dict[tuple[str, str, str], Truth] = field(default_factory=dict)

    def add(self, statements: Iterable[Statement]) -> None:
        """Learn statements."""
        for statement in statements:
            triple = (statement.subject, statement.relation.name, statement.object)
            self._by_triple[triple].append(statement)
            self._by_subject[statement.relation.name, statement.subject].append(statement)
            doubt = statement.doubt
            if doubt and self._doubtful.get(triple, Truth.UNKNOWN) is Truth.UNKNOWN:
                self._doubtful[triple] = doubt

    def doubt(self, subject: str, relation: Relation, object_: str) -> None:
        """Take note that this may well be true too, so that it is never called false."""
        self._doubtful.setdefault((subject, relation.name, object_), Truth.UNKNOWN)

    def complete(
        self, relation: Relation, since: date, *, subject: str = "", object_: str = "", until: date = date.max
    ) -> None:
        """Learn that from `since` until just before `until` all objects of `subject` are known, or its subjects."""
        if subject:
            self._complete_subject[relation.name, subject] = since, until
        else:
            self._complete_object[relation.name, object_] = since, until

    def truth(self, subject: str, relation: Relation, object_: str, day: date) -> Truth:
        """Answer the one question."""
        triple = (subject, relation.name, object_)
        if triple in self._doubtful:
            return self._doubtful[triple]
        known = [statement.during.holds_on(day) for statement in self._by_triple.get(triple, ())]
        if True in known:
            return Truth.TRUE
        if None in known:
            return Truth.UNKNOWN
        if self._is_whole(subject, relation, object_, day):
            return self._out_of_time(triple, day) if known else Truth.UNLISTED
        if relation.functional and self._has_other(subject, relation, day):
            return Truth.OTHER
        return Truth.UNKNOWN

    def starts(self, subject: str, relation: Relation, object_: str) -> set[PartialDate | None]:
        """List when it began, however often; None where that is unknown."""
        known = self._by_triple.get((subject, relation.name, object_), ())
        return {statement.during.start for statement in known}

    def ends(self, subject: str, relation: Relation, object_: str) -> set[PartialDate | None]:
        """List when it ended, however often; None where it goes on."""
        known = self._by_triple.get((subject, relation.name, object_), ())
        return {statement.during.end for statement in known}

    def whole_since(self, relation: Relation, object_: str) -> date | None:
        """Give the day from which all subjects of an object are known."""
        span = self._complete_object.get((relation.name, object_))
        return span[0] if span else None

    def _is_whole(self, subject: str, relation: Relation, object_: str, day: date) -> bool:
        claims = (
            self._complete_object.get((relation.name, object_)),
            self._complete_subject.get((relation.name, subject)),
        )
        return any(span is not None and span[0] <= day < span[1] for span in claims)

    def _out_of_time(self, triple: tuple[str, str, str], day: date) -> Truth:
        starts = [statement.during.start for statement in self._by_triple[triple]]
        begun = any(start is None or start.first <= day for start in starts)
        return Truth.ENDED if begun else Truth.COMING

    def _has_other(self, subject: str, relation: Relation, day: date) -> bool:
        others = self._by_subject.get((relation.name, subject), ())
        return any(other.doubt is None and other.during.holds_on(day) for other in others)
