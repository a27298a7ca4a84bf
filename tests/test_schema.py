"""The JSON Schema, with which editors complete and check deck files, says the same as the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from quizgen.facts.schema import json_schema
from quizgen.paths import DECKS

FILE = Path(__file__).parent.parent / "docs" / "deck.schema.json"
SCHEMA: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
HEAD = {"deck": "test", "title": "A test", "category": "Tests", "as_of": "2026-11-22"}
SOURCES = {"book": {"title": "The book", "publisher": "A house", "retrieved": "2026-11-22"}}
FACT = {"id": "a", "ask": "Why?", "answer": "So"}


def errors(deck: Any) -> list[str]:
    found = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).iter_errors(deck)
    return sorted("/".join(map(str, error.absolute_path)) or "deck" for error in found)


def deck_with(**changes: object) -> dict[str, object]:
    return {**HEAD, "sources": SOURCES, "facts": [FACT], **changes}


def as_json(value: Any) -> Any:
    """Turn what safe_load makes of a deck into what an editor sees: it knows no dates."""
    if isinstance(value, dict):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def test_the_schema_in_the_repository_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == json_schema(), "run make schema"


def test_the_schema_is_a_valid_one_and_names_its_version() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert SCHEMA["title"] == "quizgen deck file, version 1"


@pytest.mark.parametrize("file", sorted(DECKS.glob("*.yaml")), ids=lambda file: file.stem)
def test_it_accepts_the_shipped_decks(file: Path) -> None:
    assert errors(as_json(yaml.safe_load(file.read_text(encoding="utf-8")))) == []


GOOD: list[dict[str, object]] = [
    {},
    {"facts": [{**FACT, "answer": False}]},  # an unquoted NO: we read the two letters
    {"facts": [{**FACT, "answer": 1949, "distractors": [1950, False, "1951", {"text": 1952, "why": "No."}]}]},
    {"facts": [{"id": "a", "subject": "FIN", "relation": "member_of", "object": "nato", "from": 2023, "ask": False}]},
    {"facts": [{**FACT, "from": "2015-09", "until": "2016", "hedged": True, "set": "aims", "difficulty": "hard"}]},
    {"entities": {"isle": {"name": "Isle", "kind": "disputed area", "in": "GBR", "at": [1.5, 2], "article": "the"}}},
    {"complete": [{"relation": "member_of", "object": "nato", "since": "1949-08-24"}]},
    {
        "complete": [
            {"relation": "member_of", "object": "nato", "whole": False, "count": {"1949-08-24": 12, "1952": 14}}
        ]
    },
    {"discussion": [{"ask": "Is it so?"}], "version": 1, "language": "pt-BR", "description": "All of it."},
]


@pytest.mark.parametrize("changes", GOOD)
def test_it_accepts_whatever_the_reader_reads(changes: dict[str, object]) -> None:
    assert errors(deck_with(**changes)) == []


def bad_decks() -> Iterator[tuple[object, list[str]]]:
    yield [], ["deck"]
    yield deck_with(titel="A test"), ["deck"]
    yield {key: value for key, value in deck_with().items() if key != "facts"}, ["deck"]
    yield deck_with(as_of="22.11.2026", deck="A Test"), ["as_of", "deck"]
    yield deck_with(facts=[]), ["facts"]
    yield deck_with(sources={}), ["sources"]
    yield deck_with(facts=[{"ask": "Why?", "answer": "So"}]), ["facts/0"]
    yield deck_with(facts=[{**FACT, "anwser": "So"}]), ["facts/0"]
    yield deck_with(facts=[{**FACT, "difficulty": "tough"}]), ["facts/0/difficulty"]
    yield deck_with(facts=[{**FACT, "distractors": "Se"}]), ["facts/0/distractors"]
    yield deck_with(facts=[{**FACT, "distractors": [["Se"]]}]), ["facts/0/distractors/0"]
    yield deck_with(facts=[{**FACT, "until": "soon"}]), ["facts/0/until"]
    yield deck_with(entities={"x": {"name": "X", "kind": "planet"}}), ["entities/x/kind"]
    yield deck_with(entities={"x": {"name": "X", "kind": "city", "at": [91, 0]}}), ["entities/x/at"]


@pytest.mark.parametrize(("deck", "expected"), list(bad_decks()))
def test_it_refuses_what_the_reader_refuses(deck: object, expected: list[str]) -> None:
    assert errors(deck) == expected


def test_every_field_that_is_not_plain_from_its_name_is_described() -> None:
    facts = SCHEMA["$defs"]["FactEntry"]["properties"]
    assert {name for name in ("id", "set", "from", "until", "retired") if "description" not in facts[name]} == set()
