r"""The text of GIFT: characters escaped by `\`, a format before the text, and HTML in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_TAG = re.compile(
    r"</?(?:p|br|b|i|u|em|strong|span|div|sub|sup|ul|ol|li|a|h[1-6]|table|t[rdh]|tbody|img|audio|video|font|code|pre)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_MEDIA = frozenset({"img", "audio", "video", "object", "embed", "iframe", "svg", "source"})
_SILENT = frozenset({"script", "style", "template"})
_APART = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a text: the sign that it began with, and where it starts."""

    sign: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Said:
    """What people read of a text, and whether it shows more than words."""

    text: str
    pictures: bool = False


def find(text: str, mark: str, start: int) -> int:
    """Find a mark that is not escaped; -1 if there is none."""
    found = re.compile(rf"(?:\\.|(?!{re.escape(mark)})[^\\]|\\$)*+{re.escape(mark)}", re.DOTALL).match(text, start)
    return found.end() - len(mark) if found else -1


def parted(text: str, signs: str) -> list[Mark]:
    """Part a text at signs that are not escaped; the first part has none."""
    places = [
        found.start() for found in re.finditer(rf"\\.|[{re.escape(signs)}]", text, re.DOTALL) if found[0] in signs
    ]
    ends = [*places, len(text)]
    first = Mark("", text[: ends[0]], 0)
    return [first, *(Mark(text[a], text[a + 1 : b], a) for a, b in pairwise(ends))]


def said(text: str, style: str = "") -> Said:
    """Take off the format and the escapes; HTML becomes plain text."""
    given = _FORMAT.match(text)
    style = given[1] if given else style
    plain = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text[given.end() :] if given else text)
    if style == "html" or (style != "plain" and _TAG.search(plain)):
        return from_html(plain)
    return Said(" ".join(plain.split()))


def from_html(text: str) -> Said:
    """Give the words of a piece of HTML, read by a parser that takes time in proportion to its length."""
    from lxml import html  # noqa: PLC0415 - heavy, and seldom needed

    root = html.document_fromstring(f"<div>{_CONTROL.sub(' ', text)}</div>")
    words: list[str] = []
    for event, node in _walk(root):
        shown = isinstance(node.tag, str) and node.tag not in _SILENT
        space = " " * (node.tag in _APART)
        words.extend((space, node.text or "") if event == "start" and shown else ())
        words.extend((space, node.tail or "") if event == "end" else ())
    pictures = any(node.tag in _MEDIA for node in root.iter())
    return Said(" ".join("".join(words).split()), pictures)


def _walk(root: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    """Give each element as it opens and as it closes; those within what is not shown are left out."""
    stack: list[tuple[str, HtmlElement]] = [("start", root)]
    while stack:
        event, node = stack.pop()
        yield event, node
        if event == "start":
            stack.append(("end", node))
            if isinstance(node.tag, str) and node.tag not in _SILENT:
                stack.extend(("start", child) for child in reversed(node))
