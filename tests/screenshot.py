"""Takes the picture in the README from the running product: `python -m tests.screenshot docs/quiz.png`."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests import browser as browsers
from tests.serving import serving

DECK = "russia-syria-bases"
ANSWER = "To project power in the Mediterranean"
SIZE = (1000, 1090)


def take(browser: Browser, address: str, file: Path) -> None:
    """Answer the first question of a shipped deck, and take a picture of the page that says why."""
    width, height = SIZE
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="light")
    try:
        page = context.new_page()
        page.goto(f"{address}/decks/{DECK}")
        page.get_by_label("Questions").select_option("50")  # all of them, so that the first one is first
        page.get_by_label("Order").select_option("as in the deck")
        page.get_by_role("button", name="Start the quiz").click()
        page.get_by_role("radio", name=re.compile(ANSWER)).check()
        page.get_by_role("button", name="Check the answer").click()
        page.get_by_role("heading", name="Right").wait_for()
        page.screenshot(path=file)
    finally:
        context.close()


def main(file: Path) -> None:
    """Start the product in a folder of its own, and take the picture."""
    path = browsers.find()
    with tempfile.TemporaryDirectory() as data, serving(Path(data)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(browsers.ARGUMENTS))
        take(browser, address, file)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
