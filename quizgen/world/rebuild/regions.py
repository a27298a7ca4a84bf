"""`regions.csv`: the regions and sub-regions of the UN's standard M49, as CLDR contains them.

CLDR has no level of its own for M49's "sub-Saharan Africa" and "Latin America and the Caribbean": a sub-region here is
the smallest group that a territory lies in, such as Eastern Africa or the Caribbean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from quizgen.world.gazetteer import LANGUAGES
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.tables import write_table

# The UN's five regions, as CLDR numbers them.
REGIONS = {"002": "Africa", "009": "Oceania", "019": "Americas", "142": "Asia", "150": "Europe"}


class Placed(Protocol):
    """What has a code of two letters, and one of three."""

    @property
    def code(self) -> str:
        """Three letters."""

    @property
    def alpha2(self) -> str:
        """Two letters."""


class Regions:
    """Who lies in which region."""

    def __init__(self, packages: Packages) -> None:
        self._groups: dict[str, Any] = packages.supplemental("territoryContainment")["territoryContainment"]
        self._region = {member: name for code, name in REGIONS.items() for member in self._within(code)}
        self._subregion = {member: code for code in self.subregions() for member in self.members(code)}

    def members(self, code: str) -> set[str]:
        """Give what lies right in a group."""
        return set(self._groups[code]["_contains"])

    def region_of(self, alpha2: str) -> str:
        """Give the English name of the region that a territory lies in."""
        return self._region.get(alpha2, "")

    def subregion_of(self, alpha2: str) -> str:
        """Give the M49 code of the sub-region that a territory lies in."""
        return self._subregion.get(alpha2, "")

    def subregions(self) -> dict[str, str]:
        """Give the region of each sub-region; CLDR's own group of outlying islands, QO, is none of M49."""
        return {member: code for code in REGIONS for member in sorted(self.members(code)) if member.isdigit()}

    def _within(self, code: str) -> Iterator[str]:
        for member in self._groups.get(code, {}).get("_contains", ()):
            yield member
            yield from self._within(member)


def write(packages: Packages, territories: Sequence[Placed], data: Path) -> None:
    """Write regions and sub-regions, with what lies in each, and their names."""
    regions = Regions(packages)
    parents = dict.fromkeys(REGIONS, "") | regions.subregions()
    names = [packages.names("territories", language) for language in LANGUAGES]
    rows = [
        (code, parent, "|".join(_within(code, regions, territories)), *(_plain(name[code]) for name in names))
        for code, parent in sorted(parents.items())
    ]
    write_table(data / "regions.csv", ("code", "parent", "members", *LANGUAGES), rows)


def _within(code: str, regions: Regions, territories: Sequence[Placed]) -> list[str]:
    return [row.code for row in territories if regions.subregion_of(row.alpha2) == code]


def _plain(name: str) -> str:
    return name.replace(" & ", " and ")
