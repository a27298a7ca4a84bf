"""The forms of English verbs, so that a statement can be turned into a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from quizgen.facts.drafting.lexicon import read_lines

BE = frozenset({"is", "are", "was", "were"})
_VOWELS = "aeiou"
# Verbs of which the last letter is doubled before "-ed".
_DOUBLED = frozenset({"ban", "patrol", "expel", "compel", "stop", "ship", "grab"})


@dataclass(frozen=True, slots=True)
class Form:
    """What a word is as a form of a verb: its base, and the word that a question begins with."""

    base: str
    helper: str  # did, does, do; or the word itself, for forms of "be"


@cache
def past_forms() -> Mapping[str, str]:
    """Give the base of every past form that is read."""
    return {past: base for base, past, _ in _verbs() if past != base}


@cache
def present_forms() -> Mapping[str, str]:
    """Give the base of every form with -s that is read."""
    irregular = {"have": "has", "do": "does"}
    return {irregular.get(base, _with_s(base)): base for base, _, is_read in _verbs() if is_read}


@cache
def base_forms() -> frozenset[str]:
    """Give the bases that are read as the present tense of several."""
    return frozenset(base for base, past, is_read in _verbs() if is_read and past != base)


def form_of(word: str, *, plural: bool) -> Form | None:
    """Read a word as a finite verb; a base form is one only after several."""
    if word in BE:
        return Form("", word)
    if plural and word in base_forms():
        return Form(word, "do")
    if word in present_forms():
        return Form(present_forms()[word], "does")
    if word in past_forms():
        return Form(past_forms()[word], "did")
    return None


@cache
def _verbs() -> tuple[tuple[str, str, bool], ...]:
    """Give base and past form of each verb, and whether its forms of the present are read."""
    verbs = []
    for line in read_lines("verbs.txt"):
        base, *others = line.split()
        past = next((word for word in others if word != "-s"), _with_ed(base))
        verbs.append((base, past, "-s" not in others))
    return tuple(verbs)


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in _DOUBLED else base + "ed"


def _with_s(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + "es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else base + "s"
