"""Questions that set two facts side by side: what sets one thing apart from another, and what has both traits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Verdict, distance
from quizgen.questions.model import Ground, Level
from quizgen.questions.option_sets import WANTED, point
from quizgen.questions.relation_index import (
    GROUNDS,
    Pair,
    RelationIndex,
    group_of,
    sort_of,
    subject_candidate,
)
from quizgen.questions.wording import Wording
from quizgen.world import Truth

# How many others are looked at: enough to find a good one, and the same cost in any library.
_LOOKED_AT = 24
# How many things that have one trait and not another are looked for.
_TRAPS = 12
# How many other traits of a thing are tried beside one.
_SECONDS = 5


@dataclass(frozen=True, slots=True)
class _Half:
    """Things that have one of two traits; all drafts with these traits share them, to spare memory."""

    things: dict[str, RelationFact]
    candidates: tuple[Candidate, ...]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Ring:
    """Facts at the points of their subjects: one more or less changes little of what is found from any point on."""

    points: tuple[int, ...]
    facts: tuple[RelationFact, ...]

    @classmethod
    def of(cls, facts: Iterable[RelationFact]) -> _Ring:
        ordered = sorted(facts, key=lambda fact: (point(fact.subject.key), fact.path))
        return cls(tuple(point(fact.subject.key) for fact in ordered), tuple(ordered))

    def after(self, place: int, most: int) -> list[RelationFact]:
        """Give some of the facts that follow a place."""
        first = bisect_left(self.points, place)
        return [*self.facts[first : first + most], *self.facts[: max(0, min(first, first + most - len(self.facts)))]]


def _half(facts: Iterable[RelationFact]) -> _Half:
    things = {fact.subject.key: fact for fact in facts}
    return _Half(things, tuple(map(subject_candidate, things.values())), frozenset(things))


class ComparisonQuestions:
    """Drafts questions that need two facts."""

    def __init__(self, facts: Sequence[RelationFact], index: RelationIndex) -> None:
        """Gather the subjects of each sort."""
        self.index = index
        subjects: dict[str, dict[str, RelationFact]] = {}
        for fact in sorted(facts, key=lambda fact: fact.path):
            if fact.subject.key in index.by_subject:
                subjects.setdefault(sort_of(fact.subject.kind), {}).setdefault(fact.subject.key, fact)
        self._sorts = {sort: _Ring.of(known.values()) for sort, known in subjects.items()}
        self._groups: dict[Pair, _Ring] = {}
        self._nearest: dict[str, list[RelationFact]] = {}
        self._having: dict[tuple[Pair, Pair, date, tuple[str, ...]], _Half] = {}
        self._seconds: dict[str, RelationFact | None] = {}
        self._answers: dict[tuple[str, str], Candidate] = {}

    def drafts(self, fact: RelationFact, words: Wording) -> Iterator[Draft]:
        """Draft what a fact carries beside another."""
        if not words.has(fact, "trait") or not fact.during.holds_on(fact.as_of):
            return
        for make in (self._apart, self._both):
            draft = make(fact, words)
            if draft:
                yield draft

    # --- what sets one apart from another ---

    def _apart(self, fact: RelationFact, words: Wording) -> Draft | None:
        """Ask what is true of the fact's subject and not of one like it."""
        if sort_of(fact.subject.kind) not in words.apart:
            return None
        for other in self._alike(fact):
            traits = list(islice(self._other_traits(fact, other), 2 * WANTED))
            # Without a trait of the other thing among the options, it would play no part in the question.
            others = frozenset(_trait_key(trait) for trait in traits if self._holds(trait, other, fact.as_of))
            if len(traits) >= WANTED and others:
                return self._apart_from(fact, other, words, [self._trait(trait, words) for trait in traits], others)
        return None

    def _alike(self, fact: RelationFact) -> Iterator[RelationFact]:
        """Give others of which the fact is provably false: those that share another trait first, then the nearest."""
        sharing = (
            other
            for own in self._traits(fact)
            for other in self.index.by_group[group_of(own)][:_LOOKED_AT]
            if other.subject != fact.subject
        )
        here = fact.subject
        others = {other.subject.key: other for other in islice(sharing, _LOOKED_AT)}
        nearest = sorted(others.values(), key=lambda other: distance(other.subject, here))
        for other in [*nearest, *self._near(fact)]:
            truth = self.index.knowledge.truth(other.subject.key, fact.relation, fact.object.key, fact.as_of)
            if truth.is_false and other.subject.key not in fact.also_true:
                yield other

    def _near(self, fact: RelationFact) -> list[RelationFact]:
        """Give facts about the nearest others of the same sort; of a large library, the nearest among some."""
        own = fact.subject.key
        if own not in self._nearest:
            some = self._sorts[sort_of(fact.subject.kind)].after(point(own), 2 * _LOOKED_AT)
            near = (other for other in some if other.subject.key != own)
            self._nearest[own] = sorted(near, key=lambda other: distance(other.subject, fact.subject))[:6]
        return self._nearest[own]

    def _traits(self, fact: RelationFact) -> Iterator[RelationFact]:
        """Give some facts about the same subject."""
        return islice(self.index.by_subject[fact.subject.key], _LOOKED_AT)

    def _other_traits(self, fact: RelationFact, other: RelationFact) -> Iterator[RelationFact]:
        """Give traits of the same relation that do not set the subject apart: the other's first, then those of more.

        Of another relation they would differ from the key in form, and give it away.
        """
        own = (f for f in self._traits(fact) if self._holds(f, other, fact.as_of))
        third = (f for near in self._near(fact) for f in self._traits(near))
        seen = {group_of(fact)}
        for trait in chain(self._traits(other), own, third):
            if trait.relation is not fact.relation or group_of(trait) in seen:
                continue
            if self._fault(fact, other, trait):
                seen.add(group_of(trait))
                yield trait

    def _fault(self, fact: RelationFact, other: RelationFact, trait: RelationFact) -> Ground | None:
        """Say why a trait does not set the subject apart from the other, or nothing when that is not proven."""
        truth = self.index.knowledge.truth(fact.subject.key, trait.relation, trait.object.key, fact.as_of)
        if truth.is_false:
            return GROUNDS[truth]
        return Ground.SHARED if truth is Truth.TRUE and self._holds(trait, other, fact.as_of) else None

    def _holds(self, trait: RelationFact, of: RelationFact, day: date) -> bool:
        return self.index.knowledge.truth(of.subject.key, trait.relation, trait.object.key, day) is Truth.TRUE

    def _apart_from(
        self,
        fact: RelationFact,
        other: RelationFact,
        words: Wording,
        traits: Sequence[Candidate],
        others: frozenset[str],
    ) -> Draft:
        def judge(candidate: Candidate) -> Verdict | None:
            trait = candidate.fact
            if not isinstance(trait, RelationFact) or trait.relation is not fact.relation:
                return None
            ground = self._fault(fact, other, trait)
            name = "shared" if ground is Ground.SHARED else "elsewhere"
            beside = other if ground is Ground.SHARED else trait
            return (ground, lambda: words.compare(name, trait, fact.subject, beside.subject)) if ground else None

        return self.index.draft(
            fact,
            words,
            asked=("apart", "contrast", Level.UNDERSTAND),
            stem=words.asks_apart(sort_of(fact.subject.kind), fact.subject, other.subject, fact.as_of),
            answer=self._trait(fact, words),
            judge=judge,
            option_set=f"{sort_of(fact.subject.kind)}/traits",
            bank=f"{sort_of(fact.subject.kind)}/traits",
            first=traits,
            needs=(others,),
        )

    def _trait(self, fact: RelationFact, words: Wording) -> Candidate:
        """Make an answer of what a fact says of its subject; one serves all drafts, to spare memory."""
        said = (fact.path, fact.object.key)
        if said not in self._answers:
            text = words.compare("trait", fact, fact.subject, fact.subject)
            self._answers[said] = Candidate(_trait_key(fact), text, frozenset({text.casefold()}), fact=fact)
        return self._answers[said]

    # --- which has both traits ---

    def _both(self, fact: RelationFact, words: Wording) -> Draft | None:
        """Ask which thing has two traits, with traps that have one of them: some the one, some the other."""
        second = self._second(fact, words)
        if second is None or second.path < fact.path:
            return None  # one join for two facts: more of them would crowd out questions of other kinds
        sides = (self._halves(second, fact), self._halves(fact, second))

        def judge(candidate: Candidate) -> Verdict | None:
            if candidate.key in (fact.object.key, second.object.key):
                return None  # it stands in the stem
            for part, side in zip((fact, second), sides, strict=True):
                trap = side.things.get(candidate.key)  # who has neither trait is no trap
                ground = self._missing(part, trap, fact.as_of) if trap else None
                if trap and ground:
                    return ground, partial(self._lack, part, trap, words)
            return None

        return self.index.draft(
            fact,
            words,
            asked=("both", "join", Level.ANALYSE),
            stem=words.asks_both(sort_of(fact.subject.kind), fact, second, fact.as_of),
            answer=subject_candidate(fact),
            judge=judge,
            option_set=f"{sort_of(fact.subject.kind)}/both",
            first=sides[0].candidates + sides[1].candidates,
            needs=(sides[0].keys, sides[1].keys),
            also=[second],
        )

    def _second(self, fact: RelationFact, words: Wording) -> RelationFact | None:
        """Choose another trait of the same subject, such that other things have only the one, or only the other."""
        if fact.path not in self._seconds:
            self._seconds[fact.path] = next(self._fit_seconds(fact, words), None)
        return self._seconds[fact.path]

    def _fit_seconds(self, fact: RelationFact, words: Wording) -> Iterator[RelationFact]:
        if sort_of(fact.subject.kind) not in words.both:
            return
        others = [
            other for other in self._traits(fact) if group_of(other) != group_of(fact) and words.has(other, "trait")
        ]
        for other in sorted(others, key=lambda other: point(*sorted((fact.path, other.path))))[:_SECONDS]:
            if self._halves(fact, other).things and self._halves(other, fact).things:
                yield other

    def _halves(self, has: RelationFact, lacks: RelationFact) -> _Half:
        """Give things that have one trait and provably lack another; of large groups some."""
        pair = (group_of(has), group_of(lacks), lacks.as_of, lacks.also_true)
        if pair not in self._having:
            some = self._ring(group_of(has)).after(point(*group_of(has), *group_of(lacks)), _TRAPS)
            fit = (other for other in some if other.subject.key not in lacks.also_true)
            self._having[pair] = _half(other for other in fit if self._missing(lacks, other, lacks.as_of))
        return self._having[pair]

    def _ring(self, group: Pair) -> _Ring:
        if group not in self._groups:
            self._groups[group] = _Ring.of(self.index.by_group[group])
        return self._groups[group]

    def _missing(self, part: RelationFact, trap: RelationFact, day: date) -> Ground | None:
        truth = self.index.knowledge.truth(trap.subject.key, part.relation, part.object.key, day)
        return GROUNDS.get(truth)

    def _lack(self, part: RelationFact, trap: RelationFact, words: Wording) -> str:
        """Say that a thing lacks a trait, or better when it had it, or what it has instead."""
        then = self.index.own_statement(subject_candidate(trap), part, words)
        if then:
            return then
        if words.has(part, "denial"):
            return words.sentence(part, "denial", part.as_of, subject=trap.subject)
        own = [fact for fact in self._traits(trap) if fact.relation is part.relation]
        if own:
            return words.sentence(own[0], "statement", part.as_of, object=self.index.objects(own[0]))
        return words.compare("lacks", part, trap.subject, trap.subject)


def _trait_key(fact: RelationFact) -> str:
    return f"{fact.relation.name}-{fact.object.key}"
