"""Plain text is laid out in blocks: its paragraphs and the items of its lists, at the places where they stand.

Lines that were broken to fit a width are joined by turning their ends into spaces, so every offset stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from quizgen.articles.blocks import Block, Kind, Layout
from quizgen.articles.words import phrases

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"(?P<mark>[-*•‣◦▪▸●■►–—]|[-–—]{2})[ \u00a0]+(?=\S)")
_NUMBER = re.compile(r"\(?(?P<mark>\d{1,3})[.)][ \u00a0]+(?=\S)")
_CITED = re.compile(r">[ >]*")
_ENDED = re.compile(r"""[.!?…:;؟。！？।።][)"'»”’“\]]*$""")

WIDEST = 120  # lines that are longer were not broken to fit a width
_ENOUGH = 40


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    first: bool  # after a blank line, or the first of all


def text_layout(text: str) -> Layout:
    """Lay out plain text; the text stays as it is, but for the ends of lines within a paragraph."""
    paragraphs = list(_paragraphs(text))
    letters = list(text)
    for lines in paragraphs:
        for line in lines[1:]:
            letters[line.start - 1] = " "
    joined = "".join(letters)
    spans = [_trimmed(joined, lines[0].start, lines[-1].end) for lines in paragraphs]
    return Layout(joined, tuple(_blocks(joined, spans)))


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    """Give the lines of each paragraph; a line alone is one, unless lines were broken to fit a width."""
    lines = list(_lines(text))
    broken = _broken_to_fit(text, lines)
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and not _goes_on(text, paragraph[-1], line, broken=broken):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _lines(text: str) -> Iterator[_Line]:
    first = True
    end = 0
    for found in _LINE.finditer(text):
        first = first or found.start() > end + 1
        start, stop = _trimmed(text, *found.span())
        if start < stop:
            yield _Line(start, stop, first)
        first = start >= stop
        end = found.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _broken_to_fit(text: str, lines: Sequence[_Line]) -> bool:
    """Tell whether the lines of a text end where a width was full, as in e-mail: most inner lines are about as long."""
    inner = [line for line, after in pairwise(lines) if not after.first]
    if len(inner) < 3 or any(line.end - line.start > WIDEST for line in lines):
        return False
    widest = max(line.end - line.start for line in inner)
    full = [line for line in inner if line.end - line.start >= 0.7 * widest]
    open_ended = [line for line in inner if not _ENDED.search(text, max(line.start, line.end - 4), line.end)]
    return widest >= _ENOUGH and len(full) >= 0.7 * len(inner) and 2 * len(open_ended) > len(inner)


def _goes_on(text: str, line: _Line, after: _Line, *, broken: bool) -> bool:
    """Tell whether a line goes on with the sentence or the paragraph of the one before it."""
    if after.first or _marked(text, after):
        return False
    if broken:
        return True
    # One that was broken by copying: the sentence had not ended, and goes on with a small letter.
    return (
        line.end - line.start >= _ENOUGH
        and text[after.start].islower()
        and not _ENDED.search(text, max(line.start, line.end - 4), line.end)
    )


def _marked(text: str, line: _Line) -> bool:
    return any(mark.match(text, line.start, line.end) for mark in (_BULLET, _NUMBER, _CITED))


def _blocks(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Block]:
    numbers = [found and int(found["mark"]) for found in (_NUMBER.match(text, *span) for span in spans)]
    for place, (start, end) in enumerate(spans):
        if not any(letter.isalnum() for letter in text[start:end]):
            continue
        if cited := _CITED.match(text, start, end):
            yield Block(Kind.QUOTE, cited.end(), end, label=">")
        elif bullet := _BULLET.match(text, start, end):
            yield Block(Kind.ITEM, bullet.end(), end, label=bullet["mark"])
        elif _counted(numbers, place) and (number := _NUMBER.match(text, start, end)):
            yield Block(Kind.ITEM, number.end(), end, label=number["mark"])
        else:
            yield from _asked_and_answered(text, start, end)


def _counted(numbers: Sequence[int | None], place: int) -> bool:
    """Tell whether a number before a paragraph counts: "3. Oktober" does not, unless a second or a fourth is near."""
    own = numbers[place]
    if own is None:
        return False
    near = [number for number in numbers[max(0, place - 6) : place + 7] if number is not None]
    return own + 1 in near or own - 1 in near


def _asked_and_answered(text: str, start: int, end: int) -> Iterator[Block]:
    """Divide "Q: ...? A: ..." that stands in one paragraph."""
    found = _answer_within().search(text, start, end) if _question_first().match(text, start, end) else None
    if found:
        yield Block(Kind.PARAGRAPH, start, found.start(1))
        yield Block(Kind.PARAGRAPH, found.end(1), end)
    else:
        yield Block(Kind.PARAGRAPH, start, end)


@cache
def _question_first() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases('labels', 'question')))})\s?[:.]", re.IGNORECASE)


@cache
def _answer_within() -> re.Pattern[str]:
    return re.compile(rf"[?؟.!](\s+)(?:{'|'.join(map(re.escape, phrases('labels', 'answer')))})\s?:\s", re.IGNORECASE)
