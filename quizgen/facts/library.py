"""Deck files from disk: a library of decks, or all the problems that stand in the way of one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quizgen.facts.build import build
from quizgen.facts.checks import Check, check_deck
from quizgen.facts.lines import read_yaml
from quizgen.facts.model import Deck, Fact
from quizgen.facts.plain_text import MAX_BYTES
from quizgen.facts.time_machine import deck_on, key_on
from quizgen.facts.validate import validate
from quizgen.problems import Problem, did_you_mean
from quizgen.progress import Steps, unseen

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Library:
    """Decks in the order of their keys, and the moment when any of their files last changed (seconds since 1970)."""

    decks: tuple[Deck, ...]
    changed: float = 0.0

    @property
    def facts(self) -> Iterator[Fact]:
        """All facts of all decks."""
        return (fact for deck in self.decks for fact in deck.facts)

    def deck(self, key: str) -> Deck | None:
        """Find a deck by its key."""
        return next((deck for deck in self.decks if deck.key == key), None)


def load_deck(data: bytes, file: str, more: Sequence[Check] = ()) -> tuple[Deck | None, list[Problem]]:
    """Read one deck file; `file` is its name in messages, `more` are checks beside those that every deck passes.

    The deck is given only when nothing is wrong with it.
    """
    tree, problems = read_yaml(data, file)
    if tree is None:
        return None, problems
    sheet = validate(tree, file)
    sheet.problems.extend(problems)
    deck = build(sheet)
    found = sheet.problems if deck is None else [*sheet.problems, *check_deck(deck, more)]
    return (None if found else deck), sorted(found)


def load_library(
    paths: Sequence[Path], more: Sequence[Check] = (), steps: Steps = unseen
) -> tuple[Library, list[Problem]]:
    """Read deck files; those with problems are left out of the library, and all their problems given."""
    decks: list[Deck] = []
    problems: list[Problem] = []
    changed = 0.0
    for path in steps(paths, "Reading decks", len(paths)):
        try:
            data = _read(path)
            changed = max(changed, path.stat().st_mtime)
        except OSError as error:
            problems.append(_unreadable(str(path), error))
            continue
        deck, found = load_deck(data, str(path), more)
        decks.extend([deck] if deck else [])
        problems.extend(found)
    problems.extend(_same_key(decks))
    return Library(tuple(sorted(decks, key=lambda deck: deck.key)), changed), problems


def _read(path: Path) -> bytes:
    """Read a file, or as much of it as shows that it is no deck: some, as /dev/zero, have no end."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def find_decks(arguments: Iterable[str], shipped: Path) -> tuple[list[Path], list[Problem]]:
    """Turn deck arguments (files, folders, or keys of the shipped library; none means all of it) into files."""
    paths: list[Path] = []
    problems: list[Problem] = []
    for argument in arguments:
        try:
            found = list(_expand(argument, shipped))
        except OSError as error:
            problems.append(_unreadable(argument, error))
            continue
        if not found:
            problems.append(_nothing_there(argument, shipped))
        paths.extend(found)
    if not paths and not problems:
        paths = _in_folder(shipped)
    return list(dict.fromkeys(paths)), problems


def open_library(
    arguments: Sequence[str], shipped: Path, *, as_of: date | None = None, steps: Steps = unseen
) -> tuple[Library, list[str], list[Problem]]:
    """Load the decks that were asked for, and the shipped ones as siblings for their options, as of some day.

    Give the library, the keys that were asked for, and all problems. A deck of one's own takes the place of a shipped
    one with the same key.
    """
    paths, problems = find_decks(arguments, shipped)
    asked, found = load_library(paths, steps=steps)
    others, _ = load_library([path for path in _in_folder(shipped) if path not in paths], steps=steps)
    decks = {deck.key: deck for deck in (*others.decks, *asked.decks)}
    chosen = [decks[key] for key in sorted(decks)]
    keys = [deck.key for deck in asked.decks]
    if as_of:
        chosen = [deck_on(deck, as_of) for deck in chosen]
        keys = [key_on(key, as_of) for key in keys]
    return Library(tuple(chosen), max(asked.changed, others.changed)), keys, problems + found


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(name, 0, "cannot be read", (error.strerror or "unknown reason").lower())


def _expand(argument: str, shipped: Path) -> Iterator[Path]:
    path = Path(argument)
    if path.is_dir():
        yield from _in_folder(path)
    elif path.exists():
        yield path
    elif (shipped / f"{argument}.yaml").is_file() and "/" not in argument:
        yield shipped / f"{argument}.yaml"


def _in_folder(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())


def _nothing_there(argument: str, shipped: Path) -> Problem:
    if Path(argument).is_dir():
        return Problem(argument, 0, "holds no deck", "deck files end in .yaml")
    near = did_you_mean(argument, [path.stem for path in _in_folder(shipped)])
    return Problem(argument, 0, "is neither a file, nor a folder, nor a deck of the library", near)


def _same_key(decks: list[Deck]) -> Iterator[Problem]:
    by_key: dict[str, list[Deck]] = defaultdict(list)
    for deck in decks:
        by_key[deck.key].append(deck)
    for key, (first, *others) in by_key.items():
        for other in others:
            yield Problem(other.file, 1, f"deck '{key}' is there twice", f"the other is {first.file}")
