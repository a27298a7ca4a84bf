"""A YAML tree against the schema, section by section, so that one wrong field hides no other problem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from quizgen.facts.lines import LinedMap, line_of
from quizgen.facts.plain_text import short
from quizgen.facts.schema import (
    CompleteEntry,
    DeckEntry,
    DiscussionEntry,
    EntityEntry,
    Entry,
    FactEntry,
    FarYearError,
    HeadEntry,
    SourceEntry,
    WrongEntry,
)
from quizgen.problems import Problem, did_you_mean

E = TypeVar("E", bound=Entry)
# What to do about a date that stands for "always" or "for ever".
OPEN_ENDS = {
    "from": "leave 'from' out where nobody knows when it began",
    "until": "leave 'until' out where it goes on",
    "since": "write the first day for which the list was checked",
}
Path = tuple[str | int, ...]


@dataclass(slots=True)
class Sheet:
    """The entries of a deck file that fit the schema, each section with the places where they stand."""

    tree: LinedMap
    file: str
    problems: list[Problem] = field(default_factory=list)
    head: HeadEntry | None = None
    sources: dict[str, SourceEntry | None] = field(default_factory=dict)
    entities: dict[str, EntityEntry | None] = field(default_factory=dict)
    complete: list[tuple[Path, CompleteEntry]] = field(default_factory=list)
    discussion: list[tuple[Path, DiscussionEntry]] = field(default_factory=list)
    facts: list[tuple[Path, FactEntry]] = field(default_factory=list)

    def complain(self, path: Path, message: str, hint: str = "") -> None:
        """Note a problem at the line where `path` stands."""
        self.problems.append(Problem(self.file, line_of(self.tree, path), message, hint))


def validate(tree: LinedMap, file: str) -> Sheet:
    """Hold a tree against the schema; what does not fit is named in `problems` and left out."""
    sheet = Sheet(tree, file)
    sections = ("sources", "entities", "complete", "discussion", "facts")
    sheet.head = _entry(sheet, HeadEntry, (), {key: value for key, value in tree.items() if key not in sections})
    for required in ("sources", "facts"):
        if required not in tree:
            sheet.complain((), f"'{required}' is missing")
        elif not tree[required]:
            sheet.complain((required,), f"'{required}' is empty", "every fact has a source, and a deck has facts")
    sheet.sources = _named(sheet, "sources", SourceEntry)
    sheet.entities = _named(sheet, "entities", EntityEntry)
    sheet.complete = _listed(sheet, "complete", CompleteEntry)
    sheet.discussion = _listed(sheet, "discussion", DiscussionEntry)
    sheet.facts = _listed(sheet, "facts", FactEntry)
    return sheet


def _named(sheet: Sheet, section: str, model: type[E]) -> dict[str, E | None]:
    """Read a section of keys and mappings. A key whose mapping is wrong stays known, with None."""
    raw = sheet.tree.get(section)
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        sheet.complain((section,), f"'{section}' should be a mapping of keys to fields", "write 'key: {title: ...}'")
        return {}
    for key in raw:
        if not _is_slug(key):
            sheet.complain((section, key), f"'{short(key)}' is not a key", _slug_hint(key))
    return {key: _entry(sheet, model, (section, key), value) for key, value in raw.items()}


def _listed(sheet: Sheet, section: str, model: type[E]) -> list[tuple[Path, E]]:
    raw = sheet.tree.get(section)
    if raw is None:
        return []
    if not isinstance(raw, list):
        sheet.complain((section,), f"'{section}' should be a list", "begin each item with '- '")
        return []
    paths: list[Path] = [(section, index) for index in range(len(raw))]
    entries = ((path, _entry(sheet, model, path, value)) for path, value in zip(paths, raw, strict=True))
    return [(path, entry) for path, entry in entries if entry is not None]


def _entry(sheet: Sheet, model: type[E], path: Path, raw: Any) -> E | None:
    if not isinstance(raw, Mapping):
        sheet.complain(path, f"{_place(path)} should be a mapping of fields", "write 'field: value', one a line")
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            if details.get("ctx", {}).get("expected") != "False":  # the other half of `ask` says what is wrong
                _translate(sheet, model, path, details)
        return None


def _place(path: Path) -> str:
    return f"each item of '{path[0]}'" if path else "a deck"


def _translate(sheet: Sheet, model: type[Entry], path: Path, details: ErrorDetails) -> None:
    """Say in plain words what pydantic found."""
    # Inside unions pydantic adds names of types to the path; the file knows only fields and places in lists.
    inner: Path = ()
    for step in details["loc"]:
        inner = (*inner, step) if _in_tree(sheet.tree, (*path, *inner, step)) else inner
    names = details["loc"] if details["type"] == "missing" else inner
    name = next((step for step in reversed(names) if isinstance(step, str)), "")
    message, hint = _sentence(short(name), details, WrongEntry if "distractors" in inner[:-1] else model)
    sheet.complain((*path, *inner), message, hint)


def _in_tree(tree: LinedMap, path: Path) -> bool:
    node: Any = tree
    for step in path:
        if isinstance(node, Mapping):
            if step not in node:
                return False
            node = node[step]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return False
    return True


def _sentence(name: str, details: ErrorDetails, model: type[Entry]) -> tuple[str, str]:  # noqa: PLR0911 - a table
    kind, value, context = details["type"], details["input"], details.get("ctx", {})
    shown = short(str(value))
    if kind == "missing":
        return f"'{name}' is {'missing' if isinstance(value, Mapping) else 'too short'}", ""
    if kind == "extra_forbidden":
        return f"unknown field '{name}'", did_you_mean(name, _fields(DeckEntry if model is HeadEntry else model))
    if value is None or kind in ("string_too_short", "too_short"):
        return f"'{name}' is empty", "write a value after the colon, or leave the field out"
    if kind == "string_pattern_mismatch":
        return _pattern(name, str(value))
    if kind in ("enum", "literal_error"):
        return f"'{shown}' is not {a(name)}", _one_of(shown, str(context.get("expected", "")))
    if kind == "value_error":
        hint = OPEN_ENDS.get(name, "") if isinstance(context["error"], FarYearError) else ""
        return f"'{name}': '{shown}' {context['error']}", hint
    if kind in ("string_too_long", "too_long"):
        return f"'{name}' is too long", f"at most {context['max_length']}"
    if kind in ("list_type", "tuple_type"):
        return f"'{name}' should be a list", "write [one, two]"
    if kind in ("string_type", "model_type"):
        return f"'{name}' should be text", "write it on one line, or put it in quotes"
    return _number(name, shown, details)


def _number(name: str, shown: str, details: ErrorDetails) -> tuple[str, str]:
    if name == "at":
        hint = "write [latitude, longitude] in degrees: from -90 to 90, and from -180 to 180"
        return f"'at': '{shown}' is {'out of range' if 'than' in details['type'] else 'no number'}", hint
    return f"'{name}': {details['msg'].lower()}", ""


def a(noun: str) -> str:
    """Put the article before a noun: `an air base`."""
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _fields(model: type[Entry]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _pattern(name: str, value: str) -> tuple[str, str]:
    if name == "url":
        return f"'{short(value)}' is not a web address", "it begins with https://"
    if name == "picture":
        return f"'{short(value)}' is not a picture", "write flag/fra or map/fra, with the code of the country"
    if name == "language":
        return f"'{short(value)}' is not a language", "write a code such as en or pt-BR"
    return f"'{name}': '{short(value)}' is not a key", _slug_hint(value)


def _is_slug(value: str) -> bool:
    return re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value) is not None


def _slug_hint(value: str) -> str:
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    rule = "keys are made of small letters, digits and hyphens"
    return f"{rule}: '{slug}'" if slug and len(slug) <= 80 else rule


def _one_of(value: str, expected: str) -> str:
    known: Sequence[str] = re.findall(r"'([^']+)'", expected)
    return did_you_mean(value, known) or "one of: " + ", ".join(known)
