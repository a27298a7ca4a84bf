"""What can be done to a deck on the workbench: accept, reject and reopen facts, edit and add them.

Takes a deck and what was typed; gives the deck as it then is, or every problem at once. A rejected fact stays in the
draft as retired, so that it can be taken back; the deck that leaves the workbench has it no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quizgen.articles import Article, Sentence
from quizgen.facts import Deck, Fact, PlainFact, Status, Wrong, load_deck, quoted_from
from quizgen.facts.dump import dump
from quizgen.problems import Problem

MOST_FACTS = 300
MOST_WRONG = 6
LONGEST_QUOTE = 400
LONGEST_KEY = 60
_REJECTED = "rejected on review"
# A deck file has at least one fact; a draft may have none yet.
_NOTHING = "nothing-yet"


class State(StrEnum):
    """How far a fact has come on the workbench."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into the form of a fact; `wrong` are pairs of a wrong answer and why it is wrong."""

    ask: str = ""
    answer: str = ""
    group: str = ""
    wrong: tuple[tuple[str, str], ...] = ()
    also_true: str = ""
    explanation: str = ""
    quote: str = ""

    @classmethod
    def from_form(cls, form: Mapping[str, str]) -> Typed:
        """Read a form as it was sent, however odd."""
        wrong = [(_line(form.get(f"wrong-{n}")), _line(form.get(f"why-{n}"))) for n in range(MOST_WRONG)]
        return cls(
            ask=_line(form.get("ask")),
            answer=_line(form.get("answer")),
            group=_line(form.get("group")),
            wrong=tuple(pair for pair in wrong if any(pair)),
            also_true=_line(form.get("also_true")),
            explanation=_line(form.get("explanation")),
            quote=_line(form.get("quote"))[:LONGEST_QUOTE],
        )

    @classmethod
    def of(cls, fact: Fact) -> Typed:
        """Show a fact as it would have been typed."""
        if not isinstance(fact, PlainFact):
            return cls(explanation=fact.explanation, quote=fact.quote)
        wrong = tuple((one.text, one.why) for one in fact.wrong)
        also = "; ".join(fact.also_true)
        return cls(fact.ask, fact.answer, fact.option_set, wrong, also, fact.explanation, fact.quote)

    def problems(self) -> Iterator[Problem]:
        """Name what is missing."""
        if not self.ask:
            yield Problem("", 0, "the question is empty", "write what you would ask your class")
        if not self.answer:
            yield Problem("", 0, "the answer is empty", "write the right answer")
        for text, why in self.wrong:
            if not text:
                yield Problem("", 0, f"the reason “{why[:60]}” has no wrong answer", "write the wrong answer beside it")


def state_of(fact: Fact) -> State:
    """Tell how far a fact has come."""
    if fact.retired:
        return State.REJECTED
    return State.ACCEPTED if fact.status is Status.REVIEWED else State.DRAFT


def facts_of(deck: Deck) -> list[Fact]:
    """Give the facts that are there to be reviewed."""
    return [fact for fact in deck.facts if fact.key != _NOTHING]


def fact_of(deck: Deck, key: str) -> Fact | None:
    """Find a fact by its key."""
    return next((fact for fact in facts_of(deck) if fact.key == key), None)


def put(deck: Deck, key: str, state: State) -> Deck:
    """Give the deck with one fact in another state."""
    status = Status.REVIEWED if state is State.ACCEPTED else Status.DRAFT
    retired = _REJECTED if state is State.REJECTED else ""
    return _with(deck, key, lambda fact: replace(fact, status=status, retired=retired))


def edited(deck: Deck, key: str, typed: Typed) -> Deck:
    """Give the deck with one fact as it was typed, and accepted: whoever wrote it has read it."""
    return put(_with(deck, key, lambda fact: _as_typed(fact, typed)), key, State.ACCEPTED)


def added(deck: Deck, sentence: Sentence, typed: Typed) -> tuple[Deck, str]:
    """Give the deck with a new fact, which quotes a sentence or a part of it, and the fact's key."""
    from quizgen.facts.drafting.tokens import slug  # noqa: PLC0415 - brings all of drafting, which is heavy

    quote, place = _quoted(sentence, typed.quote)
    key = _free(f"own-{slug(typed.answer)}"[:LONGEST_KEY].strip("-"), {fact.key for fact in deck.facts})
    fact = PlainFact(
        key=key,
        deck=deck.key,
        file=deck.file,
        line=0,
        source=deck.sources[0],
        as_of=deck.as_of,
        quote=quote,
        place=place,
        ask=typed.ask,
        answer=typed.answer,
    )
    others = tuple(facts_of(deck))
    return replace(deck, facts=(*others, _as_typed(fact, typed))), key


def finished(deck: Deck) -> Deck:
    """Give the deck as it leaves the workbench: what was rejected is left out, what is not reviewed stays a draft."""
    return replace(deck, facts=tuple(fact for fact in facts_of(deck) if state_of(fact) is not State.REJECTED))


def written(deck: Deck, article: Article) -> tuple[str, list[Problem]]:
    """Write a deck as the text that is kept, and say what is wrong with it: schema, checks, quotes and their places."""
    if len(deck.facts) > MOST_FACTS:
        return "", [Problem("", 0, f"a draft has at most {MOST_FACTS} facts", "reject some, or begin another draft")]
    whole = deck if deck.facts else replace(deck, facts=(_nothing(deck),))
    text = dump(whole)
    return text, load_deck(text.encode("utf-8", "replace"), deck.file, [quoted_from(article)])[1]


def without_faults(deck: Deck, article: Article) -> tuple[Deck, str, list[Problem]]:
    """Leave out the facts that no deck file takes, and write the rest; problems are left where the top has some."""
    text, problems = written(deck, article)
    if problems:
        good = tuple(fact for fact in deck.facts if not written(replace(deck, facts=(fact,)), article)[1])
        deck = replace(deck, facts=good)
        text, found = written(deck, article)
        problems = problems if found else []
    return deck, text, problems


def free_key(wanted: str, taken: frozenset[str]) -> str:
    """Give the key of a deck that no other has."""
    return _free(wanted, taken)


def answers_of(facts: Sequence[Fact]) -> list[str]:
    """Give the answers of other facts: what one may want to write as a wrong answer."""
    return sorted({fact.answer for fact in facts if isinstance(fact, PlainFact) and len(fact.answer) <= LONGEST_KEY})


def _with(deck: Deck, key: str, change: Callable[[Fact], Fact]) -> Deck:
    return replace(deck, facts=tuple(change(fact) if fact.key == key else fact for fact in deck.facts))


def _as_typed(fact: Fact, typed: Typed) -> Fact:
    if not isinstance(fact, PlainFact):
        return replace(fact, explanation=typed.explanation)
    return replace(
        fact,
        ask=typed.ask,
        answer=typed.answer,
        option_set=typed.group,
        wrong=tuple(Wrong(text, why) for text, why in typed.wrong),
        also_true=tuple(part for text in typed.also_true.split(";") if (part := text.strip())),
        explanation=typed.explanation,
    )


def _quoted(sentence: Sentence, quote: str) -> tuple[str, tuple[int, int]]:
    """Give the words to quote and their place: those that were selected, if the sentence has them, else all of it."""
    at = sentence.text.find(quote) if quote else -1
    # Where lines were joined, places in the sentence are not places in the article.
    plain = sentence.end - sentence.start == len(sentence.text)
    if not plain:
        return sentence.text, (sentence.start, sentence.end)
    words = quote if at >= 0 else _short(sentence.text)
    start = sentence.start + max(at, 0)
    return words, (start, start + len(words))


def _short(text: str) -> str:
    """Cut a text to the length of a quote, at the end of a word."""
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE + 1].rpartition(" ")[0] or text[:LONGEST_QUOTE]


def _nothing(deck: Deck) -> Fact:
    return PlainFact(
        key=_NOTHING,
        deck=deck.key,
        file=deck.file,
        line=0,
        source=deck.sources[0],
        as_of=deck.as_of,
        status=Status.DRAFT,
        retired=_REJECTED,
        ask="Is there nothing yet?",
        answer="There is nothing yet",
    )


def _free(wanted: str, taken: set[str] | frozenset[str]) -> str:
    numbers = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(key for key in numbers if key not in taken)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
