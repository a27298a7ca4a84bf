"""`look_alikes.csv`: flags that are taken for one another, by how they look when drawn small.

Three measures, all of 0 for the same picture: `distance` is the mean difference of two pixels (0 to 255), `turned` the
least distance after turning one of the two over or upside down (Ireland and Ivory Coast), and `colours` the share of
pixels, in per cent, that a person would call by another colour, whatever the shade (Chad and Romania).

The drawings need `resvg-py` and `pillow`, which only this step uses; it also holds every shipped flag against the one
in the package, so that making files smaller never makes a flag other.
"""

from __future__ import annotations

import colorsys
import importlib
import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from quizgen.world.rebuild import flags
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.tables import write_table
from quizgen.world.rebuild.territories import Territory

WIDTH, HEIGHT = 60, 45

# Up to these, two flags are called near; each finds pairs that the others miss.
NEAR_DISTANCE, NEAR_TURNED, NEAR_COLOURS = 34.0, 18.0, 12.0
# Up to this, nobody can tell them apart with certainty: they are never options of one question.
SAME_COLOURS = 1.0

# No pixel of a shipped flag, in the mean, may differ by more than this from the one in the package.
FAITHFUL = 0.5


class UnfaithfulFlagError(Exception):
    """A shipped flag is not the flag it was made from."""


class LookAlike(NamedTuple):
    """One pair."""

    one: str
    other: str
    distance: str
    turned: str
    colours: str
    verdict: str


def write(packages: Packages, territories: Sequence[Territory], data: Path) -> None:
    """Write the pairs that are near or the same."""
    flown = flags.flown(territories)
    for row in flown:
        _hold_against(flags.source(packages, row.alpha2), _text(data, row), row)
    pictures = {row.code: _Picture(_drawn(_text(data, row), WIDTH, HEIGHT)) for row in flown}
    write_table(data / "look_alikes.csv", LookAlike._fields, _pairs(pictures))


def _text(data: Path, row: Territory) -> str:
    return (data / "flags" / f"{row.code.lower()}.svg").read_text(encoding="utf-8")


def _hold_against(original: str, shipped: str, row: Territory) -> None:
    difference = _distance(*(_drawn(text, flags.WIDTH, flags.HEIGHT) for text in (original, shipped)))
    if difference > FAITHFUL:
        message = f"{row.name}: {difference:.2f}"
        raise UnfaithfulFlagError(message)


def _pairs(pictures: dict[str, _Picture]) -> Iterator[LookAlike]:
    for one, other in combinations(sorted(pictures), 2):
        first, second = pictures[one], pictures[other]
        distance = _distance(first.image, second.image)
        turned = min(_distance(first.image, image) for image in second.turned)
        colours = first.differing(second)
        if colours <= SAME_COLOURS or distance <= NEAR_DISTANCE or turned <= NEAR_TURNED or colours <= NEAR_COLOURS:
            verdict = "same" if colours <= SAME_COLOURS else "near"
            yield LookAlike(one, other, f"{distance:.1f}", f"{turned:.1f}", f"{colours:.1f}", verdict)


class _Picture:
    """A flag as pixels, turned over and upside down too, and as the words for its colours."""

    def __init__(self, image: Any) -> None:
        self.image = image
        self.turned = [image.transpose(way) for way in (0, 1, 3)]  # over, upside down, both
        pixels = image.tobytes()
        self.words = [_word(*pixels[i : i + 3]) for i in range(0, len(pixels), 3)]

    def differing(self, other: _Picture) -> float:
        """Give the share of pixels, in per cent, that go by another word."""
        return 100 * sum(one != two for one, two in zip(self.words, other.words, strict=True)) / len(self.words)


@lru_cache(None)
def _word(red: int, green: int, blue: int) -> str:
    """Call a colour what people call it."""
    hue, saturation, value = colorsys.rgb_to_hsv(red / 255, green / 255, blue / 255)
    if value < 0.25:
        return "black"
    if saturation < 0.2:
        return "white" if value > 0.75 else "grey"
    bounds = ((0.055, "red"), (0.115, "orange"), (0.19, "yellow"), (0.46, "green"), (0.56, "sky"), (0.75, "blue"))
    word = next((word for bound, word in bounds if hue < bound), "violet" if hue < 0.88 else "red")
    return "sky" if word == "blue" and saturation < 0.6 and value > 0.7 else word


def _drawn(text: str, width: int, height: int) -> Any:
    drawn = importlib.import_module("resvg_py").svg_to_bytes(svg_string=text, width=width, height=height)
    return importlib.import_module("PIL.Image").open(io.BytesIO(bytes(drawn))).convert("RGB")


def _distance(one: Any, other: Any) -> float:
    difference = importlib.import_module("PIL.ImageChops").difference(one, other)
    return float(sum(importlib.import_module("PIL.ImageStat").Stat(difference).mean) / 3)
