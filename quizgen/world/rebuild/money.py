"""`currencies.csv`, `currency_codes.csv` and `currency_names.csv`: what was tender where, and when.

CLDR's `_to` is the last day on which a currency was tender, and ICU reads it as the last millisecond of that day. Where
two were tender side by side for a while, it is the last day of that while: the kuna goes to 2023-01-14 beside the euro
of 2023-01-01, the lev to 2026-01-31 beside that of 2026-01-01. Our `until` is the day after, except where another
currency of the territory begins on that very `_to`: some 90 times, mostly long ago, CLDR writes the day of the change
on both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from quizgen.world.gazetteer import LANGUAGES
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.tables import write_table
from quizgen.world.rebuild.territories import Territory

NEVER = "9999"


class Use(NamedTuple):
    """A currency was tender in a territory; `until` is empty where it still is."""

    territory: str
    currency: str
    start: str
    until: str


def write(packages: Packages, territories: Sequence[Territory], data: Path) -> None:
    """Write the three tables."""
    regions = packages.supplemental("currencyData")["currencyData"]["region"]
    uses = sorted(use for row in territories for use in _uses(row.code, regions.get(row.alpha2, ())))
    codes = sorted({use.currency for use in uses})
    columns = ("territory", "currency", "from", "until")
    write_table(data / "currencies.csv", columns, uses)
    write_table(
        data / "currency_codes.csv", ("code", "from", "until", "used_in"), (_life(code, uses) for code in codes)
    )
    named = [_names(packages, language) for language in LANGUAGES]
    rows = ((code, *(names.get(code, "") for names in named)) for code in codes)
    write_table(data / "currency_names.csv", ("code", *LANGUAGES), rows)


def _uses(territory: str, entries: Sequence[dict[str, dict[str, str]]]) -> Iterator[Use]:
    # Funds codes and units of account (BOV, CLF, USN) are not tender, and CLDR says so.
    tender = [pair for entry in entries for pair in entry.items() if pair[1].get("_tender") != "false"]
    for currency, dates in tender:
        others = {other["_from"] for code, other in tender if code != currency}
        yield Use(territory, currency, dates["_from"], _until(dates.get("_to", ""), others))


def _until(last: str, changes: set[str]) -> str:
    if not last or last in changes:
        return last
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat()


def _life(code: str, uses: list[Use]) -> tuple[str, str, str, str]:
    """Give a code's first day anywhere, the day after its last if it has one, and who uses it now."""
    own = [use for use in uses if use.currency == code]
    last = max(use.until or NEVER for use in own)
    users = "|".join(use.territory for use in own if not use.until)
    return code, min(use.start for use in own), "" if last == NEVER else last, users


def _names(packages: Packages, language: str) -> dict[str, str]:
    """Give the names as they stand in a sentence, of one piece of it (`US dollar`), else the display names."""
    entries = packages.localised("numbers", "currencies", language)["numbers"]["currencies"]
    named = {code: entry.get("displayName-count-one") or entry.get("displayName") for code, entry in entries.items()}
    return {code: name for code, name in named.items() if name and name != code}
