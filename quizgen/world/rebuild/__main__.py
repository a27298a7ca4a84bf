"""The door: reads the packages and writes every table, the flags and the manifest."""

from __future__ import annotations

import sys
from pathlib import Path

from quizgen.world.entities import DATA
from quizgen.world.rebuild import borders, flags, languages, look_alikes, manifest, money, names, regions, territories
from quizgen.world.rebuild.packages import Packages


def main(folder: Path, data: Path = DATA) -> None:
    """Write everything, in the order in which one part needs another."""
    packages = Packages(folder)
    rows = territories.write(packages, data)
    regions.write(packages, rows, data)
    names.write(packages, rows, data)
    money.write(packages, rows, data)
    languages.write(packages, rows, data)
    borders.write(packages, rows, data)
    flags.write(packages, rows, data)
    look_alikes.write(packages, rows, data)
    manifest.write(data)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
