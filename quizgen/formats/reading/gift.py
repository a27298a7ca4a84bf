"""GIFT, Moodle's text format: questions with blank lines between them, answers between curly brackets.

Taken are questions with one right answer: multiple choice, true or false, and short answer. Whatever else the format
knows (matching, numbers, essays, several right answers together) is named by its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizgen.facts.model import Wrong
from quizgen.facts.plain_text import short
from quizgen.formats.reading.decoding import decode
from quizgen.formats.reading.gift_text import Mark, find, parted, said
from quizgen.formats.reading.model import Item, Reading, Where
from quizgen.formats.reading.words import Words

MOST_LETTERS = 100_000
_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?\d{1,3}(?:[.,]\d{1,8})?)%")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_ONE_RIGHT = "questions with one right answer are"


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a question without its comments, from some line on, and the category that holds there."""

    where: Where
    lines: tuple[tuple[int, str], ...]
    category: str

    @property
    def text(self) -> str:
        """Give the lines as one text."""
        return "\n".join(line for _, line in self.lines)

    def at(self, offset: int) -> Where:
        """Tell on which line a character stands."""
        number, _ = self.lines[self.text.count("\n", 0, offset)]
        return Where(self.where.file, number)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: how much of the mark it brings (in percent), and what is said to whoever chooses it."""

    text: str
    weight: float
    feedback: str


class _NotTakenError(Exception):
    """A question that is no question of a deck."""

    def __init__(self, message: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(message)
        self.message, self.hint, self.offset = message, hint, offset


def read_gift(data: bytes, file: str) -> Reading:
    """Read the questions of a GIFT file."""
    reading, where = Reading(), Where(file)
    text = decode(data, where, reading)
    if text is None:
        return reading
    words = Words.load()
    before = len(reading.refused)
    reading.add(_item(block, words, reading) for block in blocks(text, file))
    if not reading.items and len(reading.refused) == before:
        reading.refuse(where, "no question is in the file", "write 'Which ...? {=right ~wrong ~wrong}'")
    return reading


def blocks(text: str, file: str) -> Iterator[Block]:
    """Give the questions: they are parted by blank lines, comments and categories stand on lines of their own."""
    lines: list[tuple[int, str]] = []
    category = ""
    for number, line in enumerate([*text.split("\n"), ""], 1):
        stripped = line.strip()
        if stripped.startswith("//"):
            continue
        if not stripped and lines:
            yield Block(Where(file, lines[0][0]), tuple(lines), category)
            lines = []
        if stripped.upper().startswith("$CATEGORY:") and not lines:
            category = _category(stripped[10:])
        elif stripped:
            lines.append((number, line))


def _category(path: str) -> str:
    parts = [part.strip() for part in re.split(r"(?<!/)/(?!/)", path)]
    named = [part.replace("//", "/") for part in parts if part and not re.fullmatch(r"\$\w+\$|top", part)]
    return " / ".join(named)


def _item(block: Block, words: Words, reading: Reading) -> Item | None:
    try:
        return _question(block, words, reading)
    except _NotTakenError as fault:
        reading.refuse(block.at(fault.offset), f"not taken: {fault.message}", fault.hint)
        return None


def _question(block: Block, words: Words, reading: Reading) -> Item:
    text = block.text
    if len(text) > MOST_LETTERS:
        raise _NotTakenError("the question is very long", "put a blank line between questions")
    titled = _TITLE.match(text)
    begin = titled.end() if titled else 0
    opened, closed = _brackets(text, begin)
    stem, rest = text[begin:opened], text[closed + 1 :]
    style = re.match(r"\s*\[(html|moodle|plain|markdown)\]", stem)
    before, after = _said(stem, block, begin), said(rest, style[1] if style else "").text
    body, general = _general(text[opened + 1 : closed])
    item = Item(
        block.where,
        _stem(before, after, words),
        "",
        explanation=said(general).text,
        category=block.category,
        note=words.title(said(titled[1]).text if titled else "", before),
    )
    return _answered(item, body, block, opened + 1, words, reading)


def _said(text: str, block: Block, offset: int) -> str:
    found = said(text)
    if found.pictures:
        raise _NotTakenError("it has a picture or a sound", "only text is read", offset)
    return found.text


def _brackets(text: str, begin: int) -> tuple[int, int]:
    """Find the brackets of the answers."""
    opened = find(text, "{", begin)
    if opened < 0:
        raise _NotTakenError("it has no answers", "write them between { and }")
    closed = find(text, "}", opened)
    if closed < 0:
        raise _NotTakenError("the bracket '{' is never closed", "no blank line stands within a question", opened)
    again = find(text, "{", opened + 1)
    if 0 <= again < closed:
        raise _NotTakenError("another '{' opens within the answers", r"write \{ for the character itself", again)
    if again >= 0 or find(text, "}", closed + 1) >= 0:
        hint = "a question has one; put a blank line between questions"
        raise _NotTakenError("more brackets follow the answers", hint, max(again, closed))
    return opened, closed


def _stem(before: str, after: str, words: Words) -> str:
    """Put the text around the answers together; answers within it leave a gap."""
    return f"{before} {words.gap}{'' if after[0] in '.,;:!?' else ' '}{after}" if after else before


def _general(body: str) -> tuple[str, str]:
    place = find(body, "####", 0)
    return (body, "") if place < 0 else (body[:place], body[place + 4 :])


def _answered(item: Item, body: str, block: Block, offset: int, words: Words, reading: Reading) -> Item:
    plain = body.strip()
    if not plain:
        raise _NotTakenError("an essay has no right answer", _ONE_RIGHT)
    if plain.startswith("#"):
        raise _NotTakenError("the answer is a number within bounds", _ONE_RIGHT, offset)
    truth, *feedback = parted(body, "#")
    if truth.text.strip().upper() in _TRUTH:
        told = [said(part.text).text for part in feedback]
        return _true_or_false(item, words, told, right=_TRUTH[truth.text.strip().upper()])
    marks = parted(body, "=~")
    if any(not mark.sign and mark.text.strip() for mark in marks[:1]) and len(marks) > 1:
        raise _NotTakenError("text stands before the first answer", "begin each answer with = or ~", offset)
    if _is_matching(marks):
        raise _NotTakenError("things are to be matched", _ONE_RIGHT, offset)
    answers = [_answer(mark, block, offset) for mark in marks if mark.sign or mark.text.strip()]
    return _chosen(item, answers, block, reading)


def _true_or_false(item: Item, words: Words, feedback: list[str], *, right: bool) -> Item:
    """Make a question of a statement; Moodle's feedback is first for the wrong choice, then for the right one."""
    why, praise = [*feedback, "", ""][:2]
    answer, wrong = words.truth(right=right), Wrong(words.truth(right=not right), why)
    explanation = _joined(praise, item.explanation)
    return Item(
        item.where, words.statement(item.ask), answer, (wrong,),
        explanation=explanation, category=item.category, note=item.note,
    )  # fmt: skip


def _is_matching(marks: list[Mark]) -> bool:
    signs = {mark.sign for mark in marks if mark.sign}
    return signs == {"="} and all("->" in mark.text for mark in marks if mark.sign)


def _answer(mark: Mark, block: Block, offset: int) -> Answer:
    text, *feedback = parted(mark.text, "#")
    weighed = _WEIGHT.match(text.text)
    weight = float(weighed[1].replace(",", ".")) if weighed else 0.0 if mark.sign == "~" else 100.0
    plain = _said(text.text[weighed.end() :] if weighed else text.text, block, offset + mark.start)
    if not plain:
        raise _NotTakenError("an answer is empty", "", offset + mark.start)
    return Answer(plain, weight, " ".join(said(part.text).text for part in feedback))


def _chosen(item: Item, answers: list[Answer], block: Block, reading: Reading) -> Item:
    """Take the answer that brings the whole mark; what brings a part of it is neither right nor wrong."""
    right = [answer for answer in answers if answer.weight >= 100]
    part = [answer for answer in answers if 0 < answer.weight < 100]
    if not right:
        message = "several answers are right together" if part else "no answer is right"
        raise _NotTakenError(message, "mark one with =")
    key, *others = right
    if part:
        texts = ", ".join(f"'{short(answer.text)}'" for answer in part)
        reading.note(block.where, f"answers that are right in part are never shown as wrong: {texts}")
    return Item(
        item.where, item.ask, key.text, tuple(Wrong(one.text, one.feedback) for one in answers if one.weight <= 0),
        also_true=tuple(answer.text for answer in (*others, *part)),
        explanation=_joined(key.feedback, item.explanation), category=item.category, note=item.note,
    )  # fmt: skip


def _joined(*parts: str) -> str:
    return " ".join(dict.fromkeys(filter(None, parts)))
