"""The time machine: `--as-of DAY` asks what held on another day, and its answers flip on the right one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.cli import main, opening
from quizgen.facts import Library, RelationFact, deck_on, known_facts, load_library
from quizgen.paths import DECKS
from quizgen.questions import Question, make_questions
from quizgen.questions.generate import knowledge_of
from quizgen.world import RELATIONS, Interval, PartialDate, Truth
from tests.conftest import HEAD, make_deck

ONE_DAY = timedelta(days=1)
SOME = ("currencies", "european-union", "nato", "opec")


@cache
def library_on(day: date) -> Library:
    library, _ = load_library([DECKS / f"{deck}.yaml" for deck in SOME])
    return Library(tuple(deck_on(one, day) for one in library.decks))


@cache
def questions_on(day: date) -> list[Question]:
    return make_questions(library_on(day))[0]


@pytest.mark.parametrize(
    ("who", "group", "day"),
    [("ARE", "opec", date(2026, 5, 1)), ("AGO", "opec", date(2024, 1, 1)), ("GBR", "eu", date(2020, 2, 1))],
)
def test_who_leaves_is_a_member_until_the_day_before(who: str, group: str, day: date) -> None:
    before, after = (knowledge_of(library_on(one)) for one in (day - ONE_DAY, day))
    assert before.truth(who, RELATIONS["member_of"], group, day - ONE_DAY) is Truth.TRUE
    assert after.truth(who, RELATIONS["member_of"], group, day) is Truth.ENDED


@pytest.mark.parametrize(("day", "answers"), [(date(2026, 4, 30), True), (date(2026, 5, 1), False)])
def test_the_united_arab_emirates_are_an_answer_in_opec_until_they_left(day: date, answers: bool) -> None:
    facts = [question.fact for question in questions_on(day) if "As of" in question.stem and "OPEC?" in question.stem]
    assert facts
    assert any(isinstance(fact, RelationFact) and fact.subject.key == "ARE" for fact in facts) is answers


@pytest.mark.parametrize("day", [date(2004, 5, 1), date(2019, 12, 31), date(2026, 4, 30), date(2027, 2, 1)])
def test_on_any_day_the_key_is_true_and_every_other_option_false(day: date) -> None:
    knowledge = knowledge_of(library_on(day))
    checked = 0
    for question in questions_on(day):
        fact, part = question.fact, question.id.partition("#")[2]
        if not isinstance(fact, RelationFact) or part not in ("subject", "object"):
            continue
        assert fact.during.holds_on(day), question.id
        for option in question.distractors:
            subject, object_ = (option.key, fact.object.key) if part == "subject" else (fact.subject.key, option.key)
            assert knowledge.truth(subject, fact.relation, object_, day).is_false, (question.id, option)
            checked += 1
    assert checked >= 200


def test_a_day_ago_a_join_that_was_not_yet_is_not_asked_as_one_to_come() -> None:
    stems = [question.stem for question in questions_on(date(2019, 12, 31))]
    assert stems
    assert [stem for stem in stems if "due to" in stem] == []


def test_a_question_in_the_author_s_words_is_not_asked_of_an_earlier_day() -> None:
    text = "facts:\n  - {id: ships, ask: How many ships are there?, answer: '3', distractors: ['4', '5', '6']}\n"
    deck = make_deck(text)
    assert len(deck_on(deck, deck.as_of).facts) == 1
    assert deck_on(deck, deck.as_of - ONE_DAY).facts == ()


def test_what_had_to_be_looked_at_again_is_not_asked_of_a_later_day() -> None:
    text = "facts:\n  - {id: ships, ask: How many?, answer: '3', distractors: ['4', '5', '6'], review_by: 2027-01-01}\n"
    deck = make_deck(text)
    assert len(deck_on(deck, date(2027, 1, 1)).facts) == 1
    assert deck_on(deck, date(2027, 1, 2)).facts == ()


CLUB = """\
entities: {club: {name: Club, kind: organisation}, rivals: {name: Rivals, kind: organisation}}
complete:
  - {relation: member_of, object: club, since: 1990-01-01}
  - {relation: member_of, object: rivals, since: 1990-01-01}
facts:
  - {id: fra, subject: FRA, relation: member_of, object: club, from: 1991-01-01}
  - {id: hrv, subject: HRV, relation: member_of, object: club, from: 2020-01-01, %s, review_by: 2027-03-01}
  - {id: ita, subject: ITA, relation: member_of, object: rivals, from: 1991-01-01}
"""
DOUBTS = ["standing: announced, note: said to come", "standing: disputed, note: who says what", "ask: false"]


@pytest.mark.parametrize("doubt", [*DOUBTS, "kind: which"])
@pytest.mark.parametrize("day", [date(2027, 3, 1), date(2027, 3, 2), date(2150, 1, 1)])
def test_a_doubt_that_went_stale_is_a_doubt_and_no_proof(doubt: str, day: date) -> None:
    deck = deck_on(make_deck(CLUB % doubt), day)
    known = knowledge_of(Library((deck,)))
    stale, member = day > date(2027, 3, 1), RELATIONS["member_of"]
    assert known.truth("HRV", member, "club", day).is_known is (doubt == "kind: which" and not stale)
    assert known.truth("HRV", member, "club", date(2000, 1, 1)).is_known is (doubt == "kind: which" and not stale)
    assert {fact.key for fact in deck.facts if fact.askable} == {"fra", "ita", *(["hrv"] * (doubt[0] == "k"))} - (
        {"hrv"} if stale else set()
    )


def test_a_list_is_whole_until_a_fact_on_it_went_stale() -> None:
    known = knowledge_of(Library((deck_on(make_deck(CLUB % "kind: which"), date(2028, 1, 1)),)))
    member = RELATIONS["member_of"]
    for day, club in ((date(2027, 3, 1), Truth.UNLISTED), (date(2027, 3, 2), Truth.UNKNOWN)):
        assert known.truth("ESP", member, "club", day) is club
        assert known.truth("ESP", member, "rivals", day) is Truth.UNLISTED


def test_a_stale_border_ends_the_lists_of_both_sides() -> None:
    text = "complete: [{relation: borders, subject: every}]\nfacts:\n"
    text += "  - {id: fra-ita, subject: FRA, relation: borders, object: ITA, review_by: 2027-03-01}\n"
    known = knowledge_of(Library((deck_on(make_deck(text), date(2027, 3, 2)),)))
    for one in ("FRA", "ITA"):
        assert known.truth(one, RELATIONS["borders"], "POL", date(2027, 3, 1)) is Truth.UNLISTED
        assert known.truth(one, RELATIONS["borders"], "POL", date(2027, 3, 2)) is Truth.UNKNOWN


@cache
def whole_library() -> Library:
    return load_library(sorted(DECKS.glob("*.yaml")))[0]


@settings(max_examples=5, deadline=None)
@given(st.dates(date(2026, 11, 23), date(2032, 1, 1)), st.randoms(use_true_random=False))
def test_no_later_day_proves_what_the_deck_does_not_prove_today(day: date, dice: Random) -> None:
    library = whole_library()
    moved = Library(tuple(deck_on(deck, day) for deck in library.decks))
    today, later = knowledge_of(library), knowledge_of(moved)
    facts = [fact for fact in library.facts if isinstance(fact, RelationFact)]
    for fact in facts:
        now, then = (known.truth(fact.subject.key, fact.relation, fact.object.key, day) for known in (today, later))
        assert then == now or not then.is_known, (fact.path, now, then)
    for one, other in ((dice.choice(facts), dice.choice(facts)) for _ in range(500)):
        now, then = (known.truth(other.subject.key, one.relation, one.object.key, day) for known in (today, later))
        assert then == now or not then.is_known, (other.subject.key, one.path, now, then)


def test_what_cannot_change_held_before_it_was_read_as_long_as_the_states_are_there() -> None:
    text = "complete: [{relation: borders, subject: every}]\nfacts:\n"
    text += "  - {id: ken-uga, subject: KEN, relation: borders, object: UGA}\n"
    text += "  - {id: ken-ssd, subject: KEN, relation: borders, object: SSD}\n"
    text += "  - {id: fra-ita, subject: FRA, relation: borders, object: ITA}\n"
    deck, borders = make_deck(text), RELATIONS["borders"]

    def on(day: date, *pair: str) -> Truth:
        return knowledge_of(Library((deck_on(deck, day),))).truth(pair[0], borders, pair[1], day)

    table = {
        ("FRA", "ITA"): {date(2020, 1, 1): Truth.TRUE, date(1990, 10, 3): Truth.TRUE, date(1990, 10, 2): Truth.UNKNOWN},
        ("KEN", "UGA"): {date(2005, 1, 1): Truth.TRUE},
        ("KEN", "SSD"): {date(2011, 7, 14): Truth.TRUE, date(2011, 7, 13): Truth.UNKNOWN},
        # Sudan bordered Kenya, until South Sudan did.
        ("KEN", "SDN"): {date(2011, 7, 14): Truth.UNLISTED, date(2011, 7, 13): Truth.UNKNOWN},
        ("FRA", "POL"): {date(1990, 10, 3): Truth.UNLISTED, date(1990, 10, 2): Truth.UNKNOWN},
    }
    assert {pair: {day: on(day, *pair) for day in days} for pair, days in table.items()} == table


def test_where_the_author_gave_a_day_a_list_did_change_and_an_earlier_one_is_unknown() -> None:
    text = "complete: [{relation: borders, subject: every}]\nfacts:\n"
    text += "  - {id: fra-ita, subject: FRA, relation: borders, object: ITA, from: 1950}\n"
    deck = deck_on(make_deck(text), date(2020, 1, 1))
    assert [claim.since for claim in deck.complete] == [date(2026, 11, 22)] * 2


def test_what_can_change_is_unknown_before_it_was_read() -> None:
    text = "entities: {rome: {name: Rome, kind: city}}\nfacts:\n"
    text += "  - {id: ita, subject: ITA, relation: has_capital, object: rome, explanation: On the Tiber.}\n"
    text += "  - {id: ita-rome, subject: rome, relation: located_in, object: ITA, explanation: It is the capital.}\n"
    before = deck_on(make_deck(text), date(2026, 11, 21))
    stated = [fact for fact in before.facts if isinstance(fact, RelationFact)]
    assert [fact.during.holds_on(before.as_of) for fact in stated] == [None, True]
    # An author's words speak of the day on which it was read: Rome was no capital once.
    assert [fact.explanation for fact in before.facts] == ["", ""]
    assert before.unsure == 1
    after = deck_on(make_deck(text), date(2026, 11, 22))
    assert ([fact.explanation for fact in after.facts], after.unsure) == (["On the Tiber.", "It is the capital."], 0)


@pytest.mark.parametrize("key", ["borders", "regions", "countries-on-the-map"])
def test_what_cannot_change_is_known_on_an_earlier_day(key: str) -> None:
    deck = whole_library().deck(key)
    assert deck
    assert known_facts(deck) >= 180
    assert known_facts(deck_on(deck, date(2020, 3, 1))) == known_facts(deck)


def test_what_cannot_change_is_asked_of_an_earlier_day() -> None:
    deck = whole_library().deck("chokepoints")
    assert deck
    assert len(make_questions(Library((deck_on(deck, date(2020, 3, 1)),)))[0]) >= 200


SHIP = "  - {id: ships, ask: How many ships?, answer: '3', distractors: ['4', '5', '6'], review_by: 2027-01-01}\n"
PORT = "  - {id: port, subject: ITA, relation: has_capital, object: rome, review_by: 2027-01-01}\n"
OLD = "".join(
    f"  - {{id: c{n}, subject: {code}, relation: member_of, object: pact, from: {1950 + n}-01-01}}\n"
    for n, code in enumerate(("AUT", "BEL", "CHE", "DNK", "ESP", "FIN"))
)
THINGS = "entities: {rome: {name: Rome, kind: city}, pact: {name: Pact, kind: organisation}}\n"
THINGS += "complete: [{relation: member_of, object: pact, since: 1940-01-01}]\n"


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of decks without the shipped ones, whose company says nothing of theirs."""
    (tmp_path / "shipped").mkdir()
    monkeypatch.setattr(opening, "DECKS", tmp_path / "shipped")
    return tmp_path


@pytest.mark.parametrize(
    ("facts", "day", "left", "told"),
    [
        (SHIP + PORT, "2020-03-01", False, "nothing can be asked of 1 March 2020: of 2 facts it is not known whether"),
        (SHIP + PORT, "2027-01-02", False, "nothing can be asked of 2 January 2027: of 2 facts it is not known"),
        (SHIP + OLD, "2020-03-01", True, "note: FILE: 1 fact left out: it is not known what held on 1 March 2020"),
        (SHIP + PORT + OLD, "2027-01-02", True, "note: FILE: 2 facts left out: it is not known what held on 2 January"),
        (OLD, "2020-03-01", True, ""),
    ],
)
@pytest.mark.parametrize("command", ["questions", "export"])
def test_what_is_left_out_is_said_and_nothing_left_is_a_problem(
    command: str, facts: str, day: str, left: bool, told: str, alone: Path
) -> None:
    file, out = alone / "test.yaml", alone / "out.jsonl"
    file.write_text(f"{HEAD}{THINGS}facts:\n{facts}")
    more = ["--to", "json", "-o", str(out)] if command == "export" else ["--json"]
    run = CliRunner().invoke(main, [command, str(file), "--as-of", day, *more])
    assert (run.exit_code, out.exists() if command == "export" else bool(run.stdout)) == (0 if left else 1, left)
    assert told.replace("FILE", str(file)) in run.stderr
    assert bool(told) == ("not known" in run.stderr)


def test_days_at_the_ends_of_the_calendar_are_asked_about_as_others() -> None:
    deck = make_deck(CLUB % "kind: which")
    ends = [PartialDate.of(date.min), PartialDate.of(date.max), PartialDate.of(date(1999, 1, 1))]
    for start, end in product(ends, [*ends[1:], None]):
        during = Interval(date(2026, 11, 22), start, end)
        facts = tuple(replace(fact, during=during, as_of=date.max) for fact in deck.facts)  # type: ignore[call-arg]
        make_questions(Library((replace(deck, facts=facts),)))


def test_countries_go_by_the_name_that_they_had() -> None:
    text = "entities: {pact: {name: Pact, kind: organisation}}\nfacts:\n"
    text += "  - {id: swz, subject: SWZ, relation: member_of, object: pact, from: 2000-01-01}\n"

    def name(day: date) -> str:
        (fact,) = deck_on(make_deck(text), day).facts
        assert isinstance(fact, RelationFact)
        return fact.subject.name

    assert (name(date(2018, 4, 18)), name(date(2018, 4, 19))) == ("Swaziland", "Eswatini")


def test_a_deck_of_another_day_is_another_deck_so_that_a_learner_may_have_both() -> None:
    run = CliRunner().invoke(main, ["questions", "opec", "--json", "--as-of", "2020-01-01"])
    made = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.exit_code == 0
    assert {question["deck"] for question in made} == {"opec@2020-01-01"}
    assert all(question["id"].startswith("opec@2020-01-01/") for question in made)
    assert {question["as_of"] for question in made} == {"2020-01-01"}


def test_a_day_that_is_none_is_refused_in_words() -> None:
    run = CliRunner().invoke(main, ["questions", "opec", "--as-of", "yesterday"])
    assert run.exit_code == 2
    assert "does not match the format" in run.stderr
