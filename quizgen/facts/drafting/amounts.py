"""How many, how long, how many people: questions from a plain clause that holds a number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.facts.drafting.lexicon import words
from quizgen.facts.drafting.proposals import Proposal
from quizgen.facts.drafting.turning import Asked, Said
from quizgen.facts.drafting.verbs import BE

_MANY = Asked("many", "number", "numbers", single=True)
_MUCH = Asked("much", "number", "lengths", single=True)
_PEOPLE = Asked("population", "number", "populations", single=True)
_ROUGH = r"(?:(?:about|around|more than|over|at least|some|nearly|almost) )?"
_DIGITS = r"\d+(?:[,.]\d+)*(?: (?:million|billion))?"
_COUNTED = re.compile(
    rf"(?P<number>{_ROUGH}(?:{_DIGITS}|[a-z]+)) (?P<noun>(?:[a-z][\w-]* ){{0,2}}[a-z][\w-]*s)"
    r"(?P<tail>$| (?:in|on|at|to|for|from|across|near)\b.*)"
)
_MEASURED = re.compile(
    r"(?P<length>(?:[a-z]+ ){0,2}\d+(?:[,.]\d+)* [a-z]+) (?P<how>long|wide|deep|high|tall|thick)\b(?P<tail>.*)"
)
_POPULATION = re.compile(r"a population of (?P<number>(?:[a-z]+ ){0,2}\d+(?:[,.]\d+)*(?: million| billion)?)$")


def amount_facts(said: Said) -> Iterator[Proposal]:
    """Draft the number that a clause is about."""
    yield from _many(said)
    yield from _measure(said)
    yield from _population(said)


def _many(said: Said) -> Iterator[Proposal]:
    """Ask how many there are of what can be counted: "has 193 member states"."""
    counted = _COUNTED.match(said.rest)
    if not counted or said.clause.form.helper in BE or not said.clause.form.base:
        return
    noun, number, tail = counted["noun"], counted["number"], counted["tail"]
    is_number = number.rsplit(" ", 1)[-1] in words("numbers") or any(char.isdigit() for char in number)
    if is_number and noun.rsplit(" ", 1)[-1] not in words("units") and not set(noun.split()) & words("function"):
        fill = {"clause": f"{noun} {said.turned(tail)}"}
        yield from said.propose(_MANY, fill, number, said.about(f"many {noun}", tail))


def _measure(said: Said) -> Iterator[Proposal]:
    """Ask how long, wide or deep something is."""
    measured = _MEASURED.match(said.rest) if said.clause.form.helper in BE else None
    if measured and (not measured["tail"].strip(" ,") or measured["tail"].startswith((" at ", " and "))):
        fill = {"clause": f"{measured['how']} {said.clause.form.helper} {said.subject}"}
        yield from said.propose(_MUCH, fill, measured["length"], said.about(measured["how"]))


def _population(said: Said) -> Iterator[Proposal]:
    counted = _POPULATION.match(said.rest) if said.clause.form.base == "have" else None
    if counted:
        yield from said.propose(_PEOPLE, {"subject": said.subject}, counted["number"], said.about("population"))
