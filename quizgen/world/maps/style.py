"""Reads the look of the maps, which is a template: `templates/maps/style.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import yaml

from quizgen.paths import TEMPLATES
from quizgen.problems import Problem, QuizgenError
from quizgen.world.maps.areas import BorderPolicy


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """Colours, and sizes in pixels of a phone; what each is for stands beside it in the template.

    `border_policy` is the view of disputed areas that pictures take. Each look is made once, and equals nothing but
    itself.
    """

    border_policy: BorderPolicy
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


FILE = TEMPLATES / "maps" / "style.yaml"


@cache
def style() -> Style:
    """Give the look of the maps, read on first use. Raises QuizgenError for a policy that there is not."""
    look = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return Style(**look | {"border_policy": _policy(look["border_policy"])})


def _policy(name: object) -> BorderPolicy:
    if name not in list(BorderPolicy):
        hint = "one of: " + ", ".join(BorderPolicy)
        raise QuizgenError([Problem(str(FILE), 0, f"'border_policy': there is no '{name}'", hint)])
    return BorderPolicy(str(name))


@cache
def world_style() -> Style:
    """Give the look of a map of the whole world, which is not as high as others."""
    size = style().size
    return replace(style(), size=size | {"height": size["world_height"]})
