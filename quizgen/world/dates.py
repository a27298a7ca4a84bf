"""Days as people write them: a whole day, a month, or only a year, and the intervals between two of them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Self

# How many written days are remembered: the same ones come again and again.
KEPT = 4_000

_MONTHS = tuple(calendar.month_name)
_WRITTEN = re.compile(r"(?P<year>\d{4})(-(?P<month>\d{2})(-(?P<day>\d{2}))?)?")


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year; `first` and `last` are the days it may mean."""

    first: date
    last: date
    precision: Precision

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2015-09-30`, `2015-09` or `2015`; raise ValueError for anything else, or for 30 February."""
        match = _WRITTEN.fullmatch(text.strip())
        if not match:
            message = "is not a date: write 2015-09-30, or 2015-09, or 2015"
            raise ValueError(message)
        year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
        try:
            return cls._between(year or 0, month, day)
        except (ValueError, calendar.IllegalMonthError) as error:
            message = "is not a day of the calendar"
            raise ValueError(message) from error

    @classmethod
    def _between(cls, year: int, month: int | None, day: int | None) -> Self:
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31), Precision.YEAR)
        if day is None:
            return cls(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH)
        return cls(date(year, month, day), date(year, month, day), Precision.DAY)

    @classmethod
    def of(cls, day: date) -> Self:
        """Give the date that is exactly `day`."""
        return cls(day, day, Precision.DAY)

    def may_be(self, other: PartialDate) -> bool:
        """Tell whether both may mean the same day."""
        return self.first <= other.last and other.first <= self.last

    def __str__(self) -> str:
        """Write it in English: `30 September 2015`, `September 2015` or `2015`."""
        if self.precision is Precision.DAY:
            return f"{self.first.day} {_month(self.first)}"
        return _month(self.first) if self.precision is Precision.MONTH else str(self.first.year)

    @property
    def iso(self) -> str:
        """The way it is written in a deck file."""
        return self.first.isoformat()[: {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}[self.precision]]


def _month(day: date) -> str:
    return f"{_MONTHS[day.month]} {day.year}"


@lru_cache(KEPT)
def written_day(day: date) -> str:
    """Write a day in English: `1 May 2026`."""
    return str(PartialDate.of(day))


@dataclass(frozen=True, slots=True)
class Interval:
    """When something holds: from `start` on, until just before `end` (half open).

    Without a start it is known to hold from `seen` on, the day on which it was checked, and unknown before.
    """

    seen: date
    start: PartialDate | None = None
    end: PartialDate | None = None

    @property
    def surely_from(self) -> date:
        """The first day on which it surely holds."""
        return self.start.last if self.start else self.seen

    @property
    def surely_until(self) -> date:
        """The first day on which it may no longer hold."""
        return self.end.first if self.end else date.max

    def holds_on(self, day: date) -> bool | None:
        """Tell whether it holds on that day; None where the dates are too vague to say."""
        return _and(self._has_begun(day), self._goes_on(day))

    def _has_begun(self, day: date) -> bool | None:
        if self.start is None:
            return True if day >= self.seen else None
        if day < self.start.first:
            return False
        return True if day >= self.start.last else None

    def _goes_on(self, day: date) -> bool | None:
        if self.end is None or day < self.end.first:
            return True
        return False if day >= self.end.last else None


def _and(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return True if left and right else None
