"""What a cell of a sheet shows: numbers and days in the format that the cell has."""

from __future__ import annotations

import calendar
import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

from quizgen.world import written_day

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_TOKENS = re.compile(rf"{_LITERAL.pattern}|(?P<token>yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s)", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?P<before>[^#0,.%]*)(?P<whole>[#0,]*)(?:\.(?P<places>0+#*|#+))?(?P<percent>\s?%)?(?P<after>[^#0,.%]*)"
)
# Excel's built-in "short date" shows by the computer's language: a day with its month in words cannot be misread.
_CONTEXT = Context(prec=400)  # the largest number has 309 digits
_BY_LANGUAGE = frozenset({"mm-dd-yy", "m/d/yy", "m/d/yyyy", "General"})


def shown(value: object, pattern: str) -> str:
    """Give the text that a cell shows; a format that is not known shows the number as it is."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, pattern)
    if isinstance(value, datetime | date | time):
        return _moment(value, pattern)
    return _span(value) if isinstance(value, timedelta) else str(value)


def _number(value: float, pattern: str) -> str:
    if not math.isfinite(value):
        return ""
    plain = _LITERAL.sub(lambda found: found[1] or found[2] or "", pattern.split(";", maxsplit=1)[0])
    found = _NUMBER.fullmatch(plain)
    if pattern == "General" or not found or not (found["whole"] or found["places"]):
        return _general(value)
    places = len(found["places"] or "")
    exact = Decimal(repr(value)) * (100 if found["percent"] else 1)
    comma = "," if "," in found["whole"] else ""
    text = f"{exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _CONTEXT):{comma}f}"
    if "#" in (found["places"] or ""):
        text = text.rstrip("0").rstrip(".")
    width = found["whole"].count("0")
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, rest = digits.partition(".")
    whole = whole if comma else whole.zfill(width)
    return f"{found['before']}{sign}{whole}{'.' * bool(rest)}{rest}{found['percent'] or ''}{found['after']}".strip()


def _general(value: float) -> str:
    """Show a number as Excel does where no format is set: up to eleven digits."""
    if isinstance(value, int) or value == int(value):
        return str(int(value)) if abs(value) < 1e15 else f"{value:.10E}"
    return f"{value:.10g}"


def _span(value: timedelta) -> str:
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _moment(value: datetime | date | time, pattern: str) -> str:
    pattern = pattern.split(";", maxsplit=1)[0].replace("AM/PM", "").strip()
    plain = _LITERAL.sub("", pattern)
    if isinstance(value, time):
        return value.strftime("%H:%M:%S") if "s" in plain.lower() else value.strftime("%H:%M")
    if plain in _BY_LANGUAGE or not re.search("[ymd]", plain, re.IGNORECASE):
        return written_day(value.date() if isinstance(value, datetime) else value)
    return _TOKENS.sub(lambda found: _token(value, found, pattern), pattern).strip()


def _token(value: datetime | date, found: re.Match[str], pattern: str) -> str:
    if found["token"]:
        return _part(value, found["token"].lower(), pattern, found.start())
    return found[1] or found[2] or ""


def _part(value: datetime | date, token: str, pattern: str, place: int) -> str:
    if token in ("h", "hh", "s", "ss"):
        clock = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        number = clock.hour if token.startswith("h") else clock.second
        return f"{number:0{len(token)}}"
    if token in ("m", "mm") and re.search(r"h+[^a-z]*$", pattern[:place].lower()):
        return f"{getattr(value, 'minute', 0):0{len(token)}}"
    names = {
        "yyyy": str(value.year), "yy": f"{value.year % 100:02}", "mmmm": calendar.month_name[value.month],
        "mmm": calendar.month_abbr[value.month], "dddd": calendar.day_name[value.weekday()],
        "ddd": calendar.day_abbr[value.weekday()],
    }  # fmt: skip
    number = value.month if token.startswith("m") else value.day
    return names.get(token) or f"{number:0{len(token)}}"
