"""Choosing questions for a quiz, and the order in which their options are shown."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from random import Random

from quizgen.questions import Option, Question
from quizgen.questions.audit.items import item_of
from quizgen.questions.audit.leaks import Told
from quizgen.quizzes.model import Choice, Item, Quiz
from quizgen.world import written_day

MAX_QUESTIONS = 50
# With three siblings of one option set in a quiz, the last can be found by elimination.
MOST_SIBLINGS = 2
# How many quizzes of each deck an audit looks at, and how long they are.
SAMPLES = 5
SAMPLE_LENGTH = 10


def compose(questions: Sequence[Question], count: int, dice: Random, *, shuffled: bool = True) -> Quiz:
    """Make a quiz of up to `count` questions."""
    return Quiz(tuple(_item(question, dice) for question in choose(questions, count, dice, shuffled=shuffled)))


def choose(questions: Sequence[Question], count: int, dice: Random, *, shuffled: bool = True) -> list[Question]:
    """Choose up to `count` questions: one a fact or stem, few of each option set, none whose answer another tells.

    That holds as long as there are others.
    """
    order = list(questions)
    dice.shuffle(order)
    chosen = list(islice(_varied(order, Told(both_ways=not shuffled)), max(0, min(count, MAX_QUESTIONS))))
    if not shuffled:
        place = {question.id: number for number, question in enumerate(questions)}
        chosen.sort(key=lambda question: place[question.id])
    return chosen


def sample_quizzes(questions: Sequence[Question]) -> Iterator[list[Question]]:
    """Choose some quizzes of the length that learners are offered, from each deck: what an audit looks at."""
    by_deck: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_deck[question.fact.deck].append(question)
    for deck, own in by_deck.items():
        for number in range(SAMPLES):
            yield choose(own, SAMPLE_LENGTH, Random(f"{deck}/{number}"))  # noqa: S311 - not a secret


def shown_options(question: Question, dice: Random) -> tuple[Option, ...]:
    """Give the options in the order in which they are shown: dates and numbers ascend, the rest is shuffled."""
    options = list(question.options)
    if not question.ordered:
        dice.shuffle(options)
    return tuple(options)


def reshuffled(items: Iterable[Item], dice: Random) -> Quiz:
    """Make a new quiz of items that were asked before, in another order; dates and numbers keep theirs."""
    again = [item if item.ordered else replace(item, choices=_shuffled(item.choices, dice)) for item in items]
    dice.shuffle(again)
    return Quiz(tuple(again))


def _shuffled(choices: tuple[Choice, ...], dice: Random) -> tuple[Choice, ...]:
    return tuple(dice.sample(choices, len(choices)))


def _varied(order: Iterable[Question], told: Told) -> Iterator[Question]:
    """Give questions on facts, stems and option sets not asked yet, and not told; then siblings; the rest last."""
    seen: set[str] = set()
    siblings: Counter[str] = Counter()
    alike: list[Question] = []
    rest: list[Question] = []
    for question in order:
        said = _said(question)
        if said & seen:
            rest.append(question)
        elif siblings[question.option_set] >= MOST_SIBLINGS:
            alike.append(question)
        elif told.hear(item_of(question, question.options)):
            seen |= said
            siblings[question.option_set] += 1
            yield question
        else:
            rest.append(question)
    for question in alike:
        said = _said(question)
        if not said & seen and told.hear(item_of(question, question.options)):
            seen |= said
            yield question
        else:
            rest.append(question)
    yield from rest


def _said(question: Question) -> set[str]:
    """Name what a quiz holds once: a fact, and a stem; beside each flag, "whose flag is this?" is another question."""
    shown = question.picture.name if question.picture else ""
    return {question.fact.path, question.stem + shown}


def _item(question: Question, dice: Random) -> Item:
    fact = question.fact
    options = shown_options(question, dice)
    return Item(
        question=question.id,
        deck=fact.deck,
        stem=question.stem,
        choices=tuple(Choice(option.key, option.text, option.is_right, option.why_wrong) for option in options),
        explanation=question.explanation,
        quote=fact.quote,
        source=question.citation,
        source_url=fact.source.url,
        caution=fact.source.note,
        as_of=written_day(fact.as_of),
        ordered=question.ordered,
        picture=question.picture.name if question.picture else "",
        alt=question.picture.alt if question.picture else "",
    )
