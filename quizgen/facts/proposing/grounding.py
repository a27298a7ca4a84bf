"""Does a quote hold what an answer names: every name, number and date of it, and most of its other words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from quizgen.articles import folded
from quizgen.facts.drafting.lexicon import ENGLISH, words
from quizgen.facts.drafting.names import Mention, Sort, mentions
from quizgen.facts.drafting.quantities import dates, numbers
from quizgen.facts.drafting.tokens import Token, tokens

STEM = 5  # letters by which a word is known in its other forms
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s)$")
_MOST_WORDS_OF_NAME = 4
_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
_SHARES = frozenset({"half", "quarter", "quarters", "dozen", "dozens", "hundreds", "thousands", "millions", "billions"})
_TIMES = frozenset({"once", "twice", "double", "triple", "percent"})
_WITHOUT_WORD_GAPS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Named:
    """A text and what it names: read once, however much is held against it."""

    low: str
    digits: frozenset[str]
    entities: frozenset[str]


def named_in(text: str) -> Named:
    """Read what a text names."""
    parts = tokens(folded(text))
    digits = frozenset(token.text for token in parts if token.is_number)
    return Named(folded(text).casefold(), digits, _entities(mentions(parts)))


def is_in(answer: str, quote: str, language: str) -> bool:
    """Tell whether a quote says all that an answer names.

    In English the answer may turn the other words of the quote; in other languages, of which less is known, it has to
    stand in the quote as it is.
    """
    said, source = folded(answer).rstrip("."), folded(quote)
    if language != ENGLISH:
        return holds(source.casefold(), said.casefold())
    parts = tokens(said)
    exact = _exact_words(parts) <= {part for token in tokens(source) for part in _split(token.low)}
    return (
        exact and _holds_amounts(said, source) and _holds_names(parts, named_in(source)) and _holds_most(parts, source)
    )


def names_nothing_else(question: str, article: Named, language: str) -> bool:
    """Tell whether all names and numbers of a question stand in the article too."""
    asked = tokens(folded(question))
    if any(token.is_number and token.text not in article.digits for token in asked):
        return False
    return language != ENGLISH or _holds_names(asked[1:], article)


def shares_words(question: str, context: str, language: str) -> bool:
    """Tell whether a question has any telling word of a text; only in English is it known which words tell."""
    return language != ENGLISH or bool(_stems(tokens(folded(question))) & _stems(tokens(folded(context))))


def is_told_by(answer: str, question: str) -> bool:
    """Tell whether a question holds its answer: as it is, as all of its telling words, or by another name."""
    said, asked = folded(answer).rstrip("."), folded(question)
    if holds(asked.casefold(), said.casefold()):
        return True
    own, others = tokens(said), tokens(asked)
    if (stems := _stems(own)) and stems <= _stems(others):
        return True
    short = len(own) <= _MOST_WORDS_OF_NAME
    return short and bool(_entities(mentions(own)) & _entities(mentions(others)))


def fits_kind(answer: str, kind: str, language: str) -> bool:
    """Tell whether an answer is a date where a date is asked for, and a number where a number is."""
    if kind == "when":
        return bool(dates(answer, language) or re.search(r"\d{3,4}", answer)) or _is_year(answer)
    if kind == "number":
        counted = _exact_words(tokens(answer)) & (words("numbers") | words("magnitudes") | _ORDINALS | _SHARES | _TIMES)
        return bool(re.search(r"\d", answer)) or bool(counted) or language != ENGLISH
    return True


def holds(text: str, part: str) -> bool:
    """Tell whether a text holds a part, whole words only, where its script has gaps between words."""
    if _WITHOUT_WORD_GAPS.search(part):
        return re.search(rf"(?<!\d){re.escape(part)}(?!\d)", text) is not None
    return bool(part) and re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _is_year(answer: str) -> bool:
    return re.fullmatch(r"\d{3,4}", answer.strip(" .")) is not None


def _exact_words(parts: Sequence[Token]) -> set[str]:
    """Give the words that may stand for no other: numbers in words, months, denials."""
    return {part for token in parts for part in _split(token.low) if part in _exact()}


def _split(low: str) -> list[str]:
    """Take twenty-five apart."""
    return [low, *low.split("-")] if "-" in low else [low]


@cache
def _exact() -> frozenset[str]:
    listed = (words("numbers"), words("magnitudes"), words("months"), words("weekdays"), words("negations"))
    return frozenset().union(*listed, _ORDINALS, _SHARES, _TIMES)


def _holds_amounts(answer: str, quote: str) -> bool:
    """Every number is in the quote with what makes it large and what it counts; every date is, or is a part of one."""
    days = [span.text.casefold() for span in dates(quote, ENGLISH)]
    for span in dates(answer, ENGLISH):
        if not any(holds(day, span.text.casefold()) for day in days):
            return False
    counted = {(span.text.casefold(), _follows(quote, span.end)) for span in numbers(quote, ENGLISH)}
    large = words("magnitudes") | {"percent", "per"}
    for span in numbers(answer, ENGLISH):
        said, follows = span.text.casefold(), _follows(answer, span.end)
        fitting = {after for text, after in counted if text == said}
        if not fitting or (follows not in fitting and (follows or fitting & large)):
            return False
    texts = {token.text for token in tokens(quote)}
    return all(token.text in texts for token in tokens(answer) if any(char.isdigit() for char in token.text))


def _follows(text: str, end: int) -> str:
    """Give the word that says what a number counts: 80 kilometres, 5 percent."""
    after = tokens(text[end : end + 40])
    known = words("units") | words("magnitudes") | {"percent", "per"}
    return after[0].low if after and after[0].low in known else ""


def _holds_names(parts: Sequence[Token], text: Named) -> bool:
    """Every name stands in the text, by this name or by another that is known for the same."""
    named = _named(parts)
    others = [one for one in [*named, *_in_small_letters(parts)] if not holds(text.low, folded(one.text).casefold())]
    if any(one.entity is None or one.entity.key not in text.entities for one in others):
        return False
    covered = _covered(named)
    loose = [token for at, token in enumerate(parts) if at not in covered and token.is_word and token.is_capital]
    return all(token.low in words("function") or holds(text.low, token.low) for token in loose)


def _named(parts: Sequence[Token]) -> list[Mention]:
    """Find the names in an answer or a question: whatever is written with a capital letter."""
    return mentions(parts, frozenset(token.text for token in parts if token.is_word and token.is_capital))


def _covered(named: Iterable[Mention]) -> set[int]:
    return {at for mention in named for at in range(mention.first, mention.last)}


def _in_small_letters(parts: Sequence[Token]) -> Iterator[Mention]:
    """Find countries that are written without their capital letters."""
    for size in range(1, _MOST_WORDS_OF_NAME + 1):
        for at in range(len(parts) - size + 1):
            name = parts[at : at + size]
            if all(token.is_word and not token.is_capital for token in name):
                raised = [replace(token, text=token.text.capitalize()) for token in name]
                found = mentions(raised)
                yield from (one for one in found if one.sort is Sort.COUNTRY and one.entity and one.last == size)


def _entities(found: Iterable[Mention]) -> frozenset[str]:
    return frozenset(mention.entity.key for mention in found if mention.entity)


def _holds_most(parts: Sequence[Token], quote: str) -> bool:
    """At least half of the telling words are the quote's, in some form; names are held against it by themselves."""
    known = _covered(mention for mention in _named(parts) if mention.entity)
    own = _stems([token for at, token in enumerate(parts) if at not in known])
    return 2 * len(own & _stems(tokens(quote))) >= len(own)


def _stems(parts: Sequence[Token]) -> frozenset[str]:
    telling = (token.low for token in parts if token.is_word and token.low not in words("function"))
    return frozenset(_ENDING.sub("", low)[:STEM] for low in telling if len(low) > 2 and low not in words("months"))
