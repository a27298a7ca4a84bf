"""A `Deck` becomes the text of a deck file again: what the workbench saves, and what drafts and imports are written as.

`load_deck` reads from it what was dumped, field by field. Comments and the layout of the author are lost, no more than
that: fields that say what is said without them are left out, and so is `version`, of which there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from quizgen.facts.model import (
    Complete,
    Deck,
    Discussion,
    Fact,
    Listing,
    PlainFact,
    RelationFact,
    Source,
    Status,
    Wrong,
)
from quizgen.facts.yaml_text import Bare, Node, Scalar, yaml_text
from quizgen.world import Entity, PartialDate, Standing, countries
from quizgen.world.pictures import map_of

Tree = dict[Scalar, Node]


def dump(deck: Deck) -> str:
    """Write a deck as a deck file (version 1).

    A deck as it was loaded, or made in code with sources and entities that go together, comes back equal from
    `load_deck`, save for files and lines. One that was moved to another day or language is not written as it was: its
    key is none that a file may have.
    """
    sources, entities = _sources(deck), _entities(deck)
    known = frozenset(entity.key for entity in entities)
    sections: dict[str, Any] = {
        "sources": {source.key: _source(source) for source in sources},
        "entities": {entity.key: _entity(entity) for entity in entities},
        "complete": [_list(claim) for claim in deck.lists or map(_claimed, deck.complete)],
        "discussion": [_discussion(question) for question in deck.discussion],
        "facts": [_fact(fact, deck, known, alone=len(sources) == 1) for fact in deck.facts],
    }
    return yaml_text(_given({**_head(deck), **sections}), apart="facts")


def _head(deck: Deck) -> dict[str, Any]:
    return {
        "deck": deck.key,
        "title": deck.title,
        "description": deck.description,
        "category": " / ".join(deck.category),
        "language": deck.language,
        "as_of": deck.as_of,
    }


def _given(fields: Mapping[str, Any]) -> Tree:
    """Leave out what is not there, and write days, numbers and truth values as what they are."""
    return {name: _node(value) for name, value in fields.items() if value not in ("", None, (), [], {})}


def _node(value: Any) -> Node:
    if isinstance(value, PartialDate):
        return Bare(value.iso)
    if isinstance(value, bool):
        return Bare(str(value).lower())
    if isinstance(value, str | Bare | Mapping):
        return value
    if isinstance(value, Iterable):
        return [_node(part) for part in value]
    return Bare(str(value))


def _sources(deck: Deck) -> list[Source]:
    named = {source.key: source for source in deck.sources}
    for fact in deck.facts:
        named.setdefault(fact.source.key, fact.source)
    return list(named.values())


def _source(source: Source) -> Tree:
    return _given(
        {
            "title": source.title,
            "publisher": source.publisher,
            "url": source.url,
            "retrieved": source.retrieved,
            "published": _when(source.published),
            "note": source.note,
        }
    )


def _when(written: str) -> str | Bare:
    """Write a day without quotes, as everybody does."""
    try:
        return Bare(PartialDate.parse(written).iso)
    except ValueError:
        return written


def _entities(deck: Deck) -> list[Entity]:
    """Give the entities that the file has to name: its own, and of a deck made in code what its facts speak of."""
    named = {entity.key: entity for entity in deck.entities}
    for entity in _spoken_of(deck.facts):
        if entity.key not in named and entity.key not in countries():
            named[entity.key] = entity
    return list(named.values())


def _spoken_of(facts: Iterable[Fact]) -> Iterator[Entity]:
    for fact in facts:
        if isinstance(fact, RelationFact):
            yield fact.subject
            if not _is_drawn(fact):
                yield fact.object


def _is_drawn(fact: RelationFact) -> bool:
    """Tell whether the object is the map that is drawn of the subject."""
    return fact.relation.name == "is_marked_on" and fact.object == map_of(fact.subject)


def _entity(entity: Entity) -> Tree:
    return _given(
        {
            "name": entity.name,
            "kind": entity.kind.value,
            "article": entity.article,
            "in": entity.home,
            "at": entity.at,
            "picture": entity.picture,
            "aliases": entity.aliases,
            "note": entity.note,
        }
    )


def _claimed(claim: Complete) -> Listing:
    return Listing(claim.relation.name, claim.subject, claim.object, claim.since)


def _list(listing: Listing) -> Tree:
    count = listing.count
    return _given(
        {
            "relation": listing.relation,
            "subject": listing.subject,
            "object": listing.object,
            "since": listing.since,
            "whole": None if listing.whole else False,
            "count": {Bare(day.iso): Bare(str(number)) for day, number in count} if isinstance(count, tuple) else count,
        }
    )


def _discussion(question: Discussion) -> Tree:
    return _given({"ask": question.ask, "source": question.source.key if question.source else ""})


def _fact(fact: Fact, deck: Deck, known: frozenset[str], *, alone: bool) -> Tree:
    said = _plain(fact) if isinstance(fact, PlainFact) else _relation(fact, known)
    wrong = [_wrong(one) for one in fact.wrong] if isinstance(fact, PlainFact) else []
    common = {
        "kind": fact.kind,
        "also_true": fact.also_true,
        "difficulty": fact.difficulty.value if fact.difficulty else "",
        "hedged": fact.hedged or None,
        "attribution": fact.attribution,
        "source": "" if alone else fact.source.key,
        "as_of": fact.as_of if fact.as_of != deck.as_of else None,
        "review_by": fact.review_by,
        "status": fact.status.value if fact.status is not Status.REVIEWED else "",
        "quote": fact.quote,
        "place": fact.place,
        "distractors": wrong,
        "explanation": fact.explanation,
        "retired": fact.retired,
        "note": fact.note,
    }
    return _given({"id": fact.key, **said, **common})


def _plain(fact: PlainFact) -> dict[str, Any]:
    return {"ask": fact.ask, "answer": fact.answer, "from": fact.start, "until": fact.end, "set": fact.option_set}


def _relation(fact: Fact, known: frozenset[str]) -> dict[str, Any]:
    if not isinstance(fact, RelationFact):
        return {}
    asserted = fact.standing is Standing.ASSERTED
    return {
        "subject": fact.subject.key,
        "relation": fact.relation.name,
        "object": "" if _is_drawn(fact) and fact.object.key not in known else fact.object.key,
        "from": fact.during.start,
        "until": fact.during.end,
        "standing": "" if asserted else fact.standing.value,
        "ask": False if asserted and not fact.askable else None,
    }


def _wrong(wrong: Wrong) -> Node:
    return _given({"text": wrong.text, "why": wrong.why}) if wrong.why else wrong.text
