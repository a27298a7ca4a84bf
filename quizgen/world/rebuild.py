"""Rebuilds `countries.csv` from the CLDR packages of the npm registry: run by hand when a new CLDR comes out.

    npm pack cldr-core@48.2.0 cldr-localenames-full@48.2.0     # and unpack both, side by side, into FOLDER
    python -m quizgen.world.rebuild FOLDER

Names are CLDR's (Unicode licence 3.0), save those in `RENAMED`, whose reasons stand beside them.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Beside the UN's members, what the quiz world counts as a country; the rest of the codes are territories.
ALSO_COUNTRIES = frozenset({"PS", "TW", "VA", "XK"})

# CLDR's alpha-3 for Kosovo is a private placeholder; XKX is what banks, Frontex and the World Bank write.
ALPHA3 = {"XK": "XKX"}

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

COLUMNS = ("code", "alpha2", "name", "article", "kind", "region", "aliases")

# The UN's five regions (standard M49), as CLDR numbers them.
REGIONS = {"002": "Africa", "009": "Oceania", "019": "Americas", "142": "Asia", "150": "Europe"}


def rows(core: Path, names: Path) -> Iterator[tuple[str, ...]]:
    """Yield one row a territory that has an alpha-3 code, by code."""
    codes = _load(core / "supplemental/codeMappings.json")["supplemental"]["codeMappings"]
    groups = _load(core / "supplemental/territoryContainment.json")["supplemental"]["territoryContainment"]
    english = _load(names / "main/en/territories.json")["main"]["en"]["localeDisplayNames"]["territories"]
    regions = {member: name for code, name in REGIONS.items() for member in _within(code, groups)}
    countries = ALSO_COUNTRIES | set(groups["UN"]["_contains"])
    for alpha2, mapping in codes.items():
        code = ALPHA3.get(alpha2, mapping.get("_alpha3", ""))
        if len(alpha2) != 2 or not code or alpha2 not in english or PRIVATE.match(code):
            continue
        name = RENAMED.get(alpha2, _plain(english[alpha2]))
        kind = "country" if alpha2 in countries else "territory"
        article = "the" * (alpha2 in WITH_THE)
        aliases = "|".join(_aliases(alpha2, name, english))
        yield code, alpha2, name, article, kind, regions.get(alpha2, ""), aliases


def _within(code: str, groups: dict[str, Any]) -> Iterator[str]:
    for member in groups.get(code, {}).get("_contains", ()):
        yield member
        yield from _within(member, groups)


def _aliases(alpha2: str, name: str, english: dict[str, str]) -> Iterator[str]:
    others = [english[alpha2], *(english.get(f"{alpha2}-alt-{form}", "") for form in ("short", "variant"))]
    for other in dict.fromkeys([*map(_plain, others), *ALIASES.get(alpha2, [])]):
        if other and other != name:
            yield other


def _plain(name: str) -> str:
    return name.replace("&", "and").replace("’", "'")


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def main(folder: Path) -> None:
    """Write the table beside this file."""
    (core,) = folder.glob("cldr-core-*/package")
    (names,) = folder.glob("cldr-localenames-full-*/package")
    with (Path(__file__).parent / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(rows(core, names)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
