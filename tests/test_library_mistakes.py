"""Mistakes sown into the shipped decks are found by `quizgen check`: members lost or too many, swapped capitals."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from quizgen.facts import find_decks, load_deck, load_library
from quizgen.paths import DECKS

LISTED = re.compile(r"object: ([\w-]+)[^\n]*count: \d+")
FACT = re.compile(
    r"^  - \{id: [\w-]+, subject: \w+, relation: (?:member_of|party_to|has_seat_among), object: ([\w-]+),.*$", re.M
)
CAPITAL = re.compile(r"^  - \{id: [\w-]+, subject: [A-Z]{3}, relation: has_capital, object: ([\w-]+),.*$", re.M)
SOWN = 120

Text = str


def counted(text: Text) -> list[re.Match[str]]:
    """Find the facts of today about groups of which the deck says how many there are."""
    groups = set(LISTED.findall(text.partition("\nfacts:")[0]))
    return [fact for fact in FACT.finditer(text) if fact[1] in groups and "ask: false" not in fact[0]]


def lose_a_member(text: Text, dice: Random) -> Text:
    today = [fact[0] for fact in counted(text) if "until:" not in fact[0] and "from: 2027" not in fact[0]]
    return text.replace(f"{dice.choice(today)}\n", "", 1)


def forget_that_one_left(text: Text, dice: Random) -> Text:
    left = [fact[0] for fact in counted(text) if "until: " in fact[0]]
    line = dice.choice(left)
    return text.replace(line, re.sub(r" until: [\d-]+,", " review_by: 2027-11-22,", line), 1)


def name_one_too_early(text: Text, dice: Random) -> Text:
    to_come = [fact[0] for fact in counted(text) if "from: 2027" in fact[0]]
    line = dice.choice(to_come)
    return text.replace(line, line.replace("from: 2027", "from: 2026"), 1)


def swap_capitals(text: Text, dice: Random) -> Text:
    one, other = dice.sample([fact for fact in CAPITAL.finditer(text) if "ask: false" not in fact[0]], 2)
    swapped = text.replace(one[0], one[0].replace(f"object: {one[1]},", f"object: {other[1]},"), 1)
    return swapped.replace(other[0], other[0].replace(f"object: {other[1]},", f"object: {one[1]},"), 1)


MISTAKES: dict[Callable[[Text, Random], Text], list[str]] = {
    lose_a_member: ["nato", "european-union", "opec", "brics-g7-g20", "asia-pacific", "african-union"],
    forget_that_one_left: ["opec", "council-of-europe", "african-union"],
    name_one_too_early: ["security-council"],
    swap_capitals: ["capitals"],
}


def test_every_mistake_sown_into_the_decks_is_named() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in find_decks([], DECKS)[0]}
    dice = Random(20261122)
    missed: list[tuple[str, str]] = []
    for number in range(SOWN):
        sow = list(MISTAKES)[number % len(MISTAKES)]
        key = dice.choice(MISTAKES[sow])
        changed = sow(texts[key], dice)
        assert changed != texts[key]
        if not load_deck(changed.encode(), f"{key}.yaml")[1]:
            missed.append((sow.__name__, key))
    assert missed == []


def test_the_decks_as_they_are_have_no_mistake() -> None:
    assert load_library(find_decks([], Path(DECKS))[0])[1] == []
