"""People with their offices: "Syrian interim President Ahmed al-Sharaa", "Poland's foreign minister"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizgen.facts.drafting.lexicon import office_of, wording, words
from quizgen.facts.drafting.names import Mention, Sort, office_sizes
from quizgen.facts.drafting.proposals import Proposal, Read
from quizgen.facts.drafting.tokens import Token, between

_PAST = frozenset({"former", "ex", "previous", "longtime", "late", "then", "onetime", "deposed", "ousted"})
_COMING = frozenset({"future", "next", "designate", "elect", "incoming", "would-be"})
_QUALIFIERS = frozenset({"interim", "acting", "deputy", "vice", "caretaker", "transitional", "first", "second"})
_STYLES = frozenset(
    {
        "general",
        "admiral",
        "marshal",
        "colonel",
        "pope",
        "king",
        "queen",
        "prince",
        "princess",
        "emir",
        "ayatollah",
        "sultan",
        "senator",
    }
)
# A rank is no office: whoever holds it may do anything.
_RANKS = frozenset(
    {
        "captain",
        "professor",
        "judge",
        "justice",
        "commander",
        "general",
        "admiral",
        "marshal",
        "colonel",
        "senator",
        "prince",
        "princess",
        "ayatollah",
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a sentence, and the office that stands with it."""

    first: int
    last: int
    name: str
    office: str
    former: bool
    began: int  # the token with which the office begins


def people(parts: Sequence[Token], text: str) -> list[Person]:
    """Find the people whose office stands before their name."""
    found: list[Person] = []
    at = 0
    while at < len(parts):
        person = _person(parts, at, text)
        if person:
            found.append(person)
        at = person.last if person else at + 1
    return found


def _person(parts: Sequence[Token], at: int, text: str) -> Person | None:
    office = _office(parts, at)
    if not office:
        return None
    first = at + office
    last = first
    while last < len(parts) and _is_name(parts, last):
        last += 1
    if last == first or any(token.low in words("no_person") for token in parts[first:last]):
        return None
    if last - first == 1 and office == 1 and parts[at].low in _STYLES and not _is_surname_use(parts, at):
        return None
    began, former, coming = _before(parts, at)
    if coming or (last < len(parts) and parts[last].low in words("no_person")):
        return None
    return Person(first, last, between(text, parts[first:last]), between(text, parts[began:first]), former, began)


def _office(parts: Sequence[Token], at: int) -> int:
    """Give how many words of an office begin here."""
    return next((size for size in office_sizes(parts, at) if len(parts) > at + size), 0)


def _is_name(parts: Sequence[Token], at: int) -> bool:
    token = parts[at]
    if not token.is_word or token.low in words("months") or token.low in words("weekdays"):
        return False
    if token.is_capital:
        return True
    follows = at + 1 < len(parts) and parts[at + 1].is_word and parts[at + 1].is_capital
    return ("-" in token.text and token.low.split("-")[0] in {"al", "el", "ad", "ar", "as", "an", "ben"}) or (
        token.low in {"bin", "ibn", "al", "el", "de", "da", "van", "von", "der", "dos", "del", "la", "di"} and follows
    )


def _is_surname_use(parts: Sequence[Token], at: int) -> bool:
    return parts[at].is_capital


def _before(parts: Sequence[Token], at: int) -> tuple[int, bool, bool]:
    """Find where an office begins, with whose it is; and whether it is a past or a coming one."""
    began, former, coming = at, False, False
    while began > 0:
        token = parts[began - 1]
        if token.low in _PAST:
            return began, True, coming
        if token.low in _COMING:
            return began, former, True
        if token.low in _QUALIFIERS:
            began -= 1
        else:
            break
    return began, former, coming


def office_facts(read: Read, full: dict[str, str]) -> Iterator[Proposal]:
    """Draft which office a person holds; `full` gives the whole name of who is called by the last one."""
    found = people(read.parts, read.sentence.text)
    for person in found:
        name = full.get(person.name.split()[-1].casefold(), person.name)
        if len(name.split()) < 2 and name == person.name and person.office[:1].islower():
            continue
        country, began = _whose(read, person)
        answer = _answer(person, country)
        if answer.split()[-1] not in _RANKS and not _is_coming(read, began) and (country or len(answer.split()) > 1):
            yield _office_fact(read, person, name, answer, began, former=_is_former(read, person, began))


def _office_fact(read: Read, person: Person, name: str, answer: str, began: int, *, former: bool) -> Proposal:
    sentence, parts = read.sentence, read.parts
    ask = wording("en").ask["former_office" if former else "office"]
    return Proposal(
        sentence,
        sentence.start + parts[began].start,
        sentence.start + parts[person.last - 1].end,
        ask=ask.format(person=name),
        answer=answer,
        kind="what",
        option_set="offices",
        about=f"office {'former ' if former else ''}{name.casefold()}",
        rank=6.0,
    )


def _whose(read: Read, person: Person) -> tuple[Mention | None, int]:
    """Find the country of an office: "Syrian interim President", "Poland's prime minister"."""
    before = [mention for mention in read.named if mention.last <= person.began]
    nearest = before[-1] if before else None
    if nearest is None or nearest.entity is None:
        return None, person.began
    gap = [token.low for token in read.parts[nearest.last : person.began] if token.low not in _PAST]
    fits = (nearest.sort is Sort.ADJECTIVE and gap == []) or (
        nearest.sort in (Sort.COUNTRY, Sort.ORGANISATION) and gap in (["'s"], ["’s"], [])
    )
    return (nearest, nearest.first) if fits else (None, person.began)


def _is_former(read: Read, person: Person, began: int) -> bool:
    """Tell whether an office was held before: the word for it stands right before, or before the country."""
    around = {read.parts[at].low for at in (person.began - 1, began - 1) if at >= 0}
    return person.former or bool(around & _PAST)


def _is_coming(read: Read, began: int) -> bool:
    return began > 0 and read.parts[began - 1].low in _COMING


def _answer(person: Person, country: Mention | None) -> str:
    office = " ".join(word if word.isupper() else word.lower() for word in person.office.split())
    if country is None or country.entity is None:
        return office
    return office_of().format(office=office, place=country.entity.in_text)


def full_names(reads: Sequence[Read]) -> dict[str, str]:
    """Give the longest name of each person by its last word; of two with the same last word, none."""
    found: dict[str, set[str]] = {}
    for read in reads:
        for person in people(read.parts, read.sentence.text):
            found.setdefault(person.name.split()[-1].casefold(), set()).add(person.name)
    longest = {last: max(names, key=len) for last, names in found.items()}
    return {last: name for last, name in longest.items() if all(name.endswith(other) for other in found[last])}
