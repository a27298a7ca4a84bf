"""The bytes of a deck file become text that a YAML parser may see; what is wrong with them is reported by line."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from quizgen.problems import Problem

MAX_BYTES = 32 * 1024 * 1024
MAX_PROBLEMS = 100

# What no text of a deck may hold: control characters, half characters, and what YAML (but no editor) takes for the
# end of a line. Line feeds and tabs are fine; carriage returns are gone before this is asked.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

# What may stand before the first document: blank lines, comments, directives (possessive, so that nothing is retried).
_HEAD = re.compile(r"(?:[ \t]*+(?:#.*+)?+\n|%.*+\n?+)*+")
_DIRECTIVE = re.compile("^%", re.MULTILINE)


class UnreadableError(Exception):
    """The file cannot be read any further."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class Report:
    """The problems of one file: the first hundred, and the number of the others."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.kept: list[Problem] = []
        self.more = 0
        self.more_from = 0

    def add(self, line: int, message: str, hint: str) -> None:
        """Note a problem; beyond the first hundred it is only counted."""
        problem = Problem(self.file, line, message, hint)
        if len(self.kept) >= MAX_PROBLEMS:
            self.more += 1
            self.more_from = self.more_from or line
        elif problem not in self.kept[-1:]:
            self.kept.append(problem)

    def problems(self, *last: Problem) -> list[Problem]:
        """Give the problems in the order of their lines, then how many more there are, then the last one."""
        many = [Problem(self.file, self.more_from, f"... and {self.more:,} more problems")] if self.more else []
        return [*sorted(self.kept), *many, *last]


def decode(data: bytes, report: Report) -> str:
    """Return the text, its lines ended by line feeds, with nothing in it that the two parsers take differently."""
    if len(data) > MAX_BYTES:
        raise UnreadableError(0, f"the file is larger than {MAX_BYTES >> 20} MB", "split it into several decks")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = _line_feeds(data.decode())
    except UnicodeDecodeError as error:
        line = _line_feeds(data[: error.start].decode()).count("\n") + 1
        byte = f"byte 0x{data[error.start]:02x}"
        raise UnreadableError(line, f"this is not UTF-8 text ({byte})", "save the file as UTF-8") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableError(line, "this is not plain text (NUL byte)", "save the file as UTF-8")
    return _mask_directives(_maskforbidden(text, report), report)


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _maskforbidden(text: str, report: Report) -> str:
    for line, found in _hits(re.compile(FORBIDDEN.pattern + ".*"), text):  # one problem a line is enough
        report.add(line, *forbidden(found[0]))
    return FORBIDDEN.sub("\ufffd", text)


def forbidden(char: str) -> tuple[str, str]:
    """Say what is wrong with a character that no deck may hold."""
    return f"the character U+{ord(char):04X} is not allowed", "it is invisible: delete it"


def _mask_directives(text: str, report: Report) -> str:
    """Make comments of `%YAML` and its like: they can only stand before everything else."""
    head = _HEAD.match(text)
    if not head or "%" not in head[0]:
        return text
    for line, _ in _hits(_DIRECTIVE, head[0]):
        report.add(line, "a line must not begin with '%'", "remove it, or put the text in quotes")
    return _DIRECTIVE.sub("#", head[0]) + text[head.end() :]


def _hits(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield each match with its line, as long as this can be a text that somebody wrote."""
    line, last = 1, 0
    for number, found in enumerate(pattern.finditer(text)):
        line += text.count("\n", last, found.start())
        last = found.start()
        if number == MAX_PROBLEMS:
            raise UnreadableError(line, "this is hardly plain text", "save the file as UTF-8 text")
        yield line, found[0]


def short(text: str) -> str:
    """Return a name that fits into a message, whatever the file holds."""
    line = FORBIDDEN.sub("\ufffd", " ".join(text[:200].split()))
    return line if len(line) <= 60 else line[:59] + "…"
