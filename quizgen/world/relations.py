"""The closed vocabulary of relations: what each may join, and what it lets us conclude."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from quizgen.world.entities import BASES, PASSAGES, STATES, EntityKind


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of statement `subject relation object`.

    `functional` means that a subject has at most one object at a time, so that any other is provably false;
    `mutable` means that it can change, so that a question must say for which day it asks. `rivals` names a relation
    whose other objects are the best traps: whoever claims a place, where it is asked who administers it.
    """

    name: str
    domain: frozenset[EntityKind]
    range: frozenset[EntityKind]
    functional: bool = False
    mutable: bool = True
    rivals: str = ""


_CITY = frozenset({EntityKind.CITY})
_ORGANISATION = frozenset({EntityKind.ORGANISATION})
_WATER = frozenset({EntityKind.WATER})
_DISPUTED = frozenset({EntityKind.DISPUTED_AREA})
_TREATY = frozenset({EntityKind.TREATY})

RELATIONS = MappingProxyType(
    {
        relation.name: relation
        for relation in (
            Relation("member_of", STATES, _ORGANISATION),
            Relation("party_to", STATES, _TREATY),
            Relation("has_seat_among", STATES, _ORGANISATION),
            Relation("headquartered_in", _ORGANISATION, _CITY, functional=True),
            Relation("operated_by", BASES, STATES, functional=True),
            Relation("located_in", BASES | _CITY, STATES, functional=True, mutable=False),
            Relation("bordered_by", PASSAGES, STATES, mutable=False),
            Relation("connects", PASSAGES, _WATER, mutable=False),
            Relation("administered_by", _DISPUTED, STATES, functional=True, rivals="claimed_by"),
            Relation("claimed_by", _DISPUTED, STATES),
        )
    }
)
