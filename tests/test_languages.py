"""The country decks in other languages: names are CLDR's, keys stay, Arabic runs from the right."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from quizgen.cli import main
from quizgen.facts import Deck, Library, RelationFact, in_language, languages, load_library
from quizgen.formats.anki import guid, write_anki
from quizgen.formats.anki_note_type import stable_id
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from quizgen.questions.beginnings import share_beginning
from quizgen.questions.drafts import Draft
from quizgen.questions.generate import drafts_of
from quizgen.questions.wording import wording
from quizgen.world import PartialDate, gazetteer, written_day
from tests.anki_support import Screen, new_learner
from tests.conftest import make_deck
from tests.serving import serving

FOREIGN = [language for language in gazetteer.LANGUAGES if language != "en"]
# Measured on the day of release, with room below for decks that change: English gives about as many.
AT_LEAST = {
    "borders": 500, "capitals": 100, "capitals-on-the-map": 200, "countries-on-the-map": 300, "flags": 150,
    "languages": 200, "regions": 200,
}  # fmt: skip
# What currencies are called is written by hand, and in these languages only: CLDR's names would name their countries.
MONEY = "uses_currency"
WITH_MONEY = frozenset({"fr", "es", "de"})
LATIN = frozenset({"fr", "es", "de", "pt", "it", "nl", "pl", "tr"})
ENGLISH = re.compile(r"\b(the|which|these|country|countries|with|its|and|border|capital of)\b", re.IGNORECASE)
CHANGED = datetime(2026, 11, 22, 12, tzinfo=UTC)
CAPITALS = """\
entities:
  paris: {name: Paris, kind: city, in: FRA}
  nowhere: {name: Nowhere Town, kind: city, in: BEL}
facts:
  - {id: fra, subject: FRA, relation: has_capital, object: paris, explanation: It is on the Seine.}
  - {id: bel, subject: BEL, relation: has_capital, object: nowhere}
  - {id: why, ask: Why is it the capital?, answer: because of the river}
"""
MEMBERS = """\
entities: {pact: {name: Pact, kind: organisation}}
facts: [{id: aut, subject: AUT, relation: member_of, object: pact, from: 1951-05-01}]
"""


@cache
def _english() -> Library:
    library, problems = load_library([DECKS / f"{name}.yaml" for name in AT_LEAST])
    assert problems == []
    return library


@cache
def _asked(language: str) -> dict[str, Question]:
    library = _english() if language == "en" else in_language(_english(), language)[0]
    return {question.id: question for question in make_questions(library)[0]}


def _texts(question: Question) -> list[str]:
    reasons = [option.why_wrong for option in question.options]
    return [question.stem, question.explanation, *(option.text for option in question.options), *reasons]


def test_there_are_ten_languages_with_a_wording() -> None:
    assert languages() == list(gazetteer.LANGUAGES)
    assert len(languages()) > 10


@pytest.mark.parametrize("language", FOREIGN)
class TestLanguage:
    def test_every_deck_of_countries_gives_questions(self, language: str) -> None:
        decks = [question.fact.deck for question in _asked(language).values()]
        assert {name: decks.count(name) for name in AT_LEAST if decks.count(name) < AT_LEAST[name]} == {}

    def test_sentences_are_whole_and_none_is_english(self, language: str) -> None:
        texts = {text for question in _asked(language).values() for text in _texts(question)}
        assert [text for text in texts if "{" in text or "}" in text] == []
        assert [text for text in texts if ENGLISH.search(text)] == []
        assert "" not in {question.stem for question in _asked(language).values()}

    def test_options_are_names_as_cldr_has_them(self, language: str) -> None:
        known = gazetteer.names(language)
        shown = {
            option.key: option.text
            for question in _asked(language).values()
            for option in question.options
            if option.key in known and not (question.picture and question.picture.numbered)
        }
        assert len(shown) > 150
        assert {key: text for key, text in shown.items() if text != known[key][:1].upper() + known[key][1:]} == {}

    def test_the_right_answer_has_the_same_key_as_in_english(self, language: str) -> None:
        own, english = _asked(language), _asked("en")
        common = own.keys() & english.keys()
        assert len(common) > 1000
        assert [id_ for id_ in common if own[id_].answer.key != english[id_].answer.key] == []

    def test_its_sentences_have_gaps_that_are_filled(self, language: str) -> None:
        own, english = wording(language), wording("en")
        assert set(own.relations) - {MONEY} == set(wording("fr").relations) - {MONEY}
        assert own.plain.keys() == english.plain.keys()
        assert own.dates.keys() == english.dates.keys()
        assert own.card.keys() == wording("fr").card.keys()
        assert set(AT_LEAST) == set(own.decks) - {"currencies"}
        assert (MONEY in own.relations) == ("currencies" in own.decks) == (language in WITH_MONEY)

    def test_its_questions_read_as_they_did(self, language: str, snapshot: Callable[[str], None]) -> None:
        # Drafts, for which of them are asked hangs on far more than the language.
        first: dict[tuple[str, str], Draft] = {}
        for draft in drafts_of(in_language(_english(), language)[0]):
            first.setdefault((draft.fact.deck, draft.id.partition("#")[2]), draft)
        blocks = ["\n".join((f"[{one.id}]", one.stem, one.answer.text, one.explanation)) for one in first.values()]
        snapshot("\n\n".join(blocks) + "\n")


def test_what_is_not_known_in_a_language_is_left_out_with_a_note() -> None:
    library = Library((make_deck(CAPITALS), make_deck(MEMBERS.replace("deck: test", "deck: other"))))
    translated, notes = in_language(library, "de")
    (deck,) = translated.decks
    (fact,) = deck.facts
    assert isinstance(fact, RelationFact)
    assert (fact.subject.name, fact.object.name, fact.explanation) == ("Frankreich", "Paris", "")
    assert [note.message for note in notes] == [
        "2 of 3 facts left out in 'de': CLDR has no names for them",
        "deck 'test' is left out: no sentences are written for it in 'de'",
    ]


def test_a_deck_in_its_own_language_stays_as_it_was_written() -> None:
    deck = make_deck(CAPITALS)
    assert in_language(Library((deck,)), "en") == (Library((deck,)), [])


def test_a_language_without_wording_is_a_problem_that_lists_those_with_one() -> None:
    library, problems = in_language(_english(), "xx")
    assert library.decks == ()
    assert [problem.hint for problem in problems] == [f"one of: {', '.join(languages())}"]


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [
        ("en", "1 May 2026", "May 2026"),
        ("fr", "1er mai 2026", "mai 2026"),
        ("es", "1 de mayo de 2026", "mayo de 2026"),
        ("de", "1. Mai 2026", "Mai 2026"),
        ("ru", "1 мая 2026 г.", "май 2026 г."),
        ("pl", "1 maja 2026", "maj 2026"),
        ("zh", "2026年5月1日", "2026年5月"),
        ("ar", "1 مايو 2026", "مايو 2026"),
    ],
)
def test_dates_are_written_in_the_language(language: str, day: str, month: str) -> None:
    calendar = wording(language).calendar
    assert calendar.write(PartialDate.parse("2026-05-01")) == day
    assert calendar.write(PartialDate.parse("2026-05")) == month
    assert calendar.write(PartialDate.parse("2026")).startswith("2026")


@pytest.mark.parametrize("month", range(1, 13))
def test_english_dates_are_those_of_the_world(month: int) -> None:
    assert wording("en").written(date(2026, month, 3)) == written_day(date(2026, month, 3))


@pytest.mark.parametrize(
    ("text", "name", "length", "shared"),
    [
        ("where is the panama canal?", "panama", 5, True),
        ("which country borders peru?", "chile", 5, False),
        ("以下哪个国家与“苏丹”接壤", "苏丹", 5, True),
        ("以下哪个国家与“秘鲁”接壤", "智利", 5, False),
        ("法国", "法语", 3, True),
        ("阿尔及利亚", "阿拉伯语", 3, False),
        ("フランス", "フランス語", 3, True),
        ("ألمانيا", "الألمانية", 3, True),
        ("فرنسا", "الألمانية", 3, False),
        ("россия", "русский", 3, False),
        ("польша", "польский", 3, True),
    ],
)
def test_a_name_that_tells_another_is_found_in_any_script(text: str, name: str, length: int, shared: bool) -> None:
    assert share_beginning([text], [name], length) is shared


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["questions", "borders", "--language", "fr"], "Lequel de ces pays a une frontière terrestre"),
        (["questions", "regions", "--language", "ja"], "国連の区分"),
    ],
)
def test_the_command_line_asks_in_a_language(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, said in result.output) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nato", "--language", "fr"], "deck 'nato' is left out: no sentences are written for it in 'fr'"),
        (["borders", "--language", "../en"], "there is no wording in '../en'"),
    ],
)
def test_the_command_line_says_what_it_cannot_ask(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(main, ["questions", *arguments])
    assert (result.exit_code, said in result.output) == (1, True)


def _package(language: str, name: str = "regions") -> tuple[Deck, list[Question], bytes]:
    library = _english() if language == "en" else in_language(_english(), language)[0]
    deck = library.deck(name)
    assert deck is not None
    asked = [question for question in _asked(language).values() if question.fact.deck == name][:20]
    out = io.BytesIO()
    write_anki([deck], asked, out, changed=CHANGED)
    return deck, asked, out.getvalue()


def test_a_learner_has_one_deck_in_several_languages(tmp_path: Path) -> None:
    with new_learner(tmp_path) as learner:
        added = {language: learner.take(_package(language)[2])["new"] for language in ("en", "fr", "ar")}
        names = learner.names()
        assert added == {"en": 20, "fr": 20, "ar": 20}
        assert [name for name in names if "régions" in name] == ["quizgen::Géographie::Régions::Les régions du monde"]
        assert "new" not in learner.take(_package("ar")[2])  # the same again adds nothing


def test_a_guid_of_a_decks_own_language_is_what_it_was() -> None:
    question = _asked("en")["regions/ago#subject"]
    assert guid(question) == "mR-J_kXp6."
    assert guid(question, "fr") != guid(question)
    assert stable_id("deck", "regions") != stable_id("deck", "regions", "fr")


def test_an_arabic_card_runs_from_the_right(tmp_path: Path, browser: Browser) -> None:
    with new_learner(tmp_path) as learner:
        _, asked, package = _package("ar")
        learner.take(package)
        front, back = learner.sides(f'"Id:{asked[0].id}"')
    page = browser.new_page()
    screen = Screen(page, one_page=True)
    screen.show(front)
    option = page.locator(".qz-option").first
    letter = page.evaluate("node => getComputedStyle(node).direction", option.element_handle())
    assert letter == "rtl"
    screen.show(back)
    assert page.locator(".qz-after").get_attribute("dir") == "rtl"
    assert wording("ar").card["others"] in page.locator(".qz-after").inner_text()
    assert "Answer" not in page.locator("body").inner_text()
    page.close()


def test_an_arabic_page_runs_from_the_right(tmp_path: Path, browser: Browser) -> None:
    with serving(tmp_path, "borders", "--language", "ar") as address:
        page = browser.new_page(viewport={"width": 390, "height": 800})
        page.goto(f"{address}/decks/borders")
        page.get_by_role("button", name="Start the quiz").click()
        assert page.locator("html").get_attribute("dir") == "rtl"
        assert page.locator("html").get_attribute("lang") == "ar"
        option = page.locator("label.option").first
        letter, text = option.locator(".badge").bounding_box(), option.locator("span").last.bounding_box()
        assert letter
        assert text
        assert letter["x"] > text["x"] + text["width"] - 1
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        assert page.evaluate("document.documentElement.scrollLeft") == 0
        page.close()


# --- currencies -------------------------------------------------------------------------------------------------------


@cache
def _currencies() -> Library:
    return load_library([DECKS / "currencies.yaml"])[0]


@pytest.mark.parametrize("language", sorted(WITH_MONEY))
def test_currencies_are_asked_about_by_what_they_are_called(language: str) -> None:
    (deck,) = in_language(_currencies(), language)[0].decks
    (english,) = _currencies().decks
    assert {fact.key for fact in english.facts if fact.askable} == {fact.key for fact in deck.facts if fact.askable}
    facts = [fact for fact in deck.facts if isinstance(fact, RelationFact)]
    assert len({fact.object.name for fact in facts}) > 80
    whole = gazetteer.currency_names(language)
    assert {whole["CAD"], whole["KWD"]}.isdisjoint(fact.object.name for fact in facts)  # these would name the country
    assert [fact.object.name for fact in facts if "(1" in fact.object.name] == []  # nor is there any year in a name
    assert len(make_questions(in_language(_currencies(), language)[0])[0]) > 250


@pytest.mark.parametrize("language", sorted({*FOREIGN} - WITH_MONEY))
def test_where_currencies_have_no_sentences_that_is_what_is_said(language: str) -> None:
    library, notes = in_language(_currencies(), language)
    assert library.decks == ()
    assert [note.message for note in notes] == [
        f"deck 'currencies' is left out: no sentences are written for it in '{language}'"
    ]
