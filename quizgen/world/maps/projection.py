"""From the globe to the plane: Lambert's azimuthal equal-area for a part of the world, Equal Earth for all of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import asin, atan2, cos, degrees, hypot, inf, radians, sin, sqrt

from quizgen.world.maps.clip import Box, Point
from quizgen.world.maps.topology import Lonlat, Vector, vector

EARTH_KM = 6371.0

# Two points that stand opposite on the globe have no place on one azimuthal map; nothing is drawn as far as this.
OPPOSITE = 1e-9


@dataclass(frozen=True, slots=True)
class Azimuthal:
    """Lambert's azimuthal equal-area, north up at its middle; `scale` is pixels to the earth's radius.

    It knows neither poles nor the antimeridian: points come as vectors, and no part of the globe differs from another.
    """

    lat: float
    lon: float
    scale: float
    x: float
    y: float
    middle: Vector = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work out the middle once."""
        object.__setattr__(self, "middle", vector(self.lat, self.lon))

    def _axes(self) -> tuple[float, float, float, float, float]:
        u, v = radians(self.lon), radians(self.lat)
        return -sin(u), cos(u), -sin(v) * cos(u), -sin(v) * sin(u), cos(v)

    def points(self, vectors: Iterable[Vector]) -> list[Point]:
        """Project every point."""
        return self.thinned(vectors, 0.0, None)

    def thinned(self, vectors: Iterable[Vector], least: float, box: Box | None) -> list[Point]:
        """Project the points of an arc, without those nearer than `least` to the last one; the ends always stay.

        What lies beyond the box is only there to hold shapes together: there, points may be half as far apart as they
        are from the box, so that no shortened edge can reach into the picture.
        """
        (cx, cy, cz), (ex, ey, nx, ny, nz) = self.middle, self._axes()
        scale, x0, y0, square = self.scale, self.x, self.y, least * least
        left, top, right, bottom = box or (-inf, -inf, inf, inf)
        kept: list[Point] = []
        last_x = last_y = x = y = inf
        for px, py, pz in vectors:
            k = scale * sqrt(2 / (1 + OPPOSITE + cx * px + cy * py + cz * pz))
            x, y = x0 + k * (ex * px + ey * py), y0 - k * (nx * px + ny * py + nz * pz)
            gap = (x - last_x) * (x - last_x) + (y - last_y) * (y - last_y)
            if gap >= square:
                if not (left <= x <= right and top <= y <= bottom):
                    beyond = max(left - x, x - right, top - y, y - bottom)
                    if gap * 4 < beyond * beyond:
                        continue
                kept.append((x, y))
                last_x, last_y = x, y
        if (x, y) != (last_x, last_y):
            kept.append((x, y))
        return kept

    def point(self, lat: float, lon: float) -> Point:
        """Project one place."""
        return self.points([vector(lat, lon)])[0]

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Give the latitude and longitude that a point of the picture stands for."""
        across, up = (x - self.x) / self.scale, (self.y - y) / self.scale
        far = hypot(across, up)
        if far == 0:
            return self.lat, self.lon
        angle, tilt = 2 * asin(min(1.0, far / 2)), radians(self.lat)
        height = cos(angle) * sin(tilt) + up * sin(angle) * cos(tilt) / far
        east = across * sin(angle)
        north = far * cos(tilt) * cos(angle) - up * sin(tilt) * sin(angle)
        lon = self.lon + degrees(atan2(east, north))
        return degrees(asin(max(-1.0, min(1.0, height)))), (lon + 180) % 360 - 180


A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_ROOT3 = sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class EqualEarth:
    """The Equal Earth projection (Šavrič, Patterson, Jenny 2018) around a meridian, for pictures of the whole world."""

    lon: float
    scale: float
    x: float
    y: float

    def point(self, lat: float, lon: float) -> Point:
        """Project a place whose longitude is already within half a turn of the middle."""
        t = asin(HALF_ROOT3 * sin(radians(lat)))
        t2 = t * t
        t6 = t2 * t2 * t2
        across = radians(lon - self.lon) * cos(t) / (HALF_ROOT3 * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
        up = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
        return self.x + self.scale * across, self.y - self.scale * up

    def points(self, edge: Iterable[Lonlat]) -> list[Point]:
        """Project every point of an edge."""
        return [self.point(lat, lon) for lon, lat in edge]
