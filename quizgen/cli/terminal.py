"""What a terminal shows beside the answer: how far long work has come; and what the command line takes from outside."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import TypeVar

import click

from quizgen.progress import Steps, unseen

LABEL = 20  # columns: as wide as the longest label of a bar
REDRAWN = 200  # how often a bar is drawn
SHOW_CURSOR = "\x1b[?25h"
T = TypeVar("T")


def steps_here() -> Steps:
    """Give what shows how far long work has come: bars on a terminal that can draw them, nothing elsewhere."""
    can_draw = sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
    return _bar if can_draw else unseen


def _bar(steps: Iterable[T], label: str, length: int, /) -> Iterator[T]:
    if length <= 1:
        yield from steps  # a bar of one step would say nothing
        return
    # The bar hides the cursor: whatever stops the command brings it back.
    click.get_current_context().call_on_close(lambda: click.echo(SHOW_CURSOR, nl=False, err=True))
    some = max(1, length // REDRAWN)
    with click.progressbar(steps, length, label.ljust(LABEL), file=sys.stderr, width=0, update_min_steps=some) as bar:
        yield from bar


def count(number: int, word: str) -> str:
    """Say how many there are of something: "1 deck", "2 decks"."""
    return f"{number} {word}{'' if number == 1 else 's'}"


def now_here() -> datetime:
    """Give the moment by this computer's clock."""
    return datetime.now(UTC)


def today_here() -> date:
    """Give the day by this computer's clock and time zone."""
    return now_here().astimezone().date()
