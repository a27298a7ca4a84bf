"""A sentence as words, each with its offsets in the sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,]\d+)*%?"  # 1,340 or 2.5
    r"|['’]s\b"  # Russia's
    r"|[^\W\d_]+['’]t\b"  # won't
    r"|[^\W\d_]['’][^\W\d_][\w'’]*(?:-\w+)*"  # O'Neill
    r"|[^\W_][\w]*(?:-[\w]+)*"  # al-Sharaa, G7
    r"|[^\w\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark: `sentence[start:end]`; `low` is its text in small letters."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Tell a word from a number or a mark."""
        return self.text[0].isalpha()

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_number(self) -> bool:
        """Tell whether it is written in digits."""
        return self.text[0].isdigit()


def tokens(text: str) -> tuple[Token, ...]:
    """Cut a sentence into its words, numbers and marks."""
    found = (match for match in _TOKEN.finditer(text))
    return tuple(Token(match[0], match[0].casefold(), match.start(), match.end()) for match in found)


def between(text: str, parts: Sequence[Token]) -> str:
    """Give the text from the first to the last of some tokens, as it is written."""
    return text[parts[0].start : parts[-1].end] if parts else ""


def slug(text: str) -> str:
    """Make a key of some words: small letters, digits and hyphens; empty where the script has no such letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
