"""The learner's pages about Anki: what they tell, and what changed since a file."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from quizgen.cli import main
from quizgen.formats.anki_ledger import Content, Ledger, Line
from quizgen.formats.anki_ledger_file import ledger_text, parse_ledger
from quizgen.formats.anki_releases import ledger_file
from quizgen.records import Records
from tests.anki_support import new_learner
from tests.web_anki_support import FIRST, SECOND, THIRD, deck_in, release, shelf_in, text_of
from tests.web_support import client_of, read, site_of

ENTRY = re.compile(r'<h3>(.*?)</h3>|<span class="asked"[^>]*>(.*?) <strong>(.*?)</strong>')
WRONG_DAYS = ("soon", "2026-13-01", "2026-02-30", "20261101", "2026-11-01x", "٢٠٢٦-١١-٠١", "0000-01-01", "9" * 5000)


@pytest.fixture
def released(tmp_path: Path, records: Records) -> FlaskClient:
    """A deck that was released three times, and a browser."""
    for day, stems in (("2026-10-01", FIRST), ("2026-11-01", SECOND), ("2026-11-20", THIRD)):
        release(day, deck_in(tmp_path, "test", stems))
    return client_of(site_of(records, deck_in(tmp_path, "test", THIRD)))


@pytest.fixture
def shelf(tmp_path: Path, records: Records) -> FlaskClient:
    return shelf_in(tmp_path, records)


def told(client: FlaskClient, since: str) -> dict[str, list[str]]:
    """What a page says that changed since a day: stems by heading."""
    found: dict[str, list[str]] = {}
    for heading, stem, answer in ENTRY.findall(read(client, f"/anki/changes?since={since}").html):
        if heading:
            found[heading] = []
        else:
            assert answer.endswith(" answer")
            found[list(found)[-1]].append(stem)
    return found


class TestGuide:
    @pytest.mark.parametrize(
        "words",
        [
            *("File > Import", "AnkiDroid", "AnkiMobile", "import it over the old one", "Your schedule", "we correct"),
            *("A note that you deleted: it comes back. Suspend", "tag:quizgen::retired", "moved, suspended, buried"),
        ],
    )
    def test_it_tells_how_to_import_and_update_and_what_is_safe(self, client: FlaskClient, words: str) -> None:
        assert words in read(client, "/anki").text

    @pytest.mark.parametrize("path", ["/", "/decks/test"])
    def test_decks_lead_to_it(self, client: FlaskClient, path: str) -> None:
        links = [link for link in read(client, path).all("a", "href") if link.split("?")[0] == "/anki"]
        assert links
        assert all(read(client, link).text.count("Keep it, with Anki") for link in links)

    def test_for_a_deck_it_offers_that_deck(self, shelf: FlaskClient) -> None:
        page = read(shelf, "/anki?deck=b")
        assert "This deck: Deck b" in page.text
        assert page.all("button", "formaction")[0] == "/decks/b.apkg"
        assert "This deck" not in read(shelf, "/anki").text

    def test_every_file_has_a_button(self, shelf: FlaskClient) -> None:
        page = read(shelf, "/anki")
        assert page.all("form", "action", method="get") == ["/anki/library.apkg"]
        assert page.all("button", "formaction") == [
            *("/anki/categories/Art.apkg", "/anki/categories/Law.apkg"),
            *("/decks/c.apkg", "/decks/a.apkg", "/decks/b.apkg"),
        ]
        assert page.all("input", "value", name="cards") == ["standard", "extended"]

    def test_it_says_what_an_update_of_unreleased_decks_costs(self, tmp_path: Path, records: Records) -> None:
        def guide() -> str:
            return read(shelf_in(tmp_path, records), "/anki").text

        assert "The decks here have not been released yet." in guide()
        assert "so there is nothing to compare" in guide()
        release("2026-11-20", *(deck_in(tmp_path, key, THIRD) for key in "ab"))
        assert "1 deck here has not been released yet. An update of it keeps" in guide()
        release("2026-11-20", deck_in(tmp_path, "c", THIRD))
        assert "not been released" not in guide()


class TestChanges:
    @pytest.mark.parametrize(
        ("since", "expected"),
        [
            ("2026-09-30", {"No longer asked": ["How far?"], "New": ["How deep?", "How old?", "How big?"]}),
            ("2026-10-01", {"Corrected": ["How big?"], "No longer asked": ["How far?"], "New": ["How deep?"]}),
            ("2026-10-31", {"Corrected": ["How big?"], "No longer asked": ["How far?"], "New": ["How deep?"]}),
            ("2026-11-01", {"Corrected": ["How deep?"]}),
            ("2026-11-19", {"Corrected": ["How deep?"]}),
            ("2026-11-20", {}),
            ("9999-12-31", {}),
        ],
    )
    def test_they_are_those_after_the_learners_file(
        self, released: FlaskClient, since: str, expected: dict[str, list[str]]
    ) -> None:
        assert told(released, since) == expected

    def test_they_are_counted_and_dated_and_say_why(self, released: FlaskClient) -> None:
        page = read(released, "/anki/changes?since=2026-10-01")
        assert "After 1 October 2026: 1 corrected, 1 no longer asked, 1 new" in page.text
        assert page.all("time", "datetime") == ["2026-11-01"] * 3
        assert "it was taken out of the deck." in page.text
        assert "After 20 November 2026: nothing changed" in read(released, "/anki/changes?since=2026-11-20").text

    def test_the_releases_can_be_chosen(self, released: FlaskClient) -> None:
        page = read(released, "/anki/changes")
        assert page.all("a", "href", **{"class": "button"}) == [
            f"/anki/changes?since={day}" for day in ("2026-11-20", "2026-11-01", "2026-10-01")
        ]
        assert "<h2" not in page.html

    def test_a_release_while_it_runs_waits_for_its_texts(
        self, released: FlaskClient, tmp_path: Path, records: Records
    ) -> None:
        before = released.get("/decks/test.apkg?cards=extended").data
        corrected = THIRD | {"kept": "How very old?"}
        release("2026-11-22", deck_in(tmp_path, "test", corrected))
        assert told(released, "2026-11-20") == {}
        with new_learner(tmp_path) as learner:
            learner.take(released.get("/decks/test.apkg").data)
            again = client_of(site_of(records, deck_in(tmp_path, "test", corrected)))
            assert told(again, "2026-11-20") == {"Corrected": ["How very old?"]}
            assert learner.take(again.get("/decks/test.apkg").data) == {"updated": 1, "duplicate": 3}
        assert released.get("/decks/test.apkg?cards=extended").data == before

    def test_one_deck_alone(self, tmp_path: Path, records: Records) -> None:
        decks = [deck_in(tmp_path, key, THIRD) for key in "abc"]
        release("2026-11-01", *decks[:2])
        client = client_of(site_of(records, *decks))
        assert "After 1 October 2026: 6 new" in read(client, "/anki/changes?since=2026-10-01").text
        page = read(client, "/anki/changes?since=2026-10-01&deck=a")
        assert "After 1 October 2026: 3 new" in page.text
        assert page.all("a", "href", **{"aria-current": "true"}) == []
        assert "This deck has not been released yet" in read(client, "/anki/changes?since=2026-10-01&deck=c").text

    @pytest.mark.parametrize("path", ["/anki", "/anki/changes", "/anki/changes?since=2026-01-01"])
    def test_without_a_ledger_nothing_was_released(self, shelf: FlaskClient, path: str) -> None:
        page = read(shelf, path)
        assert "Nothing has been released yet, so there is nothing to compare." in page.text
        assert page.all("input", "value", name="since") == []

    @pytest.mark.parametrize("since", [*WRONG_DAYS, "<script>"])
    def test_what_is_no_day_is_asked_for_again(self, released: FlaskClient, since: str) -> None:
        page = read(released, f"/anki/changes?since={since}", 422)
        assert "This is not a day. Write it as 2026-11-22." in page.text
        assert page.all("input", "aria-invalid", name="since") == ["true"]
        assert since not in page.html

    @pytest.mark.parametrize("path", ["/anki?deck=none", "/anki/changes?deck=none", "/anki/changes?deck=%00"])
    def test_a_deck_that_is_not_there_is_not_found(self, released: FlaskClient, path: str) -> None:
        assert "Not found" in read(released, path, 404).text

    def test_many_hostile_ones_come_in_pages(self, tmp_path: Path, records: Records) -> None:
        deck = deck_in(tmp_path, "test", THIRD)
        lines = {str(n): Line(Content(str(n), "0" * 16, f"&<b>{n} " * 1000, "long " * 1000), 10**9) for n in range(40)}
        ledger_file(deck).write_text(ledger_text(Ledger("test", "quizgen::Test", "", lines)), encoding="utf-8")
        client = client_of(site_of(records, deck))
        pages = [read(client, f"/anki/changes?since=2001-09-08&page={number}") for number in (1, 2, 3, 99)]
        assert [page.html.count("<li>") for page in pages] == [15, 15, 10, 10]
        assert "<b>" not in "".join(page.html for page in pages)
        links = [[link for link in page.all("a", "href") if "page=" in link] for page in pages[:3]]
        assert [[link.rpartition("=")[2] for link in each] for each in links] == [["2"], ["1", "3"], ["2"]]

    def test_a_broken_ledger_is_told_before_anything_is_served(self, tmp_path: Path) -> None:
        deck = deck_in(tmp_path, "test", THIRD)
        (tmp_path / "test.yaml").write_text(text_of("test", THIRD), encoding="utf-8")
        (tmp_path / "test.ledger").write_text("holiday pictures", encoding="utf-8")
        result = CliRunner().invoke(main, ["serve", deck.file, "--data", str(tmp_path)])
        assert result.exit_code == 1
        assert f"{tmp_path / 'test.ledger'}:1: this is not a line of a ledger" in result.stderr

    def test_a_ledger_keeps_when_a_note_first_came(self, released: FlaskClient, tmp_path: Path) -> None:
        text = (tmp_path / "test.ledger").read_bytes()
        ledger, problems = parse_ledger(text, "test.ledger")
        assert (ledger is not None, problems) == (True, [])
        firsts = {id_.split("#")[0]: line.first and _day(line.first) for id_, line in (ledger or NONE).lines.items()}
        assert firsts == {
            "test/kept": 0,
            "test/reworded": "2026-10-01",
            "test/gone": "2026-10-01",
            "test/added": "2026-11-01",
        }
        _, problems = parse_ledger(text.replace(b'"first": "2026-10-01T', b'"first": "soon'), "test.ledger")
        assert {problem.message for problem in problems} == {"'first' must be a moment, such as 2026-11-22T12:00:00Z"}


NONE = Ledger("", "")


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
