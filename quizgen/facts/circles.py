"""Circles: the decks that are always put together when questions are made, whatever else is asked for.

Wrong options come from sibling facts across decks, so the questions of a deck depend on its company. What learners keep
for years must not depend on which decks went out with it on some day: a shipped deck is always in the company of the
shipped library, and a deck of one's own in that of the library and of the decks in its folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quizgen.facts.library import SUFFIXES, Library, find_decks, load_library
from quizgen.facts.time_machine import deck_on, key_on
from quizgen.problems import Problem
from quizgen.progress import Steps, unseen

# A folder with more deck files than this is no folder of decks: only those that were asked for are read.
MOST_NEIGHBOURS = 200


@dataclass(frozen=True, slots=True)
class Circle:
    """Decks that are put together, and the keys of those of them that were asked for."""

    library: Library
    keys: tuple[str, ...]


def open_circles(
    arguments: Sequence[str], shipped: Path, *, as_of: date | None = None, steps: Steps = unseen
) -> tuple[list[Circle], list[Problem]]:
    """Load the decks that were asked for, each with its company, as of some day; give all their problems.

    Problems of decks that are company only are nobody's problem: these are left out.
    """
    paths, problems = find_decks(arguments, shipped)
    asked, found = load_library(paths)
    home = shipped.resolve()
    library, _ = load_library(_in_folder(home), steps=steps)
    folders = sorted({Path(deck.file).resolve().parent for deck in asked.decks})
    circles = []
    for folder in folders:
        own = [deck for deck in asked.decks if Path(deck.file).resolve().parent == folder]
        at = max(Path(deck.file).stat().st_mtime for deck in own)
        company = Library(()) if folder == home else _neighbours(folder)
        decks = {deck.key: deck for deck in (*library.decks, *company.decks, *own)}
        keys = [deck.key for deck in own]
        chosen = [decks[key] for key in sorted(decks)]
        if as_of:
            chosen, keys = [deck_on(deck, as_of) for deck in chosen], [key_on(key, as_of) for key in keys]
        changed = max(library.changed, company.changed, at)
        circles.append(Circle(Library(tuple(chosen), changed), tuple(keys)))
    return circles, problems + found


def _neighbours(folder: Path) -> Library:
    files = _in_folder(folder)
    return load_library(files)[0] if len(files) <= MOST_NEIGHBOURS else Library(())


def _in_folder(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    except OSError:
        return []
