"""Our own words on the cards: in the language of the deck, and marked as English where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from quizgen.formats import anki_fields
from quizgen.formats.anki_fields import fields_of
from quizgen.formats.anki_note_type import FIELDS
from quizgen.formats.anki_variants import Gap, Typed, Variant
from tests.anki_support import Screen, export, make_deck, make_question, new_learner

CARDS = ("Choose", "Type the answer", "Fill the gap")
LANGUAGE = "part => part.closest('[lang]').lang"


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screen]:
    with browser.new_context() as context:
        screen = Screen(context.new_page(), one_page=False)
        yield screen
        assert (screen.errors, screen.asked) == ([], [])


Sides = Callable[[str], list[tuple[str, str]]]


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sides:
    """Give both sides of the three cards of a note in a language, with all that can stand on them."""
    monkeypatch.setattr(anki_fields, "typed_of", lambda *_: Typed("Where?", "Tartus", ("Tartous",)))
    monkeypatch.setattr(anki_fields, "gap_of", lambda *_: Gap("The base is in ", "Tartus", "."))
    question = make_question(attribution="the Kremlin", review_by=date(2026, 1, 1))

    def rendered(language: str) -> list[tuple[str, str]]:
        deck, today = make_deck(language=language), date(2026, 12, 1)
        with new_learner(tmp_path) as learner:
            learner.take(export([question], [deck], variant=Variant.EXTENDED, today=today))
            return [learner.sides(f'"card:{card}"') for card in CARDS]

    return rendered


def field(name: str, language: str, **changes: Any) -> str:
    asked = make_question(**changes)
    asked = replace(asked, fact=replace(asked.fact, source=replace(asked.fact.source, note="", url="")))
    return fields_of(asked, language, date(2026, 12, 1))[FIELDS.index(name)]


CAUTIONS = {
    "en": "This was to be checked again by 2026-01-01, and has not been.",
    "de": "Das sollte bis 2026-01-01 noch einmal geprüft werden, was nicht geschehen ist.",
    "ja": "2026-01-01までに再確認する予定でしたが、まだ確認されていません。",
    "fi": '<span lang="en">This was to be checked again by <span lang="fi">2026-01-01</span>, and has not been.</span>',
}
REASONS = {
    "en": "No longer asked: since {May}",
    "fr": "N’est plus demandé : since {May}",
    "fi": '<span lang="en">No longer asked: <span lang="fi">since {May}</span></span>',
}
SOURCES = {
    "en": '<span lang="en">retrieved 2026-11-22</span>. <span lang="en">Said by the &lt;Kremlin&gt;.</span>',
    "es": '<span lang="es">consultado el 2026-11-22</span>. <span lang="es">Según: the &lt;Kremlin&gt;.</span>',
    "fi": (
        '<span lang="fi"><span lang="en">retrieved <span lang="fi">2026-11-22</span></span></span>. '
        '<span lang="fi"><span lang="en">Said by <span lang="fi">the &lt;Kremlin&gt;</span>.</span></span>'
    ),
}


@pytest.mark.parametrize("language", CAUTIONS)
def test_a_stale_note_says_so_in_the_language_of_its_deck(language: str) -> None:
    assert field("Caution", language, review_by=date(2026, 1, 1)) == CAUTIONS[language]


@pytest.mark.parametrize("language", REASONS)
def test_a_retired_note_says_so_in_the_language_of_its_deck(language: str) -> None:
    said = field("Caution", language, retired="since {May}")
    assert said == REASONS[language].replace("{", "&#123;").replace("}", "&#125;")


@pytest.mark.parametrize("language", SOURCES)
def test_a_source_speaks_the_language_of_its_deck(language: str) -> None:
    told = field("Source", language, attribution="the <Kremlin>")
    assert told == f"Yanuki: Russia&#x27;s bases &amp; Syria, {SOURCES[language]}"


@pytest.mark.parametrize("language", ["en", "ar", "fi"])
def test_what_stays_english_without_scripts_is_marked_so(browser: Browser, sides: Sides, language: str) -> None:
    seen = set()
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for side in chain(*sides(language)):
            page.set_content(f'<body class="card">{side}</body>')
            for part in page.locator("[data-word], [aria-label]").all():
                seen.add(part.get_attribute("data-word") or part.get_attribute("aria-label"))
                assert part.evaluate(LANGUAGE) == "en"
            assert page.locator("[aria-label]:not([lang])").count() == 0
    assert seen == {"after", "also", "answer", "as_of", "blank", "caution", "others"}


NAMES = {
    "en": ("Answer and explanation", "en", "blank", "en", "Type the answer, then press Enter"),
    "de": ("Antwort und Erklärung", "de", "Lücke", "de", "Antwort eintippen, dann Enter"),
    "ar": ("الإجابة والشرح", "ar", "blank", "en", None),
    "fi": ("Answer and explanation", "en", "blank", "en", None),
}


@pytest.mark.parametrize("language", NAMES)
def test_a_screen_reader_is_told_in_which_language_a_name_is(screen: Screen, sides: Sides, language: str) -> None:
    name, of_name, blank, of_blank, placeholder = NAMES[language]
    cards = sides(language)
    for _, back in cards:
        screen.show(back)
        assert screen.page.get_by_role("region", name=name, exact=True).count() == 1
        assert spoken(screen.page.locator("#qz-after")) == of_name
        assert not screen.page.locator("#qz-after").is_visible()
    screen.show(cards[2][0])
    assert spoken(screen.page.get_by_role("img", name=blank, exact=True)) == of_blank
    screen.show(cards[1][0])
    field = screen.page.get_by_role("textbox")
    assert (spoken(field), field.get_attribute("placeholder")) == (language, placeholder)


def spoken(part: Locator) -> str:
    language: str = part.evaluate(LANGUAGE)
    return language
