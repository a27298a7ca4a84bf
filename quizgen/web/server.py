"""Serving the application on this computer: the granian server, and what its worker process needs to start."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import platformdirs
from flask import Flask

from quizgen.facts import in_language, open_circles
from quizgen.formats import last_change
from quizgen.formats.anki_releases import read_released
from quizgen.paths import DECKS
from quizgen.problems import Problem, QuizgenError
from quizgen.questions import make_questions, only
from quizgen.records import Records, open_database
from quizgen.web import create_app
from quizgen.web.site import Site

ADDRESS = "127.0.0.1"
THREADS = 4
PATIENCE = 5  # seconds; a worker that is told to end while it begins may not hear it
# How the parent process tells the worker what to serve.
SETTINGS = "QUIZGEN_SERVE"
DATABASE_URL = "QUIZGEN_DATABASE_URL"


def default_folder() -> Path:
    """Give the folder where this user's answers are kept."""
    return platformdirs.user_data_path("quizgen")


def prepare(port: int, folder: Path) -> None:
    """Raise QuizgenError when the port is taken, or folder or database cannot be used."""
    _check_port(port)
    make_secret(folder)
    open_database(_database(folder)).dispose()


def run(decks: Sequence[str], *, port: int, folder: Path, as_of: date | None = None, language: str = "") -> None:
    """Serve until stopped, after `prepare`; `as_of` is another day to ask about, `language` another one to ask in."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    os.environ[SETTINGS] = json.dumps(
        {"decks": [*decks], "folder": str(folder.resolve()), "as_of": as_of.isoformat() if as_of else ""}
        | {"language": language}
    )
    Granian(
        "quizgen.web.server:from_environment",
        address=ADDRESS,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,  # SQLite has one writer
        blocking_threads=THREADS,
        workers_kill_timeout=PATIENCE,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


def from_environment() -> Flask:
    """Make the application in a worker process, as `run` has left it in the environment."""
    settings: Mapping[str, object] = json.loads(os.environ[SETTINGS])
    decks, folder = settings["decks"], Path(str(settings["folder"]))
    as_of = date.fromisoformat(str(settings["as_of"])) if settings["as_of"] else None
    names = [str(deck) for deck in decks] if isinstance(decks, list) else []
    return make_app(names, folder, as_of, str(settings["language"]))


def make_app(decks: Sequence[str], folder: Path, as_of: date | None = None, language: str = "") -> Flask:
    """Make the application for some decks, with its answers and its secret in a folder."""
    circles, problems = open_circles(decks, DECKS, as_of=as_of)
    if problems:
        raise QuizgenError(problems)
    # The same company as in an export: what is learnt here and in Anki are the same questions.
    libraries = [(in_language(one.library, language)[0] if language else one.library, one.keys) for one in circles]
    secret = make_secret(folder)
    company = {deck.key: deck for library, _ in libraries for deck in library.decks}
    served = {key for _, keys in libraries for key in keys}
    released = read_released(company.values(), served)
    made = (only(make_questions(library, kept=released.kept)[0], keys) for library, keys in libraries)
    site = Site(
        decks=[deck for key, deck in company.items() if key in served],
        questions=list(chain.from_iterable(made)),
        records=Records(open_database(_database(folder))),
        changed=max(last_change(library) for library, _ in libraries),
        released=released,
        company=list(company.values()),
    )
    return create_app(site, secret=secret)


def make_secret(folder: Path) -> str:
    """Read the secret that signs cookies, made once and readable by its owner alone."""
    file = folder / "secret"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _keep(file, secrets.token_urlsafe(32))
        return file.read_text(encoding="utf-8")
    except OSError as error:
        hint = "choose another folder with --data"
        raise QuizgenError([Problem(str(folder), 0, "cannot be written", hint)]) from error


def _keep(file: Path, text: str) -> None:
    """Write a file that only its owner reads; being ended on the way leaves none, rather than half of one."""
    descriptor, whole = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
    Path(whole).replace(file)


def _database(folder: Path) -> str:
    return os.environ.get(DATABASE_URL) or f"sqlite:///{folder / 'quizgen.sqlite'}"


def _check_port(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError as error:
            hint = "choose another with --port; with make: make run PORT=8001"
            raise QuizgenError([Problem(f"port {port}", 0, "is taken by another program", hint)]) from error
