"""What commands are given: decks by file, folder or key, banks and texts; whatever is wrong with them is raised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.terminal import steps_here
from quizgen.paths import DECKS
from quizgen.problems import Problem, QuizgenError

if TYPE_CHECKING:
    from quizgen.facts import Deck, Library
    from quizgen.questions import Question
    from quizgen.questions.audit import Item

BANK = ".jsonl"


def open_decks(decks: Sequence[str], as_of: datetime | None = None, language: str = "") -> tuple[Library, list[str]]:
    """Load decks with what they need to be asked about, and give the keys of those that were named."""
    from quizgen.facts import open_library

    library, keys, problems = open_library(decks, DECKS, as_of=as_of.date() if as_of else None, steps=steps_here())
    if problems:
        raise QuizgenError(problems)
    return _translated(library, keys, language) if language else (library, keys)


def open_circles(
    decks: Sequence[str], as_of: datetime | None = None, language: str = ""
) -> list[tuple[Library, Sequence[str]]]:
    """Load decks for what learners keep: each in the company that it always has, and the keys that were asked for."""
    from quizgen import facts

    circles, problems = facts.open_circles(decks, DECKS, as_of=as_of.date() if as_of else None, steps=steps_here())
    if problems:
        raise QuizgenError(problems)
    return [_translated(one.library, one.keys, language) if language else (one.library, one.keys) for one in circles]


def _translated(library: Library, keys: Sequence[str], language: str) -> tuple[Library, list[str]]:
    """Put decks into another language, and say what of those that were asked for is left out."""
    from quizgen.facts import in_language

    translated, found = in_language(library, language)
    files = {deck.file for deck in decks_of(library, keys)}
    notes = [note for note in found if note.file in files]
    left = [key for key in keys if translated.deck(key)]
    if not left:
        raise QuizgenError(notes or found)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    return translated, left


def questions_of(library: Library, keys: Iterable[str], *, with_remarks: bool = False) -> list[Question]:
    """Make the questions of some decks; facts that give none can be named, and stop nothing."""
    from quizgen.questions import make_questions, only

    files = {deck.file for deck in decks_of(library, keys)}
    made, remarks = make_questions(library, steps=steps_here())
    for remark in remarks:
        if with_remarks and remark.file in files:
            click.echo(f"note: {remark}", err=True)
    return only(made, keys)


def read_items(arguments: Sequence[str]) -> tuple[list[Item], list[Deck]]:
    """Read what is to be audited: banks of JSON lines, and decks; the whole library when nothing is named."""
    from quizgen.questions.audit import items_of, read_bank

    banks = [argument for argument in arguments if argument.endswith(BANK)]
    decks = [argument for argument in arguments if not argument.endswith(BANK)]
    items: list[Item] = []
    problems: list[Problem] = []
    for file in banks:
        found, wrong = read_bank(text_of(Path(file)).splitlines(), file)
        items += found
        problems += wrong
    if problems:
        raise QuizgenError(problems)
    if banks and not decks:
        return items, []
    library, keys = open_decks(decks)
    return items + items_of(questions_of(library, keys)), decks_of(library, keys)


def quizzes_of(items: Iterable[Item]) -> list[list[Item]]:
    """Compose some quizzes of our own questions, as learners meet them."""
    from quizgen.quizzes import sample_quizzes

    shown = {item.id: item for item in items if item.question}
    questions = [item.question for item in shown.values() if item.question]
    return [[shown[question.id] for question in quiz] for quiz in sample_quizzes(questions)]


def decks_of(library: Library, keys: Iterable[str]) -> list[Deck]:
    """Give the decks that have these keys."""
    wanted = set(keys)
    return [deck for deck in library.decks if deck.key in wanted]


def text_of(file: Path) -> str:
    """Read a text file."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise QuizgenError([Problem(str(file), 0, "cannot be read", (error.strerror or "").lower())]) from error
    except UnicodeDecodeError as error:
        raise QuizgenError([Problem(str(file), 0, "is not UTF-8 text", "save the file as UTF-8")]) from error
