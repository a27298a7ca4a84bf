"""Imports run only left to right through the rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import quizgen

ROOMS = "paths|problems|progress < world < articles < facts < questions < quizzes < study|formats < records < web < cli"
RANK = {room.strip(): rank for rank, level in enumerate(ROOMS.split("<")) for room in level.split("|")}
PACKAGE = Path(quizgen.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py") if parts else ""


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide the room"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def wrong_imports(file: Path, source: str) -> list[str]:
    own = room_of(file.relative_to(PACKAGE).parts)
    rooms = (room_of(tuple(name.split(".")[1:])) for name in imported(ast.parse(source)) if name.startswith("quizgen."))
    return [room for room in rooms if room in RANK and own in RANK and room != own and RANK[room] >= RANK[own]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_room_imports_only_rooms_to_its_left(file: Path) -> None:
    assert wrong_imports(file, file.read_text(encoding="utf-8")) == []


def test_every_room_has_a_place_in_the_order() -> None:
    entries = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    assert entries - {"__init__", "__main__"} <= set(RANK)


def test_the_order_in_the_front_file_is_the_one_held_here() -> None:
    assert ROOMS in (quizgen.__doc__ or "")


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("facts/load.py", "from quizgen.web import create_app"),
        ("questions/model.py", "from quizgen.quizzes import Quiz"),
        ("formats/anki.py", "import quizgen.study.schedule"),
        ("problems.py", "from quizgen.paths import DECKS"),
    ],
)
def test_an_import_against_the_order_is_found(file: str, line: str) -> None:
    assert wrong_imports(PACKAGE / file, line)
