"""A saved web page is laid out in blocks: its main text, found by `trafilatura`.

Before that, whatever readers do not see or what is no text of the article is cut off: scripts, styles, comments, hidden
parts, menus, asides, footers, captions. What is left in doubt is told by its role later on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quizgen.articles.blocks import Kind, Layout, laid_out
from quizgen.articles.languages import language_said

if TYPE_CHECKING:
    from lxml.html import HtmlElement

Piece = tuple[Kind, str, int]

MOST_ELEMENTS = 50_000
DEEPEST = 200

# What is never the article, by its tag. Captions are not asked for either: what they say is of the picture.
_CUT = frozenset(
    {
        *("script", "style", "template", "noscript", "iframe", "object", "embed", "applet", "head"),
        *("svg", "math", "canvas", "audio", "video", "picture", "map", "figcaption", "caption"),
        *("nav", "aside", "footer", "menu", "dialog", "form", "button", "select", "input", "textarea"),
    }
)
_ROLES = frozenset(
    {
        *("navigation", "complementary", "contentinfo", "search", "banner", "menu", "menubar", "toolbar", "form"),
        *("dialog", "alertdialog"),
    }
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])", re.IGNORECASE
)
# Names that authors of pages give to what is not the article: whole words of a class or an id.
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|related|recommended|recommendations|share|sharing|"
    r"social|newsletter|subscribe|subscription|signup|paywall|promo|promoted|sponsored|advert|advertisement|ads?|banner|"
    r"cookies?|consent|gdpr|comments?|popup|modal|caption|credit|sr-only|visually-hidden|screen-reader-text|trending|"
    r"outbrain|taboola|skip-link)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|subtitle|subheadline|dek|lead|lede|intro|summary|chapo|sous-titre|excerpt|"
    r"entradilla)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"""[.!?؟。…]["'”’»)\]]*$""")
_LONG_CELL = 40


class PageError(Exception):
    """The page cannot be read; the message says why, and `hint` what to do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def html_layout(source: str) -> Layout:
    """Lay out the main text of a page; raises `PageError` for one without, or one that is no page."""
    tree = _parsed(source)
    language = language_said(tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    title = _title(tree)
    _cut(tree)
    body = _main_text(tree)
    pieces = list(_pieces(body)) if body is not None else []
    if not any(kind not in (Kind.TITLE, Kind.HEADING) for kind, *_ in pieces):
        raise PageError("no article was found in this page", "copy the text of the article into a text file")
    return laid_out(_with_title(title, pieces), language)


def _parsed(source: str) -> HtmlElement:
    from lxml import etree, html  # noqa: PLC0415 - slow to import, and seldom needed

    # A declaration of the encoding is stale: this is text by now.
    source = re.sub(r"^\s*<\?xml[^>]{0,200}\?>", "", source)
    parser = html.HTMLParser(huge_tree=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise PageError("this is no web page", "save it as text") from error
    if _too_large(tree):
        raise PageError(
            "this page has too many or too deeply nested parts", "copy the text of the article into a text file"
        )
    return tree


def _too_large(tree: HtmlElement) -> bool:
    depth = count = 0
    from lxml import etree  # noqa: PLC0415

    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > DEEPEST or count > MOST_ELEMENTS:
            return True
    return False


def _title(tree: HtmlElement) -> str:
    """Give the headline: the only heading of the first order, else what the page is called where it is shared."""
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    shared = [str(meta.get("content") or "") for meta in tree.iter("meta") if meta.get("property") == "og:title"]
    found = [text for text in headings if text]
    if len(found) == 1:
        return found[0][:500]
    named = next((text.strip() for text in shared if text.strip()), "")
    return (next((text for text in found if text == named), "") or named or (found[0] if found else ""))[:500]


def _cut(tree: HtmlElement) -> None:
    for element in list(tree.iter()):
        if isinstance(element.tag, str) and element.tag not in ("html", "body") and _is_cut(element):
            _drop(element)


def _is_cut(element: HtmlElement) -> bool:
    if element.tag in _CUT or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    if (element.get("role") or "").lower() in _ROLES or _HIDDEN.search(element.get("style") or ""):
        return True
    if element.tag in ("article", "main", "h1", "p") and element.get("class") is None:
        return False
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:1000]
    # A wrapper of everything may be called "has-sidebar": what holds many paragraphs is no part to cut off.
    return bool(_NAMES.search(names)) and sum(1 for _ in element.iter("p")) <= 8 and not _holds_the_article(element)


def _holds_the_article(element: HtmlElement) -> bool:
    return next(element.iter("article", "main", "h1"), None) is not None


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _main_text(tree: HtmlElement) -> Any:
    from trafilatura import bare_extraction  # noqa: PLC0415 - slow to import, and seldom needed

    found = bare_extraction(tree, include_comments=False, include_tables=True, favor_recall=True, with_metadata=False)
    return getattr(found, "body", None)


def _with_title(title: str, pieces: list[Piece]) -> Iterator[Piece]:
    if title:
        yield Kind.TITLE, title, 1
    for kind, text, level in pieces:
        if not (title and kind is Kind.HEADING and " ".join(text.split()) == title):
            yield kind, text, level


def _pieces(body: Any) -> Iterator[Piece]:
    for element in body:
        yield from _pieces_of(element)
        if (element.tail or "").strip():
            yield Kind.PARAGRAPH, element.tail, 0


def _pieces_of(element: Any) -> Iterator[Piece]:
    if element.tag == "list":
        yield from _items(element)
    elif element.tag == "quote":
        yield from _quoted(element)
    elif element.tag == "table":
        yield from ((Kind.PARAGRAPH, text, 0) for text in map(_text, element.iter("cell")) if _is_prose(text))
    elif element.tag == "head":
        yield Kind.HEADING, _text(element), _level(element.get("rend") or "")
    elif element.tag in ("p", "ab", "fw"):
        yield from _paragraphs(element)
    elif element.tag not in ("graphic", "lb", "code"):
        yield from _pieces(element)


def _level(rendered: str) -> int:
    return int(rendered[1]) if re.fullmatch(r"h[1-6]", rendered) else 3


def _paragraphs(element: Any) -> Iterator[Piece]:
    """Give the paragraphs of an element: two line breaks, or a line that ends as a sentence, end one."""
    kind = Kind.LEAD if _LEADS.search(element.get("class") or "") else Kind.PARAGRAPH
    lines = re.split(r"\n\s*", _text(element))
    yield from ((kind, line, 0) for line in lines if line.strip())


def _items(element: Any) -> Iterator[Piece]:
    for item in element.iter("item"):
        within = item.find(".//list")
        rendered = item.get("rend") or ""
        kind = Kind.ASKED if rendered.startswith("dt") else Kind.ANSWERED if rendered.startswith("dd") else Kind.ITEM
        text = _text(item) if within is None else _text_before(item, within)
        yield kind, text, 0


def _quoted(element: Any) -> Iterator[Piece]:
    paragraphs = [child for child in element if child.tag in ("p", "item", "list", "quote")]
    if not paragraphs:
        yield Kind.QUOTE, _text(element), 0
        return
    if (element.text or "").strip():
        yield Kind.QUOTE, element.text, 0
    for child in element:
        yield Kind.QUOTE, _text(child), 0
        if (child.tail or "").strip():
            yield Kind.CREDIT, child.tail, 0


def _text(element: Any) -> str:
    """Give the text of an element; a break of the line stays one."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == "lb":
            parts.append("\n")
        elif child.tag not in ("graphic",):
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _text_before(element: Any, end: Any) -> str:
    parts = [element.text or ""]
    for child in element:
        if child is end:
            break
        parts.append(_text(child) + (child.tail or ""))
    return "".join(parts)


def _is_prose(text: str) -> bool:
    """Tell a cell that a page is laid out in from one with data, which is no sentence."""
    return len(text) >= _LONG_CELL and bool(_SENTENCE.search(text.strip()))
