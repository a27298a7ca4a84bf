"""The words that the rules know: read once from `data/` and `templates/drafting`, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from quizgen.facts.lines import read_yaml
from quizgen.paths import TEMPLATES
from quizgen.problems import QuizgenError

DATA = Path(__file__).parent / "data"
ENGLISH = "en"
LANGUAGES = ("en", "fr", "es", "de", "ru", "ar")


def read_lines(name: str) -> list[str]:
    """Read a list of words, one a line; a line that begins with # is a remark."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def english() -> Mapping[str, Any]:
    """Give the lists of English words by their name."""
    return MappingProxyType(_tree("en.yaml"))


def _tree(name: str) -> dict[str, Any]:
    """Read a file of `data/` as the text that stands there: "no" and "on" are words."""
    tree, problems = read_yaml((DATA / name).read_bytes(), name)
    if tree is None or problems:
        raise QuizgenError(problems)
    return dict(tree)


@cache
def words(name: str) -> frozenset[str]:
    """Give one list of English words."""
    return frozenset(str(word) for word in english()[name])


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """Give a pattern that finds any word of some English lists, at the bounds of words."""
    return any_of(word for name in names for word in words(name))


def any_of(listed: Iterable[str]) -> re.Pattern[str]:
    """Give a pattern that finds any of some words or phrases, whole and in small letters."""
    parts = [re.escape(word) for word in sorted(listed, key=len, reverse=True)]
    ends = [rf"(?<![\w-]){part}(?![\w-])" if part[0].isalpha() else rf"{part}(?!\w)" for part in parts]
    return re.compile("|".join(ends))


@dataclass(frozen=True, slots=True)
class Tongue:
    """What drafting needs to know of a language: months, the words around a year, and how names are bent."""

    code: str
    months: tuple[str, ...]
    before_year: frozenset[str] = frozenset()
    after_year: frozenset[str] = frozenset()
    magnitudes: frozenset[str] = frozenset()
    first_words: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()


@cache
def tongue(language: str) -> Tongue:
    """Give what is known of a language; of one that is not known, what needs no words."""
    if language not in LANGUAGES:
        return Tongue(language, ())
    months = tuple(_months(language))
    if language == ENGLISH:
        return Tongue(language, months, magnitudes=words("magnitudes"))
    known = _tree("languages.yaml")[language]
    lists: dict[str, tuple[str, ...]] = {name: tuple(map(str, listed)) for name, listed in known.items()}
    return Tongue(
        language,
        months,
        before_year=frozenset(lists.get("before_year", ())),
        after_year=frozenset(lists.get("after_year", ())),
        magnitudes=frozenset(lists.get("magnitudes", ())),
        first_words=lists.get("first_words", ()),
        endings=lists.get("endings", ()),
        prefixes=lists.get("prefixes", ()),
        ambiguous=frozenset(lists.get("ambiguous", ())),
    )


def _months(language: str) -> Iterator[str]:
    text = (TEMPLATES / "questions" / f"{language}.yaml").read_text(encoding="utf-8")
    calendar = yaml.safe_load(text)["calendar"]
    yield from dict.fromkeys(str(month).casefold() for name in ("months", "alone") for month in calendar.get(name, ()))


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentences of drafts in one language; a kind of question that has none there is not asked."""

    ask: Mapping[str, str]
    gap: Mapping[str, str]
    deck: Mapping[str, str]


@cache
def wording(language: str) -> Wording:
    """Read the sentences of a language; English where there are none."""
    name = language if language in LANGUAGES else ENGLISH
    parts = yaml.safe_load((TEMPLATES / "drafting" / f"{name}.yaml").read_text(encoding="utf-8"))
    return Wording(parts["ask"], parts["gap"], parts["deck"])


@cache
def remarks() -> Mapping[str, str]:
    """Give the sentences of remarks to whoever drafts."""
    text = (TEMPLATES / "drafting" / f"{ENGLISH}.yaml").read_text(encoding="utf-8")
    return MappingProxyType(yaml.safe_load(text)["remark"])


@cache
def office_of() -> str:
    """Give the frame of an office and the country it belongs to: `president of France`."""
    text = (TEMPLATES / "drafting" / f"{ENGLISH}.yaml").read_text(encoding="utf-8")
    return str(yaml.safe_load(text)["office_of"])
