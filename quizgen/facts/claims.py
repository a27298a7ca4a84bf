"""What a deck says is whole: its claims of completeness, and whether its lists are as long as it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from quizgen.facts.builder import Builder
from quizgen.facts.counts import Misfit, misfits, of_list
from quizgen.facts.model import Complete, Fact, Listing, RelationFact
from quizgen.facts.schema import CompleteEntry
from quizgen.facts.validate import Path, Sheet
from quizgen.problems import Problem
from quizgen.world import Relation


def claims(builder: Builder, path: Path, entry: CompleteEntry, facts: tuple[Fact, ...]) -> list[Complete]:
    """Read a claim of completeness; `subject: every` becomes one claim for each subject of the relation."""
    relation = builder.relation(path, entry.relation)
    if bool(entry.subject) == bool(entry.object):
        builder.sheet.complain(path, "give either 'subject' or 'object'", "the one whose list is whole")
        return []
    if relation is None:
        return []
    since = entry.since or builder.as_of
    if entry.subject == "every":
        return [Complete(relation, since, subject=subject) for subject in _subjects(relation, facts)]
    _check_count(builder, path, entry, facts)
    slot, kinds = ("subject", relation.domain) if entry.subject else ("object", relation.range)
    found = builder.entity((*path, slot), entry.subject or entry.object)
    if found:
        builder.fits(path, slot, found, kinds)
    return [Complete(relation, since, subject=entry.subject, object=entry.object)] if entry.whole else []


def as_written(entry: CompleteEntry) -> Listing:
    """Keep a claim for whoever writes the deck down again."""
    count = tuple(entry.count.items()) if isinstance(entry.count, Mapping) else entry.count
    return Listing(entry.relation, entry.subject, entry.object, entry.since, entry.whole, count)


def _check_count(builder: Builder, path: Path, entry: CompleteEntry, facts: tuple[Fact, ...]) -> None:
    """A list is as long as its author says, today or from day to day, without those that are not asked about."""
    members = of_list(facts, entry.relation, entry.subject or entry.object)
    if isinstance(entry.count, int):
        listed = sum(fact.during.holds_on(builder.as_of) is True for fact in members)
        if entry.count != listed:
            hint = "a fact is missing or too much, or has a wrong day"
            builder.sheet.complain((*path, "count"), f"says {entry.count}, but the facts list {listed}", hint)
    elif entry.count:
        for misfit in misfits(entry.count, members):
            _tell(builder.sheet, misfit, (*path, "count"))


def _tell(sheet: Sheet, misfit: Misfit, path: Path) -> None:
    """Say where a list is longer or shorter than its author says: at the fact that makes it so, if there is one."""
    day = misfit.day.iso
    for fact in misfit.facts:
        message = f"fact '{fact.key}': 'count' knows of no change on {day}"
        sheet.problems.append(Problem(sheet.file, fact.line, message, misfit.hint))
    if not misfit.facts:
        message = f"'count' says {misfit.said} from {day} on, but the facts list {misfit.listed}"
        sheet.complain((*path, day), message, misfit.hint)


def _subjects(relation: Relation, facts: Iterable[Fact]) -> Iterator[str]:
    """Give each subject of a relation once; where it holds both ways, each object is one."""
    stated = [fact for fact in facts if isinstance(fact, RelationFact) and fact.relation is relation]
    both = [*stated, *(fact.turned for fact in stated)] if relation.symmetric else stated
    yield from dict.fromkeys(fact.subject.key for fact in both)
