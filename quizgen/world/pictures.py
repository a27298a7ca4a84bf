"""The pictures that ship with quizgen, by name: `flag/fra` is a flag, `map/fra` a map on which a country stands out."""

from __future__ import annotations

from quizgen.world import gazetteer
from quizgen.world.maps import label_place


def has_picture(name: str) -> bool:
    """Tell whether there is a picture of this name."""
    kind, _, code = name.partition("/")
    if kind == "flag":
        return gazetteer.flag_path(code) is not None
    return kind == "map" and _is_drawn(code.upper())


def _is_drawn(code: str) -> bool:
    try:
        label_place(code)
    except KeyError:
        return False
    return True
