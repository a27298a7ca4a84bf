"""How long a list was from day to day: a checksum over all days of joining and leaving.

The number of members is something that other sources state, too. A day that was shifted, or a member that was lost,
makes a change in the facts that the stated numbers do not have, or lacks one that they do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from quizgen.facts.model import Fact, RelationFact
from quizgen.world import PartialDate

# The numbers that somebody else states: on each of these days it becomes that.
History = Mapping[PartialDate, int]


@dataclass(frozen=True, slots=True)
class Misfit:
    """A day on which the facts do not add up to what is said; `facts` change the number on it, and nobody says so."""

    day: PartialDate
    said: int
    listed: int
    hint: str
    facts: tuple[RelationFact, ...] = ()


def of_list(facts: Iterable[Fact], relation: str, whole: str) -> list[RelationFact]:
    """Give the facts that make up one list: those that are asked about, of one relation with `whole` on either side."""
    return [
        fact
        for fact in facts
        if isinstance(fact, RelationFact)
        and fact.askable
        and fact.relation.name == relation
        and whole in (fact.subject.key, fact.object.key)
    ]


def misfits(history: History, facts: Sequence[RelationFact]) -> Iterator[Misfit]:
    """Give the days on which a list is not as long as the history says.

    Every change has to be in both, from the first member on. A fact without `from` may have begun on any day: it
    explains one rise that no other fact does. A date known to the month or year stands for itself, after all days
    within it.
    """
    changes, undated = _changes(facts), sum(fact.during.start is None for fact in facts)
    said = listed = 0
    joined = 0  # of the undated ones
    told = 0  # by how much the two differ that was named already
    for day in sorted({*history, *changes}, key=_when):
        before, said = listed, history.get(day, said)
        listed += sum(by for by, _ in changes[day])
        more = said - listed - joined
        if day not in history and listed != before:
            hint = f"the facts go from {before + joined} to {listed + joined} then; {_nearest(history, day)}"
            yield Misfit(day, said, listed + joined, hint, tuple(fact for _, fact in changes[day]))
            told = more
        elif 0 <= more - told <= undated - joined:
            joined += more - told
        elif 0 <= more <= undated - joined:
            joined, told = joined + more, 0
        else:
            yield Misfit(day, said, listed + joined, "a fact is missing or too much, or has a wrong day")
            told = more
    if joined < undated and not told:
        hint = f"{undated} of them without 'from': it must be clear when their number rose"
        yield Misfit(max(history, key=_when), said, listed + undated, hint)


def _changes(facts: Iterable[RelationFact]) -> Mapping[PartialDate, list[tuple[int, RelationFact]]]:
    """Give what makes a list longer or shorter, by its date."""
    changes: defaultdict[PartialDate, list[tuple[int, RelationFact]]] = defaultdict(list)
    for fact in facts:
        if fact.during.start:
            changes[fact.during.start].append((1, fact))
        if fact.during.end:
            changes[fact.during.end].append((-1, fact))
    return changes


def _when(day: PartialDate) -> tuple[int, int]:
    return day.last.toordinal(), -day.first.toordinal()


def _nearest(history: History, day: PartialDate) -> str:
    """Name the changes that are said, just before a day and just after it."""
    earlier = max((known for known in history if _when(known) < _when(day)), key=_when, default=None)
    later = min((known for known in history if _when(known) > _when(day)), key=_when, default=None)
    said = [f"{history[known]} from {known.iso} on" for known in (earlier, later) if known]
    return f"'count' says {' and '.join(said)}"
