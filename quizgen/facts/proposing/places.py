"""Where a quote stands in an article: word for word, in sentences that state facts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from quizgen.articles import Article, Sentence, folded
from quizgen.facts.drafting.lexicon import ENGLISH, pattern
from quizgen.facts.proposing.model import MOST_OF_QUOTE, Why

MOST_OF_PLACES = 10  # where a quote is looked for
MOST_OF_SENTENCES = 4  # that a quote may reach over
_SHAPES = {" ": r"\s+", "'": "['‘’]", '"': '["“”]'}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote as the article writes it, the sentence it stands in (or several, as one), and the one before."""

    sentence: Sentence
    start: int
    end: int
    before: str = ""

    @property
    def text(self) -> str:
        """The article's own words."""
        return self.sentence.text[self.start - self.sentence.start : self.end - self.sentence.start]


def quoted_in(article: Article, quote: str) -> Quoted | Why:
    """Find a quote; only spaces, shapes of quotation marks and composition may differ from what the article says."""
    places = list(islice(_pattern(quote).finditer(article.text), MOST_OF_PLACES))
    if not places:
        return Why.NOT_VERBATIM
    for place in places:
        found = _within(article, *place.span())
        if found and found.end - found.start <= MOST_OF_QUOTE:
            return found
    return Why.AROUND


def leaves_out(quoted: Quoted, language: str) -> bool:
    """Tell whether the sentence takes back before the quote what that says, or makes a condition behind it."""
    text, start, end = quoted.sentence.text, quoted.sentence.start, quoted.sentence.end
    before, after = text[: quoted.start - start], text[len(text) - (end - quoted.end) :]
    if before.count('"') % 2 or before.count("“") > before.count("”"):
        return True  # the words of somebody, without their marks
    if language != ENGLISH:
        return bool(before.strip())  # where the words of doubt are not known, a quote begins with its sentence
    taken_back = pattern("hedges", "conditions", "negations").search(_low(before))
    return bool(taken_back or pattern("conditions").search(_low(after)))


def _low(text: str) -> str:
    return text.casefold().replace("’", "'")


def _pattern(quote: str) -> re.Pattern[str]:
    """Make a pattern of a quote: each letter composed or not, whole words only."""
    return re.compile(rf"(?<!\w){''.join(_letters(folded(quote)))}(?!\w)")


def _letters(text: str) -> Iterator[str]:
    for char in text:
        apart = unicodedata.normalize("NFD", char)
        if char in _SHAPES:
            yield _SHAPES[char]
        else:
            yield re.escape(char) if apart == char else f"(?:{re.escape(char)}|{re.escape(apart)})"


def _within(article: Article, start: int, end: int) -> Quoted | None:
    """Give the sentences that hold a place: all of one paragraph, all stating facts, and nothing else between them."""
    held = [one for one in article.sentences if one.start < end and start < one.end]
    fits = 0 < len(held) <= MOST_OF_SENTENCES and held[0].start <= start and end <= held[-1].end
    if not fits or not all(one.role.states and one.whole and one.paragraph == held[0].paragraph for one in held):
        return None
    if any(article.text[one.end : other.start].strip() for one, other in pairwise(held)):
        return None
    text = article.text[held[0].start : held[-1].end]
    before = [one.text for one in article.sentences if one.number == held[0].number - 1]
    return Quoted(replace(held[0], text=text, end=held[-1].end), start, end, "".join(before))
