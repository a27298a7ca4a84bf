"""`quizgen import`: what it prints where, how it ends, and what it makes of files that mean harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen import cli
from quizgen.facts import Library, load_deck
from quizgen.questions import make_questions

DOCS = (Path(__file__).parent.parent / "docs/import.md").read_text(encoding="utf-8")
TABLE = "question,answer,wrong 1,wrong 2\nWhich city is the capital of Norway?,Oslo,Bergen,Narvik\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quiz.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def quizgen(*arguments: str) -> Result:
    result = CliRunner().invoke(cli.main, arguments)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def test_the_deck_is_printed_and_all_the_rest_said_beside_it(folder: Path) -> None:
    (folder / "quiz.csv").write_text(f"{TABLE}Why?,,x,y\n", encoding="utf-8")
    result = quizgen("import", "quiz.csv")
    assert (result.exit_code, result.stderr) == (
        0, "quiz.csv:3: the answer is empty\nquiz: 1 question as drafts; not taken: 1, named above\n",
    )  # fmt: skip
    assert load_deck(result.stdout.encode(), "quiz.yaml")[1] == []


def test_the_deck_is_written_and_what_is_reviewed_is_asked(folder: Path) -> None:
    result = quizgen(
        "import", "quiz.csv", "-o", "my-quiz.yaml", "--title", "Norway", "--category", "Geography / Capitals"
    )
    assert (result.exit_code, result.output) == (0, "my-quiz.yaml: 1 question as drafts\n")
    text = (folder / "my-quiz.yaml").read_text(encoding="utf-8")
    deck, _ = load_deck(text.encode(), "my-quiz.yaml")
    assert deck is not None
    assert (deck.key, deck.title, deck.category) == ("my-quiz", "Norway", ("Geography", "Capitals"))
    assert make_questions(Library((deck,)))[0] == []
    reviewed, _ = load_deck(text.replace("status: draft", "status: reviewed").encode(), "my-quiz.yaml")
    assert reviewed is not None
    (question,) = make_questions(Library((reviewed,)))[0]
    assert question.answer.text == "Oslo"


def test_a_file_that_is_there_is_not_written_over(folder: Path) -> None:
    (folder / "mine.yaml").write_text("precious", encoding="utf-8")
    result = quizgen("import", "quiz.csv", "-o", "mine.yaml")
    assert (result.exit_code, result.stderr) == (
        1, "mine.yaml: is there already (choose another name, or write --force)\n",
    )  # fmt: skip
    assert (folder / "mine.yaml").read_text(encoding="utf-8") == "precious"
    assert quizgen("import", "quiz.csv", "-o", "mine.yaml", "--force").exit_code == 0
    assert "Oslo" in (folder / "mine.yaml").read_text(encoding="utf-8")


BAD = [
    (["quiz.csv", "-o", "My Quiz.yaml"], "My Quiz.yaml: is no name of a deck file (call it my-quiz.yaml)\n"),
    (["quiz.csv", "-o", "quiz.txt"], "quiz.txt: is no name of a deck file (call it quiz.yaml)\n"),
    (["quiz.csv", "-o", "nowhere/quiz.yaml"], "nowhere/quiz.yaml: cannot be written (no such file or directory)\n"),
    (["quiz.csv", "--from", "gif"], "--from: no format 'gif' (did you mean 'gift'?)\n"),
    (["quiz.csv", "--from", "word"], "--from: no format 'word' (one of: csv, xlsx, gift, aiken)\n"),
    (["quiz.csv", "--language", "x x"], "quiz.yaml:5: 'x x' is not a language (write a code such as en or pt-BR)\n"),
]


@pytest.mark.parametrize(("arguments", "expected"), BAD)
def test_what_stands_in_the_way_is_said(arguments: list[str], expected: str, folder: Path) -> None:
    result = quizgen("import", *arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", expected)
    assert [path.name for path in folder.iterdir()] == ["quiz.csv"]


def test_if_nothing_can_be_taken_nothing_is_written(folder: Path) -> None:
    (folder / "quiz.csv").write_text("question,answer\nWhy?,\n", encoding="utf-8")
    result = quizgen("import", "quiz.csv", "-o", "mine.yaml")
    assert (result.exit_code, result.output) == (1, "quiz.csv:2: the answer is empty\n")
    assert not (folder / "mine.yaml").exists()


def examples() -> Iterator[tuple[str, str]]:
    """Give the files that the page shows."""
    yield from re.findall(r"`(\S+\.(?:csv|gift|aiken))`:\n\n```text\n(.*?)```", DOCS, re.DOTALL)


@pytest.mark.parametrize(("file", "text"), list(examples()), ids=[file for file, _ in examples()])
def test_the_examples_of_the_page_are_read(file: str, text: str, folder: Path) -> None:
    (folder / file).write_text(text, encoding="utf-8")
    result = quizgen("import", file)
    assert result.exit_code == 0
    assert "not taken" not in result.stderr


def test_the_page_shows_each_format_that_is_text() -> None:
    assert [file.rpartition(".")[2] for file, _ in examples()] == ["csv", "csv", "gift", "aiken"]


# --- harm -------------------------------------------------------------------------------------------------------------

HEAD = b"question,answer,wrong 1,wrong 2\n"
GOOD = b"Good?,so,no,never\n"
GOOD_GIFT = b"\n\nGood? {=so ~no}\n"
HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "NUL": ("a.csv", HEAD + b"W\0hy?,s\0o,x,y\n" + GOOD, "invisible characters were left out"),
    "override": ("a.csv", HEAD + "W\u202ehy?,so,x,y\n".encode() + GOOD, "invisible characters were left out"),
    "escape": ("a.csv", HEAD + b"\x1b[2JWhy?,so,x,y\n" + GOOD, "invisible characters were left out"),
    "script": ("a.csv", HEAD + b"<script>alert(1)</script>?,so,x,y\n" + GOOD, "2 questions as drafts"),
    "formula": ("a.csv", HEAD + b'"=HYPERLINK(""x"")",=1+1,+1,@x\n' + GOOD, "2 questions as drafts"),
    "1 MB line": ("a.csv", HEAD + b"x" * 1_000_000 + b",a,b,c\n" + GOOD, "a cell is longer than 131,072 characters"),
    "1 MB line, no cell": ("a.csv", HEAD + b"x," * 500_000 + b"\n" + GOOD, "more than 200 cells"),
    "10,000 columns": ("a.csv", b"question,answer" + b",wrong" * 10_000 + b"\nWhy?,so\n", "more than 200 cells"),
    "separators": ("a.csv", HEAD + b",;\t|" * 1000 + b"\n" + GOOD, "more than 200 cells"),
    "quotes": ("a.csv", HEAD + b'"a\n' * 5_000, "too much is wrong: nothing is read from here on"),
    "braces": ("a.gift", b"{" * 90_000 + GOOD_GIFT, "a.gift:1: not taken: the bracket '{' is never closed"),
    "nested": ("a.gift", b"Q {=a " * 9_000 + b"}" * 9_000 + GOOD_GIFT, "another '{' opens within the answers"),
    "backslashes": ("a.gift", b"\\" * 90_001 + b" {=a ~b}" + GOOD_GIFT, "the question is too long"),
    "tags": ("a.gift", b"[html]" + b"<a " * 30_000 + b" {=a ~b}" + GOOD_GIFT, "not taken: the question is empty"),
    "deep": ("a.gift", b"[html]" + b"<b>" * 30_000 + b"x {=a ~b}" + GOOD_GIFT, "drafts"),
    "long": ("a.gift", b"x" * 1_000_000 + b" {=a ~b}" + GOOD_GIFT, "not taken: the question is very long"),
    "many": ("a.gift", b"{\n\n" * 20_000, "too much is wrong: nothing is read from here on"),
    "answers": ("a.gift", b"Q {=a" + b"~b" * 30_000 + b"~c" * 30_000 + b"}" + GOOD_GIFT, "is very long"),
    "options": ("a.aiken", b"Q?\n" + b"A. x\n" * 50_000 + b"ANSWER: A\n", "not taken: the options do not run A, B, C"),
    "stem": ("a.aiken", b"x\n" * 50_000 + b"A. x\nANSWER: A\n", "not taken: the question is too long"),
    "large": ("a.csv", HEAD + GOOD * 500_000, "the file is larger than 8 MB"),
    "bytes": ("a.csv", bytes(range(256)) * 40, "this is not text"),
    "half UTF-16": ("a.csv", b"\xff\xfea", "this is not text"),
    "nothing": ("a.gift", b"\n\n", "no question is in the file"),
    "comments": ("a.gift", b"// nothing\n// at all", "no question is in the file"),
    "picture": ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "this is no file of questions that can be read"),
}


@pytest.mark.parametrize(("file", "data", "expected"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_told_in_plain_words(file: str, data: bytes, expected: str, folder: Path) -> None:
    (folder / file).write_bytes(data)
    result = quizgen("import", file)
    assert expected in result.stderr
    assert all(len(line) < 1000 for line in result.stderr.splitlines())
    assert not re.search(r"[\0\x1b\u202e]|\\u202e", result.output)
    assert result.exit_code == (0 if result.stdout else 1)
    assert b"Good?" not in data or "Good?" in result.stdout or len(data) > 8_000_000
