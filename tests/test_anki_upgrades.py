"""The guarantee between any two releases, held in the real Anki over made-up years of releases and learning.

Imported with the options that Anki offers first: no note conflicts, every corrected note is brought up to date, every
row of cards and reviews is kept, a learner's edits of notes that did not change are kept, and there is one note type.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from quizgen.facts import open_circles
from quizgen.formats import anki as anki_format
from quizgen.formats import anki_ledger
from quizgen.formats.anki import next_ledger, plain_name, write_anki
from quizgen.formats.anki_ledger import Line, Released
from quizgen.formats.anki_notes import notes_of
from quizgen.formats.anki_releases import next_releases, read_released, release_note_type, told
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from tests import anki_histories
from tests.anki_histories import START, live_through
from tests.anki_support import CHANGED, Screen, make_deck, make_question, new_learner

SOME, MANY = range(10), range(10, 210)


@pytest.mark.parametrize("seed", SOME)
def test_nothing_is_lost_in_a_history(seed: int, tmp_path: Path) -> None:
    live_through(seed, tmp_path, new_learner)


@pytest.mark.prove
@pytest.mark.parametrize("seed", MANY)
def test_nothing_is_lost_in_any_of_many_histories(seed: int, tmp_path: Path) -> None:
    counted = live_through(seed, tmp_path, new_learner)
    assert counted.taken
    assert counted.notes >= 8


@pytest.mark.prove
def test_the_shipped_ledgers_know_the_shipped_decks() -> None:
    ((library, keys),) = [(circle.library, circle.keys) for circle in open_circles([], DECKS)[0]]
    chosen = {key: list[Question]() for key in keys}
    released = read_released(library.decks)
    assert set(released.ledgers) == set(chosen)
    for question in make_questions(library, kept=released.kept)[0]:
        chosen[question.fact.deck].append(question)
    made = next_releases(library.decks, chosen, released, START)
    assert [line for one in made if one.changes or one.renamed for line in told(one)] == [], "run: quizgen release"
    assert not release_note_type(released, START, dry_run=True), "run: quizgen release"


def every_note_is_new(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(anki_ledger, "_kept", lambda old, content, now, shown=None: _now(content, now, shown))


def _now(content: Any, now: int, shown: Line | None) -> Line:
    return replace(shown, content=content, changed=now) if shown else Line(content, now)


def no_note_is_new(patch: pytest.MonkeyPatch) -> None:
    kept = anki_ledger._kept
    patch.setattr(
        anki_ledger,
        "_kept",
        lambda old, content, now, shown=None: replace(kept(old, content, now, shown), changed=1_767_235_600),
    )


def identity_comes_from_wording(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(
        anki_format, "notes_of", lambda edition: (note._replace(guid=note.fields[1]) for note in notes_of(edition))
    )


def fields_have_no_id(patch: pytest.MonkeyPatch) -> None:
    def type_of(author: anki_histories.Author, plain: Any = anki_histories.type_of) -> Any:
        model = plain(author)
        for field in model.fields:
            del field["id"]
        return model

    patch.setattr(anki_histories, "type_of", type_of)


def what_is_gone_is_left_out(patch: pytest.MonkeyPatch) -> None:
    retired = "quizgen::retired"
    patch.setattr(
        anki_format, "notes_of", lambda edition: (note for note in notes_of(edition) if retired not in note.tags)
    )


def the_name_follows_the_title(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(anki_format, "_deck", lambda edition, old=anki_format._deck: _named(old(edition), edition.deck.title))


def _named(deck: Any, title: str) -> Any:
    deck.name = f"quizgen::{title}"
    return deck


FAULTS = {
    "everything is new": (every_note_is_new, "the learner's edit of"),
    "nothing is new": (no_note_is_new, "was not brought up to date"),
    "identity comes from wording": (identity_comes_from_wording, "other notes"),
    "fields have no id": (fields_have_no_id, "conflicting"),
    "what is gone is left out": (what_is_gone_is_left_out, "was not brought up to date"),
    "the name follows the title": (the_name_follows_the_title, "a deck was parted"),
}


@pytest.mark.parametrize(("fault", "message"), FAULTS.values(), ids=FAULTS)
def test_the_histories_would_tell(fault: Callable[[pytest.MonkeyPatch], None], message: str, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        told = set()
        for seed in SOME:
            folder = tmp_path / str(seed)
            folder.mkdir()
            try:
                live_through(seed, folder, new_learner)
            except AssertionError as error:
                told.add(str(error).split("\n")[0])
    assert any(message in line for line in told), told


@pytest.mark.parametrize("one_page", [False, True])
def test_a_former_question_is_shown_with_its_answer_and_nothing_to_choose(
    tmp_path: Path, browser: Browser, one_page: bool
) -> None:
    deck, question = make_deck(), make_question(stem="Where <was> it?")
    released, _ = next_ledger(deck, [question], plain_name(deck), START, None)
    out = io.BytesIO()
    write_anki([deck], [], out, changed=CHANGED, released=Released({deck.key: released}))
    with new_learner(tmp_path) as learner, browser.new_context() as context:
        learner.take(out.getvalue())
        screen = Screen(context.new_page(), one_page=one_page)
        for side, answers in zip(learner.sides(), (0, 1), strict=True):
            assert screen.show(side) == []
            banner = screen.page.get_by_role("note")
            assert banner.inner_text() == "No longer asked since 22 November 2026: it was taken out of the deck."
            assert screen.page.locator(".qz-stem").text_content() == "Where <was> it?"
            assert screen.page.get_by_text("Tartus", exact=True).count() == answers
            assert screen.page.get_by_role("radio").count() == 0
        assert screen.errors == []
