"""Dates, years and numbers in a sentence of any language that the rules know; others give bare numbers only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from quizgen.facts.drafting.lexicon import ENGLISH, Tongue, tongue
from quizgen.world import PartialDate

_NUMBER = r"\d{1,3}(?:[.,  \u00a0\u202f]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_YEAR = re.compile(r"(?<![\w.,-])(?:1[0-9]|20)\d\d(?![\w%-]|[.,]\d)")
_ENGLISH_BEFORE = frozenset(
    {
        "in",
        "since",
        "of",
        "until",
        "by",
        "from",
        "to",
        "before",
        "after",
        "year",
        "during",
        "between",
        "and",
        "early",
        "late",
    }
)


@dataclass(frozen=True, slots=True)
class Span:
    """A date or a number in a sentence: `sentence[start:end]`; `value` is a date's value where it is known."""

    start: int
    end: int
    text: str
    sort: str  # date, year or number
    when: PartialDate | None = None


def dates(text: str, language: str) -> list[Span]:
    """Find the dates and years of a sentence, from left to right."""
    known = tongue(language)
    found = [_date(match, known) for match in _days(language).finditer(text)] if known.months else []
    taken = [(span.start, span.end) for span in found]
    others = [_as_year(match) for match in _YEAR.finditer(text) if _is_year(text, match, known)]
    if known.months:
        others += [Span(*match.span(), match[0], "date") for match in _yearless(language).finditer(text)]
    found += [span for span in others if not any(start <= span.start < end for start, end in taken)]
    return sorted(found, key=lambda span: span.start)


def numbers(text: str, language: str) -> list[Span]:
    """Find the numbers of a sentence that are no dates, with the words that make them large: `2.5 million`."""
    taken = [(span.start, span.end) for span in dates(text, language)]
    found = []
    for match in _amounts(language).finditer(text):
        free = not any(start < match.end() and match.start() < end for start, end in taken)
        if free and not _YEAR.fullmatch(match[0]):
            found.append(Span(*match.span(), match[0], "number"))
    return found


@cache
def _days(language: str) -> re.Pattern[str]:
    months = "|".join(re.escape(month) for month in sorted(tongue(language).months, key=len, reverse=True))
    of = r"(?:de |del |d['’])?"
    return re.compile(
        rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)? {of}(?:of )?)?(?P<month>{months})"
        rf"(?: (?P<late>\d{{1,2}})(?:st|nd|rd|th)?,)? {of}(?P<year>(?:1[0-9]|20)\d\d)(?!\w)",
        re.IGNORECASE,
    )


@cache
def _yearless(language: str) -> re.Pattern[str]:
    """Find a day without its year: 31 January, July 4."""
    months = "|".join(re.escape(month) for month in sorted(tongue(language).months, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,])(?:\d{{1,2}}(?:er|\.|º)? (?:de )?(?:{months})|(?:{months}) \d{{1,2}})(?!\w)", re.IGNORECASE
    )


@cache
def _amounts(language: str) -> re.Pattern[str]:
    large = "|".join(re.escape(word) for word in sorted(tongue(language).magnitudes, key=len, reverse=True))
    return re.compile(
        rf"(?<![\w.,/-])(?:{_NUMBER})(?:[  \u00a0-](?:{large})(?!\w))?(?![\w-]|[.,]\d)"
        if large
        else rf"(?<![\w.,/-])(?:{_NUMBER})(?![\w-]|[.,]\d)"
    )


def _date(match: re.Match[str], known: Tongue) -> Span:
    names = list(known.months)
    month = names.index(match["month"].casefold()) % 12 + 1 if len(names) in (12, 24) else 0
    day = match["day"] or match["late"]
    written = f"{match['year']}-{month:02}" + (f"-{int(day):02}" if day else "")
    try:
        when = PartialDate.parse(written) if month else None
    except ValueError:
        when = None
    return Span(match.start(), match.end(), match[0], "date", when)


def _as_year(match: re.Match[str]) -> Span:
    return Span(*match.span(), match[0], "year", PartialDate.parse(match[0]))


def _is_year(text: str, match: re.Match[str], known: Tongue) -> bool:
    before = re.findall(r"\w+|\(", text[max(0, match.start() - 24) : match.start()])
    last = before[-1].casefold() if before else ""
    after = re.match(r"\W{0,2}(\w+)", text[match.end() :])
    if known.code == ENGLISH:
        return last in _ENGLISH_BEFORE or last == "("
    following = after[1].casefold() if after else ""
    return last in known.before_year or following in known.after_year
