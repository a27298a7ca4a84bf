"""What an audit takes and gives: a bank of items, and a result a gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from quizgen.facts import Deck
from quizgen.problems import Problem
from quizgen.questions.audit.items import Item


@dataclass(frozen=True, slots=True)
class Bank:
    """What is audited: items, the decks they come from (none for a foreign bank), and the day of the audit.

    `quizzes` are some that were composed of the items, as learners meet them.
    """

    items: Sequence[Item]
    decks: Sequence[Deck]
    today: date
    article: str = ""
    quizzes: Sequence[Sequence[Item]] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What a gate found: its measured number, the number it wants, the offenders, and whether it passed.

    `passed` is None where the gate does not apply or could not measure; that fails nothing.
    """

    gate: str
    measured: str
    wanted: str
    passed: bool | None
    offenders: tuple[Problem, ...] = ()


def problem_of(item: Item, message: str) -> Problem:
    """Complain of an item, at its line."""
    return Problem(item.file, item.line, f"{item.id or 'question'} {message}", item.stem)
