"""The workbench in a real browser: from a pasted article to a quiz that was played, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from quizgen.facts import Library, load_deck
from quizgen.questions import make_questions
from tests.serving import free_port, serving, started
from tests.test_real_browser import FOCUSED, Visit, answer_by_mouse, answer_one, go_on_by_mouse, tab_to, visiting
from tests.workbench_support import ARTICLE

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
EURO = "Lithuania introduced the euro in 2015."
SELECT = """words => {
    const nodes = document.createTreeWalker(document.querySelector(".article"), NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
        const at = nodes.currentNode.data.indexOf(words);
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(nodes.currentNode, at);
        range.setEnd(nodes.currentNode, at + words.length);
        document.getSelection().removeAllRanges();
        document.getSelection().addRange(range);
        return;
    }
}"""
SEEN = """element => {
    const box = element.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("served"), "nato") as address:
        yield address


def paste(visit: Visit) -> None:
    """Come to the workbench from the library, and draft."""
    visit.open("/")
    visit.page.get_by_role("link", name="Make a quiz").press("Enter")
    expect(visit.page.get_by_label("The article")).to_be_focused()
    visit.page.keyboard.insert_text(ARTICLE)
    tab_to(visit.page, visit.page.get_by_role("button", name="Draft facts from it"))
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator(".fact.chosen")).to_be_visible()
    visit.check()


def accept(page: Page, most: int) -> None:
    """Accept facts by the key Enter alone, each after a look at it."""
    for number in range(1, most + 1):
        button = page.locator(".fact.chosen").get_by_role("button", name="Accept")
        assert button.evaluate(FOCUSED)
        assert button.evaluate(SEEN)
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name=f"Accepted: {number}")).to_be_visible()


def add(page: Page, *, scripts: bool) -> None:
    """Add a fact: from selected words, or from a whole sentence."""
    if scripts:
        page.evaluate(SELECT, "the euro in 2015")
        page.get_by_role("link", name="Add a fact from the selected words").press("Enter")
    else:
        page.locator("[data-s]", has_text=EURO).locator("xpath=following-sibling::a[1]").press("Enter")
    expect(page.locator("form.typed blockquote")).to_have_text("the euro in 2015" if scripts else EURO)
    expect(page.get_by_label("Question")).to_be_focused()
    page.keyboard.insert_text("Which country pays with the euro since 2015?")
    for words in ("Lithuania", "Norway", "It is no member.", "Iceland", "It has a króna.", "Serbia"):
        page.keyboard.press("Tab")
        page.keyboard.insert_text(words)


def keys_of(page: Page) -> dict[str, str]:
    """The right answer to every question, as the downloaded deck has it."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the deck").click()
    name = download.value.suggested_filename
    deck, problems = load_deck(Path(download.value.path()).read_bytes(), name)
    assert deck is not None, problems
    return {question.stem: question.answer.text for question in make_questions(Library((deck,)))[0]}


@pytest.mark.parametrize(
    ("width", "scripts"), [(1280, True), *(pytest.param(width, False, marks=pytest.mark.prove) for width in (820, 360))]
)
def test_from_an_article_to_a_quiz_of_ten(browser: Browser, address: str, width: int, scripts: bool) -> None:
    with visiting(browser, address, width, scripts=scripts) as visit:
        page = visit.page
        paste(visit)
        accept(page, 16)
        add(page, scripts=scripts)
        page.keyboard.press("Enter")  # in a field of one line, this saves
        expect(page.get_by_role("status")).to_contain_text("Which country pays with the euro since 2015?")
        expect(page.locator(".fact.chosen .asked")).to_contain_text("It is no member.")
        page.locator(".fact.chosen").get_by_role("link", name="Edit").click()
        expect(page.get_by_label("Why it is wrong").first).to_have_value("It is no member.")
        page.get_by_role("link", name="Cancel").click()
        expect(page.locator(".fact.chosen .asked")).to_contain_text("It is no member.")
        visit.check()
        keys = keys_of(page)
        visit.faults.clear()  # a download ends the request for a page
        page.get_by_role("button", name="Take the quiz").click()
        for position in range(1, 11):
            expect(page.locator("#place")).to_have_text(f"Question {position} of 10")
            answer_one(visit, keys, answer_by_mouse, right=True)
            go_on_by_mouse(page)
        expect(page.get_by_role("heading", name="10 of 10 right")).to_be_visible()


def test_nothing_typed_or_done_is_lost_when_the_server_is_killed(browser: Browser, tmp_path: Path) -> None:
    port = free_port()
    with started(tmp_path, "nato", port=port) as server, visiting(browser, server.address) as visit:
        page = visit.page
        paste(visit)
        accept(page, 2)
        add(page, scripts=True)
        server.kill()
        with started(tmp_path, "nato", port=port):
            page.reload()
            expect(page.get_by_label("Question")).to_have_value("Which country pays with the euro since 2015?")
            expect(page.get_by_label("Wrong answer 3")).to_have_value("Serbia")
            page.get_by_role("button", name="Save and accept").click()
            expect(page.get_by_role("link", name="Accepted: 3")).to_be_visible()
            page.get_by_role("button", name="Put it into the library").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Which countries joined"))
        server.kill()
        with started(tmp_path, "nato", port=port):
            visit.open("/")
            expect(page.get_by_role("checkbox", name="Which countries joined")).to_be_visible()
            visit.open("/workbench")
            page.get_by_role("link", name="Which countries joined").click()
            page.get_by_role("button", name="Undo").press("Enter")
            expect(page.get_by_role("link", name="Accepted: 2")).to_be_visible()


@pytest.mark.parametrize("width", [360, *(pytest.param(width, marks=pytest.mark.prove) for width in (820, 1280))])
def test_every_page_of_it_is_named_and_fits_and_can_be_read(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, address, width) as visit:
        page = visit.page
        paste(visit)
        accept(page, 3)
        path = page.url.removeprefix(address).partition("?")[0]
        edit = page.locator(".fact.chosen").get_by_role("link", name="Edit").get_attribute("href")
        shown = [f"{path}{query}" for query in ("", "?show=accepted", "?show=rejected", "?sentence=4")]
        for each in ("/workbench", *shown, edit or ""):
            visit.open(each)
            assert page.get_by_role("heading", level=1).count() == 1
            assert page.evaluate(UNNAMED) == []
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                assert page.evaluate(PALE) == []


UNNAMED = """() => [...document.querySelectorAll("main :is(input:not([type=hidden]), textarea, button, a)")]
    .filter(one => !(one.labels?.length || one.getAttribute("aria-label") || one.textContent.trim()))
    .map(one => one.outerHTML)"""
# What is written on a background too like it: less than 4.5 to 1, as the guidelines for accessibility count.
PALE = """() => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
        .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, place) => sum + part * [0.2126, 0.7152, 0.0722][place], 0);
    const behind = one => {
        for (; one; one = one.parentElement) {
            const colour = parts(getComputedStyle(one).backgroundColor);
            if (colour.length < 4 || colour[3] > 0) return colour;
        }
        return [255, 255, 255];
    };
    return [...document.querySelectorAll("main *")].filter(one => [...one.childNodes].some(
        node => node.nodeType === 3 && node.data.trim())).filter(one => {
        const [ink, paper] = [light(parts(getComputedStyle(one).color)), light(behind(one))];
        return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 4.5;
    }).map(one => one.outerHTML.slice(0, 200));
}"""
