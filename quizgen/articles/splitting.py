"""Paragraphs are split into sentences, at exact offsets.

The segmenter is `sentencex`, which knows the abbreviations of many languages. Its mistakes that are seen in the news
are mended here: ends that it sees after an abbreviation that we know, and ends that it misses after brackets and dots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.articles.words import abbreviations, plain

# The segmenter takes time that grows with the square of some texts, so it sees a part of a long paragraph at a time.
PART = 4000
LONGEST = 2 * PART

_WORD_BEFORE = re.compile(r"([\w.'’-]+)\.\s*$")
_MISSED = re.compile(r"""(?<=[.!?…؟])["'”’»)\]]*\s+(?=[«"'“‘(\[]*[^\W\d_])""")
_AFTER_BRACKET = re.compile(r"[.!?][)\]]\s+$")
_AFTER_NO = re.compile(r"(?<!\w)[Nn]o\.\s+$")  # a number follows the abbreviation
_AFTER_DOTS = re.compile(r"…\s+$")
_DAY_BEFORE = re.compile(r"(?<![\d.,])\d{1,2}\.\s*$")
_LETTER_BEFORE = re.compile(r"(?<!\w)[^\W\d_]\.$")


def sentences(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Give the place of each sentence of a paragraph; nothing but spaces lies between them."""
    language = language or "en"
    while start < end:
        stop = min(end, start + PART)
        places = list(_split(text, start, stop, language))
        if stop < end and len(places) > 1:
            # The last one may go on behind the part, so it is looked at again with what follows it.
            stop = places.pop()[0]
        elif stop < end:
            stop, places = _long(text, start, end)
        yield from places
        start = stop
        while start < end and text[start].isspace():
            start += 1


def _long(text: str, start: int, end: int) -> tuple[int, list[tuple[int, int]]]:
    """Cut what goes on for longer than any sentence does, between two words where there are any."""
    stop = min(end, start + LONGEST)
    space = max(text.rfind(mark, start + PART // 2, stop) for mark in " .!?؟。") + 1 if stop < end else stop
    stop = space if space > start else stop
    return stop, [_trimmed(text, start, stop)] if text[start:stop].strip() else []


def _split(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    from sentencex import get_sentence_boundaries  # noqa: PLC0415 - nobody else needs it

    part = text[start:end]
    bounds = [int(found["end_index"]) for found in get_sentence_boundaries(language, part)]
    first = 0
    for bound in _mended(part, bounds, language):
        if part[first:bound].strip():
            yield _trimmed(text, start + first, start + bound)
        first = bound


def _mended(part: str, bounds: list[int], language: str) -> Iterator[int]:
    ends = set(bounds) | {found.end() for found in _MISSED.finditer(part) if _was_missed(part, found.end())}
    last = len(part)
    kept = sorted(end for end in ends if end >= last or not _goes_on(part, end, language))
    yield from kept
    if not kept or kept[-1] < last:
        yield last


def _was_missed(part: str, end: int) -> bool:
    before, following = part[max(0, end - 12) : end], part[end : end + 3].lstrip("«\"'“‘([")
    ended = _AFTER_BRACKET.search(before) or _AFTER_DOTS.search(before) or _AFTER_NO.search(before)
    return following[:1].isupper() and bool(ended)


def _goes_on(part: str, end: int, language: str) -> bool:
    """Tell whether the sentence goes on behind a place where it seemed to end."""
    before, following = part[max(0, end - 40) : end], part[end : end + 40].lstrip()
    if not following:
        return False
    if (
        following[0].islower()
        or following[0] in ",;:-)]»”%،؛"
        or (_LETTER_BEFORE.search(before) and part[end].isalnum())
    ):
        return True
    if language == "de" and _DAY_BEFORE.search(before):
        return True
    found = _WORD_BEFORE.search(before)
    return found is not None and _abbreviated(plain(found[1]), following, language)


def _abbreviated(word: str, following: str, language: str) -> bool:
    return word in abbreviations(language) or (following[0].isdigit() and word in abbreviations(language, "numbered"))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
