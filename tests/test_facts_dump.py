"""A deck that is written down again is the same deck, whatever words are in it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.facts import Deck, Fact, PlainFact, RelationFact, Source, load_deck
from quizgen.facts.dump import dump
from quizgen.facts.lines import read_yaml
from quizgen.facts.model import Complete, Difficulty, Discussion, Listing, Status, Wrong
from quizgen.facts.schema import (
    CompleteEntry,
    DeckEntry,
    DiscussionEntry,
    EntityEntry,
    Entry,
    FactEntry,
    SourceEntry,
    WrongEntry,
)
from quizgen.paths import DECKS
from quizgen.world import RELATIONS, Entity, EntityKind, Interval, PartialDate, Standing, countries
from tests.conftest import FACTS, HEAD, make_deck

TODAY = date(2026, 11, 22)
BOOK = Source("book", "The book", "A house", TODAY)
COMMON: dict[str, Any] = {"key": "a", "deck": "test", "file": "", "line": 0, "source": BOOK, "as_of": TODAY}


def as_such(deck: Deck) -> tuple[Deck, list[str]]:
    """Give a deck without the places where it stands, and the notes of its entities, which no comparison sees."""
    facts = tuple(replace(fact, file="", line=0) for fact in deck.facts)
    return replace(deck, file="", facts=facts), [entity.note for entity in deck.entities]


def again(deck: Deck) -> Deck:
    """Write a deck and read it."""
    text = dump(deck)
    read, problems = load_deck(text.encode(), f"{deck.key}.yaml")
    assert read is not None, "\n".join([*map(str, problems), text])
    return read


def comes_back(deck: Deck) -> bool:
    return as_such(again(deck)) == as_such(deck)


def plain(**fields: Any) -> Deck:
    given: dict[str, Any] = {**COMMON, "ask": "Why?", "answer": "So", **fields}
    fact = PlainFact(**given)
    return Deck("test", "A test", "", ("Tests",), "en", TODAY, "", sources=(BOOK,), facts=(fact,))


# --- decks that are there ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(DECKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_shipped_deck_comes_back(path: Path) -> None:
    deck, _ = load_deck(path.read_bytes(), path.name)
    assert deck is not None
    assert comes_back(deck)


def decks_of_the_tests() -> Iterator[Deck]:
    """Give every deck that stands as text in a test, with the shared head where it has none."""
    for file in sorted(Path(__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if "facts:\n" in text:
                deck, _ = load_deck((text if text.startswith("deck:") else HEAD + text).encode(), "test.yaml")
                yield from [deck] if deck else []


def test_every_deck_of_the_tests_comes_back() -> None:
    decks = list(decks_of_the_tests())
    assert len(decks) >= 10
    assert [deck for deck in decks if not comes_back(deck)] == []


WHOLE = """\
deck: whole
title: Every field there is
description: All that a deck file may say.
category: Tests / Large ones
language: "no"
as_of: 2026-11-22
sources:
  book:
    {title: Book, publisher: A, retrieved: 2026-11-22, url: "https://book.example/?a=[1]", published: 2026, note: old}
  page: {title: The page, publisher: A house, retrieved: 2026-11-21, published: last spring}
entities:
  pact: {name: Pact, kind: organisation, article: the, aliases: ["No, pact", "null"], note: dissolved}
  spare: {name: Never used, kind: city, in: FRA, at: [48.85, -2.3e-05]}
  zone: {name: Zone, kind: disputed area, picture: area/golan}
complete:
  - {relation: member_of, object: pact, since: 1950-01-01, count: {1951-05: 1, 1952: 2}}
  - {relation: claimed_by, subject: every}
  - {relation: member_of, subject: AUT, whole: false, count: 1}
discussion:
  - {ask: Is a pact a promise?, source: page}
facts:
  - id: a1
    subject: AUT
    relation: member_of
    object: pact
    from: 1951-05
    source: book
    note: kept
    place: [3, 9]
    quote: joined
  - {id: a2, subject: BEL, relation: member_of, object: pact, from: 1952, as_of: 2026-11-20, source: page, hedged: true}
  - {id: a3, subject: CHE, relation: member_of, object: pact, standing: announced, note: said by none, source: book}
  - {id: a4, subject: zone, relation: claimed_by, object: AUT, ask: false, source: book, review_by: 2027-01-01}
  - {id: a5, subject: zone, relation: is_marked_on, source: book, retired: since it moved}
  - id: b1
    ask: Why?
    answer: "1949"
    distractors: ["NO", {text: "1e3", why: "a: b # c"}]
    set: tests/aims
    from: 1949
    until: 1950-01
    kind: reason
    source: book
    explanation: "One line.\\n\\n  And another: with more.\\nEnd"
    also_true: ["yes", "b2, b3"]
    attribution: the author
    difficulty: hard
    status: draft
"""


def tree(text: str) -> dict[str, Any]:
    found, problems = read_yaml(text.encode(), "whole.yaml")
    assert problems == []
    assert found is not None
    return found


def test_a_deck_with_every_field_comes_back_with_every_field() -> None:
    deck = make_deck(WHOLE, "whole.yaml")
    assert as_such(again(deck)) == as_such(deck)
    assert tree(dump(deck)) == tree(WHOLE)


@pytest.mark.parametrize(
    ("entry", "written"),
    [
        (DeckEntry, [tree(WHOLE)]),
        (SourceEntry, tree(WHOLE)["sources"].values()),
        (EntityEntry, tree(WHOLE)["entities"].values()),
        (CompleteEntry, tree(WHOLE)["complete"]),
        (DiscussionEntry, tree(WHOLE)["discussion"]),
        (FactEntry, tree(WHOLE)["facts"]),
        (WrongEntry, [tree(WHOLE)["facts"][-1]["distractors"][1]]),
    ],
)
def test_the_deck_with_every_field_has_every_field(entry: type[Entry], written: list[dict[str, Any]]) -> None:
    known = {info.alias or name for name, info in entry.model_fields.items()}
    assert {name for fields in written for name in fields} == known - {"version"}


def test_a_deck_of_one_source_need_not_name_it() -> None:
    assert "source:" not in dump(make_deck(FACTS)).partition("facts:")[2]


def test_what_a_deck_made_in_code_speaks_of_is_named() -> None:
    pact = Entity("pact", "Pact", EntityKind.ORGANISATION)
    subject, held = countries()["AUT"], Interval(TODAY)
    fact = RelationFact(**COMMON, subject=subject, relation=RELATIONS["member_of"], object=pact, during=held)
    deck = replace(
        plain(), sources=(), facts=(fact,), complete=(Complete(RELATIONS["member_of"], TODAY, object="pact"),)
    )
    read = again(deck)
    assert (read.sources, read.facts[0].key, read.entities, read.complete) == ((BOOK,), "a", (pact,), deck.complete)


# --- words that are more than words -----------------------------------------------------------------------------------

WORDS = [
    "NO", "no", "on", "Y", "null", "~", "true", "1e3", "0x1F", "0o17", "0123", "1_000", "-1", "+1", ".5", "1:30",
    "2026-11-22", "2026-11-22T10:00:00Z", "=", "<<", "NaN", ".inf", "1,5",
    "a: b", "a:", ":a", "a #b", "#a", "a#b", "- a", "-", "---", "...", "? a", "!a", "&a", "*a", "%a", "@a", "`a`",
    "|", ">", "'a'", '"a"', "a, b", "[a", "a]", "{a", "a}", "it's", 'a "b" c', "a\\b", "\\", "C:\\new",
    "a\nb", "a\n\n  b\nc", "  a\nb".strip(), "a \nb", "a\n\tb", "a\tb", "a  b", "a\n# b", "a\n---\nb",
    "العربية: نعم", "עברית", "中文，中文", "日本語", "e\u0301", "\u0301e",
     "🇫🇷 👩‍👩‍👧", "a\u202eb", "a\u00a0b", "a\u200bb", "\U0001f600",
]  # fmt: skip


@pytest.mark.parametrize("text", WORDS)
def test_text_comes_back_to_us_and_to_any_reader_of_yaml(text: str) -> None:
    deck = plain(ask=f"{text}?", answer=text, wrong=(Wrong(f"{text} 1", text), Wrong(f"{text} 2")), explanation=text)
    assert comes_back(deck)
    fact = yaml.safe_load(dump(deck))["facts"][0]
    assert (fact["ask"], fact["answer"], fact["explanation"]) == (f"{text}?", text, text)
    assert fact["distractors"] == [{"text": f"{text} 1", "why": text}, f"{text} 2"]


def test_what_turns_the_direction_of_text_is_written_as_an_escape() -> None:
    assert '"a\\u202eb"' in dump(plain(answer="a\u202eb"))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 79 + "word",
        "x" * 400,
        "word  " * 60 + "word",
        "word " * 30 + "\n" + "word " * 30 + "end",
        "a" + "\n" * 300 + "b",
        *("x" * number + "  word" * 60 for number in range(1, 7)),
    ],
)
def test_long_text_comes_back(text: str) -> None:
    assert comes_back(plain(explanation=text))


def test_it_looks_as_if_a_person_had_written_it() -> None:
    (short,) = plain().facts
    (long,) = plain(
        key="b", ask="Why did the Soviet Union leave, and what for?", quote="so that " * 12 + "it left"
    ).facts
    (other,) = plain(key="c", ask="And?").facts
    deck = replace(plain(), description="word " * 40 + "end", facts=(short, long, other))
    expected = f"""\
deck: test
title: A test
description: >-
  {"word " * 22}word
  {"word " * 17}end
category: Tests
language: en
as_of: 2026-11-22
sources:
  book: {{title: The book, publisher: A house, retrieved: 2026-11-22, published: unknown}}
facts:
  - {{id: a, ask: "Why?", answer: So}}

  - id: b
    ask: Why did the Soviet Union leave, and what for?
    answer: So
    quote: {"so that " * 12}it left

  - {{id: c, ask: "And?", answer: So}}
"""
    assert dump(deck) == expected


# --- any deck ---------------------------------------------------------------------------------------------------------

LETTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
MARKS = st.sampled_from(" \n\t:#,-?!&*|>'\"%@`[]{}\\=~0123eE.")
TEXTS = (st.text(LETTERS, max_size=10) | st.text(MARKS, max_size=15) | st.sampled_from(WORDS)).map(
    lambda text: text.strip() or "-"
)
KEYS = ["a", "b-2", "no", "1", "on", "0x1", "y"]
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WHEN = st.builds(lambda day, length: PartialDate.parse(f"{day}"[:length]), DAYS, st.sampled_from([4, 7, 10]))


def keys(most: int) -> st.SearchStrategy[list[str]]:
    return st.permutations(KEYS).flatmap(lambda found: st.integers(1, most).map(lambda number: found[:number]))


class Author:
    """Writes a deck out of a few texts, which come again and again at all places."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.words = draw(st.lists(TEXTS, min_size=2, max_size=6))

    def text(self) -> str:
        return self.draw(st.sampled_from(self.words))

    def perhaps(self) -> str:
        return self.draw(st.sampled_from(["", *self.words]))

    def deck(self) -> Deck:
        head = Deck(
            self.draw(st.sampled_from(KEYS)), self.text(), self.perhaps(), (self.text().replace("/", "-"), "b"),
            self.draw(st.sampled_from(["en", "no", "pt-BR"])), self.draw(DAYS), "",
            sources=tuple(self.source(key) for key in self.draw(keys(2))),
            entities=tuple(self.entity(key) for key in self.draw(keys(2))),
        )  # fmt: skip
        pact = head.entities[0].key
        since = self.draw(st.none() | DAYS)
        return replace(
            head,
            facts=tuple(self.fact(head, place, key) for place, key in enumerate(self.draw(keys(3)))),
            discussion=(Discussion(self.text(), self.draw(st.sampled_from([None, *head.sources]))),),
            lists=(Listing("member_of", object=pact, since=since),),
            complete=(Complete(RELATIONS["member_of"], since or head.as_of, object=pact),),
        )

    def source(self, key: str) -> Source:
        url = self.draw(st.sampled_from(["", "https://a.example/x?y=[1]#z"]))
        published = self.draw(st.sampled_from(["2024-10", "2024", *self.words]))
        return Source(key, self.text(), self.text(), self.draw(DAYS), url, published, self.perhaps())

    def entity(self, key: str) -> Entity:
        at = self.draw(st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
        home, article = self.draw(st.sampled_from(["", "FRA"])), self.draw(st.sampled_from(["", "the"]))
        also, note = tuple(self.words[:1]), self.perhaps()
        return Entity(key, self.text(), EntityKind.ORGANISATION, article, also, home, at=at, note=note)

    def fact(self, deck: Deck, place: int, key: str) -> Fact:
        as_of, quote, note = self.draw(st.just(deck.as_of) | DAYS), self.perhaps(), self.perhaps()
        common: dict[str, Any] = {
            "key": key, "deck": deck.key, "file": "", "line": 0, "as_of": as_of, "quote": quote, "note": note,
            "source": self.draw(st.sampled_from(deck.sources)), "kind": self.draw(st.sampled_from(["", *KEYS])),
            "explanation": self.perhaps(), "attribution": self.perhaps(), "retired": self.perhaps(),
            "difficulty": self.draw(st.sampled_from([None, *Difficulty])), "status": self.draw(st.sampled_from(Status)),
            "review_by": self.draw(st.none() | st.just(as_of + timedelta(1))), "hedged": self.draw(st.booleans()),
            "place": (3, 17) if quote else None, "also_true": tuple(f"{word} 8" for word in self.words[:place]),
        }  # fmt: skip
        start, end = self.draw(st.none() | WHEN), self.draw(st.none() | WHEN)
        if start and end and end.last <= start.first:
            start = None
        if self.draw(st.booleans()):
            wrong = tuple(Wrong(f"{self.text()} {number}", self.perhaps()) for number in range(place + 1))
            return PlainFact(
                **common, ask=f"{self.text()} {place}", answer=f"{self.text()} 9", wrong=wrong, start=start, end=end,
                option_set=self.draw(st.sampled_from(["", "no", "pacts/aims"])),
            )  # fmt: skip
        standing = self.draw(st.sampled_from(Standing)) if note else Standing.ASSERTED
        return RelationFact(
            **common, subject=countries()[sorted(countries())[place]], relation=RELATIONS["member_of"],
            object=self.draw(st.sampled_from(deck.entities)), during=Interval(as_of, start, end), standing=standing,
            askable=standing is Standing.ASSERTED and self.draw(st.booleans()),
        )  # fmt: skip


@st.composite
def decks(draw: st.DrawFn) -> Deck:
    return Author(draw).deck()


@settings(deadline=None)
@given(decks())
def test_any_deck_comes_back(deck: Deck) -> None:
    assert as_such(again(deck)) == as_such(deck)
    assert yaml.safe_load(dump(deck)) is not None
