"""What the tests of the pages about Anki share: small decks in a folder, and their releases."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask.testing import FlaskClient

from quizgen.facts import Deck, Library
from quizgen.formats.anki_releases import next_releases, read_released, write_releases
from quizgen.questions import Question, make_questions
from quizgen.records import Records
from tests.conftest import HEAD, make_deck
from tests.web_support import client_of, site_of

FIRST = {"kept": "How old?", "reworded": "How biig?", "gone": "How far?"}
SECOND = {"kept": "How old?", "reworded": "How big?", "added": "How deap?"}
THIRD = SECOND | {"added": "How deep?"}


def text_of(key: str, stems: dict[str, str], category: str = "Tests") -> str:
    """Write a deck of plain questions; of several decks, no two ask the same."""
    facts = (
        f"  - {{id: {id_}, ask: '{stem if key == 'test' else f'{stem[:-1]} is {key}?'}', "
        f"answer: {id_} {key} answer, distractors: [a, b, c]}}"
        for id_, stem in stems.items()
    )
    head = HEAD.replace("deck: test", f"deck: {key}").replace("A test", f"Deck {key}").replace("Tests", category)
    return head + "facts:\n" + "\n".join(facts)


def deck_in(folder: Path, key: str, stems: dict[str, str], category: str = "Tests") -> Deck:
    return make_deck(text_of(key, stems, category), str(folder / f"{key}.yaml"))


def release(day: str, *decks: Deck) -> None:
    """Write the ledgers of decks, as released on a day at noon."""
    asked: dict[str, list[Question]] = {deck.key: [] for deck in decks}
    for question in make_questions(Library(decks))[0]:
        asked[question.fact.deck].append(question)
    now = int(datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp())
    write_releases(next_releases(decks, asked, read_released(decks), now))


def shelf_in(folder: Path, records: Records) -> FlaskClient:
    """Three decks in two categories that were never released, and a browser."""
    decks = (deck_in(folder, key, THIRD, category) for key, category in (("a", "Law"), ("b", "Law"), ("c", "Art")))
    return client_of(site_of(records, *decks))
