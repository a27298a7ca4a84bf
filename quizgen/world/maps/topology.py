"""Reads the packed maps: shapes that share their borders, each arc decoded only when a picture needs it."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from itertools import accumulate, chain
from math import cos, radians, sin
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"

Lonlat = tuple[float, float]
Vector = tuple[float, float, float]
Ring = tuple[int, ...]


class Detail(StrEnum):
    """How fine a map is drawn: the scale that its source is made for."""

    COARSE = "land-110m"
    NORMAL = "countries-50m"
    FINE = "countries-10m"


@dataclass(frozen=True, slots=True)
class Shape:
    """One polygon of a country: its code, its size, the circle around it, and the arcs of its edge and of its holes."""

    code: str
    area: float
    lat: float
    lon: float
    radius: float
    rings: tuple[Ring, ...]
    middle: Vector = field(repr=False)


class Atlas:
    """The shapes of one detail. Arc `~n` is arc `n` walked backwards, as in TopoJSON."""

    def __init__(self, detail: Detail) -> None:
        packed = json.loads(gzip.decompress((DATA / f"{detail}.json.gz").read_bytes()))
        self.step: float = packed["step"]
        self.shapes: tuple[Shape, ...] = tuple(map(_shape, packed["shapes"]))
        self.labels: dict[str, tuple[float, float]] = {c: (at[0], at[1]) for c, at in packed.get("labels", {}).items()}
        self._codes: dict[str, list[Shape]] = {}
        for shape in self.shapes:
            self._codes.setdefault(shape.code, []).append(shape)
        self._texts: list[str] = packed["arcs"]
        self._degrees: dict[int, list[Lonlat]] = {}
        self._vectors: dict[int, list[Vector]] = {}

    def of(self, code: str) -> list[Shape]:
        """Give the shapes of one code, the largest first."""
        return self._codes.get(code, [])

    def degrees(self, arc: int) -> list[Lonlat]:
        """Give the longitudes and latitudes along an arc."""
        points = self._degrees.get(arc)
        if points is None:
            numbers = json.loads(f"[{self._texts[arc]}]")
            step = self.step
            across, up = accumulate(numbers[::2]), accumulate(numbers[1::2])
            points = self._degrees[arc] = [(x * step, y * step) for x, y in zip(across, up, strict=True)]
        return points

    def vectors(self, arc: int) -> list[Vector]:
        """Give the points along an arc on the unit sphere: what every projection starts from."""
        points = self._vectors.get(arc)
        if points is None:
            points = self._vectors[arc] = [vector(lat, lon) for lon, lat in self.degrees(arc)]
        return points

    def edge(self, ring: Ring) -> list[Lonlat]:
        """Give the longitudes and latitudes round a ring."""
        return list(chain.from_iterable(self.degrees(a) if a >= 0 else self.degrees(~a)[::-1] for a in ring))

    def edge_vectors(self, ring: Ring) -> list[Vector]:
        """Give the points round a ring on the unit sphere."""
        return list(chain.from_iterable(self.vectors(a if a >= 0 else ~a) for a in ring))


@cache
def atlas(detail: Detail) -> Atlas:
    """Give the atlas of a detail, read on first use and kept."""
    return Atlas(detail)


def vector(lat: float, lon: float) -> Vector:
    """Give the point of the unit sphere at a latitude and longitude in degrees."""
    u, v = radians(lon), radians(lat)
    flat = cos(v)
    return flat * cos(u), flat * sin(u), sin(v)


def _shape(packed: list[Any]) -> Shape:
    code, area, lat, lon, radius, rings = packed
    return Shape(code, area, lat, lon, radius, tuple(map(tuple, rings)), vector(lat, lon))
