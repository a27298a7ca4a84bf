"""What the checks of whole decks find, and that everything is told at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.facts import RelationFact, load_deck, quoted_from, read_by
from tests.conftest import HEAD, make_deck

TODAY = date(2026, 11, 22)
FORT = "entities:\n  fort: {name: Fort, kind: air base}\n  nato: {name: NATO, kind: organisation}\nfacts:\n"


def problems(text: str, file: str = "test.yaml") -> list[str]:
    return [str(problem).removeprefix("test.yaml:") for problem in load_deck(text.encode(), file)[1]]


REPEATED = [
    ("  - {id: a, ask: Why?, answer: So}\n  - {id: a, ask: When?, answer: Now}\n",
        ["12: fact 'a': id 'a' is used twice (first on line 11)"]),
    ("  - {id: a, ask: Why?, answer: So}\n  - {id: b, ask: ' why ', answer: Not so}\n",
        ["12: fact 'b': says the same as another fact ('a' on line 11)"]),
    ("  - {id: a, subject: FIN, relation: member_of, object: nato, from: 2023}\n"
     "  - {id: b, subject: FIN, relation: member_of, object: nato, from: 2023, ask: false}\n",
        ["12: fact 'b': says the same as another fact ('a' on line 11)"]),
    ("  - {id: a, subject: FIN, relation: member_of, object: nato, from: 1950, until: 1960}\n"
     "  - {id: b, subject: FIN, relation: member_of, object: nato, from: 1970}\n", []),
    ("  - {id: a, ask: Why?, answer: So}\n  - {id: b, ask: Why not?, answer: So}\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "expected"), REPEATED)
def test_what_is_said_twice_is_named_with_both_lines(facts: str, expected: list[str]) -> None:
    assert problems(HEAD + FORT + facts) == expected


@pytest.mark.parametrize(
    ("fields", "listed"),
    [("from: 1990", 2), ("", 2), ("until: 2000", 1), ("from: 2027", 1), ("ask: false", 1), ("retired: gone", 2)],
)
def test_a_list_is_as_long_as_its_author_says(fields: str, listed: int) -> None:
    facts = (
        f"  - {{id: fin, subject: FIN, relation: member_of, object: nato, {fields or 'kind: which'}}}\n"
        "  - {id: swe, subject: SWE, relation: member_of, object: nato}\n"
        "  - {id: fort, subject: fort, relation: operated_by, object: FIN}\n"
    )
    for count in range(4):
        claim = f"complete: [{{relation: member_of, object: nato, count: {count}}}]\n"
        found = problems(HEAD + claim + FORT + facts)
        assert len(found) == (count != listed), found
        assert all(f"says {count}, but the facts list {listed}" in problem for problem in found)


MEMBERS = (
    ("fin", "1950-01-01", ""),
    ("swe", "1952", ""),
    ("nor", "1960-05-01", "1970-05-01"),
    ("dnk", "1960-05-01", ""),
)
HISTORY = "1950-01-01: 1, 1952: 2, 1960-05-01: 4, 1970-05-01: 3"
WRONG_DAY = "(a fact is missing or too much, or has a wrong day)"
HISTORIES = [
    ({}, HISTORY, []),
    ({}, "1970-05-01: 3, 1960-05-01: 4, 1952: 2, 1950-01-01: 1", []),  # the order of the days is not that of the text
    ({}, "2000-01-01: 3, " + HISTORY, []),  # nothing changes then, and nothing is said to
    # a day shifted to one that nobody lists, both ways
    ({"dnk": ("1960-04-30", "")}, HISTORY,
        ["15: fact 'dnk': 'count' knows of no change on 1960-04-30"
         " (the facts go from 2 to 3 then; 'count' says 2 from 1952 on and 4 from 1960-05-01 on)"]),
    ({"dnk": ("1960-05-02", "")}, HISTORY,
        ["9: 'count' says 4 from 1960-05-01 on, but the facts list 3 " + WRONG_DAY,
         "15: fact 'dnk': 'count' knows of no change on 1960-05-02"
         " (the facts go from 3 to 4 then; 'count' says 4 from 1960-05-01 on and 3 from 1970-05-01 on)"]),
    ({"nor": ("1960-05-01", "1971-05-01")}, HISTORY,
        ["9: 'count' says 3 from 1970-05-01 on, but the facts list 4 " + WRONG_DAY,
         "14: fact 'nor': 'count' knows of no change on 1971-05-01"
         " (the facts go from 4 to 3 then; 'count' says 3 from 1970-05-01 on)"]),
    # shifted to another day of the list, and before all of them
    ({"swe": ("1950-01-01", "")}, HISTORY, ["9: 'count' says 1 from 1950-01-01 on, but the facts list 2 " + WRONG_DAY]),
    ({"fin": ("1949-01-01", "")}, HISTORY,
        ["12: fact 'fin': 'count' knows of no change on 1949-01-01"
         " (the facts go from 0 to 1 then; 'count' says 1 from 1950-01-01 on)"]),
    # known better or worse than the history says
    ({"swe": ("1952-06", "")}, HISTORY,
        ["13: fact 'swe': 'count' knows of no change on 1952-06"
         " (the facts go from 1 to 2 then; 'count' says 1 from 1950-01-01 on and 2 from 1952 on)"]),
    # without a day: it may explain one rise, but there must be one, and it never goes down
    ({"swe": ("", "")}, HISTORY, []),
    ({"swe": ("", "")}, "1950-01-01: 1, 1960-05-01: 3, 1970-05-01: 2",
        ["9: 'count' says 2 from 1970-05-01 on, but the facts list 3"
         " (1 of them without 'from': it must be clear when their number rose)"]),
    ({"swe": ("", "")}, "1950-01-01: 2, 1952: 3, 1960-05-01: 5, 1970-05-01: 4",
        ["9: 'count' says 3 from 1952 on, but the facts list 2 " + WRONG_DAY]),
    # one that both list, and one that neither does
    ({}, HISTORY.replace("1970-05-01: 3", "1970-05-01: 3, 1980: 4"),
        ["9: 'count' says 4 from 1980 on, but the facts list 3 " + WRONG_DAY]),
    ({}, "1950-01-01: 1, 1952: 2, 1960-05-01: 4",
        ["14: fact 'nor': 'count' knows of no change on 1970-05-01"
         " (the facts go from 4 to 3 then; 'count' says 4 from 1960-05-01 on)"]),
]  # fmt: skip


def with_history(history: str, shifted: dict[str, tuple[str, str]], claim: str = "") -> str:
    rows = [(key, *shifted.get(key, (start, end))) for key, start, end in MEMBERS]
    spans = {
        key: f"{f', from: {start}' if start else ''}{f', until: {end}' if end else ''}" for key, start, end in rows
    }
    facts = "".join(
        f"  - {{id: {key}, subject: {key.upper()}, relation: member_of, object: nato{span}}}\n"
        for key, span in spans.items()
    )
    entities = "entities: {nato: {name: NATO, kind: organisation}}\n"
    return (
        f"{HEAD}{entities}complete:\n  - {{relation: member_of, object: nato{claim},"
        f" count: {{{history}}}}}\nfacts:\n  # The members\n{facts}"
    )


@pytest.mark.parametrize(("shifted", "history", "expected"), HISTORIES)
def test_a_list_is_as_long_as_its_history_says_on_every_day(
    shifted: dict[str, tuple[str, str]], history: str, expected: list[str]
) -> None:
    assert problems(with_history(history, shifted)) == expected


def test_a_list_that_is_not_whole_is_counted_and_proves_nothing() -> None:
    deck, found = load_deck(with_history(HISTORY, {}, ", whole: false").encode(), "test.yaml")
    assert (found, deck and deck.complete) == ([], ())
    assert problems(with_history("1950-01-01: 1", {}, ", whole: false")) != []


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("{}", "'count' is empty (write a value after the colon, or leave the field out)"),
        ("{1950-02-30: 1}", "'1950-02-30': '1950-02-30' is not a day of the calendar"),
        ("{fifties: 1}", "'fifties': 'fifties' is not a date: write 2015-09-30, or 2015-09, or 2015"),
        ("{1950: many}", "'1950': input should be a valid integer, unable to parse string as an integer"),
        ("{1950: 1, 1950: 2}", "'1950' is given twice (first on line 9)"),
        ("many", "'count': input should be a valid integer, unable to parse string as an integer"),
        ("{1950: 1001}", "'1950': input should be less than or equal to 1000"),
    ],
)
def test_a_history_that_makes_no_sense_is_refused(count: str, expected: str) -> None:
    text = with_history(HISTORY, {}).replace(f"{{{HISTORY}}}", count)
    assert [line for line in problems(text) if "knows of no change" not in line] == [f"9: {expected}"]


@given(st.permutations([key for key, *_ in MEMBERS]), st.sampled_from(["1951-01-01", "1959", "1980-02"]))
def test_a_day_that_no_history_lists_is_named_whoever_joined_on_it(keys: list[str], day: str) -> None:
    key = keys[0]
    _, start, end = next(row for row in MEMBERS if row[0] == key)
    found = problems(with_history(HISTORY, {key: (day, "" if day > end else end)}))
    assert day == start or any(f"fact '{key}': 'count' knows of no change on {day}" in line for line in found)


def test_a_capital_lies_in_its_country() -> None:
    city = "  oslo: {name: Oslo, kind: city, in: NOR}\n"
    text = HEAD + FORT.replace("entities:\n", f"entities:\n{city}")
    right, wrong = (f"  - {{id: a, subject: {code}, relation: has_capital, object: oslo}}\n" for code in ("NOR", "SWE"))
    assert problems(text + right) == []
    assert [problem.partition(": ")[2] for problem in problems(text + wrong)] == [
        "fact 'a': 'oslo' lies in NOR, not in SWE (see 'in' under 'entities')"
    ]


CONTRADICTING = [
    ("", "", True),
    ("until: 2026-11-23", "", True),
    ("until: 2020", "", False),
    ("from: 1990, until: 2000-01-01", "from: 2000-01-01", False),
    ("from: 1990, until: 2000-01-02", "from: 2000-01-01", True),
    ("from: 2000-01-01", "from: 1990, until: 2000-01-01", False),
    ("from: 1990, until: 2000", "from: 2000", False),  # both dates are vague: neither is surely wrong
    ("from: 1990", "from: 2000", True),
    ("ask: false", "", False),
]


@pytest.mark.parametrize(("one", "other", "clash"), CONTRADICTING)
def test_a_functional_relation_has_one_object_at_a_time(one: str, other: str, clash: bool) -> None:
    facts = (
        f"  - {{id: rus, subject: fort, relation: operated_by, object: RUS, {one or 'kind: which'}}}\n"
        f"  - {{id: usa, subject: fort, relation: operated_by, object: USA, {other or 'kind: which'}}}\n"
    )
    contradiction = (
        "12: fact 'usa': contradicts 'rus': operated_by has one object at a time"
        " (give 'from' and 'until', or 'ask: false' to both)"
    )
    assert problems(HEAD + FORT + facts) == [contradiction] * clash


def test_every_fact_that_contradicts_another_is_named() -> None:
    spans = (("RUS", "2000"), ("USA", "2001-01-01, until: 2003-01-01"), ("RUS", "2002-01-01"), ("FRA", "2010-01-01"))
    facts = [
        f"  - {{id: f{n}, subject: fort, relation: operated_by, object: {key}, from: {span}}}\n"
        for n, (key, span) in enumerate(spans)
    ]
    found = problems(HEAD + FORT + "".join(facts))
    assert [line.split(": ")[:3] for line in found] == [
        ["12", "fact 'f1'", "contradicts 'f0'"],
        ["13", "fact 'f2'", "contradicts 'f1'"],
        ["14", "fact 'f3'", "contradicts 'f0'"],
    ]


def test_relations_that_are_not_functional_contradict_nothing() -> None:
    facts = "".join(
        f"  - {{id: {name}, subject: FIN, relation: member_of, object: {name}}}\n" for name in ("nato", "pact")
    )
    make_deck(
        "entities:\n"
        + "".join(f"  {n}: {{name: {n}, kind: organisation}}\n" for n in ("nato", "pact"))
        + "facts:\n"
        + facts
    )


Span = tuple[str, int, int]


@given(st.lists(st.tuples(st.sampled_from(["RUS", "USA", "FRA"]), st.integers(0, 30), st.integers(1, 30)), max_size=6))
def test_a_contradiction_is_found_exactly_when_two_facts_hold_on_one_day(spans: list[Span]) -> None:
    days = [(name, TODAY + timedelta(start), TODAY + timedelta(start + length)) for name, start, length in spans]
    facts = [
        f"  - {{id: f{number}, subject: fort, relation: operated_by, object: {name}, from: {start}, until: {end}}}\n"
        for number, (name, start, end) in enumerate(days)
    ]
    meet = any(a != c and max(b, d) < min(e, f) for a, b, e in days for c, d, f in days)
    found = problems(HEAD + FORT + "".join(facts)) if facts else []
    assert any("contradicts" in line for line in found) == meet


MISTAKES = """\
deck: test
title: A test
category: Tests
as_of: 2026-11-24
sources:
  book: {title: The book, publisher: A house, retrieved: 2026-11-22, page: 12}
  film: {title: The film, publisher: A studio, retrieved: 2026-11-23}
entities:
  nato: {name: NATO, kind: organisaton}
  fort: {name: Fort, kind: air base}
complete:
  - {relation: member_of, object: natto}
facts:
  - {id: a, ask: Why?, answer: So}
  - {id: a, ask: why, answer: So, source: book, distractors: [So, Se]}
  - {id: b, subject: Finland, relation: memberof, object: nato, source: flim}
  - {id: c, subject: fort, relation: operated_by, object: RUS, source: film, from: 2015-02-30}
  - {id: d, subject: fort, relation: operated_by, object: RUS, source: film}
  - {id: e, subject: fort, relation: operated_by, object: USA, source: film}
  - {id: f, ask: When?, answer: *now, source: book, quote: not in the article}
  - id: g
    ask: Where?
    ask: Whither?
    difficulty: tough
  - There
discussion:
  - {question: Is it so?}
"""


def test_all_mistakes_of_a_deck_come_at_once_in_the_order_of_its_lines() -> None:
    text = MISTAKES.encode()
    _, found = load_deck(text, "other.yaml", [read_by(TODAY), quoted_from("An article.")])
    assert [f"{problem.line}: {problem.message}" for problem in found] == [
        "1: 'as_of' 2026-11-24 lies in the future",
        "1: deck 'test' lies in 'other.yaml'",
        "6: unknown field 'page'",
        "9: 'organisaton' is not a kind",
        "12: no entity 'natto'",
        "14: 'source' is missing",
        "14: fact 'a': was read in the future",
        "15: fact 'a': distractor 'So' is the answer too",
        "15: fact 'a': id 'a' is used twice",
        "15: fact 'a': says the same as another fact",
        "15: fact 'a': was read in the future",
        "16: no entity 'Finland'",
        "16: no relation 'memberof'",
        "16: no source 'flim'",
        "17: 'from': '2015-02-30' is not a day of the calendar",
        "18: fact 'd': was read in the future",
        "19: fact 'e': contradicts 'd': operated_by has one object at a time",
        "19: fact 'e': was read in the future",
        "20: fact 'f': the quote is not in the article: “not in the article”",
        "20: fact 'f': was read in the future",
        "20: the alias '*now' is not allowed",
        "23: 'ask' is given twice",
        "24: 'tough' is not a difficulty",
        "25: each item of 'facts' should be a mapping of fields",
        "27: 'ask' is missing",
        "27: unknown field 'question'",
    ]


@pytest.mark.parametrize(
    ("as_of", "retrieved", "fact", "expected"),
    [
        ("2026-11-22", "2026-11-22", "", []),
        ("2026-11-22", "2026-11-23", "", ["8: fact 'a': was read in the future (today is 2026-11-22)"]),
        ("2026-11-22", "2026-11-22", "as_of: 2026-11-23, ",
            ["8: fact 'a': was read in the future (today is 2026-11-22)"]),
        ("2026-11-23", "2026-11-22", "as_of: 2026-11-22, ",
            ["1: 'as_of' 2026-11-23 lies in the future (today is 2026-11-22)"]),
    ],
)  # fmt: skip
def test_nothing_was_read_in_the_future(as_of: str, retrieved: str, fact: str, expected: list[str]) -> None:
    head = HEAD.replace("as_of: 2026-11-22", f"as_of: {as_of}").replace(
        "retrieved: 2026-11-22", f"retrieved: {retrieved}"
    )
    _, found = load_deck(
        f"{head}facts:\n  - {{{fact}id: a, ask: Why?, answer: So}}\n".encode(), "test.yaml", [read_by(TODAY)]
    )
    assert [str(problem) for problem in found] == [f"test.yaml:{line}" for line in expected]


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("a firm foothold", True),
        ("a firm\n      foothold", True),
        ("said 'no' to", True),
        ("firm foot", False),
        ("a strong foothold", False),
        ("A firm foothold", False),
        ("a firm … to", False),
    ],
)
def test_a_quote_stands_in_the_article_word_for_word(quote: str, stands: bool) -> None:
    article = "Russia has a firm foothold; it\nsaid ‘no’ to leaving."
    text = f'{HEAD}facts:\n  - {{id: a, ask: Why?, answer: So, quote: "{quote}"}}\n'
    _, found = load_deck(text.encode(), "test.yaml", [quoted_from(article)])
    assert [problem.hint for problem in found] == ["copy it from there"] * (not stands)


def test_a_fact_without_a_quote_needs_no_article() -> None:
    deck = make_deck("facts:\n  - {id: a, ask: Why?, answer: So}\n")
    assert list(quoted_from("")(deck)) == []


def test_a_broken_entry_casts_no_doubt_on_what_uses_it() -> None:
    text = (
        HEAD.replace("publisher: A house, ", "")
        + FORT.replace("air base", "castle")
        + ("  - {id: a, subject: fort, relation: operated_by, object: RUS, source: book}\n")
    )
    assert [line.split(":")[0] for line in problems(text)] == ["6", "8"]


def test_a_flood_of_unknown_names_is_told_without_a_search_for_what_was_meant() -> None:
    facts = "".join(f"  - {{id: f{n}, subject: forth-{n}, relation: operated_by, object: RUS}}\n" for n in range(300))
    found = problems(HEAD + FORT + facts)
    assert len(found) == 300
    assert {line.endswith("(did you mean 'fort'?)") for line in found[:100]} == {True}
    assert {line.endswith("'") for line in found[100:]} == {True}


def test_every_relation_fact_knows_the_day_it_was_checked() -> None:
    deck = make_deck(FORT + "  - {id: a, subject: fort, relation: operated_by, object: RUS, as_of: 2020-01-01}\n")
    (fact,) = deck.facts
    assert isinstance(fact, RelationFact)
    assert fact.during.seen == fact.as_of == date(2020, 1, 1)
