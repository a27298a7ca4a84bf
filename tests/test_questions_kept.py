"""Questions that were released keep their wrong options, as long as these are wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from quizgen.facts import Library, open_library
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from tests.conftest import make_deck
from tests.question_support import AIMS, BASES, MEMBERS, STRAITS

MOST_TOUCHED = 60  # of five thousand notes, when one fact goes


def library_of(text: str) -> Library:
    return Library((make_deck(text),))


def asked(library: Library, before: Iterable[Question] = ()) -> dict[str, Question]:
    questions, _ = make_questions(library, kept={question.id: question.wrong for question in before})
    return {question.id: question for question in questions}


def shown(question: Question) -> tuple[object, ...]:
    picture = question.picture.name if question.picture else ""
    return question.stem, question.options, question.explanation, question.option_set, picture


def touched(before: dict[str, Question], after: dict[str, Question]) -> set[str]:
    """Name the questions that changed, came or went."""
    return {
        id_
        for id_ in before | after
        if id_ not in before or id_ not in after or shown(before[id_]) != shown(after[id_])
    }


def without(library: Library, path: str) -> Library:
    decks = (replace(deck, facts=tuple(fact for fact in deck.facts if fact.path != path)) for deck in library.decks)
    return replace(library, decks=tuple(decks))


@pytest.mark.parametrize("text", [AIMS, BASES, MEMBERS, STRAITS], ids=["aims", "bases", "members", "straits"])
def test_made_again_they_are_the_same(text: str) -> None:
    before = asked(library_of(text))
    assert touched(before, asked(library_of(text), before.values())) == set()


def test_a_new_fact_takes_no_option_from_others() -> None:
    before = asked(library_of(AIMS))
    more = AIMS + "  - {id: fame, ask: Why did Freedonia join?, answer: to be known, set: aims}\n"
    assert touched(before, asked(library_of(more), before.values())) == {"test/fame#ask"}
    assert len(touched(before, asked(library_of(more)))) > 1, "without what was kept, others would change"


def test_an_option_that_became_true_is_exchanged() -> None:
    before = asked(library_of(AIMS))
    now = AIMS.replace("{id: trade,", "{id: trade, also_true: [to be seen],")
    after = asked(library_of(now), before.values())
    assert touched(before, after) == {"test/trade#ask"}
    assert "pride" in {option.key for option in before["test/trade#ask"].distractors}
    assert "pride" not in {option.key for option in after["test/trade#ask"].distractors}


def test_an_answer_that_is_worded_anew_is_worded_anew_wherever_it_stands() -> None:
    before = asked(library_of(AIMS))
    after = asked(library_of(AIMS.replace("to be seen", "to be seen by all")), before.values())
    assert {option.text for question in after.values() for option in question.options if option.key == "pride"} == {
        "To be seen by all"
    }
    assert {id_: question.wrong for id_, question in after.items()} == {
        id_: question.wrong for id_, question in before.items()
    }


def test_what_an_author_writes_comes_before_what_was_kept() -> None:
    before = asked(library_of(AIMS))
    own = AIMS.replace("set: aims, kind: reason", "set: aims, kind: reason, distractors: [a, b, c]")
    after = asked(library_of(own), before.values())
    assert [option.text for option in after["test/peace#ask"].distractors] != [
        option.text for option in before["test/peace#ask"].distractors
    ]
    assert {option.text for option in after["test/peace#ask"].distractors} == {"A", "B", "C"}


@pytest.mark.prove
@pytest.mark.parametrize(
    "gone", ["", "nato/nato-fra", "capitals/capital-bfa", "borders/ago-zmb", "currencies/che-franc"]
)
def test_in_the_library_a_fact_that_goes_takes_few_questions_along(gone: str) -> None:
    library, _, _ = open_library([], DECKS)
    before = asked(library)
    after = asked(without(library, gone), before.values())
    # Facts that found no options before may find some now: that is a new note, and no change of an old one.
    assert len(touched(before, after) - (set(after) - set(before))) <= (MOST_TOUCHED if gone else 0)
    assert len(set(after) - set(before)) <= MOST_TOUCHED
