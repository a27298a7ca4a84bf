"""What may well be true is no wrong option: names of currencies that mean one another, and what sources differ on."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from quizgen.facts import Library, RelationFact, find_decks, load_library
from quizgen.facts.currency_units import are_taken_for_one_another, unit_of
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from quizgen.questions.generate import knowledge_of
from quizgen.world import RELATIONS, EntityKind, Truth, countries, gazetteer

USES = "uses_currency"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_decks([], DECKS)[0])[0]


@pytest.fixture(scope="module")
def questions(library: Library) -> list[tuple[Question, RelationFact]]:
    return [(one, one.fact) for one in make_questions(library)[0] if isinstance(one.fact, RelationFact)]


@pytest.fixture(scope="module")
def money_questions(questions: list[tuple[Question, RelationFact]]) -> list[tuple[Question, RelationFact]]:
    return [(question, fact) for question, fact in questions if fact.relation.name == USES]


def names(library: Library) -> dict[str, str]:
    return {key: name for fact in facts(library) for key, name in [(fact.object.key, fact.object.name)]}


def facts(library: Library) -> Iterator[RelationFact]:
    return (fact for fact in library.facts if isinstance(fact, RelationFact) and fact.relation.name == USES)


@pytest.mark.parametrize(
    ("one", "other", "mistaken"),
    [
        ("dollar", "US dollar", True),
        ("US dollar", "dollar", True),
        ("dollar", "New Taiwan dollar", True),
        ("franc", "West African CFA franc", True),
        ("pound", "pound sterling", True),
        ("dinar", "Yugoslavian new dinar", True),
        ("denar", "Jordanian dinar", True),  # one letter apart from its bare unit
        ("krona", "krone", True),
        ("convertible mark", "Deutsche Mark", True),
        ("US dollar", "Australian dollar", False),  # two whole names
        ("West African CFA franc", "Central African CFA franc", False),
        ("dollar", "dollar", False),
        ("som", "shilling", False),  # a part of a word is none
        ("rand", "South African rand", True),
    ],
)
def test_names_of_which_one_may_mean_the_other(one: str, other: str, *, mistaken: bool) -> None:
    assert are_taken_for_one_another(one, other) is mistaken


def test_no_currency_stands_beside_one_that_may_mean_it(
    library: Library, money_questions: list[tuple[Question, RelationFact]]
) -> None:
    called = names(library)
    judged = 0
    for question, _ in money_questions:
        shown = [called[option.key] for option in question.options if option.key in called]
        judged += len(shown) > 1
        pairs = [(one, other) for one in shown for other in shown if are_taken_for_one_another(one, other)]
        assert pairs == [], question.id
    assert judged > 40


def test_no_country_is_wrong_whose_currency_may_mean_the_key(
    library: Library, money_questions: list[tuple[Question, RelationFact]]
) -> None:
    paid: dict[str, set[str]] = defaultdict(set)
    for fact in facts(library):
        if fact.askable:
            paid[fact.subject.key].add(fact.object.name)
    judged = 0
    for question, fact in money_questions:
        for option in question.distractors:
            own = paid.get(option.key, set())
            judged += bool(own)
            meant = {name for name in own if are_taken_for_one_another(name, fact.object.name)}
            assert meant == set(), (question.id, option.key)
    assert judged > 300


@pytest.mark.parametrize(
    ("relation", "kind"), [("currency", USES), ("official_language", "has_official_language"), ("borders", "borders")]
)
def test_whatever_is_not_asked_is_unknown_to_the_library(relation: str, kind: str, library: Library) -> None:
    knowledge = knowledge_of(library)
    stated = {fact.object.name.casefold(): fact.object.key for fact in library.facts if isinstance(fact, RelationFact)}
    named = {"currency": gazetteer.currency_names("en"), "official_language": gazetteer.language_names("en")}
    states = {code for code, entity in countries().items() if entity.kind is EntityKind.COUNTRY}
    pairs = {(one, other) for one, other in gazetteer.doubts(relation) if one in states and other != gazetteer.ALL}
    assert len(pairs) >= 5
    for subject, object_ in pairs:
        # In a deck a currency goes by its whole name, by what it is called, or by the last word of its name.
        name = named[relation][object_].partition(" (")[0].casefold() if relation in named else ""
        names = (name, unit_of(object_, name, shared=False)) if relation == "currency" else (name,)
        key = next((stated[name] for name in names if name in stated), object_)
        truth = knowledge.truth(subject, RELATIONS[kind], key, TODAY)
        assert truth is Truth.UNKNOWN, (subject, object_, key)


def test_every_capital_that_is_not_asked_about_is_explained_and_none_else(library: Library) -> None:
    states = {code for code, entity in countries().items() if entity.kind is EntityKind.COUNTRY}
    asked = {
        fact.subject.key
        for fact in library.facts
        if isinstance(fact, RelationFact) and fact.relation.name == "has_capital" and fact.askable
        if fact.during.holds_on(TODAY)
    }
    cities = {"MCO", "SGP", "VAT"}  # a question would hold its answer
    assert states - asked - cities == {code for code, _ in gazetteer.doubts("capital")}


# --- states that were none yet ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "since"),
    [
        ("RUS", "1991-12-25"),
        ("UKR", "1991-08-24"),
        ("SRB", "2000-11-01"),
        ("BRN", "1984-01-01"),
        ("MRT", "1960-11-28"),
        ("KWT", "1961-06-19"),
        ("UZB", "1992-03-02"),
        ("FRA", ""),
        ("THA", ""),
    ],
)
def test_a_state_is_known_to_be_younger_than_the_united_nations(code: str, since: str) -> None:
    day = countries()[code].since
    assert (day.isoformat() if day else "") == since


def test_no_state_is_a_wrong_answer_before_it_was_one(questions: list[tuple[Question, RelationFact]]) -> None:
    judged = 0
    for question, _ in questions:
        if question.id.endswith("#on_day"):
            written = re.search(r"(\d{1,2}) ([A-Z][a-z]+) (\d{4})", question.stem)
            assert written, question.stem
            day = datetime.strptime(written[0], "%d %B %Y").replace(tzinfo=UTC).date()
            states = [countries()[option.key] for option in question.distractors if option.key in countries()]
            judged += sum(state.since is not None for state in states)
            assert [state.name for state in states if state.since and day < state.since] == [], question.id
    assert judged > 100
