"""Says what a pupil could not read in the map of one country."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise
from math import hypot

from quizgen.world.maps.canvas import BLEED, RegionCanvas
from quizgen.world.maps.clip import Box, Point, area, bounds, to_box
from quizgen.world.maps.draw import Picture
from quizgen.world.maps.framing import main_shapes
from quizgen.world.maps.style import style
from quizgen.world.maps.topology import atlas, vector

LOOK = style()
SEEN: Box = (0.0, 0.0, LOOK.width, LOOK.height)
CUT: Box = (-BLEED, -BLEED, LOOK.width + BLEED, LOOK.height + BLEED)

LONGEST_EDGE = 60.0
VISIBLE = 14.0


def projected(code: str, content: Picture) -> list[list[Point]]:
    """The edges of a country, projected and not cut."""
    frame = content.frame
    world, flat = atlas(frame.detail), RegionCanvas(frame, LOOK).projection
    edges = (world.edge(shape.rings[0]) for shape in world.of(code))
    return [flat.points([vector(lat, lon) for lon, lat in edge]) for edge in edges]


def share_within(box: Box, rings: list[list[Point]]) -> float:
    return sum(area(to_box(ring, box)) for ring in rings) / sum(map(area, rings))


def _has_area(rings: list[list[Point]]) -> bool:
    """Vatican City is a point even on a map of 1:50m."""
    return any(area(ring) > 0 for ring in rings)


def faults(code: str, content: Picture) -> list[str]:
    """Everything that is wrong with the locator of a country."""
    rings = projected(code, content)
    return [
        *_size(code, content),
        *(["less than 95 % of it is in the frame"] if _has_area(rings) and share_within(SEEN, rings) < 0.95 else []),
        *_inset(content, rings),
        *_edges(content),
        *(["nothing beside it tells where it is"] if _land(content) < 0.01 else []),
    ]


def _size(code: str, content: Picture) -> Iterator[str]:
    ground = RegionCanvas(content.frame, LOOK)
    shapes = main_shapes(code, atlas(content.frame.detail))
    boxes = map(bounds, chain.from_iterable(map(ground.rings, shapes)))
    largest = max((max(box[2] - box[0], box[3] - box[1]) for box in boxes), default=0.0)
    if largest < VISIBLE and not content.rings:
        yield f"it is {largest:.1f} px large and has no ring"
    for ring in content.rings:
        room = min(ring.x, ring.y, LOOK.width - ring.x, LOOK.height - ring.y)
        if room < ring.radius or ring.radius < VISIBLE / 2:
            yield "a ring is too small or runs out of the frame"


def _inset(content: Picture, rings: list[list[Point]]) -> Iterator[str]:
    if content.inset is None:
        return
    x, y = content.inset.corner
    box = (x, y, x + content.inset.width, y + content.inset.height)
    if _has_area(rings) and share_within(box, rings) > 0.01:
        yield "the small map covers it"
    if any(box[0] - 5 < ring.x < box[2] + 5 and box[1] - 5 < ring.y < box[3] + 5 for ring in content.rings):
        yield "the small map covers a ring"


def _edges(content: Picture) -> Iterator[str]:
    for ring in chain(content.land, content.subject, content.hatched, content.subject_hatched):
        for x, y in ring:
            if not (CUT[0] - 1e-6 <= x <= CUT[2] + 1e-6 and CUT[1] - 1e-6 <= y <= CUT[3] + 1e-6):
                yield f"a point lies outside the frame: {x:.0f}, {y:.0f}"
    for ring in chain(content.land, content.subject):
        yield from (f"an edge runs across the map: {edge}" for edge in long_edges(ring))


def long_edges(ring: list[Point], longest: float = LONGEST_EDGE) -> Iterator[tuple[Point, Point]]:
    """The edges that are longer than any step along a coast, and do not lie on the cut around the picture."""
    for one, other in pairwise([*ring, ring[0]]):
        if hypot(one[0] - other[0], one[1] - other[1]) > longest and not _on_cut(one, other):
            yield one, other


def _on_cut(one: Point, other: Point) -> bool:
    sides = ((0, CUT[0]), (0, CUT[2]), (1, CUT[1]), (1, CUT[3]))
    return any(abs(one[axis] - at) < 1e-6 and abs(other[axis] - at) < 1e-6 for axis, at in sides)


def _land(content: Picture) -> float:
    return sum(area(to_box(ring, SEEN)) for ring in content.land) / (LOOK.width * LOOK.height)
