"""Kept options: a question that was released is asked with the options that it had, as long as these are right.

Why: options are chosen in balance over the whole bank, so one new fact would move the options of hundreds of other
questions. For who has learnt them, each would be a change without a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quizgen.questions.drafts import Candidate, Draft
from quizgen.questions.model import Option
from quizgen.questions.option_sets import ENOUGH, WANTED, is_clean
from quizgen.questions.rotation import Turn

# By the id of a question: its wrong options, as `Question.wrong` names them.
Kept = Mapping[str, Sequence[str]]


def keep(drafts: Sequence[Draft], kept: Kept) -> Iterator[Turn]:
    """Give the drafts that can be asked with the options that they are to keep: each must still be proven wrong."""
    if not kept:
        return
    siblings = _Siblings(drafts)
    for draft in drafts:
        options = siblings.options(draft, kept.get(draft.id, ()))
        if options:
            yield Turn(draft, options)


def settled(kept: Kept) -> set[str]:
    """Give the paths of the facts that were asked for: what else they could have been asked was not chosen then."""
    return {id_.partition("#")[0] for id_ in kept}


class _Siblings:
    """The answers of all drafts, to be found again as wrong options."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._answers: dict[tuple[str, str], Candidate] = {}
        for draft in drafts:
            for name in _names(draft.answer):
                self._answers.setdefault((draft.option_set, name), draft.answer)

    def options(self, draft: Draft, wrong: Sequence[str]) -> tuple[Option, ...]:
        """Make the wrong options of these names; none where one of them will not do any more."""
        own = {option.key: option for option in draft.own[:WANTED]}
        first = {name: candidate for candidate in reversed(draft.first) for name in _names(candidate)}
        options: list[Option] = []
        for name in wrong:
            option = own.get(name) or self._trap(draft, name, first)
            if option is None:
                return ()
            options.append(option)
        return tuple(options) if _will_do(draft, options) else ()

    def _trap(self, draft: Draft, name: str, first: Mapping[str, Candidate]) -> Option | None:
        """Make a wrong option of the sibling of this name, or else of another with the same answer."""
        key = name.partition(" ")[0]
        places = ((draft.option_set, name), (draft.option_set, key))
        candidate = first.get(name) or self._answers.get(places[0]) or first.get(key) or self._answers.get(places[1])
        trap = draft.trap(candidate) if candidate else None
        return trap.option() if trap else None


def _names(candidate: Candidate) -> tuple[str, str]:
    return f"{candidate.key} {candidate.origin}".rstrip(), candidate.key


def _will_do(draft: Draft, options: Sequence[Option]) -> bool:
    keys, texts = {option.key for option in options}, [option.text for option in options]
    if not ENOUGH <= len(options) <= WANTED or len({text.casefold() for text in texts}) < len(texts):
        return False
    if not keys >= {option.key for option in draft.own[:WANTED]} or any(keys.isdisjoint(need) for need in draft.needs):
        return False
    return draft.authored or is_clean(draft, texts)
