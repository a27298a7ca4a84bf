"""The pages before a quiz: the library, one deck, and what quizgen is made of."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, abort, render_template, request

from quizgen.web.site import Shelf, learner, site

pages = Blueprint("library", __name__)

RECENT = 4
SOURCES_A_PAGE = 45


@pages.get("/")
def index() -> str:
    """Show the decks by category, and the quizzes that this browser began."""
    shelves = sorted(site().shelves(), key=_place)
    return render_template(
        "library.html",
        groups=[(category, list(group)) for category, group in groupby(shelves, key=_category)],
        total=sum(len(shelf.questions) for shelf in shelves),
        recent=site().records.recent(learner(), RECENT),
    )


@pages.get("/decks/<key>")
def deck(key: str) -> str:
    """Show what a deck is about, where its facts come from, and what to discuss."""
    shelf = site().shelf(key) or abort(404)
    sources = shelf.deck.sources
    last = max(1, -(-len(sources) // SOURCES_A_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    return render_template(
        "deck.html",
        deck=shelf.deck,
        questions=shelf.questions,
        sources=sources[(page - 1) * SOURCES_A_PAGE : page * SOURCES_A_PAGE],
        page=page,
        last=last,
    )


@pages.get("/about")
def about() -> str:
    """Say what is kept, and whose data this is."""
    return render_template("about.html")


def _place(shelf: Shelf) -> tuple[tuple[str, ...], str]:
    return shelf.deck.category, shelf.deck.title


def _category(shelf: Shelf) -> str:
    return shelf.deck.category[0] if shelf.deck.category else ""
