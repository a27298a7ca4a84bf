"""Aiken, the plainest format: a question, options `A.` or `A)`, and `ANSWER: B`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from quizgen.facts.model import Wrong
from quizgen.facts.plain_text import short
from quizgen.formats.reading.decoding import decode
from quizgen.formats.reading.model import Item, Reading, Where

_OPTION = re.compile(r"\s*([A-Za-z])[.)]\s+(\S.*)")
_ANSWER = re.compile(r"\s*ANSWER\s*:\s*(.*?)\s*", re.IGNORECASE)
_FORM = "write options as 'A. Paris' and then 'ANSWER: A'"


@dataclass(slots=True)
class _Open:
    """A question whose answer has not come yet."""

    where: Where
    stem: list[str] = field(default_factory=list)
    options: list[tuple[Where, str, str]] = field(default_factory=list)


def read_aiken(data: bytes, file: str) -> Reading:
    """Read the questions of an Aiken file."""
    reading, where = Reading(), Where(file)
    text = decode(data, where, reading)
    if text is None:
        return reading
    before = len(reading.refused)
    reading.add(_items(text, file, reading))
    if not reading.items and len(reading.refused) == before:
        reading.refuse(where, "no question is in the file", _FORM)
    return reading


def _items(text: str, file: str, reading: Reading) -> Iterator[Item | None]:
    asked: _Open | None = None
    for number, line in enumerate(text.split("\n"), 1):
        where = Where(file, number)
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        if not line.strip():
            continue
        if answer:
            yield _finished(asked, answer[1], where, reading)
            asked = None
        elif option and asked and _goes_on(asked, option[1]):
            asked.options.append((where, option[1].upper(), option[2].strip()))
        elif asked and not asked.options:
            asked.stem.append(line.strip())
        else:
            _tell_open(asked, reading)
            asked = _Open(where, [line.strip()])
    _tell_open(asked, reading)


def _goes_on(asked: _Open, letter: str) -> bool:
    """Tell whether a letter begins an option here: the first is A, and a stem may begin like an option."""
    return bool(asked.options) or letter.upper() == "A"


def _tell_open(asked: _Open | None, reading: Reading) -> None:
    if asked:
        stem = short(" ".join(asked.stem))
        hint = _FORM if asked.options else f"it has no options: {_FORM}"
        reading.refuse(asked.where, f"not taken: 'ANSWER:' is missing after “{stem}”", hint)


def _finished(asked: _Open | None, key: str, where: Where, reading: Reading) -> Item | None:
    if not asked:
        reading.refuse(where, "'ANSWER:' stands without a question", _FORM)
        return None
    letters = [letter for _, letter, _ in asked.options]
    chosen = key.upper().rstrip(".)")
    fault = _fault(letters, chosen, key)
    if fault:
        reading.refuse(where, f"not taken: {fault}", f"the options are {', '.join(letters[:26])}" if letters else _FORM)
        return None
    texts = [text for _, _, text in asked.options]
    place = letters.index(chosen)
    wrong = tuple(Wrong(text) for other, text in enumerate(texts) if other != place)
    return Item(asked.where, " ".join(asked.stem), texts[place], wrong)


def _fault(letters: list[str], chosen: str, key: str) -> str:
    if not letters:
        return "the question has no options"
    if letters != [chr(ord("A") + place) for place in range(len(letters))]:
        return "the options do not run A, B, C"
    if len(re.findall(r"\b[A-Z]\b", chosen)) > 1:
        return "several answers are right"
    return "" if chosen in letters else f"the answer '{short(key)}' is none of the options"
