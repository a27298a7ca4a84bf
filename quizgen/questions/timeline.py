"""Questions about time from dated relations: what held on a day, what changed between two, what came first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Judge, Verdict
from quizgen.questions.model import Ground, Level
from quizgen.questions.option_sets import ENOUGH, WANTED, point
from quizgen.questions.relation_index import RelationIndex, group_of, subject_candidate
from quizgen.questions.times import YEARS_TRIED, asked_day, days_in, times_of
from quizgen.questions.wording import Wording
from quizgen.world import PartialDate

_LONGEST_SPAN = 6
_LOOKED_AT = 48
# Questions that are the other side of a kind: asked of those who came late.
_KINDS = {"after_day": "on_day", "since": "already", "between": "order", "left": "period"}


class TimeQuestions:
    """Drafts the questions about time."""

    def __init__(self, facts: Iterable[RelationFact], index: RelationIndex) -> None:
        """Sort the facts by their days."""
        self.index = index
        self.times = times_of(facts)

    def drafts(self, fact: RelationFact, words: Wording) -> Iterator[Draft]:
        """Draft what a dated fact carries."""
        if not fact.during.start or fact.during.start.first > fact.as_of:
            return
        makers = [self._on_day, self._period, self._left]
        if self.index.came_once(fact):
            makers += [self._between, self._already, self._order]
        for make in makers:
            draft = make(fact, words)
            if draft:
                yield draft

    def _on_day(self, fact: RelationFact, words: Wording) -> Draft | None:
        """Ask who was there on a day, or who came only after it: early and late ones are the answer alike."""
        then, after = self._day_in(fact), self._day_before(fact)
        can_be_late = after and words.has(fact, "ask_after_day") and self.index.came_once(fact)
        if after and can_be_late and (not then or self._is_late(fact)):
            return self._came_after(fact, after, words.sentence(fact, "ask_after_day", after), words)
        if not then or not words.has(fact, "ask_on_day"):
            return None
        judge = self.index.judge_subject(fact, words, then)
        return self._draft(fact, words, ("on_day", Level.UNDERSTAND), words.sentence(fact, "ask_on_day", then), judge)

    def _is_late(self, fact: RelationFact) -> bool:
        """Tell whether a fact began in the later half of its siblings.

        Who came early is the answer to who was there, and who came late to who came after: with only one of the two
        kinds, one half would be all keys and the other all distractors.
        """
        times, start = self.times[group_of(fact)], fact.during.start
        return start is not None and times.before(start.first) >= times.after(start.first)

    def _day_in(self, fact: RelationFact) -> date | None:
        """Choose a day on which the fact held and enough of its siblings did not."""
        times = self.times[group_of(fact)]
        days = [day for day in days_in(fact.during, fact.as_of) if times.outside(day) >= ENOUGH]
        return min(days, key=lambda day: point(fact.path, day.isoformat()), default=None)

    def _day_before(self, fact: RelationFact) -> date | None:
        """Choose a day before the start, when enough siblings were there."""
        times, start = self.times[group_of(fact)], fact.during.start
        if start is None or not self.index.is_whole(fact, times.starts[0]):
            return None
        years = range(times.starts[0].year + 1, start.first.year + 1)
        days = (asked_day(year) for year in years[:: max(1, len(years) // YEARS_TRIED)])
        fit = [day for day in days if day < start.first and times.before(day) >= WANTED]
        return min(fit, key=lambda day: point(fact.path, day.isoformat()), default=None)

    def _came_after(self, fact: RelationFact, day: date, stem: str, words: Wording) -> Draft:
        def judge(candidate: Candidate) -> Verdict | None:
            starts = self.index.starts(candidate, fact)
            if not starts or not all(start.last < day for start in starts):
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        return self._draft(fact, words, ("after_day", Level.UNDERSTAND), stem, judge)

    def _period(self, fact: RelationFact, words: Wording) -> Draft | None:
        span = self._span(fact)
        if not words.has(fact, "ask_period") or span is None:
            return None
        first, last = span
        stem = words.between(fact, "ask_period", first, last)

        def judge(candidate: Candidate) -> Verdict | None:
            starts = self.index.starts(candidate, fact)
            if not starts or any(start.last >= first and start.first <= last for start in starts):
                return None
            if isinstance(candidate.fact, RelationFact) and (candidate.fact.subject.since or first) > first:
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        return self._draft(fact, words, ("period", Level.UNDERSTAND), stem, judge)

    def _span(self, fact: RelationFact) -> tuple[date, date] | None:
        """Choose two days with the start between them and enough siblings outside."""
        span = self._days_around(fact, fact.during.start)
        if span is None:
            return None
        times = self.times[group_of(fact)]
        return span if times.before(span[0]) + times.after(span[1]) >= WANTED else None

    def _days_around(self, fact: RelationFact, day: PartialDate | None) -> tuple[date, date] | None:
        """Choose two days some years before and after another; from the first on all siblings are known."""
        if day is None or day.first.year != day.last.year:
            return None
        before = 1 + point(fact.path, "before") % (_LONGEST_SPAN // 2)
        after = 1 + point(fact.path, "after") % (_LONGEST_SPAN // 2)
        first = asked_day(day.first.year - before)
        last = min(asked_day(day.last.year + after), fact.as_of)
        return (first, last) if first < day.first and day.last < last and self.index.is_whole(fact, first) else None

    def _left(self, fact: RelationFact, words: Wording) -> Draft | None:
        """Ask who left between two days; who stayed, or came or left at another time, did not."""
        span = self._days_around(fact, fact.during.end)
        if not words.has(fact, "ask_left") or span is None:
            return None
        first, last = span

        def judge(candidate: Candidate) -> Verdict | None:
            ends = self.index.ends(candidate, fact, last)
            if not ends or any(end and end.last >= first and end.first <= last for end in ends):
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        stem = words.between(fact, "ask_left", first, last)
        stayed = [replace(subject_candidate(other), regions=()) for other in self._some(fact)]
        return self._draft(fact, words, ("left", Level.UNDERSTAND), stem, judge, stayed)

    def _between(self, fact: RelationFact, words: Wording) -> Draft | None:
        """Ask who came after one and before another."""
        times, start = self.times[group_of(fact)], fact.during.start
        if start is None or not words.has(fact, "ask_between") or not self.index.is_whole(fact, times.starts[0]):
            return None
        known = [(other, other.during.start) for other in self._siblings(fact) if other.during.start]
        before = [(other, day) for other, day in known if day.last < start.first]
        after = [(other, day) for other, day in known if day.first > start.last]
        if not before or not after:
            return None
        (one, begun), (other, ended) = (
            min(some, key=lambda some: point("between", fact.path, some[0].path)) for some in (before, after)
        )
        if times.before(begun.first) + times.after(ended.last) < WANTED:
            return None

        def judge(candidate: Candidate) -> Verdict | None:
            starts = self.index.starts(candidate, fact)
            if not starts or candidate.key in (one.subject.key, other.subject.key):
                return None
            if not all(day.last <= begun.first or day.first >= ended.last for day in starts):
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        stem = words.sentence(fact, "ask_between", fact.as_of, one=one.subject, other=other.subject)
        return self._draft(fact, words, ("between", Level.ANALYSE), stem, judge)

    def _siblings(self, fact: RelationFact) -> list[RelationFact]:
        """Give others that came once, so that "after it" means one day."""
        return [other for other in self._some(fact) if self.index.came_once(other)]

    def _some(self, fact: RelationFact) -> Sequence[RelationFact]:
        """Give some of those that are there on the deck's own day: the same cost in a group of any size."""
        return self.index.by_group[group_of(fact)][:_LOOKED_AT]

    def _already(self, fact: RelationFact, words: Wording) -> Draft | None:
        """Ask who was there already when another came, or who came only after that."""
        times = self.times[group_of(fact)]
        if not words.has(fact, "ask_already") or not self.index.is_whole(fact, times.starts[0]):
            return None
        siblings = self._siblings(fact)
        later = [other for other in siblings if self._came_between(fact, other)]
        earlier = [other for other in siblings if self._came_before(fact, other)]
        if earlier and (not later or self._is_late(fact)):
            return self._since(fact, min(earlier, key=lambda other: point(fact.path, other.path)), words)
        if not later:
            return None
        newcomer = min(later, key=lambda other: point(fact.path, other.path))
        day = newcomer.during.start.last if newcomer.during.start else fact.as_of

        def judge(candidate: Candidate) -> Verdict | None:
            starts = self.index.starts(candidate, fact)
            if not starts or not all(start.first > day for start in starts):
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        stem = words.sentence(fact, "ask_already", day, subject=newcomer.subject)
        return self._draft(fact, words, ("already", Level.UNDERSTAND), stem, judge)

    def _since(self, fact: RelationFact, other: RelationFact, words: Wording) -> Draft:
        day = other.during.start.first if other.during.start else fact.as_of

        def judge(candidate: Candidate) -> Verdict | None:
            starts = self.index.starts(candidate, fact)
            if candidate.key == other.subject.key or not starts or not all(start.last <= day for start in starts):
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        stem = words.sentence(fact, "ask_since", day, subject=other.subject)
        return self._draft(fact, words, ("since", Level.UNDERSTAND), stem, judge)

    def _came_before(self, fact: RelationFact, other: RelationFact) -> bool:
        """Tell whether another began before the fact, with enough siblings there already."""
        start, own = other.during.start, fact.during.start
        if start is None or own is None or start.last >= own.first:
            return False
        return self.times[group_of(fact)].before(start.first) >= WANTED

    def _came_between(self, fact: RelationFact, other: RelationFact) -> bool:
        """Tell whether another began while the fact held, with enough siblings still to come."""
        start, own = other.during.start, fact.during.start
        if start is None or own is None or start.first <= own.last or not fact.during.holds_on(start.last):
            return False
        return start.first <= fact.as_of and self.times[group_of(fact)].after(start.last) >= WANTED

    def _order(self, fact: RelationFact, words: Wording) -> Draft | None:
        start, times = fact.during.start, self.times[group_of(fact)]
        if start is None or not words.has(fact, "ask_first") or not self.index.is_whole(fact, times.starts[0]):
            return None
        can = {"first": times.after(start.last) >= WANTED, "last": times.before(start.first) >= WANTED}
        asked = [name for name, holds in can.items() if holds]
        if not asked:
            return None
        name = asked[-1] if self._is_late(fact) else asked[0]

        def judge(candidate: Candidate) -> Verdict | None:
            starts = self.index.starts(candidate, fact)
            later = [s.first > start.last if name == "first" else s.last < start.first for s in starts]
            if not later or not all(later):
                return None
            return Ground.INTERVAL, lambda: self.index.own_statement(candidate, fact, words)

        stem = words.sentence(fact, f"ask_{name}", fact.as_of)
        return self._draft(fact, words, ("order", Level.ANALYSE), stem, judge)

    def _draft(
        self,
        fact: RelationFact,
        words: Wording,
        asked: tuple[str, Level],
        stem: str,
        judge: Judge,
        first: Sequence[Candidate] = (),
    ) -> Draft:
        part, level = asked
        return self.index.draft(
            fact,
            words,
            asked=(part, _KINDS.get(part, part), level),
            stem=stem,
            # Without a place: to prefer near ones would spare those far away, who could then be only the answer.
            answer=replace(subject_candidate(fact), regions=()),
            judge=judge,
            first=first,
            option_set=f"{fact.relation.name}/in-time/{fact.object.key}",
            bank=f"{fact.relation.name}/in-time/{fact.object.key}",
        )
