"""The real server and a real browser: whole quizzes, with and without JavaScript, and what outlives a kill."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response, expect

from quizgen.facts import open_library
from quizgen.paths import DECKS
from quizgen.questions import make_questions, only
from tests import screenshot
from tests.anki_support import new_learner
from tests.serving import HOST, free_port, serving, started

DECK = "russia-syria-bases"
TITLE = "Russia's bases in Syria"
PATIENCE = 30_000  # milliseconds; nothing waits longer than it takes, but a busy computer may take long
LETTERS = "abcd"
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
FOCUSED = "element => element === document.activeElement"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """The right answer to every stem of the deck, as its file has it."""
    library, _, problems = open_library([DECK], DECKS)
    assert problems == []
    return {question.stem: question.answer.text for question in only(make_questions(library)[0], [DECK])}


class Visit:
    """A browser nobody has used yet; it takes down whatever should not happen."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.faults: list[str] = []
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", self._ask)
        page.on("requestfailed", self._fail)
        page.on("response", self._get)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(message.text)

    def _ask(self, request: Request) -> None:
        if urlsplit(request.url).hostname != HOST:
            self.faults.append(f"request to {request.url}")

    def _fail(self, request: Request) -> None:
        if not urlsplit(request.url).path.endswith(".apkg"):  # a download ends the request for a page
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _get(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.check()

    def check(self) -> None:
        """Hold what is true of every page."""
        assert not self.page.evaluate(SCROLLS), f"{self.page.url} scrolls sideways"
        assert self.faults == []

    def start(self) -> None:
        """Begin a quiz of five questions with the mouse."""
        self.open(f"/decks/{DECK}")
        self.page.get_by_label("Questions").select_option("5")
        self.page.get_by_role("button", name="Start the quiz").click()

    def number(self, keys: dict[str, str], *, right: bool) -> int:
        """Find the right option on the page, or a wrong one."""
        key = keys[self.page.get_by_role("heading", level=1).inner_text()]
        texts = self.page.locator("label.option > span:last-child").all_inner_texts()
        assert texts.count(key) == 1
        return next(number for number, text in enumerate(texts) if (text == key) is right)


@contextmanager
def visiting(browser: Browser, address: str, width: int = 1000, *, scripts: bool = True) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": width, "height": 700}, java_script_enabled=scripts)
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    try:
        visit = Visit(context.new_page(), address)
        yield visit
        visit.check()
    finally:
        context.close()


def tab_to(page: Page, target: Locator) -> None:
    for _ in range(60):
        if target.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def wait_for_keys(page: Page) -> None:
    expect(page.get_by_role("button", name="Keys are on")).to_be_visible()


def start_by_keyboard(visit: Visit) -> None:
    visit.open("/")
    tab_to(visit.page, visit.page.get_by_role("checkbox", name=TITLE))
    visit.page.keyboard.press("Space")
    tab_to(visit.page, visit.page.get_by_label("Questions"))
    visit.page.keyboard.press("ArrowUp")
    tab_to(visit.page, visit.page.get_by_role("button", name="Start"))
    visit.page.keyboard.press("Enter")


def answer_by_letter(page: Page, number: int) -> None:
    wait_for_keys(page)
    page.keyboard.press(LETTERS[number])
    page.keyboard.press("Enter")


def answer_by_tabs(page: Page, number: int) -> None:
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for _ in range(number):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def answer_by_mouse(page: Page, number: int) -> None:
    page.locator("label.option").nth(number).click()
    page.get_by_role("button", name="Check the answer").click()


def go_on_by_enter(page: Page) -> None:
    wait_for_keys(page)
    page.keyboard.press("Enter")


def go_on_by_tabs(page: Page) -> None:
    tab_to(page, page.locator("#next"))
    page.keyboard.press("Enter")


def go_on_by_mouse(page: Page) -> None:
    page.locator("#next").click()


WAYS: dict[str, tuple[bool, Callable[[Visit], None], Callable[[Page, int], None], Callable[[Page], None]]] = {
    "letters": (True, start_by_keyboard, answer_by_letter, go_on_by_enter),
    "tabs": (False, start_by_keyboard, answer_by_tabs, go_on_by_tabs),
    "mouse": (False, Visit.start, answer_by_mouse, go_on_by_mouse),
}


@pytest.mark.parametrize("width", [320, 1920])
@pytest.mark.parametrize("way", WAYS)
def test_a_whole_quiz(browser: Browser, address: str, keys: dict[str, str], way: str, width: int) -> None:
    scripts, start, answer, go_on = WAYS[way]
    with visiting(browser, address, width, scripts=scripts) as visit:
        page = visit.page
        start(visit)
        for position in range(1, 6):
            expect(page.locator("#place")).to_have_text(f"Question {position} of 5")
            visit.check()
            answer_one(visit, keys, answer, right=position != 2)
            go_on(page)
        expect(page.get_by_role("heading", name="4 of 5 right")).to_be_visible()
        expect(page.locator("article.mistake")).to_have_count(1)
        visit.check()
        page.get_by_role("button", name="Retry 1 mistake").press("Enter")
        expect(page.locator("#place")).to_have_text("Question 1 of 1")
        answer_one(visit, keys, answer, right=True)
        visit.open("/")
        assert page.get_by_role("link", name="Result: 1 of 1 right").count() == 1
        visit.open("/about")


def answer_one(visit: Visit, keys: dict[str, str], answer: Callable[[Page, int], None], *, right: bool) -> None:
    number = visit.number(keys, right=right)
    answer(visit.page, number)
    expect(visit.page.locator("#verdict h1")).to_have_text(re.compile("Right" if right else "Wrong"))
    mine = visit.page.locator("li.option").filter(has_text="your answer")
    expect(mine.locator(".badge")).to_have_text(LETTERS[number].upper())
    visit.check()


class TestKeys:
    def test_enter_alone_answers_nothing(self, browser: Browser, address: str) -> None:
        with visiting(browser, address) as visit:
            visit.start()
            wait_for_keys(visit.page)
            visit.page.keyboard.press("Enter")
            visit.page.keyboard.press("z")
            assert visit.page.locator("input:invalid").count() > 0
            assert visit.page.locator("#verdict").count() == 0

    def test_letters_can_be_switched_off_and_stay_off(self, browser: Browser, address: str) -> None:
        with visiting(browser, address) as visit:
            visit.start()
            visit.page.get_by_role("button", name="Keys are on").click()
            visit.page.reload()
            expect(visit.page.get_by_role("button", name="Keys are off")).to_be_visible()
            visit.page.keyboard.press("a")
            assert visit.page.get_by_role("radio", checked=True).count() == 0

    def test_without_scripts_nobody_is_told_of_keys(self, browser: Browser, address: str) -> None:
        with visiting(browser, address, scripts=False) as visit:
            visit.start()
            expect(visit.page.locator(".keys")).to_be_hidden()


def test_a_quiz_goes_on_after_the_server_was_killed(browser: Browser, keys: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, port=port) as server, visiting(browser, server.address, scripts=False) as visit:
        visit.start()
        for right in (True, False):
            answer_one(visit, keys, answer_by_mouse, right=right)
            go_on_by_mouse(visit.page)
        expect(visit.page.locator("#place")).to_have_text("Question 3 of 5")
        server.kill()
        with started(tmp_path, port=port):
            answer_one(visit, keys, answer_by_mouse, right=True)  # on the page that was open
            expect(visit.page.locator(".count")).to_have_text("2 of 3 right")
            visit.open("/")
            visit.page.get_by_role("link", name="Go on: 3 of 5 answered").click()
            for _ in (4, 5):
                answer_one(visit, keys, answer_by_mouse, right=True)
                go_on_by_mouse(visit.page)
            expect(visit.page.get_by_role("heading", name="4 of 5 right")).to_be_visible()


def test_the_download_button_gives_a_deck_that_anki_takes(browser: Browser, address: str, tmp_path: Path) -> None:
    with visiting(browser, address) as visit:
        visit.open(f"/decks/{DECK}")
        told = re.search(r"(\d+) questions", visit.page.locator(".meta").inner_text())
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="Download for Anki").click()
        assert re.fullmatch(rf"{DECK}-\d{{4}}-\d\d-\d\d\.apkg", download.value.suggested_filename)
        download.value.save_as(tmp_path / "deck.apkg")
    with new_learner(tmp_path) as learner:
        assert told is not None
        assert learner.take((tmp_path / "deck.apkg").read_bytes()) == {"new": int(told[1])}


@pytest.mark.parametrize("width", [320, 1920])
def test_a_category_comes_by_keyboard_and_without_scripts(
    browser: Browser, address: str, tmp_path: Path, width: int
) -> None:
    with visiting(browser, address, width, scripts=False) as visit:
        page = visit.page
        visit.open("/")
        tab_to(page, page.get_by_role("link", name="For Anki", exact=True))
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Download the decks")).to_be_visible()
        visit.check()
        tab_to(page, page.get_by_role("radio", name="Choose the answer"))
        page.keyboard.press("ArrowDown")
        button = page.get_by_role("button", name="Politics", exact=True)
        tab_to(page, button)
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        assert re.fullmatch(r"quizgen-politics-extended-\d{4}-\d\d-\d\d\.apkg", download.value.suggested_filename)
        download.value.save_as(tmp_path / "deck.apkg")
    with new_learner(tmp_path) as learner:
        learner.take((tmp_path / "deck.apkg").read_bytes())
        assert TITLE in learner.names()[-1]
        assert learner.col.card_count() > learner.col.note_count()


@pytest.mark.parametrize("width", [320, 1000])
def test_on_the_page_for_anki_every_target_is_large_and_named(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address, width, scripts=False) as visit:
        visit.open(f"/anki?deck={DECK}")
        visit.page.locator("summary").click()
        visit.check()
        targets = visit.page.locator(
            "main :is(button, select, input:not([type=radio]), summary, label:has([type=radio]))"
        )
        assert targets.count() > 30
        for target in targets.all():
            box = target.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 44, target.inner_text()
        unnamed = [button for button in visit.page.get_by_role("button").all() if not button.inner_text().strip()]
        assert unnamed == []
        assert visit.page.get_by_role("heading", level=1).count() == 1


def test_the_picture_in_the_readme_can_be_taken(browser: Browser, address: str, tmp_path: Path) -> None:
    screenshot.take(browser, address, tmp_path / "quiz.png")
    assert (tmp_path / "quiz.png").read_bytes().startswith(b"\x89PNG")
