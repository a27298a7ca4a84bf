"""Facts: YAML deck files become `Deck`s of `Fact`s.

Takes bytes; gives decks, or every problem with its line. A fact knows its key, its line, its source and its date, and
everything downstream leads back to it. Intention: what a teacher can write by hand and a diff can show is the source
of truth, and no mistake in it costs more than reading one line.
"""

from quizgen.facts.checks import quoted_from, read_by
from quizgen.facts.circles import Circle, open_circles
from quizgen.facts.library import Library, find_decks, load_deck, load_library, open_library
from quizgen.facts.model import (
    Complete,
    Deck,
    Difficulty,
    Discussion,
    Fact,
    Listing,
    PlainFact,
    RelationFact,
    Source,
    Status,
    Wrong,
)
from quizgen.facts.time_machine import deck_on, key_on, known_facts
from quizgen.facts.translate import in_language, languages

__all__ = [
    "Circle",
    "Complete",
    "Deck",
    "Difficulty",
    "Discussion",
    "Fact",
    "Library",
    "Listing",
    "PlainFact",
    "RelationFact",
    "Source",
    "Status",
    "Wrong",
    "deck_on",
    "find_decks",
    "in_language",
    "key_on",
    "known_facts",
    "languages",
    "load_deck",
    "load_library",
    "open_circles",
    "open_library",
    "quoted_from",
    "read_by",
]
