"""What the tests of the Anki export need: small questions, the real Anki, and a page that shows a card as Anki does."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import anki.collection  # before its parts, which import one another in a circle
import anki.lang
from anki import import_export_pb2
from anki.cards import Card
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.scheduler.v3 import CardAnswer
from playwright.sync_api import Page, Route

from quizgen.facts import Deck, PlainFact, Source
from quizgen.formats.anki import write_anki
from quizgen.questions import Ground, Level, Option, Question

CHANGED = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SOURCE = Source(
    key="yanuki",
    title="Russia's bases & Syria",
    publisher="Yanuki",
    retrieved=date(2026, 11, 22),
    url="https://example.org/bases?a=1&b=2",
    note="Compiled from third parties, unverified.",
)
RIGHT = Option("tartus", "Tartus")
WRONG = (
    Option("latakia", "Latakia", Ground.AUTHOR, "Latakia has a civil port."),
    Option("baniyas", "Baniyas", Ground.COMPLETE, "Baniyas is an oil terminal."),
    Option("jableh", "Jableh", Ground.INTERVAL, "Jableh lies beside the airbase."),
)
ORDERED = (replace(WRONG[0], text="1"), replace(RIGHT, text="2"), replace(WRONG[1], text="10"))

# Texts that have broken other people's cards.
HOSTILE = {
    "cloze": "a {{c1::x}} and {{Stem}} {{#Id}} {{/Id}} }} {{",
    "script": "</script><script>document.title = 'gone'</script>",
    "tag": "<b>not bold</b> <img src=x onerror=alert(1)> <!-- -->",
    "entity": "&amp; &lt; &#123; &nbsp;",
    "quotes": "\"double\" 'single' `tick` „low“ «guillemets»",
    "emoji": "flags 🇺🇦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and 👩‍👩‍👧",
    "right to left": "مضيق هرمز (hormuz) \u200f עזה",
    "long": "ten thousand " * 769 + "end",
    "backslash": r"C:\new\table \(x^2\) \\[y\\] \u0041 $x$ [$]y[/$]",
    "lines": "first\nsecond\n\nfourth",
    "anki": "[sound:a.mp3] [latex]x[/latex] [anki:tts lang=en]y[/anki:tts]",
    "percent": "100 % {0} %s ${x} <%= y %>",
    "combining": "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢ \N{LATIN SMALL LETTER E WITH ACUTE}",
}


def make_question(key: str = "tartus", stem: str = "Where is Russia's naval base?", **changes: Any) -> Question:
    """Make a question with four options; `changes` go to it where it has the field, else to its fact."""
    fact = PlainFact(
        key=key,
        deck="bases",
        file="decks/bases.yaml",
        line=10,
        source=SOURCE,
        as_of=date(2026, 11, 22),
        quote="a crucial military foothold",
        ask=stem,
        answer="Tartus",
    )
    question = Question(
        id=f"bases/{key}#plain",
        fact=fact,
        kind="plain",
        level=Level.RECALL,
        stem=stem,
        options=(RIGHT, *WRONG),
        explanation="Russia's navy uses Tartus.",
        option_set="ports",
    )
    of_question = {name: value for name, value in changes.items() if name in Question.__dataclass_fields__}
    of_fact = {name: value for name, value in changes.items() if name not in of_question}
    return replace(question, fact=replace(fact, **of_fact), **of_question)


def make_deck(**changes: Any) -> Deck:
    """Make the deck that the questions belong to."""
    deck = Deck(
        key="bases",
        title="Russia's bases in Syria",
        description="Where they are, and why.",
        category=("Politics", "International Relations"),
        language="en",
        as_of=date(2026, 11, 22),
        file="decks/bases.yaml",
        sources=(SOURCE,),
    )
    return replace(deck, **changes)


def make_questions(count: int) -> list[Question]:
    """Make questions that differ in key and stem."""
    return [make_question(f"fact-{number}", f"Question {number}?") for number in range(count)]


def export(questions: Sequence[Question], decks: Sequence[Deck] | None = None, **settings: Any) -> bytes:
    """Return the package of some questions, and of the one deck unless others are named."""
    out = io.BytesIO()
    write_anki(decks or [make_deck()], questions, out, **({"changed": CHANGED} | settings))
    return out.getvalue()


class Learner:
    """A learner's real Anki, with nothing in it but what is imported."""

    def __init__(self, folder: Path) -> None:
        anki.lang.set_lang("en_GB")  # without a language, parts of the backend answer None
        self.folder = folder
        self.col = Collection(str(folder / "learner.anki2"))

    def take(self, package: bytes) -> dict[str, int]:
        """Import a package with the options that Anki offers first; return how many notes fared how."""
        path = self.folder / "incoming.apkg"
        path.write_bytes(package)
        newer = import_export_pb2.IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_IF_NEWER
        options = ImportAnkiPackageOptions(update_notes=newer, update_notetypes=newer)
        log = self.col.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options)).log
        self.col.models._clear_cache()  # pylib does not notice an import
        self.col.decks.select(self.col.decks.id_for_name("quizgen"))
        return {field.name: len(notes) for field, notes in log.ListFields() if field.name != "found_notes"}

    def study(self, count: int) -> None:
        """Answer some cards."""
        for _ in range(count):
            queued = self.col.sched.get_queued_cards().cards[0]
            card = Card(self.col, backend_card=queued.card)
            card.start_timer()
            answer = self.col.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
            self.col.sched.answer_card(answer)

    def memory(self) -> dict[str, list[Any]]:
        """Return everything that studying has left behind."""
        return {
            "cards": self.col.db.all("select * from cards order by id"),
            "reviews": self.col.db.all("select * from revlog order by id"),
        }

    def cards(self, search: str = "") -> list[Any]:
        """Return the cards that a search finds."""
        return [self.col.get_card(card) for card in sorted(self.col.find_cards(search))]

    def sides(self, search: str = "", typed: str = "") -> tuple[str, str]:
        """Return front and back of the one card that a search finds, as Anki renders them.

        Where the answer is typed, `typed` is what the learner has typed; Anki's reviewers put field and marks in there.
        """
        (card,) = self.cards(search)
        marks = self.col.compare_answer(card.note()["To type"], typed, combining=False)
        return card.question().replace(TYPED, TYPE_HERE), card.answer().replace(TYPED, f"<div>{marks}</div>")

    def names(self) -> list[str]:
        """Return the names of all decks."""
        return [deck.name for deck in self.col.decks.all_names_and_ids()]


@contextmanager
def new_learner(folder: Path) -> Iterator[Learner]:
    """Open a learner's Anki and close it again."""
    learner = Learner(folder)
    try:
        yield learner
    finally:
        learner.col.close()


class _Text(HTMLParser):
    """The text inside the elements of one class, a line for each `<br>`."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.depth, self.texts = name, 0, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        elif self.depth:
            self.depth += 1
        elif self.name in (dict(attrs).get("class") or "").split():
            self.depth = 1
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.texts[-1] += data


def texts_in(html: str, name: str) -> list[str]:
    """Return the text of each element of a class, as a learner reads it."""
    parser = _Text(name)
    parser.feed(html)
    return parser.texts


PAGE = "http://anki.test/"
# What Anki's reviewer on a desktop does: one page, whose scripts are made anew because innerHTML runs none.
SHOW_ON_ONE_PAGE = """(html) => {
  const qa = document.getElementById("qa");
  qa.innerHTML = html;
  for (const old of qa.querySelectorAll("script")) {
    const fresh = document.createElement("script");
    fresh.textContent = old.textContent;
    old.replaceWith(fresh);
  }
}"""
# What Anki renders of {{type:nc:To type}}, and the field that its reviewer on a desktop puts there.
TYPED = "[[type:nc:To type]]"
TYPE_HERE = (
    '<center><input type=text id=typeans onkeypress="_typeAnsPress();"'
    " style=\"font-family: 'Arial'; font-size: 20px;\"></center>"
)
DENY_STORAGE = """Object.defineProperty(window, "sessionStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
});"""


class Screen:
    """Shows sides of cards, on a page each or all on one, and takes down what the card says to Anki and the console."""

    def __init__(self, page: Page, *, one_page: bool, body: str = "card card1", dice: int = 1) -> None:
        self.page, self.one_page, self.body = page, one_page, body
        self.errors: list[str] = []
        self.asked: list[str] = []
        self.html = ""
        self.dice = random.Random(dice)
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route("**/*", self._answer)
        page.clock.set_fixed_time(CHANGED)
        if one_page:
            page.goto(PAGE)

    def _answer(self, route: Route) -> None:
        """Give the page itself; pictures are there as they are in Anki, and whatever else is asked for is noted."""
        address = route.request.url
        if address == PAGE:
            route.fulfill(body=self.document(), content_type="text/html; charset=utf-8")
        elif re.fullmatch(rf"{PAGE}quizgen-[0-9a-f]{{24}}\.svg", address):
            route.fulfill(body='<svg xmlns="http://www.w3.org/2000/svg"/>', content_type="image/svg+xml")
        else:
            self.asked.append(address)
            route.abort()

    def document(self) -> str:
        """Return the page that Anki puts around a side, with Math.random going by the test's own dice."""
        stage = f"Math.random = () => {self.dice.random()}; said = []; pycmd = (word) => said.push(word);"
        head = '<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        return f'{head}<script>{stage}</script><body class="{self.body}"><div id="qa">{self.html}</div></body>'

    def show(self, html: str) -> list[str]:
        """Show a side, and return its options in the order in which they stand."""
        if self.one_page:
            self.page.evaluate(f"Math.random = () => {self.dice.random()}")
            self.page.evaluate(SHOW_ON_ONE_PAGE, html)
        else:
            self.html = html
            self.page.goto(PAGE)
        return self.options()

    def options(self) -> list[str]:
        """Return the texts of the options as they stand."""
        return self.page.locator(".qz-text").all_text_contents()

    def verdict(self) -> str:
        """Return what the back says of the answer."""
        status = self.page.get_by_role("status")
        status.locator("bdi").first.wait_for()
        return status.text_content() or ""

    def choose(self, text: str) -> None:
        """Click an option."""
        self.page.get_by_role("radio").filter(has_text=text).click()

    def said(self) -> list[str]:
        """Return what the card told Anki."""
        words: list[str] = self.page.evaluate("window.said")
        return words
