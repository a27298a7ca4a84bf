"""What holds of flags."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import Tables, problem
from quizgen.world.gazetteer import Row

# What makes a browser, or Anki on a phone, draw nothing, ask the network or run a program.
HARMFUL = re.compile(
    r"<(script|style|image|foreignObject|text|!|\?)|\son\w+=|href=\"[^#]|url\([^#]|&(?!amp;|lt;|quot;)"
)
HEAD = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg"[^>]* viewBox="0 0 640 480"[^>]* width="640" height="480"')


def every_country_has_its_flag(tables: Tables) -> Iterator[Problem]:
    """Say which flag is missing, or is not the one that was made."""
    for code in sorted(tables.countries()):
        if code.lower() not in tables.flags:
            yield Problem(f"flags/{code.lower()}.svg", 0, f"{code} has no flag")
    known = {code.lower() for code in tables.column("countries", "code")}
    for name, text in tables.flags.items():
        if name not in known:
            yield Problem(f"flags/{name}.svg", 0, "is the flag of nobody")
        if hashlib.sha256(text.encode()).hexdigest() != tables.digests.get(name):
            yield Problem(f"flags/{name}.svg", 0, "is not the file that was made")


def flags_are_plain_pictures(tables: Tables) -> Iterator[Problem]:
    """Say which file is no picture, has no size, or holds what no flag needs."""
    for name, text in tables.flags.items():
        if not _is_plain(text):
            yield Problem(f"flags/{name}.svg", 0, "is no plain picture of 640 by 480")


@lru_cache(None)
def _is_plain(text: str) -> bool:
    return bool(HEAD.match(text)) and text.endswith("</svg>\n") and not HARMFUL.search(text)


def look_alikes_are_measured(tables: Tables) -> Iterator[Problem]:
    """Say which verdict does not follow from the numbers, and which equal flags are not called the same."""
    for row in tables["look_alikes"]:
        if row["one"] >= row["other"] or row["verdict"] != _verdict(row):
            yield problem(
                tables, "look_alikes", row, f"{row['one']} and {row['other']}: {row['verdict']} does not follow"
            )
    same = {(row["one"], row["other"]) for row in tables["look_alikes"] if row["verdict"] == "same"}
    drawn: dict[str, list[str]] = defaultdict(list)
    for name, text in sorted(tables.flags.items()):
        drawn[text].append(name.upper())
    for names in drawn.values():
        for one, other in combinations(names, 2):
            if (one, other) not in same:
                yield problem(tables, "look_alikes", None, f"{one} and {other} are drawn the same")


def _verdict(row: Row) -> str:
    """Give what follows from the three measures; their limits are those of the rebuild."""
    try:
        distance, turned, colours = (float(row[name]) for name in ("distance", "turned", "colours"))
    except ValueError:
        return "no number"
    if not (0 <= distance <= 255 and 0 <= turned <= 255 and 0 <= colours <= 100):
        return "no measure"
    if colours <= 1:
        return "same"
    return "near" if distance <= 34 or turned <= 18 or colours <= 12 else "different"
