"""`flags/`: one flag a territory, drawn 4 by 3, under its alpha-3 code in small letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quizgen.world.rebuild import svg
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.territories import Territory

WIDTH, HEIGHT = 640, 480

# Parts of Saint Helena whose codes are reserved only: their arms alone would be a tenth of all.
WITHOUT = frozenset({"AC", "TA"})

# Coats of arms of thousands of strokes: outlines may move by this share of a pixel where a file is larger than that.
LARGE = 9_000
EXACT_TO = 0.3


def source(packages: Packages, alpha2: str) -> str:
    """Read a flag as it is drawn in the package."""
    return packages.text("flag-icons", f"flags/4x3/{alpha2.lower()}.svg")


def flown(territories: Sequence[Territory]) -> list[Territory]:
    """Give the territories whose flags are shipped."""
    return [row for row in territories if row.alpha2 not in WITHOUT]


def write(packages: Packages, territories: Sequence[Territory], data: Path) -> None:
    """Write every flag."""
    folder = data / "flags"
    folder.mkdir(exist_ok=True)
    for row in flown(territories):
        path = folder / f"{row.code.lower()}.svg"
        path.write_text(smaller(source(packages, row.alpha2)) + "\n", encoding="utf-8", newline="\n")


def smaller(text: str) -> str:
    """Give a flag again with nothing in it that is not seen."""
    exact = svg.minified(text, width=WIDTH, height=HEIGHT, exact_to=None)
    return exact if len(exact) < LARGE else svg.minified(text, width=WIDTH, height=HEIGHT, exact_to=EXACT_TO)
