"""Formats: questions leave as files, one module a format, one registry.

Takes decks with their questions and a `Release`; writes bytes. Intention: each format is proven with its own real
reader, and the same input gives the same bytes. Formats are imported when they are asked for, since some are heavy.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import BinaryIO, Protocol

from quizgen.facts import Deck, Library
from quizgen.formats.anki_ledger import NOTHING, Released
from quizgen.paths import TEMPLATES
from quizgen.progress import Steps, unseen
from quizgen.questions import Question

EPOCH = "SOURCE_DATE_EPOCH"
MOST_DIGITS = 11  # seconds up to the year 5138; a calendar ends somewhere


@dataclass(frozen=True, slots=True)
class Release:
    """What a file depends on besides the questions: when their decks last changed, the day, the dice, and the variant.

    `variant` says which cards a note gets in Anki, `standard` or `extended`; `released` is what earlier releases left
    behind, and `company` are decks that a learner may have beside these.
    """

    changed: datetime
    today: date
    seed: int = 0
    variant: str = "standard"
    released: Released = NOTHING
    company: tuple[Deck, ...] = ()


def last_change(library: Library) -> datetime:
    """Tell when what is exported last changed: the newest of the deck files and of the templates that word them.

    The same files give the same bytes, and an edited deck gives newer notes. SOURCE_DATE_EPOCH (seconds since 1970, the
    convention of reproducible builds) overrules.
    """
    given = _given_moment()
    if given:
        return given
    files = (path for room in ("anki", "questions") for path in (TEMPLATES / room).iterdir())
    templates = (path.stat().st_mtime for path in files if path.suffix != ".ledger")
    return datetime.fromtimestamp(int(max(library.changed, *templates)), UTC)


def release_moment(now: datetime) -> datetime:
    """Tell when a release is made, unless SOURCE_DATE_EPOCH overrules: whoever edited a note before it gets it."""
    return _given_moment() or now.replace(microsecond=0)


def _given_moment() -> datetime | None:
    given = os.environ.get(EPOCH, "")
    if given.isascii() and given.isdecimal() and len(given) <= MOST_DIGITS:
        return datetime.fromtimestamp(int(given), UTC)
    return None


class Write(Protocol):
    """Writes a file, and gives what people should be told of it; `steps` sees how far it has come."""

    def __call__(
        self,
        decks: Sequence[Deck],
        questions: Sequence[Question],
        release: Release,
        out: BinaryIO,
        steps: Steps = ...,
        /,
    ) -> Sequence[str]:
        """Write the questions of some decks."""


@dataclass(frozen=True, slots=True)
class Format:
    """One way out: what it is called for people, how its files end, and its writer."""

    title: str
    suffix: str
    media_type: str
    write: Write


def _anki(
    decks: Sequence[Deck], questions: Sequence[Question], release: Release, out: BinaryIO, steps: Steps = unseen, /
) -> Sequence[str]:
    from quizgen.formats.anki import write_anki
    from quizgen.formats.anki_releases import notices
    from quizgen.formats.anki_variants import Variant

    changes = write_anki(
        decks,
        questions,
        out,
        changed=release.changed,
        today=release.today,
        variant=Variant(release.variant),
        released=release.released,
        company=release.company,
        steps=steps,
    )
    return notices(decks, release.released, changes)


def _json(
    _decks: Sequence[Deck], questions: Sequence[Question], release: Release, out: BinaryIO, steps: Steps = unseen, /
) -> Sequence[str]:
    from quizgen.formats.data import json_lines

    for line in steps(json_lines(questions, release.seed), "Writing questions", len(questions)):
        out.write(f"{line}\n".encode())
    return ()


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "anki": Format("Anki deck", ".apkg", "application/octet-stream", _anki),
        "json": Format("JSON lines", ".jsonl", "application/jsonl", _json),
    }
)
