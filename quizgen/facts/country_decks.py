"""Makes the decks about all countries from the packaged tables: borders, currencies, languages, regions, flags, maps.

Where the capitals lie is read from the deck of capitals, which is written by hand.

    python -m quizgen.facts.country_decks decks

The heads of the decks stand in `templates/decks`. What a table says and nothing may depend on becomes a fact with
`ask: false`, so that it is no wrong answer either.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from quizgen.facts.currency_units import UNITS_ALIKE, are_taken_for_one_another, unit_of
from quizgen.facts.library import load_deck
from quizgen.facts.model import RelationFact
from quizgen.paths import DECKS as DECK_FILES
from quizgen.paths import TEMPLATES
from quizgen.world import EntityKind, Interval, PartialDate, countries, gazetteer

REVIEW = "review_by: 2027-11-22"
# Currencies that were given up before the euro came are left to historians.
SINCE = date(1999, 1, 1)
FLAG_NOTE = "the flag drawn is that of the republic, as at the United Nations; those who govern since 2021 fly another"
# Whether these are countries of their own, or where they end, is what states dispute: to colour them takes a side.
MAP_NOTES = {
    "PSE": "a question that colours it and calls it a country would take a side, and its borders are not agreed upon",
    "TWN": "a question that colours it and calls it a country would take a side",
    "XKX": "a question that colours it and calls it a country would take a side",
}
CAPITALS = "capitals"
# A question that lists these among countries takes a side in itself, whatever it asks.
NOT_AGREED = frozenset(MAP_NOTES)
WITH_THE = frozenset({"Caribbean", "Channel Islands", "Micronesian Region"})


@dataclass(slots=True)
class Body:
    """What follows the head of a deck: lines of its entities, claims of completeness, and facts."""

    entities: dict[str, str] = field(default_factory=dict)
    complete: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)

    def add(self, id_: str, subject: str, relation: str, object_: str, *more: str) -> None:
        """Add a relation fact; `more` are further fields as they are written, an object that is empty is not."""
        object_ = object_ and f"object: {object_}"
        words = (f"id: {id_}", f"subject: {subject}", f"relation: {relation}", object_, *more)
        self.facts.append(f"  - {{{', '.join(filter(None, words))}}}")

    def picture(self, kind: str, code: str, relation: str, *more: str) -> None:
        """Add a picture of a country and the fact that it is one, explained by where the country lies."""
        key, country, region = f"{kind}-{code.lower()}", countries()[code], gazetteer.subregion_of(code)
        name = f"{kind} of {country.in_text}"
        self.entities[key] = f'name: "{name}", kind: {kind}, article: the, picture: {kind}/{code.lower()}'
        place = f"{'the ' * (region.name in WITH_THE)}{region.name}" if region else ""
        words = f"The United Nations' grouping puts {country.in_text} in {place}."
        where = f'explanation: "{words}"' if region else ""
        self.add(code.lower(), code, relation, key, where, *more)

    def text(self, head: str) -> str:
        """Give the whole deck file."""
        entities = [f"  {key}: {{{words}}}" for key, words in sorted(self.entities.items())]
        parts = {"entities": entities, "complete": self.complete, "facts": self.facts}
        return head + "".join(f"{name}:\n" + "\n".join(lines) + "\n" for name, lines in parts.items() if lines)


def borders() -> Body:
    """Make a fact of each pair of neighbours, once."""
    body = Body()
    doubtful = {frozenset(pair) for pair in gazetteer.doubts("borders")}
    for pair in sorted(map(sorted, gazetteer.borders() | doubtful)):
        first, second = pair
        unasked = _unasked(NOT_AGREED.isdisjoint(pair) and gazetteer.is_askable("borders", first, second))
        body.add(f"{first}-{second}".lower(), first, "borders", second, REVIEW, "source: natural-earth", unasked)
    return body


def currencies() -> Body:
    """Make a fact of each currency of a country and of each time that it was legal tender.

    What may well be said to be tender there, too, is in the deck and not asked about: the dollar in the United States,
    which pay with the US dollar, and what sources differ on.
    """
    body = Body()
    uses_by_unit = _uses()
    for (country, unit), uses in sorted(uses_by_unit.items()):
        key = _currency(body, unit)
        sure = all(gazetteer.is_askable("currency", country, use.code) for use in uses)
        askable = sure and country not in NOT_AGREED
        for number, during in enumerate(_merged(use.during for use in uses)):
            id_ = f"{country.lower()}-{key}" + (f"-{number + 1}" if number else "")
            start = f"from: {during.start.iso}" if during.start else ""
            end = f"until: {during.end.iso}" if during.end else REVIEW
            source = next((use.source for use in uses if use.source), "cldr")
            body.add(id_, country, "uses_currency", key, start, end, f"source: {source}", _unasked(askable))
    for country, unit in sorted(_doubtful_units(uses_by_unit)):
        key = _currency(body, unit)
        id_ = f"{country.lower()}-{key}"
        body.add(id_, country, "uses_currency", key, "source: cldr", REVIEW, _unasked(sure=False))
    for country in dict.fromkeys(code for code, _ in sorted(uses_by_unit)):
        if gazetteer.is_askable("currency", country, gazetteer.ALL):
            body.complete.append(f"  - {{relation: uses_currency, subject: {country}, since: 2000-01-01}}")
    return body


def _currency(body: Body, unit: str) -> str:
    """Add a currency by what it is called, and give its key."""
    key = _slug(unit)
    shared = next((sorted(group - {unit}) for group in UNITS_ALIKE if unit in group), [])
    alike = f", aliases: [{', '.join(shared)}]" * bool(shared)
    body.entities[key] = f'name: "{unit}", kind: currency, article: the{alike}'
    return key


def _doubtful_units(stated: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Give countries with what nobody should have to call false of them, beside what is `stated`."""
    units: dict[str, set[str]] = defaultdict(set)
    for country, unit in stated:
        units[country].add(unit)
    every = set().union(*units.values())
    doubtful = {
        (country, unit)
        for country, own in units.items()
        for unit in every
        if any(are_taken_for_one_another(one, unit) for one in own)
    }
    pairs = {(country, code) for country, code in gazetteer.doubts("currency") if country in units}
    doubtful |= {(country, _unit(code)) for country, code in pairs if code != gazetteer.ALL}
    return doubtful - set(stated)


def languages() -> Body:
    """Make a fact of each official language; one that is official in a part of the country only is not asked about."""
    body = Body()
    names = gazetteer.language_names("en")
    whole: dict[str, bool] = {}
    for use in gazetteer.official_languages():
        if use.territory not in _countries() or use.code not in names:
            continue
        key = _slug(names[use.code])
        sure = gazetteer.is_askable("official_language", use.territory, use.code)
        national = use.status is not gazetteer.LanguageStatus.REGIONAL
        whole[use.territory] = whole.get(use.territory, True) and sure
        body.entities[key] = f'name: "{names[use.code]}", kind: language'
        id_ = f"{use.territory.lower()}-{key}"
        unasked = _unasked(sure and national and use.territory not in NOT_AGREED)
        body.add(id_, use.territory, "has_official_language", key, "source: cldr", REVIEW, unasked)
    stated = {(use.territory, use.code) for use in gazetteer.official_languages()}
    for country, code in sorted(gazetteer.doubts("official_language") - stated):
        if code in names and country in _countries():
            key = _slug(names[code])
            body.entities[key] = f'name: "{names[code]}", kind: language'
            id_ = f"{country.lower()}-{key}"
            body.add(id_, country, "has_official_language", key, "source: cldr", REVIEW, _unasked(sure=False))
    body.complete += [
        f"  - {{relation: has_official_language, subject: {code}}}" for code, sure in sorted(whole.items()) if sure
    ]
    return body


def regions() -> Body:
    """Make a fact of the sub-region that each country lies in; whom the UN's list does not name is not asked about."""
    body = Body()
    for code in sorted(_countries()):
        region = gazetteer.subregion_of(code)
        if region:
            key = _slug(region.name)
            article = ", article: the" * (region.name in WITH_THE)
            body.entities[key] = f'name: "{region.name}", kind: region{article}'
            unasked = _unasked(code not in NOT_AGREED)
            body.add(code.lower(), code, "lies_in", key, REVIEW, "source: cldr", unasked)
    return body


def flags() -> Body:
    """Make a fact of the flag of each country; flags that cannot be told apart are right for one another."""
    body = Body()
    for code in sorted(_countries()):
        same = sorted(other for alike in _same_flags() if code in alike for other in alike - {code})
        also = f"also_true: [{', '.join(same)}]" if same else ""
        unasked = _unasked(gazetteer.is_askable("flag", code, gazetteer.ALL))
        note = f'note: "{FLAG_NOTE}"' if unasked else ""
        body.picture("flag", code, "has_flag", REVIEW, also, unasked, note)
    return body


def countries_on_the_map() -> Body:
    """Make a fact of the place of each country on the map."""
    body = Body()
    for code in sorted(_countries()):
        note = MAP_NOTES.get(code, "")
        body.picture("map", code, "is_marked_on", REVIEW, _unasked(not note), f'note: "{note}"' if note else "")
    return body


def capitals_on_the_map() -> Body:
    """Make a fact of the place of each capital about which the deck of capitals asks: that is, of no disputed one."""
    body = Body()
    capitals, _ = load_deck((DECK_FILES / f"{CAPITALS}.yaml").read_bytes(), f"{CAPITALS}.yaml")
    facts = [fact for fact in capitals.facts if isinstance(fact, RelationFact)] if capitals else []
    for fact in facts:
        city = fact.object
        if fact.relation.name == "has_capital" and fact.askable and city.at and fact.during.holds_on(fact.as_of):
            aliases = ", ".join(f'"{name}"' for name in city.aliases)
            also = f", aliases: [{aliases}]" * bool(aliases)
            place = f"in: {fact.subject.key}, at: [{city.at[0]:.2f}, {city.at[1]:.2f}]"
            body.entities[city.key] = f'name: "{city.name}", kind: city, {place}{also}'
            why = f'explanation: "{city.name} is the capital of {fact.subject.in_text}."'
            difficulty = f"difficulty: {fact.difficulty}" if fact.difficulty else ""
            body.add(city.key, city.key, "is_marked_on", "", REVIEW, difficulty, why)
    return body


DECKS: dict[str, Callable[[], Body]] = {
    "borders": borders,
    "currencies": currencies,
    "languages": languages,
    "regions": regions,
    "flags": flags,
    "countries-on-the-map": countries_on_the_map,
    "capitals-on-the-map": capitals_on_the_map,
}


def deck_text(name: str) -> str:
    """Give the whole text of one of the decks."""
    head = (TEMPLATES / "decks" / f"{name}.yaml").read_text(encoding="utf-8")
    return DECKS[name]().text(head)


@cache
def _countries() -> set[str]:
    return {code for code, entity in countries().items() if entity.kind is EntityKind.COUNTRY}


@cache
def _homes() -> Mapping[str, set[str]]:
    """Give the countries in which each currency was tender since 1999."""
    homes: dict[str, set[str]] = defaultdict(set)
    for use in gazetteer.currencies():
        if use.territory in _countries() and _counts(use):
            homes[use.code].add(use.territory)
    return homes


def _same_flags() -> list[gazetteer.Pair]:
    return [alike.pair for alike in gazetteer.look_alikes() if alike.same and alike.pair <= _countries()]


def _uses() -> dict[tuple[str, str], list[gazetteer.CurrencyUse]]:
    """Gather the uses of currencies by country and by what the currency is called there."""
    uses: dict[tuple[str, str], list[gazetteer.CurrencyUse]] = defaultdict(list)
    for use in gazetteer.currencies():
        if use.territory in _countries() and _counts(use):
            uses[use.territory, _unit(use.code)].append(use)
    return uses


def _unit(code: str) -> str:
    """Give what a currency is called in the deck."""
    return unit_of(code, gazetteer.currency_names("en")[code], shared=len(_homes()[code]) > 1)


def _counts(use: gazetteer.CurrencyUse) -> bool:
    return use.during.end is None or use.during.end.first > SINCE


def _merged(intervals: Iterable[Interval]) -> Iterator[Interval]:
    """Bring together the times that touch: a new leu for the old one is still the leu."""
    open_: Interval | None = None
    for during in sorted(intervals, key=lambda one: one.surely_from):
        if open_ and during.surely_from <= open_.surely_until:
            open_ = Interval(open_.seen, open_.start, _later(open_.end, during.end))
            continue
        if open_:
            yield open_
        open_ = during
    if open_:
        yield open_


def _later(one: PartialDate | None, other: PartialDate | None) -> PartialDate | None:
    return max(one, other, key=lambda day: day.first) if one and other else None


def _unasked(sure: bool) -> str:
    return "" if sure else "ask: false"


def _slug(name: str) -> str:
    """Make a key of a name."""
    plain = name.casefold().translate(str.maketrans("áéíóúñãåäöüçșţʻ’'‑/&", "aeiounaaaoucst      "))
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in plain).split())


def main(folder: Path) -> None:
    """Write the decks."""
    for name in DECKS:
        (folder / f"{name}.yaml").write_text(deck_text(name), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
