"""The article that a form has sent: read, and drafted from, with a key for its deck that no other has."""

from __future__ import annotations

from threading import Lock

from flask import request

from quizgen.articles import MAX_BYTES, Article, read_article
from quizgen.facts import Deck
from quizgen.problems import Problem
from quizgen.web.site import site
from quizgen.web.workbench_deck import free_key

LONGEST_FIELD = 400
MOST_REMARKS = 30
GIVEN = ("title", "publisher", "url", "published", "category")
# A large article takes seconds: one at a time, and the other threads go on serving.
_drafting = Lock()


def sent_article() -> tuple[Article | None, list[Problem]]:
    """Read the file that was sent, or else the text that was pasted."""
    file = request.files.get("file")
    if file and file.filename:
        return read_article(file.read(MAX_BYTES + 1), file.filename)
    data = request.form.get("article", "").replace("\r\n", "\n").encode("utf-8", "replace")
    if not data.strip():
        return None, [Problem("", 0, "there is no article yet", "paste its text, or choose a file")]
    return read_article(data, "", encoding="utf-8")


def drafted(article: Article) -> tuple[Deck | None, list[str], list[Problem]]:
    """Draft a deck; give what contradicts itself in the article, too, or what is wrong with the other fields."""
    from quizgen.facts.drafting import Given, draft  # noqa: PLC0415 - heavy, and most visitors never draft

    said = {name: request.form.get(name, "").strip() for name in GIVEN}
    long = [name for name, text in said.items() if len(text) > LONGEST_FIELD]
    if long:
        return None, [], [Problem("", 0, f"'{name}' is too long", f"at most {LONGEST_FIELD} letters") for name in long]
    today = site().now().date()
    taken = frozenset(deck.key for deck in (*site().decks, *site().company)) | site().records.drafts.decks()
    with _drafting:
        made = draft(article, as_of=today, given=Given(**said))
        key = free_key(made.deck.key, taken)
        if key != made.deck.key:
            made = draft(article, as_of=today, given=Given(**said | {"key": key}))
    remarks = [f"Line {remark.line}: {remark.message}" for remark in made.remarks]
    return made.deck, remarks[:MOST_REMARKS], []
