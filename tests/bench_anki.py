"""Measures writing an Anki package beside plain genanki and the real Anki: `python -m tests.bench anki`.

All write the same questions of ten fields and three tags. Each writer runs in a process of its own, with a folder for
temporary files of its own; notes are made while they are written where the writer lets them be.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click
import genanki

from quizgen.formats.anki_checks import Note
from quizgen.formats.anki_package import Deck, Package

NAMES = ("Id", "Stem", "A", "B", "C", "D", "Answer", "Explanation", "Source", "Extra")
FRONT = "{{#Stem}}<p>{{Stem}}</p><ol><li>{{A}}</li><li>{{B}}</li><li>{{C}}</li><li>{{D}}</li></ol>{{/Stem}}"
BACK = "{{FrontSide}}<hr>{{Answer}}<p>{{Explanation}}</p><p>{{Source}}</p>"
MOMENT = 1_790_000_000
HEADS = ("writer", "notes", "decks", "CPU s", "notes/CPU s", "peak MB", "file MB", "temp files left")
WIDTHS = tuple(max(8, len(head)) for head in HEADS)
MANY_DECKS = 3_000
# genanki takes minutes for as many decks as that.
GENANKI_DECKS = 500
LEAST_A_SECOND = 25_000
MOST_MEGABYTES = 100
MOST_SECONDS = 0.5
LEAST_PACKED = 6


@dataclass(frozen=True, slots=True)
class Written:
    """What it took to write a package."""

    writer: str
    notes: int
    decks: int
    seconds: float
    megabytes: float
    size: int
    left: int

    @property
    def a_second(self) -> float:
        return self.notes / self.seconds

    def row(self) -> tuple[str, ...]:
        size = f"{self.size / 1e6:.2f}"
        speed = f"{self.a_second:,.0f}"
        counts = (f"{self.notes:,}", f"{self.decks:,}", f"{self.seconds:.2f}", speed, f"{self.megabytes:.0f}")
        return (self.writer, *counts, size, str(self.left))


def fields(number: int) -> list[str]:
    """Give the fields of a question that is like ours."""
    countries = [f"Country {(number + step) % 193}" for step in (0, 7, 31, 77)]
    return [
        f"bases/fact-{number}#object",
        f"As of 22 November 2026, which country runs air base number {number} near Placename {number % 977}?",
        *countries,
        str(number % 4 + 1),
        f"Base number {number} has been operated by {countries[0]} since {1950 + number % 70}; the others are not.",
        f'<a href="https://example.org/{number % 500}">The book of bases &amp; fleets</a>, retrieved 2026-11-22.',
        "",
    ]


def tags(number: int) -> list[str]:
    """Give the tags of a question that is like ours."""
    return [f"quizgen::deck-{number % 9}", "quizgen::kind::object", "quizgen::level::recall"]


def note_type() -> Any:
    """Give the note type of these questions."""
    return genanki.Model(
        1_607_392_319,
        "Bench",
        fields=[{"name": name} for name in NAMES],
        templates=[{"name": "Choose", "qfmt": FRONT, "afmt": BACK}],
    )


def with_quizgen(count: int, decks: int, out: Path) -> None:
    """Write with our own writer."""
    made = [
        Deck(place + 1, f"bench::{place}", "", (_note(number) for number in range(place, count, decks)))
        for place in range(decks)
    ]
    Package(made, note_type(), MOMENT, {}).write_to_file(out, MOMENT)


def _note(number: int) -> Note:
    return Note(f"guid{number:06}", fields(number), tags(number), MOMENT, number)


def with_genanki(count: int, decks: int, out: Path) -> None:
    """Write with genanki as it is."""
    model, made = note_type(), [genanki.Deck(place + 1, f"bench::{place}") for place in range(decks)]
    for number in range(count):
        note = genanki.Note(model, fields(number), tags=tags(number), guid=f"guid{number:06}", due=number)
        made[number % decks].add_note(note)
    genanki.Package(made).write_to_file(str(out), MOMENT)


def with_anki(count: int, decks: int, out: Path) -> None:
    """Write with the real Anki: notes into a collection, and the collection into a package."""
    from anki.collection import AddNoteRequest, Collection, ExportAnkiPackageOptions  # noqa: PLC0415 # its memory counts
    from anki.decks import DeckId  # noqa: PLC0415 # as above

    collection = Collection(str(out.with_name("bench.anki2")))
    model = collection.models.new("Bench")
    for name in NAMES:
        collection.models.add_field(model, collection.models.new_field(name))
    template = collection.models.new_template("Choose")
    template["qfmt"], template["afmt"] = FRONT, BACK
    collection.models.add_template(model, template)
    collection.models.add(model)
    ids = [DeckId(collection.decks.id(f"bench::{place}") or 0) for place in range(decks)]
    requests = []
    for number in range(count):
        note = collection.new_note(model)
        note.fields, note.tags = fields(number), tags(number)
        requests.append(AddNoteRequest(note, ids[number % decks]))
        if len(requests) == 5_000 or number == count - 1:
            collection.add_notes(requests)
            requests = []
    options = ExportAnkiPackageOptions(with_scheduling=False, with_deck_configs=False, with_media=False, legacy=False)
    collection.export_anki_package(out_path=str(out), options=options, limit=None)
    collection.close()


WRITERS: dict[str, Callable[[int, int, Path], None]] = {
    "quizgen": with_quizgen,
    "genanki": with_genanki,
    "anki": with_anki,
}


def measure(writer: str, count: int, decks: int) -> Written:
    """Measure a writer in this process, after it has written a few notes: what is imported once is no part of it."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        out = Path(folder)
        WRITERS[writer](10, 1, out / "warm.apkg")
        (out / "bench.anki2").unlink(missing_ok=True)
        tempfile.tempdir = scratch
        start = time.process_time()
        WRITERS[writer](count, decks, out / "out.apkg")
        seconds = time.process_time() - start
        tempfile.tempdir = None
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        left = sum(1 for _ in Path(scratch).iterdir())
        return Written(writer, count, decks, seconds, peak, (out / "out.apkg").stat().st_size, left)


def anki(sizes: Sequence[int], _enough: int) -> Iterator[str]:
    """Compare the writers at each number of notes, and with many decks."""
    yield "Writing Anki packages. CPU is of writing alone; the peak holds the program too. anki: the real one, zstd."
    yield _row(*HEADS)
    written: dict[str, Written] = {}
    for size in sizes:
        for writer in WRITERS:
            written[writer] = _in_own_process(writer, size, 1)
            yield _row(*written[writer].row())
    many = _in_own_process("quizgen", MANY_DECKS, MANY_DECKS)
    for one in (many, _in_own_process("genanki", GENANKI_DECKS, GENANKI_DECKS)):
        yield _row(*one.row())
    ours, plain = written["quizgen"], written["genanki"]
    yield _goal(f"notes a CPU second at {ours.notes:,} notes", ours.a_second, LEAST_A_SECOND, at_least=True)
    yield _goal(f"peak memory in MB at {ours.notes:,} notes", ours.megabytes, MOST_MEGABYTES)
    yield _goal("how many times smaller than genanki's", plain.size / ours.size, LEAST_PACKED, at_least=True)
    yield _goal(f"CPU seconds for {many.decks:,} decks", many.seconds, MOST_SECONDS)
    yield _goal("temporary files left", ours.left + many.left, 0)


def _in_own_process(writer: str, count: int, decks: int) -> Written:
    command = [sys.executable, "-m", "tests.bench_anki", writer, str(count), str(decks)]
    child = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
    return Written(**json.loads(child.stdout))


def _row(*cells: str) -> str:
    return "".join(f"{cell:>{width + 2}}" for cell, width in zip(cells, WIDTHS, strict=True))


def _goal(name: str, value: float, wanted: float, *, at_least: bool = False) -> str:
    met = value >= wanted if at_least else value <= wanted
    verdict, limit = "met" if met else "NOT met", "least" if at_least else "most"
    return f"goal {verdict}: {name}: {value:,.2f}, wanted at {limit} {wanted:,}"


if __name__ == "__main__":
    click.echo(json.dumps(asdict(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
