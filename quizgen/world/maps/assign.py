"""Says which code a shape of the source goes under, where the source's own answer is not ours.

A code is an alpha-3 code of `quizgen.world.entities.countries`, one of the areas below that have none, or empty: land
that no question is about (a buffer zone, reefs, the British base areas on Cyprus).
"""

from __future__ import annotations

import math
from typing import Any

Lonlat = tuple[float, float]

# The source draws these apart and gives them no code of ISO's; what is said of them stands in `data/areas.yaml`.
WITHOUT_ISO = {"Kosovo": "XKX", "Somaliland": "SOL", "N. Cyprus": "CYN", "Siachen Glacier": "KAS"}

# Not in the 1:50m layer, from which the other numbers are read.
MORE_NUMBERS = {"292": "GIB", "581": "UMI"}

# Leased, and the lessor is not in doubt; or a part that the source keeps apart for no reason that a pupil would see.
PART_OF = {
    "ATC": "AUS",
    "Baikonur": "KAZ",
    "Clipperton I.": "CPT",
    "Coral Sea Is.": "AUS",
    "Indian Ocean Ter.": "IOA",
    "USNB Guantanamo Bay": "CUB",
}

# One shape of the source holds what ISO gives several codes; each part goes to the nearest of these places.
PARTS = {
    "FRA": {
        "FRA": (46.5, 2.5),
        "GUF": (4.0, -53.0),
        "GLP": (16.2, -61.6),
        "MTQ": (14.6, -61.0),
        "REU": (-21.1, 55.5),
        "MYT": (-12.8, 45.1),
    },
    "NOR": {"NOR": (65.0, 14.0), "SJM": (78.5, 18.0)},
    "NLD": {"NLD": (52.2, 5.3), "BES": (14.8, -65.7)},
    "IOA": {"CXR": (-10.5, 105.6), "CCK": (-12.2, 96.9)},
    # The 1:10m source follows control on the ground and draws Crimea with Russia; the packs keep the UN's view, and
    # `data/areas.yaml` holds both.
    "RUS": {"RUS": (60.0, 100.0), "UKR": (45.3, 34.3)},
}

# How near to the second of those points a part of Russia must lie: the Taman peninsula is near, and Russia's.
CRIMEA_DEGREES = 1.0


def code_of(geometry: dict[str, Any], names: dict[str, str]) -> str:
    """Give the code of a geometry of the source, by its number or else its name."""
    number, name = geometry.get("id") or "", geometry["properties"]["name"]
    code = names.get(number, "")
    code = PART_OF.get(code) or PART_OF.get(name) or code
    return WITHOUT_ISO.get(name) or code or MORE_NUMBERS.get(number, "")


def shape_code(code: str, lat: float, lon: float) -> str:
    """Give the code of one polygon of a geometry, by where its middle lies."""
    parts = PARTS.get(code)
    if not parts:
        return code
    nearest = min(parts, key=lambda part: _far(parts[part], lat, lon))
    if code == "RUS" and nearest == "UKR" and _far(parts["UKR"], lat, lon) > CRIMEA_DEGREES:
        return code
    return "SJM" if code == "NOR" and lon < 0 else nearest  # Jan Mayen goes with Svalbard


def _far(place: tuple[float, float], lat: float, lon: float) -> float:
    return math.hypot(place[0] - lat, ((place[1] - lon + 180) % 360 - 180) * math.cos(math.radians(lat)))
