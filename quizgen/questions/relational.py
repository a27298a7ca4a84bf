"""Questions from one relation fact: who is the object, who is the subject, when did it begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizgen.facts import RelationFact
from quizgen.questions.comparisons import ComparisonQuestions
from quizgen.questions.drafts import Candidate, Draft, Verdict
from quizgen.questions.model import Ground, Level
from quizgen.questions.odd_one_out import OddOneOut
from quizgen.questions.places import PictureQuestions
from quizgen.questions.relation_index import (
    RelationIndex,
    group_of,
    object_candidate,
    sort_of,
    subject_candidate,
)
from quizgen.questions.timeline import TimeQuestions
from quizgen.questions.wording import Wording, wording
from quizgen.world import Knowledge, PartialDate


class RelationQuestions:
    """Drafts questions from relation facts, with the knowledge that proves the other options wrong."""

    def __init__(self, facts: Sequence[RelationFact], knowledge: Knowledge) -> None:
        """Index the facts by what they share."""
        self.index = RelationIndex(facts, knowledge)
        self.times = TimeQuestions(facts, self.index)
        self.comparisons = ComparisonQuestions(facts, self.index)
        self.odd = OddOneOut(facts, self.index)
        self.pictures = PictureQuestions(self.index)

    def drafts(self, fact: RelationFact, language: str) -> Iterator[Draft]:
        """Draft every question that a fact carries."""
        words = wording(language)
        if fact.during.holds_on(fact.as_of):
            if words.has(fact, "ask_object"):
                yield self._ask_object(fact, words)
            if words.has(fact, "ask_subject"):
                yield self.pictures.with_picture(self._ask_subject(fact, words), fact, words)
            if fact.relation.symmetric:
                yield replace(self._ask_subject(fact.turned, words), id=f"{fact.path}#object", fact=fact)
        start = self._start_to_ask(fact)
        if start and words.has(fact, f"ask_{_tense(fact, start)}"):
            yield self._ask_start(fact, start, words)
        yield from self.times.drafts(fact, words)
        yield from self.comparisons.drafts(fact, words)
        yield from self.odd.drafts(fact, words)
        yield from self.pictures.drafts(fact, words)

    def _ask_object(self, fact: RelationFact, words: Wording) -> Draft:
        kind = "forward" if len(self.index.objects(fact)) == 1 else "which"
        sort = f"{sort_of(fact.object.kind)}{_region(fact)}"
        rivals = (f for f in self.index.by_subject[fact.subject.key] if f.relation.name == fact.relation.rivals)
        return self.index.draft(
            fact,
            words,
            asked=("object", kind, Level.RECALL),
            stem=words.sentence(fact, "ask_object", fact.as_of),
            answer=object_candidate(fact),
            judge=self.index.judge_object(fact, words),
            option_set=f"{fact.relation.name}/object/{sort}",
            bank=sort_of(fact.object.kind),
            first=[object_candidate(rival) for rival in rivals],
        )

    def _ask_subject(self, fact: RelationFact, words: Wording) -> Draft:
        kind = "backward" if self.index.subjects(fact) == 1 else "which"
        return self.index.draft(
            fact,
            words,
            asked=("subject", kind, Level.RECALL),
            stem=words.sentence(fact, "ask_subject", fact.as_of),
            answer=subject_candidate(fact),
            judge=self.index.judge_subject(fact, words, fact.as_of),
            option_set=f"{fact.relation.name}/subject/{sort_of(fact.subject.kind)}{_region(fact)}",
        )

    def _start_to_ask(self, fact: RelationFact) -> PartialDate | None:
        """Give the day on which it began, if it is one; of another day's future only what is the future still."""
        start = fact.during.start
        if start is None or not self.index.came_once(fact):
            return None
        return None if fact.as_of < start.first <= fact.during.seen else start

    def _ask_start(self, fact: RelationFact, start: PartialDate, words: Wording) -> Draft:
        begun = self.index.knowledge.starts(fact.subject.key, fact.relation, fact.object.key)

        def judge(candidate: Candidate) -> Verdict | None:
            other = candidate.fact
            if not isinstance(other, RelationFact) or not other.during.start:
                return None
            if any(day is None or day.may_be(other.during.start) for day in begun):
                return None
            # No state joined before it was one, unless this one did: Kuwait was in OPEC before it was independent.
            since = fact.subject.since
            if since and other.during.start.first < since <= start.first:
                return None
            return Ground.FUNCTIONAL, lambda: words.sentence(other, "same_start", other.as_of)

        tense = _tense(fact, start)
        option_set = f"{'/'.join(group_of(fact))}/{tense}/{start.precision}"
        return self.index.draft(
            fact,
            words,
            asked=("start", "when", Level.RECALL),
            stem=words.sentence(fact, f"ask_{tense}", fact.as_of),
            answer=Candidate(start.iso, str(start), frozenset({start.iso}), start.first.toordinal(), fact),
            judge=judge,
            option_set=option_set,
            bank=option_set,
            ordered=True,
        )


def _tense(fact: RelationFact, start: PartialDate) -> str:
    """Tell days to come from days in the past: among the others each would give itself away."""
    return "coming" if start.first > fact.as_of else "start"


def _region(fact: RelationFact) -> str:
    """Keep what is asked of countries apart by region: Somalia is no trap in a question about members of NATO."""
    return f"/{fact.subject.region}" if fact.subject.region else ""
