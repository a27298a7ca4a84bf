"""What each sentence of an article is there for: a dozen rules, the surer ones first.

A rule says something only of what no rule before it has spoken of; what is left in the end is the body. The words that
the rules know are in `words/`; nothing here knows an article, a publisher or a topic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from quizgen.articles.asked import mark_answers_alone, mark_conversation, mark_dialogue, mark_questions, without_labels
from quizgen.articles.blocks import Block, Kind, Layout
from quizgen.articles.boilerplate import mark_calls, mark_lines, mark_sections, mark_tail
from quizgen.articles.head import mark_head
from quizgen.articles.lines import is_date
from quizgen.articles.model import Role, Sentence
from quizgen.articles.parts import Part, is_cut_off
from quizgen.articles.splitting import sentences
from quizgen.articles.words import plain, words

_HEADING_WORDS = 14
_HEADING_LETTERS = 100
_WHOLLY_QUOTED = re.compile(r"""(?:“[^”]+”|«[^»]+»|„[^“”]+[“”]|"[^"]+")[.,]?(?:\s*[—–-]\s*[^.!?]{2,80})?""")
_CREDIT = re.compile(r"[—–][ \u00a0]?[^\W\d_][^.!?]{1,80}")
# Such as "2015:", "30 September 2015:", "18 January 2017 -", "1990-1994 -", "March 5:".
_DATED = re.compile(
    r"(?P<date>[\w. ,/]{0,40}?\b(?:1[0-9]|20)\d\ds?(?:\s?[–—/-]\s?\d{2,4})?(?:\s?[^\W\d_.]{1,4}\.)?|"
    r"[^\W\d_]{3,12}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d_]{3,12})\s?(?::|\s[–—-]|\s?[–—])\s"
)


def sentences_with_roles(layout: Layout, language: str) -> tuple[Sentence, ...]:
    """Number the sentences of an article, and tell what each is there for."""
    parts = [_part(layout.text, block, language) for block in without_labels(layout.text, layout.blocks)]
    parts = [part for part in parts if part.places]
    for rule in RULES:
        rule(parts)
    return tuple(_numbered(parts))


def _part(text: str, block: Block, language: str) -> Part:
    places = tuple(sentences(text, block.start, block.end, language))
    said = tuple(text[start:end] for start, end in places)
    return Part(block, text[block.start : block.end], places, said, [None] * len(places))


def _numbered(parts: Sequence[Part]) -> Iterator[Sentence]:
    number = 0
    for paragraph, part in enumerate(parts, start=1):
        for (start, end), said, role in zip(part.places, part.said, part.roles, strict=True):
            number += 1
            yield Sentence(number, said, start, end, role or Role.BODY, paragraph, whole=not is_cut_off(said))


def _mark_headings(parts: Sequence[Part]) -> None:
    """Mark headings, and in plain text short lines without a full stop that text follows."""
    unknown = [part for part in parts if part.open]
    for part in unknown:
        followed = part is not unknown[-1]
        if part.kind is Kind.HEADING or (part.kind is Kind.PARAGRAPH and followed and _like_a_heading(part)):
            part.be(Role.HEADING)


def _like_a_heading(part: Part) -> bool:
    short = part.words <= _HEADING_WORDS and len(part.text) <= _HEADING_LETTERS and part.single
    introduces = part.text.endswith(":") and part.words <= _HEADING_WORDS
    return short and (not part.ended or introduces or (is_date(part.text) and part.words <= 4))


def _mark_dated(parts: Sequence[Part]) -> None:
    """Mark the entries of a chronicle: at least two paragraphs that begin with a date and a colon or a dash."""
    entries = [part for part in parts if part.open and part.running and _is_dated(part.text)]
    if len(entries) >= 2:
        for part in entries:
            part.be(Role.ITEM)


def _is_dated(text: str) -> bool:
    found = _DATED.match(text)
    if not found:
        return False
    letters = re.findall(r"[^\W\d_]+", plain(found["date"]))
    return all(word in words("dates") or len(word) <= 2 for word in letters)


def _mark_quotations(parts: Sequence[Part]) -> None:
    """Mark blocks of somebody's own words: set apart by the page, or all in quotation marks."""
    for part in parts:
        if part.open and (part.kind is Kind.QUOTE or (part.running and _WHOLLY_QUOTED.fullmatch(part.text))):
            part.roles = [Role.BYLINE if _CREDIT.fullmatch(said) else Role.QUOTATION for said in part.said]
    for quote, part in pairwise(parts):
        if part.open and Role.QUOTATION in quote.roles and part.words <= 12 and _CREDIT.fullmatch(part.text):
            part.be(Role.BYLINE)


def _mark_items(parts: Sequence[Part]) -> None:
    for part in parts:
        if part.open and part.kind is Kind.ITEM:
            part.be(Role.ITEM)


RULES: tuple[Callable[[Sequence[Part]], None], ...] = (
    mark_conversation,
    mark_lines,
    mark_calls,
    mark_sections,
    mark_tail,
    mark_head,
    mark_dialogue,
    mark_questions,
    _mark_quotations,
    mark_answers_alone,
    _mark_dated,
    _mark_headings,
    _mark_items,
)
