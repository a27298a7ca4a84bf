"""The wheel is whole: installed where nothing else is, it works from any folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import environment, fetch, started

ROOT = Path(__file__).parent.parent
SHIPPED = {
    "decks": "quizgen/decks",
    "templates": "quizgen/templates",
    "quizgen": "quizgen",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder), cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def run(*command: str, cwd: Path) -> str:
    """Run a command to its end; give what it prints, and fail with what it says."""
    outside = {name: value for name, value in environment().items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=cwd, env=outside, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files(folder: str) -> Iterator[str]:
    """Every file of the checkout that belongs into the wheel, by its name there."""
    for path in sorted((ROOT / folder).rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{SHIPPED[folder]}/{path.relative_to(ROOT / folder).as_posix()}"


@pytest.mark.parametrize("folder", SHIPPED)
def test_the_wheel_holds_every_file(names: set[str], folder: str) -> None:
    expected = list(files(folder))
    assert len(expected) >= 3
    assert [name for name in expected if name not in names] == []


@pytest.mark.parametrize(
    "name",
    [
        "quizgen/decks/russia-syria-bases.yaml",
        "quizgen/records/migrations/env.py",
        "quizgen/records/migrations/script.py.mako",
        "quizgen/records/migrations/versions/0001_attempts.py",
        "quizgen/templates/anki/choose.front.html",
        "quizgen/templates/questions/en.yaml",
        "quizgen/templates/web/question.html",
        "quizgen/web/static/keys.js",
        "quizgen/web/static/style.css",
        "quizgen/world/data/countries.csv",
        "quizgen/world/maps/data/countries-50m.json.gz",
        "quizgen/templates/maps/style.yaml",
    ],
)
def test_the_wheel_holds_what_the_code_reads(names: set[str], name: str) -> None:
    assert name in names


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    expected = {name for folder in SHIPPED for name in files(folder)}
    others = {name for name in names - expected if not re.match(r"quizgen-[^/]+\.dist-info/", name)}
    assert others == set()
    assert [name for name in names if "tests" in name.split("/")] == []


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with nothing but the wheel and what it asks for; gives the folder of its programs."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", str(folder), cwd=folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    constraints = str(ROOT / "constraints.txt")
    run(str(programs / "python"), "-m", "pip", "install", "--quiet", "-c", constraints, str(wheel), cwd=folder)
    return programs


def test_an_installed_quizgen_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    quizgen = str(installed / "quizgen")
    where = run(str(installed / "python"), "-c", "import quizgen; print(quizgen.__file__)", cwd=tmp_path)
    assert where.startswith(str(installed.parent))
    assert re.fullmatch(r"\d+ decks, \d+ facts, \d+ questions: no problems\n", run(quizgen, "check", cwd=tmp_path))
    run(quizgen, "export", "nato", "--to", "anki", "-o", "nato.apkg", cwd=tmp_path)
    assert zipfile.ZipFile(tmp_path / "nato.apkg").testzip() is None
    with started(tmp_path / "data", program=[quizgen], cwd=tmp_path) as server:
        status, page = fetch(server.port, "/")
        assert (status, b"bases in Syria" in page) == (200, True)
        for asset in ("style.css", "keys.js", "icon.svg"):
            status, body = fetch(server.port, f"/static/{asset}")
            assert (status, body) == (200, (ROOT / "quizgen/web/static" / asset).read_bytes())
