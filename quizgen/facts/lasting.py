"""What cannot change is known of earlier days, too: since when a statement without `from` holds, and a list is whole.

A relation that is not `mutable` (a border, the shores of a strait, the region of a country) changes only where a state
comes into being or ends, so what is read of it today held as long as the states it is about were those of today.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from quizgen.facts.model import Complete, RelationFact

# Since Germany was united the states of the world are those of today, save for young ones, each of which knows its day.
STATES_OF_TODAY = date(1990, 10, 3)
# The relation and the subject: what a list of objects belongs to.
Owner = tuple[str, str]


def held_before(fact: RelationFact) -> RelationFact:
    """Let a statement hold from the first day on which it is known to, which may lie before that of its reading."""
    if fact.relation.mutable or fact.during.start or fact.during.end:
        return fact
    since = max(STATES_OF_TODAY, fact.subject.since or date.min, fact.object.since or date.min)
    return replace(fact, during=replace(fact.during, seen=min(fact.during.seen, since)))


def whole_before(claims: Iterable[Complete], facts: Iterable[RelationFact], as_of: date) -> Iterator[Complete]:
    """Let each list of objects that was found whole on the day `as_of` be so since the youngest on it is there.

    What a young state borders now, another bordered before. `facts` are those of `held_before`. Where the author gave
    days to one of them the list did change, and of earlier days nothing is known; nor of a list of subjects, as a base
    that is given up is on no map of today.
    """
    listed: dict[Owner, list[RelationFact]] = defaultdict(list)
    for fact in facts:
        for one in (fact, fact.turned) if fact.relation.symmetric else (fact,):
            listed[one.relation.name, one.subject.key].append(one)
    for claim in claims:
        known = listed.get((claim.relation.name, claim.subject), []) if claim.since == as_of else []
        if not known or claim.relation.mutable or any(fact.during.start or fact.during.end for fact in known):
            yield claim
        else:
            yield replace(claim, since=min(as_of, max(fact.during.seen for fact in known)))
