"""Other ways in: files of questions that people have already become decks of drafts.

Takes the bytes of a file; gives a deck of what could be taken, and names the rest. One module a format, one registry.
Intention: no row of a teacher is lost silently, and nothing is guessed that would put a wrong answer into a quiz.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

from quizgen.facts.model import Deck
from quizgen.formats.reading.aiken import read_aiken
from quizgen.formats.reading.csv_tsv import names_columns, read_csv
from quizgen.formats.reading.decks import Front, deck_of, key_of
from quizgen.formats.reading.gift import read_gift
from quizgen.formats.reading.model import MAX_BYTES, Read, Reading, Where, in_order
from quizgen.formats.reading.xlsx import read_xlsx
from quizgen.problems import Problem

__all__ = ["MAX_BYTES", "READERS", "Front", "Imported", "Reader", "key_of", "read_questions"]


@dataclass(frozen=True, slots=True)
class Reader:
    """One way in: what it is called for people, how its files may end, and its reader."""

    title: str
    suffixes: tuple[str, ...]
    read: Read


READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "csv": Reader("CSV or TSV", (".csv", ".tsv", ".tab"), read_csv),
        "xlsx": Reader("Excel workbook", (".xlsx", ".xlsm"), read_xlsx),
        "gift": Reader("GIFT", (".gift",), read_gift),
        "aiken": Reader("Aiken", (".aiken",), read_aiken),
    }
)
_OTHERS = {".xls": "save it as .xlsx", ".ods": "save it as .xlsx or CSV", ".numbers": "export it as .xlsx or CSV"}
_SHOWN = 200_000


@dataclass(frozen=True, slots=True)
class Imported:
    """A deck of drafts, if anything could be taken; what could not, by line or cell; and what else should be known."""

    deck: Deck | None
    refused: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def read_questions(data: bytes, front: Front, format_: str = "") -> Imported:
    """Read a file of questions; its format is known by `front.file`, by what it holds, or is given.

    Never raises for what is wrong with the file: a file of which nothing can be taken gives no deck.
    """
    name = format_ or format_of(data, front.file)
    reading = READERS[name].read(data, front.file) if name in READERS else _unknown(front.file)
    deck = deck_of(reading, front)
    return Imported(deck, in_order(reading.refused), in_order(reading.notes))


def format_of(data: bytes, file: str) -> str:
    """Tell the format of a file: by how its name ends, and of text also by what it holds; empty if unknown."""
    suffix = PurePath(file).suffix.lower()
    by_name = next((name for name, reader in READERS.items() if suffix in reader.suffixes), "")
    if by_name or suffix in _OTHERS:
        return by_name
    if data.startswith(b"PK"):
        return "xlsx"
    text = data[:_SHOWN].replace(b"\0", b"").decode("utf-8", errors="replace").replace("\r", "\n")
    if re.search(r"^\s*ANSWER\s*:\s*[A-Z]\b", text, re.MULTILINE | re.IGNORECASE):
        return "aiken"
    if names_columns([line.lstrip("\ufeff\ufffd") for line in text.split("\n")[:50]]):
        return "csv"
    return "gift" if re.search(r"(?<!\\)\{[^{}]*\}", text) else ""


def _unknown(file: str) -> Reading:
    reading, suffix = Reading(), PurePath(file).suffix.lower()
    known = ", ".join(ending for reader in READERS.values() for ending in reader.suffixes)
    hint = _OTHERS.get(suffix) or f"files may end in {known}; or say which it is with --from"
    reading.refuse(Where(file), "this is no file of questions that can be read", hint)
    return reading
