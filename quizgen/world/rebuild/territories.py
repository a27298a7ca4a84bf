"""`countries.csv`: every territory that has an alpha-3 code.

Names are CLDR's, save those in `RENAMED`, whose reasons stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.regions import Regions
from quizgen.world.rebuild.tables import write_table

# Beside the UN's members, what the quiz world counts as a country; the rest of the codes are territories.
ALSO_COUNTRIES = frozenset({"PS", "TW", "VA", "XK"})

# CLDR's codes for Kosovo are private placeholders; XKX is what banks, Frontex and the World Bank write.
ALPHA3 = {"XK": "XKX"}
NO_NUMERIC = frozenset({"XK"})

# ISO keeps these ranges for private use: CLDR puts pseudo-territories and "unknown" there.
PRIVATE = re.compile(r"Q[M-Z]|X(?!KX)|ZZZ")

RENAMED = {
    "CD": "Democratic Republic of the Congo",  # CLDR tells the two Congos apart by capital: not what people say
    "CG": "Republic of the Congo",
    "MM": "Myanmar",  # the bracketed second name would give an option away by its form
    "HK": "Hong Kong",
    "MO": "Macao",
    "CC": "Cocos Islands",
    "FK": "Falkland Islands (Islas Malvinas)",  # CLDR's variant: both names of a disputed place
    "VC": "St. Vincent and the Grenadines",
}

WITH_THE = frozenset(
    {"AE", "BS", "CD", "CG", "CC", "CF", "CK", "DO", "FK", "FO", "GB", "GM", "IO", "IM", "KM", "KY", "MH", "MP", "MV"}
    | {"NL", "PH", "PN", "PS", "SB", "TC", "US", "UM", "VG", "VI"}
)

ALIASES = {"GB": ["UK", "Britain"], "US": ["USA", "United States of America"], "TR": ["Turkey"]}


class Territory(NamedTuple):
    """One row."""

    code: str
    alpha2: str
    name: str
    article: str
    kind: str
    region: str
    aliases: str
    subregion: str
    numeric: str


def write(packages: Packages, data: Path) -> list[Territory]:
    """Write the table; give its rows, by code."""
    rows = sorted(_rows(packages))
    write_table(data / "countries.csv", Territory._fields, rows)
    return rows


def _rows(packages: Packages) -> Iterator[Territory]:
    codes = packages.supplemental("codeMappings")["codeMappings"]
    english = packages.names("territories", "en")
    regions = Regions(packages)
    countries = ALSO_COUNTRIES | regions.members("UN")
    for alpha2, mapping in codes.items():
        code = ALPHA3.get(alpha2, mapping.get("_alpha3", ""))
        if len(alpha2) != 2 or not code or alpha2 not in english or PRIVATE.match(code):
            continue
        name = RENAMED.get(alpha2, _plain(english[alpha2]))
        yield Territory(
            code=code,
            alpha2=alpha2,
            name=name,
            article="the" * (alpha2 in WITH_THE),
            kind="country" if alpha2 in countries else "territory",
            region=regions.region_of(alpha2),
            aliases="|".join(_aliases(alpha2, name, english)),
            subregion=_plain(english.get(regions.subregion_of(alpha2), "")),
            numeric="" if alpha2 in NO_NUMERIC else mapping.get("_numeric", ""),
        )


def _aliases(alpha2: str, name: str, english: dict[str, str]) -> Iterator[str]:
    others = [english[alpha2], *(english.get(f"{alpha2}-alt-{form}", "") for form in ("short", "variant"))]
    for other in dict.fromkeys([*map(_plain, others), *ALIASES.get(alpha2, [])]):
        if other and other != name:
            yield other


def _plain(name: str) -> str:
    return name.replace("&", "and").replace("’", "'")
