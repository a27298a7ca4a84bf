"""Two hundred mistakes sown into the shipped data, and how many `quizgen check` and the lints of the tables name.

They are drawn by seed from all facts of a kind, never from what is known to be found: capitals swapped, members lost or
too many, days of joining and leaving shifted by a day, a month or a year, borders with one side, currencies gone stale.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random

from quizgen.facts import RelationFact, find_decks, load_deck, load_library
from quizgen.paths import DECKS
from quizgen.world.data_lints import lint
from tests import test_world_lints as tables

LISTED = re.compile(r"object: ([\w-]+)[^\n]*count: ")
MEMBERSHIPS = "member_of|party_to|has_seat_among"
NOT_ASKED = re.compile(r"ask: false|standing: ")
FACT = re.compile(rf"^  - \{{id: [\w-]+, subject: \w+, relation: (?:{MEMBERSHIPS}), object: ([\w-]+),.*$", re.M)
CAPITAL = re.compile(r"^  - \{id: [\w-]+, subject: [A-Z]{3}, relation: has_capital, object: ([\w-]+),.*$", re.M)
TO_COME = "from: 2027"

Text = str
Place = tuple[str, re.Match[str]]  # the key of a deck, and a fact's line in it
Sow = Callable[[Random], bool]  # sows one mistake, and tells whether it was named


@cache
def texts() -> Mapping[str, Text]:
    return {path.stem: path.read_text(encoding="utf-8") for path in find_decks([], DECKS)[0]}


@cache
def memberships(*, counted: bool = False) -> list[Place]:
    """Find the facts that are asked about; `counted` ones are those of groups of which the deck says how many."""
    places = []
    for deck, text in texts().items():
        groups = set(LISTED.findall(text.partition("\nfacts:")[0]))
        facts = (fact for fact in FACT.finditer(text) if not NOT_ASKED.search(fact[0]))
        places += [(deck, fact) for fact in facts if fact[1] in groups or not counted]
    return places


def is_named(deck: str, *changes: tuple[Text, Text]) -> bool:
    """Put something else in the place of lines, and tell whether that is a problem now."""
    text = texts()[deck]
    for line, new in changes:
        assert text.count(f"{line}\n") == 1
        assert line != new
        text = text.replace(f"{line}\n", f"{new}\n" if new else "")
    return bool(load_deck(text.encode(), f"{deck}.yaml")[1])


def lose_a_member(dice: Random) -> bool:
    today = [place for place in memberships() if "until:" not in place[1][0] and TO_COME not in place[1][0]]
    deck, fact = dice.choice(today)
    return is_named(deck, (fact[0], ""))


def forget_that_one_left(dice: Random) -> bool:
    deck, fact = dice.choice([place for place in memberships() if "until: " in place[1][0]])
    return is_named(deck, (fact[0], re.sub(r" until: [\d-]+,", " review_by: 2027-11-22,", fact[0])))


def name_one_too_early(dice: Random) -> bool:
    deck, fact = dice.choice([place for place in memberships() if TO_COME in place[1][0]])
    return is_named(deck, (fact[0], fact[0].replace(TO_COME, "from: 2026")))


def swap_capitals(dice: Random) -> bool:
    facts = [fact for fact in CAPITAL.finditer(texts()["capitals"]) if not NOT_ASKED.search(fact[0])]
    one, other = dice.sample(facts, 2)
    swapped = [
        (fact[0], fact[0].replace(f"object: {fact[1]},", f"object: {instead[1]},"))
        for fact, instead in ((one, other), (other, one))
    ]
    return is_named("capitals", *swapped)


def shift_a_date(dice: Random, *, field: str, by: str) -> bool:
    written = re.compile(rf" {field}: ({PRECISION[by]}),")
    deck, fact = dice.choice([place for place in memberships() if written.search(place[1][0])])
    day = written.search(fact[0])
    assert day
    later = moved(day[1], by, dice.choice([-1, 1]))
    return is_named(deck, (fact[0], fact[0].replace(day[0], f" {field}: {later},")))


# What must be known of a date so that it can be shifted by that much.
PRECISION = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d(?:-\d\d)?", "year": r"\d{4}(?:-\d\d){0,2}"}


def moved(written: str, by: str, sign: int) -> str:
    """Shift a date by one day, month or year; what is not known of it stays unknown."""
    year, month, day = (int(part) for part in [*written.split("-"), "1", "1"][:3])
    if by == "day":
        return (date(year, month, day) + timedelta(sign)).isoformat()
    months = year * 12 + month - 1 + sign * (1 if by == "month" else 12)
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day, calendar.monthrange(year, month)[1])).isoformat()[: len(written)]


def in_a_table(dice: Random, *, sow: tables.Sow) -> bool:
    return bool(lint(sow(dice, tables.packaged())))


# How many are sown of each kind.
SOWN: Mapping[str, tuple[int, Sow]] = {
    "capitals swapped": (30, swap_capitals),
    "a member lost": (30, lose_a_member),
    "one who left stays": (10, forget_that_one_left),
    "one named too early": (5, name_one_too_early),
    "day of joining shifted by a day": (20, partial(shift_a_date, field="from", by="day")),
    "day of joining shifted by a month": (20, partial(shift_a_date, field="from", by="month")),
    "day of joining shifted by a year": (20, partial(shift_a_date, field="from", by="year")),
    "day of leaving shifted by a day": (10, partial(shift_a_date, field="until", by="day")),
    "day of leaving shifted by a month": (10, partial(shift_a_date, field="until", by="month")),
    "day of leaving shifted by a year": (10, partial(shift_a_date, field="until", by="year")),
    "a border with one side": (20, partial(in_a_table, sow=tables.border_is_forgotten_on_one_side)),
    "a dead currency lives on": (15, partial(in_a_table, sow=tables.dead_currency_lives_on)),
}


def test_nearly_all_of_two_hundred_mistakes_sown_into_the_data_are_named() -> None:
    dice = Random(20261122)
    named = {kind: Counter(sow(dice) for _ in range(number)) for kind, (number, sow) in SOWN.items()}
    shares = {kind: f"{found[True]} of {found.total()}" for kind, found in named.items()}
    shifted = [found for kind, found in named.items() if "shifted" in kind]
    assert sum(found.total() for found in named.values()) == 200
    assert sum(found[True] for found in named.values()) >= 190, shares
    assert sum(found[True] for found in shifted) >= 0.9 * sum(found.total() for found in shifted), shares


def test_every_membership_that_is_asked_about_can_be_drawn_and_is_counted() -> None:
    library, _ = load_library(find_decks([], DECKS)[0])
    relations = [fact for fact in library.facts if isinstance(fact, RelationFact) and fact.askable]
    assert len(memberships()) == sum(fact.relation.name in MEMBERSHIPS.split("|") for fact in relations)
    assert len(memberships(counted=True)) == len(memberships())


def test_the_decks_as_they_are_have_no_mistake() -> None:
    assert load_library(find_decks([], Path(DECKS))[0])[1] == []
