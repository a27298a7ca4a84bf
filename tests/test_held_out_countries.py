"""The decks of all countries, held against the World Factbook of November 2015, which they were not made from."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import pytest

from quizgen.facts import RelationFact, load_library
from quizgen.paths import DECKS
from quizgen.world import EntityKind, countries, gazetteer
from tests.held_out.checkers import rows

READ = date(2015, 11, 15)
COUNTRIES = {code for code, entity in countries().items() if entity.kind is EntityKind.COUNTRY}
Difference = tuple[str, str, str]  # relation, subject, object


def facts(deck: str) -> Iterator[RelationFact]:
    library, _ = load_library([DECKS / f"{deck}.yaml"])
    return (fact for fact in library.facts if isinstance(fact, RelationFact))


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if c.isalnum() or c == " ")


def differing_borders() -> Iterator[Difference]:
    stated = list(facts("borders"))
    ours = {tuple(sorted((fact.subject.key, fact.object.key))) for fact in stated if fact.askable}
    unasked = {tuple(sorted((fact.subject.key, fact.object.key))) for fact in stated if not fact.askable}
    pairs = ((row["code"], row["neighbour"]) for row in rows("factbook_borders.csv"))
    theirs = {tuple(sorted(pair)) for pair in pairs if set(pair) <= COUNTRIES}
    assert len(ours & theirs) > 300
    yield from (("borders", one, other) for one, other in (ours ^ theirs) - unasked)


def differing_capitals() -> Iterator[Difference]:
    theirs = {row["code"]: folded(f"{row['capital']} {row['note']}") for row in rows("factbook_capitals.csv")}
    ours = [fact for fact in facts("capitals") if fact.relation.name == "has_capital" and fact.askable]
    today = [fact for fact in ours if fact.during.holds_on(fact.as_of)]
    assert len(today) > 170
    for fact in today:
        if not any(folded(name) in theirs.get(fact.subject.key, "") for name in fact.object.names):
            yield "has_capital", fact.subject.key, fact.object.key


def differing_languages() -> Iterator[Difference]:
    theirs: dict[str, set[str]] = defaultdict(set)
    for row in rows("factbook_languages.csv"):
        theirs[row["code"]].add(folded(row["language"]))
    judged = [fact for fact in facts("languages") if fact.askable and fact.subject.key in theirs]
    assert len(judged) > 150
    for fact in judged:
        if not any(
            folded(fact.object.name) in name or name in folded(fact.object.name) for name in theirs[fact.subject.key]
        ):
            yield "has_official_language", fact.subject.key, fact.object.key


def differing_currencies() -> Iterator[Difference]:
    theirs: dict[str, set[str]] = defaultdict(set)
    for row in rows("factbook_currencies.csv"):
        theirs[row["code"]].add(row["currency"])
    ours: dict[str, set[str]] = defaultdict(set)
    for use in gazetteer.currencies():
        if use.during.holds_on(READ):
            ours[use.territory].add(use.code)
    judged = COUNTRIES & theirs.keys()
    assert len(judged) > 150
    yield from (("uses_currency", code, one) for code in judged for one in theirs[code] - ours[code])


FOUND = {
    "borders": differing_borders,
    "has_capital": differing_capitals,
    "has_official_language": differing_languages,
    "uses_currency": differing_currencies,
}


@pytest.mark.parametrize("relation", FOUND)
def test_every_difference_has_its_reason_and_every_reason_a_difference(relation: str) -> None:
    explained = {
        (row["relation"], row["subject"], row["object"]) for row in rows("countries.csv") if row["relation"] == relation
    }
    assert set(FOUND[relation]()) == explained


def test_every_reason_is_written() -> None:
    assert [row for row in rows("countries.csv") if len(row["reason"].split()) < 3] == []
