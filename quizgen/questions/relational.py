"""Questions from relation facts: who is the object, who is the subject, when did it begin, what held on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Judge
from quizgen.questions.model import Ground, Level
from quizgen.questions.option_sets import ENOUGH, point
from quizgen.questions.wording import Wording, sentence_case, wording
from quizgen.world import BASES, PASSAGES, STATES, Entity, EntityKind, Interval, Knowledge, PartialDate, Truth

GROUNDS = {
    Truth.OTHER: Ground.FUNCTIONAL,
    Truth.UNLISTED: Ground.COMPLETE,
    Truth.ENDED: Ground.INTERVAL,
    Truth.COMING: Ground.INTERVAL,
}
# Kinds whose members may stand side by side as options: a strait beside a canal gives nothing away.
_SORTS = {kind: sort for sort, kinds in {"state": STATES, "base": BASES, "passage": PASSAGES}.items() for kind in kinds}
# A day inside a year on which, unlike 1 January or 1 July, memberships hardly ever begin.
_ASKED_MONTH, _ASKED_DAY = 3, 1
_YEARS_TRIED = 8


class RelationQuestions:
    """Drafts questions from relation facts, with the knowledge that proves the other options wrong."""

    def __init__(self, facts: Sequence[RelationFact], knowledge: Knowledge) -> None:
        """Index the facts by what they share."""
        self.knowledge = knowledge
        self.times = _times(facts)
        self._subjects = Counter(_group(fact) for fact in facts)
        self._objects = _objects(facts)

    def drafts(self, fact: RelationFact, language: str) -> Iterator[Draft]:
        """Draft every question that a fact carries."""
        words = wording(language)
        if fact.during.holds_on(fact.as_of):
            if words.has(fact, "ask_object"):
                yield self._ask_object(fact, words)
            if words.has(fact, "ask_subject"):
                yield self._ask_subject(fact, words)
        if words.has(fact, "ask_start") and fact.during.start:
            yield self._ask_start(fact, fact.during.start, words)
        if words.has(fact, "ask_on_day") and (day := self.times[_group(fact)].day_for(fact)):
            yield self._ask_on_day(fact, day, words)

    def _ask_object(self, fact: RelationFact, words: Wording) -> Draft:
        kind = "forward" if len(self._objects[_own(fact)]) == 1 else "which"
        judge = self._judge_object(fact, words)
        return self._draft(fact, words, ("object", kind, Level.RECALL), _entity(fact.object, fact), judge, fact.as_of)

    def _ask_subject(self, fact: RelationFact, words: Wording) -> Draft:
        kind = "backward" if self._subjects[_group(fact)] == 1 else "which"
        judge = self._judge_subject(fact, words, fact.as_of)
        return self._draft(fact, words, ("subject", kind, Level.RECALL), _entity(fact.subject, fact), judge, fact.as_of)

    def _ask_on_day(self, fact: RelationFact, day: date, words: Wording) -> Draft:
        judge = self._judge_subject(fact, words, day)
        asked = ("on_day", "on_day", Level.UNDERSTAND)
        return self._draft(fact, words, asked, _entity(fact.subject, fact), judge, day)

    def _ask_start(self, fact: RelationFact, start: PartialDate, words: Wording) -> Draft:
        begun = self.knowledge.starts(fact.subject.key, fact.relation, fact.object.key)
        answer = Candidate(start.iso, str(start), frozenset({start.iso}), start.first.toordinal(), fact)

        def judge(candidate: Candidate) -> tuple[Ground, str] | None:
            other = candidate.fact
            if not isinstance(other, RelationFact) or not other.during.start:
                return None
            if any(day is None or day.may_be(other.during.start) for day in begun):
                return None
            return Ground.FUNCTIONAL, words.sentence(other, "same_start", other.as_of)

        # A day in the past gives itself away among days to come, and the other way round.
        option_set = f"{'/'.join(_group(fact))}/{_tense('start', fact)}/{start.precision}"
        asked = ("start", "when", Level.RECALL)
        return self._draft(fact, words, asked, answer, judge, fact.as_of, option_set=option_set)

    def _draft(  # noqa: PLR0913 - one place where a draft is put together
        self,
        fact: RelationFact,
        words: Wording,
        asked: tuple[str, str, Level],
        answer: Candidate,
        judge: Judge,
        day: date,
        *,
        option_set: str = "",
    ) -> Draft:
        slot, kind, level = asked
        entity = fact.object if slot == "object" else fact.subject
        siblings = f"{fact.relation.name}/{slot}/{_sort(entity.kind)}"
        if slot == "on_day":
            siblings += f"/{fact.object.key}"
        elif slot == "subject" and entity.region:
            # Somalia is no trap in a question about members of NATO: who is asked about comes from one region.
            siblings += f"/{entity.region}"
        return Draft(
            id=f"{fact.path}#{slot}",
            fact=fact,
            kind=kind,
            level=level,
            stem=words.sentence(fact, f"ask_{_tense(slot, fact)}", day),
            explanation=" ".join(filter(None, (words.statement(fact, fact.as_of), fact.explanation))),
            citation=words.citation(fact),
            answer=answer,
            option_set=option_set or siblings,
            bank=option_set or _sort(entity.kind),
            judge=judge,
            ordered=slot == "start",
        )

    def _judge_object(self, fact: RelationFact, words: Wording) -> Judge:
        def judge(candidate: Candidate) -> tuple[Ground, str] | None:
            other = candidate.fact
            if candidate.key in fact.also_true or not isinstance(other, RelationFact):
                return None
            truth = self.knowledge.truth(fact.subject.key, fact.relation, candidate.key, fact.as_of)
            return (GROUNDS[truth], words.statement(other, other.as_of)) if truth.is_false else None

        return judge

    def _judge_subject(self, fact: RelationFact, words: Wording, day: date) -> Judge:
        def judge(candidate: Candidate) -> tuple[Ground, str] | None:
            other = candidate.fact
            if candidate.key in fact.also_true or not isinstance(other, RelationFact):
                return None
            truth = self.knowledge.truth(candidate.key, fact.relation, fact.object.key, day)
            return (GROUNDS[truth], self._denial(truth, fact, other, words, day)) if truth.is_false else None

        return judge

    def _denial(self, truth: Truth, fact: RelationFact, other: RelationFact, words: Wording, day: date) -> str:
        """Say why another subject is wrong: when it came or left, or what is true of it instead."""
        when = {Truth.COMING: "later", Truth.ENDED: "earlier"}.get(truth, "")
        if when and other.object == fact.object and words.has(fact, when):
            return words.sentence(other, when, day)
        if words.has(fact, "denial"):
            return words.sentence(fact, "denial", day, subject=other.subject)
        return words.sentence(other, "statement", day, object=self._objects[_own(other)])


@dataclass(frozen=True, slots=True)
class _Times:
    """When the facts of one relation to one object begin and end."""

    starts: tuple[date, ...]
    ends: tuple[date, ...]

    def day_for(self, fact: RelationFact) -> date | None:
        """Choose a day in the past on which the fact held and enough of its siblings did not."""
        days = list(_days_in(fact.during, fact.as_of))
        fit = [day for day in days if self._outside(day) >= ENOUGH]
        return min(fit, key=lambda day: point(fact.path, day.isoformat())) if fit else None

    def _outside(self, day: date) -> int:
        return len(self.starts) - bisect_right(self.starts, day) + bisect_right(self.ends, day)


def _days_in(during: Interval, today: date) -> Iterator[date]:
    """Give some days on which it held, the last years of a long time first left out evenly."""
    if during.start is None:
        return
    last = min(during.end.first - timedelta(days=1), today) if during.end else today
    years = range(during.start.last.year, last.year + 1)
    for year in years[:: max(1, len(years) // _YEARS_TRIED)]:
        day = date(year, _ASKED_MONTH, _ASKED_DAY)
        if during.start.last <= day <= last:
            yield day


def _times(facts: Iterable[RelationFact]) -> dict[tuple[str, str], _Times]:
    groups: dict[tuple[str, str], list[RelationFact]] = defaultdict(list)
    for fact in facts:
        groups[_group(fact)].append(fact)
    return {
        group: _Times(
            tuple(sorted(fact.during.start.first for fact in members if fact.during.start)),
            tuple(sorted(fact.during.end.last for fact in members if fact.during.end)),
        )
        for group, members in groups.items()
    }


def _tense(slot: str, fact: RelationFact) -> str:
    """What begins only after the day of reading is asked about as coming."""
    start = fact.during.start
    return "coming" if slot == "start" and start and start.first > fact.as_of else slot


def _group(fact: RelationFact) -> tuple[str, str]:
    return fact.relation.name, fact.object.key


def _objects(facts: Iterable[RelationFact]) -> dict[tuple[str, str], list[Entity]]:
    """List what each subject has by a relation, in the order of the decks."""
    objects: dict[tuple[str, str], dict[str, Entity]] = defaultdict(dict)
    for fact in facts:
        if fact.during.holds_on(fact.as_of):
            objects[_own(fact)].setdefault(fact.object.key, fact.object)
    return {own: list(entities.values()) for own, entities in objects.items()}


def _own(fact: RelationFact) -> tuple[str, str]:
    return fact.relation.name, fact.subject.key


def _sort(kind: EntityKind) -> str:
    return _SORTS.get(kind, kind)


def _entity(entity: Entity, fact: RelationFact) -> Candidate:
    return Candidate(
        entity.key, sentence_case(entity.name), entity.names, fact=fact, at=entity.at, region=entity.region
    )
