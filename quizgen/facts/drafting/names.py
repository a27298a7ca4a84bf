"""Names in a sentence: countries, organisations and places that are known, people by their offices, and the rest."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import pairwise
from types import MappingProxyType

import yaml

from quizgen.facts.drafting.lexicon import DATA, read_lines, words
from quizgen.facts.drafting.tokens import Token, tokens
from quizgen.paths import DECKS
from quizgen.world import BASES, PASSAGES, STATES, Entity, EntityKind, countries
from quizgen.world.former_names import former_names
from quizgen.world.gazetteer import city_homes, city_names, region_names

_SECTION = re.compile(r"^entities:[ ]*\n((?:[ #].*\n|\n)*)", re.MULTILINE)
_READ = frozenset(
    {EntityKind.ORGANISATION, EntityKind.TREATY, EntityKind.CITY, EntityKind.WATER, EntityKind.DISPUTED_AREA}
    | BASES
    | PASSAGES
)
MOST_WORDS = 8


class Sort(StrEnum):
    """What a name names, as far as questions go."""

    COUNTRY = "country"
    ORGANISATION = "organisation"
    TREATY = "treaty"
    PLACE = "place"
    CITY = "city"
    PERSON = "person"
    NAME = "name"
    ADJECTIVE = "adjective"  # Russian: never asked for, but it gives Russia away


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence: its tokens from `first` to before `last`, and what it names where that is known."""

    first: int
    last: int
    text: str
    sort: Sort
    entity: Entity | None = None


_SORTS: Mapping[EntityKind, Sort] = {
    **dict.fromkeys(STATES, Sort.COUNTRY),
    EntityKind.ORGANISATION: Sort.ORGANISATION,
    EntityKind.TREATY: Sort.TREATY,
    EntityKind.CITY: Sort.CITY,
}
_PARTICLES = frozenset({"al", "el", "bin", "ibn", "de", "da", "do", "dos", "del", "della", "van", "von", "der", "la"})
# What is written with a capital letter and is the name of nothing that is asked for.
_NO_NAMES = frozenset(
    {
        "yes",
        "okay",
        "thanks",
        "thank",
        "ladies",
        "excellencies",
        "today",
        "i",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "lord",
        "lady",
        "st",
        "north",
        "south",
        "east",
        "west",
    }
)


@dataclass(frozen=True, slots=True)
class Known:
    """A phrase that is known: its words after the first, and what it names."""

    rest: tuple[str, ...]
    sort: Sort
    entity: Entity | None


@cache
def deck_entities() -> tuple[Entity, ...]:
    """Give what the shipped decks name besides countries: organisations, treaties, places."""
    found: dict[str, Entity] = {}
    for file in sorted(DECKS.glob("*.yaml")):
        section = _SECTION.search(file.read_text(encoding="utf-8"))
        for key, entry in (yaml.safe_load(section[0])["entities"] if section else {}).items():
            if EntityKind(entry["kind"]) in _READ:
                found.setdefault(key, _entity(key, entry))
    return tuple(found.values())


def _entity(key: str, entry: Mapping[str, object]) -> Entity:
    at = entry.get("at")
    aliases = entry.get("aliases")
    return Entity(
        key=key,
        name=str(entry["name"]),
        kind=EntityKind(str(entry["kind"])),
        article=str(entry.get("article", "")),
        aliases=tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else (),
        home=str(entry.get("in", "")),
        at=(float(at[0]), float(at[1])) if isinstance(at, list) else None,
        picture=str(entry.get("picture", "")),
    )


@cache
def _phrases() -> Mapping[str, tuple[Known, ...]]:
    """Give every known name by its first word, the longest first; what is listed first wins."""
    table: dict[tuple[str, ...], Known] = {}
    for text, sort, entity in _known_names():
        parts = tuple(token.text for token in tokens(text))
        if parts and len(parts) <= MOST_WORDS:
            table.setdefault(parts, Known(parts[1:], sort, entity))
    by_first: dict[str, list[Known]] = {}
    for parts, known in table.items():
        by_first.setdefault(parts[0], []).append(known)
    return {first: tuple(sorted(found, key=lambda known: -len(known.rest))) for first, found in by_first.items()}


def _known_names() -> Iterator[tuple[str, Sort, Entity | None]]:
    """Give every name that is known; of two things with one name the first is meant."""
    yield from ((name, Sort.COUNTRY, None) for name in sorted(words("former_states")))
    for country in countries().values():
        yield from ((name, Sort.COUNTRY, country) for name in (country.name, *country.aliases))
        yield from ((name, Sort.COUNTRY, country) for name in former_names(country.key))
    yield from ((name, Sort.ADJECTIVE, None) for name in sorted(words("peoples")))
    for entity in deck_entities():
        yield from ((name, _SORTS.get(entity.kind, Sort.PLACE), entity) for name in (entity.name, *entity.aliases))
    homes = city_homes()
    yield from ((name, Sort.CITY, None) for zone, name in city_names("en").items() if homes.get(zone, "ATA") != "ATA")
    yield from ((name, Sort.PLACE, None) for name in region_names("en").values())
    yield from _demonyms()


def _demonyms() -> Iterator[tuple[str, Sort, Entity | None]]:
    with (DATA / "demonyms.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield from ((word, Sort.ADJECTIVE, countries()[row["code"]]) for word in row["words"].split("|"))


@cache
def _telling() -> Mapping[str, Sort]:
    """Give the words that tell what sort of thing a name names: sea, treaty, council."""
    lists = {"place_words": Sort.PLACE, "treaty_words": Sort.TREATY, "organisation_words": Sort.ORGANISATION}
    return MappingProxyType({word: sort for name, sort in lists.items() for word in words(name)})


def is_telling(word: str) -> bool:
    """Tell whether a word says what sort of thing a name names."""
    return word in _telling()


@cache
def _offices() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Give the offices that are known, as words in small letters, by their first word; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in read_lines("offices.txt"):
        low = tuple(token.low for token in tokens(line))
        found.setdefault(low[0], []).append(low)
    return {first: tuple(sorted(listed, key=len, reverse=True)) for first, listed in found.items()}


def office_sizes(parts: Sequence[Token], at: int) -> Iterator[int]:
    """Give how many words the offices have that begin here, the longest first."""
    for office in _offices().get(parts[at].low, ()):
        if tuple(token.low for token in parts[at : at + len(office)]) == office:
            yield len(office)


def mentions(parts: Sequence[Token], seen: frozenset[str] = frozenset()) -> list[Mention]:
    """Find the names in a sentence, from left to right, none within another.

    `seen` are words that stand with a capital letter inside sentences of the article: only then is the first word of
    a sentence a name for being written with one.
    """
    found: list[Mention] = []
    at = 0
    while at < len(parts):
        mention = _known(parts, at) or _unknown(parts, at, seen)
        if mention:
            found.append(mention)
        at = mention.last if mention else at + 1
    return found


def _known(parts: Sequence[Token], at: int) -> Mention | None:
    for known in _phrases().get(parts[at].text, ()):
        last = at + 1 + len(known.rest)
        fits = tuple(token.text for token in parts[at + 1 : last]) == known.rest
        if fits and (known.sort is Sort.ADJECTIVE or not _goes_on(parts, last)):
            return Mention(at, last, _text(parts, at, last), known.sort, known.entity)
    return None


def _goes_on(parts: Sequence[Token], last: int) -> bool:
    """Tell whether a known name is only the beginning of another: Turkey Creek, New York Times, China Mobile."""
    if last >= len(parts) or not parts[last].is_word or not parts[last].is_capital:
        return False
    return parts[last].text not in _phrases() and not any(office_sizes(parts, last))


def _unknown(parts: Sequence[Token], at: int, seen: frozenset[str]) -> Mention | None:
    if not _begins_name(parts[at]) or (at == 0 and parts[0].low in words("numbers")):
        return None
    last = at + 1
    while last < len(parts) and _continues(parts, last) and not _begins_other(parts, last):
        last += 1
    single = last == at + 1
    if single and at == 0 and parts[at].text not in seen:
        return None
    if at == 0 and not single and parts[0].text not in seen and parts[0].low in words("function") | words("openers"):
        return None
    text = _text(parts, at, last)
    sort = next((_telling()[token.low] for token in reversed(parts[at:last]) if token.low in _telling()), Sort.NAME)
    return Mention(at, last, text, sort)


def _begins_other(parts: Sequence[Token], at: int) -> bool:
    """Tell whether an office or a people's name begins here: "Former Norwegian Prime Minister"."""
    if parts[at - 1].low == "of":
        return False  # the International Court of Justice
    if any(office_sizes(parts, at)):
        return True
    return any(
        known.sort is Sort.ADJECTIVE
        and tuple(token.text for token in parts[at + 1 : at + 1 + len(known.rest)]) == known.rest
        for known in _phrases().get(parts[at].text, ())
    )


def _begins_name(token: Token) -> bool:
    return (
        token.is_word
        and token.is_capital
        and token.low not in words("function")
        and token.low not in words("months")
        and token.low not in words("weekdays")
        and token.low not in _NO_NAMES
    )


def _continues(parts: Sequence[Token], at: int) -> bool:
    token = parts[at]
    if token.is_word and token.is_capital:
        return token.low not in words("months") and token.low not in words("weekdays")
    follows = at + 1 < len(parts) and parts[at + 1].is_word and parts[at + 1].is_capital
    if token.text in ("of", "and") and follows:
        # "Bank of England", "Treaty of Rome"; but "Macron and Scholz" are two.
        return token.text == "of" and parts[at - 1].low in _telling()
    if token.is_number and parts[at - 1].low in ("base", "camp", "article", "resolution"):
        return True
    return token.low.split("-")[0] in _PARTICLES and (follows or "-" in token.text) and token.text[0].islower()


def _text(parts: Sequence[Token], first: int, last: int) -> str:
    text = parts[first].text
    for before, token in zip(parts[first:last], parts[first + 1 : last], strict=False):
        text += " " * (token.start - before.end > 0) + token.text
    return text


def capitals_inside(sentences: Iterable[Sequence[Token]]) -> frozenset[str]:
    """Give the words that stand with a capital letter where a sentence does not begin."""
    return frozenset(
        token.text
        for parts in sentences
        for before, token in pairwise(parts)
        if token.is_word and token.is_capital and before.text not in (".", ":", "“", '"', "?", "!")
    )
