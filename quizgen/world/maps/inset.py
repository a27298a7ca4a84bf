"""The small map of the world that shows where the frame of the large one lies."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from quizgen.world.maps.canvas import RegionCanvas, WorldCanvas, inset_canvas
from quizgen.world.maps.clip import Box, Point, area, bounds, to_box
from quizgen.world.maps.paths import closed
from quizgen.world.maps.style import Style, style

# Around these meridians the seam of the small map lies in an ocean; the first is the one that pupils know.
USUAL, PACIFIC = 10.0, 190.0


@dataclass(frozen=True, slots=True)
class Inset:
    """Where the small map stands, and the outline of the frame on it."""

    corner: Point
    width: float
    height: float
    land: str
    outline: list[Point]


def inset(ground: RegionCanvas, look: Style, busy: Sequence[Point], land: Sequence[list[Point]]) -> Inset | None:
    """Give the small map, in the corner where it covers nothing that matters, and of these where it covers least land.

    There is none where the frame reaches over a pole: its outline on the small map would be a riddle, and so large a
    frame explains itself.
    """
    places = list(_edge(ground, look))
    meridian = next((lon for lon in (USUAL, PACIFIC) if _within(places, lon)), None)
    if meridian is None:
        return None
    world, small = _world(meridian)
    right, bottom = look.inset["width"], world.box[3] - 2
    outline = _large_enough([world.point(lat, lon) for lat, lon in places], look)
    corners = [(corner, box_at(corner, right, bottom)) for corner in _corners(right, bottom, look)]
    corner, _ = min(corners, key=lambda at: (_covered(at[1], busy), _hidden(at[1], land)))
    return Inset(corner, right, bottom, small, outline)


@cache
def _world(meridian: float) -> tuple[WorldCanvas, str]:
    look = style()
    world = inset_canvas(meridian, look.inset["width"], look)
    return world, closed([ring for shape in world.shapes for ring in world.rings(shape)])


def _edge(ground: RegionCanvas, look: Style) -> Iterable[tuple[float, float]]:
    """The places along the frame of the large map, clockwise."""
    w, h, n = look.width, look.height, 12
    corners = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h), (0.0, 0.0)]
    for (x0, y0), (x1, y1) in pairwise(corners):
        for i in range(n):
            yield ground.projection.place(x0 + (x1 - x0) * i / n, y0 + (y1 - y0) * i / n)


def _within(places: Iterable[tuple[float, float]], meridian: float) -> bool:
    """Tell whether the frame's outline is clear of the seam of a map around a meridian."""
    turned = [(lon - meridian + 180) % 360 - 180 for _, lon in places]
    return not any(abs(b - a) > 180 for a, b in pairwise([*turned, turned[0]]))


def _large_enough(outline: list[Point], look: Style) -> list[Point]:
    left, top, right, bottom = bounds(outline)
    least = look.inset["smallest"]
    if right - left >= least:
        return outline
    x, y = (left + right) / 2, (top + bottom) / 2
    across, up = least / 2, least * look.height / look.width / 2
    return [(x - across, y - up), (x + across, y - up), (x + across, y + up), (x - across, y + up)]


def _corners(width: float, height: float, look: Style) -> list[Point]:
    edge = look.inset["margin"]
    right, bottom = look.width - width - edge, look.height - height - edge
    return [(edge, bottom), (right, bottom), (edge, edge), (right, edge)]


def _covered(box: Box, busy: Sequence[Point]) -> int:
    left, top, right, bottom = box
    return sum(left <= x <= right and top <= y <= bottom for x, y in busy)


def _hidden(box: Box, land: Sequence[list[Point]]) -> float:
    return round(sum(area(to_box(ring, box)) for ring in land), 1)


def box_at(corner: Point, width: float, height: float) -> Box:
    """Give the box that the small map covers, with a little room around it."""
    return corner[0] - 3, corner[1] - 3, corner[0] + width + 3, corner[1] + height + 3
