"""Formats: questions leave as files, one module a format, one registry.

Takes decks with their questions and a `Release`; writes bytes. Intention: each format is proven with its own real
reader, and the same input gives the same bytes. Formats are imported when they are asked for, since some are heavy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import BinaryIO

from quizgen.facts import Deck
from quizgen.questions import Question


@dataclass(frozen=True, slots=True)
class Release:
    """What a file depends on besides the questions: when their decks last changed, the day, and the dice."""

    changed: datetime
    today: date
    seed: int = 0


Write = Callable[[Sequence[Deck], Sequence[Question], Release, BinaryIO], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One way out: what it is called for people, how its files end, and its writer."""

    title: str
    suffix: str
    media_type: str
    write: Write


def _anki(decks: Sequence[Deck], questions: Sequence[Question], release: Release, out: BinaryIO) -> None:
    from quizgen.formats.anki import write_anki

    write_anki(decks, questions, out, changed=release.changed, today=release.today)


def _json(_decks: Sequence[Deck], questions: Sequence[Question], release: Release, out: BinaryIO) -> None:
    from quizgen.formats.data import json_lines

    for line in json_lines(questions, release.seed):
        out.write(f"{line}\n".encode())


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "anki": Format("Anki deck", ".apkg", "application/octet-stream", _anki),
        "json": Format("JSON lines", ".jsonl", "application/jsonl", _json),
    }
)
