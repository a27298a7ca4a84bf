"""The answers flip on the right day: changes of the world, each with a public source, held against the library."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Self

import pytest

from quizgen.facts import RelationFact, find_decks, load_library
from quizgen.paths import DECKS, PACKAGE
from quizgen.questions.generate import knowledge_of
from quizgen.world import Knowledge, Truth, countries, named_on
from quizgen.world.relations import RELATIONS

GOLDEN = Path(__file__).parent / "golden"
FIRST, LAST = date(1990, 1, 1), date(2027, 12, 31)
MEMBERSHIPS = ("member_of", "party_to", "has_seat_among")

# Where the decks cannot prove that something was false before, and why they need not; there they must not call it true.
UNPROVED = {
    ("member_of", "united-nations"): "only those admitted since 1990 are listed, so the list is not whole",
    ("operated_by", "CHN"): "the base was new, so nobody operated it before",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A row of changes.csv: from `day` on `subject relation object` is `after`, and was `before` until then."""

    day: str
    subject: str
    relation: str
    object: str
    before: str
    after: str

    @classmethod
    def of(cls, row: dict[str, str]) -> Self:
        """Read a row, without its source."""
        return cls(*(row[name] for name in ("day", "subject", "relation", "object", "before", "after")))

    def __str__(self) -> str:
        """Name it as a test is named."""
        return f"{self.day} {self.statement}"

    @property
    def statement(self) -> str:
        """What becomes true or false."""
        return f"{self.subject} {self.relation} {self.object}"

    @property
    def kind(self) -> str:
        """What it is a change of: an organisation or a treaty, and else the relation."""
        return self.object if self.relation in MEMBERSHIPS else self.relation


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CHANGES = [Change.of(row) for row in rows(GOLDEN / "changes.csv")]
NAMES = rows(GOLDEN / "names.csv")
FORMER_NAMES = rows(next((PACKAGE / "world").rglob("former_names.csv")))


@cache
def known() -> tuple[Knowledge, frozenset[str]]:
    """Load the shipped library: what it knows, and every statement of which it says anything."""
    library, _ = load_library(find_decks([], DECKS)[0])  # that it has no problem is what tests/test_library.py proves
    facts = [fact for fact in library.facts if isinstance(fact, RelationFact)]
    stated = (f"{fact.subject.key} {fact.relation.name} {fact.object.key}" for fact in facts)
    return knowledge_of(library), frozenset(stated)


def as_keyed(change: Change) -> Change:
    """Find the change among the facts; a deck writes the code of a currency as it writes all keys, in small letters."""
    for key in (change.object, change.object.casefold()):
        if (keyed := replace(change, object=key)).statement in known()[1]:
            return keyed
    pytest.fail(f"{change}: no deck says anything of this")


def truth(change: Change, day: date) -> Truth:
    return known()[0].truth(change.subject, RELATIONS[change.relation], change.object, day)


def agrees(change: Change, state: str, found: Truth) -> bool:
    """Tell whether what the library says is the state of the world: true, or provably false."""
    if state == "true":
        return found is Truth.TRUE
    return found is not Truth.TRUE if (change.relation, change.object) in UNPROVED else found.is_false


@pytest.mark.parametrize("change", CHANGES, ids=str)
def test_the_answer_changes_on_that_day_and_not_on_the_day_before(change: Change) -> None:
    keyed, day = as_keyed(change), date.fromisoformat(change.day)
    for on, state in ((day - timedelta(days=1), change.before), (day, change.after)):
        found = truth(keyed, on)
        if not agrees(change, state, found):
            pytest.fail(f"{change}: on {on} this is {state}, and the library says {found}")


# --- the tables themselves ------------------------------------------------------------------------------------------


def test_every_change_has_a_day_of_the_calendar_and_two_different_states() -> None:
    for change in CHANGES:
        assert date.fromisoformat(change.day).isoformat() == change.day, change
        assert FIRST <= date.fromisoformat(change.day) <= LAST, change
        assert {change.before, change.after} == {"true", "false"}, change


def test_no_change_stands_there_twice() -> None:
    counted = Counter((change.day, change.statement) for change in CHANGES)
    assert [key for key, times in counted.items() if times > 1] == []


def test_there_are_changes_enough_and_of_kinds_enough() -> None:
    assert len(CHANGES) >= 70
    assert len({change.kind for change in CHANGES}) >= 20
    assert {change.relation for change in CHANGES} >= {*MEMBERSHIPS, "operated_by", "has_capital", "uses_currency"}
    assert sum(change.after == "false" for change in CHANGES) >= 20


@pytest.mark.parametrize("name", ["changes.csv", "names.csv"])
def test_every_row_names_a_public_source(name: str) -> None:
    for row in rows(GOLDEN / name):
        assert row["source_title"].strip(), row
        assert row["source_publisher"].strip(), row
        assert row["source_url"].startswith(("https://", "http://")), row


# --- names ----------------------------------------------------------------------------------------------------------


def test_former_names_are_those_of_the_golden_table() -> None:
    golden = {(row["key"], row["before"], row["day"]) for row in NAMES if row["kind"] == "country"}
    assert {(row["code"], row["name"], row["until"]) for row in FORMER_NAMES} == golden
    assert len(FORMER_NAMES) == len(golden) >= 20


def test_former_names_of_a_country_do_not_overlap() -> None:
    for row in FORMER_NAMES:
        assert row["from"] < row["until"], row
        others = [other for other in FORMER_NAMES if other["code"] == row["code"] and other is not row]
        assert [other for other in others if row["from"] < other["until"] and other["from"] < row["until"]] == [], row


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("BEN", {"1970-01-01": "Dahomey", "1975-11-29": "Dahomey", "1975-11-30": ""}),
        ("COD", {"1963-05-25": "Congo (Léopoldville)", "1970-01-01": "", "1971-10-27": "Zaire", "1997-05-17": ""}),
        ("CAF", {"1976-12-03": "", "1976-12-04": "Central African Empire", "1979-09-21": ""}),
        ("SRB", {"2003-02-03": "Federal Republic of Yugoslavia", "2006-06-04": "Serbia and Montenegro"}),
        ("RUS", {"1970-03-05": "Soviet Union", "1991-12-26": ""}),
        ("CPV", {"2010-01-01": ""}),  # CLDR holds the former name to be the English one
        ("FRA", {"1950-01-01": ""}),
    ],
)
def test_a_country_is_called_on_a_day_what_it_was_called_then(code: str, names: dict[str, str]) -> None:
    called = {day: named_on(code, date.fromisoformat(day)) for day in names}
    assert {day: name.name if name else "" for day, name in called.items()} == names


def test_a_former_name_was_that_of_a_country_we_have_and_of_no_other() -> None:
    for row in FORMER_NAMES:
        named = {key for key, country in countries().items() if row["name"].casefold() in country.names}
        assert row["code"] in countries(), row
        assert named <= {row["code"]}, row
        assert row["article"] in ("", "the"), row


def test_the_new_name_of_a_country_is_the_one_that_we_use_or_another_that_it_gave_up() -> None:
    given_up = {(row["key"], row["before"]) for row in NAMES}
    for row in NAMES:
        if row["kind"] == "country":
            country = countries()[row["key"]]
            ours = row["after"].casefold() in country.names
            assert ours or (row["key"], row["after"]) in given_up, row
            assert row["before"] != country.name, row


def test_the_names_of_a_city_follow_on_each_other() -> None:
    cities: dict[str, list[tuple[str, str, str]]] = {}
    for row in NAMES:
        assert date.fromisoformat(row["day"]).isoformat() == row["day"], row
        if row["kind"] == "city":
            cities.setdefault(row["key"], []).append((row["day"], row["before"], row["after"]))
    assert len(cities) >= 5
    for key, changes in cities.items():
        ordered = sorted(changes)
        assert [new for _, _, new in ordered[:-1]] == [old for _, old, _ in ordered[1:]], key
    assert [new for _, _, new in sorted(cities["astana"])] == ["Astana", "Nur-Sultan", "Astana"]
