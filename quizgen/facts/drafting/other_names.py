"""One thing goes by several names: where one of them is the answer, the others are no wrong answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quizgen.facts.drafting.proposals import Proposal, Read

MOST = 20


def with_other_names(gaps: Iterable[Proposal], reads: Sequence[Read]) -> list[Proposal]:
    """Say of each gap which other answers name the same: "US" and "United States", "Putin" and "Vladimir Putin"."""
    listed = list(gaps)
    things = _things(reads)
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for gap in listed:
        for group in _groups(gap, things):
            groups[group].add(gap.answer)
    return [replace(gap, also_true=_others(gap, groups, things)) for gap in listed]


def _things(reads: Sequence[Read]) -> dict[str, str]:
    """Give the key of what a name names, for every known name in the article."""
    return {
        " ".join(mention.text.split()): mention.entity.key for read in reads for mention in read.named if mention.entity
    }


def _groups(gap: Proposal, things: dict[str, str]) -> list[tuple[str, str]]:
    """A name belongs with those of the same thing, and with those that end alike."""
    words = gap.answer.casefold().split()
    last = words[-1].removeprefix("al-").removeprefix("el-") if words else ""
    found = [(gap.option_set, last)] if last else []
    return [*found, (gap.option_set, f"={things[gap.answer]}")] if gap.answer in things else found


def _others(gap: Proposal, groups: dict[tuple[str, str], set[str]], things: dict[str, str]) -> tuple[str, ...]:
    if gap.option_set in ("numbers", "years", "dates", "phrases"):
        return ()
    same = {name for group in _groups(gap, things) for name in groups[group]} - {gap.answer}
    return tuple(
        sorted(name for name in same if things.get(name) == things.get(gap.answer) or gap.answer not in things)
    )[:MOST]
