"""The other cards of a question, as the real Anki renders them, in a real browser: to type, to fill a gap, on a map.

And what holds of all cards: night, languages, no scripts, no network, questions that are asked no longer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from quizgen.formats import anki_fields
from quizgen.formats.anki_fields import fields_of
from quizgen.formats.anki_note_type import FIELDS
from quizgen.formats.anki_variants import Gap, Typed, Variant
from quizgen.questions import Picture, PictureKind
from tests.anki_support import (
    DENY_STORAGE,
    ORDERED,
    RIGHT,
    TYPE_HERE,
    WRONG,
    Learner,
    Screen,
    export,
    make_deck,
    make_question,
    new_learner,
)

MAP = Picture(PictureKind.MAP, ("KEN", "UGA", "RWA"), "Map with three places", numbered=True)
CARDS = {"Choose": "plain", "Type the answer": "plain", "Fill the gap": "plain", "Map": "map"}


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    """A learner with one question of every sort; the answer of all is `The Hague`, also known as `Den Haag`."""
    with pytest.MonkeyPatch.context() as patch, new_learner(tmp_path_factory.mktemp("learner")) as learner:
        patch.setattr(anki_fields, "typed_of", lambda *_: Typed("Where is the court?", "The Hague", ("Den Haag",)))
        patch.setattr(anki_fields, "gap_of", lambda *_: Gap("The court sits in ", "The Hague", ".", "The UN: Courts"))
        options = (replace(RIGHT, text="The Hague"), *WRONG)
        questions = [
            make_question("plain", "In which of these is the court?", options=options),
            make_question("map", "Which number?", picture=MAP, options=ORDERED, ordered=True),
        ]
        assert learner.take(export(questions, variant=Variant.EXTENDED)) == {"new": 2}
        yield learner


@pytest.fixture(params=[False, True], ids=["page per side", "one page"])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Screen]:
    with browser.new_context(viewport={"width": 360, "height": 640}) as context:
        screen = Screen(context.new_page(), one_page=request.param)
        yield screen
        assert (screen.errors, screen.asked) == ([], [])


@pytest.fixture
def phone(browser: Browser) -> Iterator[Screen]:
    with browser.new_context() as context:
        phone = Screen(context.new_page(), one_page=False)
        yield phone
        assert (phone.errors, phone.asked) == ([], [])


def sides(learner: Learner, card: str, typed: str = "") -> tuple[str, str]:
    return learner.sides(f'Id:bases/{CARDS[card]}#plain "card:{card}"', typed)


VERDICTS = {
    "The Hague": "Right: the answer is The Hague.",
    "the hague": "Right: the answer is The Hague.",
    " Hague! ": "Right: the answer is The Hague.",
    "Thé Hâgue": "Right: the answer is The Hague.",
    "den haag": "Right: the answer is The Hague.",
    "The Hagu": "Nearly: you typed The Hagu, it is spelt The Hague.",
    "The Hauge": "Nearly: you typed The Hauge, it is spelt The Hague.",
    "Hagui": "Nearly: you typed Hagui, it is spelt The Hague.",
    "The Hygeu": "Wrong: you typed The Hygeu, the answer is The Hague.",
    "Tartus": "Wrong: you typed Tartus, the answer is The Hague.",
    "<b>x</b>": "Wrong: you typed <b>x</b>, the answer is The Hague.",
    "--": "Wrong: you typed --, the answer is The Hague.",
}
# What AnkiDroid shows in the place of the field, unless it is told to put the field into the card.
TYPE_OUTSIDE = '<span id="typeans" class="typePrompt">........</span>'
# How Anki, and AnkiDroid before it left that to Anki, show an answer that was not typed.
NOTHING_TYPED = {
    "now": "<code id=typeans>The Hague</code>",
    "AnkiDroid once": '<code id="typeans"><span class="typeMissed">The Hague</span></code>',
}


class TestTyping:
    @pytest.mark.parametrize("typed", VERDICTS)
    def test_the_back_says_in_words_how_it_went(self, learner: Learner, screen: Screen, typed: str) -> None:
        front, back = sides(learner, "Type the answer", typed)
        screen.show(front)
        screen.page.get_by_role("textbox", name="Where is the court?").fill(typed)
        for _ in range(2):  # Anki draws a back again when the learner edits or flags it
            screen.show(back)
            assert screen.verdict() == VERDICTS[typed]

    @pytest.mark.parametrize("denied", [False, True])
    def test_nothing_typed_is_nothing_judged(self, learner: Learner, screen: Screen, denied: bool) -> None:
        if denied:
            screen.page.add_init_script(DENY_STORAGE)
            screen.page.reload()
        front, back = sides(learner, "Type the answer")
        screen.show(front)
        screen.show(back)
        assert screen.page.get_by_role("status").text_content() == ""
        assert screen.page.get_by_text("Answer: The Hague").is_visible()
        assert not screen.page.locator("#typeans").is_visible()

    def test_what_was_typed_once_does_not_reach_the_next_time(self, learner: Learner, screen: Screen) -> None:
        front, back = sides(learner, "Type the answer")
        screen.show(front)
        screen.page.get_by_role("textbox").fill("Tartus")
        screen.show(front)
        screen.show(back)
        assert screen.page.get_by_role("status").text_content() == ""

    @pytest.mark.parametrize("typed", VERDICTS)
    def test_what_was_typed_outside_of_the_page_is_judged_by_the_marks(
        self, learner: Learner, screen: Screen, typed: str
    ) -> None:
        front, back = sides(learner, "Type the answer", typed)
        screen.show(front)
        screen.page.get_by_role("textbox").fill("Latakia")  # at an earlier time, on the same card
        screen.show(front.replace(TYPE_HERE, TYPE_OUTSIDE))
        screen.show(back)
        expected = VERDICTS["The Hague" if typed == "Thé Hâgue" else typed]  # the marks leave accents out
        assert screen.verdict() == expected
        assert screen.page.locator("#typeans").is_visible()

    @pytest.mark.parametrize("shown", NOTHING_TYPED.values(), ids=NOTHING_TYPED)
    def test_nothing_typed_outside_of_the_page_is_nothing_judged(
        self, learner: Learner, screen: Screen, shown: str
    ) -> None:
        front, back = sides(learner, "Type the answer")
        assert NOTHING_TYPED["now"] in back
        screen.show(front.replace(TYPE_HERE, TYPE_OUTSIDE))
        screen.show(back.replace(NOTHING_TYPED["now"], shown))
        assert screen.page.get_by_role("status").text_content() == ""
        assert screen.page.get_by_text("Answer: The Hague").is_visible()
        assert screen.page.locator("#typeans").is_visible() is ("typeMissed" in shown)

    def test_what_was_typed_is_judged_where_nothing_may_be_stored(self, learner: Learner, screen: Screen) -> None:
        screen.page.add_init_script(DENY_STORAGE)
        screen.page.reload()
        front, back = sides(learner, "Type the answer", "The Hauge")
        screen.show(front)
        screen.page.get_by_role("textbox").fill("The Hauge")
        screen.show(back)
        assert screen.verdict() == VERDICTS["The Hauge"]

    def test_the_field_is_large_and_helps_nobody(self, learner: Learner, screen: Screen) -> None:
        screen.show(sides(learner, "Type the answer")[0])
        field = screen.page.get_by_role("textbox")
        box = field.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= 360
        helps = {name: field.get_attribute(name) for name in ("autocomplete", "autocapitalize", "spellcheck")}
        assert helps == {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


class TestGap:
    def test_the_answer_stands_in_the_gap_of_the_back_alone(self, learner: Learner, screen: Screen) -> None:
        front, back = sides(learner, "Fill the gap")
        assert "Hague" not in front
        screen.show(front)
        assert screen.page.locator("#qz-stem").text_content() == "The court sits in …."
        assert screen.page.get_by_role("img", name="blank").is_visible()
        assert screen.page.get_by_text("The UN: Courts").is_visible()
        screen.show(back)
        assert screen.page.locator("#qz-stem").text_content() == "The court sits in The Hague."
        assert screen.page.get_by_role("strong").first.text_content() == "The Hague"


class TestMap:
    def test_numbers_are_called_by_their_numbers(self, learner: Learner, screen: Screen) -> None:
        front, back = sides(learner, "Map")
        assert screen.show(front) == ["1", "2", "10"]
        screen.page.keyboard.press("Alt+1")
        screen.show(back)
        assert screen.verdict() == "Wrong: you chose A (1), the answer is B (2)."

    def test_numbers_that_count_from_one_need_no_letters(self, tmp_path: Path, screen: Screen) -> None:
        options = [replace(option, text=str(number)) for number, option in enumerate((WRONG[0], RIGHT, WRONG[1]), 1)]
        with new_learner(tmp_path) as learner:
            learner.take(export([make_question(picture=MAP, options=tuple(options), ordered=True)]))
            front, back = learner.sides()
        screen.show(front)
        tops = {option.bounding_box()["y"] for option in screen.page.get_by_role("radio").all()}  # type: ignore[index] # shown
        assert len(tops) == 1
        screen.page.get_by_role("radio").nth(1).click()
        screen.show(back)
        assert screen.verdict() == "Right: the answer is 2."


class TestAllCards:
    @pytest.mark.parametrize("card", CARDS)
    def test_nothing_runs_out_of_a_phone(self, learner: Learner, screen: Screen, card: str) -> None:
        for side in sides(learner, card, "a wrong answer"):
            screen.show(side)
            screen.page.wait_for_timeout(50)  # the verdict comes after the rest
            assert screen.page.evaluate("document.documentElement.scrollWidth") <= 360

    @pytest.mark.parametrize("card", CARDS)
    def test_it_can_be_read_without_scripts(self, browser: Browser, learner: Learner, card: str) -> None:
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            front, back = sides(learner, card)
            page.set_content(f'<body class="card">{front}</body>')
            assert page.locator("#qz-stem").is_visible()
            assert (page.get_by_role("listitem").count() > 2) is (card in {"Choose", "Map"})
            page.set_content(f'<body class="card">{back}</body>')
            answer = {"Map": "Answer: 2", "Fill the gap": "The court sits in The Hague."}.get(card, "Answer: The Hague")
            assert page.get_by_text(answer).is_visible()
            assert page.get_by_text("Russia's navy uses Tartus.").is_visible()

    @pytest.mark.parametrize("body", ["card", "card nightMode", "card night_mode"])
    @pytest.mark.parametrize("card", CARDS)
    def test_all_can_be_read_by_day_and_by_night(
        self, browser: Browser, learner: Learner, card: str, body: str
    ) -> None:
        with browser.new_context() as context:
            screen = Screen(context.new_page(), one_page=False, body=body)
            front, back = sides(learner, card, "Tartus")
            screen.show(front)
            dark = screen.page.evaluate(f"{LIGHTNESS}(getComputedStyle(document.body).backgroundColor) < 0.1")
            assert dark is (body != "card")
            if card in {"Choose", "Map"}:
                screen.page.keyboard.press("Alt+1")
            elif card == "Type the answer":
                screen.page.get_by_role("textbox").fill("Tartus")
            low = screen.page.evaluate(CONTRAST)
            screen.show(back)
            screen.page.wait_for_timeout(50)
            assert low + screen.page.evaluate(CONTRAST) == []

    @pytest.mark.parametrize("card", CARDS)
    def test_a_superseded_question_says_so_on_both_sides(
        self, tmp_path: Path, learner: Learner, phone: Screen, card: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        note = learner.cards(f'Id:bases/{CARDS[card]}#plain "card:{card}"')[0].note()
        fields = list(note.fields)
        for name in ("Option 1", "Option 2", "Option 3", "Option 4", "Answer"):
            fields[FIELDS.index(name)] = ""
        fields[FIELDS.index("Superseded")] = "4 May 2027: the court moved."
        monkeypatch.setattr("quizgen.formats.anki_notes.fields_of", lambda *_, **__: fields)
        with new_learner(tmp_path) as other:
            other.take(export([make_question(picture=MAP if card == "Map" else None)], variant=Variant.EXTENDED))
            shown = other.sides(f'"card:{card}"')
        for side in shown:
            phone.show(side)
            assert (
                phone.page.get_by_role("note").first.text_content()
                == "No longer asked since 4 May 2027: the court moved."
            )
            assert phone.page.get_by_text("press Alt").count() == 0

    @pytest.mark.parametrize(
        ("language", "heading", "verdict"),
        [
            ("fr", "Également juste :", "Presque : vous avez écrit The Hagu, cela s’écrit The Hague."),
            ("es", "También es correcto:", "Casi: has escrito The Hagu, se escribe The Hague."),
            ("de", "Auch richtig:", "Fast: Geschrieben wurde The Hagu, richtig schreibt man The Hague."),
            ("ja", "Also right:", "Nearly: you typed The Hagu, it is spelt The Hague."),
            ("ar", "Also right:", "Nearly: you typed The Hagu, it is spelt The Hague."),
            ("xx", "Also right:", "Nearly: you typed The Hagu, it is spelt The Hague."),
        ],
    )
    def test_our_words_are_in_the_language_of_the_deck(
        self, tmp_path: Path, phone: Screen, monkeypatch: pytest.MonkeyPatch, language: str, heading: str, verdict: str
    ) -> None:
        monkeypatch.setattr(anki_fields, "typed_of", lambda *_: Typed("Where?", "The Hague", ("Den Haag",)))
        with new_learner(tmp_path) as learner:
            deck = make_deck(language=language)
            learner.take(export([make_question()], [deck], variant=Variant.EXTENDED))
            front, back = learner.sides('"card:Type the answer"', "The Hagu")
        phone.show(front)
        phone.page.get_by_role("textbox").fill("The Hagu")
        phone.show(back)
        assert phone.verdict() == verdict
        assert phone.page.locator(".qz-also b").text_content() == heading
        own = language if language in {"fr", "es", "de"} else "en"
        assert phone.page.locator(".qz-also b").evaluate("part => part.lang || 'en'") == own
        assert phone.page.locator(".qz").evaluate("part => getComputedStyle(part).direction") == (
            "rtl" if language == "ar" else "ltr"
        )

    def test_texts_from_the_right_stand_at_the_right(self, tmp_path: Path, phone: Screen) -> None:
        options = (replace(RIGHT, text="طرطوس"), replace(WRONG[0], text="اللاذقية"))
        with new_learner(tmp_path) as learner:
            learner.take(export([make_question(stem="أين القاعدة؟", options=options)], [make_deck(language="ar")]))
            front, back = learner.sides()
        for side in (front, back):
            phone.show(side)
            for part in (".qz-stem", ".qz-option"):
                assert phone.page.locator(part).first.evaluate("part => getComputedStyle(part).direction") == "rtl"
            text, option = (phone.page.locator(part).first.bounding_box() for part in (".qz-text", ".qz-option"))
            assert text
            assert option
            assert option["x"] + option["width"] - text["x"] - text["width"] > 30  # the letter stands at the right


def test_fields_have_the_same_order_as_their_names() -> None:
    assert len(fields_of(make_question(), "en")) == len(FIELDS) == len(set(FIELDS))


LIGHTNESS = """(function (colour) {
  const [r, g, b] = colour.match(/[\\d.]+/g).map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
})"""
# Texts whose contrast with what lies behind them is under 4.5 (WCAG 2.2, 1.4.3).
CONTRAST = f"""() => {{
  const lightness = {LIGHTNESS};
  const behind = (part) => {{
    for (let each = part; each; each = each.parentElement) {{
      const colour = getComputedStyle(each).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }}
    return "rgb(255, 255, 255)";
  }};
  const low = [];
  for (const part of document.querySelectorAll("#qa *")) {{
    const text = Array.from(part.childNodes).some((node) => node.nodeType === 3 && node.textContent.trim());
    if (!text || /SCRIPT|STYLE/.test(part.tagName) || !part.getClientRects().length) continue;
    const [one, other] = [getComputedStyle(part).color, behind(part)].map(lightness).sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    if (contrast < 4.5) low.push(part.className + ": " + part.textContent + " " + contrast);
  }}
  return low;
}}"""
