"""Checks of a deck that fits the schema: a list of small pure functions; adding one is adding a line to `CHECKS`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePath

from quizgen.articles import Article
from quizgen.facts.model import Deck, Fact, PlainFact, RelationFact
from quizgen.problems import Problem

Check = Callable[[Deck], Iterator[Problem]]


def check_file_name(deck: Deck) -> Iterator[Problem]:
    """A deck's key is the name of its file, so that either finds the other."""
    name = PurePath(deck.file).stem
    if name != deck.key:
        yield Problem(deck.file, 1, f"deck '{deck.key}' lies in '{name}.yaml'", f"rename the file to {deck.key}.yaml")


def check_keys(deck: Deck) -> Iterator[Problem]:
    """A fact's key is its identity: two facts cannot share one."""
    first: dict[str, Fact] = {}
    for fact in deck.facts:
        if fact.key in first:
            yield _at(fact, f"id '{fact.key}' is used twice", f"first on line {first[fact.key].line}")
        first.setdefault(fact.key, fact)


def check_distractors(deck: Deck) -> Iterator[Problem]:
    """A distractor stands once, and is not the answer nor something that the deck itself calls true."""
    for fact in _plain(deck):
        seen = {_folded(fact.answer): "is the answer too"}
        seen |= {_folded(text): "is also true, as the fact says" for text in fact.also_true}
        for wrong in fact.wrong:
            fault = seen.get(_folded(wrong.text))
            if fault:
                yield _at(fact, f"distractor '{wrong.text}' {fault}", "take it out")
            seen[_folded(wrong.text)] = "is given twice"


def check_repeats(deck: Deck) -> Iterator[Problem]:
    """The same statement, or the same question, is made once."""
    first: dict[tuple[str, ...], Fact] = {}
    for fact in deck.facts:
        made = _said(fact)
        if made in first:
            yield _at(fact, "says the same as another fact", f"'{first[made].key}' on line {first[made].line}")
        first.setdefault(made, fact)


def check_contradictions(deck: Deck) -> Iterator[Problem]:
    """A functional relation has one object at a time."""
    known: dict[tuple[str, str], list[RelationFact]] = defaultdict(list)
    for fact in _relations(deck):
        if not (fact.relation.functional and fact.askable):
            continue
        for other in known[fact.relation.name, fact.subject.key]:
            if other.object != fact.object and _meet(fact, other):
                message = f"contradicts '{other.key}': {fact.relation.name} has one object at a time"
                yield _at(fact, message, "give 'from' and 'until', or 'ask: false' to both")
        known[fact.relation.name, fact.subject.key].append(fact)


def check_review(deck: Deck) -> Iterator[Problem]:
    """The day to look at a fact again lies after the day on which it was read."""
    for fact in deck.facts:
        if fact.review_by and fact.review_by <= fact.as_of:
            yield _at(fact, "'review_by' is not after 'as_of'", "it is the day to look at the fact again")


CHECKS: tuple[Check, ...] = (
    check_file_name,
    check_keys,
    check_distractors,
    check_repeats,
    check_contradictions,
    check_review,
)


def check_deck(deck: Deck) -> list[Problem]:
    """Give every problem that any of the checks finds."""
    return [problem for check in CHECKS for problem in check(deck)]


def check_quotes(facts: Iterable[Fact], article: str) -> list[Problem]:
    """Name every quote that does not stand in the article word for word."""
    text = Article(article)
    return [
        _at(fact, f"the quote is not in the article: “{fact.quote}”", "copy it from there")
        for fact in facts
        if fact.quote and not text.holds(fact.quote)
    ]


def _plain(deck: Deck) -> Iterator[PlainFact]:
    return (fact for fact in deck.facts if isinstance(fact, PlainFact))


def _relations(deck: Deck) -> Iterator[RelationFact]:
    return (fact for fact in deck.facts if isinstance(fact, RelationFact))


def _said(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, RelationFact):
        start = fact.during.start.iso if fact.during.start else ""
        return (fact.subject.key, fact.relation.name, fact.object.key, start)
    return (_folded(fact.ask),) if isinstance(fact, PlainFact) else (fact.key,)


def _meet(one: RelationFact, other: RelationFact) -> bool:
    """Tell whether two facts hold on a common day, judging by the days on which each is known to begin."""
    days = [fact.during.start.last if fact.during.start else fact.during.seen for fact in (one, other)]
    return any(bool(one.during.holds_on(day) and other.during.holds_on(day)) for day in days)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?!")


def _at(fact: Fact, message: str, hint: str) -> Problem:
    return Problem(fact.file, fact.line, f"fact '{fact.key}': {message}", hint)
