"""Leaks: what one question of a quiz tells of the answer to another.

A question shows its stem before it is answered and its explanation and reasons afterwards. Where one of these sentences
names both the thing that another question gives and the thing that it asks for, that question is answered already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from quizgen.facts import RelationFact
from quizgen.questions.audit.items import Item
from quizgen.questions.audit.words import content, words

# A sentence tells a plain answer when it also holds this part of the words of the question.
TELLING = 0.5

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")


@dataclass(frozen=True, slots=True)
class Clue:
    """What gives a question away: a sentence with one of the `keys` and one of the names in `given`.

    Where `given` is empty, the sentence must hold half of the `stem` instead: content words of a plain question.
    """

    keys: tuple[str, ...]
    given: tuple[str, ...]
    stem: frozenset[str] = frozenset()

    def is_in(self, sentence: str) -> bool:
        """Tell whether a sentence, as `said_by` gives it, holds the clue."""
        if not any(name in sentence for name in self.keys):
            return False
        if self.given:
            return any(name in sentence for name in self.given)
        return bool(self.stem) and len(self.stem & content(sentence)) >= TELLING * len(self.stem)


def clue_of(item: Item) -> Clue:
    """Say what must not be told before a question is asked."""
    fact = item.question.fact if item.question else None
    if isinstance(fact, RelationFact):
        return Clue(_names(fact.subject.names), _names(fact.object.names))
    return Clue(_names([item.key]), (), content(item.stem) - content(item.key))


def said_by(item: Item) -> Iterator[str]:
    """Give the sentences that a question shows, folded, with a space around each word."""
    question = item.question
    after = (question.explanation, *(option.why_wrong for option in question.distractors)) if question else ()
    for text in dict.fromkeys((item.stem, *after)):
        yield from map(_spaced, _SENTENCE_END.split(text))


class Told:
    """What the questions of a quiz have told so far.

    With `both_ways`, a question also counts as told when it would itself tell of an earlier one: for quizzes whose
    questions are put in another order later.
    """

    def __init__(self, *, both_ways: bool = False) -> None:
        """Begin with nothing told."""
        self._sentences: set[str] = set()
        self._all = ""
        self._clues: list[Clue] | None = [] if both_ways else None

    def add(self, item: Item) -> None:
        """Hear a question with its explanation and its reasons."""
        self._sentences.update(said_by(item))
        self._all = "\n".join(self._sentences)
        if self._clues is not None:
            self._clues.append(clue_of(item))

    def hear(self, item: Item) -> bool:
        """Hear a question out, unless its answer was told."""
        if self.tells(item):
            return False
        self.add(item)
        return True

    def tells(self, item: Item) -> bool:
        """Tell whether the answer to a question was told."""
        clue = clue_of(item)
        # The first test is quick, and mostly enough.
        if any(name in self._all for name in clue.keys) and any(map(clue.is_in, self._sentences)):
            return True
        return bool(self._clues) and any(own.is_in(said) for said in said_by(item) for own in self._clues or ())


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(str.strip, (_spaced(name) for name in names)))


def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "
