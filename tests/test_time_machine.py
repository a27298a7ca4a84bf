"""The time machine: `--as-of DAY` asks what held on another day, and its answers flip on the right one."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache

import pytest
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.facts import Library, RelationFact, deck_on, load_library
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from quizgen.questions.generate import knowledge_of
from quizgen.world import RELATIONS, Truth
from tests.conftest import make_deck

ONE_DAY = timedelta(days=1)
SOME = ("currencies", "european-union", "nato", "opec")


@cache
def library_on(day: date) -> Library:
    library, _ = load_library([DECKS / f"{deck}.yaml" for deck in SOME])
    return Library(tuple(deck_on(one, day) for one in library.decks))


@cache
def questions_on(day: date) -> list[Question]:
    return make_questions(library_on(day))[0]


@pytest.mark.parametrize(
    ("who", "group", "day"),
    [("ARE", "opec", date(2026, 5, 1)), ("AGO", "opec", date(2024, 1, 1)), ("GBR", "eu", date(2020, 2, 1))],
)
def test_who_leaves_is_a_member_until_the_day_before(who: str, group: str, day: date) -> None:
    before, after = (knowledge_of(library_on(one)) for one in (day - ONE_DAY, day))
    assert before.truth(who, RELATIONS["member_of"], group, day - ONE_DAY) is Truth.TRUE
    assert after.truth(who, RELATIONS["member_of"], group, day) is Truth.ENDED


@pytest.mark.parametrize(("day", "answers"), [(date(2026, 4, 30), True), (date(2026, 5, 1), False)])
def test_the_united_arab_emirates_are_an_answer_in_opec_until_they_left(day: date, answers: bool) -> None:
    facts = [question.fact for question in questions_on(day) if "As of" in question.stem and "OPEC?" in question.stem]
    assert facts
    assert any(isinstance(fact, RelationFact) and fact.subject.key == "ARE" for fact in facts) is answers


@pytest.mark.parametrize("day", [date(2004, 5, 1), date(2019, 12, 31), date(2026, 4, 30), date(2027, 2, 1)])
def test_on_any_day_the_key_is_true_and_every_other_option_false(day: date) -> None:
    knowledge = knowledge_of(library_on(day))
    checked = 0
    for question in questions_on(day):
        fact, part = question.fact, question.id.partition("#")[2]
        if not isinstance(fact, RelationFact) or part not in ("subject", "object"):
            continue
        assert fact.during.holds_on(day), question.id
        for option in question.distractors:
            subject, object_ = (option.key, fact.object.key) if part == "subject" else (fact.subject.key, option.key)
            assert knowledge.truth(subject, fact.relation, object_, day).is_false, (question.id, option)
            checked += 1
    assert checked >= 200


def test_a_day_ago_a_join_that_was_not_yet_is_not_asked_as_one_to_come() -> None:
    stems = [question.stem for question in questions_on(date(2019, 12, 31))]
    assert stems
    assert [stem for stem in stems if "due to" in stem] == []


def test_a_question_in_the_author_s_words_is_not_asked_of_an_earlier_day() -> None:
    text = "facts:\n  - {id: ships, ask: How many ships are there?, answer: '3', distractors: ['4', '5', '6']}\n"
    deck = make_deck(text)
    assert len(deck_on(deck, deck.as_of).facts) == 1
    assert deck_on(deck, deck.as_of - ONE_DAY).facts == ()


def test_what_had_to_be_looked_at_again_is_not_asked_of_a_later_day() -> None:
    text = "facts:\n  - {id: ships, ask: How many?, answer: '3', distractors: ['4', '5', '6'], review_by: 2027-01-01}\n"
    deck = make_deck(text)
    assert len(deck_on(deck, date(2027, 1, 1)).facts) == 1
    assert deck_on(deck, date(2027, 1, 2)).facts == ()


def test_countries_go_by_the_name_that_they_had() -> None:
    text = "entities: {pact: {name: Pact, kind: organisation}}\nfacts:\n"
    text += "  - {id: swz, subject: SWZ, relation: member_of, object: pact, from: 2000-01-01}\n"

    def name(day: date) -> str:
        (fact,) = deck_on(make_deck(text), day).facts
        assert isinstance(fact, RelationFact)
        return fact.subject.name

    assert (name(date(2018, 4, 18)), name(date(2018, 4, 19))) == ("Swaziland", "Eswatini")


def test_a_deck_of_another_day_is_another_deck_so_that_a_learner_may_have_both() -> None:
    run = CliRunner().invoke(main, ["questions", "opec", "--json", "--as-of", "2020-01-01"])
    made = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.exit_code == 0
    assert {question["deck"] for question in made} == {"opec@2020-01-01"}
    assert all(question["id"].startswith("opec@2020-01-01/") for question in made)
    assert {question["as_of"] for question in made} == {"2020-01-01"}


def test_a_day_that_is_none_is_refused_in_words() -> None:
    run = CliRunner().invoke(main, ["questions", "opec", "--as-of", "yesterday"])
    assert run.exit_code == 2
    assert "does not match the format" in run.stderr
