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
