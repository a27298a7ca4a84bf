"""Sheets of Excel's .xlsx files, bounded before they are opened; formulas are read as the values that they show."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from quizgen.formats.reading.csv_tsv import MAX_COLUMNS
from quizgen.formats.reading.headers import read_header
from quizgen.formats.reading.model import MAX_BYTES, MAX_QUESTIONS, SPLIT, Reading, Where
from quizgen.formats.reading.shown import shown
from quizgen.formats.reading.table import HEADER_ROWS, NAME_THEM, Row, read_table

if TYPE_CHECKING:
    from openpyxl import Workbook

MAX_UNPACKED = 32 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_SHEETS = 50
MAX_ROWS = MAX_QUESTIONS + 1_000
_OLD = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of .xlsx with a password
_DOCTYPE = tuple("<!DOCTYPE".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))


def read_xlsx(data: bytes, file: str) -> Reading:
    """Read the sheets of a workbook that have names of columns."""
    reading, where = Reading(), Where(file)
    fault = _fault(data)
    if fault:
        reading.refuse(where, *fault)
        return reading
    try:
        _read(data, file, reading)
    except Exception as error:  # noqa: BLE001 - a broken workbook makes openpyxl raise whatever its parts raise
        kind = type(error).__name__
        reading.refuse(where, f"the workbook cannot be read ({kind})", "open it and save it again, or save it as CSV")
    return reading


def _fault(data: bytes) -> tuple[str, str] | None:
    """Say why a workbook is not opened: what it unpacks to is known before."""
    if len(data) > MAX_BYTES:
        return f"the file is larger than {MAX_BYTES >> 20} MB", SPLIT
    if data.startswith(_OLD):
        return "this is an old .xls file, or has a password", "save it as .xlsx without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _fault_within(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return "this is no .xlsx workbook", "save it as .xlsx or CSV"


def _fault_within(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    members = archive.infolist()
    # Reading stops at the size that is stated, so that no member can be larger than it says.
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        return f"the workbook unpacks to more than {MAX_UNPACKED >> 20} MB", SPLIT
    for member in members:
        if member.filename.endswith((".xml", ".rels", ".vml")):
            content = archive.read(member)
            if any(mark in content for mark in _DOCTYPE):
                return "the workbook declares entities, which none needs", "save it as CSV"
    return None


def _read(data: bytes, file: str, reading: Reading) -> None:
    from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and only needed here

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    formulas = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    if not 0 < len(values.worksheets) <= MAX_SHEETS:
        reading.refuse(Where(file), f"the workbook has no sheet, or more than {MAX_SHEETS}", SPLIT)
        return
    named = [sheet.title for sheet in values.worksheets if _has_header(sheet)]
    for sheet in values.worksheets:
        if sheet.title in named:
            read_table(_rows(values, formulas, sheet.title, file, reading), reading, Where(file, 0, sheet.title))
        elif named and sheet.max_row:
            reading.note(Where(file, 1, sheet.title), "the sheet is not read: no row names the columns", NAME_THEM)
    if not named:
        title = values.worksheets[0].title
        read_table(_rows(values, formulas, title, file, reading), reading, Where(file, 1, title))


def _has_header(sheet: Any) -> bool:
    rows = sheet.iter_rows(max_row=HEADER_ROWS, max_col=MAX_COLUMNS, values_only=True)
    return any(read_header(1, ["" if value is None else str(value) for value in row]) for row in rows)


def _rows(values: Workbook, formulas: Workbook, title: str, file: str, reading: Reading) -> Iterator[Row]:
    """Give the rows of a sheet; what has no value to show is named, and its row left out."""
    sheets = (book[title].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS + 1) for book in (values, formulas))
    pairs = zip(*sheets, strict=False)
    for number, (row, written) in enumerate(pairs, 1):
        if number > MAX_ROWS:
            reading.refuse(Where(file, number, title), f"more than {MAX_ROWS:,} rows: the rest is not read", SPLIT)
            return
        if all(cell.value is None for cell in (*row, *written)):
            continue
        places = [Where(file, number, title, f"{_letters(place)}{number}") for place in range(len(row))]
        faults = [
            (place, fault)
            for place, cell, formula in zip(places, row, written, strict=False)
            if (fault := _cell_fault(cell, formula))
        ]
        if len(row) > MAX_COLUMNS and row[MAX_COLUMNS].value is not None:
            hint = "keep the columns of the questions"
            reading.refuse(places[MAX_COLUMNS], f"the row has more than {MAX_COLUMNS} cells", hint)
        elif faults:
            for place, fault in faults:
                reading.refuse(place, *fault)
        else:
            yield Row(Where(file, number, title), [shown(cell.value, _format(cell)) for cell in row], places)


def _cell_fault(cell: Any, written: Any) -> tuple[str, str] | None:
    if getattr(cell, "data_type", "") == "e":
        return f"the cell shows {cell.value}", "mend its formula"
    if cell.value is None and getattr(written, "data_type", "") == "f":
        return "the cell is a formula that was never calculated", "open the file in a spreadsheet program and save it"
    return None


def _format(cell: Any) -> str:
    return str(getattr(cell, "number_format", "General") or "General")


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415 - as above

    return get_column_letter(place + 1)
