"""What a test-taker without knowledge can see of an option: its form, beside its rivals and in the whole bank.

Each feature is measured against the other options of the same item, so that 0 means "like the others".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, pstdev

from quizgen.questions.audit.flaws import opening
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import content, number, overlap, trigrams, words

# How many options each measure remembers: those of one question are compared in many choices of distractors.
KEPT = 2_000

_ABSOLUTE = re.compile(r"\b(always|never|only|all|every|none|entirely|completely|must)\b", re.IGNORECASE)
_HEDGE = re.compile(r"\b(may|might|can|could|often|usually|likely|some|partly|generally|about)\b", re.IGNORECASE)
_NEGATION = re.compile(r"\b(not|no|never|without)\b|n't\b", re.IGNORECASE)
_JOINED = re.compile(r"\b(and|or|but|while)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bank:
    """How often words and options occur in all items of a bank, whoever is right."""

    options: Counter[str]
    in_stems: Counter[str]

    @classmethod
    def of(cls, items: Sequence[Item]) -> Bank:
        """Count, without looking at any key."""
        options = Counter(option.casefold() for item in items for option in item.options)
        in_stems = Counter(word for item in items for word in content(item.stem))
        return cls(options, in_stems)


# What is seen of an option: (item, place, bank) -> a number.
Look = Callable[[Item, int, Bank], float]


def _text(measure: Callable[[str], float]) -> Look:
    measured = lru_cache(KEPT)(measure)
    return lambda item, place, _bank: measured(item.options[place])


def _stem_overlap(item: Item, place: int, _bank: Bank) -> float:
    return overlap(content(item.stem), content(item.options[place]))


def _stem_trigrams(item: Item, place: int, _bank: Bank) -> float:
    return overlap(trigrams(item.stem), trigrams(item.options[place]))


def _rivals(item: Item, place: int) -> list[str]:
    return [option for other, option in enumerate(item.options) if other != place]


def _word_convergence(item: Item, place: int, _bank: Bank) -> float:
    return fmean([overlap(content(item.options[place]), content(rival)) for rival in _rivals(item, place)])


def _trigram_convergence(item: Item, place: int, _bank: Bank) -> float:
    own = trigrams(item.options[place])
    return fmean([overlap(own, trigrams(rival)) for rival in _rivals(item, place)])


def _opening_oddness(item: Item, place: int, _bank: Bank) -> float:
    own = opening(item.options[place])
    return fmean(opening(rival) != own for rival in _rivals(item, place))


def _is_held(item: Item, place: int, _bank: Bank) -> float:
    own = item.options[place].casefold()
    return float(any(own in rival.casefold() for rival in _rivals(item, place)))


def _holds(item: Item, place: int, _bank: Bank) -> float:
    own = item.options[place].casefold()
    return float(any(rival.casefold() in own for rival in _rivals(item, place)))


def _numeric_rank(item: Item, place: int, _bank: Bank) -> float:
    values = [number(option) for option in item.options]
    own = values[place]
    if own is None or None in values:
        return 0.0
    return sum(value < own for value in values if value is not None) / (len(values) - 1)


def _numeric_middle(item: Item, place: int, bank: Bank) -> float:
    return -abs(_numeric_rank(item, place, bank) - 0.5)


def _roundness(text: str) -> float:
    value = number(text)
    return float(value is not None and value % 5 == 0)


def _bank_options(item: Item, place: int, bank: Bank) -> float:
    return float(bank.options[item.options[place].casefold()] - 1)


def _bank_stems(item: Item, place: int, bank: Bank) -> float:
    own = content(item.stem)
    wanted = content(item.options[place])
    return fmean(bank.in_stems[word] - (word in own) for word in wanted) if wanted else 0.0


def _place(_item: Item, place: int, _bank: Bank) -> float:
    return float(place)


def _is_inner(item: Item, place: int, _bank: Bank) -> float:
    return float(0 < place < len(item.options) - 1)


FEATURES: dict[str, Look] = {
    "length": _text(len),
    "words": _text(lambda text: len(words(text))),
    "longest word": _text(lambda text: max(map(len, words(text)), default=0)),
    "mean word": _text(lambda text: fmean(map(len, words(text))) if words(text) else 0.0),
    "specificity": _text(lambda text: len(content(text))),
    "commas": _text(lambda text: text.count(",")),
    "brackets": _text(lambda text: text.count("(") + text.count("/")),
    "hyphens": _text(lambda text: text.count("-")),
    "capitals": _text(lambda text: sum(map(str.isupper, text))),
    "digits": _text(lambda text: sum(map(str.isdigit, text))),
    "accents": _text(lambda text: sum(ord(char) > 127 for char in text)),
    "joined": _text(lambda text: len(_JOINED.findall(text))),
    "absolute": _text(lambda text: len(_ABSOLUTE.findall(text))),
    "hedge": _text(lambda text: len(_HEDGE.findall(text))),
    "negation": _text(lambda text: len(_NEGATION.findall(text))),
    "plural": _text(lambda text: float(text.endswith("s"))),
    "full stop": _text(lambda text: float(text.endswith("."))),
    "article": _text(lambda text: float(opening(text) == "article")),
    "opening": _opening_oddness,
    "stem words": _stem_overlap,
    "stem letters": _stem_trigrams,
    "shared words": _word_convergence,
    "shared letters": _trigram_convergence,
    "held by another": _is_held,
    "holds another": _holds,
    "rank": _numeric_rank,
    "middle": _numeric_middle,
    "round": _text(_roundness),
    "first letter": _text(lambda text: float(ord(text[:1].casefold()[:1] or "a"))),
    "often an option": _bank_options,
    "often in stems": _bank_stems,
    "place": _place,
    "inner place": _is_inner,
}


def vectors(item: Item, bank: Bank) -> list[list[float]]:
    """Give one vector an option: each feature, and then its rank among the rivals, both from -1 to 1 or so."""
    columns: list[list[float]] = []
    for look in FEATURES.values():
        seen = [look(item, place, bank) for place in range(len(item.options))]
        columns += [_standard(seen), _ranks(seen)]
    return [list(row) for row in zip(*columns, strict=True)]


def rank_of_key(values: Sequence[float], place: int) -> float:
    """Give the rank of one value among all: -1 for the least, 1 for the most; ties share."""
    own = values[place]
    return sum((value < own) - (value > own) for value in values) / (len(values) - 1)


def _standard(values: list[float]) -> list[float]:
    spread = pstdev(values)
    if not spread:
        return [0.0] * len(values)
    mean = fmean(values)
    return [(value - mean) / spread / 2 for value in values]


def _ranks(values: list[float]) -> list[float]:
    return [rank_of_key(values, place) for place in range(len(values))]
