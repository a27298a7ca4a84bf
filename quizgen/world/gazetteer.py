"""What the packaged tables say of the world: names, regions, neighbours, currencies, languages and flags.

Takes the files of `data/`; gives them typed and cached. What a table says and nothing may depend on, because sources or
governments differ, is named by `doubts`: it is no stem, no key and no wrong answer.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from quizgen.world.dates import Interval, PartialDate
from quizgen.world.entities import DATA

LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "nl", "pl", "ru", "uk", "ar", "zh", "ja", "tr")

# The day on which the packages were read and compared.
CHECKED = date(2026, 11, 22)

# Stands in `exceptions.csv` for every object of the relation.
ALL = "*"

Pair = frozenset[str]
Row = Mapping[str, str]


class LanguageStatus(StrEnum):
    """By what right a language is official."""

    OFFICIAL = "official"
    IN_PRACTICE = "de_facto_official"
    REGIONAL = "official_regional"


@dataclass(frozen=True, slots=True)
class CurrencyUse:
    """A currency was tender in a territory for a while; `source` is the key of who says so, if not CLDR."""

    territory: str
    code: str
    during: Interval
    source: str = ""


@dataclass(frozen=True, slots=True)
class OfficialLanguage:
    """A language is official in a territory."""

    territory: str
    code: str
    status: LanguageStatus


@dataclass(frozen=True, slots=True)
class Region:
    """A region or sub-region of the UN's standard M49; a region has no parent, and its sub-regions hold its members."""

    code: str
    name: str
    parent: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two flags that are taken for one another; the `same` cannot be told apart with certainty."""

    pair: Pair
    same: bool


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read one table."""
    return tuple(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


@cache
def _table(name: str) -> tuple[Row, ...]:
    return read_rows(DATA / f"{name}.csv")


@cache
def _names(table: str, key: str, language: str) -> Mapping[str, str]:
    return MappingProxyType({row[key]: row[language] for row in _table(table) if row[language]})


def names(language: str) -> Mapping[str, str]:
    """Give the names of all territories in a language, by alpha-3 code."""
    return _names("names", "code", language)


def region_names(language: str) -> Mapping[str, str]:
    """Give the names of regions and sub-regions, by M49 code."""
    return _names("regions", "code", language)


def currency_names(language: str) -> Mapping[str, str]:
    """Give the names of currencies, as of one piece; some languages have none for those of long ago."""
    return _names("currency_names", "code", language)


def unit_names(language: str) -> Mapping[str, str]:
    """Give what currencies are called in a few languages, by what they are called in English: the dollar, the pound."""
    table = _table("currency_units")
    return _names("currency_units", "unit", language) if language in table[0] else MappingProxyType({})


def language_names(language: str) -> Mapping[str, str]:
    """Give the names of languages; some languages have none for small ones."""
    return _names("language_names", "code", language)


def city_names(language: str) -> Mapping[str, str]:
    """Give the names of cities by their time zone, such as `Europe/London`."""
    return _names("cities", "zone", language)


@cache
def city_homes() -> Mapping[str, str]:
    """Give the territory of each city that names a time zone."""
    return _names("cities", "zone", "country")


@cache
def regions() -> tuple[Region, ...]:
    """Give the five regions and their sub-regions."""
    return tuple(
        Region(row["code"], row["en"], row["parent"], frozenset(filter(None, row["members"].split("|"))))
        for row in _table("regions")
    )


@cache
def _subregions() -> Mapping[str, Region]:
    return MappingProxyType({code: region for region in regions() for code in region.members})


def subregion_of(code: str) -> Region | None:
    """Give the sub-region that a territory lies in; None for the few that M49 puts in none."""
    return _subregions().get(code)


@cache
def borders() -> frozenset[Pair]:
    """Give the pairs of countries with a common border on land; among the 197, a pair that is not here has none."""
    return frozenset(frozenset((code, other)) for code, others in neighbours().items() for other in others)


@cache
def neighbours() -> Mapping[str, frozenset[str]]:
    """Give the neighbours of every country; those of an island state are none."""
    rows = _table("borders")
    return MappingProxyType({row["code"]: frozenset(filter(None, row["neighbours"].split("|"))) for row in rows})


@cache
def currencies() -> tuple[CurrencyUse, ...]:
    """Give what was tender where, and when.

    CLDR often writes the day of a change where both were tender for some weeks: what `tender_days.csv` says of a
    currency in a territory takes the place of all that CLDR says of it there.
    """
    mended = {(row["territory"], row["currency"]) for row in _table("tender_days")}
    kept = (row for row in _table("currencies") if (row["territory"], row["currency"]) not in mended)
    uses = (_use(row) for row in (*kept, *_table("tender_days")))
    return tuple(sorted(uses, key=lambda use: (use.territory, use.code, use.during.surely_from)))


def _use(row: Row) -> CurrencyUse:
    return CurrencyUse(row["territory"], row["currency"], _interval(row), row.get("source", ""))


def _interval(row: Row) -> Interval:
    start, end = (PartialDate.parse(row[name]) if row[name] else None for name in ("from", "until"))
    return Interval(CHECKED, start, end)


@cache
def official_languages() -> tuple[OfficialLanguage, ...]:
    """Give which languages are official where."""
    return tuple(
        OfficialLanguage(row["territory"], row["language"], LanguageStatus(row["status"]))
        for row in _table("languages")
    )


@cache
def look_alikes() -> tuple[LookAlike, ...]:
    """Give the pairs of flags that are taken for one another."""
    return tuple(
        LookAlike(frozenset((row["one"], row["other"])), row["verdict"] == "same") for row in _table("look_alikes")
    )


def flag_path(code: str) -> Path | None:
    """Give the file of a flag; None where there is none."""
    path = DATA / "flags" / f"{code.lower()}.svg"
    return path if path.exists() else None


@cache
def doubts(relation: str) -> frozenset[tuple[str, str]]:
    """Give the pairs of subject and object that no question may depend on; an object `*` stands for all of them."""
    doubtful: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in _table("exceptions"):
        if row["verdict"] == "unasked":
            doubtful[row["relation"]].add((row["subject"], row["object"]))
    turned = {(object_, subject) for subject, object_ in doubtful["borders"]}
    return frozenset(doubtful[relation] | (turned if relation == "borders" else set()))


def is_askable(relation: str, subject: str, object_: str) -> bool:
    """Tell whether a question may depend on this being true, or false."""
    return doubts(relation).isdisjoint({(subject, object_), (subject, ALL)})
