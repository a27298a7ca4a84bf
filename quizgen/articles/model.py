"""An article as it was read: its text, its numbered sentences with exact offsets, and what each is there for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

_SHAPES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})


class Role(StrEnum):
    """What a sentence is there for."""

    TITLE = "title"  # the headline, often a question
    SUMMARY = "summary"  # one sentence that answers or sums up the title
    CATEGORY = "category"  # the section of the publication: "Politics / Asia"
    TEASER = "teaser"  # shown in lists of articles, possibly cut off with "..."
    HEADING = "heading"
    BODY = "body"
    QUESTION = "question"  # one that the article asks and answers itself
    ANSWER = "answer"
    ITEM = "item"  # of a list
    QUOTATION = "quotation"  # a block of somebody's own words
    CAPTION = "caption"
    BYLINE = "byline"  # who wrote it, and when
    POLL = "poll"  # what readers are asked to say: never asked in a quiz
    SHARE = "share"  # a call to share, subscribe or follow
    DISCLAIMER = "disclaimer"  # what the publisher will not answer for
    NAVIGATION = "navigation"

    @property
    def states(self) -> bool:
        """Tell whether a sentence of this role may state facts of the article's subject."""
        return self in STATING


STATING = frozenset({Role.SUMMARY, Role.TEASER, Role.BODY, Role.ANSWER, Role.ITEM, Role.QUOTATION})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: `article.text[start:end]`, its number from 1 on, and the number of the paragraph it stands in."""

    number: int
    text: str
    start: int
    end: int
    role: Role
    paragraph: int
    whole: bool = True  # false where it was cut off: "Russia seeks to..."


@dataclass(frozen=True, slots=True)
class Article:
    """The text of an article as it was read, and its sentences in order; offsets are characters of `text`."""

    text: str
    sentences: tuple[Sentence, ...] = ()
    language: str = ""  # such as "en", where it is known

    @property
    def title(self) -> str:
        """The headline, if there is one."""
        return " ".join(sentence.text for sentence in self.having(Role.TITLE))

    @property
    def cautions(self) -> tuple[str, ...]:
        """What the publisher warns of, for whoever relies on the article."""
        return tuple(dict.fromkeys(sentence.text for sentence in self.having(Role.DISCLAIMER)))

    def having(self, *roles: Role) -> Iterator[Sentence]:
        """Give the sentences of some roles."""
        return (sentence for sentence in self.sentences if sentence.role in roles)

    def stating(self) -> Iterator[Sentence]:
        """Give the sentences that may state facts, each wording once: repetitions and cut-off ones are left out."""
        seen: set[str] = set()
        for sentence in self.sentences:
            if sentence.role.states and sentence.whole and folded(sentence.text) not in seen:
                seen.add(folded(sentence.text))
                yield sentence

    def holds(self, quote: str) -> bool:
        """Tell whether the whole quote stands in the article, word for word and at the bounds of words."""
        wanted = re.escape(folded(quote))
        return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", folded(self.text)) is not None


def folded(text: str) -> str:
    """Leave out of a text what may differ in a quotation: spaces, shapes of quotation marks, composition of letters."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_SHAPES).split())
