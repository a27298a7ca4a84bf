"""What language a text is in, by its script and its commonest words.

Libraries that tell languages bring a model of 75 MB with them, or numpy. All that is needed here is which abbreviations
do not end a sentence and in which language to speak to the reader: an eighth of any prose is its commonest words, so
counting them tells the seventeen languages that we know, and anything else stays unknown.
"""

from __future__ import annotations

import re
from collections import Counter

from quizgen.articles.words import common, plain

_SAMPLE = 20_000
_FEWEST = 3
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]{1,30})?")
_WORD = re.compile(r"[^\W\d_]+")
# Scripts that one language is nearly always the one of.
_SCRIPTS = {
    "el": re.compile("[\u0370-\u03ff]"),
    "he": re.compile("[\u0590-\u05ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af]"),
    "zh": re.compile("[\u4e00-\u9fff]"),
}


def language_said(tag: str) -> str:
    """Give the language of a tag such as "pt-BR", or nothing where it is none."""
    found = _TAG.fullmatch(tag.strip())
    return found[1].lower() if found else ""


def language_of(text: str) -> str:
    """Give the two letters of the language that a text is in, or nothing where that is not clear."""
    sample = text[:_SAMPLE]
    letters = sum(letter.isalpha() for letter in sample)
    for language, script in _SCRIPTS.items():
        # Japanese is told by its own letters, which stand among those that it shares with Chinese.
        if len(script.findall(sample)) * (10 if language == "ja" else 2) > letters > 0:
            return language
    return _by_common_words(_WORD.findall(plain(sample)))


def _by_common_words(words: list[str]) -> str:
    found = Counter({language: sum(word in known for word in words) for language, known in common().items()})
    (best, most), (_, next_most) = found.most_common(2)
    return best if most >= _FEWEST and most * 12 >= len(words) and most * 5 > next_most * 6 else ""
