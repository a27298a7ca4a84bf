"""`quizgen import`: a file of questions is read, and a deck of drafts written or printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.terminal import count, today_here
from quizgen.problems import Problem, QuizgenError, did_you_mean

if TYPE_CHECKING:
    from quizgen.formats.reading import Imported


def import_file(file: Path, output: Path | None, format_: str, said: Mapping[str, str], *, force: bool) -> None:
    """Read a file of questions; `said` is what the teacher says of the deck: `title`, `category`, `language`."""
    from quizgen.facts.dump import dump
    from quizgen.formats.reading import READERS, Front, key_of, read_questions

    if format_ and format_ not in READERS:
        hint = did_you_mean(format_, READERS) or f"one of: {', '.join(READERS)}"
        raise QuizgenError([Problem("--from", 0, f"no format '{format_}'", hint)])
    key = _key(output) if output else key_of(file.stem) or "imported"
    if output and output.exists() and not force:
        raise QuizgenError([Problem(str(output), 0, "is there already", "choose another name, or write --force")])
    imported = read_questions(_read(file), Front(key, file.name, today_here(), **said), format_)
    _tell(imported)
    if not imported.deck:
        raise click.exceptions.Exit(1)
    text = dump(imported.deck)
    _check(text, key)
    if output:
        _write(output, text)
    else:
        click.echo(text, nl=False)
    taken, left = count(len(imported.deck.facts), "question"), len(imported.refused)
    rest = f"; not taken: {left}, named above" if left else ""
    click.echo(f"{output or key}: {taken} as drafts{rest}", err=True)


def _key(output: Path) -> str:
    """Give the key that a deck file of this name has to have."""
    from quizgen.formats.reading import key_of

    key = key_of(output.stem)
    if key == output.stem and output.suffix in (".yaml", ".yml"):
        return key
    hint = f"call it {key or 'my-quiz'}.yaml"
    raise QuizgenError([Problem(str(output), 0, "is no name of a deck file", hint)])


def _read(file: Path) -> bytes:
    from quizgen.formats.reading import MAX_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise QuizgenError([Problem(str(file), 0, "cannot be read", (error.strerror or "").lower())]) from error


def _tell(imported: Imported) -> None:
    for problem in imported.refused:
        click.echo(problem, err=True)
    for note in imported.notes:
        click.echo(f"note: {note}", err=True)


def _check(text: str, key: str) -> None:
    """What was made has to be a deck; what the teacher said of it may stand in the way."""
    from quizgen.facts import load_deck

    _, problems = load_deck(text.encode(), f"{key}.yaml")
    if problems:
        raise QuizgenError(problems)


def _write(output: Path, text: str) -> None:
    partial = output.with_name(f".{output.name}.part")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise QuizgenError([Problem(str(output), 0, "cannot be written", (error.strerror or "").lower())]) from error
