"""What of the world a frame shows, in pixels: the shapes in view, projected, thinned and cut at the frame."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from math import acos, cos, degrees, hypot, pi, radians
from typing import Protocol

from quizgen.world.maps.clip import Box, Point, cut_at_seam, thin, to_box
from quizgen.world.maps.projection import EARTH_KM, Azimuthal, EqualEarth
from quizgen.world.maps.style import Style, style, world_style
from quizgen.world.maps.topology import Atlas, Detail, Ring, Shape, atlas

# Shapes are cut this far outside the picture, so that the cut itself is never seen as a coast.
BLEED = 2.0

# Half of the Equal Earth projection's width, in earth radii.
HALF_WORLD = 2.7066

# How many grounds of either sort are kept: each holds some megabytes of projected points.
TRIED = 2

# So much of a picture's width the world fills: marks at its edge need room.
FILLED = 0.96


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that a picture shows; on a map of the whole world, only `lon` counts."""

    lat: float
    lon: float
    kilometres: float
    detail: Detail = Detail.NORMAL
    world: bool = False


class Canvas(Protocol):
    """A picture's ground: where things lie on it."""

    frame: Frame
    box: Box

    @property
    def shapes(self) -> list[Shape]:
        """The shapes that may be in view."""
        ...

    def rings(self, shape: Shape) -> list[list[Point]]:
        """Give what is seen of a shape: its edge and its holes, cut at the frame."""
        ...

    def point(self, lat: float, lon: float) -> Point:
        """Give where a place lies."""
        ...


def canvas(frame: Frame, look: Style) -> Canvas:
    """Give the ground for a frame; the last ones are kept, for a frame is tried before it is drawn."""
    return _world(frame.lon, look) if frame.world else _region(frame, look)


@lru_cache(TRIED)
def _region(frame: Frame, look: Style) -> RegionCanvas:
    return RegionCanvas(frame, look)


@lru_cache(TRIED)
def _world(lon: float, look: Style) -> WorldCanvas:
    return WorldCanvas(Frame(0, lon, 2 * pi * EARTH_KM, world=True), look)


def look_of(frame: Frame) -> Style:
    """Give the look of a map with a frame."""
    return world_style() if frame.world else style()


def _box(look: Style) -> Box:
    return -BLEED, -BLEED, look.width + BLEED, look.height + BLEED


class RegionCanvas:
    """A part of the world. Each arc is projected once, so that neighbours share their border to the last digit."""

    def __init__(self, frame: Frame, look: Style) -> None:
        scale = look.width / frame.kilometres * EARTH_KM
        self.frame = frame
        self.box = _box(look)
        self.projection = Azimuthal(frame.lat, frame.lon, scale, look.width / 2, look.height / 2)
        self._least = look.thin
        self._atlas: Atlas = atlas(frame.detail)
        self._arcs: dict[int, list[Point]] = {}
        self._seen: dict[tuple[Ring, ...], list[list[Point]]] = {}
        self._reach = _angle(hypot(look.width, look.height) / 2 / scale)

    @cached_property
    def shapes(self) -> list[Shape]:
        """The shapes whose circle meets the circle around the picture."""
        x, y, z = self.projection.middle
        reach = self._reach + 0.2
        return [
            shape
            for shape in self._atlas.shapes
            if x * shape.middle[0] + y * shape.middle[1] + z * shape.middle[2]
            >= cos(radians(min(180.0, reach + shape.radius)))
        ]

    def rings(self, shape: Shape) -> list[list[Point]]:
        """Give what is seen of a shape."""
        seen = self._seen.get(shape.rings)
        if seen is None:
            rings = (to_box(self._ring(arcs), self.box) for arcs in shape.rings)
            seen = self._seen[shape.rings] = [ring for ring in rings if ring]
        return seen

    def point(self, lat: float, lon: float) -> Point:
        """Give where a place lies."""
        return self.projection.point(lat, lon)

    def _ring(self, arcs: Ring) -> list[Point]:
        ring: list[Point] = []
        for number in arcs:
            points = self._arc(number if number >= 0 else ~number)
            ring += (points if number >= 0 else points[::-1])[bool(ring) :]
        return ring

    def _arc(self, arc: int) -> list[Point]:
        points = self._arcs.get(arc)
        if points is None:
            points = self.projection.thinned(self._atlas.vectors(arc), self._least, self.box)
            self._arcs[arc] = points
        return points


def _angle(radius: float) -> float:
    """Degrees on the globe for a distance on an azimuthal equal-area plane of an earth of radius 1."""
    return degrees(acos(max(-1.0, 1 - radius * radius / 2)))


class WorldCanvas:
    """The whole world around a meridian, without Antarctica."""

    lowest, highest = -57.0, 84.0

    def __init__(self, frame: Frame, look: Style, detail: Detail = Detail.NORMAL) -> None:
        self.frame = frame
        self.box = _box(look)
        scale = FILLED * look.width / 2 / HALF_WORLD
        flat = EqualEarth(frame.lon, scale, 0.0, 0.0)
        middle = (flat.point(self.lowest, frame.lon)[1] + flat.point(self.highest, frame.lon)[1]) / 2
        self.projection = EqualEarth(frame.lon, scale, look.width / 2, look.height / 2 - middle)
        self._least = look.thin
        self._atlas = atlas(detail)
        self._seen: dict[tuple[Ring, ...], list[list[Point]]] = {}

    @property
    def shapes(self) -> list[Shape]:
        """Every shape."""
        return list(self._atlas.shapes)

    def rings(self, shape: Shape) -> list[list[Point]]:
        """Give a shape, in as many pieces as the seam of the map cuts it into."""
        seen = self._seen.get(shape.rings)
        if seen is None:
            edges = map(self._atlas.edge, shape.rings)
            pieces = chain.from_iterable(cut_at_seam(e, self.frame.lon, self.lowest, self.highest) for e in edges)
            points = (self.projection.points(_stepped(piece)) for piece in pieces)
            seen = self._seen[shape.rings] = [thin(found, self._least) for found in points]
        return seen

    def point(self, lat: float, lon: float) -> Point:
        """Give where a place lies."""
        turned = (lon - self.frame.lon + 180) % 360 - 180 + self.frame.lon
        return self.projection.point(min(self.highest, max(self.lowest, lat)), turned)


def _stepped(piece: list[Point]) -> list[Point]:
    """Put corners into the long straight cuts of a seam, which a projection bends."""
    full: list[Point] = []
    for (x0, y0), (x1, y1) in pairwise([*piece, piece[0]]):
        steps = max(1, int(abs(y1 - y0) / 4))
        full += [(x0 + (x1 - x0) * i / steps, y0 + (y1 - y0) * i / steps) for i in range(steps)]
    return full


def inset_canvas(lon: float, width: float, look: Style) -> WorldCanvas:
    """Give a small world, its upper left corner at zero; its height follows from the projection."""
    scale = FILLED * width / 2 / HALF_WORLD
    flat = EqualEarth(lon, scale, 0.0, 0.0)
    height = flat.point(WorldCanvas.lowest, lon)[1] - flat.point(WorldCanvas.highest, lon)[1]
    small = replace(look, size={"width": width, "height": height}, thin=look.inset["thin"])
    return WorldCanvas(Frame(0, lon, 2 * pi * EARTH_KM, world=True), small, Detail.COARSE)
