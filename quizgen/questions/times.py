"""The days on which the facts of one group begin and end, and days worth asking about."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from quizgen.facts import RelationFact
from quizgen.questions.relation_index import group_of
from quizgen.world import Interval

# A day inside a year on which, unlike 1 January or 1 July, memberships hardly ever begin.
ASKED_MONTH, ASKED_DAY = 3, 1
YEARS_TRIED = 8


def asked_day(year: int) -> date:
    """Give the day of a year that is asked about; of one that no calendar has, that of the nearest that it has."""
    return date(min(max(year, MINYEAR), MAXYEAR), ASKED_MONTH, ASKED_DAY)


@dataclass(frozen=True, slots=True)
class Times:
    """When the facts of one relation to one object begin and end, each in order."""

    starts: tuple[date, ...]
    ends: tuple[date, ...]

    def outside(self, day: date) -> int:
        """Count the facts that did not hold on a day."""
        return len(self.starts) - bisect_right(self.starts, day) + bisect_right(self.ends, day)

    def before(self, day: date) -> int:
        """Count the facts that began before a day."""
        return bisect_left(self.starts, day)

    def after(self, day: date) -> int:
        """Count the facts that began after a day."""
        return len(self.starts) - bisect_right(self.starts, day)


def times_of(facts: Iterable[RelationFact]) -> dict[tuple[str, str], Times]:
    """Sort the days of all facts by what they share."""
    groups: dict[tuple[str, str], list[Interval]] = defaultdict(list)
    for fact in facts:
        groups[group_of(fact)].append(fact.during)
    return {
        group: Times(
            tuple(sorted(during.start.first for during in intervals if during.start)),
            tuple(sorted(during.end.last for during in intervals if during.end)),
        )
        for group, intervals in groups.items()
    }


def days_in(during: Interval, today: date) -> Iterator[date]:
    """Give some days on which it held; of a long time every few years."""
    if during.start is None:
        return
    last = min(today, date.fromordinal(max(1, during.surely_until.toordinal() - 1)))
    years = range(during.start.last.year, last.year + 1)
    for year in years[:: max(1, len(years) // YEARS_TRIED)]:
        day = asked_day(year)
        if during.start.last <= day <= last:
            yield day
