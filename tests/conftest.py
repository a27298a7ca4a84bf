"""What the tests share: decks from text, the application with its clock and dice, snapshots, and a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from textwrap import dedent

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, sync_playwright

from quizgen.facts import Deck, Library, load_deck
from quizgen.questions import make_questions
from quizgen.records import Records, open_database
from quizgen.web import create_app
from quizgen.web.site import Site
from tests import browser as browsers

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

HEAD = """\
deck: test
title: A test
category: Tests / Small ones
as_of: 2026-11-22
sources:
  book: {title: The book, publisher: A house, retrieved: 2026-11-22}
"""


def make_deck(text: str, name: str = "test.yaml") -> Deck:
    """Read a deck that has no problem; `text` may leave out the head."""
    whole = dedent(text)
    whole = whole if whole.startswith("deck:") else HEAD + whole
    deck, problems = load_deck(whole.encode(), name)
    assert deck is not None, "\n".join(map(str, problems))
    return deck


FACTS = """\
entities:
  pact: {name: Pact, kind: organisation, article: the}
complete:
  - {relation: member_of, object: pact, since: 1950-01-01}
discussion:
  - ask: Is a pact a promise?
facts:
  - {id: aut, subject: AUT, relation: member_of, object: pact, from: 1951-05-01}
  - {id: bel, subject: BEL, relation: member_of, object: pact, from: 1962-05-01}
  - {id: che, subject: CHE, relation: member_of, object: pact, from: 1973-05-01}
  - {id: dnk, subject: DNK, relation: member_of, object: pact, from: 1984-05-01}
  - {id: esp, subject: ESP, relation: member_of, object: pact, from: 1995-05-01}
  - {id: why, ask: Why was the Pact made?, answer: to keep the peace, set: aims, kind: reason, quote: keep the peace}
  - {id: trade, ask: Why did Utopia join?, answer: to sell its grain, set: aims, kind: reason}
  - {id: pride, ask: Why did Arcadia join?, answer: to be seen, set: aims, kind: reason}
  - {id: fear, ask: Why did Ruritania join?, answer: to be safe, set: aims, kind: reason}
"""


@pytest.fixture
def library() -> Library:
    return Library((make_deck(FACTS),))


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    engine = open_database(f"sqlite:///{tmp_path / 'records.sqlite'}")
    yield Records(engine)
    engine.dispose()


@pytest.fixture
def site(library: Library, records: Records) -> Site:
    questions, _ = make_questions(library)
    return Site(library.decks, questions, records, changed=NOW, now=lambda: NOW, dice=Random(7))


@pytest.fixture
def app(site: Site) -> Flask:
    return create_app(site, secret="for tests only")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a page: forms need no token, all the rest is as in life."""
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.fixture
def snapshot(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Hold a text against the one kept under the test's name; `pytest --snapshot-update` keeps the new one."""
    name = request.node.name.replace("[", "-").rstrip("]")
    file = Path(__file__).parent / "snapshots" / f"{request.path.stem}.{name}.txt"

    def check(text: str) -> None:
        if request.config.getoption("--snapshot-update"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert file.is_file(), f"no snapshot {file.name}: run pytest --snapshot-update"
        assert text == file.read_text(encoding="utf-8")

    return check


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--snapshot-update", action="store_true", help="keep what the tests see as the new snapshots")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real headless browser. In CI its absence is a failure, never a skip."""
    path = browsers.find()
    if path is None:
        (pytest.fail if "CI" in os.environ else pytest.skip)("no browser: python -m tests.browser installs one")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(browsers.ARGUMENTS))
        yield running
        running.close()
