"""What an article is laid out in: paragraphs, headings, items. Each reader of a format gives a `Layout`.

Takes the pieces of a page in order; gives one text and the place of each piece in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from quizgen.articles.cleaning import cleaned


class Kind(Enum):
    """What a page says of a block by its form; what it is there for is another matter."""

    TITLE = auto()
    HEADING = auto()
    PARAGRAPH = auto()
    LEAD = auto()  # a paragraph set apart below the title
    ITEM = auto()
    QUOTE = auto()
    CREDIT = auto()  # whose words a quote is
    ASKED = auto()  # the short side of a pair, such as a term
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page: `text[start:end]`, without the mark of a list or a label before it."""

    kind: Kind
    start: int
    end: int
    level: int = 0  # of a heading: 1 is the highest
    label: str = ""  # what was left out before it: "Q", "A", "Ms Ivanova", "-"


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a page, its blocks in order, and its language where the page says it."""

    text: str
    blocks: tuple[Block, ...]
    language: str = ""


def laid_out(pieces: Iterable[tuple[Kind, str, int]], language: str = "") -> Layout:
    """Put pieces (kind, text, level) below one another, a blank line between, spaces within them folded."""
    parts: list[str] = []
    blocks: list[Block] = []
    place = 0
    for kind, raw, level in pieces:
        text = " ".join(cleaned(raw).split())
        if any(letter.isalnum() for letter in text):
            blocks.append(Block(kind, place, place + len(text), level))
            parts.append(text)
            place += len(text) + 2
    return Layout("\n\n".join(parts), tuple(blocks), language)
