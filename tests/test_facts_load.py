"""What is said of bad decks. The texts follow `HEAD`, which has six lines, so the first of theirs is line 7."""

from __future__ import annotations

from textwrap import dedent

import pytest

from quizgen.facts import load_deck
from tests.conftest import HEAD

SLUG = "keys are made of small letters, digits and hyphens"
LEAVE_OUT = "write a value after the colon, or leave the field out"
ONE_LINE = "write it on one line, or put it in quotes"
FIELDS = "write 'field: value', one a line"
LISTED = "write [one, two]"
SORTS = "write 'ask' and 'answer', or 'subject', 'relation' and 'object'"
PLAIN = "a fact is a question and its answer, or a relation"
RELATION = "a relation needs subject, relation and object"
NAME_IT = "name it under 'entities', or use a country's code of three letters"
FAR = "is not between the years 1000 and 2200"
DATE = "is not a date: write 2015-09-30, or 2015-09, or 2015"
DAY = "is not a whole day: write it as 2015-09-30"
FACT = "facts:\n  - {id: a, ask: Why?, answer: So}\n"
ENTITIES = dedent("""\
    entities:
      nato: {name: NATO, kind: organisation}
      fort: {name: Fort Alpha, kind: air base, article: the}
""")


def problems(text: str, file: str = "test.yaml") -> list[str]:
    deck, found = load_deck(text.encode(), file)
    assert (deck is None) == bool(found)
    return [str(problem).removeprefix("test.yaml:") for problem in found]


BAD_HEADS = [
    ("title: A test", "titel: A test",
        ["1: 'title' is missing", "2: unknown field 'titel' (did you mean 'title'?)"]),
    ("title: A test", "title: A test\nfact: []", ["3: unknown field 'fact' (did you mean 'facts'?)"]),
    ("title: A test", "title:", [f"2: 'title' is empty ({LEAVE_OUT})"]),
    ("title: A test", "title: ''", [f"2: 'title' is empty ({LEAVE_OUT})"]),
    ("title: A test", "title: [A, test]", [f"2: 'title' should be text ({ONE_LINE})"]),
    ("title: A test", f"title: {'x' * 81}", ["2: 'title' is too long (at most 80)"]),
    ("title: A test", "title: A test\nversion: 2", ["3: '2' is not a version (one of: 1)"]),
    ("title: A test", "title: A test\nlanguage: English",
        ["3: 'English' is not a language (write a code such as en or pt-BR)"]),
    ("deck: test", "deck: Übung 1", [f"1: 'deck': 'Übung 1' is not a key ({SLUG}: 'ubung-1')"]),
    ("deck: test", "deck: 東京", [f"1: 'deck': '東京' is not a key ({SLUG})"]),
    ("as_of: 2026-11-22", "as_of: 2026-11", [f"4: 'as_of': '2026-11' {DAY}"]),
    ("as_of: 2026-11-22", "as_of: 22.11.2026", [f"4: 'as_of': '22.11.2026' {DATE}"]),
    ("as_of: 2026-11-22", "as_of: 2026-02-30", ["4: 'as_of': '2026-02-30' is not a day of the calendar"]),
    ("Tests / Small ones", "/ ", ["1: 'category' names nothing (write it as 'Politics / Alliances')"]),
    ("deck: test", "deck: other", ["1: deck 'other' lies in 'test.yaml' (rename it to other.yaml)"]),
    ("book: {", "The Book: {", [f"6: 'The Book' is not a key ({SLUG}: 'the-book')"]),
    ("publisher: A house, ", "", ["6: 'publisher' is missing"]),
    ("retrieved: 2026-11-22", "retrieved: 2026", [f"6: 'retrieved': '2026' {DAY}"]),
    ("A house", "A house, url: book.example",
        ["6: 'book.example' is not a web address (it begins with https://)"]),
    ("A house", "A house, author: Me", ["6: unknown field 'author'"]),
    ("{title: The book, publisher: A house, retrieved: 2026-11-22}", "The book",
        [f"6: each item of 'sources' should be a mapping of fields ({FIELDS})"]),
    ("\n  book: {title: The book, publisher: A house, retrieved: 2026-11-22}", " [The book]",
        ["5: 'sources' should be a mapping of keys to fields (write 'key: {title: ...}')"]),
    ("\n  book: {title: The book, publisher: A house, retrieved: 2026-11-22}", "",
        ["5: 'sources' is empty (every fact has a source, and a deck has facts)"]),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "expected"), BAD_HEADS)
def test_a_mistake_in_the_head_is_named_where_it_stands(good: str, bad: str, expected: list[str]) -> None:
    assert good in HEAD
    assert problems(HEAD.replace(good, bad) + FACT) == expected


BAD_SECTIONS = [
    ("", ["1: 'facts' is missing"]),
    ("facts: []", ["7: 'facts' is empty (every fact has a source, and a deck has facts)"]),
    ("facts: {a: b}", ["7: 'facts' should be a list (begin each item with '- ')"]),
    ("facts: none yet", ["7: 'facts' should be a list (begin each item with '- ')"]),
    ("facts:\n  -\n  - [a]\n  - a", [f"{line}: each item of 'facts' should be a mapping of fields ({FIELDS})"
                                    for line in (8, 9, 10)]),
    (FACT + "entities: [nato]",
        ["9: 'entities' should be a mapping of keys to fields (write 'key: {title: ...}')"]),
    (FACT + "entities: {FIN: {name: Finland, kind: city}}", [f"9: 'FIN' is not a key ({SLUG}: 'fin')"]),
    (FACT + "complete: member_of", ["9: 'complete' should be a list (begin each item with '- ')"]),
    (FACT + "discussion: [Why?]", [f"9: each item of 'discussion' should be a mapping of fields ({FIELDS})"]),
    (FACT + "discussion: [{ask: Why?, answer: So}, {source: book}]",
        ["9: 'ask' is missing", "9: unknown field 'answer'"]),
    (FACT + "discussion: [{ask: Why?, source: bok}]", ["9: no source 'bok' (did you mean 'book'?)"]),
]  # fmt: skip


@pytest.mark.parametrize(("sections", "expected"), BAD_SECTIONS)
def test_a_section_of_the_wrong_kind_is_named(sections: str, expected: list[str]) -> None:
    assert problems(HEAD + sections) == expected


def test_a_deck_without_anything_is_told_all_that_it_needs() -> None:
    missing = ("deck", "title", "category", "as_of", "sources", "facts")
    assert problems("deck:\n  - a") == sorted(
        [f"1: '{name}' is missing" for name in missing[1:]] + [f"1: 'deck' should be text ({ONE_LINE})"]
    )


BAD_FIELDS = [
    ("id: a, ask: Why?, anwser: So", ["unknown field 'anwser' (did you mean 'answer'?)"]),
    ("ask: Why?, answer: So", ["'id' is missing"]),
    ("id: Größe 1, ask: Why?, answer: So", [f"'id': 'Größe 1' is not a key ({SLUG}: 'groe-1')"]),
    (f"id: {'x' * 81}, ask: Why?, answer: So", ["'id' is too long (at most 80)"]),
    ("id: a, ask: Why?", [f"'answer' is missing ({PLAIN})"]),
    ("id: a, answer: So", [f"'ask' is missing ({PLAIN})"]),
    ("id: a, ask: false, answer: So", [f"'ask' is missing ({PLAIN})"]),
    ("id: a", [f"'answer' is missing ({PLAIN})", f"'ask' is missing ({PLAIN})"]),
    ("id: a, ask: '', answer: So", [f"'ask' is empty ({LEAVE_OUT})"]),
    ("id: a, ask: [Why?], answer: {so: so}",
        [f"'answer' should be text ({ONE_LINE})", f"'ask' should be text ({ONE_LINE})"]),
    (f"id: a, ask: Why?, answer: {'x' * 401}", ["'answer' is too long (at most 400)"]),
    (f"id: a, ask: Why?, answer: So, explanation: {'x' * 2001}", ["'explanation' is too long (at most 2000)"]),
    ("id: a, ask: Why?, answer: So, kind: A reason", [f"'kind': 'A reason' is not a key ({SLUG}: 'a-reason')"]),
    ("id: a, ask: Why?, answer: So, set: My set", [f"'set': 'My set' is not a key ({SLUG}: 'my-set')"]),
    ("id: a, ask: Why?, answer: So, source: bok", ["no source 'bok' (did you mean 'book'?)"]),
    ("id: a, ask: Why?, answer: So, source: atlas", ["no source 'atlas'"]),
    ("id: a, ask: Why?, answer: So, difficulty: hardd", ["'hardd' is not a difficulty (did you mean 'hard'?)"]),
    ("id: a, ask: Why?, answer: So, difficulty: 3", ["'3' is not a difficulty (one of: easy, medium, hard)"]),
    ("id: a, ask: Why?, answer: So, status: done", ["'done' is not a status (one of: draft, reviewed)"]),
    ("id: a, ask: Why?, answer: So, hedged: yes", ["'hedged': 'yes' is neither true nor false"]),
    ("id: a, ask: Why?, answer: So, standing: disputed",
        ["only a relation has a standing (a question that is not to be asked is 'status: draft')"]),
    ("id: a, ask: Why?, answer: So, also_true: Se", [f"'also_true' should be a list ({LISTED})"]),
    ("id: a, ask: Why?, answer: So, also_true: ['']", [f"'also_true' is empty ({LEAVE_OUT})"]),
    ("id: a, ask: Why?, answer: So, also_true: [[Se]]", [f"'also_true' should be text ({ONE_LINE})"]),
    ("id: a, ask: Why?, answer: So, distractors: Se", [f"'distractors' should be a list ({LISTED})"]),
    (f"id: a, ask: Why?, answer: So, distractors: [{', '.join(map(str, range(13)))}]",
        ["'distractors' is too long (at most 12)"]),
    ("id: a, ask: Why?, answer: So, distractors: [[Se]]", [f"'distractors' should be text ({ONE_LINE})"]),
    ("id: a, ask: Why?, answer: So, distractors: [{txt: Se}]",
        ["'text' is missing", "unknown field 'txt' (did you mean 'text'?)"]),
    ("id: a, ask: Why?, answer: So, distractors: [{text: Se, why: [x]}]", [f"'why' should be text ({ONE_LINE})"]),
    ("id: a, ask: Why?, answer: So, from: soon", [f"'from': 'soon' {DATE}"]),
    ("id: a, ask: Why?, answer: So, until: 2015-13", ["'until': '2015-13' is not a day of the calendar"]),
    ("id: a, ask: Why?, answer: So, until: 9999-12-31",
        [f"'until': '9999-12-31' {FAR} (leave 'until' out where it goes on)"]),
    ("id: a, ask: Why?, answer: So, from: 0001-01-01",
        [f"'from': '0001-01-01' {FAR} (leave 'from' out where nobody knows when it began)"]),
    ("id: a, ask: Why?, answer: So, review_by: 2201-01-01", [f"'review_by': '2201-01-01' {FAR}"]),
    ("id: a, ask: Why?, answer: So, from: 999, until: 2201",
        [f"'from': '999' {DATE}", f"'until': '2201' {FAR} (leave 'until' out where it goes on)"]),
    ("id: a, ask: Why?, answer: So, review_by: 2027", [f"'review_by': '2027' {DAY}"]),
    ("id: a, ask: Why?, answer: So, from: 2016, until: 2015-12",
        ["'until' is not after 'from' (it is the first day it no longer held)"]),
    ("id: a, ask: Why?, answer: So, from: 2016-05-01, until: 2016-05-01",
        ["'until' is not after 'from' (it is the first day it no longer held)"]),
    ("id: a, ask: Why?, answer: So, review_by: 2026-11-22",
        ["fact 'a': 'review_by' is not after 'as_of' (it is the day to look at the fact again)"]),
    ("id: a, ask: Why?, answer: So, distractors: [Se, So., sE]",
        ["fact 'a': distractor 'So.' is the answer too (take it out)",
         "fact 'a': distractor 'sE' is given twice (take it out)"]),
    ("id: a, ask: Why?, answer: So, also_true: [Se], distractors: [se]",
        ["fact 'a': distractor 'se' is also true, as the fact says (take it out)"]),
    ("id: a, ask: Why?, answer: So, object: FIN", [f"'answer' and 'object' do not go together ({SORTS})"]),
    ("id: a, subject: FIN, set: so", [f"'set' and 'subject' do not go together ({SORTS})"]),
    ("id: a, relation: member_of, distractors: [Se]", [f"'distractors' and 'relation' do not go together ({SORTS})"]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), BAD_FIELDS)
def test_a_mistake_in_a_plain_fact_is_named_with_its_line(fields: str, expected: list[str]) -> None:
    assert problems(f"{HEAD}facts:\n  - {{{fields}}}\n") == [f"8: {line}" for line in expected]


VOCABULARY = (
    "one of: member_of, party_to, has_seat_among, headquartered_in, operated_by, located_in, bordered_by, connects, "
    "administered_by, claimed_by, has_capital, uses_currency, has_official_language, borders, lies_in, has_flag, "
    "is_marked_on"
)
BAD_RELATIONS = [
    ("subject: FIN", [f"'object' is missing ({RELATION})", f"'relation' is missing ({RELATION})"]),
    ("relation: member_of, object: nato", [f"'subject' is missing ({RELATION})"]),
    ("subject: Finland, relation: member_of, object: nato", ["no entity 'Finland' (write FIN for Finland)"]),
    ("subject: the UK, relation: member_of, object: nato",
        ["no entity 'the UK' (write GBR for the United Kingdom)"]),
    ("subject: fin, relation: member_of, object: NATO",
        ["no entity 'NATO' (write nato for NATO)", "no entity 'fin' (write FIN for Finland)"]),
    ("subject: fort alpha, relation: operated_by, object: USA",
        ["no entity 'fort alpha' (write fort for the Fort Alpha)"]),
    ("subject: forth, relation: operated_by, object: USA", ["no entity 'forth' (did you mean 'fort'?)"]),
    ("subject: utopia, relation: member_of, object: nato", [f"no entity 'utopia' ({NAME_IT})"]),
    ("subject: FIN, relation: memberof, object: nato", ["no relation 'memberof' (did you mean 'member_of'?)"]),
    ("subject: FIN, relation: admires, object: nato", [f"no relation 'admires' ({VOCABULARY})"]),
    ("subject: nato, relation: member_of, object: fort",
        ["'fort' is an air base, which this relation does not take as its object (it takes: organisation)",
         "'nato' is an organisation, which this relation does not take as its subject"
         " (it takes: country, territory)"]),
    ("subject: FIN, relation: member_of, object: nato, ask: When?",
        ["a relation needs no 'ask' (its questions are worded by quizgen)"]),
    ("subject: FIN, relation: member_of, object: nato, standing: disputed",
        ["it is disputed, and nothing says why"
         " (write in 'note' who says what, or what could not be verified)"]),
    ("subject: FIN, relation: member_of, object: nato, standing: dispute",
        ["'dispute' is not a standing (did you mean 'disputed'?)"]),
    ("subject: FIN, relation: member_of, object: nato, ask: ''", [f"'ask' is empty ({LEAVE_OUT})"]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), BAD_RELATIONS)
def test_a_mistake_in_a_relation_is_named_with_its_line(fields: str, expected: list[str]) -> None:
    text = f"{HEAD}{ENTITIES}facts:\n  - {{id: a, {fields}}}\n"
    assert problems(text) == [f"11: {line}" for line in expected]


DEGREES = "write [latitude, longitude] in degrees: from -90 to 90, and from -180 to 180"
BAD_ENTITIES = [
    ("name: Paris", ["'kind' is missing"]),
    ("nam: Paris, kind: city", ["'name' is missing", "unknown field 'nam' (did you mean 'name'?)"]),
    ("name: Paris, kind: organization", ["'organization' is not a kind (did you mean 'organisation'?)"]),
    ("name: The Hague, kind: city, article: The", ["'The' is not an article (did you mean 'the'?)"]),
    ("name: Paris, kind: city, in: France", ["no entity 'France' (write FRA for France)"]),
    (
        "name: Paris, kind: city, in: paris",
        ["'in': 'paris' is no country (write the code of a country, such as DJI, or leave 'in' out)"],
    ),
    ("name: Paris, kind: city, at: 48.9", [f"'at' should be a list ({LISTED})"]),
    ("name: Paris, kind: city, at: [48.9]", ["'at' is too short"]),
    ("name: Paris, kind: city, at: [48.9, 2.4, 0]", ["'at' is too long (at most 2)"]),
    ("name: Paris, kind: city, at: [91, 2.4]", [f"'at': '91' is out of range ({DEGREES})"]),
    ("name: Paris, kind: city, at: [nan, 2.4]", [f"'at': 'nan' is out of range ({DEGREES})"]),
    ("name: Paris, kind: city, aliases: Lutetia", [f"'aliases' should be a list ({LISTED})"]),
]


@pytest.mark.parametrize(("fields", "expected"), BAD_ENTITIES)
def test_a_mistake_in_an_entity_is_named_with_its_line(fields: str, expected: list[str]) -> None:
    assert problems(f"{HEAD}entities:\n  paris: {{{fields}}}\n{FACT}") == [f"8: {line}" for line in expected]


BAD_CLAIMS = [
    ("relation: member_of", ["give either 'subject' or 'object' (the one whose list is whole)"]),
    ("relation: member_of, subject: FIN, object: nato",
        ["give either 'subject' or 'object' (the one whose list is whole)"]),
    ("object: nato", ["'relation' is missing"]),
    ("relation: memberof, object: nato", ["no relation 'memberof' (did you mean 'member_of'?)"]),
    ("relation: member_of, object: natto", ["no entity 'natto' (did you mean 'nato'?)"]),
    ("relation: member_of, object: every", [f"no entity 'every' ({NAME_IT})"]),
    ("relation: member_of, object: nato, since: 1949", [f"'since': '1949' {DAY}"]),
    ("relation: member_of, object: fort",
        ["'fort' is an air base, which this relation does not take as its object (it takes: organisation)"]),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), BAD_CLAIMS)
def test_a_claim_of_completeness_that_makes_no_sense_is_refused(fields: str, expected: list[str]) -> None:
    text = f"{HEAD}{ENTITIES}complete:\n  - {{{fields}}}\n{FACT}"
    assert problems(text) == [f"11: {line}" for line in expected]
