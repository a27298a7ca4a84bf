"""The bytes of an article become an `Article`: text, sentences, roles; what cannot be read becomes a `Problem`."""

from __future__ import annotations

import re
from collections.abc import Callable

from quizgen.articles.blocks import Layout
from quizgen.articles.cleaning import cleaned, decoded
from quizgen.articles.html_pages import PageError, html_layout
from quizgen.articles.languages import language_of
from quizgen.articles.markdown_pages import markdown_layout
from quizgen.articles.model import Article
from quizgen.articles.plain_text import text_layout
from quizgen.articles.roles import sentences_with_roles
from quizgen.problems import Problem

MAX_BYTES = 1_000_000
MAX_PARAGRAPHS = 20_000

_COPY = "copy the text of the article into a text file"
# What is often taken for a text, by its first bytes.
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a packed file (such as a Word document)"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a packed file"),
    (b"bplist00", "a web archive"),
    (b"\x7fELF", "a program"),
)
_HTML_NAME = re.compile(r"\.x?html?$", re.IGNORECASE)
_MARKDOWN_NAME = re.compile(r"\.(?:md|markdown|mdown|mkd)$", re.IGNORECASE)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAGS = re.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|li|article|section|main|span|table)\b[^<>]{0,500}>", re.IGNORECASE)
_MARKED = re.compile(r"^(?:#{1,6} \S|\[[^\]\n]{1,200}\]\(|!\[)|\*\*\S[^*\n]{0,200}\*\*|\]\(https?://", re.MULTILINE)


def read_article(data: bytes, name: str, *, encoding: str = "") -> tuple[Article | None, list[Problem]]:
    """Read an article of at most 1 MB: plain text, Markdown or HTML, in any encoding and language.

    `name` is the file's, for its ending and for problems; "" for what was pasted. `encoding` is what a server says.
    Gives the article and no problems, or `None` and why. Never raises for what the bytes hold.
    """
    if problem := _refused(data, name):
        return None, [problem]
    text = cleaned(decoded(data, encoding))
    if not any(letter.isalnum() for letter in text):
        return None, [Problem(name, 0, "there is no text in it", _COPY)]
    try:
        layout = _layout_by(name, text)(text)
    except PageError as error:
        return None, [Problem(name, 0, str(error), error.hint)]
    return _article(layout, name)


def _refused(data: bytes, name: str) -> Problem | None:
    if len(data) > MAX_BYTES:
        return Problem(
            name, 0, "the article is larger than 1 MB", "copy the text of the article alone into a text file"
        )
    for start, what in _OTHERS:
        if data.startswith(start):
            return Problem(name, 0, f"this is {what}, not a text", _COPY)
    if (
        data[:2000].lower().startswith((b"mime-version:", b"from: <saved by"))
        or b"\nContent-Type: multipart/related" in data[:2000]
    ):
        return Problem(name, 0, "this is a web archive, not a page", "save the page as 'HTML only', or copy its text")
    return None


def _layout_by(name: str, text: str) -> Callable[[str], Layout]:
    """Choose the reader by what the text looks like, then by the name; a page whose name says text is still a page."""
    if _HTML.match(text):
        return html_layout
    if _MARKDOWN_NAME.search(name):
        return markdown_layout
    tags = len(_TAGS.findall(text[:20_000]))
    if tags >= (1 if _HTML_NAME.search(name) else 6):
        return html_layout
    return markdown_layout if not name and len(_MARKED.findall(text)) >= 2 else text_layout


def _article(layout: Layout, name: str) -> tuple[Article | None, list[Problem]]:
    if len(layout.blocks) > MAX_PARAGRAPHS:
        return None, [Problem(name, 0, f"the article has more than {MAX_PARAGRAPHS:,} paragraphs", _COPY)]
    language = layout.language or language_of(layout.text)
    sentences = sentences_with_roles(layout, language)
    if not sentences:
        return None, [Problem(name, 0, "there are no sentences in it", _COPY)]
    return Article(layout.text, sentences, language), []
