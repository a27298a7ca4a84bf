"""Disputed areas, and the one switch that says with which country a picture colours them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

FILE = Path(__file__).parent / "data" / "areas.yaml"

Outline = tuple[tuple[float, float], ...]


class BorderPolicy(StrEnum):
    """Whose view of disputed areas the colours of a picture follow; the hatch over them says that there is another."""

    UN = "un"
    DE_FACTO = "de_facto"


@dataclass(frozen=True, slots=True)
class Area:
    """A disputed area: the part within convex outlines (latitude, longitude) of shapes of the map."""

    key: str
    within: tuple[str, ...]
    pieces: tuple[Outline, ...]
    un: str
    de_facto: str
    note: str

    def coloured_with(self, policy: BorderPolicy) -> str:
        """Give the code of the country it is coloured with, or nothing."""
        return self.un if policy is BorderPolicy.UN else self.de_facto


@cache
def areas() -> MappingProxyType[str, Area]:
    """Give the disputed areas by key, read on first use."""
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return MappingProxyType(
        {
            key: Area(
                key=key,
                within=tuple(entry["within"]),
                pieces=tuple(tuple((lat, lon) for lat, lon in piece) for piece in entry.get("pieces", ())),
                un=entry["un"],
                de_facto=entry["de_facto"],
                note=entry["note"],
            )
            for key, entry in entries.items()
        }
    )
