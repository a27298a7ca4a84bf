"""Statements of the closed vocabulary: who is a member of what, who borders whom, what has its seat where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizgen.facts.drafting.names import Mention, Sort
from quizgen.facts.drafting.proposals import Claim, Proposal, Read
from quizgen.facts.drafting.quantities import dates
from quizgen.facts.drafting.tokens import slug
from quizgen.world import RELATIONS, Entity, EntityKind, PartialDate
from quizgen.world.gazetteer import is_askable

_MEMBER = (
    r"(?:is|are|became|has become|have become|becomes) (?:a |an |the )?(?:[a-z-]+ ){0,2}"
    r"(?:members?|member states?|part) (?:state )?of(?: the)?"
)
# Between the names of a subject and an object; what relation that makes, and whether the object comes first.
_BETWEEN = (
    (re.compile(rf"^{_MEMBER}$"), "member_of", False),
    (re.compile(r"^(?:joined|(?:has|have) joined|belongs? to)(?: the)?$"), "member_of", False),
    (re.compile(r"^borders?$"), "borders", False),
    (
        re.compile(r"^(?:shares?|has|have) an? (?:[a-z]+ )?border (?:of [a-z]* ?[\d,.]+ [a-z]+ )?with$"),
        "borders",
        False,
    ),
    (re.compile(r"^(?:has|have) (?:its|their) (?:headquarters|seat) in$"), "headquartered_in", False),
    (re.compile(r"^(?:is|are) (?:headquartered|based) in$"), "headquartered_in", False),
    (re.compile(r"^,? ?(?:is|has been) the capital(?: city)? of(?: the)?$"), "has_capital", True),
    (re.compile(r"^['’]s capital(?: city)? is$"), "has_capital", False),
    (re.compile(r"^(?:operates|runs|maintains)(?: the)?$"), "operated_by", True),
    (re.compile(r"^is (?:run|operated) by(?: the)?$"), "operated_by", False),
)
_LISTED = re.compile(r"^(?:,|and|, and|, the|and the|, and the)$")


def relation_facts(read: Read) -> Iterator[Proposal]:
    """Draft what a plain sentence says in the words of the vocabulary."""
    if not read.stance.plain or not read.named:
        return
    for at, (left, right) in enumerate(zip(read.named, read.named[1:], strict=False)):
        between = _text_between(read, left, right)
        for pattern, relation, turned in _BETWEEN:
            if pattern.match(between):
                yield from _claims(read, at, relation, turned=turned)
    yield from _capital_of(read)


def says_relation(read: Read) -> bool:
    """Tell whether a sentence is one of the vocabulary: what may not be asked so is asked in no other way."""
    pairs = zip(read.named, read.named[1:], strict=False)
    known = {Sort.COUNTRY, Sort.ORGANISATION, Sort.CITY, Sort.PLACE, Sort.TREATY}
    said = [
        _text_between(read, left, right)
        for left, right in pairs
        if left.sort in known and right.sort in known and left.entity and right.entity
    ]
    return any(pattern.match(between) for between in said for pattern, *_ in _BETWEEN)


def _capital_of(read: Read) -> Iterator[Proposal]:
    """Read "The capital of Mali is Bamako"."""
    for left, right in zip(read.named, read.named[1:], strict=False):
        before = read.sentence.text[: read.parts[left.first].start].strip().casefold()
        if before in ("the capital of", "the capital of the") and _text_between(read, left, right) == "is":
            yield from _claim(read, left, right, "has_capital", right)


def _claims(read: Read, at: int, relation: str, *, turned: bool) -> Iterator[Proposal]:
    """Pair every name of the list on the left with every name of the list on the right."""
    lefts, rights = _list_ending(read, at), _list_beginning(read, at + 1)
    if not lefts or not _begins_clause(read, lefts[0]):
        return
    for left in lefts:
        for right in rights:
            subject, object_ = (right, left) if turned else (left, right)
            yield from _claim(read, subject, object_, relation, rights[-1], lefts[0])


def _claim(
    read: Read, subject: Mention, object_: Mention, relation: str, last: Mention, first: Mention | None = None
) -> Iterator[Proposal]:
    one, other = _entity(subject, relation, is_subject=True), _entity(object_, relation, is_subject=False)
    if one is None or other is None or one.key == other.key or not is_askable(relation, one.key, other.key):
        return
    start = _start(read) if relation == "member_of" else None
    if start is None and re.search(r"\d{4}", read.sentence.text) and relation != "borders":
        return  # it held at a time that is not understood
    sentence = read.sentence
    begin = read.parts[min((first or subject).first, subject.first)]
    dated = dates(sentence.text, "en")[0] if start else None
    yield Proposal(
        sentence,
        sentence.start + min(begin.start, dated.start if dated else begin.start),
        sentence.start + max(read.parts[max(last.last, subject.last) - 1].end, dated.end if dated else 0),
        kind="relation",
        about=f"{one.key} {relation}{'' if RELATIONS[relation].functional else ' ' + other.key}",
        answer=other.name,
        single=RELATIONS[relation].functional,
        claim=Claim(one, relation, other, start),
        rank=7.0,
    )


def _start(read: Read) -> PartialDate | None:
    found = dates(read.sentence.text, "en")
    text = read.sentence.text
    told = re.search(r"\b(?:joined|became|members? of|member of|has belonged)\b", text)
    if len(found) != 1 or not told or not re.search(r"\b(?:in|on|since)\s+$", text[: found[0].start]):
        return None
    return found[0].when


def _entity(mention: Mention, relation: str, *, is_subject: bool) -> Entity | None:
    kinds = RELATIONS[relation].domain if is_subject else RELATIONS[relation].range
    if mention.entity and mention.sort is not Sort.ADJECTIVE and mention.entity.kind in kinds:
        return mention.entity
    if mention.sort is Sort.CITY and EntityKind.CITY in kinds:
        return mention.entity or Entity(slug(mention.text), mention.text, EntityKind.CITY)
    return None


def _text_between(read: Read, left: Mention, right: Mention) -> str:
    text = read.sentence.text[read.parts[left.last - 1].end : read.parts[right.first].start]
    return " ".join(text.casefold().split())


def _list_ending(read: Read, at: int) -> Sequence[Mention]:
    first = at
    while first > 0 and _LISTED.match(_text_between(read, read.named[first - 1], read.named[first])):
        first -= 1
    return read.named[first : at + 1]


def _list_beginning(read: Read, at: int) -> Sequence[Mention]:
    last = at
    while last + 1 < len(read.named) and _LISTED.match(_text_between(read, read.named[last], read.named[last + 1])):
        last += 1
    return read.named[at : last + 1]


def _begins_clause(read: Read, first: Mention) -> bool:
    """The subject stands where a sentence begins: only then is it the whole subject."""
    before = read.sentence.text[: read.parts[first.first].start].strip().casefold()
    return before in ("", "the") or bool(re.fullmatch(r"(?:in|on) [\w ,]*\d{4},?(?: the)?", before))
