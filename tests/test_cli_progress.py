"""Long work shows how far it has come on a terminal, and nowhere else; Ctrl-C leaves no half of a file and no trace."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.progress import unseen
from tests.conftest import FACTS, HEAD

DECK = HEAD.replace("deck: test", "deck: mine") + FACTS
BAR, CTRL_C = b"[####", b"\x03"
HIDE_CURSOR, SHOW_CURSOR = b"\x1b[?25l", b"\x1b[?25h"
COLUMNS = 70
ROW = {"id": "a", "stem": "Which country borders Spain?", "options": ["Portugal", "Norway", "Poland"], "answer": 0}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.yaml").write_text(DECK, encoding="utf-8")
    (tmp_path / "bank.jsonl").write_text(f"{json.dumps(ROW)}\n" * 2, encoding="utf-8")
    return tmp_path


def on_a_terminal(folder: Path, *arguments: str, until: bytes = b"", term: str = "xterm") -> tuple[int, bytes]:
    """Run a command whose only terminal is its stderr; press Ctrl-C once `until` is seen. Give exit code and stderr."""
    command = [sys.executable, "-m", "quizgen", *arguments]
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        with open(os.devnull, "wb") as nothing:
            os.dup2(nothing.fileno(), 1)
        os.chdir(folder)
        os.execve(sys.executable, command, {**os.environ, "TERM": term, "COLUMNS": str(COLUMNS)})
    seen, pressed = b"", False
    while True:
        try:
            seen += os.read(terminal, 1 << 16)
        except OSError:  # the command has ended
            break
        if until and until in seen and not pressed:
            os.write(terminal, CTRL_C)
            pressed = True
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen


def test_a_terminal_sees_a_bar_for_each_stage_and_then_what_a_pipe_sees(folder: Path) -> None:
    code, seen = on_a_terminal(folder, "export", "mine.yaml", "--to", "json", "-o", "out.jsonl")
    shown = seen.replace(HIDE_CURSOR, b"").replace(SHOW_CURSOR, b"").replace(b"\r\n", b"\n")
    lines = [line.split("\r")[-1] for line in shown.decode().splitlines() if line]
    bars = [line for line in lines if "100%" in line]
    assert code == 0
    assert [line.split("  ")[0] for line in bars] == [
        "Reading decks", "Drafting questions", "Matching answers", "Choosing options", "Writing questions",
    ]  # fmt: skip
    assert all(len(line) <= COLUMNS for line in bars)
    assert lines[-1].startswith("out.jsonl: ")
    assert (folder / "out.jsonl").read_text(encoding="utf-8").startswith("{")


def test_a_pipe_sees_no_bar(folder: Path) -> None:
    command = [sys.executable, "-m", "quizgen", "audit", "bank.jsonl"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=folder, env={**os.environ, "TERM": "xterm"})
    assert done.stderr == b""
    assert b"flaws that rules decide" in done.stdout
    assert BAR not in done.stdout


@pytest.mark.parametrize(("term", "bars"), [("xterm", 1), ("dumb", 0), ("", 0)])
def test_only_a_terminal_that_can_draw_sees_a_bar(folder: Path, term: str, bars: int) -> None:
    _, seen = on_a_terminal(folder, "audit", "bank.jsonl", term=term)
    assert seen.count(b"100%") == bars
    assert bool(seen) == bool(bars)


def test_ctrl_c_leaves_no_half_written_file_no_traceback_and_the_cursor(folder: Path) -> None:
    command = ("export", "mine.yaml", "--to", "anki", "-o", "out.apkg")
    code, seen = on_a_terminal(folder, *command, until=b"Drafting questions")
    assert code == 1
    assert seen.rstrip().endswith(b"Aborted!")
    assert b"Traceback" not in seen
    assert SHOW_CURSOR in seen.rpartition(HIDE_CURSOR)[2]  # after the last time that it was hidden
    assert sorted(path.name for path in folder.iterdir()) == ["bank.jsonl", "mine.yaml"]


def test_ctrl_c_while_the_file_is_written_leaves_the_earlier_one(folder: Path) -> None:
    (folder / "out.apkg").write_bytes(b"earlier")
    command = ("export", "flags", "--to", "anki", "-o", "out.apkg")
    code, seen = on_a_terminal(folder, *command, until=b"Drawing pictures")
    assert (code, b"Traceback" in seen) == (1, False)
    assert {path.name: path.read_bytes() for path in folder.glob("*out*")} == {"out.apkg": b"earlier"}


def test_whoever_shows_nothing_gives_the_steps_as_they_are() -> None:
    assert [*unseen(iter("abc"), "Spelling", 3)] == ["a", "b", "c"]
