"""Outlines of an SVG path with fewer digits and without what is too small to be seen."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Point = tuple[float, float]
TOKENS = re.compile(r"[a-zA-Z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


@dataclass(slots=True)
class Outline:
    """One closed or open line: where it starts, and its segments, a letter and absolute points each."""

    start: Point
    segments: list[tuple[str, tuple[Point, ...]]] = field(default_factory=list)
    closed: bool = False


def thinned(path: str, unit: float, digits: int) -> str | None:
    """Give the path again, exact to `unit` (in its own coordinates); None where it has arcs, which are left alone."""
    if re.search("[aA]", path):
        return None
    outlines = [_merged(outline, unit) for outline in _outlines(path)]
    return "".join(_Writer(digits).write(outlines))


def _outlines(path: str) -> list[Outline]:
    reader = _Reader()
    for letter, values in _commands(path):
        reader.take(letter, values)
    return reader.outlines


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    tokens = TOKENS.findall(path)
    place, letter = 0, ""
    while place < len(tokens):
        if tokens[place].isalpha():
            letter = tokens[place]
            place += 1
        count = COUNTS[letter.upper()]
        yield letter, [float(token) for token in tokens[place : place + count]]
        place += count
        letter = {"M": "L", "m": "l"}.get(letter, letter)


class _Reader:
    """Turns commands, relative and shortened, into outlines of absolute points."""

    def __init__(self) -> None:
        self.outlines: list[Outline] = []
        self.at: Point = (0.0, 0.0)
        self.handle: tuple[str, Point] = ("", (0.0, 0.0))

    def take(self, letter: str, values: list[float]) -> None:
        kind = letter.upper()
        points = self._points(kind, values, relative=letter.islower())
        if kind == "M":
            self.outlines.append(Outline(points[0]))
        elif kind == "Z":
            self.outlines[-1].closed = True
            points = (self.outlines[-1].start,)
        else:
            self._segment({"H": "L", "V": "L", "S": "C", "T": "Q"}.get(kind, kind), points)
        self.at = points[-1]
        self.handle = (kind, points[-2]) if len(points) > 1 else ("", self.at)

    def _points(self, kind: str, values: list[float], *, relative: bool) -> tuple[Point, ...]:
        x, y = self.at if relative else (0.0, 0.0)
        if kind == "H":
            return ((x + values[0], self.at[1]),)
        if kind == "V":
            return ((self.at[0], y + values[0]),)
        points = tuple((x + values[i], y + values[i + 1]) for i in range(0, len(values), 2))
        return (self._mirrored(kind), *points) if kind in "ST" and kind else points

    def _mirrored(self, kind: str) -> Point:
        of, (x, y) = self.handle
        return (2 * self.at[0] - x, 2 * self.at[1] - y) if of and of in {"S": "CS", "T": "QT"}[kind] else self.at

    def _segment(self, kind: str, points: tuple[Point, ...]) -> None:
        if self.outlines[-1].closed:
            self.outlines.append(Outline(self.at))
        self.outlines[-1].segments.append((kind, points))


def _merged(outline: Outline, unit: float) -> Outline:
    """Draw every run of segments that is flatter than half a unit as one straight line."""
    kept: list[tuple[str, tuple[Point, ...]]] = []
    at, passed = outline.start, list[Point]()
    for kind, points in outline.segments:
        if passed and not _flat([*passed, *points[:-1]], at, points[-1], unit / 2):
            kept.append(("L", (passed[-1],)))
            at, passed = passed[-1], []
        if passed or kind == "L" or _flat(points[:-1], at, points[-1], unit / 2):
            passed += points
        else:
            kept.append((kind, points))
            at = points[-1]
    if passed:
        kept.append(("L", (passed[-1],)))
    return Outline(outline.start, kept, outline.closed)


def _flat(passed: Sequence[Point], one: Point, other: Point, tolerance: float) -> bool:
    return all(_distance(point, one, other) < tolerance for point in passed)


def _distance(point: Point, one: Point, other: Point) -> float:
    """How far a point lies from the line between two others, or from the nearer of them if beyond both."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    px, py = point[0] - one[0], point[1] - one[1]
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, (px * dx + py * dy) / length)) if length else 0.0
    return math.hypot(px - share * dx, py - share * dy)


class _Writer:
    """Writes relative commands from where the rounded pen is, so that rounding never adds up."""

    def __init__(self, digits: int) -> None:
        self.digits = digits
        self.scale = 10**digits
        self.pen = (0, 0)
        self.letter = ""

    def write(self, outlines: list[Outline]) -> Iterator[str]:
        for outline in outlines:
            yield self._command("m", [outline.start])
            start = self.pen
            for kind, points in outline.segments:
                yield self._line(points[0]) if kind == "L" else self._command(kind.lower(), list(points))
            if outline.closed:
                self.pen, self.letter = start, "z"
                yield "z"

    def _line(self, point: Point) -> str:
        dx, dy = self._delta(point)
        if dx and dy:
            return self._command("l", [point])
        if not dx and not dy and self.letter != "m":
            return ""
        self.pen = (self.pen[0] + dx, self.pen[1] + dy)
        return self._joined("v" if dy else "h", [dy or dx])

    def _command(self, letter: str, points: list[Point]) -> str:
        deltas = [number for point in points for number in self._delta(point)]
        self.pen = (self.pen[0] + deltas[-2], self.pen[1] + deltas[-1])
        return self._joined(letter, deltas)

    def _delta(self, point: Point) -> tuple[int, int]:
        return round(point[0] * self.scale) - self.pen[0], round(point[1] * self.scale) - self.pen[1]

    def _joined(self, letter: str, numbers: list[int]) -> str:
        """Join with as few separators as can be: a sign, or a second point, begins a new number by itself."""
        implied = letter != "m" and letter == {"m": "l"}.get(self.letter, self.letter)
        text, previous = ("", "1.5") if implied else (letter, "")
        if implied and self.previous_is_whole:
            previous = "1"
        for number in numbers:
            written = self._number(number)
            apart = previous and written[0] != "-" and not (written[0] == "." and "." in previous)
            text += (" " if apart else "") + written
            previous = written
        self.previous_is_whole = "." not in previous
        self.letter = letter
        return text

    previous_is_whole = True

    def _number(self, number: int) -> str:
        text = f"{number / self.scale:.{self.digits}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text or "0"
