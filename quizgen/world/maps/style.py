"""Reads the look of the maps, which is a template: `templates/maps/style.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import yaml

from quizgen.paths import TEMPLATES


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """Colours, and sizes in pixels of a phone; what each is for stands beside it in the template.

    Each look is made once, and equals nothing but itself.
    """

    size: dict[str, float]
    colours: dict[str, str]
    lines: dict[str, float]
    marker: dict[str, float]
    frames: dict[str, float]
    zooms: dict[str, float]
    inset: dict[str, float]
    visible: float
    visible_among: float
    thin: float

    @property
    def width(self) -> float:
        """How wide a picture is."""
        return self.size["width"]

    @property
    def height(self) -> float:
        """How high a picture is."""
        return self.size["height"]


@cache
def style() -> Style:
    """Give the look of the maps, read on first use."""
    return Style(**yaml.safe_load((TEMPLATES / "maps" / "style.yaml").read_text(encoding="utf-8")))


@cache
def world_style() -> Style:
    """Give the look of a map of the whole world, which is not as high as others."""
    size = style().size
    return replace(style(), size=size | {"height": size["world_height"]})
