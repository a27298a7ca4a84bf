"""Where the article says two things that cannot both be right, as far as rules can see."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.articles import Sentence
from quizgen.facts.drafting.lexicon import remarks, words
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.quantities import dates, numbers
from quizgen.facts.drafting.tokens import Token

# A word that more sentences have says nothing about two of them; so the work stays linear.
MOST_WITH_A_WORD = 8
ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sentences, and what each says."""

    first: Sentence
    second: Sentence
    one: str
    other: str

    @property
    def message(self) -> str:
        """Say it of the second sentence, with `{line}` for the line of the first."""
        return remarks()["differs"].replace("{one}", self.other).replace("{other}", self.one)


def between_facts(proposals: Iterable[Proposal]) -> Iterator[tuple[Conflict, Proposal, Proposal]]:
    """Find facts about the same that have different answers, where only one can be right."""
    first: dict[str, Proposal] = {}
    for proposal in proposals:
        if not proposal.single or not proposal.about:
            continue
        known = first.setdefault(proposal.about, proposal)
        if known.answer.casefold() != proposal.answer.casefold() and not _is_finer(known.answer, proposal.answer):
            yield Conflict(known.sentence, proposal.sentence, known.answer, proposal.answer), known, proposal


def _is_finer(one: str, other: str) -> bool:
    """Tell whether one answer only says more exactly what the other says: 1949, and 4 April 1949."""
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short in long


def between_sentences(reads: Sequence[Read]) -> Iterator[Conflict]:
    """Find sentences that say nearly the same with another number, date or a denial."""
    by_word: dict[str, list[int]] = defaultdict(list)
    for at, read in enumerate(reads):
        if read.stance.asked or not read.sentence.whole:
            continue
        shared: dict[int, int] = defaultdict(int)
        for word in _content(read.parts):
            if len(by_word[word]) <= MOST_WITH_A_WORD:
                for other in by_word[word]:
                    shared[other] += 1
                by_word[word].append(at)
        for other, count in shared.items():
            if count >= 3:
                yield from _compare(reads[other], read)


def _content(parts: Sequence[Token]) -> frozenset[str]:
    known = words("function")
    return frozenset(token.low for token in parts if token.is_word and len(token.low) > 2 and token.low not in known)


def _compare(one: Read, other: Read) -> Iterator[Conflict]:
    first, second = _content(one.parts), _content(other.parts)
    if len(first & second) / max(1, min(len(first), len(second))) < ALIKE:
        return
    ours, theirs = _amounts(one), _amounts(other)
    years = (
        {span.text for span in dates(one.sentence.text, "en")},
        {span.text for span in dates(other.sentence.text, "en")},
    )
    finer = any(_is_finer(one, other) for one in years[0] for other in years[1])
    if years[0] and years[1] and not finer and not ours:
        yield Conflict(one.sentence, other.sentence, ", ".join(sorted(years[0])), ", ".join(sorted(years[1])))
        return
    if years[0] and years[1] and years[0].isdisjoint(years[1]):
        return  # they speak of two times
    for noun in ours.keys() & theirs.keys():
        if ours[noun] != theirs[noun]:
            yield Conflict(one.sentence, other.sentence, f"{ours[noun]} {noun}", f"{theirs[noun]} {noun}")


def _amounts(read: Read) -> dict[str, str]:
    """Give the numbers of a sentence by the word that says what is counted, the last of up to three after it."""
    found: dict[str, str] = {}
    text = read.sentence.text
    for span in numbers(text, "en"):
        noun = re.match(r"\s((?:[A-Za-z][\w-]*\s){0,2}[a-z][\w-]*s)\b", text[span.end :])
        if noun:
            found.setdefault(noun[1].split()[-1], span.text)
    return found
