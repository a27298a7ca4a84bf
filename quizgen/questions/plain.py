"""Questions from plain facts: as the author asked them, and which words of the source answer them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator

from quizgen.facts import PlainFact
from quizgen.questions.drafts import Candidate, Draft, Judge, Verdict
from quizgen.questions.model import Ground, Level, Option
from quizgen.questions.wording import Wording, sentence_case, wording

LEVELS = {
    "reason": Level.UNDERSTAND,
    "goal": Level.UNDERSTAND,
    "consequence": Level.UNDERSTAND,
    "contrast": Level.UNDERSTAND,
    "change": Level.UNDERSTAND,
    "definition": Level.UNDERSTAND,
    "order": Level.ANALYSE,
    "support": Level.ANALYSE,
}
# Of a sentence with a gap the words of the source are the question itself.
GAP = "gap"
_NUMBER = re.compile(r"(?P<number>\d+(,\d{3})*(\.\d+)?)\s*\D{0,20}")
_ENGLISH_DAY = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_MONTHS = calendar.month_name[1:]


def drafts(fact: PlainFact, language: str) -> Iterator[Draft]:
    """Draft the questions of a plain fact: its own, and which words of the source answer it."""
    words = wording(language)
    yield _ask(fact, words)
    if fact.quote and fact.option_set and fact.kind != GAP:
        yield _support(fact, words)


def _ask(fact: PlainFact, words: Wording) -> Draft:
    ranks = [rank_of(text) for text in (fact.answer, *(wrong.text for wrong in fact.wrong))]
    option_set = _set_name(fact) if fact.option_set else fact.path
    return Draft(
        id=f"{fact.path}#ask",
        fact=fact,
        kind=fact.kind or "what",
        level=LEVELS.get(fact.kind, Level.RECALL),
        stem=fact.ask,
        explanation=fact.explanation or words.plain["answer"].format(answer_sentence=_sentence(fact.answer)),
        citation=words.citation(fact),
        answer=_candidate(fact, ranks[0] or 0.0),
        option_set=option_set,
        bank=option_set,
        judge=_judge(fact, lambda _: words.plain["author"].format(answer=fact.answer.rstrip("."))),
        ordered=all(rank is not None for rank in ranks),
        own=tuple(_own(fact, words)),
        authored=True,
    )


def _support(fact: PlainFact, words: Wording) -> Draft:
    """Ask which words of the source answer the question; the siblings' words answer other questions."""
    return Draft(
        id=f"{fact.path}#support",
        fact=fact,
        kind="support",
        level=LEVELS["support"],
        stem=words.plain["ask_support"].format(ask=fact.ask.rstrip("?")),
        explanation=words.plain["answer"].format(answer_sentence=_sentence(fact.answer)),
        citation=words.citation(fact),
        answer=Candidate(fact.key, f"“{fact.quote}”", frozenset({fact.quote.casefold()}), fact=fact),
        option_set=f"{_set_name(fact)}/quotes",
        bank=f"{_set_name(fact)}/quotes",
        judge=_judge(fact, lambda sibling: words.plain["supports_other"].format(ask=sibling.ask)),
    )


def _set_name(fact: PlainFact) -> str:
    """Give the name of a fact's option set; one with a slash is shared by all decks."""
    return fact.option_set if "/" in fact.option_set else f"{fact.deck}/{fact.option_set}"


def _judge(fact: PlainFact, reason: Callable[[PlainFact], str]) -> Judge:
    """Judge the siblings of a fact: the author says that they are wrong, save those that are named as true too."""
    also = {text.casefold() for text in fact.also_true}
    stem = fact.ask.casefold()

    def judge(candidate: Candidate) -> Verdict | None:
        sibling = candidate.fact
        if not isinstance(sibling, PlainFact) or also & {sibling.key, sibling.answer.casefold()}:
            return None
        if fact.kind == GAP and sibling.answer.casefold() in stem:
            return None  # it stands beside the gap
        return Ground.AUTHOR, lambda: reason(sibling)

    return judge


def _own(fact: PlainFact, words: Wording) -> Iterator[Option]:
    for number, wrong in enumerate(fact.wrong, start=1):
        yield Option(
            f"{fact.key}-wrong-{number}",
            sentence_case(wrong.text),
            Ground.AUTHOR,
            wrong.why or words.plain["author"].format(answer=fact.answer.rstrip(".")),
        )


def _candidate(fact: PlainFact, rank: float) -> Candidate:
    return Candidate(fact.key, sentence_case(fact.answer), frozenset({fact.answer.casefold()}), rank, fact)


def _sentence(text: str) -> str:
    return sentence_case(text).rstrip(".") + "."


def rank_of(text: str) -> float | None:
    """Give the place of a number or date among others, or None for other texts: `15 members` is 15."""
    day = _ENGLISH_DAY.fullmatch(text)
    if day and day[2] in _MONTHS:
        return float(int(day[3]) * 372 + _MONTHS.index(day[2]) * 31 + int(day[1]))
    number = _NUMBER.fullmatch(text)
    return float(number["number"].replace(",", "")) if number else None
