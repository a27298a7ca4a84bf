"""A learner takes a quiz, without a real browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizgen.records import Records
from quizgen.web.site import Site
from tests.conftest import HEAD
from tests.web_support import answer, attempt_of, begin, client_of, item_of, make_site, number_of, place, read, take

PLACES = (("a", "Law"), ("b", "Law"), ("c", "Art"))


def make_text(key: str, category: str = "Tests") -> str:
    """Write a deck of sixty questions."""
    facts = (
        f"  - {{id: f-{number}, ask: How old is {key} {number}?, answer: {key} n{number}, distractors: [a, b, c]}}"
        for number in range(60)
    )
    head = HEAD.replace("deck: test", f"deck: {key}").replace("Tests", category)
    return head + "facts:\n" + "\n".join(facts)


def broken_clock() -> datetime:
    raise ZeroDivisionError("the clock")


class TestLibrary:
    @pytest.mark.parametrize("words", ["Tests", "A test", "COUNT questions", "as of 22 November 2026"])
    def test_it_tells_of_every_deck(self, client: FlaskClient, site: Site, words: str) -> None:
        assert words.replace("COUNT", str(len(site.questions))) in read(client, "/").text

    def test_decks_stand_under_their_category(self, records: Records) -> None:
        page = read(client_of(make_site(records, *(make_text(key, category) for key, category in PLACES))), "/")
        assert page.all("input", "value", name="deck") == ["c", "a", "b"]
        assert page.html.count("<legend>") == 2

    @pytest.mark.parametrize("words", ["Tests / Small", "COUNT questions from 9 facts", "The book, A", "promise?"])
    def test_a_deck_has_a_page(self, client: FlaskClient, site: Site, words: str) -> None:
        assert words.replace("COUNT", str(len(site.questions))) in read(client, "/decks/test").text

    def test_a_page_tells_what_is_kept(self, client: FlaskClient) -> None:
        assert "Your answers, on this computer only" in read(client, "/about").text


class TestQuiz:
    def test_it_goes_from_question_to_question_to_the_result(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        path = f"/attempts/{key}/1"
        for position in range(1, 6):
            asked = read(client, path)
            item = item_of(site, key, position)
            assert f"Question {position} of 5" in asked.text
            assert item.stem in asked.text
            assert all(choice.text in asked.text for choice in item.choices)
            told = read(client, place(answer(client, key, position, number_of(item, right=True))))
            assert f"{position} of {position} right" in told.text
            path = place(client.get(told.all("a", "href", id="next")[0]))
        assert path == f"/attempts/{key}/result"
        assert "5 of 5 right" in read(client, path).text

    def test_in_the_order_of_the_deck_the_facts_stand_as_written(self, client: FlaskClient, site: Site) -> None:
        asked = [item.question for item in attempt_of(site, begin(client, 10)).items]
        assert len(asked) == 10
        assert asked == [question.id for question in site.questions if question.id in asked]

    def test_shuffled_they_do_not(self, client: FlaskClient, site: Site) -> None:
        asked = [item.question for item in attempt_of(site, begin(client, 10, order="shuffled")).items]
        assert len(asked) == 10
        assert asked != [question.id for question in site.questions if question.id in asked]

    def test_only_the_chosen_decks_are_asked(self, records: Records) -> None:
        site = make_site(records, make_text("test"), make_text("other"))
        key = begin(client_of(site), 50, deck="other")
        assert {item.deck for item in attempt_of(site, key).items} == {"other"}

    @pytest.mark.parametrize(
        ("count", "asked"),
        [("5", 5), ("abc", 10), ("", 10), ("-5", 1), ("0", 1), ("1000000000", 50), ("9" * 5000, 10), ("1.5", 10)],
    )
    def test_any_count_gives_a_quiz(self, records: Records, count: str, asked: int) -> None:
        site = make_site(records, make_text("test"))
        response = client_of(site).post("/attempts", data={"count": count})
        assert len(attempt_of(site, place(response).split("/")[2]).items) == asked


class TestAnswers:
    def test_a_right_one_is_told_in_words(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        answer(client, key, 1, number_of(item_of(site, key, 1), right=True))
        text = read(client, f"/attempts/{key}/1").text
        assert "✓ Right" in text
        assert "✓ your answer, right" in text
        assert "Wrong" not in text

    def test_a_wrong_one_is_told_in_words_with_the_right_one(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        item = item_of(site, key, 1)
        answer(client, key, 1, number_of(item, right=False))
        text = read(client, f"/attempts/{key}/1").text
        assert "✗ Wrong" in text
        assert f"The right answer is {item.answer.text}." in text
        assert f"{item.choices[number_of(item, right=False)].text} ✗ your answer" in text
        assert f"{item.answer.text} ✓ right answer" in text

    @pytest.mark.parametrize("right", [True, False])
    def test_every_option_tells_why_it_is_wrong_and_the_fact_where_it_is_from(
        self, client: FlaskClient, site: Site, right: bool
    ) -> None:
        key = begin(client, 50)
        take(client, site, key, wrong=frozenset() if right else frozenset(range(1, 51)))
        for position, item in enumerate(attempt_of(site, key).items, start=1):
            text = read(client, f"/attempts/{key}/{position}").text
            reasons = [choice.why_wrong for choice in item.choices if not choice.is_right]
            assert all(reasons)
            assert all(reason in text for reason in reasons if reasons.count(reason) == 1)
            given = attempt_of(site, key).answers[position - 1]
            assert given
            assert given.is_right or text.count(given.why_wrong) == 1
            assert item.explanation in text
            assert "Source: A house, “The book”, read on 22 November 2026. Facts as of 22 November 2026." in text
        quoted = next(n for n, item in enumerate(attempt_of(site, key).items, start=1) if item.quote)
        assert "“keep the peace”" in read(client, f"/attempts/{key}/{quoted}").text

    def test_the_first_one_counts(self, client: FlaskClient, site: Site) -> None:
        key = begin(client)
        item = item_of(site, key, 1)
        for right in (False, True, True):
            assert place(answer(client, key, 1, number_of(item, right=right))) == f"/attempts/{key}/1"
        assert "✗ Wrong" in read(client, f"/attempts/{key}/1").text
        assert attempt_of(site, key).answers[0] == item.choices[number_of(item, right=False)]

    @pytest.mark.parametrize("choice", ["99", "-1", "4", "x", "", "1.5", "²", "9" * 5000, None])
    def test_no_choice_is_asked_for_again(self, client: FlaskClient, site: Site, choice: str | None) -> None:
        key = begin(client)
        response = client.post(f"/attempts/{key}/1", data={} if choice is None else {"choice": choice})
        assert response.status_code == 422
        assert "Choose an answer first." in response.text
        assert attempt_of(site, key).answers[0] is None

    @pytest.mark.parametrize("ahead", ["", "/4", "/5", "/result", "/result?page=2"])
    def test_looking_ahead_leads_back_to_the_next_question(self, client: FlaskClient, ahead: str) -> None:
        key = begin(client)
        answer(client, key, 1, 0)
        answer(client, key, 2, 0)
        response = client.get(f"/attempts/{key}{ahead}", follow_redirects=True)
        assert response.request.path == f"/attempts/{key}/3"

    def test_looking_back_at_one_leads_on_again(self, client: FlaskClient) -> None:
        key = begin(client)
        answer(client, key, 1, 0)
        answer(client, key, 2, 0)
        for position, following in ((1, f"/attempts/{key}/2"), (2, f"/attempts/{key}")):
            page = read(client, f"/attempts/{key}/{position}")
            assert page.all("a", "href", id="next") == [following]
            assert "Next question" in page.text


class TestWrongAddresses:
    @pytest.mark.parametrize(
        "path",
        [
            *("/nowhere", "/decks/none", "/decks/none.apkg", "/decks/%00.apkg", "/decks/..%2f..%2fsecret", "/static/x"),
            *("/attempts/none", "/attempts/none/1", "/attempts/none/result", "/attempts/%ff/1", "/attempts/KEY/0"),
            *("/attempts/KEY/6", "/attempts/KEY/-1", "/attempts/KEY/x", f"/attempts/KEY/{'9' * 5000}"),
        ],
    )
    def test_they_are_not_found(self, client: FlaskClient, path: str) -> None:
        page = read(client, path.replace("KEY", begin(client)), 404)
        assert "Not found" in page.text
        assert page.all("a", "href", **{"class": "button primary"}) == ["/"]

    @pytest.mark.parametrize(
        ("path", "data", "status"),
        [
            ("/attempts", {"deck": "none"}, 422),
            ("/attempts", {"deck": "x" * 100_000}, 413),
            ("/attempts/none/1", {"choice": "0"}, 404),
            ("/attempts/none/retry", {}, 404),
            ("/attempts/KEY/6", {"choice": "0"}, 404),
            ("/attempts/KEY/0", {"choice": "0"}, 404),
            ("/attempts/KEY/result", {}, 405),
            ("/", {}, 405),
        ],
    )
    def test_wrong_posts_are_told_so(self, client: FlaskClient, path: str, data: dict[str, str], status: int) -> None:
        response = client.post(path.replace("KEY", begin(client)), data=data)
        assert response.status_code == status
        assert "To the library" in response.text

    def test_a_fault_of_our_own_is_no_traceback(self, app: Flask, client: FlaskClient, site: Site) -> None:
        app.config["PROPAGATE_EXCEPTIONS"] = False
        app.extensions["quizgen"] = replace(site, now=broken_clock)
        page = read(client, "/", 500)
        assert "Your answers are kept" in page.text
        assert "ZeroDivisionError" not in page.html
