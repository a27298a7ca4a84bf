"""What the makers of relation questions share: facts by what they have in common, and judges of wrong options."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Judge, Verdict
from quizgen.questions.model import Ground, Level
from quizgen.questions.wording import Wording
from quizgen.world import SORTS, Entity, EntityKind, Knowledge, PartialDate, Truth

GROUNDS = {
    Truth.OTHER: Ground.FUNCTIONAL,
    Truth.UNLISTED: Ground.COMPLETE,
    Truth.ENDED: Ground.INTERVAL,
    Truth.COMING: Ground.INTERVAL,
}

Pair = tuple[str, str]


class RelationIndex:
    """Relation facts by subject and by object, with the knowledge that proves options wrong."""

    def __init__(self, facts: Iterable[RelationFact], knowledge: Knowledge) -> None:
        """Index the facts; those that do not hold on their own day are known to `knowledge` only."""
        self.knowledge = knowledge
        self.by_subject: dict[str, list[RelationFact]] = defaultdict(list)
        self.by_group: dict[Pair, list[RelationFact]] = defaultdict(list)
        self._objects: dict[Pair, dict[str, Entity]] = defaultdict(dict)
        self._subjects: dict[Pair, set[str]] = defaultdict(set)
        self._said: dict[
            tuple[str, date, str, str, str], str
        ] = {}  # siblings are asked of the same fact again and again
        self._by_triple: dict[tuple[str, str, str], list[RelationFact]] = defaultdict(list)
        for fact in sorted(both_ways(facts), key=lambda fact: fact.path):  # the order of a deck file changes nothing
            self._by_triple[(*group_of(fact), fact.subject.key)].append(fact)
            if fact.during.holds_on(fact.as_of):
                self.by_subject[fact.subject.key].append(fact)
                self.by_group[group_of(fact)].append(fact)
                self._objects[fact.relation.name, fact.subject.key][fact.object.key] = fact.object
                self._subjects[group_of(fact)].add(fact.subject.key)

    def objects(self, fact: RelationFact) -> Sequence[Entity]:
        """List all that the fact's subject has by its relation; the fact's own object where it does not hold."""
        found = self._objects.get((fact.relation.name, fact.subject.key))
        return list(found.values()) if found else [fact.object]

    def subjects(self, fact: RelationFact) -> int:
        """Count the subjects that have the fact's object by its relation."""
        return len(self._subjects[group_of(fact)])

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

    def ends(self, candidate: Candidate, fact: RelationFact, day: date) -> set[PartialDate | None]:
        """List when it ended for a candidate, or nothing when that is in doubt on a day."""
        triple = (candidate.key, fact.relation, fact.object.key)
        if candidate.key in fact.also_true or not self.knowledge.truth(*triple, day).is_known:
            return set()
        return self.knowledge.ends(*triple)

    def came_once(self, fact: RelationFact) -> bool:
        """Tell whether it began once, as far as is known: whoever left and came back did not join "only later"."""
        return len(self.knowledge.starts(fact.subject.key, fact.relation, fact.object.key)) == 1

    def own_statement(self, candidate: Candidate, fact: RelationFact, words: Wording) -> str:
        """Say of a candidate what its facts with the same object say: of one that left and came back, both."""
        said = (candidate.key, fact.as_of, *group_of(fact), fact.deck)  # a deck has one language
        if said not in self._said:
            known = self._by_triple[(*group_of(fact), candidate.key)]
            self._said[said] = " ".join(words.statement(other, fact.as_of) for other in known)
        return self._said[said]

    def judge_object(self, fact: RelationFact, words: Wording) -> Judge:
        """Judge other objects of the fact's subject; where another fact makes it right, that is the reason."""

        def judge(candidate: Candidate) -> Verdict | None:
            other = candidate.fact
            if candidate.key in fact.also_true or not isinstance(other, RelationFact):
                return None
            truth = self.knowledge.truth(fact.subject.key, fact.relation, candidate.key, fact.as_of)
            return (GROUNDS[truth], lambda: self._statement(other, words)) if truth.is_false else None

        return judge

    def judge_subject(self, fact: RelationFact, words: Wording, day: date) -> Judge:
        """Judge other subjects of the fact's object on a day."""

        def judge(candidate: Candidate) -> Verdict | None:
            other = candidate.fact
            if candidate.key in fact.also_true or not isinstance(other, RelationFact):
                return None
            if other.subject.since and day < other.subject.since:
                return None
            truth = self.knowledge.truth(candidate.key, fact.relation, fact.object.key, day)
            return (GROUNDS[truth], lambda: self._denial(truth, fact, other, words, day)) if truth.is_false else None

        return judge

    def _denial(self, truth: Truth, fact: RelationFact, other: RelationFact, words: Wording, day: date) -> str:
        """Say why another subject is wrong: when it came or left, or what is true of it instead."""
        when = {Truth.COMING: "later", Truth.ENDED: "earlier"}.get(truth, "")
        known = {"later": other.during.start, "earlier": other.during.end}.get(when)
        if known and group_of(other) == group_of(fact) and self.came_once(other) and words.has(fact, when):
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
        needs: tuple[frozenset[str], ...] = (),
        also: Sequence[RelationFact] = (),
        both_sides: bool = False,
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
            explanation=self._explanation(fact, also, words),
            citation=words.citation(fact),
            answer=answer,
            option_set=option_set,
            bank=bank or sort_of(fact.subject.kind),
            judge=judge,
            ordered=ordered,
            first=tuple(first),
            needs=needs,
            both_sides=both_sides,
        )

    def _explanation(self, fact: RelationFact, also: Sequence[RelationFact], words: Wording) -> str:
        """Say what the fact says, with its author's remark, and then what others say that was not said yet."""
        said = dict.fromkeys((self._statement(fact, words), fact.explanation))
        said |= dict.fromkeys(self._statement(other, words) for other in also)
        return " ".join(filter(None, said))

    def _statement(self, fact: RelationFact, words: Wording) -> str:
        """Say what the fact says; of a subject with several objects, all of them."""
        if fact.relation.functional or words.has(fact, "since"):
            return words.statement(fact, fact.as_of)
        return words.sentence(fact, "statement", fact.as_of, object=self.objects(fact))


def both_ways(facts: Iterable[RelationFact]) -> Iterator[RelationFact]:
    """Give the facts, and those of a relation that holds both ways once more from the other side."""
    for fact in facts:
        yield fact
        if fact.relation.symmetric:
            yield fact.turned


def group_of(fact: RelationFact) -> Pair:
    """Give what siblings share: the relation and its object."""
    return fact.relation.name, fact.object.key


def sort_of(kind: EntityKind) -> str:
    """Give the name under which kinds may stand side by side: a strait beside a canal gives nothing away."""
    return SORTS.get(kind, kind)


def subject_candidate(fact: RelationFact) -> Candidate:
    """Make an answer of a fact's subject."""
    return entity_candidate(fact.subject, fact, fact.subject.at)


def object_candidate(fact: RelationFact) -> Candidate:
    """Make an answer of a fact's object; the shores of a strait lie where the strait lies."""
    return entity_candidate(fact.object, fact, fact.object.at or fact.subject.at)


def entity_candidate(entity: Entity, fact: RelationFact, at: tuple[float, float] | None) -> Candidate:
    """Make an answer of an entity, which stands in this fact."""
    return Candidate(entity.key, entity.label, entity.names, fact=fact, at=at, regions=entity.regions)
