"""Option sets: the answers of sibling questions become one another's distractors, in balance with the keys.

Why: a name that stands often among the options and never is the answer gives itself away. Measured, distractors
drawn from a gazetteer let a guesser without knowledge score 85 %; drawn as often as they are keys, 26 % (chance 25 %).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.questions.drafts import Candidate, Draft, distance, same_answer
from quizgen.questions.model import Option

WANTED = 3
ENOUGH = 2
# How far the search for distractors walks round a large set: enough to choose well, and the same cost in any library.
LOOKED_AT = 48


def point(*keys: str) -> int:
    """Give the same number for the same keys, for ever: where an answer stands on the ring, and ties are broken."""
    return int.from_bytes(hashlib.blake2b("\0".join(keys).encode(), digest_size=8).digest(), "big")


@dataclass(frozen=True, slots=True)
class _Ring:
    """The different answers of one option set, in the order of their points: adding one moves few others."""

    points: tuple[int, ...]
    candidates: tuple[Candidate, ...]

    def walk(self, start: int) -> Iterator[Candidate]:
        """Give up to `LOOKED_AT` candidates, from a point on."""
        first = bisect_left(self.points, start)
        for step in range(min(LOOKED_AT, len(self.candidates))):
            yield self.candidates[(first + step) % len(self.candidates)]


def _ring(candidates: Iterable[Candidate]) -> _Ring:
    different = {candidate.key: candidate for candidate in candidates}
    ordered = sorted(different.values(), key=lambda candidate: (point(candidate.key), candidate.key))
    return _Ring(tuple(point(candidate.key) for candidate in ordered), tuple(ordered))


class OptionSets:
    """Hands out distractors, each about three times as often as it is a key."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        """Gather the answers of all drafts by option set."""
        sets: dict[str, list[Candidate]] = defaultdict(list)
        for draft in drafts:
            sets[draft.option_set].append(draft.answer)
        self._rings = {name: _ring(candidates) for name, candidates in sets.items()}
        self._keys = Counter((draft.bank, draft.answer.key) for draft in drafts)
        self._uses: Counter[tuple[str, str]] = Counter()

    def distractors(self, draft: Draft) -> tuple[Option, ...]:
        """Choose up to three wrong options: the author's own first, then siblings that are provably wrong."""
        chosen = list(draft.own[:WANTED])
        wanted = WANTED - len(chosen)
        if wanted:
            chosen += self._siblings(draft, wanted)
        return tuple(chosen) if len(chosen) >= ENOUGH else ()

    def _siblings(self, draft: Draft, wanted: int) -> list[Option]:
        fit = [
            candidate
            for candidate in self._rings[draft.option_set].walk(point(draft.id))
            if self._has_room(draft, candidate)
        ]
        fit.sort(key=lambda candidate: (self._worn(draft, candidate), distance(candidate, draft.answer)))
        judged = (self._judged(draft, candidate) for candidate in (_spread(draft, fit) if draft.ordered else fit))
        chosen: list[Option] = []
        for option in judged:
            if option and all(option.text.casefold() != other.text.casefold() for other in chosen):
                chosen.append(option)
            if len(chosen) == wanted:
                break
        self._uses.update((draft.bank, option.key) for option in chosen)
        return chosen

    def _judged(self, draft: Draft, candidate: Candidate) -> Option | None:
        verdict = None if same_answer(candidate, draft.answer) else draft.judge(candidate)
        return Option(candidate.key, candidate.text, *verdict) if verdict else None

    def _has_room(self, draft: Draft, candidate: Candidate) -> bool:
        place = (draft.bank, candidate.key)
        return self._uses[place] < WANTED * self._keys[place] + 1

    def _worn(self, draft: Draft, candidate: Candidate) -> int:
        """Tell how often a candidate was used already, for each time that it is a key."""
        place = (draft.bank, candidate.key)
        return self._uses[place] // self._keys[place]


def _spread(draft: Draft, candidates: list[Candidate]) -> list[Candidate]:
    """Order candidates so that the key's rank among dates or numbers is as likely to be any as any other."""
    lower = [candidate for candidate in candidates if candidate.rank < draft.answer.rank]
    higher = [candidate for candidate in candidates if candidate.rank > draft.answer.rank]
    below = point("rank", draft.id) % (WANTED + 1)
    first = lower[:below] + higher[: WANTED - below]
    return first + [candidate for candidate in candidates if candidate not in first]
