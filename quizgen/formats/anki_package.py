"""What genanki leaves open: a package that is written as a stream, and of the same bytes each time.

Takes decks of notes, which may be generators; gives the bytes of an `.apkg`. Everything here goes through the methods
that genanki lets others override. Measured with `make bench`.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import genanki

from quizgen.formats.anki_checks import Inspector, Note, media_problems
from quizgen.problems import QuizgenError
from quizgen.progress import Steps, unseen

# How many notes go to SQLite at once: more would only need more memory.
BATCH = 500
# Ids are moments in Anki, and one that lies in the future is an error there: they begin so long before.
MOST_ROWS = 20_000_000
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
# Rows are alike: zlib's own choice takes five times as long and gains a fiftieth.
_FAST = 1
# The file is thrown away if anything goes wrong, so SQLite need not be careful with it.
_CARELESS = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -4000")
_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


class Deck(genanki.Deck):  # type: ignore[misc] # genanki carries no types
    """A deck that writes its notes as they come, and leaves the head of the collection to the package.

    genanki reads and writes that head again for every deck, which takes minutes for thousands of them.
    """

    def __init__(self, deck_id: int, name: str, description: str, notes: Iterable[Note] = ()) -> None:
        super().__init__(deck_id, name, description)
        self.notes: Iterable[Note] = notes

    def write_rows(self, cursor: sqlite3.Cursor, note_type: Any, ids: Iterator[int], inspector: Inspector) -> None:
        """Write the notes with their cards; what is wrong with one is left to the inspector."""
        mid, did, sort = note_type.model_id, self.deck_id, note_type.sort_field_index
        notes, cards = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
        for note in self.notes:
            fields, changed, id_ = note.fields, note.changed, next(ids)
            joined = "\x1f".join(fields)
            for place in inspector.cards_of(note, joined):
                cards.append((next(ids), id_, did, place, changed, -1, 0, 0, note.due, 0, 0, 0, 0, 0, 0, 0, 0, ""))
            tags = f" {' '.join(note.tags)} "
            notes.append((id_, note.guid, mid, changed, -1, tags, joined, fields[sort], 0, 0, ""))
            if len(notes) == BATCH:
                _flush(cursor, notes, cards)
        _flush(cursor, notes, cards)


def _flush(cursor: sqlite3.Cursor, notes: list[tuple[Any, ...]], cards: list[tuple[Any, ...]]) -> None:
    cursor.executemany(_NOTE, notes)
    cursor.executemany(_CARD, cards)
    notes.clear()
    cards.clear()


class Package(genanki.Package):  # type: ignore[misc] # genanki carries no types
    """A package that leaves no temporary file behind, and whose bytes hang on what it is given alone.

    `note_type` is that of all its notes, `changed` when it last changed (seconds since 1970); `media` are the files
    that the notes show, by name.
    """

    def __init__(
        self, decks: list[Deck], note_type: Any, changed: int, media: Mapping[str, bytes], steps: Steps = unseen
    ) -> None:
        super().__init__(decks)
        self.note_type, self.changed, self.media, self.steps = note_type, changed, media, steps
        self.inspector = Inspector(note_type, media)

    def write_to_file(self, file: BinaryIO | Path, timestamp: float) -> None:
        """Write the `.apkg`, once all of it is known to be right; ids of notes and cards end before `timestamp`.

        Raises QuizgenError, with all that is wrong at once, before the first byte is written.
        """
        with _scratch() as scratch:
            with closing(sqlite3.connect(scratch)) as connection:
                cursor = connection.cursor()
                for setting in _CARELESS:
                    cursor.execute(f"PRAGMA {setting}")
                self.write_to_db(cursor, timestamp, itertools.count(int(timestamp * 1000) - MOST_ROWS))
                connection.commit()
            if problems := [*media_problems(self.media, self.note_type), *self.inspector.problems]:
                raise QuizgenError(problems)
            with _whole(file) as out:
                self._pack(out, scratch)

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write the collection: its head once, then the notes of each deck, and what finds them at the end."""
        genanki.Package([]).write_to_db(cursor, timestamp, id_gen)
        (written,) = cursor.execute("SELECT decks FROM col").fetchone()
        heads = json.loads(written) | {str(deck.deck_id): deck.to_json() for deck in self.decks}
        types = {str(self.note_type.model_id): self.note_type.to_json(self.changed, 1)}
        cursor.execute("UPDATE col SET decks = ?, models = ?", (json.dumps(heads), json.dumps(types)))
        indexes = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' ORDER BY name").fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for deck in self.steps(self.decks, "Writing the package", len(self.decks)):
            deck.write_rows(cursor, self.note_type, id_gen, self.inspector)
        for _, made_by in indexes:
            cursor.execute(made_by)

    def _pack(self, out: BinaryIO, collection: Path) -> None:
        names = json.dumps({str(place): name for place, name in enumerate(self.media)}).encode()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_FAST) as archive:
            with collection.open("rb") as source, archive.open("collection.anki2", "w") as target:
                shutil.copyfileobj(source, target, 1 << 16)
            _settle(archive.getinfo("collection.anki2"))
            for name, content in (("media", names), *enumerate(self.media.values())):
                entry = zipfile.ZipInfo(str(name), _ZIP_EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(_settle(entry), content)


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a file for SQLite to work in, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="quizgen-") as folder:
        yield Path(folder) / "collection.anki2"


@contextmanager
def _whole(file: BinaryIO | Path) -> Iterator[BinaryIO]:
    """Give what to write to: a file appears under its name once it is whole."""
    if not isinstance(file, Path):
        yield file
        return
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with partial.open("wb") as out:
            yield out
        partial.replace(file)
    finally:
        with suppress(OSError):
            partial.unlink()


def _settle(entry: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Let an entry say the same on whatever it was written: Unix, and readable by all."""
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry
