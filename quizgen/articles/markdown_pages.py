"""Markdown is laid out in blocks by `markdown-it`: what its marks mean stays, the marks do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quizgen.articles.blocks import Kind, Layout, laid_out
from quizgen.articles.languages import language_said
from quizgen.articles.plain_text import text_layout

if TYPE_CHECKING:
    from markdown_it.token import Token

Piece = tuple[Kind, str, int]

MOST_LINES = 30_000
LONGEST = 50_000

_FRONT = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_TITLE = re.compile(r"^title:[ \t]*(.{1,500})$", re.MULTILINE)
_LANGUAGE = re.compile(r"^lang(?:uage)?:[ \t]*([\w\"'-]{2,20})[ \t]*$", re.MULTILINE)
_SILENT = re.compile(
    r"<(script|style|template|iframe|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_ROW = re.compile(r"^\s{0,3}\|.*\|\s*$")


def markdown_layout(source: str) -> Layout:
    """Lay out Markdown; tags within it are left out, with what scripts and styles hold.

    What no person wrote by hand (very many lines, or a very long paragraph) is laid out as plain text, its marks in it:
    some of it would take minutes.
    """
    if source.count("\n") > MOST_LINES or any(len(paragraph) > LONGEST for paragraph in source.split("\n\n")):
        return text_layout(source)
    front = _FRONT.match(source)
    head = front[1] if front else ""
    text = _TAG.sub("", _SILENT.sub("", source[front.end() if front else 0 :]))
    title = _TITLE.search(head)
    language = _LANGUAGE.search(head)
    pieces = list(_pieces(_tokens(text)))
    if title and not any(kind is Kind.TITLE for kind, *_ in pieces):
        pieces.insert(0, (Kind.TITLE, title[1].strip().strip("\"'"), 1))
    return laid_out(pieces, language_said(language[1].strip("\"'")) if language else "")


def _tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - nobody else needs it

    # Tables hold no sentences, and code is none.
    rows = "\n".join(line for line in text.split("\n") if not _ROW.match(line))
    return MarkdownIt("commonmark", {"html": False}).parse(rows)


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece]:
    """Give the pieces: a paragraph is what the innermost of its quote, its item and its heading says."""
    within: list[str] = []
    titled = False
    for token in tokens:
        if token.nesting == 1:
            within.append(token.type if token.type != "heading_open" else token.tag)
        elif token.nesting == -1:
            within.pop()
        elif token.type == "inline":
            kind, level = _kind(within, titled=titled)
            titled = titled or kind is Kind.TITLE
            yield from ((kind, line, level) for line in _lines(token, kind))


def _kind(within: Sequence[str], *, titled: bool) -> tuple[Kind, int]:
    if re.fullmatch("h[1-6]", within[-1]):
        level = int(within[-1][1])
        return (Kind.HEADING if titled or level > 1 else Kind.TITLE), level
    if "blockquote_open" in within:
        return Kind.QUOTE, 0
    return (Kind.ITEM if "list_item_open" in within else Kind.PARAGRAPH), 0


def _lines(token: Token, kind: Kind) -> Iterator[str]:
    """Give the text of a paragraph: breaks of the line stay, pictures and marks do not."""
    text = "".join(_spoken(child) for child in token.children or ())
    yield from (line for line in text.split("\n") if line.strip()) if kind is not Kind.HEADING else (text,)


def _spoken(token: Token) -> str:
    if token.type in ("text", "code_inline"):
        return token.content
    if token.type == "softbreak":
        return " "
    return "\n" if token.type == "hardbreak" else ""
