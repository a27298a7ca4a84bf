"""`manifest.json`: the digest of every file made here, and of the packages that it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from quizgen.world.rebuild.packages import PINNED

# What people write: the lints and the reader of a change look after it.
BY_HAND = frozenset(
    {"currency_units.csv", "exceptions.csv", "former_names.csv", "manifest.json", "tender_days.csv"}
    | {"young_states.csv"}
)


def write(data: Path) -> None:
    """Write it."""
    made = {"packages": {name: asdict(pin) for name, pin in PINNED.items()}, "files": dict(_digests(data))}
    text = json.dumps(made, indent=1, sort_keys=True)
    (data / "manifest.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _digests(data: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(data.rglob("*")):
        if path.is_file() and path.name not in BY_HAND:
            yield path.relative_to(data).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()
