"""Mutations of a deck's fact: each gives it one fault, or None where that fault cannot be made of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from quizgen.facts import Fact, Library, PlainFact, RelationFact
from quizgen.world import Entity, EntityKind, countries
from tests import mutation_words as say
from tests.mutations_of_banks import AS_OF

NOT_SO = "The article says otherwise."
AUDITED_ON = date(2026, 12, 31)


@dataclass(frozen=True)
class Edit:
    """What to write into the YAML of one fact; with `copy`, into a copy of it that is put below under that id."""

    fields: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    copy: str = ""


def also_right(fact: Fact, dice: Random, library: Library) -> Edit | None:
    """A wrong option that is right too: another name of the answer, or what the fact itself calls true."""
    if not isinstance(fact, PlainFact):
        return None
    names = {name for e in _entities(library) if fact.answer.casefold() in e.names for name in (e.name, *e.aliases)}
    ways = [Edit({"also_true": [dice.choice(fact.wrong).text.upper()]})] if fact.wrong else []
    wrong = [{"text": one.text, "why": one.why or NOT_SO} for one in fact.wrong[:2]]
    same = [*sorted(names - {fact.answer}), *(way(fact.answer) for way in say.WRITTEN)]
    ways += [Edit({"distractors": [{"text": text, "why": NOT_SO}, *wrong]}) for text in same]
    ways += [
        Edit({"also_true": [other.key], "distractors": [{"text": other.answer, "why": NOT_SO}, *wrong]})
        for other in _siblings(fact, library)
    ]
    return dice.choice(ways)


def longest(fact: Fact, dice: Random, _: Library) -> Edit | None:
    """A key that says much more than its rivals."""
    return Edit({"answer": fact.answer + dice.choice(say.CLAUSES)}) if isinstance(fact, PlainFact) else None


def undated(fact: Fact, dice: Random, _: Library) -> Edit | None:
    """A stem in the time of whoever reads it, without a day."""
    if not isinstance(fact, PlainFact) or re.search(r"\b\d{4}\b", AS_OF.sub("", fact.ask)):
        return None
    bare = AS_OF.sub("", fact.ask)
    bare = bare[0].upper() + bare[1:]
    ways = [way.format(bare, lower=bare[0].lower() + bare[1:], open=bare[:-1]) for way in say.RELATIVE]
    return Edit({"ask": dice.choice([*ways, bare] if bare != fact.ask else ways)})


def quoted_wrongly(fact: Fact, dice: Random, library: Library) -> Edit | None:
    """A quotation with one word changed."""
    words = fact.quote.split()
    if not words:
        return None
    place = dice.randrange(len(words))
    others = sorted({word for other in library.facts for word in other.quote.split()} - {words[place]})
    ways = [*dice.sample(others, 3), words[place] + "s", words[place][:-1] or "a", words[place].swapcase()]
    return Edit({"quote": " ".join([*words[:place], dice.choice(ways), *words[place + 1 :]])})


def loaded(fact: Fact, dice: Random, _: Library) -> Edit | None:
    """A word that takes a side, before or after a name in the stem."""
    if not isinstance(fact, PlainFact):
        return None
    names = list(re.finditer(r"(?<=\s)[A-Z][\w’'-]+", fact.ask))
    if not names:
        return None
    name = dice.choice(names)
    text = dice.choice(say.LOADED).format(name[0])
    return Edit({"ask": fact.ask[: name.start()] + text + fact.ask[name.end() :]})


def negative(fact: Fact, dice: Random, _: Library) -> Edit | None:
    """A stem that asks for what is not so."""
    if not isinstance(fact, PlainFact):
        return None
    verb = re.search(r"\b(is|are|was|were|did|does|do|has|have)\b", fact.ask)
    ways = [way.format(fact.ask, lower=fact.ask[0].lower() + fact.ask[1:]) for way in say.NEGATIVE_FRAMES]
    if verb:
        ways += [fact.ask[: verb.start()] + verb[0] + no + fact.ask[verb.end() :] for no in say.NOT]
    return Edit({"ask": dice.choice(ways)})


def leaked(fact: Fact, dice: Random, library: Library) -> Edit | None:
    """A word of the answer, and of no rival, in the stem."""
    if not isinstance(fact, PlainFact):
        return None
    rivals = [wrong.text for wrong in fact.wrong] + [other.answer for other in _siblings(fact, library)]
    taken = set(re.findall(r"\w+", " ".join([*rivals, fact.ask]).casefold()))
    words = [word for word in re.findall(r"\w+", fact.answer) if word.casefold() not in taken | say.LITTLE]
    return Edit({"ask": dice.choice(say.LEAKS).format(fact.ask, word=dice.choice(words))}) if words else None


def unattributed(fact: Fact, dice: Random, library: Library) -> Edit | None:
    """A question that gives a disputed place to somebody."""
    if not isinstance(fact, PlainFact):
        return None
    places = [e for e in _entities(library) if e.kind is EntityKind.DISPUTED_AREA]
    place = dice.choice(places)
    name = dice.choice([place.in_text, *place.aliases])
    return Edit({"ask": dice.choice(say.WHOSE).format(name)})


def past_its_day(fact: Fact, dice: Random, library: Library) -> Edit | None:
    """A day of review that has passed when the audit is made."""
    first = max(deck.as_of for deck in library.decks)
    return Edit({"review_by": first + timedelta(days=dice.randint(1, (AUDITED_ON - first).days - 1))})


def contradicting(fact: Fact, dice: Random, library: Library) -> Edit | None:
    """A second fact that cannot be true if the first is."""
    if isinstance(fact, PlainFact):
        return Edit({"answer": f"not {fact.answer}"}, copy=f"{fact.key}-again")
    if not isinstance(fact, RelationFact) or not fact.askable:
        return None
    ways: list[Edit] = []
    if fact.relation.functional:
        facts = [f for f in library.facts if isinstance(f, RelationFact) and f.deck == fact.deck]
        others = sorted({f.object.key for f in facts if f.relation == fact.relation} - {fact.object.key})
        ways += [Edit({"object": dice.choice(others)}, copy=f"{fact.key}-again")] if others else []
    if fact.during.start and not fact.during.end:
        start = str(fact.during.start.first.year - dice.randint(1, 9)) + fact.during.start.iso[4:]
        ways.append(Edit({"from": start}, copy=f"{fact.key}-again"))
    return dice.choice(ways) if ways else None


def _siblings(fact: PlainFact, library: Library) -> list[PlainFact]:
    plain = (other for other in library.facts if isinstance(other, PlainFact) and other != fact)
    return [
        other for other in plain if fact.option_set and (other.deck, other.option_set) == (fact.deck, fact.option_set)
    ]


def _entities(library: Library) -> list[Entity]:
    of_facts = {e.key: e for f in library.facts if isinstance(f, RelationFact) for e in (f.subject, f.object)}
    return list((dict(countries()) | of_facts).values())
