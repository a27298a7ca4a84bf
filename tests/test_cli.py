"""The command line: what it prints where, and how it ends."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quizgen import cli
from quizgen.formats import FORMATS
from quizgen.questions import Ground, Level
from tests.conftest import FACTS, HEAD

COMMANDS = ("check", "questions", "export", "serve")
DECK = HEAD.replace("deck: test", "deck: mine") + FACTS


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder with one good deck, on a day when nothing lies in the future."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "today_here", lambda: date(2026, 11, 22))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "mine.yaml").write_text(DECK, encoding="utf-8")
    return tmp_path


def quizgen(*arguments: str) -> Result:
    result = CliRunner().invoke(cli.main, arguments)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "quizgen", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={"PATH": "", **environment})


def questions(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in quizgen("questions", "--json", *arguments).stdout.splitlines()]


# --- check ----------------------------------------------------------------------------------------------------------


def test_check_counts_what_is_in_good_decks() -> None:
    result = quizgen("check", "mine.yaml")
    made = len(questions("mine.yaml"))
    assert (result.exit_code, result.stdout) == (0, f"1 deck, 9 facts, {made} questions: no problems\n")


def test_check_without_arguments_means_the_shipped_library() -> None:
    result = quizgen("check")
    assert result.exit_code == 0
    assert re.fullmatch(r"\d+ decks, \d+ facts, \d+ questions: no problems\n", result.stdout)


def test_check_prints_every_problem_of_every_file_in_order_on_standard_output(folder: Path) -> None:
    (folder / "bad.yaml").write_text(DECK.replace("ask: Why was", "aks: Why was").replace("kind: org", "knd: org"))
    (folder / "worse.yaml").write_text("[")
    result = quizgen("check", "worse.yaml", "gone", "mine.yaml", "bad.yaml", "natto")
    assert (result.exit_code, result.stderr) == (1, "")
    assert [line.split(" (")[0] for line in result.stdout.splitlines()] == [
        "bad.yaml:1: deck 'mine' lies in 'bad.yaml'",
        "bad.yaml:8: 'kind' is missing",
        "bad.yaml:8: unknown field 'knd'",
        "bad.yaml:19: unknown field 'aks'",
        "gone: is neither a file, nor a folder, nor a deck of the library",
        "natto: is neither a file, nor a folder, nor a deck of the library",
        "worse.yaml:1: the end of the line stands where a value is expected",
    ]
    assert "natto: is neither a file, nor a folder, nor a deck of the library (did you mean 'nato'?)" in result.stdout


def test_check_tells_what_was_read_in_the_future(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "today_here", lambda: date(2026, 11, 21))
    result = quizgen("check", "mine.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith("mine.yaml:1: 'as_of' 2026-11-22 lies in the future (today is 2026-11-21)\n")


def test_check_finds_quotes_in_an_article(folder: Path) -> None:
    (folder / "article.txt").write_text("They want to keep the peace.", encoding="utf-8")
    assert quizgen("check", "mine.yaml", "--article", "article.txt").exit_code == 0
    (folder / "article.txt").write_text("They want to keep peace.", encoding="utf-8")
    result = quizgen("check", "mine.yaml", "--article", "article.txt")
    told = "mine.yaml:19: fact 'why': the quote is not in the article: “keep the peace” (copy it from there)\n"
    assert (result.exit_code, result.stdout) == (1, told)


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (b"%PDF-1.7 They keep", 1, "article.txt: this is a PDF, not a text"),
        (b"\x00 \n", 1, "article.txt: there is no text in it"),
        (None, 2, "'article.txt' does not exist"),
    ],
)
def test_an_article_that_cannot_be_read_is_named(folder: Path, content: bytes | None, code: int, told: str) -> None:
    if content is not None:
        (folder / "article.txt").write_bytes(content)
    result = quizgen("check", "mine.yaml", "--article", "article.txt")
    assert (result.exit_code, result.stdout) == (code, "")
    assert told in result.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-8-sig"])
def test_an_article_is_read_in_the_encoding_that_it_has(folder: Path, encoding: str) -> None:
    (folder / "article.txt").write_bytes("They want to keep peace, in a café. Others keep out of it.".encode(encoding))
    result = quizgen("check", "mine.yaml", "--article", "article.txt")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("mine.yaml:19: fact 'why': the quote is not in the article")


def test_facts_that_give_no_question_are_noted_and_stop_nothing(folder: Path) -> None:
    lone = DECK + "  - {id: lone, ask: Who?, answer: One}\n"
    (folder / "mine.yaml").write_text(lone, encoding="utf-8")
    for command in ("check", "questions"):
        result = quizgen(command, "mine.yaml")
        assert result.exit_code == 0
        assert result.stderr.startswith("note: mine.yaml:23: fact 'lone' gives no question")
        assert "note" not in result.stdout


# --- questions ------------------------------------------------------------------------------------------------------

FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str, "deck": str, "fact": str, "relation": (str, type(None)), "kind": str, "stem": str, "options": list,
    "answer": int, "explanation": str, "source": str, "quote": str, "as_of": str, "level": str,
    "difficulty": (str, type(None)), "why_wrong": list, "option_ids": list,
}  # fmt: skip
MORE: dict[str, type | tuple[type, ...]] = {
    "reasons": list, "option_set": str, "source_url": str, "source_note": str, "retrieved": str,
    "picture": (dict, type(None)),
}  # fmt: skip


@pytest.mark.parametrize("decks", [["mine.yaml"], []], ids=["own", "shipped"])
def test_questions_as_json_are_one_object_a_line_with_the_documented_fields(decks: list[str]) -> None:
    made = questions(*decks)
    assert made
    for question in made:
        assert set(question) == set(FIELDS) | set(MORE)
        assert [name for name, kind in {**FIELDS, **MORE}.items() if not isinstance(question[name], kind)] == []


def test_the_lists_of_a_question_go_together() -> None:
    for question in questions():
        size = len(question["options"])
        assert {len(question[name]) for name in ("options", "why_wrong", "reasons", "option_ids")} == {size}
        assert len(set(question["options"])) == len(set(question["option_ids"])) == size
        right = [place for place, reason in enumerate(question["reasons"]) if reason is None]
        assert right == [question["answer"]]
        assert [place for place, why in enumerate(question["why_wrong"]) if not why] == right
        assert set(question["reasons"]) - {None} <= set(Ground)
        assert question["level"] in set(Level)
        assert date.fromisoformat(question["as_of"]) <= date(2026, 11, 22)


def test_a_question_as_json_leads_back_to_its_fact() -> None:
    (question,) = [one for one in questions("mine.yaml") if one["id"] == "mine/why#ask"]
    assert (question["deck"], question["fact"], question["relation"]) == ("mine", "why", None)
    assert (question["quote"], question["as_of"], question["retrieved"]) == (
        "keep the peace",
        "2026-11-22",
        "2026-11-22",
    )
    assert question["source"] == "A house: The book"
    assert question["options"][question["answer"]] == "To keep the peace"
    assert question["option_ids"][question["answer"]] == "why"
    assert "22 November 2026" in question["explanation"]


def test_the_seed_alone_sets_the_order_of_options() -> None:
    seeds = ((), ("--seed", "0"), ("--seed", "1"))
    first, again, other = (quizgen("questions", "nato", "--json", *seed).stdout for seed in seeds)
    assert first == again != other
    one, two = (json.loads(text.splitlines()[-1]) for text in (first, other))
    assert sorted(one["options"]) == sorted(two["options"])


def test_questions_are_readable_as_text() -> None:
    text = quizgen("questions", "mine.yaml").stdout
    assert "Why did Utopia join?\n" in text
    assert re.search(r"^  \* [A-D]\. To sell its grain$", text, re.MULTILINE)
    assert text.count("\n  * ") == len(questions("mine.yaml"))


def test_only_the_decks_that_were_asked_for_are_printed() -> None:
    assert {question["deck"] for question in questions("mine.yaml", "nato")} == {"mine", "nato"}


@pytest.mark.parametrize("command", [("questions",), ("export", "--to", "json", "-o", "out.jsonl")])
def test_problems_of_decks_go_to_standard_error(command: tuple[str, ...], folder: Path) -> None:
    (folder / "bad.yaml").write_text("[")
    result = quizgen(*command, "bad.yaml", "gone")
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split(":")[0] for line in result.stderr.splitlines()] == ["bad.yaml", "gone"]
    assert not (folder / "out.jsonl").exists()


# --- export ---------------------------------------------------------------------------------------------------------


def test_export_to_json_gives_the_lines_that_questions_gives(folder: Path) -> None:
    result = quizgen("export", "mine.yaml", "--to", "json", "-o", "out.jsonl", "--seed", "3")
    made = (folder / "out.jsonl").read_text(encoding="utf-8")
    assert made == quizgen("questions", "mine.yaml", "--json", "--seed", "3").stdout
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"out.jsonl: {len(made.splitlines())} questions of 1 deck\n"


@pytest.mark.parametrize("target", FORMATS)
def test_the_same_decks_give_the_same_bytes(target: str, folder: Path) -> None:
    for name in ("one", "two"):
        assert process("export", "mine.yaml", "nato", "--to", target, "-o", name).returncode == 0
    one, two = ((folder / name).read_bytes() for name in ("one", "two"))
    assert one == two
    assert len(one) > 1000


def test_source_date_epoch_sets_the_time_of_an_export(folder: Path) -> None:
    for name, epoch in (("one", "1700000000"), ("two", "1700000000"), ("three", "1800000000")):
        assert process("export", "mine.yaml", "--to", "anki", "-o", name, SOURCE_DATE_EPOCH=epoch).returncode == 0
        (folder / "mine.yaml").touch()
    one, two, three = ((folder / name).read_bytes() for name in ("one", "two", "three"))
    assert one == two != three


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("gone/out.json", "gone/out.json: cannot be written (no such file or directory)"),
        ("mine.yaml/out.json", "mine.yaml/out.json: cannot be written (not a directory)"),
        ("x" * 300, f"{'x' * 300}: cannot be written (file name too long)"),
    ],
    ids=["no folder", "a file", "long"],
)
def test_an_output_that_cannot_be_written_is_named(output: str, told: str) -> None:
    result = quizgen("export", "mine.yaml", "--to", "json", "-o", output)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{told}\n")


def test_a_failed_export_leaves_the_old_file_and_nothing_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(path: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    (folder / "out.json").write_text("old")
    monkeypatch.setattr(Path, "replace", fail)
    result = quizgen("export", "mine.yaml", "--to", "json", "-o", "out.json")
    assert (result.exit_code, result.stderr) == (1, "out.json: cannot be written (no space left on device)\n")
    assert sorted(file.name for file in folder.iterdir()) == ["mine.yaml", "out.json"]
    assert (folder / "out.json").read_text() == "old"


def test_an_unknown_format_is_told_with_those_that_there_are() -> None:
    result = quizgen("export", "mine.yaml", "--to", "word", "-o", "out")
    assert result.exit_code == 2
    assert f"'word' is not one of: {', '.join(FORMATS)}" in result.stderr


# --- help -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_one_line_and_an_example(command: str) -> None:
    result = quizgen(command, "--help")
    assert result.exit_code == 0
    assert f"Example: quizgen {command} " in result.stdout
    assert "DECK is a file, a folder, or the key of a shipped deck" in " ".join(result.stdout.split())


def test_the_help_names_every_command_and_what_it_does() -> None:
    text = quizgen("--help").stdout
    assert set(COMMANDS) <= set(cli.main.commands)
    assert all(re.search(rf"^  {command}  +[A-Z].*[^.]\.$", text, re.MULTILINE) for command in cli.main.commands)


def test_the_help_waits_for_nothing_heavy() -> None:
    heavy = ("pydantic", "flask", "sqlalchemy", "genanki", "granian", "yaml", "alembic")
    code = (
        "import sys\nfrom quizgen.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        f"print(sorted(set({heavy}) & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"
    assert "Commands:" in done.stdout


@pytest.mark.parametrize("arguments", [("--version",), ("check", "mine.yaml"), ("questions", "mine.yaml", "--json")])
def test_it_runs_as_a_process(arguments: tuple[str, ...]) -> None:
    done = process(*arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout


def test_a_process_with_problems_ends_with_one() -> None:
    done = process("check", "gone.yaml")
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout == b"gone.yaml: is neither a file, nor a folder, nor a deck of the library\n"
