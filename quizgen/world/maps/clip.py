"""Cuts shapes: by a rectangle or any convex outline, along the antimeridian, and down to what an eye can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom

TURN = 360.0


def bounds(points: Sequence[Point]) -> Box:
    """Give the smallest box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def apart(one: Box, other: Box) -> bool:
    """Tell whether two boxes have nothing in common."""
    return one[0] > other[2] or one[2] < other[0] or one[1] > other[3] or one[3] < other[1]


def holds(outer: Box, inner: Box) -> bool:
    """Tell whether one box lies within the other."""
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def to_box(ring: list[Point], box: Box) -> list[Point]:
    """Give the part of a ring within a box; most rings lie wholly inside or outside, and are not walked for it."""
    if not ring:
        return []
    extent = bounds(ring)
    if holds(box, extent):
        return ring
    if apart(box, extent):
        return []
    left, top, right, bottom = box
    return to_convex(ring, [(left, top), (right, top), (right, bottom), (left, bottom)])


def to_convex(ring: list[Point], outline: Sequence[Point]) -> list[Point]:
    """Give the part of a ring within a convex outline (Sutherland and Hodgman: one straight cut an edge).

    Where the outline cuts a ring into several pieces, they stay joined along the outline, without any area between. The
    outline of a picture therefore lies a little outside what is seen of it.
    """
    turn = 1.0 if _twice_area(outline) > 0 else -1.0
    for (x0, y0), (x1, y1) in zip(outline, [*outline[1:], outline[0]], strict=True):
        if not ring:
            return ring
        a, b = turn * (y0 - y1), turn * (x1 - x0)
        ring = _cut(ring, a, b, a * x0 + b * y0)
    return ring


def _cut(ring: list[Point], a: float, b: float, c: float) -> list[Point]:
    """Keep the side of a line on which ax + by >= c."""
    kept: list[Point] = []
    x0, y0 = ring[-1]
    before = a * x0 + b * y0 - c
    for point in ring:
        x, y = point
        here = a * x + b * y - c
        if (here >= 0) != (before >= 0):
            along = before / (before - here)
            kept.append((x0 + (x - x0) * along, y0 + (y - y0) * along))
        if here >= 0:
            kept.append(point)
        x0, y0, before = x, y, here
    return kept


def _twice_area(ring: Sequence[Point]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True))


def area(ring: Sequence[Point]) -> float:
    """Give the area of a ring, whichever way round it runs."""
    return abs(_twice_area(ring)) / 2 if ring else 0.0


def inside(point: Point, ring: Sequence[Point]) -> bool:
    """Tell whether a point lies within a ring."""
    x, y = point
    found = False
    for (x0, y0), (x1, y1) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            found = not found
    return found


def unwrapped(ring: Sequence[Point]) -> list[Point]:
    """Make the longitudes of a ring run on beyond 180 instead of jumping; a ring around a pole is closed through it."""
    turned: list[Point] = []
    offset, before = 0.0, ring[0][0]
    for lon, lat in ring:
        if abs(lon - before) > TURN / 2:
            offset += TURN if lon < before else -TURN
        before = lon
        turned.append((lon + offset, lat))
    (first, _), (last, lat) = turned[0], turned[-1]
    if abs(last - first) > TURN / 2:
        pole = -90.0 if lat < 0 else 90.0
        turned += [(last, pole), (first, pole)]
    return turned


def cut_at_seam(ring: Sequence[Point], middle: float, lowest: float, highest: float) -> Iterator[list[Point]]:
    """Cut a ring of longitudes and latitudes where a world map around `middle` has its left and right edge."""
    whole = unwrapped(ring)
    world = (middle - TURN / 2, lowest, middle + TURN / 2, highest)
    for shift in (-TURN, 0.0, TURN):
        piece = to_box([(lon + shift, lat) for lon, lat in whole], world)
        if len(piece) > 2:
            yield piece


def thin(points: Sequence[Point], least: float) -> list[Point]:
    """Leave out points nearer than `least` to the last one kept."""
    kept: list[Point] = []
    last_x = last_y = inf
    for x, y in points:
        if (x - last_x) ** 2 + (y - last_y) ** 2 >= least * least:
            kept.append((x, y))
            last_x, last_y = x, y
    return kept
