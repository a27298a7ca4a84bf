"""A deck as of another day: what held then, and what countries were called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from quizgen.facts.lasting import held_before, whole_before
from quizgen.facts.model import Complete, Deck, Fact, RelationFact, Status
from quizgen.world import Entity, named_on, written_day

ONE_DAY = timedelta(days=1)


def key_on(key: str, day: date) -> str:
    """Give the key that a deck has as of another day."""
    return f"{key}@{day.isoformat()}"


def deck_on(deck: Deck, day: date) -> Deck:
    """Move a deck to another day.

    It gets a key and a title of its own (`nato@2020-03-01`), for a learner may have both. An author's own words speak
    of the deck's day, so that they are left out on earlier ones; what cannot change is known of these, too. On later
    days what had to be looked at again before is asked about no longer: a question is left out, and a statement becomes
    a doubt, which no list that it stands on can disprove. Such a list is whole only until the fact went stale.
    """
    stated = [held_before(fact) for fact in deck.facts if isinstance(fact, RelationFact)]
    claims = _ending(whole_before(deck.complete, stated, deck.as_of), [fact for fact in stated if fact.is_stale(day)])
    kept = [_fact(fact, deck, day) for fact in deck.facts if isinstance(fact, RelationFact) or _is_said(fact, day)]
    moved = replace(
        deck,
        key=key_on(deck.key, day),
        title=f"{deck.title} ({written_day(day)})",
        as_of=day,
        facts=tuple(kept),
        complete=tuple(claims),
    )
    return replace(moved, unsure=sum(map(_is_asked, deck.facts)) - known_facts(moved))


def known_facts(deck: Deck) -> int:
    """Count the facts that are asked about of which it is known whether they hold on the deck's day."""
    return sum(_is_asked(fact) and _is_known(fact) for fact in deck.facts)


def _is_said(fact: Fact, day: date) -> bool:
    """Tell whether what an author put into words is said of a day."""
    return fact.as_of <= day and not fact.is_stale(day)


def _is_asked(fact: Fact) -> bool:
    return fact.askable and not fact.retired and fact.status is Status.REVIEWED


def _is_known(fact: Fact) -> bool:
    return not isinstance(fact, RelationFact) or fact.during.holds_on(fact.as_of) is not None


def _ending(claims: Iterable[Complete], stale: Iterable[RelationFact]) -> Iterator[Complete]:
    """Let each list end where the first of its facts went stale: whoever had to look again might have found more."""
    ends: dict[tuple[str, str, str], date] = {}
    for fact in stale:
        for one in (fact, fact.turned) if fact.relation.symmetric else (fact,):
            for listed in ((one.relation.name, one.subject.key, ""), (one.relation.name, "", one.object.key)):
                ends[listed] = min(ends.get(listed, date.max), _end(fact))
    for claim in claims:
        yield replace(claim, until=ends.get((claim.relation.name, claim.subject, claim.object), claim.until))


def _end(stale: Fact) -> date:
    """Give the first day on which a fact was to be looked at again, and nobody did."""
    return stale.review_by + ONE_DAY if stale.review_by else date.max


def _fact(fact: Fact, deck: Deck, day: date) -> Fact:
    # A list that is known as of a day of its own is known no longer.
    then = day if fact.as_of == deck.as_of else min(day, fact.as_of)
    moved = replace(fact, deck=key_on(deck.key, day), as_of=then, askable=fact.askable and not fact.is_stale(day))
    if not isinstance(moved, RelationFact):
        return moved
    moved = held_before(moved)
    # Beside a statement without days, an author's words speak of the day on which it was read.
    explanation = moved.explanation if moved.during.start or day >= fact.as_of else ""
    subject, object_ = _called(moved.subject, day), _called(moved.object, day)
    return replace(moved, subject=subject, object=object_, explanation=explanation)


def _called(entity: Entity, day: date) -> Entity:
    name = named_on(entity.key, day)
    return replace(entity, name=name.name, article=name.article) if name else entity
