"""Proposals become facts with keys of their own, as far as a deck file may hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from quizgen.articles import folded
from quizgen.facts.drafting.proposals import Proposal
from quizgen.facts.drafting.tokens import slug
from quizgen.facts.model import Deck, Fact, PlainFact, RelationFact, Status
from quizgen.world import RELATIONS, Interval

MOST_OF_TEXT = 400
MOST_OF_KEY = 60


def made(
    proposals: Iterable[Proposal], deck: Deck, note: Callable[[Proposal], str], taken: Iterable[str] = ()
) -> Iterator[Fact]:
    """Make facts in order; what a deck file could not hold, or asks the same again, is left out.

    `taken` are keys that the deck has already.
    """
    keys = dict.fromkeys(taken, 1)
    asked: set[str] = set()
    for proposal in proposals:
        same = folded(proposal.ask).casefold().rstrip(".?! ") or _said(proposal)
        if same in asked or not _fits(proposal):
            continue
        asked.add(same)
        yield _fact(proposal, deck, _key(proposal, keys), note(proposal))


def _said(proposal: Proposal) -> str:
    claim = proposal.claim
    return f"{claim.subject.key} {claim.relation} {claim.object.key}" if claim else ""


def _fits(proposal: Proposal) -> bool:
    quote = proposal.end - proposal.start
    texts = [proposal.answer, *proposal.also_true, *([] if proposal.claim else [proposal.ask])]
    return quote <= MOST_OF_TEXT and all(text.strip() and len(text) <= MOST_OF_TEXT for text in texts)


def _key(proposal: Proposal, keys: dict[str, int]) -> str:
    """Make a key that nothing else in the deck has: what sort of fact it is, and what it answers."""
    claim = proposal.claim
    said = f"{claim.subject.key} {claim.relation} {claim.object.key}" if claim else f"{proposal.kind} {proposal.answer}"
    whole = slug(said)
    if len(whole) <= len(proposal.kind) + 1:
        whole = f"{proposal.kind}-s{proposal.sentence.number}"
    short = whole if len(whole) <= MOST_OF_KEY else whole[: MOST_OF_KEY + 1].rpartition("-")[0] or whole[:MOST_OF_KEY]
    key = short
    while key in keys:
        keys[short] = keys.get(short, 1) + 1
        key = f"{short}-{keys[short]}"
    keys.setdefault(key, 1)
    return key


def _fact(proposal: Proposal, deck: Deck, key: str, note: str) -> Fact:
    sentence = proposal.sentence
    quote = sentence.text[proposal.start - sentence.start : proposal.end - sentence.start]
    common: dict[str, Any] = {
        "key": key,
        "deck": deck.key,
        "file": deck.file,
        "line": 0,
        "source": deck.sources[0],
        "as_of": deck.as_of,
        "quote": folded_spaces(quote),
        "place": (proposal.start, proposal.end),
        "status": Status.DRAFT,
        "hedged": proposal.hedged,
        "also_true": proposal.also_true,
        "note": note,
    }
    claim = proposal.claim
    if claim:
        during = Interval(deck.as_of, claim.start, None)
        relation = RELATIONS[claim.relation]
        return RelationFact(**common, subject=claim.subject, relation=relation, object=claim.object, during=during)
    common |= {"kind": proposal.kind, "option_set": proposal.option_set}
    return PlainFact(**common, ask=proposal.ask, answer=proposal.answer)


def folded_spaces(text: str) -> str:
    """Write a quote on one line."""
    return " ".join(text.split())
