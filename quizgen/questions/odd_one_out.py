"""Questions for the odd one out: of several things that have a trait in common, the one that provably lacks it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Verdict, distance
from quizgen.questions.model import Ground, Level
from quizgen.questions.option_sets import WANTED, point
from quizgen.questions.relation_index import Pair, RelationIndex, sort_of, subject_candidate
from quizgen.questions.wording import Wording
from quizgen.world import Entity, Truth

# How many members of a group, and how many groups, are looked at, and how many members tell where a group lies: the
# same cost in any library.
_LOOKED_AT = 12
_GROUPS = 12
_SHOWN = 4
# Among how many of the nearest groups one is chosen, so that they vary, and how much farther than the nearest they may
# lie: China among the neighbours of Chile is seen through at once.
_NEAREST = 6
_FARTHER = 0.25


class OddOneOut:
    """Drafts one question a fact, in which its subject is the odd one among others of its sort."""

    def __init__(self, facts: Sequence[RelationFact], index: RelationIndex) -> None:
        """Gather the groups that are large enough, by relation and by the sort of thing in them."""
        self.index = index
        self._groups: dict[Pair, list[tuple[tuple[str, ...], Pair]]] = {}
        self._shown: dict[Pair, list[Entity]] = {}
        self._members: dict[Pair, tuple[dict[str, RelationFact], tuple[Candidate, ...]]] = {}
        for group, members in sorted(index.by_group.items()):
            if len({member.subject.key for member in members}) >= WANTED:
                self._shown[group] = [member.subject for member in members[:_SHOWN]]
                sort = sort_of(members[0].subject.kind)
                self._groups.setdefault((group[0], sort), []).append((self._shown[group][0].regions, group))
        for places in self._groups.values():
            places.sort()

    def drafts(self, fact: RelationFact, words: Wording) -> Iterator[Draft]:
        """Draft the question that a fact carries: its subject among members of a group to which it does not belong."""
        if not words.has(fact, "ask_odd") or not fact.during.holds_on(fact.as_of):
            return
        groups = self._groups_near(fact)
        if groups:
            # Each group has its own lot, so that one more or less seldom changes who draws it.
            yield self._draft(fact, min(groups, key=lambda group: point("odd", fact.path, *group)), words)

    def _groups_near(self, fact: RelationFact) -> list[Pair]:
        """Give the nearest groups that the fact's subject is provably not in."""
        known = self._groups.get((fact.relation.name, sort_of(fact.subject.kind)), [])
        here = fact.subject
        first = bisect_left(known, (here.regions,)) - _GROUPS // 2
        some = [known[(first + step) % len(known)][1] for step in range(min(_GROUPS, len(known)))]

        def how_far(group: Pair) -> float:
            return sum(distance(member, here) for member in self._shown[group]) / len(self._shown[group])

        far = {group: how_far(group) for group in some if self._is_out(fact, group)}
        reach = min(far.values(), default=0.0) + _FARTHER
        return [group for group in sorted(far, key=far.__getitem__) if far[group] <= reach][:_NEAREST]

    def _is_out(self, fact: RelationFact, group: Pair) -> bool:
        object_ = self.index.by_group[group][0].object
        if object_.key in fact.also_true:
            return False
        return self.index.knowledge.truth(fact.subject.key, fact.relation, object_.key, fact.as_of).is_false

    def _inside(self, group: Pair) -> tuple[dict[str, RelationFact], tuple[Candidate, ...]]:
        """Give the members of a group by key, and some as candidates; all drafts share them, to spare memory."""
        if group not in self._members:
            members = {member.subject.key: member for member in self.index.by_group[group]}
            shown = tuple(subject_candidate(member) for member in islice(members.values(), _LOOKED_AT))
            self._members[group] = (members, shown)
        return self._members[group]

    def _draft(self, fact: RelationFact, group: Pair, words: Wording) -> Draft:
        members, shown = self._inside(group)
        object_ = self.index.by_group[group][0].object

        def judge(candidate: Candidate) -> Verdict | None:
            truth = self.index.knowledge.truth(candidate.key, fact.relation, object_.key, fact.as_of)
            if truth is not Truth.TRUE or candidate.key not in members:
                return None
            return Ground.SHARED, lambda: words.statement(members[candidate.key], fact.as_of)

        sort = sort_of(fact.subject.kind)
        draft = self.index.draft(
            fact,
            words,
            asked=("odd", "odd-one-out", Level.UNDERSTAND),
            stem=words.sentence(fact, "ask_odd", fact.as_of, object=object_),
            answer=subject_candidate(fact),
            judge=judge,
            option_set=f"{fact.relation.name}/odd/{object_.key}",
            # Whoever is always the odd one and never inside a group would be known by that.
            bank=f"{fact.relation.name}/odd/{sort}",
            first=shown,
            both_sides=True,
        )
        if not words.has(fact, "denial"):
            return draft
        denial = words.sentence(fact, "denial", fact.as_of, object=object_)
        return replace(draft, explanation=f"{denial} {draft.explanation}")
