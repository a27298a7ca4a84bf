"""Cue balance: over a bank, the key is as often the longest, the oddest or the commonest option as any other.

One question cannot be without cues: some option is the longest. A bank can: the key's rank in each visible feature
averages to the middle. So of several good sets of distractors the one is taken that brings the averages back.
"""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.questions.audit.features import FEATURES, Bank, rank_of_key
from quizgen.questions.audit.items import Item

# What the eye compares first; the other features go along with these.
WATCHED = ("length", "words", "mean word", "longest word", "capitals", "shared letters", "stem letters", "first letter")
_NO_BANK = Bank.of(())


class CueBalance:
    """Running sums of the key's ranks, each from -1 (least of all options) to 1 (most)."""

    def __init__(self) -> None:
        """Begin with no question."""
        self._sums = [0.0] * (len(WATCHED) + 1)

    def lean(self, ranks: Sequence[float]) -> float:
        """Tell how much further from the middle a question would bring the sums; negative brings them back."""
        return sum((total + rank) ** 2 - total**2 for total, rank in zip(self._sums, ranks, strict=True))

    def add(self, ranks: Sequence[float]) -> None:
        """Take a question into account."""
        self._sums = [total + rank for total, rank in zip(self._sums, ranks, strict=True)]


def ranks_of(item: Item, often: Sequence[float]) -> list[float]:
    """Give the key's rank in each watched feature, and in how often its option was shown before."""
    looks = (FEATURES[name] for name in WATCHED)
    seen = ([look(item, place, _NO_BANK) for place in range(len(item.options))] for look in looks)
    return [rank_of_key(values, item.answer) for values in (*seen, often)]
