"""Ledgers as text: a head line and a line for each note, all JSON, so that a diff of a release can be read.

Takes bytes; gives a ledger or every problem with its line. The other way round the same ledger gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from quizgen.formats.anki_ledger import Content, Ledger, Line, moment
from quizgen.problems import Problem

FORMAT = 1
MOST_BYTES = 64_000_000
LONGEST_LINE = 200_000
LONGEST_PICTURE = 500  # the name of a map of many places; to draw thousands of them would take minutes
MOST_PROBLEMS = 50
MOST_WRONG = 20
MOST_LEVELS = 20  # Anki refuses a package with a deck nested much deeper
FIRST_YEAR, LAST_YEAR = 1980, 2200  # what a package, and so a release, can be of
CARDS = ("type", "gap")
_HINT = "ledgers are written by 'quizgen release'; take the last one back from version control"
_DIGEST = re.compile(r"[0-9a-f]{16}")
_HALF = re.compile("[\ud800-\udfff]")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HEAD = {"ledger": True, "deck": True, "language": False, "name": True}
_NOTE_TYPE = {"ledger": True, "digest": True, "changed": True}
_LINE = {
    "id": True,
    "digest": True,
    "first": False,
    "changed": True,
    "stem": True,
    "answer": True,
    "picture": False,
    "alt": False,
    "cards": False,
    "retired": False,
    "reason": False,
    "wrong": False,
}


def ledger_text(ledger: Ledger) -> str:
    """Return the text of a ledger, its notes in the order of their ids."""
    head = {"ledger": FORMAT, "deck": ledger.deck, "language": ledger.language, "name": ledger.name}
    rows = [head, *(_row(ledger.lines[id_]) for id_ in sorted(ledger.lines))]
    written = ({name: value for name, value in row.items() if value or name in {"stem", "answer"}} for row in rows)
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in written)


def _row(line: Line) -> dict[str, Any]:
    content = line.content
    return {
        "id": content.id,
        "digest": content.digest,
        "first": moment(line.first) if line.first else "",
        "changed": moment(line.changed),
        "retired": line.retired.isoformat() if line.retired else "",
        "reason": line.reason,
        "cards": " ".join(content.cards),
        "stem": content.stem,
        "answer": content.answer,
        "picture": content.picture,
        "alt": content.alt,
        "wrong": [*content.wrong],
    }


def parse_ledger(data: bytes, file: str) -> tuple[Ledger | None, list[Problem]]:
    """Read a ledger; `file` is its name in messages. It is given only when nothing is wrong with it."""
    reader = _Reader(file)
    ledger = reader.read(data)
    return (None if reader.problems else ledger), reader.problems


def note_type_text(digest: str, changed: int) -> str:
    """Return the text that keeps when the note type last changed."""
    return f"{json.dumps({'ledger': FORMAT, 'digest': digest, 'changed': moment(changed)})}\n"


def parse_note_type(data: bytes, file: str) -> tuple[tuple[str, int] | None, list[Problem]]:
    """Read the digest of the note type and when it last changed."""
    reader = _Reader(file)
    read = reader.taken(1, data.strip(), _NOTE_TYPE)
    return (None, reader.problems) if read is None else ((read["digest"], _moment(read["changed"])), [])


class _WrongError(Exception):
    """A line cannot be read; the message says why."""


@dataclass(slots=True)
class _Reader:
    file: str
    problems: list[Problem] = field(default_factory=list)

    def read(self, data: bytes) -> Ledger | None:
        if len(data) > MOST_BYTES:
            self.problems.append(Problem(self.file, 0, f"is larger than {MOST_BYTES:,} bytes", _HINT))
            return None
        head, *rows = data.split(b"\n")
        first = self.taken(1, head, _HEAD)
        lines: dict[str, Line] = {}
        for number, row in enumerate(rows, 2):
            if row and len(self.problems) < MOST_PROBLEMS:
                self._take(number, row, lines)
        return Ledger(first["deck"], first["name"], first.get("language", ""), lines) if first else None

    def _take(self, number: int, row: bytes, lines: dict[str, Line]) -> None:
        read = self.taken(number, row, _LINE)
        if read is None:
            return
        try:
            line = _line(read)
        except _WrongError as wrong:
            self._complain(number, str(wrong))
            return
        if lines.setdefault(line.content.id, line) is not line:
            self._complain(number, f"the note '{line.content.id}' is there twice")

    def taken(self, number: int, row: bytes, names: Mapping[str, bool]) -> dict[str, Any] | None:
        try:
            read = _object(row)
            for message in _wrong_names(read, names):
                raise _WrongError(message)
            _check(read)
        except _WrongError as wrong:
            self._complain(number, str(wrong))
            return None
        return read

    def _complain(self, number: int, message: str) -> None:
        self.problems.append(Problem(self.file, number, message, _HINT))


def _object(row: bytes) -> dict[str, Any]:
    if len(row) > LONGEST_LINE:
        raise _WrongError(f"a line longer than {LONGEST_LINE:,} bytes")
    try:
        read = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise _WrongError("this is not a line of a ledger") from error
    if not isinstance(read, dict):
        raise _WrongError("this is not a line of a ledger")
    return read


def _wrong_names(read: Mapping[str, Any], names: Mapping[str, bool]) -> Iterator[str]:
    for name, value in read.items():
        if name not in names:
            yield f"a ledger has no '{name[:40]}' here"
        elif name == "wrong" and not _is_list_of_names(value):
            yield f"'wrong' must be a list of up to {MOST_WRONG} texts in quotation marks"
        elif name not in {"ledger", "wrong"} and not isinstance(value, str):
            yield f"'{name}' must be text in quotation marks"
    for name, needed in names.items():
        if needed and name not in read:
            yield f"'{name}' is missing"


def _is_list_of_names(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_WRONG and all(isinstance(name, str) for name in value)


def _check(read: Mapping[str, Any]) -> None:
    if _HALF.search("".join(map(str, read.values()))):
        raise _WrongError("a text holds half a character")
    if read.get("ledger", FORMAT) != FORMAT:
        raise _WrongError(
            f"this ledger has format {str(read['ledger'])[:20]!r}, and this quizgen reads format {FORMAT}"
        )
    parts = read.get("name", "a").split("::")
    if len(parts) > MOST_LEVELS or not all(part.strip() == part and part.isprintable() and part for part in parts):
        raise _WrongError("'name' is no name of a deck in Anki")
    if not _DIGEST.fullmatch(read.get("digest", "0" * 16)):
        raise _WrongError("'digest' must be sixteen digits, 0 to 9 and a to f")
    if "changed" in read:
        _moment(read["changed"])


def _line(read: Mapping[str, Any]) -> Line:
    if not read["id"] or not read["id"].isprintable():
        raise _WrongError("'id' must be the id of a question")
    if len(read.get("picture", "")) > LONGEST_PICTURE:
        raise _WrongError("'picture' shows more than any question does")
    cards = tuple(read.get("cards", "").split())
    if not set(cards) <= set(CARDS):
        raise _WrongError(f"'cards' knows only: {', '.join(CARDS)}")
    texts = (read["id"], read["digest"], read["stem"], read["answer"], read.get("picture", ""), read.get("alt", ""))
    content = Content(*texts, cards, tuple(read.get("wrong", ())))
    first = _moment(read["first"], "first") if read.get("first") else 0
    return Line(content, _moment(read["changed"]), _day(read.get("retired", "")), read.get("reason", ""), first)


def _moment(text: str, name: str = "changed") -> int:
    try:
        if _MOMENT.fullmatch(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR:
            return int(datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).timestamp())
    except ValueError:
        pass
    raise _WrongError(f"'{name}' must be a moment, such as 2026-11-22T12:00:00Z")


def _day(text: str) -> date | None:
    try:
        if not text:
            return None
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise _WrongError("'retired' must be a day, such as 2026-11-22")
