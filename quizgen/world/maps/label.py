"""Finds the point of a shape that is farthest from its edge, for a number to stand on, when the data are packed."""

from __future__ import annotations

import math

Lonlat = tuple[float, float]

GRID = 14
ROUNDS = 4


def label_point(ring: list[Lonlat]) -> list[float]:
    """Give latitude and longitude of the inmost point, by a grid that closes in on the best of its points."""
    flat, shrink, lon0 = _flattened(ring)
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    left, bottom, width, height = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    best = (sum(xs) / len(xs), sum(ys) / len(ys))
    for _ in range(ROUNDS):
        across = [left + width * (i + 0.5) / GRID for i in range(GRID)]
        points = [(x, bottom + height * (j + 0.5) / GRID) for x in across for j in range(GRID)]
        best = max(points, key=lambda point: _depth(point, flat))
        width, height = width / 6, height / 6
        left, bottom = best[0] - width / 2, best[1] - height / 2
    lon = (best[0] / shrink + lon0 + 180) % 360 - 180
    return [round(best[1], 2), round(lon, 2)]


def _flattened(ring: list[Lonlat]) -> tuple[list[Lonlat], float, float]:
    lon0 = ring[0][0]
    shrink = math.cos(math.radians(sum(y for _, y in ring) / len(ring)))
    # A hundred and fifty corners tell where the middle is; all 20,000 of a long coast would only take longer.
    thin = ring[:: max(1, len(ring) // 150)]
    return [(((x - lon0 + 180) % 360 - 180) * shrink, y) for x, y in thin], shrink, lon0


def _depth(point: Lonlat, ring: list[Lonlat]) -> float:
    """Distance to the edge; negative outside."""
    x, y = point
    inside, nearest = False, math.inf
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            inside = not inside
        dx, dy = x1 - x0, y1 - y0
        square = dx * dx + dy * dy
        along = 0.0 if square == 0 else max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / square))
        nearest = min(nearest, math.hypot(x0 + along * dx - x, y0 + along * dy - y))
    return nearest if inside else -nearest
