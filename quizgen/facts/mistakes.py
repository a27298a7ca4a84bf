"""Syntax errors of YAML, from the parser's words to plain ones."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml


class _Mistake(NamedTuple):
    """How one kind of syntax error is told."""

    pattern: str  # of "<last character before the place> <context>: <problem>", in the words of both parsers
    message: str
    hint: str
    at_start: bool = False  # it lies where the unfinished thing began, not where the parser gave up


WRITE_OUT = "write the value out, or put quotes around text that begins with '{}'"
_QUOTE = "put the whole text in quotes"
_NESTED_QUOTES = "put the whole text in quotes of the other kind"
_CLOSE = "close it; text with an apostrophe needs double quotes"
_COMMA = "close it, put commas between the items, or put quotes around text"
NO_TAG = ("unquoted text must not begin with '!'", _QUOTE)
WRONG_ESCAPE = ("in double quotes '\\' begins an escape, and this is none", "use single quotes, or write '\\\\'")
_TAB = ("a tab stands where only spaces are allowed", "indent with spaces")
_MISTAKES = (
    _Mistake("a directive|%TAG|YAML d", "a line must not begin with '%'", f"remove it, or {_QUOTE}"),
    _Mistake("quoted scalar: .*(end of|document)", "a quote is opened here and never closed", _CLOSE, True),
    _Mistake("[ -]quoted scalar", *WRONG_ESCAPE),
    _Mistake("an alias", "unquoted text must not begin with '*'", _QUOTE),
    _Mistake("an anchor", "unquoted text must not begin with '&'", _QUOTE),
    _Mistake("a tag|tag handle", *NO_TAG),
    _Mistake("block scalar", "after '|' or '>' the text must begin on the next line", f"or {_QUOTE}"),
    _Mistake("cannot start any token", "unquoted text must not begin with {char}", _QUOTE),
    _Mistake("mapping values", "': ' must not stand inside unquoted text", f"{_QUOTE}, or mend the indentation"),
    _Mistake("sequence entries", "a list must not begin on the line of its key", f"go to the next line, or {_QUOTE}"),
    _Mistake("mapping keys", "unquoted text must not begin with '? '", _QUOTE),
    _Mistake("simple key", "this line has no ':' after its key", "write 'key: value', or mend the indentation", True),
    _Mistake("flow sequence", "the list that begins here with '[' does not end well", _COMMA, True),
    _Mistake("flow mapping", "the mapping that begins here with '{' does not end well", _COMMA, True),
    _Mistake("node content", "{char} stands where a value is expected", f"{_QUOTE}, or close what is open before it"),
    _Mistake("^[\"'].*(block|document start)", "text goes on after the closing quote", _NESTED_QUOTES),
    _Mistake(r"^[\]}].*(block|document start)", "text goes on after the closing bracket", _QUOTE),
    _Mistake("block (mapping|collection)|document start", "this does not fit the lines above", "mend the indentation"),
)


def explain(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str, str]:
    """Return the line of a syntax error, what is wrong there, and a hint."""
    place: Any = error.problem_mark or error.context_mark
    before = text[text.rfind("\n", 0, place.index) + 1 : place.index]
    char = text[place.index : place.index + 1].strip("\n")
    if char == "\t":
        return place.line + 1, *_TAB
    words = f"{before.rstrip()[-1:]} {error.context}: {error.problem}"
    mistake = next((known for known in _MISTAKES if re.search(known.pattern, words)), None)
    last_line = text.rstrip().count("\n") + 1
    if not mistake:
        return min(place.line + 1, last_line), f"this is not valid YAML: {error.problem}", _QUOTE
    if mistake.at_start and error.context_mark:
        place = error.context_mark
    message = mistake.message.replace("{char}", f"'{char}'" if char else "the end of the line")
    return min(place.line + 1, last_line), message, mistake.hint
