"""The files for Anki that the browser offers: what they hold, what they are called, and that each is made once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import BinaryIO

import pytest
from flask.testing import FlaskClient

from quizgen.facts import Deck
from quizgen.formats import FORMATS, Format, Release
from quizgen.questions import Question
from quizgen.records import Records
from quizgen.web import anki as anki_pages
from quizgen.web.packages import BusyError, Packages
from tests.anki_support import new_learner
from tests.conftest import FACTS, make_deck
from tests.web_anki_support import THIRD, deck_in, shelf_in
from tests.web_support import client_of, place, read, site_of

PATIENCE = 60  # seconds; nothing waits so long unless it is broken


@pytest.fixture
def shelf(tmp_path: Path, records: Records) -> FlaskClient:
    return shelf_in(tmp_path, records)


class TestDownloads:
    @pytest.mark.parametrize(
        ("path", "name", "keys"),
        [
            ("/anki/library.apkg", "quizgen-library-2026-11-22.apkg", "abc"),
            ("/anki/library.apkg?cards=standard", "quizgen-library-2026-11-22.apkg", "abc"),
            ("/anki/library.apkg?cards=extended", "quizgen-library-extended-2026-11-22.apkg", "abc"),
            ("/anki/categories/Law.apkg", "quizgen-law-2026-11-22.apkg", "ab"),
            ("/anki/categories/Art.apkg?cards=extended", "quizgen-art-extended-2026-11-22.apkg", "c"),
            ("/decks/b.apkg", "b-2026-11-22.apkg", "b"),
            ("/decks/b.apkg?cards=extended", "b-extended-2026-11-22.apkg", "b"),
        ],
    )
    def test_anki_takes_each_and_its_name_says_what_it_is(
        self, shelf: FlaskClient, tmp_path: Path, path: str, name: str, keys: str
    ) -> None:
        response = shelf.get(path)
        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
        assert response.headers["Content-Length"] == str(len(response.data))
        with new_learner(tmp_path) as learner:
            assert learner.take(response.data) == {"new": 3 * len(keys)}
            assert [name[-6:] for name in learner.names() if "Deck" in name] == [
                f"Deck {key}" for key in sorted(keys, key="cab".index)
            ]

    def test_the_extended_cards_come_to_the_same_notes(self, tmp_path: Path, records: Records) -> None:
        client = client_of(site_of(records, make_deck(FACTS, str(tmp_path / "test.yaml"))))
        with new_learner(tmp_path) as learner:
            learner.take(client.get("/anki/library.apkg").data)
            notes, cards = learner.col.note_count(), learner.col.card_count()
            assert set(learner.take(client.get("/anki/library.apkg?cards=extended").data)) == {"updated"}
            assert learner.col.note_count() == notes
            assert learner.col.card_count() > cards

    def test_each_is_made_once(self, shelf: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        made = count_made(monkeypatch)
        paths = ("/anki/library.apkg", "/anki/library.apkg?cards=extended", "/decks/a.apkg")
        assert len({shelf.get(path).data for path in paths * 2}) == len(paths)
        assert len(made) == len(paths)

    def test_on_another_day_it_is_made_anew(
        self, tmp_path: Path, records: Records, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made, days = count_made(monkeypatch), [datetime(2026, 11, day, tzinfo=UTC) for day in (23, 22, 22)]
        site = replace(site_of(records, deck_in(tmp_path, "test", THIRD)), now=days.pop)
        client = client_of(site)
        for _ in range(3):
            client.get("/decks/test.apkg")
        assert len(made) == 2

    def test_who_has_it_already_gets_nothing_twice(self, shelf: FlaskClient) -> None:
        etag = shelf.get("/anki/library.apkg").headers["ETag"]
        again = shelf.get("/anki/library.apkg", headers={"If-None-Match": etag})
        assert (again.status_code, again.data) == (304, b"")

    @pytest.mark.parametrize(
        "path",
        [
            *("/anki/categories/None.apkg", "/anki/categories/law.apkg", "/anki/categories/.apkg", "/anki/x.apkg"),
            *("/anki/categories/..%2f..%2fsecret.apkg", "/anki/library.apkg?cards=none", "/decks/a.apkg?cards=%00"),
        ],
    )
    def test_what_is_not_there_is_not_found(self, shelf: FlaskClient, path: str) -> None:
        assert "Not found" in read(shelf, path, 404).text

    @pytest.mark.parametrize(
        ("category", "name"),
        [
            ('Cat "><svg onload=x>', "filename=quizgen-cat-svg-onload-x-2026-11-22.apkg"),
            ("..", "filename=quizgen-category-2026-11-22.apkg"),
            ("Økonomi", "filename*=UTF-8''quizgen-%C3%B8konomi-2026-11-22.apkg"),
            ("Long " * 40, f"filename=quizgen-{('long-' * 12)[:-1]}-2026-11-22.apkg"),
        ],
    )
    def test_any_category_has_a_file_with_a_plain_name(
        self, tmp_path: Path, records: Records, category: str, name: str
    ) -> None:
        deck = replace(deck_in(tmp_path, "test", THIRD), category=(category.strip(),))
        client = client_of(site_of(records, deck))
        page = read(client, "/anki")
        assert "svg" not in {tag for tag, _ in page.elements}
        response = client.get(page.all("button", "formaction")[0])
        assert response.status_code == 200
        assert name in response.headers["Content-Disposition"].split("; ")


Write = Callable[[Sequence[Deck], Sequence[Question], Release, BinaryIO], Sequence[str]]


def write_by(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    """Let another hand write the files."""
    formats = {"anki": Format("Anki deck", ".apkg", "application/octet-stream", write)}  # type: ignore[arg-type] # no steps
    monkeypatch.setattr(anki_pages, "FORMATS", formats)


def count_made(monkeypatch: pytest.MonkeyPatch) -> list[Release]:
    """Take down of each file that is made."""
    made: list[Release] = []
    real = FORMATS["anki"].write

    def write(decks: Sequence[Deck], questions: Sequence[Question], release: Release, out: BinaryIO) -> Sequence[str]:
        made.append(release)
        return real(decks, questions, release, out)

    write_by(monkeypatch, write)
    return made


class Slow:
    """Writes a file once it is let go, and lets others see how many are being made."""

    def __init__(self) -> None:
        self.made, self.begun, self.second, self.go = 0, Event(), Event(), Event()

    def __call__(self, *arguments: object) -> Sequence[str]:
        self.made += 1
        (self.second if self.begun.is_set() else self.begun).set()
        assert self.go.wait(PATIENCE)
        out = arguments[-1]
        out.write(b"package")  # type: ignore[attr-defined] # the last one is the file
        return ()


@pytest.fixture
def slow() -> Iterator[Slow]:
    slow = Slow()
    yield slow
    slow.go.set()


class TestAtOnce:
    def test_two_who_ask_make_one(self, slow: Slow) -> None:
        packages = Packages()
        with ThreadPoolExecutor(2) as threads:
            asked = [threads.submit(packages.give, "key", slow) for _ in range(2)]
            assert slow.begun.wait(PATIENCE)
            assert not slow.second.wait(0.3), "two are being made"
            slow.go.set()
            first, second = (each.result(PATIENCE) for each in asked)
        assert first is second
        assert slow.made == 1

    def test_two_files_are_never_made_at_the_same_time(self, slow: Slow) -> None:
        packages = Packages()
        with ThreadPoolExecutor(2) as threads:
            asked = [threads.submit(packages.give, key, slow) for key in "ab"]
            assert slow.begun.wait(PATIENCE)
            assert not slow.second.wait(0.3), "two are being made"
            slow.go.set()
            assert [each.result(PATIENCE).data for each in asked] == [b"package"] * 2
        assert slow.made == 2

    def test_meanwhile_pages_answer_and_files_that_are_there_come(
        self, shelf: FlaskClient, monkeypatch: pytest.MonkeyPatch, slow: Slow
    ) -> None:
        there = shelf.get("/decks/a.apkg").data
        write_by(monkeypatch, slow)
        shelf.application.extensions["quizgen"].packages._places.acquire()  # as if one waited already
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(shelf.application.test_client().get, "/anki/library.apkg")
            assert slow.begun.wait(PATIENCE)
            for path in ("/", "/anki", "/decks/b"):
                read(shelf, path)
            assert place(shelf.post("/attempts", data={"count": "5"})).endswith("/1")
            assert shelf.get("/decks/a.apkg").data == there
            busy = shelf.get("/anki/categories/Law.apkg")
            assert (busy.status_code, busy.headers["Retry-After"]) == (503, "30")
            assert "Please wait a little" in busy.text
            slow.go.set()
            assert asked.result(PATIENCE).data == b"package"
        assert shelf.get("/anki/categories/Law.apkg").status_code == 200

    def test_what_goes_wrong_is_not_kept(self) -> None:
        packages = Packages(most_waiting=1)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                packages.give("key", lambda _out: 1 // 0)
        assert packages.give("key", lambda out: out.write(b"x")).data == b"x"

    def test_whoever_would_wait_too_long_is_told(self, slow: Slow) -> None:
        packages = Packages(most_waiting=1)
        with ThreadPoolExecutor(1) as threads:
            asked = threads.submit(packages.give, "key", slow)
            assert slow.begun.wait(PATIENCE)
            with pytest.raises(BusyError):
                packages.give("other", slow)
            slow.go.set()
            assert asked.result(PATIENCE).data == b"package"

    def test_what_is_kept_is_bounded(self) -> None:
        packages, made = Packages(most_bytes=10), list[str]()

        def make(key: str, size: int = 6) -> Callable[[BinaryIO], object]:
            def write(out: BinaryIO) -> None:
                made.append(key)
                out.write(b"x" * size)

            return write

        for key in ("a", "a", "b", "b", "a"):
            packages.give(key, make(key))
        assert made == ["a", "b", "a"]
        for _ in range(2):
            packages.give("large", make("large", 20))
        assert made == ["a", "b", "a", "large"]
