"""What the audit reads: questions of our own, or any bank of JSON lines, as plain items."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from quizgen.problems import Problem
from quizgen.questions.model import Option, Question

MAX_LINE = 100_000
MAX_OPTIONS = 20


@dataclass(frozen=True, slots=True)
class Item:
    """One question as a test-taker sees it, with its key and the place where it was written.

    `answer` is the place of the key among `options`, which stand in the order in which they are shown. `group` names
    the option set: items of one group share options, so a solver that learned from one knows the others.
    `question` is there for questions of our own, and lets the audit look behind the words.
    """

    stem: str
    options: tuple[str, ...]
    answer: int
    file: str
    line: int
    group: str
    id: str = ""
    question: Question | None = None
    picture: str = ""  # what tells its picture from others, if it has one
    why: tuple[str, ...] = ()  # what a bank from anywhere says of each option, if it does

    @property
    def key(self) -> str:
        """The right option."""
        return self.options[self.answer]

    @property
    def distractors(self) -> tuple[str, ...]:
        """The others, as they are shown."""
        return self.options[: self.answer] + self.options[self.answer + 1 :]


def items_of(questions: Iterable[Question], seed: int = 0) -> list[Item]:
    """Show our own questions once, in the order of options that the seed sets."""
    return [_item(question, Random(f"{seed}/{question.id}")) for question in questions]  # noqa: S311 - not a secret


def _item(question: Question, dice: Random) -> Item:
    options = list(question.options)
    if not question.ordered:
        dice.shuffle(options)
    return item_of(question, options)


def item_of(question: Question, options: Sequence[Option]) -> Item:
    """Make an item of a question whose options are shown in this order."""
    return Item(
        stem=question.stem,
        options=tuple(option.text for option in options),
        answer=options.index(question.answer),
        file=question.fact.file,
        line=question.fact.line,
        group=question.option_set,
        id=question.id,
        question=question,
        picture=question.picture.name if question.picture else "",
    )


def read_bank(lines: Iterable[str], file: str) -> tuple[list[Item], list[Problem]]:
    """Read a bank of JSON lines, `{"stem": text, "options": [text], "answer": place or text}` each."""
    items: list[Item] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        found = _read_line(line, file, number)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            items.append(found)
    return items, problems


def _read_line(line: str, file: str, number: int) -> Item | Problem:
    if len(line) > MAX_LINE:
        return Problem(file, number, f"the line is longer than {MAX_LINE:,} characters")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return Problem(file, number, "is not JSON", 'write {"stem": "...", "options": ["..."], "answer": 0}')
    if not isinstance(record, dict):
        return Problem(file, number, "is not a JSON object", 'write {"stem": ...}')
    fault = _fault(record)
    if fault:
        return Problem(file, number, *fault)
    options = tuple(" ".join(str(option).split()) for option in record["options"])
    stem = " ".join(record["stem"].split())
    answer = record["answer"] if isinstance(record["answer"], int) else record["options"].index(record["answer"])
    group = str(record.get("option_set") or "\0".join(sorted(options)))
    why = tuple(str(said or "") for said in record.get("why_wrong") or ())
    picture = json.dumps(record["picture"], sort_keys=True) if record.get("picture") else ""
    return Item(stem, options, answer, file, number, group, id=str(record.get("id", "")), picture=picture, why=why)


def _fault(record: dict[str, Any]) -> tuple[str, str] | None:
    """Say what is wrong with a record of a bank, or nothing."""
    options, answer = record.get("options"), record.get("answer")
    if not isinstance(record.get("stem"), str) or not record["stem"].strip():
        return "'stem' is missing", "it is the text of the question"
    if not isinstance(options, list) or not 2 <= len(options) <= MAX_OPTIONS:
        return "'options' should be a list of answers", f"from two to {MAX_OPTIONS}"
    if not all(isinstance(option, str) and option.strip() for option in options):
        return "an option is not a text", 'write ["one", "two"]'
    if isinstance(answer, bool) or not (isinstance(answer, int) or answer in options):
        return "'answer' is neither the place of an option nor its text", "the first option has place 0"
    if isinstance(answer, int) and not 0 <= answer < len(options):
        return f"'answer' {answer} is no place among {len(options)} options", "the first option has place 0"
    return _fault_of_reasons(record.get("why_wrong"), len(options))


def _fault_of_reasons(said: object, count: int) -> tuple[str, str] | None:
    if said is None or (isinstance(said, list) and len(said) == count):
        return None
    return "'why_wrong' should be a list with a text for each option", "null for the right one"
