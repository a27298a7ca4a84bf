"""Questions from workbooks that two other programs have written, and from such as mean harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from quizgen.facts import PlainFact, load_deck
from quizgen.facts.dump import dump
from quizgen.formats.reading import Front, Imported, read_questions
from quizgen.formats.reading.shown import shown
from quizgen.formats.reading.xlsx import MAX_ROWS, MAX_UNPACKED

TODAY = date(2026, 11, 22)
Rows = Sequence[Sequence[Any]]
HEAD = ["Question", "Answer", "Wrong 1", "Wrong 2"]


def by_openpyxl(sheets: dict[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(sheets: dict[str, Rows]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


WRITERS = [by_openpyxl, by_xlsxwriter]
Write = Callable[[dict[str, Rows]], bytes]


def imported(data: bytes) -> Imported:
    return read_questions(data, Front("mine", "quiz.xlsx", TODAY))


def asked(found: Imported) -> list[tuple[str, str, list[str]]]:
    facts = found.deck.facts if found.deck else ()
    return [(f.ask, f.answer, [one.text for one in f.wrong]) for f in facts if isinstance(f, PlainFact)]


def refused(found: Imported) -> list[str]:
    return [str(problem).removeprefix("quiz.xlsx!") for problem in found.refused]


@pytest.mark.parametrize("write", WRITERS)
def test_a_sheet_is_read(write: Write) -> None:
    which: list[Any] = ["Which?", "Oslo", "Bergen", "Narvik"]
    found = imported(write({"Quiz": [["Our quiz"], [], HEAD, which, [], ["When?", 1949, 1950.5, True]]}))
    assert (asked(found), found.refused) == (
        [("Which?", "Oslo", ["Bergen", "Narvik"]), ("When?", "1949", ["1950.5", "TRUE"])], (),
    )  # fmt: skip
    assert found.deck is not None
    assert load_deck(dump(found.deck).encode(), "mine.yaml")[1] == []


@pytest.mark.parametrize("write", WRITERS)
def test_the_right_option_may_be_a_number(write: Write) -> None:
    rows: Rows = [["Question", "Option 1", "Option 2", "Correct"], ["Which?", "Bergen", "Oslo", 2]]
    assert asked(imported(write({"Quiz": rows}))) == [("Which?", "Oslo", ["Bergen"])]


@pytest.mark.parametrize("write", WRITERS)
def test_what_is_not_taken_is_named_by_its_cell(write: Write) -> None:
    good = ["Good?", "so", "no", "never"]
    rows: Rows = [HEAD, ["Which?", None, "a", "b"], [None, "x", "a", "b"], good, ["G?", "a", "A"]]
    found = imported(
        write({"First": rows, "Notes": [["only", "words"]], "More": [HEAD, ["Why?", "so", "no", "x", "?"]]})
    )
    assert refused(found) == [
        "First!B2: the answer is empty",
        "First!A3: the question is empty",
        "First!5: not taken: the wrong answer 'A' is right, too (take it out)",
        "More!2: the row has more cells than there are columns (put quotes around text that holds the separator)",
    ]
    assert str(found.notes[0]).startswith("quiz.xlsx!Notes!1: the sheet is not read: no row names the columns (")
    assert asked(found) == [("Good?", "so", ["no", "never"])]


def test_formulas_are_read_as_their_values() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Quiz")
        sheet.write_row(0, 0, HEAD)
        for row, value in enumerate((2, "two", "#DIV/0!"), 1):
            sheet.write_row(row, 0, [f"How many {row}?", "", "no", "never"])
            sheet.write_formula(row, 1, "=1+1", None, value)
    found = imported(out.getvalue())
    assert [answer for _, answer, _ in asked(found)] == ["2", "two"]
    assert refused(found) == ["Quiz!B4: the cell shows #DIV/0! (mend its formula)"]


def test_a_formula_that_was_never_calculated_is_named() -> None:
    found = imported(by_openpyxl({"Quiz": [HEAD, ["How many?", "=1+1", "no", "never"]]}))
    hint = "open the file in a spreadsheet program and save it"
    assert refused(found) == [f"Quiz!B2: the cell is a formula that was never calculated ({hint})"]


def test_a_workbook_without_names_of_columns_is_told_what_it_needs() -> None:
    (told,) = refused(imported(by_openpyxl({"Quiz": [["a", "b"], [1, 2]]})))
    assert told.startswith("Quiz!1: no row names the columns (name one column 'question'")


# --- as shown ---------------------------------------------------------------------------------------------------------

DAY = datetime(2015, 9, 3, 8, 5, 7)
SHOWN = [
    (None, "General", ""), ("007", "General", "007"), (True, "General", "TRUE"), (False, "0", "FALSE"),
    (1949, "General", "1949"), (1949.0, "General", "1949"), (0.1 + 0.2, "General", "0.3"), (-2.5, "General", "-2.5"),
    (1234567, "#,##0", "1,234,567"), (1234.5, "#,##0.00", "1,234.50"), (7, "000", "007"), (-7, "000", "-007"),
    (0.125, "0%", "13%"), (0.125, "0.0%", "12.5%"), (3, '0" km"', "3 km"), (3.5, "$0.00", "$3.50"),
    (2.5, "0.##", "2.5"), (2.5, "0", "3"), (1e300, "0.0", f"{10 ** 300}.0"),
    (2.0, "0.##", "2"), (5, "[Red]0;[Blue]-0", "5"), (1e20, "General", "1.0000000000E+20"), (5, "strange@", "5"),
    (float("nan"), "General", ""),
    (DAY, "yyyy-mm-dd", "2015-09-03"), (DAY, "dd/mm/yyyy", "03/09/2015"), (DAY, "d mmmm yyyy", "3 September 2015"),
    (DAY, 'd. mmm "de" yy', "3. Sep de 15"), (DAY, "mm-dd-yy", "3 September 2015"),
    (DAY, "General", "3 September 2015"),
    (DAY, "yyyy", "2015"), (DAY, "mmmm yyyy", "September 2015"), (DAY, "dd/mm/yyyy hh:mm", "03/09/2015 08:05"),
    (DAY, "dddd d", "Thursday 3"), (DAY, "[$-409]d-mmm-yy;@", "3-Sep-15"), (time(8, 5), "hh:mm", "08:05"),
    (DAY - datetime(2015, 9, 2), "[h]:mm:ss", "32:05:07"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "pattern", "expected"), SHOWN)
def test_a_cell_is_read_as_it_is_shown(value: object, pattern: str, expected: str) -> None:
    assert shown(value, pattern) == expected


def test_days_and_numbers_of_a_real_workbook_are_read_as_they_are_shown() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Quiz")
        sheet.write_row(0, 0, HEAD)
        sheet.write_string(1, 0, "When?")
        sheet.write_datetime(1, 1, DAY, book.add_format({"num_format": "d mmmm yyyy"}))
        sheet.write_datetime(1, 2, DAY, book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(1, 3, 0.125, book.add_format({"num_format": "0.0%"}))
    assert asked(imported(out.getvalue())) == [("When?", "3 September 2015", ["03/09/2015", "12.5%"])]


# --- harm -------------------------------------------------------------------------------------------------------------

GOOD = by_xlsxwriter({"Quiz": [HEAD, ["Which?", "Oslo", "Bergen", "Narvik"]]})


def with_member(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change one part of a good workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(old.read(member)) if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, change(b""))
    return out.getvalue()


def entities(content: bytes) -> bytes:
    lines = [b'<!ENTITY a0 "ha">', *(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12))]
    head, _, rest = content.partition(b"?>")
    return head + b"?>\n<!DOCTYPE x [" + b"".join(lines) + b"]>" + rest.replace(b"Oslo", b"&a11;")


SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
HOSTILE = {
    "empty": (b"", "this is no .xlsx workbook"),
    "no zip": (b"PK\x03\x04" + b"x" * 500, "this is no .xlsx workbook"),
    "cut off": (GOOD[: len(GOOD) // 2], "this is no .xlsx workbook"),
    "old": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "this is an old .xls file, or has a password"),
    "entities": (with_member(STRINGS, entities), "the workbook declares entities"),
    "entities, UTF-16": (
        with_member(STRINGS, lambda old: entities(old).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "the workbook declares entities",
    ),
    "bomb": (with_member("xl/media/x.xml", lambda _: b" " * (MAX_UNPACKED + 1)), "the workbook unpacks to more than"),
    "not XML": (with_member(SHEET, lambda _: b"\0\1\2"), "the workbook cannot be read"),
    "no workbook": (with_member("xl/workbook.xml", lambda _: b"<a/>"), "the workbook has no sheet"),
    "no relations": (with_member("xl/_rels/workbook.xml.rels", lambda _: b""), "the workbook cannot be read"),
    "string": (with_member(SHEET, lambda old: old.replace(b"<v>1<", b"<v>99999<")), "the workbook cannot be read"),
    "other zip": (with_member("[Content_Types].xml", lambda _: b"<x/>"), "the workbook cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_workbook_is_told_in_plain_words(data: bytes, expected: str) -> None:
    found = imported(data)
    assert found.deck is None
    (told,) = found.refused
    assert str(told).startswith(f"quiz.xlsx: {expected}")


def test_a_workbook_without_harm_that_was_packed_alike_is_read() -> None:
    assert asked(imported(with_member(STRINGS, lambda old: old))) == [("Which?", "Oslo", ["Bergen", "Narvik"])]


def test_a_row_far_down_is_named_and_not_waited_for() -> None:
    moved = with_member(SHEET, lambda old: old.replace(b'r="2"', b'r="1048576"').replace(b'2"', b'1048576"'))
    found = imported(moved)
    assert refused(found)[0].startswith(f"Quiz!{MAX_ROWS + 1}: more than {MAX_ROWS:,} rows: the rest is not read")


def test_many_columns_are_named() -> None:
    rows = [HEAD, ["Which?", "Oslo", "Bergen", "Narvik", *["x"] * 10_000], ["Good?", "so", "no", "never"]]
    found = imported(by_xlsxwriter({"Quiz": rows}))
    assert refused(found) == ["Quiz!GS2: the row has more than 200 cells (keep the columns of the questions)"]
    assert asked(found) == [("Good?", "so", ["no", "never"])]
