"""A deck as of another day: what held then, and what countries were called."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from quizgen.facts.model import Deck, Fact, RelationFact
from quizgen.world import Entity, named_on, written_day


def key_on(key: str, day: date) -> str:
    """Give the key that a deck has as of another day."""
    return f"{key}@{day.isoformat()}"


def deck_on(deck: Deck, day: date) -> Deck:
    """Move a deck to another day.

    It gets a key and a title of its own (`nato@2020-03-01`), for a learner may have both. Questions in an author's own
    words speak of the deck's day, so that they are left out on earlier ones; on later ones everything is left out that
    had to be looked at again before.
    """
    facts = (_fact(fact, deck, day) for fact in deck.facts if _is_known(fact, day))
    return replace(
        deck, key=key_on(deck.key, day), title=f"{deck.title} ({written_day(day)})", as_of=day, facts=tuple(facts)
    )


def _is_known(fact: Fact, day: date) -> bool:
    return not fact.is_stale(day) and (isinstance(fact, RelationFact) or day >= fact.as_of)


def _fact(fact: Fact, deck: Deck, day: date) -> Fact:
    # A list that is known as of a day of its own is known no longer.
    then = day if fact.as_of == deck.as_of else min(day, fact.as_of)
    moved = replace(fact, deck=key_on(deck.key, day), as_of=then)
    if isinstance(moved, RelationFact):
        return replace(moved, subject=_called(moved.subject, day), object=_called(moved.object, day))
    return moved


def _called(entity: Entity, day: date) -> Entity:
    name = named_on(entity.key, day)
    return replace(entity, name=name.name, article=name.article) if name else entity
