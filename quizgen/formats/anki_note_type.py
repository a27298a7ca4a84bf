"""Our one note type: its fields, its cards and their ids, which from the first release on never change.

Takes the templates in `templates/anki`; gives a genanki model. A field or template that is added, removed or moved
makes Anki refuse every update of a learner's notes, so spare ones wait here: to name one is let through.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Any

import genanki

from quizgen.formats.anki_words import words_as_json
from quizgen.paths import TEMPLATES

NOTE_TYPE = "quizgen"
MAX_OPTIONS = 6
SPARE_FIELDS = 12
SPARE_CARDS = 4
FIELDS = (
    "Id",  # first: by it Anki tells that two notes are the same
    "Stem",
    "Picture",
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
    "Superseded",
    "Language",
    # Markers: a note has the cards whose markers hold anything.
    "Choose",
    "Map",
    # To type the answer: what is asked, the answer (the marker), and what is right as well.
    "Ask",
    "To type",
    "Also right",
    # A sentence with a gap: what stands before it, in it (the marker) and after it, and where the sentence is from.
    "Gap before",
    "Gap",
    "Gap after",
    "Gap source",
    *(f"Spare card {number}" for number in range(1, SPARE_CARDS + 1)),
    *(f"Spare {number}" for number in range(1, SPARE_FIELDS + 1)),
)
_INCLUDE = re.compile(r"(?:/\*|<!--) include ([a-z.]+) (?:\*/|-->)")
_WORDS = "/* words */ {}"
_MARKER = "/* marker */"


@dataclass(frozen=True, slots=True)
class CardKind:
    """One card of a note: its name in Anki, the key that its id comes from, its marker and its template files."""

    name: str
    key: str
    marker: str
    file: str


CARDS = (
    CardKind("Choose", "choose", "Choose", "choose"),
    CardKind("Type the answer", "type", "To type", "type"),
    CardKind("Fill the gap", "gap", "Gap", "gap"),
    CardKind("Map", "map", "Map", "map"),
    *(CardKind(f"Spare {n}", f"spare {n}", f"Spare card {n}", "spare") for n in range(1, SPARE_CARDS + 1)),
)


def stable_id(*names: str) -> int:
    """Return a number that hangs on written names alone, and that JavaScript can hold exactly."""
    digest = hashlib.sha256("\0".join(("quizgen", *names)).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 11


def read_template(name: str) -> str:
    """Return a card template with all that it includes; Anki has no other way to bring a script along."""
    text = (TEMPLATES / "anki" / name).read_text(encoding="utf-8")
    return _INCLUDE.sub(lambda include: read_template(include[1]).rstrip("\n"), text).replace(_WORDS, words_as_json())


class NoteType(genanki.Model):  # type: ignore[misc] # genanki carries no types
    """The note type, for which genanki need not guess what makes a card: a marker does, and nothing else.

    genanki's own guess knows neither filters such as `{{type:...}}` nor `{{^...}}`.
    """

    @property
    def _req(self) -> list[list[Any]]:
        return [[place, "all", [FIELDS.index(kind.marker)]] for place, kind in enumerate(CARDS)]


def note_type() -> Any:
    """Return the one note type of all our notes. Ids come from keys, so that a release may rename what it shows."""
    return NoteType(
        model_id=stable_id("note type", "question"),
        name=NOTE_TYPE,
        fields=[_field(name) for name in FIELDS],
        templates=[_card(kind) for kind in CARDS],
        css=read_template("style.css"),
        sort_field_index=FIELDS.index("Stem"),
    )


def _field(name: str) -> dict[str, object]:
    return {"name": name, "id": stable_id("field", name), "collapsed": name.startswith("Spare ")}


def _card(kind: CardKind) -> dict[str, object]:
    front, back = (read_template(f"{kind.file}.{side}.html") for side in ("front", "back"))
    return {
        "name": kind.name,
        "id": stable_id("template", kind.key),
        "qfmt": front.replace(_MARKER, kind.marker),
        "afmt": back,
    }
