"""What holds of any table: keys are unique and sorted, codes are known, exceptions are explained."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import KEYS, Tables, problem
from quizgen.world.gazetteer import ALL


def keys_are_sorted_and_unique(tables: Tables) -> Iterator[Problem]:
    """Say which rows stand out of order, or twice."""
    for table, columns in KEYS.items():
        keys = [tuple(row[column] for column in columns) for row in tables[table]]
        for row, (before, key) in zip(tables[table][1:], pairwise(keys), strict=True):
            if before >= key:
                yield problem(tables, table, row, f"{', '.join(key)} stands twice or out of order")


def codes_are_known(tables: Tables) -> Iterator[Problem]:
    """Say where a code stands that the table of such codes lacks, and what a table lacks that should hold them all."""
    territories = set(tables.column("countries", "code"))
    currencies, languages = (set(tables.column(name, "code")) for name in ("currency_codes", "language_names"))
    # Table, column, what may stand there, and whether all of it must.
    for table, column, known, whole in (
        ("arcs", "one", tables.countries(), False),
        ("arcs", "other", tables.countries(), False),
        ("borders", "code", tables.countries(), True),
        ("cities", "country", territories, False),
        ("currencies", "territory", territories, False),
        ("currencies", "currency", currencies, True),
        ("currency_names", "code", currencies, True),
        ("exceptions", "subject", territories, False),
        ("languages", "territory", territories, False),
        ("languages", "language", languages, True),
        ("look_alikes", "one", {code.upper() for code in tables.flags}, False),
        ("look_alikes", "other", {code.upper() for code in tables.flags}, False),
        ("names", "code", territories, True),
        ("tender_days", "territory", territories, False),
        ("tender_days", "currency", currencies, False),
    ):
        for row in tables[table]:
            if row[column] not in known:
                yield problem(tables, table, row, f"nothing is known of {row[column]!r}")
        for code in sorted(known - set(tables.column(table, column))) if whole else ():
            yield problem(tables, table, None, f"{code} is missing")


def exceptions_are_explained(tables: Tables) -> Iterator[Problem]:
    """Say which exception has no verdict, reason or source, or speaks of nothing that is known."""
    objects = {
        "borders": tables.countries(),
        "capital": {ALL},
        "currency": set(tables.column("currency_codes", "code")) | {ALL},
        "currency_dates": set(tables.column("currency_codes", "code")),
        "official_language": set(tables.column("language_names", "code")) | {ALL, "fr", "ru"},
        "flag": {ALL},
    }
    for row in tables["exceptions"]:
        if row["relation"] not in objects or row["object"] not in objects[row["relation"]]:
            yield problem(tables, "exceptions", row, f"there is no {row['relation']} {row['object']}")
        if row["verdict"] not in {"true", "false", "unasked"} or not row["reason"] or not row["sources"]:
            yield problem(tables, "exceptions", row, "needs a verdict, a reason and a source")
        if row["relation"] == "borders" and row["subject"] >= row["object"]:
            yield problem(tables, "exceptions", row, "the first of two neighbours is the one that comes first")
