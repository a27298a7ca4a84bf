"""Rings around what is too small to see, rings around places, and numbered marks that never cover each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from math import cos, hypot, radians, sin

from quizgen.world.maps.clip import Box, Point, apart, bounds
from quizgen.world.maps.style import Style

# Tried in this order, in degrees clockwise from the right: above the place first, as pupils know it from map pins.
DIRECTIONS = (-90, -45, -135, 0, 180, 45, 135, 90)
REACHES = (17, 27, 38)

# Islands nearer to each other than this share a ring.
TOGETHER = 26.0


@dataclass(frozen=True, slots=True)
class Ring:
    """A circle around something."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Pin:
    """A numbered disc beside the point that it marks."""

    text: str
    x: float
    y: float
    tip: Point


def rings_around(parts: Sequence[list[Point]], style: Style, visible: float) -> list[Ring]:
    """Give rings around the parts of a subject of which no part is large enough to see; none if one is."""
    boxes = [bounds(part) for part in parts]
    if any(max(box[2] - box[0], box[3] - box[1]) >= visible for box in boxes):
        return []
    return [_ring(group, style) for group in _groups(boxes)]


def _groups(boxes: Iterable[Box]) -> list[list[Box]]:
    """Put boxes that lie near each other, directly or by way of others, into one group."""
    groups: list[list[Box]] = []
    for box in boxes:
        near = [group for group in groups if any(_gap(box, other) < TOGETHER for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([box, *chain.from_iterable(near)])
    return groups


def _gap(one: Box, other: Box) -> float:
    across = max(0.0, one[0] - other[2], other[0] - one[2])
    return hypot(across, max(0.0, one[1] - other[3], other[1] - one[3]))


def _ring(group: list[Box], style: Style) -> Ring:
    left, top = min(box[0] for box in group), min(box[1] for box in group)
    right, bottom = max(box[2] for box in group), max(box[3] for box in group)
    radius = max(style.marker["ring"], hypot(right - left, bottom - top) / 2 + 5)
    return Ring((left + right) / 2, (top + bottom) / 2, radius)


def pins(points: Sequence[Point], taken: Sequence[Box], style: Style) -> list[Pin]:
    """Give a pin for each place, each clear of the frame, of what is taken, of the other discs and of other places."""
    placed: list[Pin] = []
    for number, tip in enumerate(points, start=1):
        others = [point for point in points if point != tip]
        choices = [_pin(str(number), tip, angle, reach) for reach in REACHES for angle in DIRECTIONS]
        placed.append(min(choices, key=lambda pin: _faults(pin, placed, others, taken, style)))
    return placed


def _pin(text: str, tip: Point, angle: float, reach: float) -> Pin:
    return Pin(text, tip[0] + reach * cos(radians(angle)), tip[1] + reach * sin(radians(angle)), tip)


def _faults(
    pin: Pin, placed: Sequence[Pin], others: Sequence[Point], taken: Sequence[Box], style: Style
) -> tuple[int, float]:
    """Count what is wrong with a pin, and how near it is to another where that is wrong."""
    radius = style.marker["radius"] + 2
    gaps = [hypot(pin.x - other.x, pin.y - other.y) for other in placed]
    over = sum(hypot(pin.x - x, pin.y - y) < radius + 2 for x, y in others)
    outside = not (radius <= pin.x <= style.width - radius and radius <= pin.y <= style.height - radius)
    disc = (pin.x - radius, pin.y - radius, pin.x + radius, pin.y + radius)
    covered = sum(not apart(box, disc) for box in taken)
    close = sum(gap < style.marker["gap"] + 1 for gap in gaps)
    faults = 4 * close + 3 * outside + 2 * covered + over
    return faults, -min(gaps, default=0.0) if close else 0.0
