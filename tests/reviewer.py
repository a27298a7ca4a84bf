"""Plays cards in the reviewer of the real Anki on a desktop, without a screen, and tells what it saw.

    python -m tests.reviewer PACKAGE FOLDER [--night]

Needs `aqt` (`pip install '.[reviewer]'`). Writes FOLDER/seen.json and a picture of each side at two widths. It runs as
a program of its own, because Anki can be started once in a process and never quite ends.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    QTWEBENGINE_CHROMIUM_FLAGS="--no-sandbox --disable-gpu",
    QTWEBENGINE_DISABLE_SANDBOX="1",
    ANKI_SINGLE_INSTANCE_KEY=f"quizgen{os.getpid()}",
)

import anki.lang
import aqt
import aqt.webview
from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
from aqt.profiles import ProfileManager
from aqt.qt import QEventLoop, QPoint, Qt, QTimer, QWebEngineUrlRequestInterceptor
from aqt.theme import Theme
from PyQt6.QtTest import QTest

WIDTHS = {"wide": (1100, 800), "phone": (400, 800)}
PATIENCE = 1200  # times a twentieth of a second: the machine may be busy

# What a test wants to know of a side.
LOOK = """JSON.stringify({
  options: Array.from(document.querySelectorAll(".qz-text"), (each) => each.textContent),
  checked: Array.from(document.querySelectorAll("[aria-checked=true] .qz-text"), (each) => each.textContent),
  verdict: (document.querySelector("#qz-verdict") || {}).textContent || "",
  stem: document.querySelector("#qz-stem").textContent,
  answer: (document.querySelector("#qz-right") || {}).textContent || "",
  back: Boolean(document.querySelector("#qz-back")),
  paper: getComputedStyle(document.body).backgroundColor,
  smallest: Math.min(...Array.from(document.querySelectorAll(".qz-option, #typeans:is(input)"),
    (each) => each.getBoundingClientRect().height)),
  picture: Array.from(document.querySelectorAll(".qz-picture img"), (each) => each.naturalWidth),
})"""


OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


class Watch(QWebEngineUrlRequestInterceptor):  # type: ignore[misc] # aqt carries types that mypy is told to skip
    """Takes down every address that a page asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def interceptRequest(self, info: Any) -> None:  # noqa: N802 - Qt's name
        self.asked.append(info.requestUrl().toString())


class Reviewer:
    """Anki with one package in it."""

    def __init__(self, package: Path, folder: Path, *, night: bool) -> None:
        self.folder, self.night = folder, night
        self.console: list[str] = []
        self.watch = Watch()
        self._listen()
        self.mw = _start(folder / f"anki-{'night' if night else 'day'}")
        self.wait(lambda: self.mw.col)
        self.mw.set_theme(Theme.DARK if night else Theme.LIGHT)
        request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
        self.mw.col.import_anki_package(request)
        self.mw.col.models._clear_cache()
        self.mw.web.page().profile().setUrlRequestInterceptor(self.watch)

    def _listen(self) -> None:
        def take_down(_page: Any, level: Any, message: str, line: int, source: str) -> None:
            self.console.append(f"{level}: {message} ({source}:{line})")

        aqt.webview.AnkiWebPage.javaScriptConsoleMessage = take_down

    def pause(self, milliseconds: int = 50) -> None:
        """Let Anki work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def wait(self, ready: Callable[[], Any]) -> Any:
        """Let Anki work until something is there."""
        for _ in range(PATIENCE):
            found = ready()
            if found:
                return found
            self.pause()
        raise TimeoutError(f"waited in vain: {self.console}")

    def settle(self) -> None:
        """Wait for the page of all decks or of one. Anki makes it in the background; if late, it lands on the card."""
        self.wait(lambda: self.js("Boolean(document.querySelector('#studiedToday, #study'))"))
        webs = (self.mw.web, self.mw.bottomWeb)
        self.wait(lambda: all(web._domDone and not web._pendingActions for web in webs))

    def js(self, expression: str) -> Any:
        """Return what an expression is on the page."""
        answers: list[Any] = []
        self.mw.web.page().runJavaScript(expression, answers.append)
        self.wait(lambda: answers)
        return answers[0]

    def look(self) -> dict[str, Any]:
        """Tell what stands on the page."""
        self.pause(500)
        seen: dict[str, Any] = json.loads(self.js(LOOK))
        return seen

    def show(self, search: str) -> dict[str, Any]:
        """Show the front of the one card that a search finds."""
        (card,) = self.mw.col.find_cards(search)
        deck = self.mw.col.decks.id(f"shown {card}")
        self.mw.col.set_deck([card], deck)
        self.mw.col.decks.select(deck)
        if self.mw.state == "review":
            self.mw.moveToState("overview")
        self.settle()
        self.mw.moveToState("review")
        self.wait(lambda: self.mw.reviewer.card and self.mw.reviewer.card.id == card)
        self.wait(lambda: self.js("Boolean(document.querySelector('#qz')) && !document.querySelector('#qz-back')"))
        return self.look()

    def shoot(self, name: str) -> int:
        """Take a picture at each width; return by how many points the narrow one runs out of its window."""
        overflow = 0
        for width in ("phone", "wide"):
            self.mw.resize(*WIDTHS[width])
            self.pause(400)
            self.mw.grab().save(str(self.folder / f"{name}-{'night' if self.night else 'day'}-{width}.png"))
            overflow = max(overflow, self.js(OVERFLOW))
        return overflow

    def click(self, selector: str) -> None:
        """Click the middle of an element with the mouse."""
        script = f"(() => {{ const box = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
        x, y = self.js(f"{script} return [box.x + box.width / 2, box.y + box.height / 2]; }})()")
        QTest.mouseClick(self._page(), Qt.MouseButton.LeftButton, pos=QPoint(int(x), int(y)))

    def press(self, key: Any, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on the page."""
        QTest.keyClick(self._page(), key, modifier)

    def write(self, text: str) -> None:
        """Type a text into whatever has the focus."""
        QTest.keyClicks(self._page(), text)

    def flip(self) -> None:
        """Show the back, as Anki's own button does."""
        self.mw.reviewer._getTypedAnswer()

    def back(self) -> dict[str, Any]:
        """Wait for the back and look at it."""
        self.wait(lambda: self.mw.reviewer.state == "answer")
        self.wait(lambda: self.js("Boolean(document.getElementById('qz-back'))"))
        return self.look()

    def redraw(self) -> dict[str, Any]:
        """Draw the side again, as Anki does when a card is flagged or its note edited."""
        self.mw.reviewer._redraw_current_card()
        return self.look()

    def _page(self) -> Any:
        return self.mw.web.focusProxy() or self.mw.web


def _start(base: Path) -> Any:
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir()
    anki.lang.set_lang("en_US")
    profiles = ProfileManager(base)
    profiles.setupMeta()
    profiles.create("learner")
    profiles.setLang("en_US")
    profiles.openProfile("learner")
    profiles.profile["autoSync"] = False
    profiles.meta.update(firstRun=False, updates=False, check_for_updates=False)
    profiles.save()
    profiles.db.close()
    aqt._run(["anki", "-b", str(base), "-p", "learner"], exec=False)
    aqt.mw.resize(*WIDTHS["wide"])
    return aqt.mw


def play(reviewer: Reviewer, step: Mapping[str, str]) -> dict[str, Any]:
    """Show a card, answer it in the step's way, and draw its back again; tell what each side showed."""
    seen = {"front": reviewer.show(step["card"])}
    overflow = reviewer.shoot(f"{step['name']}-front")
    answer(reviewer, step, seen["front"])
    seen["back"] = reviewer.back()
    overflow = max(overflow, reviewer.shoot(f"{step['name']}-back"))
    return seen | {"redrawn": reviewer.redraw(), "overflow": overflow}


def answer(reviewer: Reviewer, step: Mapping[str, str], front: Mapping[str, Any]) -> None:
    """Click the option `with`, press Alt and the digit `with`, type `with` and Enter, or just turn the card."""
    match step["do"]:
        case "click":
            reviewer.click(f".qz-option:nth-child({front['options'].index(step['with']) + 1})")
        case "press":
            reviewer.press(Qt.Key(ord(step["with"])), Qt.KeyboardModifier.AltModifier)
        case "type":
            reviewer.wait(lambda: reviewer.js("document.activeElement.id === 'typeans'"))
            reviewer.write(step["with"])
            reviewer.press(Qt.Key.Key_Return)
        case _:
            reviewer.flip()


def main(package: Path, folder: Path, *, night: bool) -> None:
    """Take the steps in FOLDER/steps.json and write down what was seen."""
    steps = json.loads((folder / "steps.json").read_text(encoding="utf-8"))
    reviewer = Reviewer(package, folder, night=night)
    cards = {step["name"]: play(reviewer, step) for step in steps}
    seen = {"cards": cards, "console": reviewer.console, "asked": reviewer.watch.asked}
    (folder / "seen.json").write_text(json.dumps(seen, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    code = 1
    try:
        main(Path(sys.argv[1]), Path(sys.argv[2]), night="--night" in sys.argv[3:])
        code = 0
    except Exception:  # noqa: BLE001 - whatever it was, Anki must end, or it would wait for somebody forever
        traceback.print_exc(file=sys.__stderr__)  # the other one is in the hands of Anki
    os._exit(code)
