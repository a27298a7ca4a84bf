"""Decks from the workbench in the library: put there without a restart, and there again after one.

Takes a site and the decks that its records name as published; gives the site with them. One whose key another deck has
is left out, and so is one that this quizgen does not take any more: its draft is still there.
"""

from __future__ import annotations

from dataclasses import replace

from quizgen.facts import Deck
from quizgen.problems import QuizgenError
from quizgen.questions import Question
from quizgen.records import Published
from quizgen.web.packages import Packages
from quizgen.web.site import Site
from quizgen.web.workbench_view import asked, deck_of


def with_published(site: Site) -> Site:
    """Give the site with the decks that were published so far, in the place of those that it had of them."""
    own = frozenset(site.drafted)
    decks = [deck for deck in site.decks if deck.key not in own]
    taken = {deck.key for deck in (*decks, *site.company) if deck.key not in own}
    found: dict[str, tuple[Deck, list[Question], Published]] = {}
    for row in site.records.drafts.published():
        read = _read(row, site)
        if read and read[0].key not in taken | found.keys():
            found[read[0].key] = (*read, row)
    if not found and not own:
        return site
    return replace(
        site,
        decks=[*decks, *(deck for deck, _, _ in found.values())],
        questions=[
            *(question for question in site.questions if question.fact.deck not in own),
            *(question for _, questions, _ in found.values() for question in questions),
        ],
        company=[
            *(deck for deck in site.company if deck.key not in own),
            *(deck for deck, _, _ in found.values() if site.company),
        ],
        changed=max([site.changed, *(row.at for _, _, row in found.values())]),
        packages=Packages(),  # files that were made before may hold an older version
        drafted={key: row.draft for key, (_, _, row) in found.items()},
    )


def _read(row: Published, site: Site) -> tuple[Deck, list[Question]] | None:
    try:
        return deck_of(row.text), list(asked(row.text, site.now().date()).questions)
    except QuizgenError:
        return None
