"""A question on its way: everything but its distractors, with a judge of who may become one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from quizgen.facts import Fact
from quizgen.questions.model import Ground, Level, Option, Picture, Question

# How many places are remembered: each is compared with many.
KEPT = 20_000


class Located(Protocol):
    """What lies somewhere: at a point, or at least in some regions."""

    @property
    def at(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees."""

    @property
    def regions(self) -> tuple[str, ...]:
        """From wide to narrow."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer of some sibling question.

    `names` are all its names, folded; `rank` orders dates and numbers; `at` (latitude and longitude in degrees) and
    `regions`, from wide to narrow, tell which are near.
    """

    key: str
    text: str
    names: frozenset[str]
    rank: float = 0.0
    fact: Fact | None = None
    at: tuple[float, float] | None = None
    regions: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """The path of the fact that gave it, if one did."""
        return self.fact.path if self.fact else ""


# Why a candidate is wrong: the proof, and how to say it. Many are judged and few shown, so it is said on demand.
Verdict = tuple[Ground, Callable[[], str]]
# Judges whether a candidate is wrong for a question; nothing when that cannot be proven.
Judge = Callable[[Candidate], Verdict | None]


@dataclass(frozen=True, slots=True)
class Trap:
    """A candidate that is provably wrong for a question."""

    candidate: Candidate
    verdict: Verdict

    @property
    def text(self) -> str:
        """The words of the option that it would be."""
        return self.candidate.text

    def option(self) -> Option:
        """Make a wrong option of it, with the reason in words."""
        ground, reason = self.verdict
        return Option(self.candidate.key, self.candidate.text, ground, reason(), self.candidate.origin)


@dataclass(frozen=True, slots=True)
class Draft:
    """A question without distractors.

    `option_set` names the siblings whose answers may become its distractors; `bank` names all questions with answers
    of this sort, over which keys and distractors are kept in balance. `own` are distractors the author wrote, and
    `first` are candidates better than any sibling; of each set in `needs` one must be
    among the options. One that is `authored` is asked as it was written, flaws and all;
    one that needs `both_sides` is dropped unless its answer is as often a wrong option in its bank. `finish` makes what
    is shown of a question whose options have been chosen, where that hangs on all of them. One that is `translated` is
    not held to rules about English stems.
    """

    id: str
    fact: Fact
    kind: str
    level: Level
    stem: str
    explanation: str
    citation: str
    answer: Candidate
    option_set: str
    bank: str
    judge: Judge
    ordered: bool = False
    own: tuple[Option, ...] = ()
    first: tuple[Candidate, ...] = ()
    needs: tuple[frozenset[str], ...] = ()
    authored: bool = False
    both_sides: bool = False
    picture: Picture | None = None
    finish: Callable[[Question], Question | None] | None = None
    translated: bool = False

    @property
    def asks(self) -> tuple[str, str]:
        """What tells the question from others: its stem and the name of its picture."""
        return self.stem, self.picture.name if self.picture else ""

    def trap(self, candidate: Candidate) -> Trap | None:
        """Make a trap of a candidate; nothing when it is the answer too, or cannot be proven wrong."""
        verdict = None if same_answer(candidate, self.answer) else self.judge(candidate)
        return Trap(candidate, verdict) if verdict else None


def same_answer(one: Candidate, other: Candidate) -> bool:
    """Tell whether two answers are the same, or one holds the other as a part ("Irish" in "Irish and English")."""
    if not one.names.isdisjoint(other.names):
        return True
    # The plain search comes first: it rules out nearly all, and many are compared.
    return any((b in a and _holds(a, b)) or (a in b and _holds(b, a)) for a in one.names for b in other.names)


def distance(one: Located, other: Located) -> float:
    """Give how far apart two things lie, from 0 to 1: near ones make the better traps. Unknown counts as far."""
    if one.at and other.at:
        return great_circle(one.at, other.at) / math.pi
    shared = sum(a == b for a, b in zip(one.regions, other.regions, strict=False))
    return 1.0 - shared / len(one.regions) if one.regions else 1.0


def great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the angle between two places, in radians: from the length of the chord between them."""
    return 2 * math.asin(min(1.0, math.dist(_on_sphere(one), _on_sphere(other)) / 2))


@lru_cache(KEPT)
def _on_sphere(at: tuple[float, float]) -> tuple[float, float, float]:
    latitude, longitude = map(math.radians, at)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} "
