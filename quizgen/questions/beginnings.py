"""How words begin, in any script: names come from one another, and then one tells the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_WORD = re.compile(r"\w{4,}")
# Arabic writes its article as a part of the word.
_ARTICLE = re.compile(r"^(?:ال)(?=\w{2})")
# Scripts that part no words, or whose signs are whole syllables: what counts as a beginning is shorter there.
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
# From this many letters on a beginning is a word of its own, rather than the root of a name.
_WHOLE = 5


def share_beginning(texts: Iterable[str], names: Iterable[str], length: int) -> bool:
    """Tell whether some word of folded texts begins as a name does, for `length` letters of an alphabet."""
    texts, names = list(texts), list(names)
    if not _beginnings(texts, length).isdisjoint(_beginnings(names, length)):
        return True
    return any(begin in text for begin in _signs(names, length) for text in texts)


def _beginnings(texts: Iterable[str], length: int) -> set[str]:
    return {_ARTICLE.sub("", word)[:length] for text in texts for word in _WORD.findall(text)}


def _signs(names: Iterable[str], length: int) -> Iterator[str]:
    for name in names:
        if _IDEOGRAPH.match(name):
            yield name[: 2 if length >= _WHOLE or len(name) > 2 else 1]
        elif _UNSPACED.match(name):
            yield name[: 3 if length >= _WHOLE else 2]
