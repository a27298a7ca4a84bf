"""Answers as the audit compares them: is it the same one in another spelling, and what number or day does it name?"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from quizgen.questions.audit.words import KEPT, number
from quizgen.world import countries

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_PLACE = {word: place for place, word in enumerate(_NUMBERS)}
_PLAIN = {word: str(place) for word, place in _PLACE.items()} | {"and": "&"}
_ARTICLES = frozenset({"a", "an", "the"})
_TOKEN = re.compile(r"\w+|&")
_MONTHS = {name.casefold(): place for place, name in enumerate(calendar.month_name) if name}
_OTHER_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
    re.compile(r"(?P<m>[a-z]+) (?P<d>\d{1,2}), (?P<y>\d{4})"),
    re.compile(r"(?P<m>[a-z]+) (?P<y>\d{4})(?P<d>)"),
)
_BEFORE_NUMBER = re.compile(r"^(in|about|around|some|circa|nearly|over|by|[€$£])\s*(?=\d)", re.IGNORECASE)
_JOINT = re.compile(r" and | or | & | plus |, | as well as | together with ")
_BOTH = re.compile(r"^both ", re.IGNORECASE)
_REMARK = re.compile(r"\s*\([^()]*\)$")


@lru_cache(KEPT)
def plainly(text: str) -> str:
    """Give a text without what does not change an answer: case, articles, accents, signs; numbers become figures."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(char))
    told = (_PLAIN.get(word, word) for word in _TOKEN.findall(bare.replace("’", "").replace("'", "")))
    return " ".join(word for word in told if word not in _ARTICLES) or bare


def are_same(options: Sequence[str]) -> bool:
    """Tell whether two options say the same: in other letters, in short, with a remark, or a country's two names."""
    folded = [plainly(option) for option in options]
    if len(set(folded)) < len(folded):
        return True
    if any("(" in option and plainly(_REMARK.sub("", option)) in folded for option in options):
        return True
    short = {option for option in options if len(option) > 2 and option.isalpha() and option.isupper()}
    if short and any(_initials(option) in short for option in options if option not in short):
        return True
    known = [code for code in map(_countries().get, folded) if code]
    return len(set(known)) < len(known)


def is_joint(option: str, options: Sequence[str]) -> bool:
    """Tell of an option that joins two others: `Both Rome and Oslo`."""
    parts = {plainly(part) for part in _JOINT.split(_BOTH.sub("", option))}
    return len(parts) > 1 and len(parts & {plainly(other) for other in options if other != option}) > 1


def value_of(text: str) -> float | None:
    """Give the value of a number or date in any usual notation."""
    bare = text.strip().casefold()
    if bare in _PLACE:
        return float(_PLACE[bare])
    for pattern in _OTHER_DATES:
        found = pattern.fullmatch(bare)
        month = found and (_MONTHS.get(found["m"]) or (int(found["m"]) if found["m"].isdecimal() else 0))
        if found and month:
            return float(int(found["y"]) * 372 + month * 31 + int(found["d"] or 1) - 31)
    return number(_BEFORE_NUMBER.sub("", text.strip()))


@cache
def _countries() -> Mapping[str, str]:
    return {plainly(name): land.key for land in countries().values() for name in (land.name, *land.aliases)}


def _initials(text: str) -> str:
    return "".join(re.findall(r"\b[A-Z]", text))
