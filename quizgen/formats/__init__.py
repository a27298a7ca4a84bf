"""Formats: questions leave as files, one module a format, one registry.

Takes decks with their questions and a `Release`; writes bytes. Intention: each format is proven with its own real
reader, and the same input gives the same bytes. Formats are imported when they are asked for, since some are heavy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import BinaryIO

from quizgen.facts import Deck, Library
from quizgen.paths import TEMPLATES
from quizgen.questions import Question

EPOCH = "SOURCE_DATE_EPOCH"
MOST_DIGITS = 11  # seconds up to the year 5138; a calendar ends somewhere


@dataclass(frozen=True, slots=True)
class Release:
    """What a file depends on besides the questions: when their decks last changed, the day, and the dice."""

    changed: datetime
    today: date
    seed: int = 0


def last_change(library: Library) -> datetime:
    """Tell when what is exported last changed: the newest of the deck files and of the templates that word them.

    The same files give the same bytes, and an edited deck gives newer notes. SOURCE_DATE_EPOCH (seconds since 1970, the
    convention of reproducible builds) overrules.
    """
    given = os.environ.get(EPOCH, "")
    if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS:
        return datetime.fromtimestamp(int(given), UTC)
    templates = (path.stat().st_mtime for room in ("anki", "questions") for path in (TEMPLATES / room).iterdir())
    return datetime.fromtimestamp(int(max(library.changed, *templates)), UTC)


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
