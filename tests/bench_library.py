"""A library of any size to measure with: made up, and shaped like the shipped one.

Half of the facts are dated memberships of organisations, the rest bases with operator and host, and headquarters.
Groups grow slowly: of a thousand times the facts, most are about other things, not more about the same ones.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from quizgen.facts import Deck, Library, load_deck
from quizgen.world import BASES, EntityKind, countries

HEAD = """\
deck: {key}
title: A deck of many
category: Made up / For measuring
as_of: 2026-11-22
sources:
  book: {{title: The book, publisher: A house, retrieved: 2026-11-22}}
"""
_FACTS_A_DECK = 1_000
_SYLLABLES = ["bar", "chel", "dor", "fen", "gra", "hol", "kir", "len", "mar", "nov", "os", "pra", "rin", "sel", "tov"]
_SYLLABLES += ["ul", "ver", "wes", "yar", "zan", "lin", "burg", "ton", "sk", "ford", "mont", "ska", "ra", "ein", "ak"]
_PACTS = ["Union", "Pact", "League", "Council", "Treaty Organisation", "Community", "Bank for Development"]
_BASES = {
    "air base": ["Air Base", "Airfield"],
    "naval base": ["Naval Base", "Naval Support Facility"],
    "army base": ["Barracks", "Garrison"],
    "military base": ["Camp", "Station"],
}
_OPERATORS = ["USA", "GBR", "FRA", "RUS", "CHN", "TUR", "ITA", "IND", "JPN", "ARE", "DEU", "ESP"]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of one deck that belong together: what an organisation, or a base, brings along."""

    entities: list[str]
    complete: list[str]
    facts: list[str]


def made_up_library(facts: int, seed: int = 0) -> Library:
    """Make a library of this many facts; another seed gives other names, members and days."""
    dice = Random(seed)
    parts = _cut(_parts(facts, dice), facts)
    by_deck: dict[int, list[Part]] = defaultdict(list)
    for number, part in zip(_decks_of(parts), parts, strict=True):
        by_deck[number].append(part)
    decks = (_deck(f"large-{number}", same) for number, same in by_deck.items())
    return Library(tuple(sorted(decks, key=lambda deck: deck.key)))


def _parts(facts: int, dice: Random) -> Iterator[Part]:
    """Give organisations for half of the facts, and bases without end."""
    members = round(4 + 6 * math.log10(facts))
    names = _names(dice)
    for number in range(round(facts / 2 / members)):
        yield _organisation(number, members, next(names), next(names), dice)
    number = 0
    while True:
        yield _base(number, next(names), dice)
        number += 1


def _cut(parts: Iterator[Part], facts: int) -> list[Part]:
    """Take so many parts that they hold exactly this many facts."""
    taken: list[Part] = []
    left = facts
    while left:
        part = next(parts)
        taken.append(Part(part.entities, part.complete, part.facts[:left]))
        left -= len(taken[-1].facts)
    return taken


def _decks_of(parts: list[Part]) -> Iterator[int]:
    """Give the number of the deck in which each part stands."""
    before = 0
    for part in parts:
        yield before // _FACTS_A_DECK
        before += len(part.facts)


def _deck(key: str, parts: list[Part]) -> Deck:
    entities = [line for part in parts for line in part.entities]
    complete = [line for part in parts for line in part.complete]
    facts = [line for part in parts for line in part.facts]
    claims = ["complete:", *complete] if complete else []
    lines = [HEAD.format(key=key), "entities:", *entities, *claims, "facts:", *facts]
    deck, problems = load_deck("\n".join(lines).encode(), f"{key}.yaml")
    assert deck is not None, problems[:3]
    return deck


def _organisation(number: int, members: int, name: str, city: str, dice: Random) -> Part:
    regions = sorted({country.region for country in countries().values() if country.region})
    region = dice.choice(regions)
    near = [key for key, country in countries().items() if country.region == region]
    joined = dice.sample(near, min(members, len(near)))
    founded = dice.randint(1945, 1980)
    org, town = f"org-{number}", f"town-{number}"
    memberships = [
        f"  - {{id: {org}-{key.lower()}, subject: {key}, relation: member_of, object: {org}, {_span(founded, dice)}}}"
        for key in joined
    ]
    return Part(
        [
            f"  {org}: {{name: {name} {dice.choice(_PACTS)}, kind: organisation, article: the}}",
            f"  {town}: {{name: {city}, kind: city}}",
        ],
        [f"  - {{relation: member_of, object: {org}, since: {founded}-01-01}}"] if number % 5 else [],
        [
            *memberships,
            f"  - {{id: {org}-seat, subject: {org}, relation: headquartered_in, object: {town}}}",
            f"  - {{id: {town}-place, subject: {town}, relation: located_in, object: {dice.choice(joined)}}}",
        ],
    )


def _span(founded: int, dice: Random) -> str:
    """Give the days of a membership: a third founded it, and one in twelve has left."""
    start = founded if dice.random() < 1 / 3 else founded + dice.randint(1, 40)
    until = f", until: {start + dice.randint(2, 5)}-07-01" if dice.random() < 1 / 12 else ""
    return f"from: {start}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}{until}"


def _base(number: int, name: str, dice: Random) -> Part:
    kind = dice.choice(sorted(BASES))
    at = f"[{dice.uniform(-60, 70):.2f}, {dice.uniform(-180, 180):.2f}]"
    states = [key for key, entity in countries().items() if entity.kind is EntityKind.COUNTRY]
    operator, host = dice.choice(_OPERATORS), dice.choice(states)
    key = f"base-{number}"
    return Part(
        [f"  {key}: {{name: {name} {dice.choice(_BASES[kind])}, kind: {kind}, at: {at}}}"],
        [],
        [
            f"  - {{id: {key}-operator, subject: {key}, relation: operated_by, object: {operator}}}",
            f"  - {{id: {key}-place, subject: {key}, relation: located_in, object: {host}}}",
        ],
    )


def _names(dice: Random) -> Iterator[str]:
    """Make up names without end, each once."""
    used: set[str] = set()
    while True:
        name = "".join(dice.choices(_SYLLABLES, k=dice.randint(2, 4))).title()
        if name not in used:
            used.add(name)
            yield name
