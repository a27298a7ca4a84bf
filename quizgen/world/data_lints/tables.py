"""The tables in memory, so that a check, or a test that spoils them, needs no files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from quizgen.problems import Problem
from quizgen.world.entities import DATA
from quizgen.world.gazetteer import Row, read_rows

# The columns by which a row is known; every table is sorted by them.
KEYS: Mapping[str, tuple[str, ...]] = {
    "arcs": ("one", "other"),
    "borders": ("code",),
    "cities": ("zone",),
    "countries": ("code",),
    "currencies": ("territory", "currency", "from"),
    "currency_codes": ("code",),
    "currency_names": ("code",),
    "exceptions": ("relation", "subject", "object"),
    "language_names": ("code",),
    "languages": ("territory", "language"),
    "look_alikes": ("one", "other"),
    "names": ("code",),
    "regions": ("code",),
    "tender_days": ("territory", "currency", "from"),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything in the folder: rows by table, the text of every flag, and the digests that they should have."""

    rows: Mapping[str, tuple[Row, ...]]
    flags: Mapping[str, str]
    digests: Mapping[str, str]

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        return self.rows[table]

    def column(self, table: str, name: str) -> list[str]:
        """Give one column."""
        return [row[name] for row in self.rows[table]]

    def countries(self) -> set[str]:
        """Give the codes of what counts as a country."""
        return {row["code"] for row in self["countries"] if row["kind"] == "country"}

    def exceptions(self, relation: str, *verdicts: str) -> set[tuple[str, str]]:
        """Give the pairs of which something else is known than the packages say."""
        rows = (row for row in self["exceptions"] if row["relation"] == relation)
        return {(row["subject"], row["object"]) for row in rows if not verdicts or row["verdict"] in verdicts}


def read_tables(folder: Path = DATA) -> Tables:
    """Read everything."""
    flags = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "flags").glob("*.svg"))}
    files = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    digests = {Path(name).stem: digest for name, digest in files.items() if name.startswith("flags/")}
    rows = {name: read_rows(folder / f"{name}.csv") for name in KEYS}
    return Tables(MappingProxyType(rows), MappingProxyType(flags), MappingProxyType(digests))


def problem(tables: Tables, table: str, row: Row | None, message: str) -> Problem:
    """Point at a row of a table, or at all of it."""
    line = next((line for line, other in enumerate(tables[table], 2) if other is row), 0)
    return Problem(f"{table}.csv", line, message)
