"""Sources that the decks were not written from, and what they say of the members of organisations.

Tables that may not be shipped can lie in a folder of their own, named by QUIZGEN_HELD_OUT: its `checkers.csv`, tables
and `disagreements.csv` have the form of those in this folder.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import worldcountrygroups

from quizgen.facts import Library, RelationFact
from quizgen.questions.generate import knowledge_of
from quizgen.world import RELATIONS, Knowledge, PartialDate, Relation, Truth, countries

HERE = Path(__file__).parent
# A member that may not vote or come to meetings for a while is still a member; an observer is none.
MEMBER = frozenset({"member", "suspended"})
# As late as a list can be whole that goes on.
AFTER_ALL = date(9999, 1, 1)
JOINT = ("member_of", "party_to", "has_seat_among")


@dataclass(frozen=True, slots=True)
class Checker:
    """A source and the day for which it speaks.

    `members` are those of each organisation of which it has any; `joined` tells in which year a country joined one;
    `named` are the disputed areas (`claimed_by`) and passages (`bordered_by`) that it names in its pages on countries.
    """

    key: str
    day: date
    members: Mapping[str, frozenset[str]]
    joined: tuple[tuple[str, str, str], ...] = ()
    named: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Disagreement:
    """What a checker and the decks say of one thing, where they do not say the same."""

    subject: str
    relation: str
    object: str
    checker: str
    theirs: str
    ours: str


def folders() -> list[Path]:
    """Give where tables lie: here, and where the environment says."""
    other = os.environ.get("QUIZGEN_HELD_OUT", "")
    return [HERE, *([Path(other)] if other else [])]


def rows(name: str, folder: Path = HERE) -> list[dict[str, str]]:
    """Read a table."""
    with (folder / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def checkers(today: date) -> list[Checker]:
    """Give all checkers. The package says of no day for which it speaks, so it is held to today."""
    package = {row["object"]: _package(row["worldcountrygroups"]) for row in rows("organisations.csv")}
    found = [Checker("worldcountrygroups", today, {key: codes for key, codes in package.items() if codes})]
    for folder in folders():
        for row in rows("checkers.csv", folder):
            members, joined, named = (
                rows(row[name], folder) if row[name] else [] for name in ("members", "joined", "named")
            )
            about = frozenset((line["code"], line["relation"], line["subject"]) for line in named)
            day = date.fromisoformat(row["day"])
            found.append(Checker(row["checker"], day, _by_organisation(members), tuple(_years(joined)), about))
    return found


def _package(group: str) -> frozenset[str]:
    """Give the members of a group, or of one group that are not in another: `unsc - unsc-p5`."""
    whole, *less = (worldcountrygroups.get_countries(name) or [] for name in group.split(" - "))
    return frozenset(country.iso3 for country in whole).difference(country.iso3 for part in less for country in part)


def _names() -> dict[str, str]:
    """Give our key for each name in the tables: the name that the Factbook has, or the key itself."""
    organisations = rows("organisations.csv")
    names = {row["factbook"]: row["object"] for row in organisations} | {
        row["object"]: row["object"] for row in organisations
    }
    return {name: key for name, key in names.items() if name}


def _by_organisation(table: Iterable[Mapping[str, str]]) -> dict[str, frozenset[str]]:
    names = _names()
    members: dict[str, set[str]] = defaultdict(set)
    for row in table:
        if row["organisation"] in names and row["status"] in MEMBER:
            members[names[row["organisation"]]].add(row["code"])
    return {key: frozenset(codes) for key, codes in members.items()}


def _years(table: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    names = _names()
    return ((row["code"], names[row["organisation"]], row["year"]) for row in table if row["organisation"] in names)


def relation_to(library: Library) -> dict[str, Relation]:
    """Tell by which relation countries stand to each organisation or treaty."""
    facts = (fact for fact in library.facts if isinstance(fact, RelationFact))
    return {fact.object.key: fact.relation for fact in facts if fact.relation.name in JOINT}


Judged = Iterator[tuple[Disagreement, bool]]


def judged(checker: Checker, library: Library) -> Judged:
    """Hold all that a checker says against the decks, and tell whether both say the same.

    What the decks call unknown, or have no day for, is left out: it is asked in no question.
    """
    knowledge, relations = knowledge_of(library), relation_to(library)
    yield from _judged_members(checker, knowledge, relations)
    yield from _judged_years(checker, knowledge, relations)
    yield from _judged_names(checker, knowledge)


def disagreements(checker: Checker, library: Library) -> set[Disagreement]:
    """Give all that a checker and the decks do not say the same of."""
    return {what for what, same in judged(checker, library) if not same}


def _judged_members(checker: Checker, knowledge: Knowledge, relations: Mapping[str, Relation]) -> Judged:
    for key, members in checker.members.items():
        for code in countries():
            truth = knowledge.truth(code, relations[key], key, checker.day)
            if truth.is_known:
                said = _in(code in members), _in(truth is Truth.TRUE)
                yield Disagreement(code, relations[key].name, key, checker.key, *said), said[0] == said[1]


def _in(member: bool) -> str:
    return "in" if member else "out"


def _judged_years(checker: Checker, knowledge: Knowledge, relations: Mapping[str, Relation]) -> Judged:
    for code, key, year in checker.joined:
        starts = {start for start in knowledge.starts(code, relations[key], key) if start is not None}
        if starts:
            same = any(start.may_be(PartialDate.parse(year)) for start in starts)
            ours = "|".join(sorted(start.iso for start in starts))
            yield Disagreement(code, relations[key].name, key, checker.key, year, ours), same


def _judged_names(checker: Checker, knowledge: Knowledge) -> Judged:
    """Claims and shores last, so they are held against the decks as of a day to come.

    Who claims an area should be named beside it, and nobody else; a passage is often left out, or named by others.
    """
    for relation, subject in sorted({about[1:] for about in checker.named}):
        for code in countries():
            truth = knowledge.truth(subject, RELATIONS[relation], code, AFTER_ALL)
            named = (code, relation, subject) in checker.named
            if truth.is_known and (named or relation == "claimed_by"):
                said = "named" if named else "not named", str(truth is Truth.TRUE).lower()
                yield Disagreement(subject, relation, code, checker.key, *said), named == (truth is Truth.TRUE)
