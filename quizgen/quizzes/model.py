"""A quiz as it is handed out: everything a page needs, fixed at the start, so that editing a deck changes no quiz."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quizgen.questions import Picture


@dataclass(frozen=True, slots=True)
class Choice:
    """An option in the place where it is shown. `why_wrong` is empty for the right one."""

    key: str
    text: str
    is_right: bool
    why_wrong: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a quiz, its choices in the order in which they are shown.

    `picture` is the name of what is shown beside the words, and `alt` says it to those who cannot see it.
    """

    question: str
    deck: str
    stem: str
    choices: tuple[Choice, ...]
    explanation: str
    quote: str
    source: str
    source_url: str
    caution: str
    as_of: str
    ordered: bool = False
    picture: str = ""
    alt: str = ""
    language: str = "en"

    @property
    def shown(self) -> Picture | None:
        """What is shown beside the words."""
        return Picture.named(self.picture, self.alt) if self.picture else None

    @property
    def answer(self) -> Choice:
        """The right choice."""
        return next(choice for choice in self.choices if choice.is_right)


@dataclass(frozen=True, slots=True)
class Quiz:
    """The items in the order in which they are asked."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """How a quiz went so far."""

    right: int
    answered: int
    asked: int

    @property
    def percent(self) -> int:
        """Right answers in a hundred questions asked, rounded down: 100 means all."""
        return 100 * self.right // self.asked if self.asked else 0


def score(items: Iterable[Item], answers: Iterable[Choice | None]) -> Score:
    """Mark the answers given so far, None where there is none yet."""
    pairs = list(zip(items, answers, strict=True))
    given = [answer for _, answer in pairs if answer is not None]
    return Score(sum(answer.is_right for answer in given), len(given), len(pairs))
