"""Decks in another language: names come from CLDR, titles from the wording of that language.

Only what can be said wholly in that language is given: relations between things whose names CLDR knows. Keys and ids
stay, so that whoever speaks of a question means the same one in every language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import yaml

from quizgen.facts.library import Library
from quizgen.facts.model import Deck, Fact, RelationFact
from quizgen.paths import TEMPLATES
from quizgen.problems import Problem, did_you_mean
from quizgen.world import Entity, EntityKind, countries, gazetteer

Names = Mapping[str, str]
# `borders@2020-03-01` is the deck of the borders as of another day.
_AT = "@"
# Shown, and so without a need for a name.
PICTURED = frozenset({EntityKind.FLAG, EntityKind.MAP})
_NAMES: Mapping[EntityKind, Callable[[str], Names]] = {
    EntityKind.REGION: gazetteer.region_names,
    EntityKind.CURRENCY: gazetteer.currency_names,
    EntityKind.LANGUAGE: gazetteer.language_names,
}


def languages() -> list[str]:
    """List the languages that decks can be asked for in: those with names and a wording."""
    return [language for language in gazetteer.LANGUAGES if (TEMPLATES / "questions" / f"{language}.yaml").is_file()]


def in_language(library: Library, language: str) -> tuple[Library, list[Problem]]:
    """Give the decks that can be asked for in a language, and say of the others what is left out.

    A deck that is written in that language stays as it is.
    """
    if language not in languages():
        near = did_you_mean(language, languages())
        hint = near or f"one of: {', '.join(languages())}"
        return Library((), library.changed), [Problem("--language", 0, f"there is no wording in '{language}'", hint)]
    decks: list[Deck] = []
    notes: list[Problem] = []
    for deck in library.decks:
        given = deck if deck.language == language else _translated(deck, language)
        left = len(deck.facts) - len(given.facts)
        if not any(fact.askable for fact in given.facts):
            notes.append(Problem(deck.file, 0, f"deck '{deck.key}' is left out: {_why(deck, language)}", ""))
            continue
        decks.append(given)
        if left:
            facts = f"{left} of {len(deck.facts)} facts left out"
            notes.append(Problem(deck.file, 0, f"{facts} in '{language}': CLDR has no names for them", ""))
    return Library(tuple(decks), library.changed), notes


def _why(deck: Deck, language: str) -> str:
    """Say why nothing of a deck can be asked in a language: it has no sentences, or no names for it."""
    worded = _wording(language)["relations"]
    told = any(isinstance(fact, RelationFact) and fact.worded in worded for fact in deck.facts)
    return "CLDR has no names for it" if told else f"no sentences are written for it in '{language}'"


def _translated(deck: Deck, language: str) -> Deck:
    words = _wording(language)
    head = words.get("decks", {}).get(deck.key.partition(_AT)[0], {})
    title = head.get("title", deck.title)
    _, at, day = deck.key.partition(_AT)
    return replace(
        deck,
        title=f"{title} ({day})" if head and at else title,
        description=head.get("description", ""),
        category=tuple(part.strip() for part in head["category"].split("/")) if head else deck.category,
        language=language,
        translated=True,
        sources=tuple(replace(source, note="") for source in deck.sources),
        facts=tuple(_facts(deck, language, words["relations"])),
        discussion=(),
    )


def _facts(deck: Deck, language: str, relations: Mapping[str, object]) -> Iterator[Fact]:
    for fact in deck.facts:
        if isinstance(fact, RelationFact) and fact.worded in relations:
            subject, object_ = _named(fact.subject, language), _named(fact.object, language)
            if subject and object_:
                source = replace(fact.source, note="")
                plain = replace(fact, source=source, quote="", explanation="", attribution="")
                yield replace(plain, subject=subject, object=object_)


def _named(entity: Entity, language: str) -> Entity | None:
    """Give a thing its name in a language; a picture needs none, as it is shown."""
    name = entity.name if entity.kind in PICTURED else _name(entity, language)
    return replace(entity, name=name, article="", aliases=()) if name else None


def _name(entity: Entity, language: str) -> str:
    if entity.key in countries():
        as_today = entity.name == countries()[entity.key].name  # what it was called before, CLDR does not say
        return gazetteer.names(language).get(entity.key, "") if as_today else ""
    if entity.kind is EntityKind.CITY:
        zones = _zones()
        known = (zones[place] for name in entity.names if (place := (entity.home, _plain(name))) in zones)
        return gazetteer.city_names(language).get(next(known, ""), "")
    if entity.kind is EntityKind.CURRENCY:
        code = _codes(entity.kind).get(_plain(entity.name), "")
        return gazetteer.unit_names(language).get(entity.name, "") or _whole_name(code, language)
    if entity.kind not in _NAMES:
        return ""
    code = _codes(entity.kind).get(_plain(entity.name), "")
    return _NAMES[entity.kind](language).get(code, "")


def _whole_name(code: str, language: str) -> str:
    """Give the whole name of a currency, where what others are called has a name in that language, too."""
    return gazetteer.currency_names(language).get(code, "") if gazetteer.unit_names(language) else ""


@cache
def _codes(kind: EntityKind) -> Names:
    """Give the codes of regions, languages or currencies by their English names, which the decks have."""
    return {_plain(name): code for code, name in _NAMES[kind]("en").items()}


@cache
def _zones() -> Mapping[tuple[str, str], str]:
    """Give the time zones that are named after cities, by country and English name."""
    homes = gazetteer.city_homes()
    return {(homes[zone], _plain(name)): zone for zone, name in gazetteer.city_names("en").items() if zone in homes}


def _plain(name: str) -> str:
    return name.casefold().replace("’", "'")


@cache
def _wording(language: str) -> Mapping[str, Any]:
    text = (TEMPLATES / "questions" / f"{language}.yaml").read_text(encoding="utf-8")
    words: dict[str, Any] = yaml.safe_load(text)
    return words
