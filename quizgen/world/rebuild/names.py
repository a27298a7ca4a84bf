"""`names.csv` and `cities.csv`: what territories, and cities that name a time zone, are called in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quizgen.world.gazetteer import LANGUAGES
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.tables import write_table
from quizgen.world.rebuild.territories import Territory

# The short form has no brackets and no words on who governs: `countries.csv` has the same in English.
SHORT = frozenset({"HK", "MM", "MO"})
# Both names of a disputed place, as in English.
BOTH = frozenset({"FK"})
# Where CLDR tells the two Congos apart by a capital in brackets, or has a form closer to what people say.
SAID_OTHERWISE = {
    ("CD", "pt"): "República Democrática do Congo",
    ("CD", "ar"): "جمهورية الكونغو الديمقراطية",
    ("CD", "ja"): "コンゴ民主共和国",
    ("CD", "zh"): "刚果民主共和国",
    ("CG", "zh"): "刚果共和国",
    ("CG", "ja"): "コンゴ共和国",
    ("CD", "tr"): "Kongo Demokratik Cumhuriyeti",
}
# A second name in brackets would give an option away by its form; these brackets tell two places apart.
BRACKETED = frozenset({"FK", "SX", "UM", "VG", "VI"})
BRACKETS = re.compile(r" ?[(（][^)）]*[)）] ?")


def write(packages: Packages, territories: Sequence[Territory], data: Path) -> None:
    """Write both tables."""
    named = {language: packages.names("territories", language) for language in LANGUAGES[1:]}
    rows = [
        (row.code, row.name, *(_name(row.alpha2, language, names) for language, names in named.items()))
        for row in territories
    ]
    write_table(data / "names.csv", ("code", *LANGUAGES), rows)
    write_table(data / "cities.csv", ("zone", "country", *LANGUAGES), _cities(packages, territories))


def _name(alpha2: str, language: str, names: dict[str, str]) -> str:
    form = "-alt-short" if alpha2 in SHORT else "-alt-variant" if alpha2 in BOTH else ""
    name = SAID_OTHERWISE.get((alpha2, language)) or names.get(alpha2 + form) or names[alpha2]
    return name if alpha2 in BRACKETED else BRACKETS.sub(" " if name.isascii() or " " in name else "", name).strip()


def _cities(packages: Packages, territories: Sequence[Territory]) -> Iterator[tuple[str, ...]]:
    codes = {row.alpha2: row.code for row in territories}
    homes = {zone: codes[home] for zone, home in _homes(packages).items() if home in codes}
    root = dict(_exemplars(packages, "und"))
    named = [root | dict(_exemplars(packages, language)) for language in LANGUAGES]
    for zone, home in sorted(homes.items()):
        # CLDR leaves a name out where it is the last part of the key.
        plain = zone.rpartition("/")[2].replace("_", " ")
        yield (zone, home, *(names.get(zone, plain) for names in named))


def _homes(packages: Packages) -> dict[str, str]:
    """Give the territory of each zone: CLDR tells it in passing, where it maps those of Windows."""
    entries = (entry["mapZone"] for entry in packages.supplemental("windowsZones")["windowsZones"]["mapTimezones"])
    return {zone: entry["_territory"] for entry in entries if entry["_territory"] != "001" for zone in _zones(entry)}


def _zones(entry: dict[str, str]) -> list[str]:
    return [zone for zone in entry["_type"].split() if not zone.startswith("Etc/") and "/" in zone]


def _exemplars(packages: Packages, language: str) -> Iterator[tuple[str, str]]:
    zones = packages.localised("dates", "timeZoneNames", language)["dates"]["timeZoneNames"]["zone"]
    return _walk(zones, "")


def _walk(node: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for name, child in node.items():
        if not isinstance(child, dict):
            continue
        if "exemplarCity" in child:
            yield path + name, child["exemplarCity"]
        yield from _walk(child, f"{path}{name}/")
