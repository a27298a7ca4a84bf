"""Checks of what a deck marks on a map: it has a place on earth, and that place is where the deck says it is."""

from __future__ import annotations

from quizgen.facts.plain_text import short
from quizgen.world import STATES, Entity
from quizgen.world.maps import kilometres_outside
from quizgen.world.pictures import mark_of, point_of

# A base on a reef or a strait between two states lies off the coast; two numbers that changed places lie far away.
FAR = 300


def fault_of(subject: Entity) -> tuple[str, str, str] | None:
    """Say what is wrong with marking a thing on a map: the field, the problem and what to do; None if nothing is."""
    if not mark_of(subject):
        if subject.kind in STATES:
            return "subject", f"no map shows {short(subject.key)}", "it is too small, or has no outline of its own"
        hint = "write at: [latitude, longitude] at its entity, in degrees"
        return "subject", f"'{short(subject.key)}' has no place on the map", hint
    if subject.at and subject.home:
        far = kilometres_outside(subject.home, subject.at)
        if far > FAR:
            message = f"'{short(subject.key)}' lies {far:.0f} km away from {subject.home}, where it is 'in'"
            return "subject", message, "in 'at' the latitude comes first, north and east are positive"
    return None


def object_hint(subject: Entity) -> str:
    """Say how to write the picture of a thing: a country has one by name, of anything else the map is drawn."""
    return "leave 'object' out: the map is drawn from 'at'" if point_of(subject) and subject.kind not in STATES else ""
