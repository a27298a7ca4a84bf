"""Small decks to make questions of, each of one sort of fact."""

from __future__ import annotations

from quizgen.facts import Deck, Library
from quizgen.questions import Ground, Question, make_questions
from tests.conftest import make_deck

MEMBERS = """\
entities:
  pact: {name: Pact, kind: organisation, article: the}
complete:
  - {relation: member_of, object: pact, since: 1950-01-01}
facts:
  - {id: aut, subject: AUT, relation: member_of, object: pact, from: 1951-05-01}
  - {id: bel, subject: BEL, relation: member_of, object: pact, from: 1962-05-01}
  - {id: che, subject: CHE, relation: member_of, object: pact, from: 1973-05-01}
  - {id: dnk, subject: DNK, relation: member_of, object: pact, from: 1984-05-01, until: 2001-01-01}
  - {id: esp, subject: ESP, relation: member_of, object: pact, from: 2000-05-01, until: 2010-01-01}
"""
COMING = MEMBERS + "".join(
    f"  - {{id: {key.lower()}, subject: {key}, relation: member_of, object: pact, from: {year}-05-01}}\n"
    for key, year in (("FRA", 2027), ("GRC", 2028), ("HUN", 2029))
)
BASES = """\
entities:
  alpha: {name: Fort Alpha, kind: air base, aliases: [Alphaville]}
  bravo: {name: Port Bravo, kind: naval base}
  charlie: {name: Camp Charlie, kind: army base}
  delta: {name: Delta Station, kind: military base}
facts:
  - {id: alpha, subject: alpha, relation: operated_by, object: FRA}
  - {id: bravo, subject: bravo, relation: operated_by, object: GBR}
  - {id: charlie, subject: charlie, relation: operated_by, object: USA}
  - {id: delta, subject: delta, relation: operated_by, object: USA}
"""
STRAITS = """\
entities:
  east: {name: East Strait, kind: strait}
  west: {name: West Strait, kind: strait}
  north: {name: North Strait, kind: strait}
  amber: {name: Amber Sea, kind: water}
  coral: {name: Inner Sea, kind: water}
  white: {name: White Sea, kind: water}
  frozen: {name: Frozen Sea, kind: water}
complete:
  - {relation: connects, subject: every}
facts:
  - {id: east-amber, subject: east, relation: connects, object: amber}
  - {id: east-coral, subject: east, relation: connects, object: coral}
  - {id: west-coral, subject: west, relation: connects, object: coral}
  - {id: west-white, subject: west, relation: connects, object: white}
  - {id: north-white, subject: north, relation: connects, object: white}
  - {id: north-frozen, subject: north, relation: connects, object: frozen}
"""
AIMS = """\
facts:
  - {id: peace, ask: Why was the Pact made?, answer: to keep the peace, set: aims, kind: reason}
  - {id: trade, ask: Why did Utopia join?, answer: to sell its grain, set: aims}
  - {id: pride, ask: Why did Arcadia join?, answer: to be seen, set: aims}
  - {id: fear, ask: Why did Ruritania join?, answer: to be safe, set: aims}
"""


def ask(*decks: str | Deck) -> tuple[dict[str, Question], list[str]]:
    library = Library(tuple(make_deck(deck) if isinstance(deck, str) else deck for deck in decks))
    questions, remarks = make_questions(library, recalls=3)
    return {question.id.removeprefix("test/"): question for question in questions}, [str(remark) for remark in remarks]


def texts(question: Question) -> list[str]:
    return [option.text for option in question.options]


def wrong(question: Question) -> dict[str, Ground | None]:
    return {option.key: option.ground for option in question.distractors}
