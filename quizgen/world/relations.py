"""The closed vocabulary of relations: what each may join, and what it lets us conclude."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from quizgen.world.entities import BASES, PASSAGES, STATES, EntityKind


@dataclass(frozen=True, slots=True)
class Relation:
    """A kind of statement `subject relation object`.

    `functional` means that a subject has at most one object at a time, so that any other is provably false;
    `mutable` means that it can change, so that a question must say for which day it asks; `symmetric`, that the object
    has the relation to the subject, too. `rivals` names a relation whose other objects are the best traps: whoever
    claims a place, where it is asked who administers it.
    """

    name: str
    domain: frozenset[EntityKind]
    range: frozenset[EntityKind]
    functional: bool = False
    mutable: bool = True
    symmetric: bool = False
    rivals: str = ""


_CITY = frozenset({EntityKind.CITY})
_ORGANISATION = frozenset({EntityKind.ORGANISATION})
_WATER = frozenset({EntityKind.WATER})
_DISPUTED = frozenset({EntityKind.DISPUTED_AREA})
_TREATY = frozenset({EntityKind.TREATY})
_CURRENCY = frozenset({EntityKind.CURRENCY})
_LANGUAGE = frozenset({EntityKind.LANGUAGE})
_REGION = frozenset({EntityKind.REGION})
_FLAG = frozenset({EntityKind.FLAG})
_MAP = frozenset({EntityKind.MAP})

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
            Relation("has_capital", STATES, _CITY),
            Relation("uses_currency", STATES, _CURRENCY),
            Relation("has_official_language", STATES, _LANGUAGE),
            Relation("borders", STATES, STATES, mutable=False, symmetric=True),
            Relation("lies_in", STATES, _REGION, functional=True, mutable=False),
            Relation("has_flag", STATES, _FLAG, functional=True),
            Relation(
                "is_marked_on", STATES | PASSAGES | BASES | _CITY | _DISPUTED, _MAP, functional=True, mutable=False
            ),
        )
    }
)
