"""Chooses the frame: all that the subject needs, and as much around it as tells a pupil where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from math import acos, atan2, degrees, hypot, inf

from quizgen.world.maps.areas import areas
from quizgen.world.maps.canvas import Frame, RegionCanvas, canvas
from quizgen.world.maps.clip import area, bounds
from quizgen.world.maps.projection import EARTH_KM, Azimuthal
from quizgen.world.maps.style import Style
from quizgen.world.maps.subject import Place, Subject
from quizgen.world.maps.topology import Atlas, Detail, Shape, Vector, atlas, vector

# So much of a country's area lies in its frame; the rest is islands that would shrink everything else.
ENOUGH = 0.95

# Drawn with a country when it is the subject, but not framed: parts of it with a code of their own.
PARTS = {
    "CHN": ("HKG", "MAC"),
    "FIN": ("ALA",),
    "FRA": ("GLP", "GUF", "MTQ", "MYT", "REU"),
    "NLD": ("BES",),
    "NOR": ("SJM",),
}

# Beyond this angle around its middle, a plane tears the world apart: draw the globe's whole map instead.
HALF_VIEW = 80.0


def main_shapes(code: str, world: Atlas) -> list[Shape]:
    """Give the shapes of a country, the largest first, until they hold enough of its area."""
    shapes = world.of(code)
    wanted = ENOUGH * sum(shape.area for shape in shapes)
    chosen: list[Shape] = []
    for shape in shapes:
        if chosen and sum(other.area for other in chosen) >= wanted:
            break
        chosen.append(shape)
    return chosen


def label_place(code: str) -> Place:
    """Give the latitude and longitude well inside a country's largest part: where a number on it may stand."""
    return atlas(Detail.NORMAL).labels[code]


def frame_of(subject: Subject, style: Style) -> Frame:
    """Give the frame for a subject."""
    points = list(_cloud(subject))
    frame, extent = _around(points, style)
    if subject.around:
        frame = replace(frame, lat=subject.around[0], lon=subject.around[1])
    if subject.zoom or subject.around:
        return _detailed(replace(frame, kilometres=style.zooms[subject.zoom or "region"], world=False), style)
    if frame.world or extent * style.frames["tightest"] > style.frames["world"]:
        return replace(frame, world=True)
    if subject.countries or subject.areas:
        return _detailed(_for_countries(subject, frame, extent, style), style)
    return _detailed(_for_places(subject, frame, extent, style), style)


def _cloud(subject: Subject) -> chain[Vector]:
    """Points on the globe that must be in the frame."""
    world = atlas(Detail.NORMAL)
    rings = [shape.rings[0] for code in subject.countries for shape in main_shapes(code, world)]
    outlines = [outline for key in subject.areas for outline in areas()[key].pieces]
    whole = [code for key in subject.areas if not areas()[key].pieces for code in areas()[key].within]
    rings += [shape.rings[0] for code in whole for shape in main_shapes(code, world)]
    places = [*subject.places, *chain.from_iterable(outlines), *([subject.around] if subject.around else [])]
    return chain((vector(lat, lon) for lat, lon in places), chain.from_iterable(map(world.edge_vectors, rings)))


def _around(points: Sequence[Vector], style: Style) -> tuple[Frame, float]:
    """Give the frame whose middle is the points' middle, and how wide a picture they need in kilometres."""
    lat, lon = _middle(points)
    extent = inf
    for _ in range(4):
        flat = Azimuthal(lat, lon, EARTH_KM, 0.0, 0.0)
        if any(degrees(acos(max(-1.0, min(1.0, _dot(flat.middle, point))))) > HALF_VIEW for point in points):
            return Frame(lat, _meridian(lon), inf, world=True), inf
        left, top, right, bottom = bounds(flat.points(points))
        lat, lon = flat.place((left + right) / 2, (top + bottom) / 2)
        extent = max(right - left, (bottom - top) * style.width / style.height)
    return Frame(round(lat, 2), round(lon, 2), extent), extent


def _middle(points: Sequence[Vector]) -> Place:
    x, y, z = (sum(axis) for axis in zip(*points, strict=True))
    return degrees(atan2(z, hypot(x, y))), degrees(atan2(y, x))


def _meridian(lon: float) -> float:
    """Maps of the whole world that pupils know have Africa or the Pacific in their middle."""
    return 10.0 if -90 < lon < 110 else 160.0


def _dot(one: Vector, other: Vector) -> float:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def _for_countries(subject: Subject, frame: Frame, extent: float, style: Style) -> Frame:
    limits = style.frames
    widest = max(limits["widest"], extent * limits["tightest"])
    frame = replace(frame, kilometres=min(widest, max(limits["narrowest"], extent * limits["margin"])))
    while frame.kilometres < limits["ocean"] and _other_land(subject, frame, style) < limits["least_land"]:
        frame = replace(frame, kilometres=min(limits["ocean"], frame.kilometres * limits["widen"]))
    return frame


def _other_land(subject: Subject, frame: Frame, style: Style) -> float:
    """Give how much of the picture is land beside the subject: without any, a pupil cannot tell where it is."""
    ground = canvas(frame, style)
    others = [shape for shape in ground.shapes if shape.code not in subject.countries]
    seen = sum(area(rings[0]) for shape in others if (rings := ground.rings(shape)))
    return seen / (style.width * style.height)


def _for_places(subject: Subject, frame: Frame, extent: float, style: Style) -> Frame:
    """Give a frame with room around the places, closer where their marks would touch."""
    limits = style.frames
    needed = extent * limits["tightest"]
    usual = min(max(limits["widest"], needed), max(limits["place"], extent * limits["margin"]))
    frame = replace(frame, kilometres=usual)
    if len(subject.places) == 1:
        return _wide_enough(frame, style)
    gap = _least_gap(subject, frame, style)
    wanted = 2 * style.marker["gap"]
    if gap < wanted:
        closer = usual * max(gap, 0.01) / wanted
        frame = replace(frame, kilometres=max(closer, extent * 1.5, style.zooms["near"]))
    return frame


def _wide_enough(frame: Frame, style: Style) -> Frame:
    """Widen a frame until coasts or borders in it tell where it is: sea beside land, or some countries side by side."""
    limits = style.frames
    while frame.kilometres < limits["ocean"] and not _tells(frame, style):
        frame = replace(frame, kilometres=min(limits["ocean"], frame.kilometres * limits["widen"]))
    return frame


def _tells(frame: Frame, style: Style) -> bool:
    """Judge a frame by the coarsest outlines: it is judged for every place that a question is about."""
    limits, ground = style.frames, RegionCanvas(replace(frame, detail=Detail.COARSE), style)
    rings = chain.from_iterable(map(ground.rings, ground.shapes))
    land = sum(map(area, rings)) / (style.width * style.height)
    if land < limits["least_land"]:
        return False
    if land <= 1 - limits["least_sea"] or frame.kilometres >= limits["inland"]:
        return True
    return _countries_in(ground, style) >= limits["least_countries"]


def _countries_in(ground: RegionCanvas, style: Style) -> int:
    points = (ground.point(lat, lon) for lat, lon in atlas(Detail.NORMAL).labels.values())
    return sum(0 <= x <= style.width and 0 <= y <= style.height for x, y in points)


def _least_gap(subject: Subject, frame: Frame, style: Style) -> float:
    ground = RegionCanvas(frame, style)
    points = [ground.point(lat, lon) for lat, lon in subject.places]
    pairs = ((a, b) for i, a in enumerate(points) for b in points[:i])
    return min((hypot(a[0] - b[0], a[1] - b[1]) for a, b in pairs), default=inf)


def _detailed(frame: Frame, style: Style) -> Frame:
    fine = frame.kilometres < style.frames["fine"]
    return replace(frame, detail=Detail.FINE if fine else Detail.NORMAL)
