"""The audit: each flaw is found where it stands, and each gate can fail."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.facts import Library
from quizgen.questions import Level, Question, make_questions
from quizgen.questions.audit import Bank, Item, Result, audit, items_of, read_bank
from quizgen.questions.audit.flaws import FLAWS
from quizgen.questions.audit.solver import guess
from tests.conftest import FACTS, make_deck

TODAY = date(2026, 11, 22)
GOOD = ("Which city is the capital of France?", ["Paris", "Rome", "Berlin", "Vienna"], 0)
FLAWED = [
    ("unclear stem", "It lies by the sea.", ["Oslo", "Rome"], 0),
    ("none of the above", GOOD[0], ["Paris", "Rome", "None of these"], 0),
    ("all of the above", GOOD[0], ["Paris", "Rome", "All of the above"], 0),
    ("fill in the blank", "The capital of France is ____.", ["Paris", "Rome"], 0),
    ("true or false", "Is Paris the capital of France?", ["Yes", "No"], 0),
    ("longest answer is right", GOOD[0], ["the old city on the river Seine", "Rome", "Berlin"], 0),
    ("negative stem", "Which city is not a capital?", ["Nice", "Rome", "Berlin"], 0),
    ("logical cue", "In which year did it end?", ["1945", "in May", "in June"], 0),
    ("lost sequence", "In which year did it end?", ["1945", "1918", "1939"], 0),
    ("absolute term", "What do allies do?", ["They always help", "They wait", "They ask"], 1),
    ("word repeated in the key", "Which bank helps development?", ["The Development Fund", "The Fed", "The ECB"], 0),
    ("vague term", "What do allies do?", ["They often help", "They wait", "They ask"], 1),
    ("more than one right", GOOD[0], ["Paris", "paris.", "Rome"], 0),
    ("complex options", GOOD[0], ["Paris", "Rome", "Both A and B"], 0),
    ("gratuitous information", " ".join(["Once upon a time"] * 16) + ", which city?", ["Paris", "Rome"], 0),
    ("unfocused stem", "Which is true?", ["Paris lies in France", "Rome lies in Spain"], 0),
    ("grammatical cue", GOOD[0], ["the Hague", "Rome", "Berlin"], 0),
]  # fmt: skip


def item(stem: str, options: list[str], answer: int, line: int = 1) -> Item:
    return Item(stem, tuple(options), answer, "bank.jsonl", line, "group")


@pytest.mark.parametrize(("name", "stem", "options", "answer"), FLAWED, ids=[row[0] for row in FLAWED])
def test_a_flaw_is_found(name: str, stem: str, options: list[str], answer: int) -> None:
    assert name in [flaw.name for flaw in FLAWS if flaw.holds(item(stem, options, answer))]


def test_a_good_question_has_none_of_the_nineteen() -> None:
    assert len(FLAWS) == 19
    assert [flaw.name for flaw in FLAWS if flaw.holds(item(*GOOD))] == []


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    return make_questions(Library((make_deck(FACTS),)), recalls=3)[0]


def results(questions: list[Question], today: date = TODAY) -> dict[str, Result]:
    return {result.gate: result for result in audit(Bank(items_of(questions), (), today))}


def test_no_gate_fails_for_a_sound_deck(questions: list[Question]) -> None:
    assert {name: result.offenders for name, result in results(questions).items() if result.passed is False} == {}


@pytest.mark.parametrize(
    ("gate", "fault"),
    [
        ("wrong options with a reason", {"why_wrong": ""}),
        ("keys that their fact supports", {"text": "Something else"}),
        ("loaded words", {"stem": "Which regime joined the Pact on 1 May 1951?"}),
        ("undated", {"stem": "Which country recently joined the Pact?"}),
        ("flaws that rules decide", {"stem": "Which country is not in the Pact on 1 May 1951?"}),
    ],
)
def test_a_seeded_fault_fails_its_gate_at_its_line(gate: str, fault: dict[str, str], questions: list[Question]) -> None:
    sound = next(question for question in questions if question.id == "test/why#ask")
    if "stem" in fault:
        faulty = replace(sound, stem=fault["stem"])
    else:
        spoilt = [replace(o, **fault) if o.is_right == ("text" in fault) else o for o in sound.options]  # type: ignore[arg-type] # texts
        faulty = replace(sound, options=tuple(spoilt))
    found = results([faulty, *(question for question in questions if question.id != sound.id)])[gate]
    assert found.passed is False
    assert {(problem.file, problem.line) for problem in found.offenders} == {(sound.fact.file, sound.fact.line)}


def test_the_same_question_twice_is_found(questions: list[Question]) -> None:
    twin = replace(questions[0], id="test/twin#ask")
    assert results([*questions, twin])["nearly the same question"].passed is False


def test_a_bank_of_recall_fails_and_one_of_all_levels_passes(questions: list[Question]) -> None:
    def levelled(*levels: Level) -> bool | None:
        many = [replace(questions[0], id=f"test/{n}#ask", level=levels[n % len(levels)]) for n in range(100)]
        return results(many)["levels"].passed

    assert levelled(Level.RECALL) is False
    assert levelled(Level.RECALL, Level.UNDERSTAND, Level.UNDERSTAND, Level.ANALYSE) is True


def test_the_solver_finds_a_bank_in_which_the_key_is_the_longest_and_none_in_a_fair_one() -> None:
    dice = Random(5)
    words = ["sea", "river", "mountain", "valley", "lake", "desert", "forest", "island", "harbour", "plain"]

    def bank(*, cued: bool) -> list[Item]:
        made = []
        for number in range(200):
            options = dice.sample(words, 4)
            answer = dice.randrange(4)
            if cued:
                options[answer] += " in the far north of the country"
            made.append(replace(item("Which one is it?", options, answer), group=str(number)))
        return made

    cued, fair = guess(bank(cued=True), Random(0)), guess(bank(cued=False), Random(0))
    assert cued
    assert fair
    assert cued.right > 0.9
    assert fair.lower < 0.25 < fair.upper


BAD_LINES = [
    ("nonsense", "is not JSON"),
    ("[1]", "is not a JSON object"),
    ('{"options": ["a", "b"], "answer": 0}', "'stem' is missing"),
    ('{"stem": "S?", "options": ["a"], "answer": 0}', "'options' should be a list of answers"),
    ('{"stem": "S?", "options": ["a", 2], "answer": 0}', "an option is not a text"),
    ('{"stem": "S?", "options": ["a", "b"], "answer": "c"}', "'answer' is neither the place of an option nor its text"),
    ('{"stem": "S?", "options": ["a", "b"], "answer": 2}', "'answer' 2 is no place among 2 options"),
    ("[" * 100_001, "the line is longer than 100,000 characters"),
    ("[" * 50_000, "is not JSON"),
]


@pytest.mark.parametrize(("line", "message"), BAD_LINES, ids=[row[1] for row in BAD_LINES])
def test_a_bad_line_of_a_bank_is_named(line: str, message: str) -> None:
    items, problems = read_bank(["", line], "bank.jsonl")
    assert items == []
    assert [(problem.line, problem.message) for problem in problems] == [(2, message)]


def test_a_bank_from_elsewhere_is_audited_from_the_command_line(tmp_path: Path) -> None:
    bank = tmp_path / "bank.jsonl"
    stem, options, _ = GOOD
    rows = [
        {"stem": stem, "options": options, "answer": "Paris"},
        {"stem": FLAWED[1][1], "options": FLAWED[1][2], "answer": 0},
    ]
    bank.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run = CliRunner().invoke(main, ["audit", str(bank)])
    assert run.exit_code == 1
    assert f"{bank}:2: question has flaws: " in run.output
    assert "none of the above" in run.output
    assert f"{bank}:1: question has flaws: " not in run.output
    as_json = [
        json.loads(line) for line in CliRunner().invoke(main, ["audit", str(bank), "--json"]).output.splitlines()
    ]
    assert {record["gate"]: record["passed"] for record in as_json}["flaws that rules decide"] is False


def test_facts_past_their_day_are_named_on_a_later_day() -> None:
    run = CliRunner().invoke(main, ["audit", "security-council", "--today", "2099-01-01"])
    assert "was to be looked at by" in run.output
    assert "Traceback" not in run.output
