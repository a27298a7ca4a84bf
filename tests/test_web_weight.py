"""The shipped library is light: 14 KB a page, 30 KB and 5 requests for a first visit beside pictures, all from here."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from random import Random

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizgen.formats.anki_ledger import Content, Ledger, Line, Released
from quizgen.quizzes import MAX_QUESTIONS, Item, Quiz, compose
from quizgen.web.anki import CHANGES_A_PAGE
from quizgen.web.library import SOURCES_A_PAGE
from quizgen.web.server import make_app
from quizgen.web.site import Site
from tests.conftest import NOW
from tests.web_support import Page, answer, begin, read, take

PAGE = 14_000
VISIT = 30_000
REQUESTS = 5
PICTURE = 30_000  # packed; only questions about flags and maps have one
EVERY = frozenset(range(1, MAX_QUESTIONS + 1))
RESULT_PAGES = 13  # fifty mistakes, four a page


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The product as it ships, on the day of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("QUIZGEN_DATABASE_URL", raising=False)
        app = make_app([], tmp_path_factory.mktemp("data"))
    app.config["WTF_CSRF_ENABLED"] = False
    site: Site = app.extensions["quizgen"]
    app.extensions["quizgen"] = replace(site, now=lambda: NOW, dice=Random(7))
    yield app
    site.records.engine.dispose()


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    found: Site = app.extensions["quizgen"]
    return found


@pytest.fixture(scope="module")
def heaviest(site: Site) -> Quiz:
    """The quiz with the most to say: the longest question of each deck, and then the longest of all."""
    items = sorted(items_of(site), key=lambda item: len(json.dumps(asdict(item))), reverse=True)
    of_decks = [next(item for item in items if item.deck == deck.key) for deck in site.decks]
    return Quiz((*of_decks, *(item for item in items if item not in of_decks))[:MAX_QUESTIONS])


def items_of(site: Site) -> Iterator[Item]:
    """Every question of the library, as it is asked."""
    questions = site.questions
    for first in range(0, len(questions), MAX_QUESTIONS):
        yield from compose(questions[first : first + MAX_QUESTIONS], MAX_QUESTIONS, Random(1)).items


def every_page(client: FlaskClient, site: Site, quiz: Quiz) -> Iterator[tuple[str, str]]:
    """Every page that a learner comes by who answers all questions of a quiz wrong."""
    key = f"heaviest-{len(quiz.items)}"
    site.records.start(quiz, key=key, learner="ana", now=NOW)
    paths = ["/", "/about", "/anki", "/anki/changes", "/nowhere", *(f"/decks/{deck.key}" for deck in site.decks)]
    paths += [f"/decks/{deck.key}?page=2" for deck in site.decks if len(deck.sources) > SOURCES_A_PAGE]
    for position in range(1, len(quiz.items) + 1):
        path = f"/attempts/{key}/{position}"
        yield f"{path} asked", client.get(path).text
        yield f"{path} missing", answer(client, key, position, "x").text
        answer(client, key, position, longest_mistake(quiz.items[position - 1]))
        paths.append(path)
    results = [f"/attempts/{key}/result?page={page}" for page in range(1, RESULT_PAGES + 1)]
    for path in (*paths, *results):
        yield path, client.get(path).text


def longest_mistake(item: Item) -> int:
    lengths = [-1 if choice.is_right else len(choice.text + choice.why_wrong) for choice in item.choices]
    return lengths.index(max(lengths))


def test_every_page_fits_into_the_first_round_trip(app: Flask, site: Site, heaviest: Quiz) -> None:
    weights = {path: len(html.encode()) for path, html in every_page(app.test_client(), site, heaviest)}
    more = sum(len(deck.sources) > SOURCES_A_PAGE for deck in site.decks)
    assert len(weights) == 3 * MAX_QUESTIONS + 5 + len(site.decks) + more + RESULT_PAGES
    assert {path: weight for path, weight in weights.items() if weight > PAGE} == {}


def test_the_longest_changes_fit_into_it_too(app: Flask, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    day, ledgers = date(2026, 11, 22), {}
    for deck in site.decks:
        content = Content("test", "0" * 16, "Why was that? " * 99, "Because of it " * 99)
        lines = {"test": Line(content, 10**9 + len(deck.key) * 10**7, day, "it was taken out " * 99)}
        ledgers[deck.key] = Ledger(deck.key, "quizgen", "", lines)
    monkeypatch.setitem(app.extensions, "quizgen", replace(site, released=Released(ledgers)))
    page = read(app.test_client(), "/anki/changes?since=2000-01-01")
    assert page.html.count("<li>") == CHANGES_A_PAGE
    assert PAGE * 0.8 < len(page.html.encode()) <= PAGE


def test_a_first_visit_is_light_wherever_it_begins(app: Flask, site: Site, heaviest: Quiz) -> None:
    client = app.test_client()
    quiz = Quiz(heaviest.items[: len(site.decks) + 9])
    for path, html in every_page(client, site, quiz):
        everything = Page(html).assets()
        assets = {asset for asset in everything if not asset.endswith("/picture.svg")}
        for picture in everything - assets:
            sent = client.get(picture, headers={"Accept-Encoding": "gzip"})
            assert sent.status_code == 200
            assert len(sent.data) <= PICTURE, picture
        weight = len(html.encode()) + sum(len(client.get(asset, buffered=True).data) for asset in assets)
        assert weight <= VISIT, path
        assert 1 + len(assets) <= REQUESTS, path


def test_pages_and_assets_fetch_nothing_from_another_host(app: Flask, site: Site) -> None:
    client = app.test_client()
    assets = Page(client.get("/").text).assets() | read(client, f"/attempts/{begin(client)}/1").assets()
    assert assets == {"/static/style.css", "/static/icon.svg", "/static/keys.js"}
    for asset in assets:
        response = client.get(asset, buffered=True)
        assert response.status_code == 200
        text = response.text.replace("http://www.w3.org/2000/svg", "")  # a name, which nobody fetches
        assert [word for word in ("://", "//", "@import", "url(") if word in text.replace("// ", "")] == []


def test_a_quiz_of_fifty_that_goes_wrong_is_reviewed_page_by_page(app: Flask, site: Site) -> None:
    client = app.test_client()
    key = begin(client, 10**9, order="shuffled")
    chosen = take(client, site, key, EVERY)
    assert len(chosen) == MAX_QUESTIONS
    pages = [read(client, f"/attempts/{key}/result?page={page}") for page in range(1, RESULT_PAGES + 1)]
    assert sum(page.html.count('<article class="mistake">') for page in pages) == MAX_QUESTIONS
    assert max(len(page.html.encode()) for page in pages) <= PAGE
