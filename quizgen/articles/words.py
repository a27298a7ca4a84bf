"""The words that tell the parts of an article apart: phrases of six languages, read from `words/` once.

All languages are asked at once: a French page has English buttons, and the phrases are long enough not to meet by
chance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "words"

# Vowel signs of Arabic, which few write; letters that are written in several ways.
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_LETTERS = str.maketrans(
    {"ё": "е", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "‘": "'", "’": "'", "\N{NO-BREAK SPACE}": " "}
)
_BEFORE_WORDS = re.compile(r"^[^\w©]+")

_PARTS = re.compile(r"\(|\)|\||\?|\*|#|…|\s+|[^\s()|?*#…]+")
_PATTERNS = {
    "(": "(?:",
    ")": ")",
    "|": "|",
    "?": "?",
    "*": r"\w*",
    "#": r"\d+",
    "…": r"(?:[\w'.@&-]+[\s,;:()]+){0,6}?(?:[\w'.@&-]+)?",
}


def plain(text: str) -> str:
    """Fold what is compared with phrases: case, shapes of apostrophes, ways to write a letter, spaces."""
    composed = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return " ".join(_MARKS.sub("", composed).split())


def opening(text: str) -> str:
    """Fold a text and leave out whatever stands before its first word: marks of lists, small pictures, quotes."""
    return _BEFORE_WORDS.sub("", plain(text))


@cache
def phrases(*path: str) -> tuple[str, ...]:
    """Give the phrases of all languages that stand under a key, such as `phrases("share", "starts")`."""
    return tuple(dict.fromkeys(phrase for language in _languages() for phrase in _below(_file(language), path)))


@cache
def words(key: str) -> frozenset[str]:
    """Give the single words of all languages that stand under a key."""
    return frozenset(phrases(key))


@cache
def starting(*path: str) -> re.Pattern[str]:
    """A pattern to `match` a text that begins with one of the phrases."""
    return re.compile(rf"(?:{_any(phrases(*path))})(?:(?!\w)|(?<=\W))")


@cache
def holding(*path: str) -> re.Pattern[str]:
    """A pattern to `search` a text for one of the phrases."""
    return re.compile(rf"(?:(?<!\w)|(?=\W))(?:{_any(phrases(*path))})(?!\w)")


@cache
def ending(*path: str) -> re.Pattern[str]:
    """A pattern to `search` a text for one of the phrases at its end."""
    return re.compile(rf"(?:(?<!\w)|(?=\W))(?:{_any(phrases(*path))})\W*$")


@cache
def being(*path: str) -> re.Pattern[str]:
    """A pattern to `match` a text that is one of the phrases and nothing else, but for marks and numbers around it."""
    return re.compile(rf"(?:{_any(phrases(*path))})[\W\d]*$")


@cache
def abbreviations(language: str, key: str = "abbreviations") -> frozenset[str]:
    """Give the abbreviations of a language behind which a sentence goes on; `numbered`: goes on with a number."""
    return frozenset(_below(_file(language), (key,))) if language in _languages() else frozenset()


@cache
def common() -> dict[str, frozenset[str]]:
    """The commonest words of each language that is told from others."""
    known = {language: frozenset(_below(_file(language), ("common",))) for language in _languages()}
    return known | {language: frozenset(plain(text).split()) for language, text in _file("others").items()}


@cache
def _languages() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "others"))


@cache
def _file(name: str) -> dict[str, Any]:
    # Every scalar stays a text: "on" and "no" are words here.
    with (FOLDER / f"{name}.yaml").open(encoding="utf-8") as file:
        return dict(yaml.load(file, Loader=yaml.BaseLoader))  # noqa: S506 - a file of ours, read as texts only


def _below(entry: Any, path: Iterable[str]) -> Iterator[str]:
    for key in path:
        entry = entry.get(key, "")
    for phrase in entry.split(";"):
        if phrase.strip():
            yield plain(phrase)


def _any(some: tuple[str, ...]) -> str:
    # The longest first, so that a match says as much as it can; a pattern that nothing matches where there are none.
    return "|".join(_pattern(phrase) for phrase in sorted(some, key=len, reverse=True)) or r"(?!)"


def _pattern(phrase: str) -> str:
    pieces = (
        _PATTERNS.get(part) or (r"[\s,]+" if part.isspace() else re.escape(part)) for part in _PARTS.findall(phrase)
    )
    return "".join(pieces)
