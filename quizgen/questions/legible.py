"""Whether a pupil can tell the marks of a map apart, on a phone: what could be misread is never a wrong answer."""

from __future__ import annotations

from functools import cache
from math import radians

from quizgen.questions.drafts import Candidate, great_circle
from quizgen.questions.model import Question
from quizgen.questions.pictures import map_subject
from quizgen.world import STATES, Entity
from quizgen.world.maps import kilometres_across, label_place, pixels_between
from quizgen.world.maps.projection import EARTH_KM
from quizgen.world.maps.style import style
from quizgen.world.maps.topology import Detail, Shape, atlas
from quizgen.world.pictures import mark_of, subject_of

# A number on so small a state may be read as one on the larger country around or beside it.
TINY = 3_000.0  # square kilometres
BESIDE = 0.03  # radians: two hundred kilometres
# Kilometres: whatever the map, these two are one place to a pupil.
ONE_PLACE = 40.0


def shares_a_ring(subject: Entity, other: Candidate) -> bool:
    """Tell whether another place lies so near the ring around a thing that this may be read as a ring around that."""
    if not (subject.at and other.at):
        return True
    apart = great_circle(subject.at, other.at) * EARTH_KM
    across = kilometres_across(subject_of(mark_of(subject)))
    return apart < max(ONE_PLACE, across * style().marker["apart"] / style().width)


def is_legible(question: Question) -> bool:
    """Tell whether the numbers of a map stand on places that are told apart on a phone."""
    shown = question.picture
    return shown is not None and pixels_between(map_subject(shown.shows, numbered=True)) >= style().marker["tips"]


def is_unclear(subject: Entity, other: Candidate) -> bool:
    """Tell whether a number on another country or place might be read as one on the subject."""
    if subject.kind in STATES:
        return may_be_taken_for(subject.key, other.key)
    return not (subject.at and other.at) or great_circle(subject.at, other.at) * EARTH_KM < ONE_PLACE


def may_be_taken_for(one: str, other: str) -> bool:
    """Tell whether a number on one of two countries may be read as one on the other: on Italy's map, the Vatican's."""
    if (one in _tiny()) == (other in _tiny()):
        return False
    small, large = (one, other) if one in _tiny() else (other, one)
    near = (great_circle(label_place(small), (part.lat, part.lon)) - radians(part.radius) for part in _parts(large))
    return any(angle < BESIDE for angle in near)


def _parts(code: str) -> list[Shape]:
    """Give the parts of a country that are large enough to bear a number."""
    return [shape for shape in atlas(Detail.NORMAL).of(code) if shape.area >= TINY]


@cache
def _tiny() -> frozenset[str]:
    return frozenset(code for code in atlas(Detail.NORMAL).labels if not _parts(code))
