"""After a quiz: the result, the mistakes again, the quiz of yesterday, and the deck for Anki."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizgen.formats.anki import next_ledger, plain_name
from quizgen.formats.anki_ledger_file import ledger_text
from quizgen.formats.anki_releases import ledger_file
from quizgen.records import Records
from quizgen.web.site import Site
from tests.anki_support import new_learner
from tests.web_support import answer, attempt_of, begin, client_of, make_site, place, read, take

EVERY = frozenset(range(1, 11))
DUE = datetime(2026, 12, 2, tzinfo=UTC)
STALE = """\
facts:
  - {id: old, ask: What was?, answer: the past, distractors: [a, b, c], review_by: 2026-12-01}
  - {id: due, ask: What is?, answer: the present, distractors: [a, b, c], review_by: 2026-12-02}
"""


class TestResult:
    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            (frozenset[int](), "5 of 5 right All right."),
            (frozenset({2}), "4 of 5 right Well done."),
            (frozenset({1, 2, 5}), "2 of 5 right Here is what to look at again, with the reasons."),
        ],
    )
    def test_it_tells_the_score(self, client: FlaskClient, site: Site, wrong: frozenset[int], words: str) -> None:
        key = begin(client)
        take(client, site, key, wrong)
        assert words in read(client, f"/attempts/{key}/result").text

    def test_it_shows_every_mistake_with_its_reason_and_nothing_else(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        chosen = take(client, site, key, frozenset({2, 4}))
        text = read(client, f"/attempts/{key}/result").text
        for position, item in enumerate(attempt_of(site, key).items, start=1):
            given = chosen[position - 1]
            reviewed = f"{position}. {item.stem} ✗ You {given.text} {given.why_wrong} ✓ Right {item.answer.text}"
            assert (f"{reviewed} {item.explanation}" in text) is (position in (2, 4))

    def test_many_mistakes_take_several_pages(self, client: FlaskClient, site: Site) -> None:
        key = begin(client, 10)
        take(client, site, key, EVERY)
        first, second, third = (read(client, f"/attempts/{key}/result?page={page}") for page in (1, 2, 3))
        assert [page.html.count('<article class="mistake">') for page in (first, second, third)] == [4, 4, 2]
        assert first.all("a", "href", **{"class": "button"}).count("?page=2") == 1
        assert third.all("a", "href", **{"class": "button"}).count("?page=2") == 1

    @pytest.mark.parametrize(("page", "shown"), [("", 1), ("0", 1), ("-1", 1), ("abc", 1), ("2", 2), ("99", 3)])
    def test_any_page_is_one_that_is_there(self, client: FlaskClient, site: Site, page: str, shown: int) -> None:
        key = begin(client, 10)
        take(client, site, key, EVERY)
        assert f"10 mistakes, page {shown} of 3" in read(client, f"/attempts/{key}/result?page={page}").text

    def test_it_offers_the_decks_and_the_questions_to_discuss(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        take(client, site, key)
        page = read(client, f"/attempts/{key}/result")
        assert "/decks/test.apkg" in page.all("a", "href")
        assert "Is a pact a promise?" in page.text

    @pytest.mark.parametrize("position", range(1, 6))
    def test_a_question_that_is_looked_at_again_leads_back_to_it(
        self, client: FlaskClient, site: Site, position: int
    ) -> None:
        key = begin(client)
        take(client, site, key)
        page = read(client, f"/attempts/{key}/{position}")
        assert "See the result" in page.text
        (link,) = page.all("a", "href", id="next")
        assert place(client.get(link)) == f"/attempts/{key}/result"


class TestRetry:
    def test_only_the_mistakes_are_asked_again(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        take(client, site, key, frozenset({2, 4}))
        assert "Retry 2 mistakes" in read(client, f"/attempts/{key}/result").text
        again = place(client.post(f"/attempts/{key}/retry")).split("/")[2]
        before, after = (attempt_of(site, name).items for name in (key, again))
        assert {item.question for item in after} == {before[1].question, before[3].question}
        assert len(after) == 2
        assert attempt_of(site, again).answers == (None, None)

    def test_without_mistakes_there_is_nothing_to_retry(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        take(client, site, key)
        page = read(client, f"/attempts/{key}/result")
        assert "Retry" not in page.text
        assert page.all("form", "action") == []
        assert place(client.post(f"/attempts/{key}/retry")) == f"/attempts/{key}"


class TestComingBack:
    def test_the_same_browser_finds_its_quiz_in_the_library(self, app: Flask, client: FlaskClient) -> None:
        key = begin(client)
        answer(client, key, 1, 0)
        cookie = client.get_cookie("quizgen")
        assert cookie is not None
        assert cookie.expires is not None  # else it would go when the browser is closed
        later = app.test_client()
        later.set_cookie("quizgen", cookie.value)
        page = read(later, "/")
        assert "Go on: 1 of 5 answered" in page.text
        assert f"/attempts/{key}" in page.all("a", "href")

    def test_a_finished_one_shows_its_result_there(self, client: FlaskClient, site: Site) -> None:
        take(client, site, begin(client), frozenset({1}))
        assert "Result: 4 of 5 right" in read(client, "/").text

    def test_another_browser_does_not(self, app: Flask, client: FlaskClient) -> None:
        key = begin(client)
        page = read(app.test_client(), "/")
        assert "Your quizzes" not in page.text
        assert key not in page.html

    def test_the_address_alone_goes_on_where_it_was_left(self, app: Flask, client: FlaskClient) -> None:
        key = begin(client)
        answer(client, key, 1, 0)
        elsewhere = app.test_client()
        assert place(elsewhere.get(f"/attempts/{key}")) == f"/attempts/{key}/2"
        assert place(answer(elsewhere, key, 2, 0)) == f"/attempts/{key}/2"
        assert "Question 3 of 5" in elsewhere.get(f"/attempts/{key}", follow_redirects=True).text

    def test_its_cookie_is_as_good_after_a_restart(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        answer(client, key, 1, 0)
        restarted = client_of(site)
        cookie = client.get_cookie("quizgen")
        assert cookie is not None
        restarted.set_cookie("quizgen", cookie.value)
        assert "Go on: 1 of 5 answered" in read(restarted, "/").text
        assert place(answer(restarted, key, 2, 0)) == f"/attempts/{key}/2"


class TestStale:
    def test_only_what_is_not_due_for_review_is_asked(self, records: Records) -> None:
        site = make_site(records, STALE, now=DUE)
        client = client_of(site)
        assert [item.stem for item in attempt_of(site, begin(client)).items] == ["What is?"]
        assert "1 question from 2 facts" in read(client, "/decks/test").text

    def test_a_deck_that_is_stale_as_a_whole_cannot_be_chosen(self, records: Records) -> None:
        client = client_of(make_site(records, STALE, now=DUE + timedelta(days=1)))
        assert read(client, "/").all("input", "disabled", name="deck") == [""]
        response = client.post("/attempts", data={"deck": "test"})
        assert response.status_code == 422
        assert "no question that can be asked today" in response.text


class TestDownload:
    def test_it_is_the_deck_for_anki(self, client: FlaskClient, site: Site, tmp_path: Path) -> None:
        response = client.get("/decks/test.apkg")
        assert response.headers["Content-Disposition"] == "attachment; filename=test-2026-11-22.apkg"
        assert zipfile.ZipFile(io.BytesIO(response.data)).testzip() is None
        with new_learner(tmp_path) as learner:
            assert learner.take(response.data) == {"new": len(site.questions)}

    def test_it_is_the_same_each_time(self, client: FlaskClient) -> None:
        assert client.get("/decks/test.apkg").data == client.get("/decks/test.apkg").data

    def test_what_is_stale_says_so(self, records: Records, tmp_path: Path) -> None:
        response = client_of(make_site(records, STALE, now=DUE)).get("/decks/test.apkg")
        with new_learner(tmp_path) as learner:
            assert learner.take(response.data) == {"new": 2}
            (note,) = [learner.col.get_note(id_) for id_ in learner.col.find_notes("tag:quizgen::stale")]
            assert "to be checked again" in note["Caution"]

    def test_what_is_stale_is_not_called_retired(self, records: Records, tmp_path: Path) -> None:
        site = make_site(records, STALE, now=DUE)
        (deck,) = site.decks
        file = tmp_path / "test.yaml"
        site = replace(site, decks=[replace(deck, file=str(file))])
        ledger, _ = next_ledger(deck, site.questions, plain_name(deck), 1_790_000_000, None)
        ledger_file(site.decks[0]).write_text(ledger_text(ledger), encoding="utf-8")
        with new_learner(tmp_path) as learner:
            assert learner.take(client_of(site).get("/decks/test.apkg").data) == {"new": 2}
            assert list(learner.col.find_notes("tag:quizgen::retired")) == []
