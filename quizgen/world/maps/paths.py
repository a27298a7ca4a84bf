"""Writes shapes as SVG path data: whole tenths of a pixel, each point as the step from the one before."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, pairwise

from quizgen.world.maps.clip import Point

# Coordinates are written in units of so many to the pixel, without a decimal point; the group around is scaled down.
UNITS = 10

CORNERS = 3


def closed(rings: Iterable[list[Point]], dots: bool = False) -> str:
    """Give the data of closed shapes. What is too small to have an area is left out, or with `dots` stays as a dot."""
    return "".join(_ring(ring, dots) for ring in rings)


def _ring(ring: list[Point], dots: bool) -> str:
    points = [(round(x * UNITS), round(y * UNITS)) for x, y in ring]
    if len(points) < CORNERS:
        return f"M{points[0][0]} {points[0][1]}h0" if dots and points else ""
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(points) if (x0, y0) != (x1, y1)]
    if points[0] == points[-1]:
        steps = steps[:-1]  # `z` walks the last step
    if len(steps) < CORNERS - 1:
        return f"M{points[0][0]} {points[0][1]}h0" if dots else ""
    numbers = " ".join(map(str, chain.from_iterable(steps))).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{numbers}z"
