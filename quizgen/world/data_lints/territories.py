"""What holds of countries and regions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import Tables, problem
from quizgen.world.gazetteer import Row

# Codes that ISO has withdrawn, or that others write for Kosovo, and that linger in old lists.
DEAD_CODES = frozenset(
    {
        "ANT",
        "BUR",
        "CSK",
        "CSX",
        "DDR",
        "FXX",
        "KSV",
        "PCZ",
        "ROM",
        "SCG",
        "SUN",
        "TMP",
        "UNK",
        "XKK",
        "XKO",
        "YMD",
        "YUG",
        "ZAR",
    }
)

# The parts of the world in the names of time zones, and the regions of M49 in them.
AREAS = frozenset(
    {("Africa", "Africa"), ("America", "Americas"), ("Antarctica", "Oceania"), ("Arctic", "Europe"), ("Asia", "Asia")}
    | {("Atlantic", "Africa"), ("Atlantic", "Americas"), ("Atlantic", "Europe"), ("Australia", "Oceania")}
    | {("Europe", "Europe"), ("Indian", "Africa"), ("Indian", "Asia"), ("Indian", "Oceania"), ("Pacific", "Oceania")}
)
ASTRIDE = frozenset(
    {("Africa/Ceuta", "ESP"), ("Europe/Istanbul", "TUR"), ("Pacific/Easter", "CHL"), ("Pacific/Galapagos", "ECU")}
    | {("Pacific/Honolulu", "USA")}
)


def countries_have_codes_of_their_own(tables: Tables) -> Iterator[Problem]:
    """Say which codes are malformed, dead or taken."""
    patterns = {
        "code": "[A-Z]{3}",
        "alpha2": "[A-Z]{2}",
        "kind": "country|territory",
        "article": "(the)?",
        "name": r"\S.*\S",
        "numeric": "[0-9]{3}|",
    }
    counts = {column: Counter(tables.column("countries", column)) for column in ("alpha2", "name", "numeric")}
    for row in tables["countries"]:
        for column, pattern in patterns.items():
            if not re.fullmatch(pattern, row[column]):
                yield problem(tables, "countries", row, f"{row[column]!r} is no {column}")
        for column, count in counts.items():
            if row[column] and count[row[column]] > 1:
                yield problem(tables, "countries", row, f"{row[column]!r} is the {column} of another too")
        if row["code"] in DEAD_CODES:
            yield problem(tables, "countries", row, f"{row['code']} is a dead code")
        if row["kind"] == "country" and not row["numeric"] and row["code"] != "XKX":
            yield problem(tables, "countries", row, f"{row['code']} has no number")
    if len(tables.countries()) != 197:
        yield problem(tables, "countries", None, "are not the 197: the UN's members, and four more")


def countries_lie_where_their_sub_region_lies(tables: Tables) -> Iterator[Problem]:
    """Say where the sub-region of a country, its region and the members of both do not fit."""
    regions = {row["code"]: row for row in tables["regions"]}
    placed: dict[str, list[Row]] = defaultdict(list)
    for region in tables["regions"]:
        parent = regions.get(region["parent"], {})
        if region["parent"] and (not parent or parent["parent"] or not region["members"]):
            yield problem(tables, "regions", region, f"{region['en']} lies in no region")
        for code in filter(None, region["members"].split("|")):
            placed[code].append(region)
    for row in tables["countries"]:
        homes = placed.pop(row["code"], [])
        if [home["en"] for home in homes] != [name for name in (row["subregion"],) if name]:
            yield problem(tables, "countries", row, f"{row['name']} does not lie in {row['subregion']} by both tables")
        elif homes and regions.get(homes[0]["parent"], {}).get("en") != row["region"]:
            yield problem(tables, "countries", row, f"{row['subregion']} does not lie in {row['region']}")
        elif row["kind"] == "country" and not homes:
            yield problem(tables, "countries", row, f"{row['name']} lies in no sub-region")
    for code in sorted(placed):
        yield problem(tables, "regions", placed[code][0], f"nothing is known of {code!r}")


def cities_lie_in_their_part_of_the_world(tables: Tables) -> Iterator[Problem]:
    """Say which city lies, by its time zone, where its country does not."""
    homes = {row["code"]: row["region"] for row in tables["countries"]}
    for row in tables["cities"]:
        area = row["zone"].partition("/")[0]
        astride = (row["zone"], row["country"]) in ASTRIDE or (area, row["country"]) == ("Asia", "RUS")
        if not astride and (area, homes.get(row["country"])) not in AREAS:
            yield problem(tables, "cities", row, f"{row['zone']} does not lie in {row['country']}")
