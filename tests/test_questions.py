"""Small decks and the questions that they give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizgen.facts import Library
from quizgen.formats.text import text_blocks
from quizgen.questions import Ground, Level, make_questions, only
from quizgen.questions.plain import rank_of
from tests.conftest import HEAD, make_deck
from tests.question_support import AIMS, BASES, COMING, MEMBERS, STRAITS, ask, texts, wrong

# --- the kinds ------------------------------------------------------------------------------------------------------


def test_a_functional_relation_is_asked_both_ways() -> None:
    questions, remarks = ask(BASES)
    forward, backward = questions["alpha#object"], questions["alpha#subject"]
    assert (forward.kind, forward.answer.text, wrong(forward)) == (
        "forward", "France", {"GBR": Ground.FUNCTIONAL, "USA": Ground.FUNCTIONAL},
    )  # fmt: skip
    assert (backward.kind, backward.answer.text) == ("backward", "Fort Alpha")
    assert wrong(backward) == dict.fromkeys(("bravo", "charlie", "delta"), Ground.FUNCTIONAL)
    assert "Fort Alpha" in forward.stem
    assert "France" in backward.stem
    assert remarks == []


def test_where_several_would_be_right_one_of_these_is_asked_for() -> None:
    question = ask(BASES)[0]["delta#subject"]
    assert (question.kind, question.answer.text, set(wrong(question))) == ("which", "Delta Station", {"alpha", "bravo"})


def test_members_are_told_from_those_who_left() -> None:
    question = ask(MEMBERS)[0]["aut#on_day"]
    assert (question.kind, question.level) == ("on_day", Level.UNDERSTAND)
    assert question.answer.text == "Austria"
    assert set(wrong(question).values()) == {Ground.INTERVAL}


def test_who_left_between_two_days_is_told_from_those_who_stayed_and_those_who_left_at_another_time() -> None:
    question = ask(MEMBERS)[0]["dnk#left"]
    assert (question.kind, question.level, question.answer.text) == ("period", Level.UNDERSTAND, "Denmark")
    assert question.stem == "Which of these countries left the Pact between 1 March 1999 and 1 March 2004?"
    assert set(wrong(question)) <= {"AUT", "BEL", "CHE", "ESP"}
    assert set(wrong(question).values()) == {Ground.INTERVAL}


def test_which_of_these_is_a_member_takes_outsiders_that_the_whole_list_rules_out() -> None:
    league = MEMBERS.replace("entities:", "entities:\n  league: {name: League, kind: organisation}")
    league += "".join(
        f"  - {{id: {key.lower()}, subject: {key}, relation: member_of, object: league}}\n"
        for key in ("FIN", "ISL", "NOR", "POL")
    )
    question = ask(league)[0]["bel#subject"]
    assert (question.kind, question.answer.text) == ("which", "Belgium")
    assert set(wrong(question)) <= {"FIN", "ISL", "NOR", "POL", "DNK", "ESP"}
    assert set(wrong(question).values()) <= {Ground.COMPLETE, Ground.INTERVAL}


def test_the_days_of_joining_ascend_and_are_those_of_other_members() -> None:
    question = ask(MEMBERS)[0]["che#start"]
    assert (question.kind, question.ordered, question.answer.text) == ("when", True, "1 May 1973")
    days = ["1951-05-01", "1962-05-01", "1973-05-01", "1984-05-01", "2000-05-01"]
    assert [option.key for option in question.options] == sorted(option.key for option in question.options)
    assert set(wrong(question)) < set(days)
    assert len(question.options) == 4


def test_what_is_still_to_come_is_asked_among_days_to_come() -> None:
    question = ask(COMING)[0]["grc#start"]
    assert texts(question) == ["1 May 2027", "1 May 2028", "1 May 2029"]
    assert "due" in question.stem
    assert "22 November 2026" in question.stem


def test_no_day_to_come_stands_among_days_of_the_past() -> None:
    questions, _ = ask(COMING)
    past = [questions[f"{key}#start"] for key in ("aut", "bel", "che", "dnk", "esp")]
    assert all(option.key < "2026" for question in past for option in question.options)


def test_dates_of_one_question_are_equally_exact() -> None:
    text = MEMBERS.replace("1984-05-01", "1984-05").replace("1962-05-01", "1962")
    questions, _ = ask(text)
    assert {option.key for option in questions["aut#start"].options} == {"1951-05-01", "1973-05-01", "2000-05-01"}
    assert "dnk#start" not in questions


def test_what_both_have_sets_neither_apart() -> None:
    question = ask(STRAITS)[0]["east-amber#apart"]
    assert (question.kind, question.level) == ("contrast", Level.UNDERSTAND)
    assert question.stem == "What sets East Strait apart from West Strait?"
    assert question.answer.text == "It leads into Amber Sea"
    assert wrong(question) == {
        "connects-coral": Ground.SHARED,
        "connects-white": Ground.COMPLETE,
        "connects-frozen": Ground.COMPLETE,
    }


def test_the_thing_with_two_traits_is_asked_among_things_that_have_one() -> None:
    question = next(question for question in ask(STRAITS)[0].values() if question.kind == "join")
    assert (question.level, question.answer.text) == (Level.ANALYSE, "West Strait")
    assert question.stem == "Which of these passages leads into both Inner Sea and White Sea?"
    assert wrong(question) == {"east": Ground.COMPLETE, "north": Ground.COMPLETE}


@pytest.mark.parametrize("part", ["on_day", "after_day", "already", "since", "order", "period", "left"])
def test_who_may_be_right_too_is_no_option_in_questions_about_time(part: str) -> None:
    years = {"FIN": 2003, "GRC": 2006, "HUN": 2009, "IRL": 2012}
    facts = "".join(
        f"  - {{id: {key.lower()}, subject: {key}, relation: member_of, object: pact, from: {year}-05-01}}\n"
        for key, year in years.items()
    )
    members = MEMBERS + facts
    assert any(name.endswith(f"#{part}") for name in ask(members)[0])
    doubted = [f"also_true: [{key}], from:" for key in ("AUT", "BEL", "CHE", "DNK", "ESP")]
    for doubt in doubted:
        questions, _ = ask(members.replace("from:", doubt))
        key = doubt[12:15]
        asked = [question for name, question in questions.items() if name.endswith(f"#{part}")]
        assert [question.id for question in asked if key in wrong(question)] == []


def test_a_plain_question_is_asked_as_it_was_written() -> None:
    question = ask(AIMS)[0]["peace#ask"]
    assert (question.stem, question.kind, question.level) == ("Why was the Pact made?", "reason", Level.UNDERSTAND)
    assert (question.answer.key, question.answer.text) == ("peace", "To keep the peace")
    assert wrong(question) == dict.fromkeys(("trade", "pride", "fear"), Ground.AUTHOR)


def test_written_distractors_come_first_and_keep_their_reasons() -> None:
    own = "distractors: [to rule, {text: to rest, why: Nobody rests.}]"
    questions, _ = ask(AIMS.replace("kind: reason", f"kind: reason, {own}"))
    question = questions["peace#ask"]
    reasons = {option.key: option.why_wrong for option in question.distractors}
    assert reasons["peace-wrong-2"] == "Nobody rests."
    assert "to keep the peace" in reasons["peace-wrong-1"]
    assert len(reasons) == 3
    assert set(reasons) - {"peace-wrong-1", "peace-wrong-2"} < {"trade", "pride", "fear"}


@pytest.mark.parametrize("deck", [MEMBERS, BASES, AIMS, COMING])
def test_every_distractor_has_a_ground_and_a_why_and_the_key_has_neither(deck: str) -> None:
    for question in ask(deck)[0].values():
        assert all(option.ground and option.why_wrong for option in question.distractors)
        assert (question.answer.ground, question.answer.why_wrong) == (None, "")


def test_the_explanation_says_what_is_true_and_the_citation_where_it_stands() -> None:
    questions, _ = ask(AIMS.replace("kind: reason", "kind: reason, explanation: It did., hedged: true"))
    assert questions["peace#ask"].explanation == "It did."
    assert questions["trade#ask"].explanation == "To sell its grain."
    plain, hedged = questions["trade#ask"].citation, questions["peace#ask"].citation
    assert all(word in plain for word in ("A house", "The book", "22 November 2026"))
    assert hedged.startswith(plain)
    assert len(hedged) > len(plain)


@pytest.mark.parametrize(
    ("text", "rank"),
    [("15", 15), ("15 members", 15), ("1,100 seats", 1100), ("2.5 %", 2.5), ("about 15", None), ("15 or 16", None),
     ("Article 5", None), ("", None), ("1 Jan 2004", None), ("5 of the permanent members of the Council", None)],
)  # fmt: skip
def test_numbers_have_a_rank(text: str, rank: float | None) -> None:
    assert rank_of(text) == rank


def test_days_have_the_rank_of_the_calendar() -> None:
    days = ["31 December 1999", "1 January 2000", "2 January 2000", "1 February 2000", "31 March 2000", "1 April 2000"]
    ranks = [rank_of(day) or 0 for day in days]
    assert ranks == sorted(set(ranks))


def test_numbers_ascend() -> None:
    questions, _ = ask("facts: [{id: a, ask: How many?, answer: 15 seats, distractors: ['1,100 seats', 9 seats]}]")
    assert texts(questions["a#ask"]) == ["9 seats", "15 seats", "1,100 seats"]


# --- the whole ------------------------------------------------------------------------------------------------------


def test_questions_stand_in_the_order_of_their_facts() -> None:
    questions, _ = ask(AIMS)
    assert list(questions) == ["peace#ask", "trade#ask", "pride#ask", "fear#ask"]


def test_the_questions_of_some_decks_are_made_with_the_siblings_of_all() -> None:
    base = "entities: {echo: {name: Echo Field, kind: air base}}\n"
    base += "facts:\n  - {id: echo, subject: echo, relation: operated_by, object: JPN}\n"
    own = make_deck(HEAD.replace("deck: test", "deck: own") + base, "own.yaml")
    questions, _ = make_questions(Library((own, make_deck(BASES))), recalls=3)
    mine = only(questions, ["own"])
    assert {question.id for question in mine} == {"own/echo#object", "own/echo#subject", "own/echo#apart"}
    assert all(len(question.options) == 4 for question in mine)


def test_all_questions_of_a_small_deck(snapshot: Callable[[str], None]) -> None:
    bases = "\n".join(line for line in BASES.splitlines() if line.startswith("  ") and "{name:" in line)
    facts = "\n".join(line for text in (COMING, BASES, AIMS) for line in text.splitlines() if "{id:" in line)
    text = COMING.partition("facts:")[0].replace("complete:", f"{bases}\ncomplete:") + f"facts:\n{facts}\n"
    questions, remarks = ask(text)
    snapshot("\n".join([*text_blocks(questions.values(), seed=0), *remarks, ""]))
