"""The text of a reply becomes candidates; what has another form is counted."""

from __future__ import annotations

import json
import re
from collections import Counter

from pydantic import ValidationError

from quizgen.facts.proposing.model import Candidate, Why

MOST_OF_REPLY = 200_000  # characters
MOST_OF_CANDIDATES = 60
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", re.DOTALL)


def candidates_of(reply: str) -> tuple[list[Candidate], Counter[Why]]:
    """Read a reply: one JSON object with a list of `facts`, perhaps in a fence; the rest of it is not looked at."""
    if not reply.strip() or len(reply) > MOST_OF_REPLY:
        return [], Counter([Why.UNREADABLE])
    fenced = _FENCED.fullmatch(reply)
    try:
        tree = json.loads(fenced[1] if fenced else reply)
    except (ValueError, RecursionError):
        return [], Counter([Why.UNREADABLE])
    listed = tree.get("facts") if isinstance(tree, dict) else None
    if not isinstance(listed, list):
        return [], Counter([Why.UNREADABLE])
    found: list[Candidate] = []
    dropped: Counter[Why] = Counter()
    for entry in listed[:MOST_OF_CANDIDATES]:
        try:
            found.append(Candidate.model_validate(entry))
        except ValidationError:
            dropped[Why.FORM] += 1
    dropped[Why.TOO_MANY] += max(0, len(listed) - MOST_OF_CANDIDATES)
    return found, +dropped
