"""What is said of decks as of another day: how much of them is left out, and that nothing is left of one."""

from __future__ import annotations

from collections.abc import Collection, Sized
from typing import TYPE_CHECKING

import click

from quizgen.cli.terminal import count
from quizgen.problems import Problem, QuizgenError

if TYPE_CHECKING:
    from quizgen.facts import Deck

HINT = "known are, on earlier days, facts with 'from' and what cannot change; on later ones, facts before 'review_by'"


def tell_unsure(decks: Collection[Deck]) -> None:
    """Say how many facts are left out, as it is not known whether they hold on the day; raise if no other is left."""
    from quizgen.facts import known_facts
    from quizgen.world import written_day

    if not any(map(known_facts, decks)):
        refuse_empty(decks, ())
    for deck in decks:
        if deck.unsure:
            told = f"{count(deck.unsure, 'fact')} left out: it is not known what held on {written_day(deck.as_of)}"
            click.echo(f"note: {deck.file}: {told}", err=True)


def refuse_empty(decks: Collection[Deck], asked: Sized) -> None:
    """Raise when nothing is asked of decks because of the day that they are as of."""
    from quizgen.world import written_day

    unsure = [deck for deck in decks if deck.unsure]
    if not asked and unsure:
        message = "nothing can be asked of {}: of {} it is not known whether they held"
        raise QuizgenError(
            Problem(deck.file, 0, message.format(written_day(deck.as_of), count(deck.unsure, "fact")), HINT)
            for deck in unsure
        )
