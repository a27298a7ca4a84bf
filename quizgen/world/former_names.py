"""What countries were called before: the names that they had in English from one day until another."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "former_names.csv"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name, and the first day on which another had taken its place; without `start` it was there from the first."""

    name: str
    article: str
    until: date
    start: date = date.min


def named_on(code: str, day: date) -> FormerName | None:
    """Give the name that a country had on a day; None where that is the one of today."""
    return next((former for former in _table().get(code, ()) if former.start <= day < former.until), None)


def former_names(code: str) -> tuple[str, ...]:
    """Give every name that a country had before."""
    return tuple(former.name for former in _table().get(code, ()))


@cache
def _table() -> dict[str, list[FormerName]]:
    table: dict[str, list[FormerName]] = {}
    for row in csv.DictReader(_TABLE.read_text(encoding="utf-8").splitlines()):
        start = date.fromisoformat(row["from"]) if row["from"] else date.min
        former = FormerName(row["name"], row["article"], date.fromisoformat(row["until"]), start)
        table.setdefault(row["code"], []).append(former)
    return table
