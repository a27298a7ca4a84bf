"""Checks of a deck that fits the schema: a list of small pure functions; adding one is adding a line to `CHECKS`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import PurePath

from quizgen.articles import Article, folded
from quizgen.facts.model import Deck, Fact, PlainFact, RelationFact
from quizgen.facts.plain_text import short
from quizgen.problems import Problem

Check = Callable[[Deck], Iterator[Problem]]


def check_file_name(deck: Deck) -> Iterator[Problem]:
    """A deck's key is the name of its file, so that either finds the other."""
    file = PurePath(deck.file)
    if file.stem != deck.key:
        yield Problem(deck.file, 1, f"deck '{deck.key}' lies in '{file.name}'", f"rename it to {deck.key}.yaml")


def check_category(deck: Deck) -> Iterator[Problem]:
    """A deck stands on some shelf of the library."""
    if not deck.category:
        yield Problem(deck.file, 1, "'category' names nothing", "write it as 'Politics / Alliances'")


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
                yield _at(fact, f"distractor '{short(wrong.text)}' {fault}", "take it out")
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
    groups: dict[tuple[str, str], list[RelationFact]] = defaultdict(list)
    for fact in _relations(deck):
        if fact.relation.functional and fact.askable and fact.during.surely_from < fact.during.surely_until:
            groups[fact.relation.name, fact.subject.key].append(fact)
    for facts in groups.values():
        lasting: list[RelationFact] = []
        for fact in sorted(facts, key=lambda fact: fact.during.surely_from):
            others = (
                known
                for known in lasting
                if known.object != fact.object and fact.during.surely_from < known.during.surely_until
            )
            if other := next(others, None):
                first, last = sorted((other, fact), key=lambda one: one.line)
                message = f"contradicts '{first.key}': {fact.relation.name} has one object at a time"
                yield _at(last, message, "give 'from' and 'until', or 'ask: false' to both")
            lasting = _longest([*lasting, fact])


def check_review(deck: Deck) -> Iterator[Problem]:
    """The day to look at a fact again lies after the day on which it was read."""
    for fact in deck.facts:
        if fact.review_by and fact.review_by <= fact.as_of:
            yield _at(fact, "'review_by' is not after 'as_of'", "it is the day to look at the fact again")


def check_capitals(deck: Deck) -> Iterator[Problem]:
    """A capital lies in the country whose capital it is."""
    for fact in _relations(deck):
        if fact.relation.name == "has_capital" and fact.object.home not in ("", fact.subject.key):
            message = f"'{fact.object.key}' lies in {fact.object.home}, not in {fact.subject.key}"
            yield _at(fact, message, "see 'in' under 'entities'")


CHECKS: tuple[Check, ...] = (
    check_file_name,
    check_category,
    check_keys,
    check_distractors,
    check_repeats,
    check_contradictions,
    check_capitals,
    check_review,
)


def check_deck(deck: Deck, more: Iterable[Check] = ()) -> Iterator[Problem]:
    """Give every problem that any of the checks finds."""
    for check in (*CHECKS, *more):
        yield from check(deck)


def read_by(today: date) -> Check:
    """Make the check that nothing claims to have been read after today."""

    def check(deck: Deck) -> Iterator[Problem]:
        hint = f"today is {today}"
        if deck.as_of > today:
            yield Problem(deck.file, 1, f"'as_of' {deck.as_of} lies in the future", hint)
        for fact in deck.facts:
            if max(fact.as_of, fact.source.retrieved) > today:
                yield _at(fact, "was read in the future", hint)

    return check


def quoted_from(article: str | Article) -> Check:
    """Make the check that every quote stands in the article word for word, and where the fact says it does."""
    read = Article(article) if isinstance(article, str) else article

    def check(deck: Deck) -> Iterator[Problem]:
        for fact in deck.facts:
            if fact.quote and not read.holds(fact.quote):
                yield _at(fact, f"the quote is not in the article: “{short(fact.quote)}”", "copy it from there")
            elif fact.place and folded(read.text[slice(*fact.place)]) != folded(fact.quote):
                yield _at(fact, "the quote is in the article, but not at its 'place'", _where(read, fact.quote))

    return check


def _where(article: Article, quote: str) -> str:
    start = article.text.find(quote)
    return f"it stands at [{start}, {start + len(quote)}]" if start >= 0 else "leave 'place' out"


def _plain(deck: Deck) -> Iterator[PlainFact]:
    return (fact for fact in deck.facts if isinstance(fact, PlainFact))


def _relations(deck: Deck) -> Iterator[RelationFact]:
    return (fact for fact in deck.facts if isinstance(fact, RelationFact))


def _said(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, RelationFact):
        start = fact.during.start.iso if fact.during.start else ""
        return (fact.subject.key, fact.relation.name, fact.object.key, start)
    return (_folded(fact.ask),) if isinstance(fact, PlainFact) else (fact.key,)


def _longest(facts: list[RelationFact]) -> list[RelationFact]:
    """Keep the fact that goes on longest, and the one that goes on longest with another object."""
    longest = max(facts, key=lambda fact: fact.during.surely_until)
    others = [fact for fact in facts if fact.object != longest.object]
    return [longest, max(others, key=lambda fact: fact.during.surely_until)] if others else [longest]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".?!")


def _at(fact: Fact, message: str, hint: str) -> Problem:
    return Problem(fact.file, fact.line, f"fact '{fact.key}': {message}", hint)
