"""What can be left out of a sentence: dates, numbers, names, noun phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizgen.facts.drafting.foreign_names import foreign_names
from quizgen.facts.drafting.gap_model import Gap
from quizgen.facts.drafting.lexicon import ENGLISH, english, words
from quizgen.facts.drafting.names import Mention, Sort, is_telling
from quizgen.facts.drafting.noun_phrases import in_phrase, noun_phrases
from quizgen.facts.drafting.people import people
from quizgen.facts.drafting.proposals import Read
from quizgen.facts.drafting.quantities import dates, numbers
from quizgen.facts.drafting.tokens import Token

_SORTS = {
    Sort.COUNTRY: "country",
    Sort.ORGANISATION: "organisation",
    Sort.PERSON: "person",
    Sort.PLACE: "place",
    Sort.CITY: "place",
    Sort.TREATY: "name",
    Sort.NAME: "name",
}


def spans(read: Read, language: str) -> Iterator[Gap]:
    """Give everything in a sentence that could be left out, good or not."""
    text = read.sentence.text
    for span in dates(text, language):
        yield Gap(span.start, span.end, span.text, span.sort)
    for span in numbers(text, language):
        if len(span.text) > 1 or not span.text.isdigit():
            yield Gap(span.start, span.end, span.text, "number")
    if language == ENGLISH:
        yield from _english(read)
    else:
        yield from foreign_names(text, language)


def _english(read: Read) -> Iterator[Gap]:
    text, parts = read.sentence.text, read.parts
    persons = people(parts, text)
    for person in persons:
        yield Gap(parts[person.first].start, parts[person.last - 1].end, person.name, "person")
    taken = {index for person in persons for index in range(person.first, person.last)}
    for mention in read.named:
        free = mention.sort in _SORTS and not taken & set(range(mention.first, mention.last))
        if free and _stands_alone(mention, parts):
            start, end = parts[mention.first].start, parts[mention.last - 1].end
            yield Gap(start, end, text[start:end], _sort_of(mention, parts))
    yield from _spelled(parts, text)
    yield from noun_phrases(read)


def _sort_of(mention: Mention, parts: Sequence[Token]) -> str:
    return "place" if mention.sort is Sort.NAME and _names_place(mention, parts) else _SORTS[mention.sort]


def _stands_alone(mention: Mention, parts: Sequence[Token]) -> bool:
    """A name that goes on in the next word, says no more than "Gulf", or is spelled out in brackets is no gap."""
    single = mention.last == mention.first + 1
    on = mention.last < len(parts) and in_phrase(parts[mention.last])
    if (
        mention.sort is Sort.NAME
        and on
        and parts[mention.last - 1].low.endswith(("ian", "can", "ean", "ese", "ish", "ern"))
    ):
        return False  # "South American countries"
    if mention.entity is None and mention.sort not in (Sort.PERSON, Sort.CITY) and _is_joined(mention, parts):
        return False
    if single and is_telling(parts[mention.first].low):
        return False
    if single and mention.sort is Sort.NAME and mention.last < len(parts) and in_phrase(parts[mention.last]):
        return _names_place(mention, parts)  # not "Kurdish militants", "Arctic ice"
    after = parts[mention.last] if mention.last < len(parts) else None
    before = parts[mention.first - 1] if mention.first else None
    glued = after is not None and after.start == parts[mention.last - 1].end and after.text in ("-", "/")
    spoken = (after is not None and after.text == "(") or (before is not None and before.text == "(")
    return not glued and not spoken and not (mention.sort is Sort.NAME and mention.last - mention.first > 5)


def _names_place(mention: Mention, parts: Sequence[Token]) -> bool:
    """Tell whether what a name names stands behind it in small letters: "the Khmeimim airbase"."""
    follows = parts[mention.last : mention.last + 2]
    place = next((at for at, token in enumerate(follows) if token.low in words("places_behind")), None)
    return place is not None and all(in_phrase(token) for token in follows[:place])


def _is_joined(mention: Mention, parts: Sequence[Token]) -> bool:
    """Tell whether a name may be half of one: "Coal and Steel Community", "Central and Eastern Europe"."""
    after, before = parts[mention.last : mention.last + 2], parts[max(0, mention.first - 2) : mention.first]
    on = len(after) == 2 and after[0].low in ("and", "&") and after[1].is_capital
    back = len(before) == 2 and before[1].low in ("and", "&") and before[0].is_capital
    return on or back


def _spelled(parts: Sequence[Token], text: str) -> Iterator[Gap]:
    """Find numbers in words before something counted: "fifteen members"."""
    known = set(english()["numbers"]) - {"two"}
    for at, token in enumerate(parts[:-1]):
        free = at == 0 or parts[at - 1].low not in ("the", "all", "both", "these", "those", "same", "other")
        counted = parts[at + 1].is_word and parts[at + 1].low not in words("function") | {"years", "days", "months"}
        if token.low in known and free and counted and parts[at + 1].low not in words("numbers"):
            large = parts[at + 1].low in words("magnitudes")
            end = parts[at + 1].end if large else token.end
            yield Gap(token.start, end, text[token.start : end], "number")
