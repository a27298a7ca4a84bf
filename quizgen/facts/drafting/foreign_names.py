"""Countries and cities by their names in other languages than English, bent as those languages bend them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quizgen.facts.drafting.gap_model import Gap
from quizgen.facts.drafting.lexicon import Tongue, tongue
from quizgen.facts.drafting.tokens import Token
from quizgen.world.gazetteer import city_names, names

_KEPT: dict[str, Mapping[str, tuple[tuple[str, str, str], ...]]] = {}


def foreign_names(text: str, language: str) -> Iterator[Gap]:
    """Find countries and cities in a sentence of a language that the rules know."""
    known = tongue(language)
    if not known.months:
        return
    for token in _words(text):
        for _, name, sort in _names_by_first(language).get(_key(token.low, known), ()):
            match = _match(text, token, name, known)
            if match:
                yield Gap(*match, text[slice(*match)], sort)
                break


def _words(text: str) -> Iterator[Token]:
    """Cut at apostrophes too: l'Argentine."""
    for found in re.finditer(r"[^\W_]+(?:-[^\W_]+)*", text):
        yield Token(found[0], found[0].casefold(), found.start(), found.end())


def _match(text: str, token: Token, name: str, known: Tongue) -> tuple[int, int] | None:
    """Find a name that begins at a word, bent as its language bends it."""
    if known.prefixes:
        for prefix in ("", *known.prefixes):
            start = token.start + len(prefix)
            if (
                text.startswith(prefix + name, token.start)
                and not text[start + len(name) : start + len(name) + 1].isalnum()
            ):
                return (start, start + len(name))
        return None
    if known.endings:
        return _bent(text, token, name, known.endings)
    end = token.start + len(name)
    return (token.start, end) if text.startswith(name, token.start) and not text[end : end + 1].isalnum() else None


def _bent(text: str, token: Token, name: str, endings: Sequence[str]) -> tuple[int, int] | None:
    if " " in name or "-" in name:
        end = token.start + len(name)
        return (token.start, end) if text.startswith(name, token.start) and not text[end : end + 1].isalnum() else None
    vowel = name[-1] in "аяеёийоуыэюь"
    stem = name[:-1] if vowel else name
    ending = token.text[len(stem) :] if token.text.startswith(stem) else None
    own = name[len(stem) :]
    fits = ending is not None and len(stem) >= 3 and (ending in endings or ending == own)
    return (token.start, token.end) if fits else None


def _key(word: str, known: Tongue) -> str:
    return word[:3] if known.endings or known.prefixes else word


def _names_by_first(language: str) -> Mapping[str, tuple[tuple[str, str, str], ...]]:
    """Give the names of countries and cities in a language by their first word, or its first letters."""
    if language not in _KEPT:
        known = tongue(language)
        table: dict[str, list[tuple[str, str, str]]] = {}
        for listed, sort in ((names(language), "country"), (city_names(language), "place")):
            for name in listed.values():
                parts = list(_words(name))
                if len(name) > 2 and parts and name not in known.ambiguous:
                    for prefix in ("", *known.prefixes):
                        table.setdefault(_key(prefix + parts[0].low, known), []).append((parts[0].text, name, sort))
        _KEPT[language] = {
            key: tuple(sorted(dict.fromkeys(rows), key=lambda row: -len(row[1]))) for key, rows in table.items()
        }
    return _KEPT[language]
