"""Rows of a table become questions: from CSV, TSV and sheets alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.facts.model import Difficulty, Wrong
from quizgen.facts.plain_text import short
from quizgen.formats.reading.headers import Column, Header, read_header, twice
from quizgen.formats.reading.model import Item, Reading, Where

HEADER_ROWS = 15  # templates of quiz programs have some lines of advice above the names of columns
NAME_THEM = "name one column 'question', one 'answer', and others 'wrong 1', 'wrong 2' or 'option a', 'option b'"
_ONE_RIGHT = re.compile(
    r"multiple ?choice|mc|mcq|single ?choice|single ?select|single answer|true ?/? ?(or )?false|tf|"
)
_WRITTEN = re.compile(r"short ?answer|fill[- ]in[- ](the )?blanks?|open|text|sa|")
_AND = re.compile(r"\s*(?:[,;/&+]|\band\b)\s*")
_PLACED = re.compile(r"(?:(?:option|answer|choice)\s+)?\(?(?P<place>[a-z]|\d{1,2})[).:]?", re.IGNORECASE)
_PARTED = re.compile(r"\s*(?:\n|;|\|)\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells as text, where it stands, and of a sheet where each cell does."""

    where: Where
    cells: Sequence[str]
    places: Sequence[Where] = ()

    def text(self, place: int) -> str:
        """Give a cell, empty if the row is shorter."""
        return self.cells[place].strip() if place < len(self.cells) else ""

    def at(self, place: int) -> Where:
        """Tell where a cell stands."""
        return self.places[place] if place < len(self.places) else self.where


def read_table(rows: Iterable[Row], reading: Reading, where: Where) -> bool:
    """Take the questions of a table; tell whether it has names of columns at all."""
    kept = iter(rows)
    first: list[Row] = []
    header = None
    for row in kept:
        if any(cell.strip() for cell in row.cells):
            first.append(row)
            header = read_header(row.where.number, row.cells)
        if header or len(first) == HEADER_ROWS:
            break
    if not header:
        _no_header(first, reading, where)
        return False
    reader = TableReader(header, reading)
    reader.tell_columns(first[-1])
    before = len(reading.items) + len(reading.refused)
    reading.add(map(reader.item, kept))
    if len(reading.items) + len(reading.refused) == before:
        reading.refuse(first[-1].where, "no question stands below the names of columns", "write one in each row")
    return True


def _no_header(first: Sequence[Row], reading: Reading, where: Where) -> None:
    if not first:
        reading.refuse(where, "the table is empty", NAME_THEM)
        return
    found = ", ".join(f"'{short(cell)}'" for cell in first[0].cells[:8] if cell.strip())
    reading.refuse(first[0].where, "no row names the columns", f"{NAME_THEM}; found {found}")


class TableReader:
    """Makes a question of a row, or says why there is none."""

    def __init__(self, header: Header, reading: Reading) -> None:
        self.header = header
        self.reading = reading

    def tell_columns(self, row: Row) -> None:
        """Say which columns are not used."""
        for place, name in twice(self.header, row.cells):
            self.reading.note(
                row.at(place), f"the column '{short(name)}' is not used", "another one is of the same kind"
            )
        if self.header.unused:
            names = ", ".join(f"'{short(name)}'" for name in self.header.unused[:20])
            self.reading.note(row.where, f"columns that are not used: {names}")

    def item(self, row: Row) -> Item | None:
        """Make a question of a row; blank rows are passed over."""
        if not any(cell.strip() for cell in row.cells):
            return None
        if any(cell.strip() for cell in row.cells[self.header.width :]):
            hint = "put quotes around text that holds the separator"
            self.reading.refuse(row.where, "the row has more cells than there are columns", hint)
            return None
        ask = self._one(row, Column.ASK)
        if not ask:
            self.reading.refuse(self._at(row, Column.ASK), "the question is empty")
            return None
        chosen = self._chosen(row) if self._is_taken(row) else None
        if not chosen:
            return None
        answer, wrong = chosen
        return Item(
            row.where, ask, answer, wrong,
            explanation=self._one(row, Column.EXPLANATION), category=self._one(row, Column.CATEGORY),
            source=self._one(row, Column.SOURCE), quote=self._one(row, Column.QUOTE),
            difficulty=self._difficulty(row),
        )  # fmt: skip

    def _one(self, row: Row, role: Column) -> str:
        return next((row.text(place) for place in self.header.places(role)), "")

    def _at(self, row: Row, role: Column) -> Where:
        return next((row.at(place) for place in self.header.places(role)), row.where)

    def _is_taken(self, row: Row) -> bool:
        kind = self._one(row, Column.TYPE)
        if _ONE_RIGHT.fullmatch(kind.casefold()) or _WRITTEN.fullmatch(kind.casefold()):
            return True
        where, hint = self._at(row, Column.TYPE), "questions with one right answer are"
        self.reading.refuse(where, f"questions of the type '{short(kind)}' are not taken", hint)
        return False

    def _chosen(self, row: Row) -> tuple[str, tuple[Wrong, ...]] | None:
        key, where = self._one(row, Column.ANSWER), self._at(row, Column.ANSWER)
        if not key:
            self.reading.refuse(where, "the answer is empty")
            return None
        options = [row.text(place) for place in self.header.places(Column.OPTION)]
        others = tuple(Wrong(text) for text in self._wrong(row))
        if not any(options):
            return key, others
        found = place_of(key, options)
        if isinstance(found, tuple):
            self.reading.refuse(where, *found)
            return None
        wrong = (Wrong(text) for place, text in enumerate(options) if text and place != found)
        return options[found], (*wrong, *others)

    def _wrong(self, row: Row) -> Iterator[str]:
        yield from filter(None, (row.text(place) for place in self.header.places(Column.WRONG)))
        yield from filter(None, _PARTED.split(self._one(row, Column.MANY_WRONG)))

    def _difficulty(self, row: Row) -> Difficulty | None:
        said = self._one(row, Column.DIFFICULTY)
        if said and said.casefold() not in list(Difficulty):
            hint = f"one of: {', '.join(Difficulty)}"
            self.reading.note(self._at(row, Column.DIFFICULTY), f"'{short(said)}' is no difficulty, and left out", hint)
            return None
        return Difficulty(said.casefold()) if said else None


def place_of(key: str, options: Sequence[str]) -> int | tuple[str, str]:
    """Tell which option a key means, by its text, its letter or its number; or a problem and what to do.

    What may be the text of one option and the number of another is no answer: nothing is guessed.
    """
    shown = short(key)
    letters = "the letters, numbers or texts of the options"
    by_text = [place for place, option in enumerate(options) if _same(option, key)]
    if len(by_text) > 1:
        return f"the answer '{shown}' stands among the options twice", "take one out"
    by_place = _by_place(key, options)
    if by_text and by_place is not None and by_text[0] != by_place:
        return f"the answer '{shown}' is one option's text and another's number", "write its letter, or words"
    if by_text or by_place is not None:
        return by_text[0] if by_text else by_place or 0
    parts = _AND.split(key[:100])
    if len(parts) > 1 and all(_by_place(part, options) is not None for part in parts):
        return f"several answers are right: '{shown}'", "a question has one right answer"
    filled = [option for option in options if option]
    return f"the answer '{shown}' is none of the options", f"{letters}: {', '.join(map(short, filled[:8]))}"


def _by_place(key: str, options: Sequence[str]) -> int | None:
    found = _PLACED.fullmatch(key.strip())
    if not found:
        return _labelled(key, options)
    place = found["place"]
    number = int(place) - 1 if place.isdecimal() else ord(place.upper()) - ord("A")
    return number if 0 <= number < len(options) and options[number] else None


def _labelled(key: str, options: Sequence[str]) -> int | None:
    """Read `B) Paris`, where `Paris` is the second option."""
    letter, _, text = key.partition(" ")
    place = _by_place(letter, options) if len(letter) <= 4 and text else None
    return place if place is not None and _same(options[place], text) else None


def _same(one: str, other: str) -> bool:
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
