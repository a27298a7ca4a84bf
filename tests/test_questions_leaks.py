"""What one question of a quiz tells of the answer to another."""

from __future__ import annotations

from random import Random

import pytest

from quizgen.facts import find_decks, load_library
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from quizgen.questions.audit.items import Item, item_of
from quizgen.questions.audit.leaks import Told
from quizgen.quizzes import compose
from tests.question_support import AIMS, BASES, MEMBERS, STRAITS, ask


def shown(question: Question) -> Item:
    return item_of(question, question.options)


BY_NAME = {name: shown(one) for deck in (AIMS, BASES, MEMBERS, STRAITS) for name, one in ask(deck)[0].items()}


@pytest.mark.parametrize(
    ("first", "then", "tells"),
    [
        ("alpha#object", "alpha#subject", True),  # its explanation: Fort Alpha is run by France
        ("bravo#object", "alpha#subject", True),  # the reason why France is wrong: Fort Alpha is run by France
        ("east-amber#object", "north-frozen#subject", True),
        ("alpha#object", "peace#ask", False),
        ("trade#ask", "peace#ask", False),
        ("aut#start", "alpha#subject", False),
    ],
)
def test_a_sentence_with_both_names_tells_the_answer(first: str, then: str, tells: bool) -> None:
    told = Told()
    told.add(BY_NAME[first])
    assert told.tells(BY_NAME[then]) is tells


def loose_tongued() -> tuple[Item, Item]:
    """Give a question, and another whose stem tells its answer."""
    text = AIMS.replace("Why did Utopia join?", "What did Utopia do when the Pact was made to keep the peace?")
    questions, _ = ask(text)
    return shown(questions["peace#ask"]), shown(questions["trade#ask"])


def test_a_plain_answer_is_told_by_a_sentence_on_the_same_matter() -> None:
    peace, trade = loose_tongued()
    told = Told()
    told.add(trade)
    assert told.tells(peace)


@pytest.mark.parametrize("both_ways", [True, False])
def test_where_the_order_is_not_settled_what_tells_an_earlier_answer_counts_too(both_ways: bool) -> None:
    peace, trade = loose_tongued()
    told = Told(both_ways=both_ways)
    told.add(peace)
    assert told.tells(trade) is both_ways


@pytest.fixture(scope="module")
def shipped() -> dict[str, Question]:
    library, _ = load_library(find_decks([], DECKS)[0])
    return {question.id: question for question in make_questions(library)[0]}


@pytest.mark.parametrize("shuffled", [True, False])
@pytest.mark.parametrize("seed", range(8))
def test_no_question_of_a_quiz_of_ten_tells_the_answer_to_a_later_one(
    shipped: dict[str, Question], seed: int, shuffled: bool
) -> None:
    told_of = []
    for deck in sorted({question.fact.deck for question in shipped.values()}):
        mine = [question for question in shipped.values() if question.fact.deck == deck]
        told = Told()
        for item in compose(mine, 10, Random(seed), shuffled=shuffled).items:
            told_of += [item.question] if told.tells(shown(shipped[item.question])) else []
            told.add(shown(shipped[item.question]))
    assert told_of == []
