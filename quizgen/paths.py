"""Where the files that ship beside the code lie: inside the package in a wheel, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    for folder in (PACKAGE / name, PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    message = f"quizgen is not installed whole: the folder '{name}' is missing beside {PACKAGE}"
    raise FileNotFoundError(message)


TEMPLATES = _shipped("templates")
DECKS = _shipped("decks")
