"""What a line is by itself, whatever stands around it: a byline, a date, a trail of sections, a caption, code."""

from __future__ import annotations

import re
from functools import cache

from quizgen.articles.words import being, ending, holding, opening, plain, starting, words

_TRAIL = re.compile(r"\s+[/|•·→\\-]\s+|\s*[›»>|]\s*")
_TOKENS = re.compile(r"[^\W\d_]+|\d+")
_ENDED = re.compile(r"""[.!?؟。:;…]["'”’»)\]]*$""")
_STOPPED = re.compile(r"""[.!?؟。]["'”’»)\]]*$""")
_CREDIT = re.compile(r"\[[^\[\]]{2,80}/[^\[\]]{2,80}\]$|\((?:AP|AFP|Reuters|EPA|TASS|AP Photo)[^()]{0,80}\)$")
_CODE = re.compile(
    r"</?[a-z][a-z0-9-]*(?:\s[^<>]{0,500})?/?>|<!--|\bfunction\s*\(|\bdocument\.\w|\bwindow\.\w|"
    r"(?:^|[;{\s])(?:var|let|const)\s+[\w$]+\s*=|"
    r"\{[^{}]{0,300}[:;][^{}]{0,300}\}|=>\s*\{|@media\b|<\?php|javascript:",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"©|\(c\)\s*\d{4}|&copy;", re.IGNORECASE)
_JOINING = frozenset(
    {
        *("and", "&", "et", "y", "e", "und", "en", "for", "и", "و"),
        *("de", "del", "der", "den", "van", "von", "bin", "ibn", "la", "le", "al", "el", "dos", "da", "di"),
    }
)


def is_code(text: str) -> bool:
    """Tell whether a line holds tags or lines of a program."""
    return bool(_CODE.search(text))


def is_date(text: str) -> bool:
    """Tell whether a line is nothing but a date or a time: "Updated: 3 March 2024, 10:20 GMT"."""
    tokens = _TOKENS.findall(plain(text))
    return (
        0 < len(tokens) <= 14
        and any(token.isdigit() for token in tokens)
        and all(token.isdigit() or token in _dates() for token in tokens)
    )


def is_byline(text: str) -> bool:
    """Tell whether a line says who wrote the article, or when."""
    count = len(text.split())
    if count > 25 or (_STOPPED.search(text) and count > 8):
        return False
    first = opening(text)
    return bool(
        (is_date(text) and not re.fullmatch(r"\d+", text))
        or starting("byline", "starts").match(first)
        or (count <= 14 and holding("byline", "holds").search(first))
        or _by_somebody(text, first)
        or any(is_date(piece) or is_byline(piece) for piece in _pieces(text))
    )


def is_name_and_date(text: str) -> bool:
    """Tell whether a line is names and a day, such as "Moscow, 3 March 2024"."""
    tokens = _TOKENS.findall(text)
    return (
        len(tokens) <= 10
        and bool(re.search(r"\b(?:19|20)\d\d\b", text))
        and any(plain(token) in _dates() for token in tokens)
        and all(not token[0].islower() or plain(token) in _dates() | _JOINING for token in tokens)
        and not _STOPPED.search(text)
    )


def is_name(text: str) -> bool:
    """Tell whether a line could be a person's name: two to four words with capital letters."""
    tokens = text.split()
    return (
        2 <= len(tokens) <= 4
        and all(token[0].isupper() or token in _JOINING for token in tokens)
        and not _ENDED.search(text)
    )


def is_category(text: str) -> bool:
    """Tell whether a line names the section of a publication: "Politics / Asia"."""
    if len(text) > 80 or _ENDED.search(text):
        return False
    pieces = _pieces(text)
    if len(pieces) > 1:
        return len(pieces) <= 4 and all(_is_short(piece) for piece in pieces) and not is_menu(text)
    pieces = re.split(r"\s*[/,&]\s*", text)
    return all(being("sections").match(opening(piece)) for piece in pieces)


def is_menu(text: str) -> bool:
    """Tell whether a line is a menu or a trail that begins at the front page: "Home > World > Asia"."""
    pieces = _pieces(text)
    if len(pieces) < 2 or not all(_is_short(piece) for piece in pieces):
        return False
    return bool(
        being("home").match(opening(pieces[0]))
        or all(being("navigation", "alone").match(opening(piece)) for piece in pieces)
        or (len(pieces) >= 4 and not re.search(r"\s/\s", text))
    )


def is_caption(text: str) -> bool:
    """Tell whether a line belongs to a picture: it begins with "Photo:" or ends with whose picture it is."""
    if starting("caption", "starts").match(opening(text)):
        return True
    return len(text.split()) <= 60 and bool(
        _CREDIT.search(text) or (not _STOPPED.search(text) and ending("caption", "ends").search(plain(text[-200:])))
    )


def claims_rights(text: str) -> bool:
    """Tell whether a line says whose property the text is."""
    return bool(_RIGHTS.search(text)) and len(text.split()) <= 40


def _pieces(text: str) -> list[str]:
    pieces = [piece.strip() for piece in _TRAIL.split(text)]
    return [piece for piece in pieces if piece] if len(pieces) > 1 else []


def _is_short(text: str) -> bool:
    return 0 < len(text.split()) <= 4 and not any(letter.isdigit() for letter in text) and not _ENDED.search(text)


def _by_somebody(text: str, first: str) -> bool:
    found = starting("byline", "by").match(first)
    if not found or len(text.split()) > 14:
        return False
    names = text.split()[len(found[0].split()) :]
    return bool(names) and all(_of_a_name(name) for name in names) and names[0][0].isalpha()


def _of_a_name(word: str) -> bool:
    bare = plain(word).strip(",;|•·()-–—.")
    before, _, after = word.partition("-")
    particle = plain(before) in _JOINING and after[:1].isupper()  # "al-Sharaa"
    return not word[0].islower() or particle or bare in _JOINING or bare in _dates()


@cache
def _dates() -> frozenset[str]:
    return words("dates")
