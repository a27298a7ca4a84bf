"""What the README and docs promise is run, or looked up, here."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.facts.schema import FactEntry, HeadEntry
from quizgen.world import RELATIONS
from tests.serving import serving

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DECK_FILE = (ROOT / "docs/deck-file.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
COMMANDS = [
    line.removeprefix("$ ").partition("#")[0].strip()
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("$ ")
]
QUIZGEN = [command for command in COMMANDS if command.startswith("quizgen ")]
BAD = """\
deck: bad
category: Geography
language: en
as_of: 22 November
sources: {atlas: {title: World atlas, publisher: Our school, retrieved: 2026-11-22}}
facts:
  - {id: suez, ask: Which country is the Suez Canal in?, anwser: Egypt}
"""


def workbook(path: Path) -> None:
    """Write a teacher's table of questions."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Question", "Answer", "Wrong 1"])
    for number in range(9):
        sheet.append([f"Which is number {number}?", number, number + 1])
    book.save(path)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (deck,) = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    (tmp_path / "my-canals.yaml").write_text(deck, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "article.txt").write_bytes((ROOT / "tests/drafting/nato-seed.txt").read_bytes())
    workbook(tmp_path / "quiz.xlsx")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_readme_names_every_command() -> None:
    assert {command.split()[1] for command in QUIZGEN} == set(main.commands)


@pytest.mark.parametrize("command", [c for c in QUIZGEN if "serve" not in c and "bad.yaml" not in c])
def test_a_command_of_the_readme_runs(command: str, folder: Path) -> None:
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    assert "note:" not in result.output or "my-canals" not in result.output
    for output in re.findall(r"-o (\S+)", command):
        assert (folder / output).stat().st_size > 1000


def test_the_deck_of_the_readme_gives_a_question_for_each_fact(folder: Path) -> None:
    result = CliRunner().invoke(main, ["check", "my-canals.yaml"])
    assert result.output == "1 deck, 4 facts, 4 questions: no problems\n"
    assert (folder / "my-canals.yaml").read_text(encoding="utf-8").count("\n") == 10


@pytest.mark.parametrize("command", [c for c in QUIZGEN if "serve" in c])
def test_the_serve_command_of_the_readme_serves(command: str, folder: Path) -> None:
    with serving(folder / "data", *shlex.split(command)[2:]) as address:
        assert address.startswith("http://127.0.0.1:")


def test_the_problems_in_the_readme_are_what_check_prints(folder: Path) -> None:
    shown = re.findall(r"^bad\.yaml:.*$", README, re.MULTILINE)
    result = CliRunner().invoke(main, ["check", "bad.yaml"])
    assert folder.exists()
    assert set(shown) <= set(result.output.splitlines())
    assert result.exit_code == 1


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith("make ")])
def test_a_make_target_of_the_readme_exists(command: str) -> None:
    assert re.search(rf"^{command.split()[1]}:", MAKEFILE, re.MULTILINE)


def test_every_link_of_the_readme_leads_somewhere() -> None:
    assert [link for link in re.findall(r"\]\(([^)h][^)]*)\)", README) if not (ROOT / link).exists()] == []


def test_the_page_on_the_deck_file_names_every_field_and_relation() -> None:
    fields = [info.alias or name for entry in (HeadEntry, FactEntry) for name, info in entry.model_fields.items()]
    assert [field for field in fields if f"{field}" not in DECK_FILE] == []
    assert [name for name in RELATIONS if f"| `{name}` |" not in DECK_FILE] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in COMMANDS
    assert "\nmake test\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")
