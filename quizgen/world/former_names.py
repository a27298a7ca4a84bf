"""What countries were called before: the names that they had in English until a day."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "former_names.csv"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name, and the first day on which another had taken its place."""

    name: str
    article: str
    until: date


def named_on(code: str, day: date) -> FormerName | None:
    """Give the name that a country had on a day; None where that is the one of today."""
    names = (former for former in _table().get(code, ()) if day < former.until)
    return min(names, key=lambda former: former.until, default=None)


@cache
def _table() -> dict[str, list[FormerName]]:
    table: dict[str, list[FormerName]] = {}
    for row in csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines()):
        former = FormerName(row["name"], row["article"], date.fromisoformat(row["until"]))
        table.setdefault(row["code"], []).append(former)
    return table
