"""The learner's pages about Anki: how to import and update, what is safe, what changed, and the files to download."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby

from flask import Blueprint, Response, abort, current_app, render_template, request, send_file
from flask.typing import ResponseReturnValue

from quizgen.facts import Deck
from quizgen.formats import FORMATS
from quizgen.formats.anki_notes import language_of
from quizgen.formats.anki_variants import Variant
from quizgen.problems import QuizgenError
from quizgen.web.changes import changes_since, release_days
from quizgen.web.packages import BusyError
from quizgen.web.site import Shelf, site

pages = Blueprint("anki", __name__)

CHANGES_A_PAGE = 15
MOST_RELEASES = 8
LONGEST = {"stem": 180, "answer": 90, "reason": 120}  # letters in a list
LONGEST_NAME = 60
RETRY_SECONDS = 30
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NOT_IN_NAMES = re.compile(r"[^\w]+")


@pages.get("/anki")
def guide() -> str:
    """Tell how decks come into Anki and stay up to date, and offer them."""
    shelves = sorted(site().shelves(), key=lambda shelf: (_category(shelf.deck), shelf.deck.title))
    return render_template(
        "anki.html",
        groups=[(category, list(group)) for category, group in groupby(shelves, key=_shelf_category)],
        total=sum(len(shelf.questions) for shelf in shelves),
        unreleased=len(site().decks) - len(site().ledgers(site().decks)),
        **_form(_chosen(), None),
    )


@pages.get("/anki/changes")
def changes() -> ResponseReturnValue:
    """List what changed since the day of the file that a learner has, a few a page."""
    chosen = _chosen()
    ledgers = site().ledgers([chosen] if chosen else site().decks)
    since = request.args.get("since", "")
    day = _day_of(since)
    wrong = bool(since) and day is None
    found = changes_since(ledgers, day) if day else []
    counts = Counter(change.sort.value for change in found)
    last = max(1, -(-len(found) // CHANGES_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    html = render_template(
        "changes.html",
        day=day,
        wrong=wrong,
        counts=counts,
        groups=groupby(found[(page - 1) * CHANGES_A_PAGE : page * CHANGES_A_PAGE], key=lambda change: change.sort),
        releases=release_days(ledgers, MOST_RELEASES),
        page=page,
        last=last,
        longest=LONGEST,
        **_form(chosen, day),
    )
    return html, 422 if wrong else 200


@pages.get("/anki/library.apkg")
def library() -> Response:
    """Give all decks as a file for Anki."""
    return _send(site().decks, "quizgen-library")


@pages.get("/anki/categories/<key>.apkg")
def category(key: str) -> Response:
    """Give the decks of a category as a file for Anki."""
    decks = [deck for deck in site().decks if _category(deck) == key] or abort(404)
    return _send(decks, f"quizgen-{_plain(key)}")


@pages.get("/decks/<key>.apkg")
def deck(key: str) -> Response:
    """Give a deck as a file for Anki."""
    found = _deck(key)
    return _send([found], found.key)


@pages.errorhandler(BusyError)
def _busy(_error: BusyError) -> ResponseReturnValue:
    message = "Other files are being made, which takes up to a minute. Go back and try again then."
    page = render_template("error.html", title="Please wait a little", message=message)
    return page, 503, {"Retry-After": str(RETRY_SECONDS)}


@pages.errorhandler(QuizgenError)
def _broken(error: QuizgenError) -> ResponseReturnValue:
    for problem in error.problems:
        current_app.logger.error("%s", problem)
    message = "Something is wrong with a deck's ledger or its questions. Where quizgen runs, it has just said what."
    return render_template("error.html", title="This cannot be made", message=message), 500


def _send(decks: Sequence[Deck], name: str) -> Response:
    """Send decks as one file; its name says what it holds, and the day, by which a learner finds what changed since."""
    variant, anki, site_ = _variant(), FORMATS["anki"], site()
    release = replace(site_.release(), variant=variant.value)
    keys = {deck.key for deck in decks}
    # All of its questions, stale ones too: what has no question any more would count as asked no longer.
    questions = [question for question in site_.questions if question.fact.deck in keys]
    made_of = (tuple(sorted(keys)), release.today, release.variant)
    package = site_.packages.give(made_of, lambda out: anki.write(decks, questions, release, out))
    languages = {language_of(deck) for deck in decks}
    parts = (
        name,
        *(languages if len(languages) == 1 else ()),
        variant.value if variant is Variant.EXTENDED else "",
        release.today.isoformat(),
    )
    return send_file(
        BytesIO(package.data),
        mimetype=anki.media_type,
        as_attachment=True,
        download_name=f"{'-'.join(filter(None, parts))}{anki.suffix}",
        etag=package.etag,
        max_age=0,
    )


def _form(chosen: Deck | None, since: date | None) -> dict[str, object]:
    """Give what the form that asks for changes offers."""
    return {
        "chosen": chosen,
        "decks": sorted(site().decks, key=lambda deck: deck.title),
        "released": bool(site().ledgers(site().decks)),
        "since": since.isoformat() if since else "",
        "today": site().now().date(),
    }


def _chosen() -> Deck | None:
    """Give the deck of which a page is asked to tell, if it is one."""
    key = request.args.get("deck", "")
    return _deck(key) if key else None


def _deck(key: str) -> Deck:
    return next((deck for deck in site().decks if deck.key == key), None) or abort(404)


def _variant() -> Variant:
    try:
        return Variant(request.args.get("cards", Variant.STANDARD))
    except ValueError:
        abort(404)


def _day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _plain(category: str) -> str:
    """Return a category as a part of a file's name."""
    return _NOT_IN_NAMES.sub("-", category.casefold())[:LONGEST_NAME].strip("-") or "category"


def _category(deck: Deck) -> str:
    return deck.category[0] if deck.category else ""


def _shelf_category(shelf: Shelf) -> str:
    return _category(shelf.deck)
