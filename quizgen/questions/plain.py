"""Questions from plain facts: as the author asked them, with the author's distractors and the siblings of their set."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from quizgen.facts import PlainFact
from quizgen.questions.drafts import Candidate, Draft, Judge
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
_NUMBER = re.compile(r"(?P<number>\d+(,\d{3})*(\.\d+)?)\s*\D{0,20}")
_ENGLISH_DAY = re.compile(r"(\d{1,2}) (\w+) (\d{4})")
_MONTHS = calendar.month_name[1:]


def draft(fact: PlainFact, language: str) -> Draft:
    """Draft the one question of a plain fact."""
    words = wording(language)
    ranks = [rank_of(text) for text in (fact.answer, *(wrong.text for wrong in fact.wrong))]
    return Draft(
        id=f"{fact.path}#ask",
        fact=fact,
        kind=fact.kind or "what",
        level=LEVELS.get(fact.kind, Level.RECALL),
        stem=fact.ask,
        explanation=fact.explanation or words.plain["answer"].format(answer_sentence=_sentence(fact.answer)),
        citation=words.citation(fact),
        answer=_candidate(fact, ranks[0] or 0.0),
        option_set=f"{fact.deck}/{fact.option_set}" if fact.option_set else fact.path,
        bank=f"{fact.deck}/{fact.option_set}" if fact.option_set else fact.path,
        judge=_judge(fact, words),
        ordered=all(rank is not None for rank in ranks),
        own=tuple(_own(fact, words)),
    )


def _judge(fact: PlainFact, words: Wording) -> Judge:
    also = {text.casefold() for text in fact.also_true}

    def judge(candidate: Candidate) -> tuple[Ground, str] | None:
        sibling = candidate.fact
        if not isinstance(sibling, PlainFact) or sibling.key in also or candidate.names & also:
            return None
        return Ground.AUTHOR, words.plain["author"].format(answer=fact.answer.rstrip("."))

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
