"""A block with its sentences, while it is being told what they are there for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from quizgen.articles.blocks import Block, Kind
from quizgen.articles.model import Role
from quizgen.articles.words import opening, plain

_CUT_OFF = re.compile(r"""(?:\.\.\.|…)["'”’»)\]]*$""")
_ASKS = re.compile(r"""[?؟？;][!?]*["'”’»)\]]*$""")
_ENDS = re.compile(r"""[.!?؟。！？।…:;،,][)"'»”’“\]]*$""")
_QUOTED = re.compile(r"""^["“«„‘»']""")
_MARKS_OF_QUOTES = re.compile(r"""["“”«»„]""")

BOILERPLATE = frozenset({Role.NAVIGATION, Role.SHARE, Role.POLL, Role.DISCLAIMER, Role.BYLINE, Role.CAPTION})


@dataclass(slots=True)
class Part:
    """A block, the places of its sentences, and the role of each as far as it is known."""

    block: Block
    text: str
    places: tuple[tuple[int, int], ...]
    said: tuple[str, ...]  # its sentences
    roles: list[Role | None] = field(default_factory=list)
    opening: str = field(init=False)  # its words as phrases are compared with them, from the first word on

    def __post_init__(self) -> None:
        self.opening = opening(self.text)

    @property
    def kind(self) -> Kind:
        """What the page says of it by its form."""
        return self.block.kind

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def open(self) -> bool:
        """Tell whether nothing is known of it yet."""
        return not any(self.roles)

    @property
    def boilerplate(self) -> bool:
        """Tell whether all of it is known to be no part of the article itself."""
        return all(role in BOILERPLATE for role in self.roles)

    @property
    def asks(self) -> bool:
        """Tell whether it is a question."""
        return bool(_ASKS.search(self.text)) and not self.text.endswith(";")

    @property
    def ended(self) -> bool:
        """Tell whether it ends as a sentence does; a headline does not."""
        return bool(_ENDS.search(self.text))

    @property
    def cut_off(self) -> bool:
        """Tell whether its end was left out."""
        return is_cut_off(self.text)

    @property
    def single(self) -> bool:
        """Tell whether it is one sentence."""
        return len(self.said) == 1

    @property
    def running(self) -> bool:
        """Tell whether it is running text, such as a paragraph."""
        return self.kind in (Kind.PARAGRAPH, Kind.LEAD)

    @property
    def quotes(self) -> bool:
        """Tell whether there are marks of quotation in it."""
        return bool(_MARKS_OF_QUOTES.search(self.text))

    def be(self, role: Role) -> None:
        """Say what the sentences are there for of which it was not known yet."""
        self.roles = [known or role for known in self.roles]


def is_cut_off(text: str) -> bool:
    """Tell whether a text stops before it ends: "The relationship betwee..."."""
    return bool(_CUT_OFF.search(text))


def begins_quoted(text: str) -> bool:
    """Tell whether a text begins with somebody's own words."""
    return bool(_QUOTED.match(text))


def alike(one: str, other: str) -> bool:
    """Tell whether two texts say the same in nearly the same words."""
    these, those = set(re.findall(r"\w+", plain(one))), set(re.findall(r"\w+", plain(other)))
    return bool(these) and 5 * len(these & those) >= 4 * len(these | those)


def of_kind(parts: Iterable[Part], *kinds: Kind) -> list[Part]:
    """Give the parts of some kinds."""
    return [part for part in parts if part.kind in kinds]
