"""Which options a question may have: fewer, or none, rather than filler."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from quizgen.questions import Ground, Level, Question
from tests.conftest import HEAD, make_deck
from tests.question_support import AIMS, BASES, MEMBERS, ask, texts, wrong


@pytest.mark.parametrize(
    ("fact", "change", "question", "barred"),
    [
        ("object: FRA", "object: FRA, also_true: [USA]", "alpha#object", "USA"),
        ("object: FRA", "object: FRA, also_true: [bravo]", "alpha#subject", "bravo"),
        ("object: GBR", "object: GBR, ask: false", "alpha#object", "GBR"),
        ("object: GBR", "object: GBR, ask: false", "alpha#subject", "bravo"),
        ("object: GBR", "object: GBR, retired: closed", "alpha#object", "GBR"),
        ("object: GBR", "object: GBR, status: draft", "alpha#subject", "bravo"),
        ("name: Port Bravo", "name: Alphaville", "alpha#subject", "bravo"),
        ("name: Port Bravo", "name: Old Fort Alpha", "alpha#subject", "bravo"),
    ],
)
def test_what_may_be_true_or_is_the_key_by_another_name_is_no_distractor(
    fact: str, change: str, question: str, barred: str
) -> None:
    text = BASES.replace("Delta Station", "Delta Fields").replace(
        "delta, relation: operated_by, object: USA", "delta, relation: operated_by, object: JPN"
    )
    assert fact in text
    assert barred in wrong(ask(text)[0][question])
    left = wrong(ask(text.replace(fact, change, 1))[0][question])
    assert barred not in left
    assert len(left) == 2


SHARED = "  - {id: shared, subject: alpha, relation: operated_by, object: USA, WORD}\n"


@pytest.mark.parametrize("word", ["ask: false", "ask: false, until: 2000-01-01, from: 1990"])
def test_what_is_stated_but_must_not_be_asked_is_no_distractor_elsewhere(word: str) -> None:
    text = BASES.partition("  - {id: delta")[0]
    assert "USA" in wrong(ask(text)[0]["alpha#object"])
    assert "alpha" in wrong(ask(text)[0]["charlie#subject"])
    questions, _ = ask(text + SHARED.replace("WORD", word))
    assert not any({"USA", "alpha"} <= {option.key for option in one.options} for one in questions.values())
    assert all("alpha" not in wrong(one) for one in questions.values() if one.answer.key == "charlie")
    assert all("USA" not in wrong(one) for one in questions.values() if one.fact.key == "alpha")


def test_what_is_also_true_of_a_subject_is_no_distractor_in_other_questions() -> None:
    questions, _ = ask(BASES.replace("object: FRA", "object: FRA, also_true: [USA]"))
    assert all("alpha" not in wrong(one) for one in questions.values() if one.answer.key in {"charlie", "delta"})


def test_who_may_have_been_a_member_is_not_called_an_outsider() -> None:
    league = MEMBERS.replace("entities:", "entities:\n  league: {name: League, kind: organisation}")
    league += "".join(
        f"  - {{id: {key.lower()}, subject: {key}, relation: member_of, object: league}}\n"
        for key in ("FIN", "ISL", "NOR")
    )
    doubtful = (
        "  - {id: fin-once, subject: FIN, relation: member_of, object: pact, from: 1990, until: 2000, ask: false}\n"
    )
    with_pact = [name for name, one in ask(league)[0].items() if "FIN" in wrong(one)]
    assert with_pact
    assert [name for name, one in ask(league + doubtful)[0].items() if "FIN" in wrong(one)] == []


def founders(count: int) -> str:
    """Write a deck of members that joined in 2003, 2002, 2001, and all others in 2000."""
    codes = ["AUT", "BEL", "CHE", "DNK", "ESP", "FRA", "GBR", "GRC", "HUN", "IRL", "ISL", "ITA", "LUX", "NLD", "PRT"]
    return MEMBERS.partition("  - {id: aut")[0] + "".join(
        f"  - {{id: {code.lower()}, subject: {code}, relation: member_of, object: pact, from: {max(2000, 2003 - n)}}}\n"
        for n, code in enumerate(codes[:count])
    )


def test_a_day_is_a_distractor_about_three_times_as_often_as_it_is_a_key() -> None:
    questions, _ = ask(founders(10))
    uses = Counter(option.key for one in questions.values() if one.kind == "when" for option in one.distractors)
    assert {"2001", "2002", "2003"} <= set(uses)
    assert max(uses[day] for day in ("2001", "2002", "2003")) <= 4


def test_a_fact_is_rather_asked_with_a_worn_option_than_not_at_all() -> None:
    questions, remarks = ask(founders(15))
    assert remarks == []
    assert len({question.fact.key for question in questions.values()}) == 15


@pytest.mark.parametrize("also", ["trade", "To sell its grain"])
def test_a_sibling_that_is_right_too_is_no_distractor(also: str) -> None:
    questions, _ = ask(AIMS.replace("kind: reason", f"also_true: [{also}]"))
    assert set(wrong(questions["peace#ask"])) == {"pride", "fear"}


def test_who_joined_twice_is_not_asked_for_the_day_of_joining() -> None:
    again = "  - {id: again, subject: AUT, relation: member_of, object: pact, from: 1973-05-01, ask: false}\n"
    text = MEMBERS.replace("from: 1951-05-01", "from: 1951-05-01, until: 1960-01-01") + again
    assert "aut#start" not in ask(text)[0]


def test_no_two_options_read_the_same() -> None:
    text = AIMS.replace("answer: to be seen", "answer: to be safe")
    questions, _ = ask(text)
    assert sorted(texts(questions["peace#ask"])) == ["To be safe", "To keep the peace", "To sell its grain"]


# --- fewer options, or none, rather than filler ---------------------------------------------------------------------


def test_two_good_distractors_are_enough() -> None:
    questions, remarks = ask("\n".join(AIMS.splitlines()[:4]))
    assert [len(question.options) for question in questions.values()] == [3, 3, 3]
    assert remarks == []


def test_with_one_distractor_there_is_no_question_but_a_remark() -> None:
    questions, remarks = ask("\n".join(AIMS.splitlines()[:3]))
    hint = "write 'distractors', or give at least three facts the same 'set'"
    assert questions == {}
    assert remarks == [
        f"test.yaml:{line}: fact '{key}' gives no question: fewer than two wrong options can be proven ({hint})"
        for line, key in ((8, "peace"), (9, "trade"))
    ]


def test_without_a_claim_that_the_list_is_whole_nobody_is_called_an_outsider() -> None:
    questions, _ = ask(re.sub(r"complete:\n.*\n", "", MEMBERS))
    assert {question.kind for question in questions.values()} == {"when"}


def test_a_stem_that_holds_its_own_answer_gives_no_question() -> None:
    text = BASES.replace("Fort Alpha", "Ethiopian Fort").replace("object: FRA", "object: ETH")
    questions, remarks = ask(text)
    assert [name for name in questions if name.startswith("alpha")] == []
    assert remarks[0].startswith("test.yaml:13: fact 'alpha' gives no question: each would hold its own answer")


def test_a_draft_is_not_asked_and_said_so() -> None:
    questions, remarks = ask(AIMS.replace("kind: reason", "status: draft"))
    assert set(questions) == {"trade#ask", "pride#ask", "fear#ask"}
    assert remarks == ["test.yaml:8: fact 'peace' is a draft and is not asked (check it and write 'status: reviewed')"]


def test_a_retired_fact_is_not_asked_and_nothing_is_said() -> None:
    questions, remarks = ask(AIMS.replace("kind: reason", "retired: It was wrong."))
    assert (set(questions), remarks) == ({"trade#ask", "pride#ask", "fear#ask"}, [])


def test_what_has_ended_is_not_asked_as_if_it_held() -> None:
    questions, remarks = ask(BASES.replace("object: FRA}", "object: FRA, from: 1990, until: 2000-01-01}"))
    assert [name for name in questions if name.startswith("alpha")] == []
    assert remarks[0].endswith("gives no question: it is not known to hold on 22 November 2026")


# --- rotation -------------------------------------------------------------------------------------------------------


def test_four_questions_share_four_options_and_each_is_the_answer_once() -> None:
    names = [f"{one}{two}{one}a" for one in "BDFGK" for two in "aeiouyrl"]
    facts = "".join(
        f"  - {{id: f{n}, ask: 'Who is {n}?', answer: {name}, set: names}}\n" for n, name in enumerate(names)
    )
    rounds: dict[str, list[Question]] = defaultdict(list)
    for question in ask(f"facts:\n{facts}")[0].values():
        rounds[question.option_set].append(question)
    assert len(rounds) == 10
    for siblings in rounds.values():
        assert len({frozenset(option.key for option in question.options) for question in siblings}) == 1
        assert {question.answer.key for question in siblings} == {option.key for option in siblings[0].options}


def test_sets_with_a_slash_are_shared_by_decks() -> None:
    one = AIMS.replace("set: aims", "set: pacts/aims")
    two = HEAD.replace("deck: test", "deck: own") + (
        "facts:\n  - {id: rest, ask: Why did Erewhon leave?, answer: to be alone, set: pacts/aims}\n"
    )
    questions, _ = ask(one, make_deck(two, "own.yaml"))
    assert len(questions["own/rest#ask"].options) == 4
    apart, remarks = ask(AIMS, make_deck(two.replace("pacts/", ""), "own.yaml"))
    assert "own/rest#ask" not in apart
    assert len(remarks) == 1


# --- which words of the source --------------------------------------------------------------------------------------


def quoted(text: str, words: dict[str, str]) -> str:
    for key, quote in words.items():
        text = text.replace(f"id: {key},", f"id: {key}, quote: '{quote}',")
    return text


def test_the_words_of_the_source_that_answer_a_question_are_asked_among_those_that_answer_others() -> None:
    words = {"peace": "so that guns fall silent", "trade": "its barns were full", "pride": "it longed for guests"}
    question = ask(quoted(AIMS, words))[0]["peace#support"]
    assert (question.kind, question.level) == ("support", Level.ANALYSE)
    assert question.stem == "Which words of the source answer the question “Why was the Pact made”?"
    assert question.answer.text == "“so that guns fall silent”"
    assert wrong(question) == {"trade": Ground.AUTHOR, "pride": Ground.AUTHOR}


def test_the_same_words_are_no_wrong_answer() -> None:
    words = {"peace": "so that guns fall silent", "trade": "so that guns fall silent", "pride": "it longed for guests"}
    assert "peace#support" not in ask(quoted(AIMS, words))[0]


# --- the odd one out ------------------------------------------------------------------------------------------------


def all_but_one(codes: list[str]) -> str:
    """Write a deck of groups, each of which holds all countries but one."""
    names = [f"club-{code.lower()}" for code in codes]
    text = "entities:\n" + "".join(
        f"  {name}: {{name: Club {name[5:].title()}y, kind: organisation}}\n" for name in names
    )
    text += "complete:\n" + "".join(
        f"  - {{relation: member_of, object: {name}, since: 1990-01-01}}\n" for name in names
    )
    return f"{text}facts:\n" + "".join(
        f"  - {{id: {name}-{code.lower()}, subject: {code}, relation: member_of, object: {name}}}\n"
        for name, left_out in zip(names, codes, strict=True)
        for code in codes
        if code != left_out
    )


def test_the_odd_one_out_lacks_what_the_others_have() -> None:
    questions = [
        one for name, one in ask(all_but_one(["AUT", "BEL", "CHE", "DNK", "ESP"]))[0].items() if "#odd" in name
    ]
    assert len({question.answer.key for question in questions}) == 5
    for question in questions:
        club = f"Club {question.answer.key.title()}y"
        assert question.stem.endswith(f"all but one of these countries belong to {club}. Which is the odd one out?")
        assert question.explanation.startswith(f"{question.answer.text} did not belong to {club} on")
        assert set(wrong(question).values()) == {Ground.SHARED}


def test_who_is_never_among_the_others_is_not_asked_for_as_the_odd_one_out() -> None:
    outsider = "  - {id: nor, subject: NOR, relation: member_of, object: league, from: 1990-05-01}\n"
    text = MEMBERS.replace("entities:", "entities:\n  league: {name: League, kind: organisation}") + outsider
    assert not [name for name in ask(text.replace(", until: 2001-01-01", ""))[0] if name == "nor#odd"]


# --- who left and came back -----------------------------------------------------------------------------------------


def test_who_left_and_came_back_is_no_answer_to_who_came_only_after() -> None:
    again = "  - {id: again, subject: AUT, relation: member_of, object: pact, from: 2015-05-01}\n"
    once = MEMBERS.replace("from: 1951-05-01}", "from: 1951-05-01, until: 1999-01-01}")
    assert "aut#order" in ask(once)[0]
    questions, _ = ask(once + again)
    unclear = {"after_day", "since", "already", "order", "between"}
    assert not [name for name in questions if name.startswith(("aut#", "again#")) and name.partition("#")[2] in unclear]
    assert all(
        "only" not in option.why_wrong
        for one in questions.values()
        for option in one.distractors
        if option.key == "AUT"
    )


@pytest.mark.parametrize(
    ("start", "stem", "reason"),
    [
        ("1951-05-01", "On which of these days did Austria join the Pact?", "joined on 1 May 1962"),
        ("1951-05", "In which of these months did Austria join the Pact?", "joined in May 1962"),
        ("1951", "In which of these years did Austria join the Pact?", "joined in 1962"),
    ],
)
def test_days_months_and_years_are_spoken_of_as_such(start: str, stem: str, reason: str) -> None:
    text = re.sub(r"(\d{4})-05-01", rf"\g<1>{start[4:]}", MEMBERS)
    question = ask(text)[0]["aut#start"]
    assert question.stem == stem
    assert any(reason in option.why_wrong for option in question.distractors)
