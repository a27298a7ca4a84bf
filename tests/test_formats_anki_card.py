"""Our cards, as the real Anki renders them, in a real browser: the order, the verdict, and who can use them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.anki_support import (
    DENY_STORAGE,
    HOSTILE,
    ORDERED,
    RIGHT,
    SHOW_ON_ONE_PAGE,
    WRONG,
    Learner,
    Screen,
    export,
    make_question,
    new_learner,
)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    with new_learner(tmp_path) as learner:
        yield learner


@pytest.fixture(params=[False, True], ids=["page per side", "one page"])
def screen(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Screen]:
    with browser.new_context() as context:
        screen = Screen(context.new_page(), one_page=request.param)
        yield screen
        assert screen.errors == []


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Front and back of one card, as the real Anki renders them."""
    with new_learner(tmp_path_factory.mktemp("learner")) as learner:
        learner.take(export([make_question()]))
        return learner.sides()


def letter_of(order: list[str], text: str) -> str:
    return "ABCDEF"[order.index(text)]


class TestCard:
    def test_both_sides_agree_whatever_the_dice(self, screen: Screen, sides: tuple[str, str]) -> None:
        seen = set()
        for _ in range(6):
            order = screen.show(sides[0])
            assert screen.show(sides[1]) == order
            assert screen.show(sides[1]) == order  # Anki draws a back again when the learner edits or flags it
            seen.add(tuple(order))
        assert len(seen) > 2

    def test_both_sides_agree_without_storage(self, screen: Screen, sides: tuple[str, str]) -> None:
        screen.page.add_init_script(DENY_STORAGE)
        screen.page.reload()
        for _ in range(3):
            order = screen.show(sides[0])
            assert screen.show(sides[1]) == order
            assert screen.verdict() == f"The answer is {letter_of(order, 'Tartus')} (Tartus)."

    def test_a_back_without_a_front_still_answers(self, screen: Screen, sides: tuple[str, str]) -> None:
        order = screen.show(sides[1])
        assert screen.verdict() == f"The answer is {letter_of(order, 'Tartus')} (Tartus)."
        assert screen.show(sides[1]) == order

    @pytest.mark.parametrize("text", ["Tartus", "Jableh"])
    def test_the_back_says_in_words_how_it_went(self, screen: Screen, sides: tuple[str, str], text: str) -> None:
        order = screen.show(sides[0])
        screen.choose(text)
        assert screen.said() == ["ans"]
        screen.show(sides[1])
        answer, choice = (f"{letter_of(order, word)} ({word})" for word in ("Tartus", text))
        expected = {
            "Tartus": f"Right: the answer is {answer}.",
            "Jableh": f"Wrong: you chose {choice}, the answer is {answer}.",
        }
        assert screen.verdict() == expected[text]
        screen.show(sides[1])
        assert screen.verdict() == expected[text]

    def test_the_marks_do_not_need_colour(self, screen: Screen, sides: tuple[str, str]) -> None:
        screen.show(sides[0])
        screen.choose("Latakia")
        screen.show(sides[1])
        marks = {
            option.locator(".qz-text").text_content(): option.locator(".qz-mark").all_text_contents()
            for option in screen.page.get_by_role("radio").all()
        }
        assert marks.pop("Latakia") == ["✗ Your choice: wrong"]
        assert marks.pop("Tartus") == ["✓ Right answer"]
        assert list(marks.values()) == [[], []]

    def test_a_tap_on_any_part_of_an_option_is_for_the_option(self, screen: Screen, sides: tuple[str, str]) -> None:
        """AnkiMobile turns the card at a tap, save on links, buttons and what has this class."""
        screen.show(sides[0])
        parts = screen.page.locator(".qz-option, .qz-option *")
        assert parts.count() == 8
        assert parts.evaluate_all("parts => parts.every((part) => part.classList.contains('tappable'))")
        screen.show(sides[1])
        assert screen.page.locator(".tappable").count() == 0

    def test_alt_and_a_digit_choose_by_place(self, screen: Screen, sides: tuple[str, str]) -> None:
        order = screen.show(sides[0])
        screen.page.keyboard.press("3")
        screen.page.keyboard.press("Alt+9")
        assert screen.said() == []
        screen.page.keyboard.press("Alt+3")
        assert screen.said() == ["ans"]
        assert screen.page.get_by_role("radio", checked=True).locator(".qz-text").text_content() == order[2]

    def test_arrows_walk_and_enter_chooses(self, screen: Screen, sides: tuple[str, str]) -> None:
        order = screen.show(sides[0])
        screen.page.get_by_role("radio").first.focus()
        for key in ("ArrowUp", "ArrowUp", "ArrowDown"):
            screen.page.keyboard.press(key)
        assert screen.said() == []
        screen.page.keyboard.press("Enter")
        assert screen.said() == ["ans"]
        assert screen.page.get_by_role("radio", checked=True).locator(".qz-text").text_content() == order[3]

    def test_the_choice_of_one_showing_does_not_reach_the_next(self, screen: Screen, sides: tuple[str, str]) -> None:
        screen.show(sides[0])
        screen.choose("Jableh")
        screen.show(sides[1])
        screen.show(sides[0])
        screen.show(sides[1])
        assert screen.verdict().startswith("The answer is")

    def test_ascending_options_are_not_shuffled(self, screen: Screen, learner: Learner) -> None:
        learner.take(export([make_question(options=ORDERED, ordered=True)]))
        front, back = learner.sides()
        for _ in range(2):
            assert screen.show(front) == screen.show(back) == ["1", "2", "10"]

    @pytest.mark.parametrize("name", ["cloze", "script", "right to left"])
    def test_hostile_texts_stay_texts(self, screen: Screen, learner: Learner, name: str) -> None:
        text = HOSTILE[name]
        learner.take(export([make_question(stem=text, options=(replace(RIGHT, text=text), WRONG[0]))]))
        front, back = learner.sides()
        screen.show(front)
        screen.page.keyboard.press("Alt+1")
        screen.show(back)
        assert screen.page.locator(".qz-stem").text_content() == text
        assert f"({text})" in screen.verdict()
        assert screen.page.title() == ""


FLIPS = {
    "AnkiDroid": "window.showAnswer = () => window.said.push('flip')",
    "AnkiWeb": "window.study = { drawAnswer: () => window.said.push('flip') }",
    "AnkiMobile": "window.sendMessage2 = (scheme, where) => window.said.push(scheme === 'ankitap' && 'flip')",
    "AnkiMobile, newer": (
        "window.webkit = { messageHandlers: { cb: { postMessage: (text) =>"
        " window.said.push(JSON.parse(text).scheme === 'ankitap' && 'flip') } } }"
    ),
}


class TestInTheBrowser:
    @pytest.fixture
    def one_page(self, browser: Browser) -> Iterator[Screen]:
        with browser.new_context(viewport={"width": 360, "height": 640}) as context:
            screen = Screen(context.new_page(), one_page=True)
            yield screen
            assert screen.errors == []

    @pytest.mark.parametrize("make", FLIPS.values(), ids=FLIPS)
    def test_a_choice_turns_the_card_everywhere(self, one_page: Screen, sides: tuple[str, str], make: str) -> None:
        one_page.page.evaluate(f"() => {{ delete window.pycmd; {make}; }}")
        one_page.show(sides[0])
        one_page.choose("Tartus")
        assert one_page.said() == ["flip"]

    def test_one_page_knows_the_choice_without_storage(self, one_page: Screen, sides: tuple[str, str]) -> None:
        one_page.page.add_init_script(DENY_STORAGE)
        one_page.page.reload()
        one_page.show(sides[0])
        one_page.choose("Jableh")
        for _ in range(2):
            one_page.show(sides[1])
            assert one_page.verdict().startswith("Wrong: you chose")

    def test_every_option_takes_every_place_as_often(self, one_page: Screen, sides: tuple[str, str]) -> None:
        dice = random.Random(20261122)
        throws = [dice.random() for _ in range(2400)]
        orders: list[str] = one_page.page.evaluate(
            f"""([html, throws]) => throws.map((thrown) => {{
                Math.random = () => thrown;
                ({SHOW_ON_ONE_PAGE})(html);
                return Array.from(document.querySelectorAll(".qz-option"), (option) => option.dataset.n).join("");
            }})""",
            [sides[0], throws],
        )
        places = Counter((place, option) for order in orders for place, option in enumerate(order))
        assert len(places) == 16
        chi_square = sum((seen - 600) ** 2 / 600 for seen in places.values())
        assert chi_square < 35  # nine degrees of freedom: chance exceeds this once in 20,000
        assert len(set(orders)) == 24

    def test_targets_are_large_and_nothing_runs_out_of_a_phone(self, one_page: Screen, learner: Learner) -> None:
        learner.take(export([make_question(stem="x" * 300, options=(replace(RIGHT, text="y" * 200), *WRONG))]))
        for side in learner.sides():
            one_page.show(side)
            boxes = [option.bounding_box() for option in one_page.page.get_by_role("radio").all()]
            assert all(box and box["height"] >= 44 and box["x"] + box["width"] <= 360 for box in boxes)
            assert one_page.page.evaluate("document.documentElement.scrollWidth") <= 360

    def test_listeners_leave_with_their_card(self, one_page: Screen, sides: tuple[str, str]) -> None:
        for _ in range(5):
            one_page.show(sides[0])
        one_page.page.keyboard.press("Alt+1")
        assert one_page.said() == ["ans"]

    def test_it_can_be_read_without_scripts(self, browser: Browser, sides: tuple[str, str]) -> None:
        with browser.new_context(java_script_enabled=False) as context:
            page = context.new_page()
            page.set_content(f'<body class="card">{sides[1]}</body>')
            assert page.get_by_role("listitem").filter(has_text="Tartus").first.is_visible()
            assert page.get_by_text("Answer: Tartus").is_visible()

    def test_a_screen_reader_gets_names_and_states(self, one_page: Screen, sides: tuple[str, str]) -> None:
        one_page.show(sides[0])
        group = one_page.page.get_by_role("radiogroup", name="Where is Russia's naval base?")
        assert group.get_by_role("radio", checked=False).count() == 4
        one_page.choose("Tartus")
        assert group.get_by_role("radio", checked=True).count() == 1
        assert one_page.page.get_by_role("status").get_attribute("aria-live") == "polite"
