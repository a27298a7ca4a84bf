"""What the tests of the web need: pages read as a browser reads them, and a learner who answers."""

from __future__ import annotations

from datetime import datetime
from html.parser import HTMLParser
from random import Random
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from quizgen.facts import Deck, Library
from quizgen.formats.anki_releases import read_released
from quizgen.questions import make_questions
from quizgen.quizzes import Choice, Item
from quizgen.records import Attempt, Records
from quizgen.web import create_app
from quizgen.web.site import Site
from tests.conftest import NOW, make_deck

FILES = ("style.css", "keys.js", "icon.svg", "workbench.css", "workbench.js")
FETCHED = (("link", "href"), ("script", "src"), ("img", "src"))


class Page(HTMLParser):
    """A page's words, and its elements with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.text = html, ""
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, attribute: str, **where: str) -> list[str]:
        """Give an attribute of every element of a kind that has it, and has others as asked."""
        return [
            attributes[attribute]
            for name, attributes in self.elements
            if name == tag and attribute in attributes and where.items() <= attributes.items()
        ]

    def assets(self) -> set[str]:
        """Give the addresses that a browser fetches with the page."""
        return {address for tag, attribute in FETCHED for address in self.all(tag, attribute)}

    def token(self) -> str:
        """Give the token of its forms."""
        (token,) = set(self.all("input", "value", name="csrf_token"))
        return token


def read(client: FlaskClient, path: str, status: int = 200) -> Page:
    """Open a page."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status)
    return Page(response.text)


def place(response: TestResponse) -> str:
    """Give the path that a redirect leads to."""
    assert response.status_code in (302, 303), response.status
    return urlsplit(response.location).path


def begin(client: FlaskClient, count: int = 5, **form: str) -> str:
    """Start a quiz, in the order of the deck unless asked otherwise; give its key."""
    path = place(client.post("/attempts", data={"count": str(count), "order": "deck"} | form))
    _, attempts, key, position = path.split("/")
    assert (attempts, position) == ("attempts", "1")
    return key


def answer(client: FlaskClient, key: str, position: int, choice: int | str) -> TestResponse:
    """Send an answer."""
    return client.post(f"/attempts/{key}/{position}", data={"choice": choice})


def attempt_of(site: Site, key: str) -> Attempt:
    """Look an attempt up behind the pages."""
    found = site.records.attempt(key)
    assert found is not None
    return found


def item_of(site: Site, key: str, position: int) -> Item:
    """Look a question up behind the pages."""
    return attempt_of(site, key).items[position - 1]


def number_of(item: Item, *, right: bool) -> int:
    """Give the place of the right option, or of the first wrong one."""
    return next(number for number, choice in enumerate(item.choices) if choice.is_right is right)


def take(client: FlaskClient, site: Site, key: str, wrong: frozenset[int] = frozenset()) -> list[Choice]:
    """Answer all questions, those in the given places wrong; give what was chosen."""
    chosen = []
    for position, item in enumerate(attempt_of(site, key).items, start=1):
        number = number_of(item, right=position not in wrong)
        chosen.append(item.choices[number])
        assert place(answer(client, key, position, number)) == f"/attempts/{key}/{position}"
    return chosen


def make_site(records: Records, *texts: str, now: datetime = NOW) -> Site:
    """Make a site of decks given as text, on some day."""
    names = (text.split()[1] if text.startswith("deck:") else "test" for text in texts)
    return site_of(
        records, *(make_deck(text, f"{name}.yaml") for text, name in zip(texts, names, strict=True)), now=now
    )


def site_of(records: Records, *decks: Deck, now: datetime = NOW) -> Site:
    """Make a site of decks, on some day."""
    released = read_released(decks)
    questions, _ = make_questions(Library(decks), kept=released.kept)
    return Site(decks, questions, records, changed=NOW, now=lambda: now, dice=Random(7), released=released)


def client_of(site: Site) -> FlaskClient:
    """Open a site in a browser whose forms need no token."""
    app = create_app(site, secret="for tests only")
    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


def begin_draft(client: FlaskClient, article: str = "Malta joined the European Union in 2004.", **form: str) -> str:
    """Paste an article on the workbench; give the key of its draft."""
    path = place(client.post("/workbench", data={"article": article} | form))
    return path.removeprefix("/workbench/")


def addresses(app: Flask, attempt: str, positions: int, draft: str = "none") -> set[str]:
    """Give every address that a browser can open: each route, for a deck `test`, an attempt and its places, a draft."""
    urls = app.url_map.bind("localhost")
    found = set()
    for rule in app.url_map.iter_rules():
        assert rule.arguments <= {"key", "position", "filename"}, f"say here what to put into {rule}"
        if "GET" in (rule.methods or ()):
            key = {"quiz": attempt, "workbench": draft}.get(rule.endpoint.partition(".")[0], "test")
            files = (FILES[place % len(FILES)] for place in range(positions + 2))
            values = [{"key": key, "position": place, "filename": file} for place, file in enumerate(files)]
            found |= {urls.build(rule.endpoint, {name: each[name] for name in rule.arguments}) for each in values}
    return found
