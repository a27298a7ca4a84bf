"""`quizgen import`: a file of questions is read, and a deck of drafts written or printed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.deck_files import key_for, put
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
    key = key_for(output, "my-quiz", force=force) if output else key_of(file.stem) or "imported"
    imported = read_questions(_read(file), Front(key, file.name, today_here(), **said), format_)
    _tell(imported)
    if not imported.deck:
        raise click.exceptions.Exit(1)
    put(dump(imported.deck), key, output)
    taken, left = count(len(imported.deck.facts), "question"), len(imported.refused)
    rest = f"; not taken: {left}, named above" if left else ""
    click.echo(f"{output or key}: {taken} as drafts{rest}", err=True)


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
