"""What commands are given: decks by file, folder or key, banks and texts; whatever is wrong with them is raised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.another_day import tell_unsure
from quizgen.cli.terminal import steps_here
from quizgen.paths import DECKS
from quizgen.problems import Problem, QuizgenError

if TYPE_CHECKING:
    from quizgen.articles import Article
    from quizgen.facts import Deck, Library
    from quizgen.formats.anki_ledger import Released
    from quizgen.questions import Question
    from quizgen.questions.audit import Item

BANK = ".jsonl"


def open_decks(decks: Sequence[str], as_of: datetime | None = None, language: str = "") -> tuple[Library, list[str]]:
    """Load decks with what they need to be asked about, and give the keys of those that were named."""
    from quizgen.facts import open_library

    library, keys, problems = open_library(decks, DECKS, as_of=as_of.date() if as_of else None, steps=steps_here())
    if problems:
        raise QuizgenError(problems)
    if as_of:
        tell_unsure(decks_of(library, keys))
    return _translated(library, keys, language) if language else (library, keys)


def open_circles(
    decks: Sequence[str], as_of: datetime | None = None, language: str = ""
) -> list[tuple[Library, Sequence[str]]]:
    """Load decks for what learners keep: each in the company that it always has, and the keys that were asked for."""
    from quizgen import facts

    circles, problems = facts.open_circles(decks, DECKS, as_of=as_of.date() if as_of else None, steps=steps_here())
    if problems:
        raise QuizgenError(problems)
    if as_of:
        tell_unsure([deck for one in circles for deck in decks_of(one.library, one.keys)])
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


def questions_of(
    library: Library, keys: Collection[str], released: Released | None = None, *, with_remarks: bool = False
) -> list[Question]:
    """Make the questions of some decks; facts that give none can be named, and stop nothing.

    Those that were `released` (read from the ledgers where it is not given) keep their wrong options.
    """
    from quizgen.formats.anki_releases import read_released
    from quizgen.questions import make_questions, only

    known = released or read_released(library.decks, keys)
    made, remarks = make_questions(library, kept=known.kept, steps=steps_here())
    files = {deck.file for deck in decks_of(library, keys)}
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


def article_of(file: Path) -> Article:
    """Read an article: text, Markdown or HTML."""
    from quizgen.articles import MAX_BYTES, read_article

    try:
        with file.open("rb") as opened:
            data = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise QuizgenError([Problem(str(file), 0, "cannot be read", (error.strerror or "").lower())]) from error
    article, problems = read_article(data, str(file))
    if article is None:
        raise QuizgenError(problems)
    return article


def text_of(file: Path) -> str:
    """Read a text file."""
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise QuizgenError([Problem(str(file), 0, "cannot be read", (error.strerror or "").lower())]) from error
    except UnicodeDecodeError as error:
        raise QuizgenError([Problem(str(file), 0, "is not UTF-8 text", "save the file as UTF-8")]) from error
