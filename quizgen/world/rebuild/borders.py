"""`arcs.csv` and `borders.csv`: two countries are neighbours where their outlines on the map share an arc.

The map is Natural Earth's 1:10m (in coarser ones small countries lose neighbours and others gain some), on which every
line is drawn once. What it shows stands in `arcs.csv`; `exceptions.csv` says where, and why, it is not the whole truth.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from quizgen.world.gazetteer import Row, read_rows
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.tables import write_table
from quizgen.world.rebuild.territories import Territory

# What the map knows by name only, and we by a code.
NAMED = {"Kosovo": "XKX"}

Pair = tuple[str, str]


def write(packages: Packages, territories: Sequence[Territory], data: Path) -> None:
    """Write what the map shows, and what is true."""
    countries = [row for row in territories if row.kind == "country"]
    topology = json.loads(packages.text("world-atlas", "countries-10m.json"))
    arcs = set(_shared(topology, {row.numeric: row.code for row in countries if row.numeric} | NAMED))
    write_table(data / "arcs.csv", ("one", "other"), sorted(arcs))
    neighbours = _neighbours(_corrected(arcs, read_rows(data / "exceptions.csv")))
    rows = [(row.code, "|".join(sorted(neighbours[row.code]))) for row in countries]
    write_table(data / "borders.csv", ("code", "neighbours"), rows)


def _shared(topology: dict[str, Any], codes: dict[str, str]) -> Iterator[Pair]:
    users: dict[int, set[str]] = defaultdict(set)
    for shape in topology["objects"]["countries"]["geometries"]:
        code = codes.get(shape.get("id", "")) or codes.get(shape["properties"]["name"])
        for arc in _flat(shape.get("arcs", ())) if code else ():
            users[arc].add(code or "")
    for sharing in users.values():
        yield from combinations(sorted(sharing), 2)


def _flat(arcs: Iterable[Any]) -> Iterator[int]:
    """Give every arc of rings in polygons in lands; one that is run backwards is written as its complement."""
    for arc in arcs:
        if isinstance(arc, int):
            yield arc if arc >= 0 else ~arc
        else:
            yield from _flat(arc)


def _corrected(arcs: set[Pair], exceptions: Sequence[Row]) -> set[Pair]:
    pairs = {True: set[Pair](), False: set[Pair]()}
    for row in exceptions:
        if row["relation"] == "borders" and row["verdict"] in ("true", "false"):
            one, other = sorted((row["subject"], row["object"]))
            pairs[row["verdict"] == "true"].add((one, other))
    return (arcs - pairs[False]) | pairs[True]


def _neighbours(pairs: set[Pair]) -> dict[str, set[str]]:
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    return neighbours
