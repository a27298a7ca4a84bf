"""Words as the audit compares them: folded, without the commonest, and cut to what carries the meaning."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from sys import intern

from quizgen.questions.plain import rank_of

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
# How many texts are remembered: option texts come again and again, but a library may be of any size.
KEPT = 20_000
# Stems that share more than this part of their words ask the same.
NEAR_DUPLICATE = 0.8

_COMMON = frozenset((Path(__file__).parent / "common_words.txt").read_text(encoding="utf-8").split())
_ENDINGS = ("ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ied", "ers", "ed", "es", "ly", "er", "s")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")


@lru_cache(KEPT)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a text, folded."""
    return tuple(word.casefold() for word in _WORD.findall(text))


@lru_cache(KEPT)
def content(text: str) -> frozenset[str]:
    """Give the stems of the words that carry meaning: four letters or more, not among the commonest."""
    return frozenset(stem(word) for word in words(text) if len(word) >= 4 and word not in _COMMON)


@lru_cache(KEPT)
def telling(text: str) -> frozenset[str]:
    """Give the words of a stem without the commonest: what tells it from another."""
    return frozenset(words(text)) - _COMMON


@lru_cache(KEPT)
def stem(word: str) -> str:
    """Cut the ending of an English word, crudely: `bases` and `based` become one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


@lru_cache(KEPT)
def trigrams(text: str) -> frozenset[str]:
    """Give all runs of three characters, the words' bounds included."""
    padded = f" {' '.join(words(text))} "
    return frozenset(intern(padded[place : place + 3]) for place in range(len(padded) - 2))


@lru_cache(KEPT)
def number(text: str) -> float | None:
    """Give the value of an option that is a number or a date."""
    return rank_of(text)


def unquoted(text: str) -> str:
    """Leave out what stands in quotation marks: those are somebody else's words."""
    return _QUOTED.sub(" ", text)


def asks_the_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two stems, as the words that tell them from others, ask nearly the same."""
    shared = len(one & other)
    return shared > NEAR_DUPLICATE * (len(one) + len(other) - shared)  # Jaccard's similarity, without a division


def marks(telling: frozenset[str]) -> list[str]:
    """Give a few words of which any stem that asks nearly the same has one among its own few, too.

    If more than a share of the words of two sets is common to both, so is one of the first few of each in any order
    (prefix filtering, Bayardo et al. 2007). Long words come first: they are rare.
    """
    return sorted(telling, key=lambda word: (-len(word), word))[: len(telling) - int(NEAR_DUPLICATE * len(telling))]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the Jaccard similarity of two sets, from 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if one or other else 0.0
