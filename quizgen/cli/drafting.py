"""`quizgen draft`: an article is read, and a deck of drafts written or printed; remarks go to the error output."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen.cli.deck_files import key_for, put
from quizgen.cli.opening import article_of
from quizgen.cli.terminal import count
from quizgen.problems import Problem, QuizgenError

if TYPE_CHECKING:
    from quizgen.articles import Article
    from quizgen.facts.drafting import Drafted
    from quizgen.facts.proposing import Settings


def draft_article(
    article: Path, output: Path | None, read_on: date, said: Mapping[str, str], model: str, *, force: bool
) -> None:
    """Draft a deck; `said` is what the teacher says of the article: `title`, `publisher`, `url` and so on.

    `model` names a language model to ask besides; empty: the one that the environment names, if any.
    """
    from quizgen.facts.drafting import Given, draft
    from quizgen.facts.dump import dump

    key = key_for(output, "my-article", force=force) if output else ""
    settings = _settings(model)
    read = article_of(article)
    drafted = draft(read, as_of=read_on, file=str(article), given=Given(key=key, **said))
    if settings:
        drafted = _proposed(read, drafted, settings)
    for remark in drafted.remarks:
        click.echo(f"note: {remark}", err=True)
    if not drafted.deck.facts:
        hint = "select sentences by hand, or write the facts yourself: docs/deck-file.md"
        raise QuizgenError([Problem(str(article), 0, "holds no sentence that the rules can draft from", hint)])
    put(dump(drafted.deck), drafted.deck.key, output)
    click.echo(_summary(drafted, str(output or drafted.deck.key)), err=True)


def _settings(model: str) -> Settings | None:
    """Read which model is to be asked, and where; by default none is."""
    wanted = model or os.environ.get("QUIZGEN_MODEL", "")
    if not wanted.strip():
        return None
    from quizgen.facts.proposing import settings_from

    settings, problems = settings_from(os.environ, model)
    if problems:
        raise QuizgenError(problems)
    return settings


def _proposed(article: Article, drafted: Drafted, settings: Settings) -> Drafted:
    """Ask a model for more drafts, and say how many of its proposals were taken, and why others were not."""
    from quizgen.facts.proposing import model_at, propose

    asked = propose(article, drafted, model_at(settings))
    for problem in asked.problems:
        click.echo(f"note: {problem}", err=True)
    if asked.unread:
        click.echo(
            f"note: the article is long: its last {count(asked.unread, 'part')} not shown to the model", err=True
        )
    dropped = "; ".join(f"{why}: {number}" for why, number in sorted(asked.dropped.items()))
    left = f", {sum(asked.dropped.values())} dropped ({dropped})" if asked.dropped else ", none dropped"
    # Only the host: an address or a key is nobody's to read here.
    click.echo(f"{settings.model} at {settings.host}: {count(len(asked.taken), 'fact')} taken{left}", err=True)
    return asked.drafted


def _summary(drafted: Drafted, name: str) -> str:
    gaps = len(drafted.gaps)
    facts = len(drafted.deck.facts) - gaps
    left = ", ".join(f"{why} {number}" for why, number in drafted.left.items())
    rest = f"; left out: {left}" if left else ""
    return f"{name}: {count(facts, 'fact')} and {count(gaps, 'sentence')} with a gap to review{rest}"
