"""What the makers of relation questions share: facts by what they have in common, and judges of wrong options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Judge
from quizgen.questions.model import Ground, Level
from quizgen.questions.wording import Wording, sentence_case
from quizgen.world import BASES, PASSAGES, STATES, Entity, EntityKind, Knowledge, PartialDate, Truth

GROUNDS = {
    Truth.OTHER: Ground.FUNCTIONAL,
    Truth.UNLISTED: Ground.COMPLETE,
    Truth.ENDED: Ground.INTERVAL,
    Truth.COMING: Ground.INTERVAL,
}
# Kinds whose members may stand side by side as options: a strait beside a canal gives nothing away.
_SORTS = {kind: sort for sort, kinds in {"state": STATES, "base": BASES, "passage": PASSAGES}.items() for kind in kinds}

Pair = tuple[str, str]


class RelationIndex:
    """Relation facts by subject and by object, with the knowledge that proves options wrong."""

    def __init__(self, facts: Iterable[RelationFact], knowledge: Knowledge) -> None:
        """Index the facts; those that do not hold on their own day are known to `knowledge` only."""
        self.knowledge = knowledge
        self.by_subject: dict[str, list[RelationFact]] = defaultdict(list)
        self.by_group: dict[Pair, list[RelationFact]] = defaultdict(list)
        for fact in sorted(facts, key=lambda fact: fact.path):  # the order of a deck file changes nothing
            if fact.during.holds_on(fact.as_of):
                self.by_subject[fact.subject.key].append(fact)
                self.by_group[group_of(fact)].append(fact)

    def objects(self, fact: RelationFact) -> Sequence[Entity]:
        """List all that the fact's subject has by its relation; the fact's own object where it does not hold."""
        same = (other for other in self.by_subject[fact.subject.key] if other.relation is fact.relation)
        found = {other.object.key: other.object for other in same}
        return list(found.values()) or [fact.object]

    def subjects(self, fact: RelationFact) -> int:
        """Count the subjects that have the fact's object by its relation."""
        return len({other.subject.key for other in self.by_group[group_of(fact)]})

    def is_whole(self, fact: RelationFact, day: date) -> bool:
        """Tell whether all subjects of the fact's object are known from a day on."""
        since = self.knowledge.whole_since(fact.relation, fact.object.key)
        return since is not None and since <= day

    def starts(self, candidate: Candidate, fact: RelationFact) -> list[PartialDate]:
        """List when it began for a candidate, or nothing when that is not wholly known or may be right too."""
        if candidate.key in fact.also_true:
            return []
        starts = self.knowledge.starts(candidate.key, fact.relation, fact.object.key)
        return [start for start in starts if start] if None not in starts else []

    def own_statement(self, candidate: Candidate, fact: RelationFact, words: Wording) -> str:
        """Say of a candidate what its fact with the same object says."""
        other = candidate.fact
        return words.statement(other, fact.as_of) if isinstance(other, RelationFact) else ""

    def judge_object(self, fact: RelationFact, words: Wording) -> Judge:
        """Judge other objects of the fact's subject; where another fact makes it right, that is the reason."""

        def judge(candidate: Candidate) -> tuple[Ground, str] | None:
            other = candidate.fact
            if candidate.key in fact.also_true or not isinstance(other, RelationFact):
                return None
            truth = self.knowledge.truth(fact.subject.key, fact.relation, candidate.key, fact.as_of)
            return (GROUNDS[truth], words.statement(other, other.as_of)) if truth.is_false else None

        return judge

    def judge_subject(self, fact: RelationFact, words: Wording, day: date) -> Judge:
        """Judge other subjects of the fact's object on a day."""

        def judge(candidate: Candidate) -> tuple[Ground, str] | None:
            other = candidate.fact
            if candidate.key in fact.also_true or not isinstance(other, RelationFact):
                return None
            if other.subject.since and day < other.subject.since:
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
        return words.sentence(other, "statement", day, object=self.objects(other))

    def draft(  # noqa: PLR0913 - one place where a draft is put together
        self,
        fact: RelationFact,
        words: Wording,
        *,
        asked: tuple[str, str, Level],
        stem: str,
        answer: Candidate,
        judge: Judge,
        option_set: str,
        bank: str = "",
        ordered: bool = False,
        first: Sequence[Candidate] = (),
        also: Sequence[RelationFact] = (),
    ) -> Draft:
        """Put a draft together.

        `asked` is the part of the id, the kind and the level; `also` are further facts that the answer rests on.
        """
        part, kind, level = asked
        return Draft(
            id=f"{fact.path}#{part}",
            fact=fact,
            kind=kind,
            level=level,
            stem=stem,
            explanation=" ".join(filter(None, (*(self._statement(f, words) for f in (fact, *also)), fact.explanation))),
            citation=words.citation(fact),
            answer=answer,
            option_set=option_set,
            bank=bank or sort_of(fact.subject.kind),
            judge=judge,
            ordered=ordered,
            first=tuple(first),
        )

    def _statement(self, fact: RelationFact, words: Wording) -> str:
        """Say what the fact says; of a subject with several objects, all of them."""
        if fact.relation.functional or words.has(fact, "since"):
            return words.statement(fact, fact.as_of)
        return words.sentence(fact, "statement", fact.as_of, object=self.objects(fact))


def group_of(fact: RelationFact) -> Pair:
    """Give what siblings share: the relation and its object."""
    return fact.relation.name, fact.object.key


def sort_of(kind: EntityKind) -> str:
    """Give the name under which kinds may stand side by side."""
    return _SORTS.get(kind, kind)


def subject_candidate(fact: RelationFact) -> Candidate:
    """Make an answer of a fact's subject."""
    return entity_candidate(fact.subject, fact)


def object_candidate(fact: RelationFact) -> Candidate:
    """Make an answer of a fact's object."""
    return entity_candidate(fact.object, fact)


def entity_candidate(entity: Entity, fact: RelationFact) -> Candidate:
    """Make an answer of an entity, which stands in this fact."""
    name = sentence_case(entity.name)
    return Candidate(entity.key, name, entity.names, fact=fact, at=entity.at, region=entity.region)
