"""The pictures of questions as SVG: a flag from its file, a map drawn when it is first looked at.

The same picture is always the same text, and nothing in it tells whose flag or which country or place it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Protocol

from quizgen.questions.model import Picture, PictureKind
from quizgen.world import gazetteer
from quizgen.world.maps import Subject, draw
from quizgen.world.maps.style import style
from quizgen.world.pictures import place_of, subject_of

# How many pictures are remembered, each some 20 kB: more than any deck has, which goes through them more than once.
KEPT = 2_048

_SIZE = re.compile(r'<svg\b[^>]*\bwidth="([\d.]+)"[^>]*\bheight="([\d.]+)"')
_NAMED_IDS = re.compile(r'(\bid="|href="#|url\(#)[a-z]{2}-')


class Maker(Protocol):
    """Gives the text of a picture; under `__wrapped__` lies what makes it anew each time."""

    __wrapped__: Callable[[Picture], str]

    def __call__(self, picture: Picture, /) -> str:
        """Give the text of a picture."""
        ...


def _kept(make: Callable[[Picture], str]) -> Maker:
    """Make each picture once under each view of disputed areas."""
    made = lru_cache(KEPT)(lambda picture, _policy: make(picture))

    @wraps(make)
    def kept(picture: Picture) -> str:
        return made(picture, style().border_policy)

    return kept


@_kept
def svg_of(picture: Picture) -> str:
    """Give a picture as the text of an SVG file; disputed areas are coloured as the template of the maps says."""
    if picture.kind is PictureKind.FLAG:
        return _flag(picture.shows[0])
    return draw(map_subject(picture.shows, numbered=picture.numbered), style().border_policy)


def map_subject(marks: tuple[str, ...], *, numbered: bool) -> Subject:
    """Say what a map shows: a number on each of some countries or places, or one of them that stands out."""
    return Subject.numbers(*map(place_of, marks)) if numbered else subject_of(marks[0])


def size_of(svg: str) -> tuple[int, int]:
    """Give width and height of a picture in pixels, so that a page keeps its room free."""
    found = _SIZE.search(svg)
    return (round(float(found[1])), round(float(found[2]))) if found else (0, 0)


def _flag(code: str) -> str:
    path = gazetteer.flag_path(code)
    if path is None:
        message = f"there is no flag of {code}"
        raise ValueError(message)
    # Parts of a flag are called after the country, for whoever looks into the file: `ke-a` becomes `part-a`.
    return _NAMED_IDS.sub(r"\1part-", path.read_text(encoding="utf-8"))
