"""The one finite clause of a plain English sentence: who, does, what; anything less simple is not read.

No tagger is asked. A clause is read only where the words before its verb can hardly be anything but its subject, and
no other verb follows that could be the real one. What is refused here is still offered as a sentence with a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizgen.facts.drafting.lexicon import words
from quizgen.facts.drafting.names import Mention, Sort
from quizgen.facts.drafting.tokens import Token
from quizgen.facts.drafting.verbs import BE, Form, form_of, past_forms, present_forms

MOST_IN_SUBJECT = 12
_HAVE = frozenset({"has", "have", "had"})
# What may stand inside a subject besides names, nouns and adjectives.
_JOINS = frozenset({"of", "in", "between", "and", "for", "on", "with", "near", "the", "a", "an", "'s", "’s", "&"})
_RELATIVE = frozenset({"that", "which", "who", "whom", "whose", "where", "when", "what", "how", "if", "because"})
_ADVERBS = frozenset({"also", "now", "still", "already", "later", "first", "then", "both", "all", "once", "again"})
# Around a past form that is no verb of its own: "has already built", "a treaty signed in 1968".
_BEFORE_PARTICIPLE = _HAVE | _ADVERBS | BE | {"been", "be", "the", "a", "an", "its", ","}
_AFTER_PARTICIPLE = frozenset({"by", "in", "at", "from", "to", "on", "with", "for", "as", "under", "of", ""})


@dataclass(frozen=True, slots=True)
class Clause:
    """A finite clause as spans of tokens: subject, verb, the rest, and a reason that follows "because"."""

    subject: tuple[int, int]
    verb: int
    form: Form
    rest: tuple[int, int]
    reason: tuple[int, int] | None = None
    lead: tuple[int, int] | None = None  # "In 1949," before the subject

    @property
    def last(self) -> int:
        """The token after its last one."""
        return self.reason[1] if self.reason else self.rest[1]


def read_clause(parts: Sequence[Token], named: Sequence[Mention], lead: int = 0) -> Clause | None:
    """Read a sentence as one clause; the first `lead` tokens are a date that stands before it."""
    inside = {index for mention in named for index in range(mention.first, mention.last)}
    if parts and parts[0].low in ("today", "currently", "now") and not lead:
        lead = 1
    start = lead + 1 if lead and lead < len(parts) and parts[lead].text == "," else lead
    verb = _find_verb(parts, start, inside)
    if verb is None:
        return None
    at, form = verb
    if form.helper in BE or parts[at].low not in _HAVE or not _is_perfect(parts, at):
        after = at + 1
    else:
        form, after = Form("", parts[at].low), at + 1
    end, reason = _ends(parts, after)
    if end <= after or _another_verb(parts, after, end, inside):
        return None
    before = (0, lead) if lead else None
    return Clause((start, at), at, form, (after, end), reason, before)


def _find_verb(parts: Sequence[Token], start: int, inside: set[int]) -> tuple[int, Form] | None:
    for at in range(start, min(len(parts), start + MOST_IN_SUBJECT)):
        token = parts[at]
        if at in inside or (token.text == "," and at - 1 in inside and _list_goes_on(parts, at, inside)):
            continue
        form = form_of(token.low, plural=_is_plural(parts, start, at)) if at > start else None
        if form and token.text[0].islower():
            return at, form
        if not may_be_in_subject(token, first=at == start):
            return None
    return None


def _list_goes_on(parts: Sequence[Token], at: int, inside: set[int]) -> bool:
    """Tell whether a comma stands between names: "Mali, Niger and Chad"; an aside after a name is no such list."""
    for index in range(at + 1, min(len(parts), at + MOST_IN_SUBJECT)):
        if (parts[index].low == "and" and index + 1 in inside) or (
            parts[index].low == "and" and parts[index + 1].low == "the"
        ):
            return True
        if index not in inside and parts[index].text not in (",", "the"):
            return False
    return False


def may_be_in_subject(token: Token, *, first: bool) -> bool:
    """Tell whether a word can stand in a subject, as far as rules know: a noun, a name, or what joins them."""
    if token.low in _JOINS or token.is_number:
        return not first or token.low in ("the", "a", "an") or token.is_number
    if not token.is_word or token.low in words("pronouns") - {"both"} or token.low in words("modals") | _RELATIVE:
        return False
    return not (token.low.endswith(("ed", "ly")) or token.low in words("function") | _ADVERBS)


def _is_plural(parts: Sequence[Token], start: int, at: int) -> bool:
    """Tell whether a subject is of several: it joins two names, or its head ends in -s."""
    subject = parts[start:at]
    joins = [index for index, token in enumerate(subject) if token.low in ("of", "in", "between", "for", "on", "with")]
    head = subject[: joins[0]] if joins else subject
    if any(token.low == "and" for token in head):
        return True
    last = head[-1] if head else None
    return (
        last is not None
        and last.low.endswith("s")
        and not last.low.endswith(("ss", "us", "is"))
        and not last.is_capital
    )


def _is_perfect(parts: Sequence[Token], at: int) -> bool:
    """Tell whether "has" helps another verb: "has built", "had already left"."""
    after = next((token for token in parts[at + 1 : at + 3] if token.low not in _ADVERBS), None)
    if after is None or not after.is_word or after.low in words("numbers"):
        return False
    return after.low in past_forms() or after.low.endswith(("ed", "en", "wn")) or after.low in words("participles")


def _ends(parts: Sequence[Token], after: int) -> tuple[int, tuple[int, int] | None]:
    """Find where the main clause ends, and the reason that follows it."""
    last = len(parts) - 1 if parts and parts[-1].text in ".!" else len(parts)
    for at in range(after, last):
        token = parts[at]
        if token.low == "because" and at + 1 < last and parts[at + 1].low != "of":
            end = at - 1 if parts[at - 1].text == "," else at
            return end, (at, last)
        if token.text in (";", ":", "(", "–", "—") or (token.text == "-" and at > after):
            return at, None
        if token.text == "," and at + 1 < last and _opens_another(parts, at + 1):
            return at, None
        if token.low in ("and", "but") and at + 1 < last and _is_finite(parts, at + 1):
            return (at - 1 if parts[at - 1].text == "," else at), None
    return last, None


def _opens_another(parts: Sequence[Token], at: int) -> bool:
    """Tell whether what follows a comma is another clause, or an aside."""
    token = parts[at]
    if token.low in words("subclauses") or token.low.endswith("ing"):
        return True
    if token.low in ("and", "a", "an", "the", "its", "their"):
        return any(_is_finite(parts, index) for index in range(at + 1, len(parts)))
    return False


def _is_finite(parts: Sequence[Token], at: int) -> bool:
    token = parts[at]
    if token.text[:1].isupper():
        return False
    finite = BE | _HAVE | words("modals") | {"does", "do", "did"}
    return token.low in finite or token.low in past_forms() or token.low in present_forms()


def _another_verb(parts: Sequence[Token], start: int, end: int, inside: set[int]) -> bool:
    """Tell whether the rest holds a verb that may be the real one, so that the first was none."""
    for at in range(start + 1, end):
        token, before = parts[at], parts[at - 1].low
        if at in inside:
            continue
        if token.low in BE | _HAVE | words("modals") | {"does", "do", "did"}:
            return True
        follows = parts[at + 1].low if at + 1 < end else ""
        if token.low in past_forms() and before not in _BEFORE_PARTICIPLE and follows not in _AFTER_PARTICIPLE:
            return True
    return False


def is_single_name(clause: Clause, named: Sequence[Mention], parts: Sequence[Token]) -> Mention | None:
    """Give the name that is the whole subject, with or without "the"."""
    first, last = clause.subject
    if parts[first].low == "the":
        first += 1
    found = next((mention for mention in named if mention.first == first and mention.last == last), None)
    return found if found and found.sort is not Sort.ADJECTIVE else None
