"""What somebody wants: "Egypt wants to secure its share of the water"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizgen.facts.drafting.clauses import may_be_in_subject
from quizgen.facts.drafting.lexicon import pattern, wording, words
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.tokens import Token, between

MOST_IN_SUBJECT = 8
MOST_IN_GOAL = 30
# Each form with its base and the word that a question begins with.
_FORMS = {
    **{f"{base}s": (base, "does") for base in ("aim", "want", "seek", "hope", "intend", "plan", "try")},
    **{base: (base, "do") for base in ("aim", "want", "seek", "hope", "intend", "plan")},
    "tries": ("try", "does"),
    **{
        past: (base, "did")
        for past, base in (
            ("wanted", "want"),
            ("aimed", "aim"),
            ("sought", "seek"),
            ("hoped", "hope"),
            ("intended", "intend"),
            ("planned", "plan"),
            ("tried", "try"),
        )
    },
}


def goal_facts(read: Read) -> Iterator[Proposal]:
    """Draft what a sentence says that somebody wants to do; its question says "want", so it is no claim of success."""
    at = _goal_verb(read.parts)
    stance = read.stance
    if (
        at is None
        or stance.conditional
        or stance.reported
        or stance.negated
        or stance.asked
        or stance.quoted
        or stance.personal
    ):
        return
    if pattern("hedges").search(between(read.sentence.text, read.parts[: at + 1]).casefold()):
        return
    last = _end(read.parts, at + 1)
    goal = read.parts[at + 1 : last]
    if not 4 <= len(goal) <= MOST_IN_GOAL:
        return
    base, helper = _FORMS[read.parts[at].low]
    subject = _subject(read, at)
    ask = wording("en").ask["goal"].format(clause=f"{helper} {subject} {base} to do")
    start, end = read.parts[0].start, read.parts[last - 1].end
    yield Proposal(
        read.sentence,
        read.sentence.start + start,
        read.sentence.start + end,
        ask=ask,
        answer=between(read.sentence.text, goal),
        kind="goal",
        option_set="goals",
        rank=8.0,
    )


def _goal_verb(parts: Sequence[Token]) -> int | None:
    for at in range(1, min(len(parts) - 2, MOST_IN_SUBJECT + 1)):
        if parts[at].low in _FORMS and parts[at + 1].low == "to" and parts[at].text[0].islower():
            return at if parts[0].low not in words("pronouns") else None
        if not (may_be_in_subject(parts[at], first=False) or parts[at].is_capital):
            return None
    return None


def _end(parts: Sequence[Token], first: int) -> int:
    """A goal goes on to the end of its sentence, or to where an aside begins."""
    for at in range(first, len(parts)):
        if parts[at].text in (".", ";", ":", "(", "–", "—", "!"):
            return at
        follows = parts[at + 1].low if at + 1 < len(parts) else ""
        if parts[at].text == "," and (
            follows in ("which", "who", "but", "while", "although", "as") or follows.endswith("ing")
        ):
            return at
    return len(parts)


def _subject(read: Read, at: int) -> str:
    text = between(read.sentence.text, read.parts[:at])
    text = re.sub(r"\s+(?:also|now|still)$", "", text)
    named = any(mention.first == 0 for mention in read.named)
    return text if named or re.match(r"[A-Z][A-Z.]", text) else text[:1].lower() + text[1:]
