"""Where a place lies on our outlines: on land or in water, how far from a coast, in or near which country.

All distances are in kilometres. The corners of an outline stand for it: at 1:10 million they lie some kilometres apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import acos, inf, radians

from quizgen.world.maps.clip import inside, unwrapped
from quizgen.world.maps.projection import EARTH_KM
from quizgen.world.maps.subject import Place
from quizgen.world.maps.topology import Detail, Shape, Vector, atlas, vector


def kilometres_outside(code: str, at: Place) -> float:
    """Give how far a place lies outside the circles around a country's parts: quick, and too small rather than too far.

    Zero as well for a country that no map shows.
    """
    here = vector(*at)
    shapes = atlas(Detail.NORMAL).of(code)
    return (
        max(0.0, min((_angle(here, shape.middle) - radians(shape.radius) for shape in shapes), default=0.0)) * EARTH_KM
    )


def kilometres_from_country(code: str, at: Place) -> float:
    """Give how far a place lies from a country on the finest outlines; zero within."""
    world = atlas(Detail.FINE)
    shapes = world.of(code)
    if any(_within(at, shape) for shape in shapes):
        return 0.0
    edges = (world.edge_vectors(ring) for shape in shapes for ring in shape.rings)
    return _nearest(at, (corner for edge in edges for corner in edge))


def is_on_land(at: Place) -> bool:
    """Tell whether a place lies on land, on the finest outlines; lakes are land."""
    return any(_within(at, shape) for shape in atlas(Detail.FINE).shapes)


def kilometres_from_coast(at: Place) -> float:
    """Give how far a place lies from the nearest coast, from either side."""
    here, world = vector(*at), atlas(Detail.FINE)
    near = {
        arc for shape in world.shapes if _angle(here, shape.middle) < radians(shape.radius + 5) for arc in _arcs(shape)
    }
    return _nearest(at, (corner for arc in near & _coasts() for corner in world.vectors(arc)))


@cache
def _coasts() -> frozenset[int]:
    """The arcs that belong to one shape only: every other is a border."""
    counts = Counter(arc for shape in atlas(Detail.FINE).shapes for arc in _arcs(shape))
    return frozenset(arc for arc, count in counts.items() if count == 1)


def _arcs(shape: Shape) -> Iterable[int]:
    return {arc if arc >= 0 else ~arc for ring in shape.rings for arc in ring}


def _within(at: Place, shape: Shape) -> bool:
    if _angle(vector(*at), shape.middle) > radians(shape.radius):
        return False
    world = atlas(Detail.FINE)
    return sum(_turns_around(at, world.edge(ring)) for ring in shape.rings) % 2 == 1


def _turns_around(at: Place, edge: list[tuple[float, float]]) -> bool:
    ring = unwrapped(edge)
    return any(inside((at[1] + turn, at[0]), ring) for turn in (-360.0, 0.0, 360.0))


def _nearest(at: Place, corners: Iterable[Vector]) -> float:
    x, y, z = vector(*at)
    best = max((x * a + y * b + z * c for a, b, c in corners), default=-inf)
    return inf if best == -inf else acos(min(1.0, best)) * EARTH_KM


def _angle(one: Vector, other: Vector) -> float:
    """Give the angle between two points of the globe, in radians."""
    return acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))
