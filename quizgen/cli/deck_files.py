"""Deck files that commands make: named by their key, checked, and never written over what is there."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen.problems import Problem, QuizgenError


def key_for(output: Path, usual: str, *, force: bool) -> str:
    """Give the key that a new deck file of this name has to have; `usual` is a name to propose.

    Raises `QuizgenError` if no deck file is called so, or if it is there already and not to be written over.
    """
    from quizgen.formats.reading import key_of

    key = key_of(output.stem)
    if key != output.stem or not key or output.suffix not in (".yaml", ".yml"):
        raise QuizgenError([Problem(str(output), 0, "is no name of a deck file", f"call it {key or usual}.yaml")])
    if output.exists() and not force:
        raise QuizgenError([Problem(str(output), 0, "is there already", "choose another name, or write --force")])
    return key


def put(text: str, key: str, output: Path | None) -> None:
    """Write a deck, or print it; what was made has to be a deck, and what the teacher said may stand in the way."""
    from quizgen.facts import load_deck

    _, problems = load_deck(text.encode(), f"{key}.yaml")
    if problems:
        raise QuizgenError(problems)
    if output:
        _write(output, text)
    else:
        click.echo(text, nl=False)


def _write(output: Path, text: str) -> None:
    """Write a file whole or not at all."""
    partial = output.with_name(f".{output.name}.part")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise QuizgenError([Problem(str(output), 0, "cannot be written", (error.strerror or "").lower())]) from error
