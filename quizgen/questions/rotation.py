"""Rotation: four questions share four options, and each option is the answer to one of them.

Why: whatever an option looks like, and however often it is shown, it is right one time in four. Nothing but knowledge
helps, which no choice of distractors for one question at a time can promise.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, islice

from quizgen.progress import Steps, unseen
from quizgen.questions.drafts import Draft, distance
from quizgen.questions.model import Level, Option
from quizgen.questions.option_sets import Place, is_good, place_of, point

SIZE = 4
# How many drafts are looked at as company for another: the same cost in any library.
LOOKED_AT = 14
# How many rounds with a flaw are tried for a draft, and after how many drafts in vain an option set is left alone.
TRIES = 8
PATIENCE = 24


@dataclass(frozen=True, slots=True)
class Turn:
    """A draft with the distractors that its round gives it."""

    draft: Draft
    distractors: tuple[Option, ...]


@dataclass(slots=True)
class _Pool:
    """The drafts of one option set that have no round yet, in the order of their places."""

    places: list[Place] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    patience: int = PATIENCE

    def remove(self, draft: Draft) -> None:
        place = bisect_left(self.places, place_of(draft.answer, draft.id))
        del self.places[place], self.drafts[place]

    def after(self, draft: Draft) -> list[Draft]:
        """Give some of the drafts that follow another on the ring."""
        place = bisect_left(self.places, place_of(draft.answer, draft.id)) + 1
        found = self.drafts[place : place + LOOKED_AT]
        return found + self.drafts[: min(place - 1, LOOKED_AT - len(found))]


def rotate(
    drafts: Sequence[Draft], recalls: int, steps: Steps = unseen, *, taken: Iterable[Draft] = ()
) -> Iterator[Turn]:
    """Bring drafts together in rounds of four, each of which is wrong for the three others.

    A fact takes part with at most `recalls` questions that only ask to recall it; drafts that are `taken` have their
    options already. Drafts that find no company are left to those who balance options otherwise, as are those that
    have better traps than their siblings.
    """
    turns = _Turns(recalls)
    for draft in taken:
        turns.take(draft)
    pools: dict[str, _Pool] = defaultdict(_Pool)
    waiting = [draft for draft in drafts if not draft.own and not draft.first and not turns.has(draft)]
    for draft in sorted(waiting, key=lambda draft: place_of(draft.answer, draft.id)):
        pools[draft.option_set].places.append(place_of(draft.answer, draft.id))
        pools[draft.option_set].drafts.append(draft)
    small = {name for name, pool in pools.items() if SIZE < len(pool.drafts) < 2 * SIZE}
    for draft in steps(sorted(waiting, key=lambda draft: point(draft.id)), "Matching answers", len(waiting)):
        pool = pools[draft.option_set]
        if draft.option_set in small:
            continue  # five answers go round better one by one than four of them together and one apart
        if turns.is_free(draft) and pool.patience:
            members = _round(draft, [mate for mate in pool.after(draft) if turns.is_free(mate)])
            pool.patience = PATIENCE if members else pool.patience - 1
            for member in members:
                pool.remove(member.draft)
                turns.take(member.draft)
            yield from members


class _Turns:
    """Who has had a turn: each draft once, and each fact only so often with a question that asks to recall it."""

    def __init__(self, recalls: int) -> None:
        self._recalls = recalls
        self._taken: set[str] = set()
        self._recalled: dict[str, int] = defaultdict(int)

    def has(self, draft: Draft) -> bool:
        return draft.id in self._taken

    def is_free(self, draft: Draft) -> bool:
        if self.has(draft):
            return False
        return draft.level is not Level.RECALL or self._recalled[draft.fact.path] < self._recalls

    def take(self, draft: Draft) -> None:
        self._taken.add(draft.id)
        self._recalled[draft.fact.path] += draft.level is Level.RECALL


def _round(first: Draft, mates: Sequence[Draft]) -> list[Turn]:
    """Find three mates for a draft, near ones before others, so that the four are wrong for one another."""
    near = sorted(mates, key=lambda mate: distance(mate.answer, first.answer))
    for members in islice(_circles(first, near), TRIES):
        if all(_is_fine(member, members) for member in members):
            return [_turn(member, members) for member in members]
    return []


def _circles(first: Draft, near: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Give the rounds that a draft can have with mates, those of the first few before others.

    Nobody is compared who is not needed: of many mates, the nearest will do.
    """
    fit: list[Draft] = []
    for last in near:
        if _differ(first, last):
            friends = [mate for mate in fit if _differ(mate, last)]
            for mates in combinations(friends, SIZE - 2):
                if all(_differ(one, other) for one, other in combinations(mates, 2)):
                    yield [first, *mates, last]
            fit.append(last)


def _differ(one: Draft, other: Draft) -> bool:
    if one.fact.path == other.fact.path or one.asks == other.asks:
        return False
    return bool(one.trap(other.answer) and other.trap(one.answer))


def _is_fine(draft: Draft, members: Sequence[Draft]) -> bool:
    return is_good(draft, [member.answer.text for member in members if member is not draft])


def _turn(draft: Draft, members: Sequence[Draft]) -> Turn:
    traps = (draft.trap(member.answer) for member in members if member is not draft)
    return Turn(draft, tuple(trap.option() for trap in traps if trap))
