"""Questions that the article itself answers: its title, its own questions, its timeline, its lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from quizgen.articles import Article, Role, Sentence
from quizgen.facts.drafting.lexicon import ENGLISH, english, tongue, wording, words
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.tokens import tokens

MOST_OF_ANSWER = 390
MOST_OF_QUESTION = 250
MOST_OF_PARAGRAPH = 12  # sentences that are looked at
_SEVERAL = re.compile(
    r"(?:in |to )?(?:which|what) (?:\w+ )?\w+s\b(?! (?:is|was|does|has)\b)|(?:what|who|which) (?:are|were)\b",
    re.IGNORECASE,
)
_ENGLISH_ASKS = (
    "why",
    "how",
    "what",
    "who",
    "when",
    "where",
    "which",
    "whose",
    "in which",
    "to which",
    "for what",
    "to what",
    "on what",
)
_LABEL = re.compile(r"^(?:(?:Q|A|Question|Answer|Frage|Antwort|F|P|R|Вопрос|Ответ|В|О|س|ج)\s*[:.)]\s*)+", re.IGNORECASE)
_WHEN = re.compile(r"^(?P<when>(?:\d{1,2} )?(?:\w+ )?(?:1[0-9]|20)\d\d)\s*(?::|–|—| - )\s*(?P<event>\S.+)$", re.DOTALL)
_COUNTED = re.compile(
    r"^(?:the |these )?(?P<count>\w+) (?P<things>(?:[a-z-]+ ){0,2}[a-z]+s)\b(?P<more>.*)$", re.IGNORECASE
)
_POINTING = frozenset({"this", "that", "these", "those", "it", "they", "them", "he", "she", "here"})


def title_facts(article: Article, language: str) -> Iterator[Proposal]:
    """Draft what the title asks and the summary answers."""
    titles = list(article.having(Role.TITLE))
    summaries = [sentence for sentence in article.having(Role.SUMMARY) if sentence.whole]
    if len(titles) == 1 and summaries and titles[0].number < summaries[0].number:
        yield from _pair(titles[0].text, summaries[0], language)


def own_questions(article: Article, language: str) -> Iterator[Proposal]:
    """Draft what the article asks and answers: each question with the first sentence of its answer."""
    asked: Sentence | None = None
    for sentence in article.sentences:
        if sentence.role is Role.QUESTION:
            asked = None if asked and asked.paragraph == sentence.paragraph else sentence
        elif asked is not None:
            if sentence.role in (Role.ANSWER, Role.BODY) and sentence.whole and sentence.number == asked.number + 1:
                yield from _pair(asked.text, _answer(asked, sentence, article), language)
            asked = None


def _answer(asked: Sentence, first: Sentence, article: Article) -> Sentence:
    """The first sentence answers, unless several things are asked for: then its whole paragraph does."""
    if not _SEVERAL.match(_LABEL.sub("", asked.text)):
        return first
    paragraph = [
        one for one in article.sentences[first.number - 1 :][:MOST_OF_PARAGRAPH] if one.paragraph == first.paragraph
    ]
    end = paragraph[-1].end if paragraph else first.end
    return replace(first, text=article.text[first.start : end], end=end)


def _pair(question: str, answer: Sentence, language: str) -> Iterator[Proposal]:
    ask = _LABEL.sub("", question).strip()
    said = _LABEL.sub("", answer.text).strip()
    fits = len(ask) <= MOST_OF_QUESTION and len(said) <= MOST_OF_ANSWER and len(said.split()) >= 3
    if not fits or not _asks_for_more_than_yes(ask, language) or _leans(ask, said, language):
        return
    start = answer.start + answer.text.index(said)
    yield Proposal(
        answer,
        start,
        start + len(said),
        ask=wording(language).ask["question"].format(question=_inside(ask, language)),
        answer=said.rstrip("."),
        kind=_kind(ask),
        option_set="answers",
        rank=9.0,
    )


def _asks_for_more_than_yes(ask: str, language: str) -> bool:
    """Only questions with a question word are asked: what is answered by yes or no has no wrong answers to choose."""
    if not ask.rstrip().endswith(("?", "؟")) or ask.count("?") > 1:
        return False
    low = ask.casefold().lstrip('¿ «"“')
    firsts = _ENGLISH_ASKS if language == ENGLISH else tongue(language).first_words
    return any(re.match(rf"{re.escape(first)}(?!\w)", low) for first in firsts)


def _leans(ask: str, said: str, language: str) -> bool:
    """Tell whether a question or its answer speaks of somebody there, or of what was said before."""
    if language != ENGLISH:
        return False
    asked = {token.low for token in tokens(ask)}
    answered = [token.low for token in tokens(said)]
    pointing = asked & (words("persons") | _POINTING)
    return bool(pointing) or bool(set(answered) & words("persons")) or answered[0] in ("yes", "no", "both", "another")


def _inside(ask: str, language: str) -> str:
    """Put a question into a sentence: its first word is a question word, and loses its capital in English."""
    return ask[:1].lower() + ask[1:] if language == ENGLISH else ask


def _kind(ask: str) -> str:
    low = ask.casefold().lstrip("¿ ")
    reasons = ("why", "pourquoi", "por qué", "warum", "wieso", "weshalb", "почему", "зачем", "لماذا")
    if low.startswith(reasons):
        return "reason"
    return "definition" if re.match(r"what (?:is|are) (?!the\b)\S+(?: \S+){0,3}\?$", low) else "what"


def timeline_facts(sentences: Iterable[Sentence], language: str) -> Iterator[Proposal]:
    """Draft when something was, of lines that say "1949: ..."."""
    for sentence in sentences:
        line = _WHEN.match(sentence.text)
        if line is None or len(line["event"].split()) < 3 or len(line["event"]) > MOST_OF_QUESTION:
            continue
        if language == ENGLISH and line["event"].split()[0].casefold() in _POINTING:
            continue
        event = line["event"].rstrip(". ")
        if re.search(rf"\b{line['when'][-4:]}\b", event):
            continue
        yield Proposal(
            sentence,
            sentence.start,
            sentence.end,
            ask=wording(language).ask["timeline"].format(event=event),
            answer=line["when"].strip(),
            kind="when",
            option_set="years" if line["when"].strip().isdigit() else "dates",
            about=f"timeline {event.casefold()}",
            single=True,
            rank=6.0,
        )


def list_facts(article: Article, reads: dict[int, Read]) -> Iterator[tuple[Proposal | None, Sentence, int, int]]:
    """Draft one of the things that a heading counts; where the count is wrong, give both numbers instead."""
    sentences = article.sentences
    for at, heading in enumerate(sentences):
        counted = _COUNTED.match(heading.text.rstrip(":.")) if heading.role is Role.HEADING else None
        number = _number(counted["count"]) if counted else 0
        if not counted or not number:
            continue
        items = _items(sentences, at + 1)
        if len(items) != number:
            yield None, heading, number, len(items)
            continue
        things = f"{counted['count'].lower()} {counted['things']}{counted['more']}".rstrip("?: ")
        first, *others = items
        if any(len(item.text) > MOST_OF_QUESTION for item in items) or not counted["more"].strip():
            continue
        yield (
            Proposal(
                first,
                first.start,
                first.end,
                ask=wording(ENGLISH).ask["one_of"].format(things=things),
                answer=first.text.rstrip("."),
                kind="which",
                option_set="points",
                also_true=tuple(item.text.rstrip(".") for item in others),
                rank=8.0,
            ),
            heading,
            number,
            len(items),
        )


def _items(sentences: Sequence[Sentence], at: int) -> list[Sentence]:
    """Give the first sentence of each item that follows a heading at once."""
    items: list[Sentence] = []
    for sentence in sentences[at:]:
        if sentence.role is not Role.ITEM:
            break
        if not items or items[-1].paragraph != sentence.paragraph:
            items.append(sentence)
    return items


def _number(word: str) -> int:
    """Read a number of list items: "three" or "3"; 0 for what is none."""
    spelled = english()["numbers"].get(word.casefold(), word)
    return int(spelled) if spelled.isdecimal() and spelled.isascii() and len(spelled) < 3 else 0
