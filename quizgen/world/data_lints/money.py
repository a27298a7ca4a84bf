"""What holds of currencies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import Tables, problem
from quizgen.world.dates import PartialDate
from quizgen.world.gazetteer import ALL, CHECKED, Row

# Once a change is decided, its day may lie ahead, but not by more than this.
LATEST = date(CHECKED.year + 2, 1, 1)
EARLIEST = date(1600, 1, 1)
NEVER = "9999-12-31"


def uses_are_intervals(tables: Tables) -> Iterator[Problem]:
    """Say which dates are none, or run backwards."""
    for table in ("currencies", "currency_codes"):
        for row in tables[table]:
            days = [_day(row[name]) for name in ("from", "until") if row[name]]
            if None in days or not row["from"]:
                yield problem(tables, table, row, "is no interval: days are written 2002-02-28")
            elif [day for day in days if day and not EARLIEST <= day <= LATEST]:
                yield problem(tables, table, row, "lies in no time that anyone knows of")
            elif row["until"] and row["until"] <= row["from"]:
                yield problem(tables, table, row, "ends before it begins")


def no_currency_is_used_twice_at_once(tables: Tables) -> Iterator[Problem]:
    """Say which two uses of one currency in one territory overlap."""
    uses: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in tables["currencies"]:
        uses[row["territory"], row["currency"]].append(row)
    for (territory, currency), rows in uses.items():
        for one, other in combinations(rows, 2):
            if one["from"] < _end(other) and other["from"] < _end(one):
                yield problem(tables, "currencies", other, f"{currency} is used twice at once in {territory}")


def every_country_has_its_tender(tables: Tables) -> Iterator[Problem]:
    """Say who has no currency, more than one that is not explained, or years without any."""
    explained = tables.exceptions("currency")
    uses: dict[str, list[Row]] = defaultdict(list)
    for row in tables["currencies"]:
        uses[row["territory"]].append(row)
    for territory in tables.column("countries", "code"):
        current = [row for row in uses[territory] if not row["until"]]
        extra = [row for row in current if (territory, row["currency"]) not in explained]
        if not current and (territory, ALL) not in explained:
            yield problem(tables, "currencies", None, f"{territory} has no currency")
        if len(extra) > 1 or (len(current) > 1 and len(extra) == len(current)):
            yield problem(tables, "currencies", extra[0], f"{territory} has more than one currency")
        yield from _gaps(tables, uses[territory])


def _gaps(tables: Tables, rows: list[Row]) -> Iterator[Problem]:
    end, explained = "", tables.exceptions("currency_dates")
    for row in sorted(rows, key=lambda row: row["from"]):
        if end and row["from"] > end and (row["territory"], row["currency"]) not in explained:
            yield problem(tables, "currencies", row, f"nothing was tender in {row['territory']} before it")
        end = max(end, _end(row))


def mended_days_mend_something(tables: Tables) -> Iterator[Problem]:
    """Say which row of `tender_days.csv` is no interval, says not why, or says nothing else than CLDR does."""
    packaged = {(row["territory"], row["currency"], row["from"], row["until"]) for row in tables["currencies"]}
    pairs = {(row["territory"], row["currency"]) for row in tables["currencies"]}
    for row in tables["tender_days"]:
        start, end = (_partial(row[name]) for name in ("from", "until"))
        pair = (row["territory"], row["currency"])
        if not row["source"] or not row["reason"]:
            yield problem(tables, "tender_days", row, "needs a source and a reason")
        if "bad" in (start, end) or (row["from"] and row["until"] and row["until"] <= row["from"]):
            yield problem(tables, "tender_days", row, "is no interval: days are written 2002-02-28, 2002-02 or 2002")
        if (*pair, row["from"], row["until"]) in packaged:
            yield problem(tables, "tender_days", row, "says what CLDR says: take it out")
        elif pair not in pairs:
            yield problem(tables, "tender_days", row, f"{pair[1]} was never tender in {pair[0]}: check the codes")


def _partial(text: str) -> str:
    """Tell whether a date is one, to the day, month or year, or is left open."""
    try:
        return PartialDate.parse(text).iso if text else ""
    except ValueError:
        return "bad"


def codes_live_as_long_as_they_are_used(tables: Tables) -> Iterator[Problem]:
    """Say which code is used before its first day or after its last, or is said to live on when nobody uses it."""
    uses: dict[str, list[Row]] = defaultdict(list)
    for row in tables["currencies"]:
        uses[row["currency"]].append(row)
    for code in tables["currency_codes"]:
        own = uses[code["code"]]
        users = "|".join(row["territory"] for row in own if not row["until"])
        if code["used_in"] != users:
            yield problem(tables, "currency_codes", code, f"{code['code']} is used in {users or 'no place'}")
        if own and code["from"] != min(row["from"] for row in own):
            yield problem(tables, "currency_codes", code, f"{code['code']} does not begin with its first use")
        if own and _end(code) != max(_end(row) for row in own):
            yield problem(tables, "currency_codes", code, f"{code['code']} does not end with its last use")


def _end(row: Mapping[str, str]) -> str:
    return row["until"] or NEVER


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2002-02-28") else None
    except ValueError:
        return None
