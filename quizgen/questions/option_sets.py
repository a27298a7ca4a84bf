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
from itertools import islice

from quizgen.questions.audit.flaws import FLAWS, Flaw
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import content
from quizgen.questions.balance import CueBalance, ranks_of
from quizgen.questions.drafts import Candidate, Draft, Trap, distance, same_answer
from quizgen.questions.model import Option
from quizgen.questions.plain import rank_of

WANTED = 3
ENOUGH = 2
# How often an option must have been wrong for each time that it is right, before it may be right once more.
USES_PER_KEY = 2
# How much more often than elsewhere keys may stand at one place among numbers and dates.
LEAN = 3
# How many choices of distractors are compared, and how much balance must gain for one place further down the list.
TRIES = 3
PATIENCE = 0.5
# How far the search for distractors walks round a large set: enough to choose well, and the same cost in any library.
LOOKED_AT = 16
# A candidate at the other end of the world is as bad as one used this much more often than its share.
FAR = 2.0
# So is one that is never the answer, where each answer must stand among the wrong options of other questions.
NEVER_RIGHT = 3.0

# The order is not yet that of the page: numbers ascend there.
_FLAWS = tuple(flaw for flaw in FLAWS if flaw.name != "lost sequence")


def point(*keys: str) -> int:
    """Give the same number for the same keys, for ever: where an answer stands on the ring, and ties are broken."""
    return int.from_bytes(hashlib.blake2b("\0".join(keys).encode(), digest_size=8).digest(), "big")


# Where an answer stands on the ring: beside those of its region, and among them at its point.
Place = tuple[tuple[str, ...], int]


def place_of(answer: Candidate, key: str) -> Place:
    """Give where an answer stands, or where the search for its distractors begins."""
    return answer.regions, point(key)


@dataclass(frozen=True, slots=True)
class _Ring:
    """The different answers of one option set, in the order of their places: adding one moves few others."""

    places: tuple[Place, ...]
    candidates: tuple[Candidate, ...]

    def walk(self, start: Place) -> Iterator[Candidate]:
        """Give up to `LOOKED_AT` candidates, from a place on."""
        first = bisect_left(self.places, start)
        for step in range(min(LOOKED_AT, len(self.candidates))):
            yield self.candidates[(first + step) % len(self.candidates)]


def _ring(candidates: Iterable[Candidate]) -> _Ring:
    different = {candidate.key: candidate for candidate in candidates}
    ordered = sorted(different.values(), key=lambda candidate: (place_of(candidate, candidate.key), candidate.key))
    return _Ring(tuple(place_of(candidate, candidate.key) for candidate in ordered), tuple(ordered))


def _rings(drafts: Iterable[Draft]) -> dict[str, _Ring]:
    sets: dict[str, list[Candidate]] = defaultdict(list)
    for draft in drafts:
        sets[draft.option_set].append(draft.answer)
    return {name: _ring(candidates) for name, candidates in sets.items()}


_NO_SIBLINGS = _ring(())


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A choice of distractors, the key's ranks among them, and how far these would bring the bank out of balance."""

    choice: list[Trap]
    ranks: list[float]
    lean: float


class OptionSets:
    """Hands out distractors, each about three times as often as it is a key."""

    def __init__(self, drafts: Sequence[Draft], asked: Sequence[tuple[Draft, Sequence[Option]]] = ()) -> None:
        """Gather the answers of all drafts by option set; count what was `asked` already, and with which options."""
        everyone = [*drafts, *(draft for draft, _ in asked)]
        # Distractors of the author's own stand in one question only: an answer that came up elsewhere would stand out.
        self._rings = _rings(draft for draft in everyone if len(draft.own) < WANTED)
        self._keys = Counter((draft.bank, draft.answer.key) for draft in everyone)
        self._uses: Counter[tuple[str, str]] = Counter()
        self._asked: Counter[tuple[str, str]] = Counter()
        self._shown: Counter[str] = Counter()
        self._places: Counter[int] = Counter()
        self._cues = CueBalance()
        for draft, options in asked:
            self._count(draft, options)

    def widen(self, drafts: Iterable[Draft]) -> None:
        """Take distractors from the answers of all these drafts from here on; what was counted stays counted."""
        self._rings = _rings(drafts)

    def distractors(self, draft: Draft, *, balanced: bool = True, fresh: bool = True) -> tuple[Option, ...]:
        """Choose up to three wrong options: the author's own first, then siblings that are provably wrong.

        With `balanced`, those that were used often enough are left out, so that there may be too few. With `fresh`, a
        key that was hardly ever wrong elsewhere gets none: it would be known as the one that is always right.
        """
        if fresh and not draft.own and self._is_worn(draft):
            return ()
        chosen = list(draft.own[:WANTED])
        wanted = WANTED - len(chosen)
        if wanted:
            chosen += self._siblings(draft, wanted, balanced)
        return tuple(chosen) if len(chosen) >= ENOUGH else ()

    def _siblings(self, draft: Draft, wanted: int, balanced: bool) -> list[Option]:
        walked = self._rings.get(draft.option_set, _NO_SIBLINGS).walk(place_of(draft.answer, draft.id))
        fit = [
            candidate
            for candidates in (draft.first, walked)
            for candidate in self._best_first(draft, candidates)
            if not balanced or self._has_room(draft, candidate)
        ]
        needed = [next((one for one in fit if one.key in need and draft.trap(one)), None) for need in draft.needs]
        if None in needed:
            return []
        met = {one.key: one for one in needed if one}
        fit = [*met.values(), *(one for one in fit if one.key not in met)]
        if draft.ordered:
            fit = self._spread(draft, fit, balanced)
        good = list(islice(self._different(draft, fit), wanted + TRIES))
        fixed = len(draft.needs)
        # Among numbers and dates the first choice puts the key in its place; no other would.
        starts = range(fixed, fixed + 1 if draft.ordered else max(fixed + 1, len(good) - wanted + fixed + 1))
        choices = [good[:fixed] + good[start : start + wanted - fixed] for start in starts]
        best = [trap.option() for trap in self._best(draft, choices)]
        self._count(draft, best)
        return best

    def _best(self, draft: Draft, choices: Sequence[list[Trap]]) -> list[Trap]:
        """Take the first good choice that brings the cues of the bank back, or of those that do not the best."""
        if draft.own or not choices[0]:
            return choices[0]
        everything = _item(draft, _texts({trap.text: trap for choice in choices for trap in choice}.values()))
        flaws = [flaw for flaw in _FLAWS if not flaw.stubborn or flaw.holds(everything)]
        good = (choice for choice in choices if is_good(draft, _texts(choice), flaws))
        weighed: list[_Weighed] = []
        for place, choice in enumerate(good):
            weighed.append(self._weigh(draft, choice, PATIENCE * place))
            if weighed[-1].lean <= 0:
                break  # nearer candidates come first
        if not weighed:
            clean = (choice for choice in choices if is_clean(draft, _texts(choice), flaws))
            # What an author wrote is asked, flaws and all; the audit names them.
            return next(clean, choices[0] if draft.authored else [])
        best = min(weighed, key=lambda tried: tried.lean)
        self._cues.add(best.ranks)
        return best.choice

    def _weigh(self, draft: Draft, choice: list[Trap], patience: float) -> _Weighed:
        item = _item(draft, _texts(choice))
        ranks = ranks_of(item, [self._shown[text] for text in item.options])
        return _Weighed(choice, ranks, self._cues.lean(ranks) + patience)

    def _is_worn(self, draft: Draft) -> bool:
        place = (draft.bank, draft.answer.key)
        return USES_PER_KEY * self._asked[place] > self._uses[place] + 1

    def _count(self, draft: Draft, chosen: Sequence[Option]) -> None:
        if chosen:
            self._asked[draft.bank, draft.answer.key] += 1
            self._shown.update((draft.answer.text, *(option.text for option in chosen)))
        self._uses.update((draft.bank, option.key) for option in chosen)
        if draft.ordered and len(chosen) == WANTED:
            ranks = (rank_of(option.text) or 0.0 for option in chosen)
            self._places[sum(rank < (rank_of(draft.answer.text) or 0.0) for rank in ranks)] += 1

    def _spread(self, draft: Draft, candidates: list[Candidate], balanced: bool) -> list[Candidate]:
        """Put those first that give the key the place among numbers or dates at which it stood least often.

        The first day of all can only stand first; with `balanced`, it finds no options when keys stand there too often.
        """
        lower = [candidate for candidate in candidates if candidate.rank < draft.answer.rank]
        higher = [candidate for candidate in candidates if candidate.rank > draft.answer.rank]
        if len(lower) + len(higher) < WANTED:
            return candidates
        places = [below for below in range(WANTED + 1) if below <= len(lower) and WANTED - below <= len(higher)]
        best = min(places, key=lambda below: (self._places[below], point(draft.id, str(below))))
        if balanced and self._places[best] >= LEAN + min(self._places[below] for below in range(WANTED + 1)):
            return []
        first = lower[:best] + higher[: WANTED - best]
        keys = {candidate.key for candidate in first}
        return first + [candidate for candidate in candidates if candidate.key not in keys]

    def _different(self, draft: Draft, candidates: Iterable[Candidate]) -> Iterator[Trap]:
        """Give the candidates that are provably wrong and say different things: the dollar, or the US dollar."""
        said: list[Candidate] = []
        for trap in map(draft.trap, candidates):
            if trap and not any(same_answer(trap.candidate, other) for other in said):
                said.append(trap.candidate)
                yield trap

    def _has_room(self, draft: Draft, candidate: Candidate) -> bool:
        place = (draft.bank, candidate.key)
        return self._uses[place] < WANTED * self._keys[place] + 1

    def _best_first(self, draft: Draft, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Put those first that were used least, for each time that they are a key, and that lie near."""

        def cost(candidate: Candidate) -> float:
            place = (draft.bank, candidate.key)
            never_right = NEVER_RIGHT * (draft.both_sides and not self._keys[place])
            return self._uses[place] / max(1, self._keys[place]) + never_right + FAR * distance(candidate, draft.answer)

        return sorted(candidates, key=cost)


def is_clean(draft: Draft, wrong: Sequence[str], flaws: Sequence[Flaw] = _FLAWS) -> bool:
    """Tell whether a question would be free of writing flaws; one that has its author's options is as they wrote it."""
    if draft.own or not wrong:
        return True
    item = _item(draft, wrong)
    # The stubborn flaws are those of stems, known by English words.
    return not any(flaw.holds(item) for flaw in flaws if not (draft.translated and flaw.stubborn))


def _texts(choice: Iterable[Trap]) -> list[str]:
    return [trap.text for trap in choice]


def is_good(draft: Draft, wrong: Sequence[str], flaws: Sequence[Flaw] = _FLAWS) -> bool:
    """Tell whether a question would be free of writing flaws and of words of the stem in some of its options."""
    return is_clean(draft, wrong, flaws) and not _echoes(draft, wrong)


def _echoes(draft: Draft, wrong: Sequence[str]) -> bool:
    """Tell whether some options hold a word of the stem and others do not: in a bank whose keys do not, that tells."""
    stem = content(draft.stem)
    return len({stem & content(text) for text in (draft.answer.text, *wrong)}) > 1


def _item(draft: Draft, wrong: Sequence[str]) -> Item:
    return Item(draft.stem, (draft.answer.text, *wrong), 0, "", 0, "", picture=draft.asks[1])
