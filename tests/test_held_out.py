"""The shipped decks against sources that they were not written from: every disagreement is explained, or mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import date

import pytest

from quizgen.facts import Fact, Library, RelationFact, find_decks, load_library
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from quizgen.questions.generate import knowledge_of
from quizgen.world import PartialDate, Truth, countries
from tests.held_out.checkers import (
    JOINT,
    Checker,
    Disagreement,
    checkers,
    disagreements,
    folders,
    judged,
    relation_to,
    rows,
)

TODAY = date(2026, 11, 22)  # the day of the decks
CHECKERS = {checker.key: checker for checker in checkers(TODAY)}
VERDICTS = ("theirs stale", "theirs wrong", "definitional")
# Organisations and treaties of which no checker that ships knows the members.
UNCHECKED = {"alliance-of-sahel-states", "npt", "semipalatinsk-treaty"}
# Lists that were read off one source each, and the day for which it speaks.
BY_HAND = rows("by_hand.csv")
TABLES = ("members", "joined", "named", "capitals", "borders", "landlocked", "currencies", "languages")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_decks([], DECKS)[0])[0]  # that no deck has a problem, test_library.py sees to


@pytest.fixture(scope="module")
def questions(library: Library) -> list[Question]:
    return make_questions(library)[0]


def ledger() -> list[dict[str, str]]:
    return [row for folder in folders() for row in rows("disagreements.csv", folder)]


def disagreement(row: dict[str, str]) -> Disagreement:
    return Disagreement(*(row[name] for name in ("subject", "relation", "object", "checker", "theirs", "ours")))


def explained(checker: Checker) -> set[Disagreement]:
    return {disagreement(row) for row in ledger() if row["checker"] == checker.key}


def relations(library: Library) -> Iterator[RelationFact]:
    return (fact for fact in library.facts if isinstance(fact, RelationFact))


# --- members, years, claims and shores ---------------------------------------------------------------------------


@pytest.mark.parametrize("key", CHECKERS)
def test_no_checker_contradicts_a_deck_without_an_explanation(key: str, library: Library) -> None:
    assert sorted(disagreements(CHECKERS[key], library) - explained(CHECKERS[key])) == []


@pytest.mark.parametrize("key", CHECKERS)
def test_no_explanation_is_left_of_a_disagreement_that_is_gone(key: str, library: Library) -> None:
    assert sorted(explained(CHECKERS[key]) - disagreements(CHECKERS[key], library)) == []


def test_every_explanation_names_a_checker_a_deck_a_verdict_and_a_reason(library: Library) -> None:
    things = {(fact.deck, thing.key) for fact in relations(library) for thing in (fact.subject, fact.object)}
    for row in ledger():
        assert row["checker"] in CHECKERS, row
        assert {(row["deck"], row["subject"]), (row["deck"], row["object"])} & things, row
        assert row["verdict"] in VERDICTS, row
        assert len(row["reason"].split()) > 3, row


def test_nothing_is_explained_twice() -> None:
    said = [(*astuple(disagreement(row))[:4], row["theirs"]) for row in ledger()]
    assert len(said) == len(set(said))


def test_each_checker_confirms_hundreds_of_memberships_and_the_factbook_years_claims_and_shores(
    library: Library,
) -> None:
    confirmed = {key: [what for what, same in judged(checker, library) if same] for key, checker in CHECKERS.items()}
    assert {key for key, found in confirmed.items() if sum(what.theirs == "in" for what in found) < 400} == set()
    factbook = confirmed["factbook-2015"]
    assert sum(what.theirs.isdigit() for what in factbook) >= 25  # years of joining
    assert sum(what.theirs == "named" for what in factbook) >= 45  # claims and shores


def test_only_a_few_organisations_are_known_to_no_checker(library: Library) -> None:
    shipped = (CHECKERS["worldcountrygroups"], CHECKERS["factbook-2015"])
    known = {key for checker in shipped for key in checker.members} | {row["organisation"] for row in BY_HAND}
    assert set(relation_to(library)) - known == UNCHECKED


@pytest.mark.parametrize("row", BY_HAND, ids=lambda row: f"{row['organisation']} {row['day']}")
def test_a_list_that_was_read_by_hand_has_the_same_members(row: dict[str, str], library: Library) -> None:
    knowledge, relation = knowledge_of(library), relation_to(library)[row["organisation"]]
    day, theirs = date.fromisoformat(row["day"]), set(row["members"].split("|"))
    truths = {code: knowledge.truth(code, relation, row["organisation"], day) for code in countries()}
    known = {code for code, truth in truths.items() if truth.is_known}
    assert {code for code, truth in truths.items() if truth is Truth.TRUE} == theirs & known
    assert len(theirs & known) >= 5
    assert row["source_title"]
    assert row["source_url"].startswith("http")


# --- the check can fail ---------------------------------------------------------------------------------------------

SWAP = {"FRA": "CHE", "AUS": "NZL", "JPN": "VNM"}
PLANTED = [
    ("nato/nato-fra", "gone", ["FRA"]),
    ("nato/nato-fra", "someone else", ["CHE", "FRA"]),
    ("european-union/eu-gbr", "without end", ["GBR"]),
    ("nato/nato-hrv", "a year late", ["HRV"]),
    ("asia-pacific/aukus-aus", "someone else", ["AUS", "NZL"]),
    ("security-council/e10-2025-dnk", "gone", ["DNK"]),
    ("disputed-territories/tromelin-claim-mus", "gone", ["tromelin"]),
]


def mistaken(fact: RelationFact, mistake: str) -> RelationFact | None:
    if mistake == "gone":
        return None
    if mistake == "someone else":
        return replace(fact, subject=countries()[SWAP[fact.subject.key]])
    if mistake == "without end":
        return replace(fact, during=replace(fact.during, end=None))
    start = fact.during.start
    assert start is not None
    return replace(fact, during=replace(fact.during, start=PartialDate.parse(str(start.first.year + 1))))


def with_mistake(library: Library, path: str, mistake: str) -> Library:
    def changed(fact: Fact) -> Fact | None:
        return mistaken(fact, mistake) if fact.path == path and isinstance(fact, RelationFact) else fact

    decks = [replace(deck, facts=tuple(filter(None, map(changed, deck.facts)))) for deck in library.decks]
    return Library(tuple(decks))


@pytest.mark.parametrize(("path", "mistake", "named"), PLANTED)
def test_a_mistake_in_a_deck_is_found(path: str, mistake: str, named: list[str], library: Library) -> None:
    wrong = with_mistake(library, path, mistake)
    shipped = (CHECKERS["worldcountrygroups"], CHECKERS["factbook-2015"])
    found = {what.subject for checker in shipped for what in disagreements(checker, wrong) - explained(checker)}
    assert sorted(found) == named


# --- questions ------------------------------------------------------------------------------------------------------


def of_today(questions: list[Question]) -> Iterator[tuple[Question, str]]:
    """Give the questions that ask which country is a member today, and of what."""
    for question in questions:
        fact = question.fact
        if isinstance(fact, RelationFact) and fact.relation.name in JOINT and question.id.endswith("#subject"):
            yield question, fact.object.key


def test_no_wrong_option_of_today_is_a_member_by_another_source(questions: list[Question]) -> None:
    package = CHECKERS["worldcountrygroups"]
    known = {(what.subject, what.object) for what in explained(package)}
    asked = [(question, key) for question, key in of_today(questions) if key in package.members]
    assert len(asked) > 150
    for question, key in asked:
        wrong = {option.key for option in question.distractors} - {code for code, object_ in known if object_ == key}
        assert wrong & package.members[key] == set(), question.id
        assert (question.answer.key in package.members[key]) != ((question.answer.key, key) in known), question.id


# --- places ---------------------------------------------------------------------------------------------------------


def test_a_city_that_is_a_capital_is_in_its_country(library: Library) -> None:
    capitals = {row["capital"]: row["code"] for row in rows("factbook_capitals.csv")}
    cities = {fact.object for fact in relations(library) if fact.relation.name == "headquartered_in"}
    homes = {city.name: city.home for city in cities if city.name in capitals and city.home}
    assert len(homes) >= 8
    assert {name: home for name, home in homes.items() if capitals[name] != home} == {}


def test_no_passage_has_a_shore_in_a_landlocked_country(library: Library) -> None:
    landlocked = {row["code"] for row in rows("factbook_landlocked.csv")}
    shores = {fact.object.key for fact in relations(library) if fact.relation.name == "bordered_by"}
    assert len(shores) >= 30
    assert shores & landlocked == set()


# --- the tables themselves ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", TABLES)
def test_tables_speak_of_places_that_we_know(table: str) -> None:
    found = rows(f"factbook_{table}.csv")
    named = {row[column] for row in found for column in ("code", "neighbour") if column in row}
    assert named - set(countries()) == set()
    assert len({tuple(row.values()) for row in found}) == len(found) > 0


KNOWN = [
    ("capitals", {"code": "BOL", "capital": "Sucre", "note": "constitutional capital"}),
    ("borders", {"code": "DEU", "neighbour": "FRA"}),
    ("landlocked", {"code": "UZB"}),
    ("currencies", {"code": "JPN", "currency": "JPY", "name": "yen"}),
    ("languages", {"code": "CHE", "language": "Romansch"}),
    ("members", {"code": "NOR", "organisation": "NATO", "status": "member"}),
    ("named", {"code": "ESP", "relation": "claimed_by", "subject": "gibraltar"}),
    ("joined", {"code": "EST", "organisation": "OECD", "year": "2010"}),
]


@pytest.mark.parametrize(("table", "row"), KNOWN)
def test_tables_hold_what_is_well_known(table: str, row: dict[str, str]) -> None:
    assert row in rows(f"factbook_{table}.csv")
