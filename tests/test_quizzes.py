"""Choosing questions, showing their options, and marking answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.facts import Library
from quizgen.questions import Question, make_questions
from quizgen.quizzes import MAX_QUESTIONS, Choice, Item, Quiz, Score, compose, reshuffled, score, shown_options
from tests.conftest import make_deck
from tests.question_support import AIMS, MEMBERS, ask


def plain_questions(sets: int, size: int) -> list[Question]:
    """Make questions of several option sets, each with `size` siblings, and a stem of its own each."""
    facts = [
        f"  - {{id: f{s}-{n}, ask: 'What of {s} is {n}?', answer: Answer {s}.{n}, set: set-{s}}}\n"
        for s in range(sets)
        for n in range(size)
    ]
    questions, remarks = make_questions(Library((make_deck("facts:\n" + "".join(facts)),)))
    assert not remarks
    return questions


QUESTIONS = plain_questions(5, 3)
FIVE_SETS = plain_questions(5, 5)
PEACE = ask(AIMS)[0]["peace#ask"]


@pytest.mark.parametrize(("asked", "given_"), [(-1, 0), (0, 0), (1, 1), (7, 7), (30, 30), (31, 30), (10**9, 30)])
def test_a_quiz_has_as_many_questions_as_were_asked_for_and_are_there(asked: int, given_: int) -> None:
    assert len(compose(plain_questions(10, 3), asked, Random(1)).items) == given_


def test_a_quiz_has_at_most_fifty_questions() -> None:
    assert len(compose(plain_questions(30, 3), 1000, Random(1)).items) == MAX_QUESTIONS == 50


def test_of_no_questions_a_quiz_is_empty() -> None:
    assert compose([], 10, Random(1)) == Quiz(())


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(1, 20))
def test_no_question_is_asked_twice(seed: int, count: int) -> None:
    names = [item.question for item in compose(QUESTIONS, count, Random(seed)).items]
    assert len(names) == len(set(names)) == min(count, len(QUESTIONS))


@settings(deadline=None)
@given(st.integers(0, 1000), st.integers(1, 10))
def test_at_most_two_siblings_are_asked_while_there_are_others(seed: int, count: int) -> None:
    quiz = compose(FIVE_SETS, count, Random(seed))
    sets = {question.id: question.option_set for question in FIVE_SETS}
    assert max(Counter(sets[item.question] for item in quiz.items).values()) <= 2


def test_a_third_sibling_is_asked_rather_than_too_few_questions() -> None:
    assert len(compose(plain_questions(1, 5), 5, Random(1)).items) == 5


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_one_question_a_fact_is_asked_while_there_are_others(seed: int) -> None:
    first, second, third, *_ = QUESTIONS
    same = [first, replace(second, fact=first.fact), third]
    facts = {question.id: question.fact.path for question in same}
    assert len({facts[item.question] for item in compose(same, 2, Random(seed)).items}) == 2


@settings(deadline=None)
@given(st.integers(0, 1000))
def test_one_question_a_stem_is_asked_while_there_are_others(seed: int) -> None:
    first, second, third, *_ = QUESTIONS
    same = [first, replace(second, stem=first.stem), replace(third, stem="Another?")]
    assert len({item.stem for item in compose(same, 2, Random(seed)).items}) == 2


def test_questions_come_in_the_order_of_the_deck_unless_shuffled() -> None:
    ids = [question.id for question in QUESTIONS]
    plain = [item.question for item in compose(QUESTIONS, 8, Random(3), shuffled=False).items]
    assert plain == [name for name in ids if name in plain]
    shuffled = [[item.question for item in compose(QUESTIONS, 15, Random(seed)).items] for seed in range(5)]
    assert all(sorted(names) == sorted(ids) for names in shuffled)
    assert len(set(map(tuple, shuffled))) == 5


def test_every_question_has_its_chance() -> None:
    chosen = Counter(compose(QUESTIONS, 1, Random(seed)).items[0].question for seed in range(1500))
    assert len(chosen) == 15
    assert min(chosen.values()) > 60


def test_the_same_dice_give_the_same_quiz() -> None:
    assert compose(QUESTIONS, 9, Random(5)) == compose(QUESTIONS, 9, Random(5))


def test_every_order_of_the_options_is_as_likely_as_any_other() -> None:
    shown = Counter(tuple(option.key for option in shown_options(PEACE, Random(n))) for n in range(2400))
    assert len(shown) == 24
    assert max(abs(count - 100) for count in shown.values()) < 50  # five standard deviations


def test_the_right_option_is_as_likely_at_any_place_as_at_any_other() -> None:
    places = Counter(shown_options(PEACE, Random(n)).index(PEACE.answer) for n in range(1000))
    assert max(abs(places[place] - 250) for place in range(4)) < 70


@pytest.mark.parametrize("seed", range(5))
def test_dates_ascend_whatever_the_dice(seed: int) -> None:
    ordered = ask(MEMBERS)[0]["che#start"]
    assert shown_options(ordered, Random(seed)) == ordered.options


def quiz_of(deck: str) -> Quiz:
    return compose(list(ask(deck)[0].values()), 50, Random(2))


def test_an_item_holds_everything_that_a_page_needs() -> None:
    text = AIMS.replace("kind: reason", "explanation: It did., quote: keep the peace, as_of: 2026-01-02")
    item = next(item for item in quiz_of(text).items if item.question == "test/peace#ask")
    assert (item.deck, item.stem, item.explanation) == ("test", "Why was the Pact made?", "It did.")
    assert (item.quote, item.as_of, item.source_url, item.caution) == ("keep the peace", "2 January 2026", "", "")
    assert "The book" in item.source
    assert item.answer == Choice("peace", "To keep the peace", is_right=True)
    assert all(choice.why_wrong for choice in item.choices if not choice.is_right)


def test_the_caution_and_the_address_of_a_source_go_with_the_item() -> None:
    head = "deck: test\ntitle: A test\ncategory: Tests\nas_of: 2026-11-22\nsources:\n  book: {title: T, publisher: P, "
    head += "retrieved: 2026-11-22, url: 'https://book.example/', note: Unverified.}\n"
    item = quiz_of(head + AIMS).items[0]
    assert (item.source_url, item.caution) == ("https://book.example/", "Unverified.")


def test_a_quiz_is_asked_again_in_another_order_with_the_same_choices() -> None:
    quiz = quiz_of(AIMS)
    again = [reshuffled(quiz.items, Random(seed)) for seed in range(10)]
    assert all(sorted(item.question for item in one.items) == sorted(i.question for i in quiz.items) for one in again)
    assert len({tuple(item.question for item in one.items) for one in again}) > 1
    orders = {item.choices for one in again for item in one.items if item.question == "test/peace#ask"}
    assert len(orders) > 1
    assert len({frozenset(choices) for choices in orders}) == 1


def test_dates_keep_their_order_when_asked_again() -> None:
    quiz = quiz_of(MEMBERS)
    choices = {item.question: item.choices for item in quiz.items if item.ordered}
    again = {item.question: item.choices for item in reshuffled(quiz.items, Random(1)).items if item.ordered}
    assert choices
    assert again == choices


RIGHT, WRONG = Choice("a", "A", is_right=True), Choice("b", "B", is_right=False, why_wrong="Not so.")
ITEM = Item("deck/fact#ask", "deck", "Why?", (RIGHT, WRONG), "", "", "", "", "", "")


@pytest.mark.parametrize(
    ("answers", "expected", "percent"),
    [
        ([], Score(0, 0, 0), 0),
        ([None, None], Score(0, 0, 2), 0),
        ([RIGHT, None], Score(1, 1, 2), 50),
        ([RIGHT, WRONG], Score(1, 2, 2), 50),
        ([RIGHT, RIGHT, WRONG], Score(2, 3, 3), 66),
        ([RIGHT, RIGHT], Score(2, 2, 2), 100),
        ([RIGHT] * 199 + [WRONG], Score(199, 200, 200), 99),
    ],
)
def test_a_score_counts_right_answers_among_the_questions_asked(
    answers: list[Choice | None], expected: Score, percent: int
) -> None:
    assert score([ITEM] * len(answers), answers) == expected
    assert expected.percent == percent


def test_answers_to_other_questions_are_not_marked() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score([ITEM, ITEM], [RIGHT])
