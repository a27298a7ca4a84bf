"""`quizgen draft`: an article is read, and a deck of drafts written or printed; remarks go to the error output."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.opening import article_of
from quizgen.cli.terminal import count
from quizgen.problems import Problem, QuizgenError

if TYPE_CHECKING:
    from quizgen.facts.drafting import Drafted


def draft_article(article: Path, output: Path | None, read_on: date, said: Mapping[str, str], *, force: bool) -> None:
    """Draft a deck; `said` is what the teacher says of the article: `title`, `publisher`, `url` and so on."""
    from quizgen.facts.drafting import Given, draft
    from quizgen.facts.dump import dump

    key = _key(output) if output else ""
    if output and output.exists() and not force:
        raise QuizgenError([Problem(str(output), 0, "is there already", "choose another name, or write --force")])
    drafted = draft(article_of(article), as_of=read_on, file=str(article), given=Given(key=key, **said))
    for remark in drafted.remarks:
        click.echo(f"note: {remark}", err=True)
    if not drafted.deck.facts:
        hint = "select sentences by hand, or write the facts yourself: docs/deck-file.md"
        raise QuizgenError([Problem(str(article), 0, "holds no sentence that the rules can draft from", hint)])
    text = dump(drafted.deck)
    _check(text, drafted.deck.file)
    if output:
        _write(output, text)
    else:
        click.echo(text, nl=False)
    click.echo(_summary(drafted, str(output or drafted.deck.key)), err=True)


def _summary(drafted: Drafted, name: str) -> str:
    gaps = len(drafted.gaps)
    facts = len(drafted.deck.facts) - gaps
    left = ", ".join(f"{why} {number}" for why, number in drafted.left.items())
    rest = f"; left out: {left}" if left else ""
    return f"{name}: {count(facts, 'fact')} and {count(gaps, 'sentence')} with a gap to review{rest}"


def _key(output: Path) -> str:
    """Give the key that a deck file of this name has to have."""
    from quizgen.facts.drafting.tokens import slug

    key = slug(output.stem)
    if key and key == output.stem and output.suffix in (".yaml", ".yml"):
        return key
    raise QuizgenError([Problem(str(output), 0, "is no name of a deck file", f"call it {key or 'my-article'}.yaml")])


def _check(text: str, file: str) -> None:
    """What was made has to be a deck; what the teacher said of it may stand in the way."""
    from quizgen.facts import load_deck

    _, problems = load_deck(text.encode(), file)
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
