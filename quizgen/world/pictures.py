"""The pictures that ship with quizgen, by name: `flag/fra` is a flag, `map/fra` a map on which a country stands out.

What stands out on a map is named by a mark: the code of a country (`FRA`), the key of a disputed area of which the maps
know the outline (`golan`), or latitude and longitude of a place (`26.55,56.45`). A mark is all that it takes to draw.
"""

from __future__ import annotations

from quizgen.world import gazetteer
from quizgen.world.entities import STATES, Entity, EntityKind
from quizgen.world.maps import Place, Subject, areas, label_place

OUTLINE = "area"
MAP = "map"


def has_picture(name: str) -> bool:
    """Tell whether there is a picture, or an outline on the maps, of this name."""
    kind, _, code = name.partition("/")
    if kind == "flag":
        return gazetteer.flag_path(code) is not None
    if kind == OUTLINE:
        return code in areas()
    return kind == MAP and _is_drawn(code.upper())


def mark_of(entity: Entity) -> str:
    """Give the mark by which a thing stands out on a map; empty for what has no place on earth that is known."""
    kind, _, outline = entity.picture.partition("/")
    return outline if kind == OUTLINE else point_of(entity)


def point_of(entity: Entity) -> str:
    """Give the mark of the point where a number on a thing stands."""
    if entity.kind in STATES:
        return entity.key if _is_drawn(entity.key) else ""
    return f"{entity.at[0]:.6g},{entity.at[1]:.6g}" if entity.at else ""


def map_of(entity: Entity) -> Entity | None:
    """Give the map on which a thing stands out; None where nothing could be marked."""
    mark = mark_of(entity)
    key, name = f"map-{entity.key.lower()}", f"map of {entity.in_text}"
    return Entity(key, name, EntityKind.MAP, article="the", picture=f"{MAP}/{mark}") if mark else None


def place_of(mark: str) -> Place:
    """Give latitude and longitude of a country's number or of a place; KeyError or ValueError for what is no mark."""
    if "," not in mark:
        return label_place(mark)
    latitude, _, longitude = mark.partition(",")
    return float(latitude), float(longitude)


def subject_of(mark: str) -> Subject:
    """Say what a map shows on which the thing with this mark stands out."""
    if "," in mark:
        return Subject.place(place_of(mark))
    return Subject(areas=(mark,)) if mark in areas() else Subject.country(mark)


def _is_drawn(code: str) -> bool:
    try:
        label_place(code)
    except KeyError:
        return False
    return True
