"""The words of the cards in Anki, read from `templates/anki/words.*.yaml` and from the wording of the questions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import yaml

from quizgen.facts import languages
from quizgen.paths import TEMPLATES
from quizgen.questions.wording import FALLBACK, wording

# Words of the questions that go into fields.
SAID_OF_SOURCES = ("published", "retrieved")
Sentences = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class CardWords:
    """The words of one language: around a question (`card`), and what is asked where the answer is to be typed.

    `note` is what the fields of a note say in our own words. `type` and `gap` hold sentences by relation and by what is
    asked for; `choice` are words of stems that cannot do without options.
    """

    card: Mapping[str, str] = field(default_factory=dict)
    note: Mapping[str, str] = field(default_factory=dict)
    type: Sentences = field(default_factory=dict)
    gap: Sentences = field(default_factory=dict)
    choice: tuple[str, ...] = ()


@cache
def card_words(language: str) -> CardWords:
    """Read the words of a language; where it has no sentences to type, all of its cards are to choose from."""
    file = TEMPLATES / "anki" / f"words.{language}.yaml"
    if language not in _written():
        return CardWords()
    read = yaml.safe_load(file.read_text(encoding="utf-8"))
    return CardWords(**read | {"choice": tuple(read.get("choice", ()))})


@cache
def note_words(language: str) -> tuple[Mapping[str, str], frozenset[str]]:
    """Return what is written into the fields of a language's notes, and which of it the language says itself.

    The rest is English.
    """
    own = {name: wording(language).card[name] for name in SAID_OF_SOURCES if name in wording(language).card}
    own |= card_words(language).note
    return {**card_words(FALLBACK).note, **own}, frozenset(own)


@cache
def words_as_json() -> str:
    """Return what stands around a question in every language, for a script: one note type serves them all."""
    told = {language: _told(language) for language in sorted({FALLBACK, *languages(), *_written()})}
    text = json.dumps({key: words for key, words in told.items() if words}, ensure_ascii=False, sort_keys=True)
    return text.replace("}}", "} }").replace("</", "<\\/")  # Anki parts its own at the first, HTML at the other


def _told(language: str) -> dict[str, str]:
    words = wording(language)
    own = {"direction": words.direction, **words.card} if words.card else {}
    told = {**own, **card_words(language).card}
    return {name: said for name, said in told.items() if name not in SAID_OF_SOURCES}


@cache
def _written() -> frozenset[str]:
    """List the languages that have words of their own, so that no language of a deck ever becomes a path."""
    return frozenset(file.name.split(".")[1] for file in (TEMPLATES / "anki").glob("words.*.yaml"))
