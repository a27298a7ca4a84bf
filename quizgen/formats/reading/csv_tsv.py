"""CSV and TSV: the separator is found by the names of the columns, and every row knows its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from quizgen.formats.reading.decoding import decode
from quizgen.formats.reading.headers import read_header
from quizgen.formats.reading.model import Reading, Where
from quizgen.formats.reading.table import HEADER_ROWS, Row, read_table

SEPARATORS = ",;\t|"
MAX_COLUMNS = 200
MOST_FAULTS = 200
_HINT = 'put quotes around the whole cell, and write " twice inside it'


def read_csv(data: bytes, file: str) -> Reading:
    """Read a table of questions with any of the separators `,` `;` tab and `|`."""
    reading, where = Reading(), Where(file)
    text = decode(data, where, reading)
    if text is None:
        return reading
    lines = [f"{line}\n" for line in text.split("\n")]
    skipped = 0
    if lines[0].lower().startswith("sep=") and len(lines[0].strip()) <= 5:  # Excel's own mark of the separator
        skipped, separator = 1, lines[0].strip("\n")[4:5] or "\t"
    else:
        separator = best_separator(lines)
    read_table(_rows(lines, skipped, separator, file, reading), reading, where)
    return reading


def best_separator(lines: Sequence[str]) -> str:
    """Find the separator with which a row names columns; where none does, the one that is there most often."""
    counted = sorted(SEPARATORS, key=lambda mark: -sum(line[:10_000].count(mark) for line in lines[:HEADER_ROWS]))
    found = {separator: _named(lines, separator) for separator in counted}
    return max(counted, key=lambda separator: found[separator])


def names_columns(lines: Sequence[str]) -> bool:
    """Tell whether some row near the top names the columns of a table."""
    return any(_named(lines, separator) for separator in SEPARATORS)


def _named(lines: Sequence[str], separator: str) -> int:
    """Count the columns that a row near the top names."""
    try:
        for cells in csv.reader((line[:10_000] for line in islice(lines, HEADER_ROWS)), delimiter=separator):
            header = read_header(1, cells[:MAX_COLUMNS])
            if header:
                return sum(len(places) for _, places in header.roles)
    except csv.Error:
        return 0
    return 0


def _rows(lines: Sequence[str], start: int, separator: str, file: str, reading: Reading) -> Iterator[Row]:
    """Give the rows with the line on which each begins; a row that cannot be read is named, and the next one tried."""
    faults = 0
    doubtful = range(0)  # what a cell without an end has run through
    while start < len(lines):
        reader = csv.reader(islice(lines, start, None), delimiter=separator, strict=True)
        first = start
        try:
            for cells in reader:
                where = Where(file, first + 1)
                if first in doubtful and any('"' in cell for cell in cells):
                    message = f"not taken: it may belong to the cell that begins on line {doubtful.start}"
                    reading.refuse(where, message, _HINT)
                else:
                    yield from _bounded(cells, where, reading)
                first = start + reader.line_num
        except csv.Error as error:
            faults += 1
            if faults > MOST_FAULTS:
                reading.refuse(Where(file, first + 1), "too much is wrong: nothing is read from here on", _HINT)
                return
            reading.refuse(Where(file, first + 1), f"not taken: {_fault(str(error))}", _HINT)
            doubtful = range(first + 1, start + reader.line_num)
            start = first + 1
            continue
        return


def _fault(said: str) -> str:
    if "unexpected end" in said:
        return "a quotation mark is opened here and never closed"
    if "field larger" in said:
        return "a cell is longer than 131,072 characters, or lacks a quotation mark"
    return "something follows a closing quotation mark"


def _bounded(cells: list[str], where: Where, reading: Reading) -> Iterator[Row]:
    if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
        reading.refuse(where, f"the row has more than {MAX_COLUMNS} cells", "keep the columns of the questions")
        return
    yield Row(where, cells)
