"""The bytes of an article become text in which nothing is hidden.

Takes bytes in any encoding; gives text whose lines end in line feeds, without control characters and without the marks
that change the direction of writing or cannot be seen. Intention: what a reader sees is what is drafted from.
"""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
# What no page is written in, though Python knows it: slow for long texts, or escapes that hide something.
_REFUSED = frozenset(
    {
        "idna",
        "punycode",
        "undefined",
        "unicode_escape",
        "unicode-escape",
        "raw_unicode_escape",
        "raw-unicode-escape",
        "utf-7",
    }
)
_HEAD = 4096
_SAMPLE = 64 * 1024

_LINES = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\t]")
# Marks of direction; spaces without width, soft hyphens and joiners of words; tags, by which a text can hide another;
# halves of characters and what is no character. Joiners of letters (U+200C, U+200D) stay: Persian needs them.
_UNSEEN = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\u206a-\u206f\ufeff\u00ad\u034f\u180e\u115f\u1160"
    "\u3164\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def decoded(data: bytes, declared: str = "") -> str:
    """Decode bytes by their mark, what they or the server declare, as UTF-8, or else as what they look like."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(_of_mark(mark, encoding), errors="replace")
    said = declared or _declared(data)
    # What is UTF-8 is taken as such whatever it says; only what switches by escapes looks like UTF-8 and is not.
    for encoding in (_wide(data), said if b"\x1b" in data else "", "utf-8", said):
        if encoding and (text := _strictly(data, encoding)) is not None:
            return text
    return data.decode(_guessed(data), errors="replace")


def cleaned(text: str) -> str:
    """Fold the ends of lines, and leave out what cannot be seen; a control character becomes a space."""
    return _UNSEEN.sub("", _CONTROLS.sub(" ", _LINES.sub("\n", text)))


def _of_mark(mark: bytes, encoding: str) -> str:
    if encoding == "utf-8":
        return encoding
    return f"{encoding}-{'le' if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE) else 'be'}"


def _wide(data: bytes) -> str:
    """Tell UTF-16 without a mark by its zeros, which stand in every other place."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 4 < len(head) or min(even, odd) * 8 > max(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return found[1].decode("ascii") if found else ""


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return None if codecs.lookup(encoding).name in _REFUSED else data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _guessed(data: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to import, and seldom needed

    first = next((place for place, byte in enumerate(data) if byte > 0x7F), 0)
    start = max(0, first - 1024)
    best = from_bytes(data[start : start + _SAMPLE]).best()
    return best.encoding if best else "cp1252"
