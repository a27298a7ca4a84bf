"""A question on its way: everything but its distractors, with a judge of who may become one."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from quizgen.facts import Fact
from quizgen.questions.model import Ground, Level, Option


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer of some sibling question.

    `names` are all its names, folded; `rank` orders dates and numbers; `at` (latitude and longitude in degrees) and
    `region` tell which are near.
    """

    key: str
    text: str
    names: frozenset[str]
    rank: float = 0.0
    fact: Fact | None = None
    at: tuple[float, float] | None = None
    region: str = ""


# Why a candidate is wrong: the proof, and how to say it. Many are judged and few shown, so it is said on demand.
Verdict = tuple[Ground, Callable[[], str]]
# Judges whether a candidate is wrong for a question; nothing when that cannot be proven.
Judge = Callable[[Candidate], Verdict | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A question without distractors.

    `option_set` names the siblings whose answers may become its distractors; `bank` names all questions with answers
    of this sort, over which keys and distractors are kept in balance. `own` are distractors the author wrote, and
    `first` are candidates better than any sibling; of each set in `needs` one must be
    among the options. One that is `authored` is asked as it was written, flaws and all;
    one that needs `both_sides` is dropped unless its answer is as often a wrong option in its bank.
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


def same_answer(one: Candidate, other: Candidate) -> bool:
    """Tell whether two answers are the same, or one holds the other as a part ("Irish" in "Irish and English")."""
    return any(a == b or _holds(a, b) or _holds(b, a) for a in one.names for b in other.names)


def distance(one: Candidate, other: Candidate) -> float:
    """Give how far apart two answers lie, from 0 to 1: near ones make the better traps. Unknown counts as far."""
    if one.at and other.at:
        return _great_circle(one.at, other.at) / math.pi
    return 0.0 if one.region and one.region == other.region else 1.0


def _great_circle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Give the angle between two places, in radians, by the haversine formula."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(lat), math.radians(lon)) for lat, lon in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * math.asin(min(1.0, math.sqrt(half)))


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} "
