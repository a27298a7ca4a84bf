"""Is a question dated, and is it neutral: rules over its words."""

from __future__ import annotations

import calendar
import re

from quizgen.facts.loaded_words import takes_side
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import unquoted

_MONTHS = "|".join(calendar.month_name[1:])
_DATE = re.compile(rf"\b(\d{{1,2}} )?({_MONTHS}) \d{{4}}\b|\b(1[89]|20)\d\d\b")
_UNDATED = re.compile(
    r"\b(now|nowadays|currently|current|today|today's|recent|recently|at present|presently|(?<!of )these days"
    r"|latest|newest|so far|to date|still|at the moment|incumbent|lately|to this day|until now|up to now|modern times"
    r"|of late(?=\W*$)|as things stand|as we speak|at the time of writing|(last|past) few (weeks|months|years)"
    r"|(this|last) (week|month|year|decade|century))\b",
    re.IGNORECASE,
)
_ATTRIBUTED = re.compile(r"\b(administer\w*|claim\w*|according to|disput\w*)\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"\b(called|named|known as|names? (of|for|does|do))( the)?\W*$")
_NAMED_AFTER = re.compile(r"^\W*((is|are|was|were|also) )*(called|named|known as)\b")


def has_date(text: str) -> bool:
    """Tell whether a text names a day, a month or a year."""
    return bool(_DATE.search(text))


def is_undated(item: Item) -> bool:
    """Tell of words that mean the day of reading, which nobody knows, in a stem that names no date."""
    return bool(_UNDATED.search(unquoted(item.stem))) and not has_date(item.stem)


def is_loaded(item: Item) -> bool:
    """Tell of words that take a side, outside quotations."""
    return takes_side(unquoted(" / ".join((item.stem, *item.options))))


def is_unattributed(item: Item, disputed: frozenset[str], others: frozenset[str]) -> bool:
    """Tell of a disputed place that is spoken of otherwise than as administered or claimed by somebody.

    `others` are names that hold the name of a disputed place and are not disputed: the Strait of Gibraltar.
    """
    stem = item.stem.casefold()
    for name in others:
        stem = stem.replace(name, " ")
    said = [stem.partition(name) for name in disputed if name in stem]
    if not said or _ATTRIBUTED.search(" ".join((item.stem, *item.options))):
        return False
    return not any(_NAMED_BEFORE.search(before) or _NAMED_AFTER.search(after) for before, _, after in said)
