"""What holds of borders."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import Tables, problem

# States on islands that they share with nobody: told from no map.
ISLANDS = frozenset(
    {
        "ATG",
        "AUS",
        "BHR",
        "BHS",
        "BRB",
        "COM",
        "CPV",
        "CUB",
        "CYP",
        "DMA",
        "FJI",
        "FSM",
        "GRD",
        "ISL",
        "JAM",
        "JPN",
        "KIR",
        "KNA",
    }
    | {
        "LCA",
        "LKA",
        "MDG",
        "MDV",
        "MHL",
        "MLT",
        "MUS",
        "NRU",
        "NZL",
        "PHL",
        "PLW",
        "SGP",
        "SLB",
        "STP",
        "SYC",
        "TON",
        "TTO",
        "TUV",
    }
    | {"TWN", "VCT", "VUT", "WSM"}
)


def neighbours_are_mutual(tables: Tables) -> Iterator[Problem]:
    """Say who is a neighbour of somebody who is not theirs, or of themselves, or of nobody known."""
    pairs = set(_pairs(tables))
    countries = tables.countries()
    for row in tables["borders"]:
        others = list(filter(None, row["neighbours"].split("|")))
        if others != sorted(set(others)):
            yield problem(tables, "borders", row, f"the neighbours of {row['code']} stand twice or out of order")
        for other in others:
            if other == row["code"] or other not in countries:
                yield problem(tables, "borders", row, f"{other!r} is no neighbour of {row['code']}")
            elif (other, row["code"]) not in pairs:
                yield problem(tables, "borders", row, f"{row['code']} is no neighbour of {other}")


def borders_are_those_of_the_map(tables: Tables) -> Iterator[Problem]:
    """Say which border the map lacks, or has, without an exception that says so."""
    on_map = {(row["one"], row["other"]) for row in tables["arcs"]}
    expected = (on_map - tables.exceptions("borders", "false")) | tables.exceptions("borders", "true")
    stated = {(one, other) for one, other in _pairs(tables) if one < other}
    for one, other in sorted(expected ^ stated):
        yield problem(tables, "borders", None, f"the border of {one} and {other} is only on the map, or only here")
    for one, other in sorted(on_map):
        if one >= other:
            yield problem(tables, "arcs", None, f"{one} and {other} stand in the wrong order")


def islands_have_no_neighbours(tables: Tables) -> Iterator[Problem]:
    """Say which state of islands of its own borders somebody, and which that is not does not."""
    for row in tables["borders"]:
        if bool(row["neighbours"]) == (row["code"] in ISLANDS):
            yield problem(
                tables, "borders", row, f"{row['code']} is an island and has neighbours, or is none and has none"
            )


def _pairs(tables: Tables) -> Iterator[tuple[str, str]]:
    for row in tables["borders"]:
        for other in filter(None, row["neighbours"].split("|")):
            yield row["code"], other
