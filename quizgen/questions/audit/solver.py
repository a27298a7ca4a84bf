"""A test-taker who knows nothing and sees everything: learned weights over what is visible of an option.

Royal (2019) gives the examination to staff without training and looks for inflated success; this does it by machine.
Two learners, whose scores are added: a logistic model of "the key against each rival", and boosted stumps, which find
cues that are not monotone. Cross-validated by option set, so that nothing is learned from an item's own siblings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from quizgen.questions.audit.features import FEATURES, Bank, vectors
from quizgen.questions.audit.items import Item

FOLDS = 5
MOST_ITEMS = 3000
_STEPS = 60
_RATE = 0.5
_SHRINK = 0.01
_STUMPS = 40
_CUTS = (-0.67, -0.34, 0.0, 0.34, 0.67)

Vector = Sequence[float]


@dataclass(frozen=True, slots=True)
class Guess:
    """How well the solver did: the share it got right, with a 95 % interval (Wilson), and what chance would give."""

    right: float
    lower: float
    upper: float
    chance: float
    items: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """An item as vectors, one an option, with the place of its key."""

    options: Sequence[Vector]
    answer: int
    group: str


def guess(items: Sequence[Item], dice: Random) -> Guess | None:
    """Let the solver take all items of four options; None when there are too few to learn from."""
    fit = [item for item in items if len(item.options) == 4]
    if len(fit) < 10 * FOLDS:
        return None
    bank = Bank.of(items)
    taken = fit if len(fit) <= MOST_ITEMS else dice.sample(fit, MOST_ITEMS)
    seen = [_Seen(vectors(item, bank), item.answer, item.group) for item in taken]
    credit = 0.0
    for train, test in _folds(seen, dice):
        learners = (_logistic(train), _boosted(train))
        credit += sum(_credit(item, learners) for item in test)
    return _interval(credit, len(seen), fmean_chance(taken))


def fmean_chance(items: Sequence[Item]) -> float:
    """Give the share that blind guessing gets right."""
    return sum(1 / len(item.options) for item in items) / len(items)


def _folds(seen: Sequence[_Seen], dice: Random) -> list[tuple[list[_Seen], list[_Seen]]]:
    """Split by option set; a set larger than a fold is split itself, or nothing would be left to learn from."""
    groups = sorted({item.group for item in seen})
    dice.shuffle(groups)
    fold = {group: place % FOLDS for place, group in enumerate(groups)}
    return [
        ([item for item in seen if fold[item.group] != number], [item for item in seen if fold[item.group] == number])
        for number in range(FOLDS)
    ]


class _Linear:
    """Weights, one a feature."""

    def __init__(self, weights: Vector) -> None:
        self.weights = weights

    def score(self, option: Vector) -> float:
        return sum(map(float.__mul__, self.weights, option))


def _logistic(train: Sequence[_Seen]) -> _Linear:
    """Fit by gradient descent with momentum: P(key over rival) = 1 / (1 + exp(-w.(key - rival)))."""
    pairs = [
        [k - r for k, r in zip(item.options[item.answer], rival, strict=True)]
        for item in train
        for place, rival in enumerate(item.options)
        if place != item.answer
    ]
    width = 2 * len(FEATURES)
    weights, speed = [0.0] * width, [0.0] * width
    for _ in range(_STEPS):
        slope = [-_SHRINK * weight for weight in weights]
        for pair in pairs:
            doubt = 1 / (1 + math.exp(min(30.0, sum(map(float.__mul__, weights, pair)))))
            slope = [s + doubt / len(pairs) * x for s, x in zip(slope, pair, strict=True)]
        speed = [0.8 * v + _RATE * s for v, s in zip(speed, slope, strict=True)]
        weights = [w + v for w, v in zip(weights, speed, strict=True)]
    return _Linear(weights)


class _Stumps:
    """Votes of single cuts: (feature, cut, weight when above)."""

    def __init__(self, votes: Sequence[tuple[int, float, float]]) -> None:
        self.votes = votes

    def score(self, option: Vector) -> float:
        return sum(weight if option[feature] > cut else -weight for feature, cut, weight in self.votes)


def _boosted(train: Sequence[_Seen]) -> _Stumps:
    """Fit by AdaBoost: each round takes the cut that best tells keys from rivals under the present weights."""
    options = [(vector, place == item.answer) for item in train for place, vector in enumerate(item.options)]
    keys = sum(is_key for _, is_key in options)
    weights = [0.5 / keys if is_key else 0.5 / (len(options) - keys) for _, is_key in options]
    sides = {
        (feature, cut): [(vector[feature] > cut) == is_key for vector, is_key in options]
        for feature in range(2 * len(FEATURES))
        for cut in _CUTS
    }
    votes: list[tuple[int, float, float]] = []
    for _ in range(_STUMPS):
        hits = {
            cut: sum(weight for weight, hit in zip(weights, side, strict=True) if hit) for cut, side in sides.items()
        }
        best = max(hits, key=lambda cut: abs(hits[cut] - 0.5))
        share = min(max(hits[best], 0.01), 0.99)
        vote = 0.5 * math.log(share / (1 - share))
        votes.append((*best, vote))
        weights = [weight * math.exp(-vote if hit else vote) for weight, hit in zip(weights, sides[best], strict=True)]
        total = sum(weights)
        weights = [weight / total for weight in weights]
    return _Stumps(votes)


def _credit(item: _Seen, learners: tuple[_Linear, _Stumps]) -> float:
    """Give 1 for the key, 0 for another; options that score the same share."""
    linear, stumps = learners
    scores = [round(linear.score(option) + stumps.score(option), 9) for option in item.options]
    best = [place for place, score in enumerate(scores) if score == max(scores)]
    return (item.answer in best) / len(best)


def _interval(credit: float, count: int, chance: float) -> Guess:
    share, z = credit / count, 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return Guess(share, middle - half, middle + half, chance, count)
