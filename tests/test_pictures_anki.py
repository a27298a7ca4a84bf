"""Pictures in the real Anki: they arrive, they are shown, and notes from before they came are brought up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quizgen.formats.anki_note_type import NOTE_TYPE
from quizgen.questions import Picture, PictureKind, Question
from tests.anki_support import CHANGED, ORDERED, Learner, export, make_question, make_questions, new_learner

LATER = CHANGED + timedelta(days=1)
FLAG = Picture(PictureKind.FLAG, ("JPN",), "A flag")
MAP = Picture(PictureKind.MAP, ("KEN", "UGA", "RWA"), "Map with three places", numbered=True)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    with new_learner(tmp_path) as learner:
        yield learner


def pictured() -> list[Question]:
    return [
        make_question("flag", "Whose flag is this?", picture=FLAG),
        make_question("again", "And whose is this one?", picture=FLAG),
        make_question("place", "Which number?", picture=MAP, options=ORDERED, ordered=True),
    ]


def test_every_picture_arrives_once_and_none_is_missing(learner: Learner) -> None:
    assert learner.take(export([*pictured(), make_question()])) == {"new": 4}
    media = learner.col.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    files = sorted(file.name for file in Path(learner.col.media.dir()).iterdir())
    assert len(files) == 2
    assert [name for name in files if not re.fullmatch(r"quizgen-[0-9a-f]{24}\.svg", name)] == []


def test_the_picture_stands_between_question_and_options_on_both_sides(learner: Learner) -> None:
    learner.take(export(pictured()))
    for side in learner.sides("Id:bases/flag#plain"):
        assert side.index("Whose flag") < side.index("<img src=") < side.index("Tartus")
        assert 'alt="A flag"' in side


def test_a_card_without_a_picture_has_no_room_for_one(learner: Learner) -> None:
    learner.take(export([make_question()]))
    assert "qz-picture" not in re.sub(r"<style>.*?</style>", "", learner.sides()[0], flags=re.DOTALL)


def test_a_question_that_gets_a_picture_is_updated_in_place(learner: Learner) -> None:
    learner.take(export(make_questions(2)))
    learner.study(1)
    memory, schema = learner.memory(), learner.col.db.scalar("select scm from col")
    release = [replace(question, picture=FLAG) for question in make_questions(2)]
    assert learner.take(export(release, changed=LATER)) == {"updated": 2}
    assert learner.memory() == memory
    assert learner.col.db.scalar("select scm from col") == schema  # no full sync
    kinds = [kind.name for kind in learner.col.models.all_names_and_ids() if "quizgen" in kind.name]
    assert kinds == [NOTE_TYPE]
    assert all("<img src=" in card.question() for card in learner.cards())


def test_the_same_pictures_give_the_same_bytes() -> None:
    assert export(pictured()) == export(pictured())


@pytest.mark.parametrize("width", [360, 1366])
@pytest.mark.parametrize("night", [False, True])
def test_a_picture_is_shown_whole_and_leaves_room_for_the_options(
    learner: Learner, browser: Browser, width: int, night: bool
) -> None:
    learner.take(export(pictured()))
    folder = Path(learner.col.media.dir())
    for search in ("Id:bases/flag#plain", "Id:bases/place#plain"):
        page = browser.new_page(viewport={"width": width, "height": 740})
        page.route("**/*.svg", lambda route: route.fulfill(path=folder / route.request.url.rsplit("/", 1)[1]))
        page.route("http://anki.test/", lambda route: route.fulfill(body="<!doctype html>", content_type="text/html"))
        page.goto("http://anki.test/")
        body = "card nightMode" if night else "card"
        page.set_content(f'<body class="{body}">{learner.sides(search)[0]}</body>', wait_until="load")
        box = page.locator(".qz-picture img").bounding_box()
        natural = page.locator(".qz-picture img").evaluate("image => image.naturalWidth")
        assert box is not None
        assert natural > 300
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert 180 <= box["height"] <= 0.46 * 740
        page.close()
