"""What genanki leaves open: our note type, with ids that outlive renaming, and a package of the same bytes each time.

Takes decks of notes; gives the bytes of an `.apkg`. Everything here goes through genanki's public methods.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

import genanki

from quizgen.facts import languages
from quizgen.paths import TEMPLATES
from quizgen.questions.wording import wording

MAX_OPTIONS = 6
SPARE_FIELDS = 7
FIELDS = (
    "Id",  # first: by it Anki tells that two notes are the same
    "Stem",
    *(f"Option {number}" for number in range(1, MAX_OPTIONS + 1)),
    "Answer",
    "Answer text",
    "Ordered",
    "Explanation",
    "Why wrong",
    "Quote",
    "Source",
    "As of",
    "Caution",
    "Language",
    # Anki refuses every update once a field is added; renaming one of these is let through.
    *(f"Spare {number}" for number in range(1, SPARE_FIELDS + 1)),
    "Picture",
)
# Fields that were spare ones in earlier releases: by their old name Anki knows them.
_ONCE = {"Picture": "Spare 8"}
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def stable_id(*names: str) -> int:
    """Return a number that hangs on written names alone, and that JavaScript can hold exactly."""
    digest = hashlib.sha256("\0".join(("quizgen", *names)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 11


def read_template(name: str) -> str:
    """Return a card template with the script in its place; Anki has no other way to bring one along."""
    folder = TEMPLATES / "anki"
    text = (folder / name).read_text(encoding="utf-8")
    script = (folder / "quiz.js").read_text(encoding="utf-8")
    return text.replace("/* quiz.js */", script.replace("/* words */ {}", _words()))


def _words() -> str:
    """Return what stands around a question, by language: one note type serves them all."""
    spoken = {language: wording(language) for language in languages()}
    told = {language: {"direction": words.direction, **words.card} for language, words in spoken.items() if words.card}
    return json.dumps(told, ensure_ascii=False, sort_keys=True).replace("}}", "} }")  # Anki parts its own at those


def note_type() -> Any:
    """Return the one note type of all our notes. Ids come from keys, so that a release may rename what it shows."""
    return genanki.Model(
        model_id=stable_id("note type", "multiple choice"),
        name="quizgen multiple choice",
        fields=[_field(name) for name in FIELDS],
        templates=[
            {
                "name": "Choose",
                "id": stable_id("template", "choose"),
                "qfmt": read_template("front.html"),
                "afmt": read_template("back.html"),
            }
        ],
        css=read_template("style.css"),
        sort_field_index=FIELDS.index("Stem"),
    )


def _field(name: str) -> dict[str, object]:
    return {"name": name, "id": stable_id("field", _ONCE.get(name, name)), "collapsed": name.startswith("Spare ")}


class Deck(genanki.Deck):  # type: ignore[misc] # genanki carries no types
    """A deck that writes its notes and leaves the head of the collection to the package.

    genanki reads and writes that head again for every deck, which takes minutes for thousands of them.
    """

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write the notes with their cards."""
        for note in self.notes:
            note.write_to_db(cursor, timestamp, self.deck_id, id_gen)


class Package(genanki.Package):  # type: ignore[misc] # genanki carries no types
    """A package that leaves no temporary file behind, and whose bytes hang on decks, `media` and `timestamp` alone.

    `media` are the files that its notes show, by name.
    """

    def __init__(self, decks: list[Deck], media: Mapping[str, bytes]) -> None:
        super().__init__(decks)
        self.media = media

    def write_to_file(self, file: BinaryIO | Path, timestamp: float) -> None:
        """Write the `.apkg`, once all of it has been made."""
        buffer = io.BytesIO()
        names = json.dumps({str(place): name for place, name in enumerate(self.media)}).encode()
        files = ((str(place), content) for place, content in enumerate(self.media.values()))
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, content in (("collection.anki2", self._database(timestamp)), ("media", names), *files):
                archive.writestr(_entry(name), content)
        if isinstance(file, Path):
            file.write_bytes(buffer.getvalue())
        else:
            file.write(buffer.getvalue())

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write the collection: its head once, then the notes of each deck."""
        super().write_to_db(cursor, timestamp, id_gen)
        (written,) = cursor.execute("SELECT decks FROM col").fetchone()
        decks = json.loads(written) | {str(deck.deck_id): deck.to_json() for deck in self.decks}
        models = {note.model.model_id: note.model for deck in self.decks for note in deck.notes}
        types = {str(key): model.to_json(timestamp, 1) for key, model in models.items()}
        cursor.execute("UPDATE col SET decks = ?, models = ?", (json.dumps(decks), json.dumps(types)))

    def _database(self, timestamp: float) -> bytes:
        # Ids are moments in Anki: they run up to the timestamp, for an id that lies in the future is an error there.
        rows = 2 * sum(len(deck.notes) for deck in self.decks)
        ids = itertools.count(int(timestamp * 1000) - rows)
        with closing(sqlite3.connect(":memory:")) as connection:
            self.write_to_db(connection.cursor(), timestamp, ids)
            connection.commit()
            return connection.serialize()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_ZIP_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on whatever it was written
    entry.external_attr = 0o644 << 16
    return entry
