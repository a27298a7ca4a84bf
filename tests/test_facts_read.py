"""Good decks, feature by feature, and very large ones."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from quizgen.facts import (
    Difficulty,
    Discussion,
    Fact,
    PlainFact,
    RelationFact,
    Source,
    Status,
    Wrong,
    load_deck,
)
from quizgen.world import RELATIONS, EntityKind, Precision, countries
from tests.conftest import HEAD, make_deck

BOOK = Source("book", "The book", "A house", date(2026, 11, 22))
FORT = "entities:\n  fort: {name: Fort Alpha, kind: air base}\nfacts:\n"


def only_fact(fields: str) -> Fact:
    (fact,) = make_deck(f"{FORT}  - {{id: a, {fields}}}\n").facts
    return fact


def plain(fields: str) -> PlainFact:
    fact = only_fact(f"ask: Why?, answer: So, {fields}")
    assert isinstance(fact, PlainFact)
    return fact


def relation(fields: str) -> RelationFact:
    fact = only_fact(f"subject: fort, relation: operated_by, object: RUS, {fields}")
    assert isinstance(fact, RelationFact)
    return fact


def test_a_question_and_its_answer_are_enough() -> None:
    assert only_fact("ask: Why?, answer: So") == PlainFact(
        key="a", deck="test", file="test.yaml", line=10, source=BOOK, as_of=date(2026, 11, 22), ask="Why?", answer="So"
    )


def test_the_head_says_what_a_deck_is() -> None:
    deck = make_deck(
        HEAD + "description: Two words\nlanguage: pt-BR\nversion: 1\nfacts:\n- {id: a, ask: b, answer: c}\n"
    )
    assert (deck.key, deck.title, deck.description, deck.language) == ("test", "A test", "Two words", "pt-BR")
    assert (deck.category, deck.as_of, deck.file) == (("Tests", "Small ones"), date(2026, 11, 22), "test.yaml")
    assert deck.sources == (BOOK,)
    assert deck.cautions == ()


AS_WRITTEN = ["NO", "1:30", "0123", "2026-11-22", "true", "null", "~", "0x1F", "1e3", ".5", "1,000", "yes", "=", "5 %"]


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_an_answer_is_read_as_it_is_written(text: str) -> None:
    fields = f"ask: {text}\n    answer: {text}\n    also_true:\n    - {text}\n"
    (fact,) = make_deck(f"facts:\n  - id: a\n    {fields}").facts
    assert isinstance(fact, PlainFact)
    assert (fact.ask, fact.answer, fact.also_true) == (text, text, (text,))


def test_a_country_whose_code_is_a_word_of_yaml_is_that_country() -> None:
    fact = only_fact("subject: fort, relation: operated_by, object: NOR")
    assert isinstance(fact, RelationFact)
    assert fact.object.name == "Norway"


def test_distractors_keep_the_reasons_that_were_written() -> None:
    fact = plain("distractors: [Se, {text: Si, why: It is Italian.}]")
    assert fact.wrong == (Wrong("Se"), Wrong("Si", "It is Italian."))


def test_facts_of_one_set_know_its_name() -> None:
    assert plain("set: aims").option_set == "aims"


def test_what_a_fact_says_of_itself_is_kept() -> None:
    fact = plain(
        "kind: reason, quote: so it is, explanation: It is so., also_true: [Yes], attribution: Ms A, difficulty: hard, "
        "status: draft, hedged: true, as_of: 2026-01-02, review_by: 2026-12-01, note: for maintainers"
    )
    assert (fact.kind, fact.quote, fact.explanation, fact.also_true) == ("reason", "so it is", "It is so.", ("Yes",))
    assert (fact.attribution, fact.difficulty, fact.status, fact.hedged) == (
        "Ms A",
        Difficulty.HARD,
        Status.DRAFT,
        True,
    )
    assert (fact.as_of, fact.review_by) == (date(2026, 1, 2), date(2026, 12, 1))


def test_a_fact_is_stale_after_the_day_by_which_it_had_to_be_looked_at() -> None:
    fact = plain("review_by: 2026-12-01")
    assert [fact.is_stale(date(2026, 12, day)) for day in (1, 2)] == [False, True]
    assert not plain("kind: reason").is_stale(date.max)


def test_a_retired_fact_says_why() -> None:
    assert plain("retired: The base was closed in 2027.").retired == "The base was closed in 2027."


def test_a_relation_joins_entities_of_the_deck_and_countries() -> None:
    fact = relation("kind: which")
    assert (fact.subject.key, fact.subject.name, fact.subject.kind) == ("fort", "Fort Alpha", EntityKind.AIR_BASE)
    assert fact.relation is RELATIONS["operated_by"]
    assert fact.object is countries()["RUS"]
    assert (fact.path, fact.askable) == ("test/a", True)


@pytest.mark.parametrize("word", ["false", "'false'"])
def test_a_relation_may_be_kept_from_being_asked(word: str) -> None:
    assert not relation(f"ask: {word}").askable


@pytest.mark.parametrize(
    ("written", "precision", "first", "last"),
    [
        ("2015-09-30", Precision.DAY, date(2015, 9, 30), date(2015, 9, 30)),
        ("2016-02", Precision.MONTH, date(2016, 2, 1), date(2016, 2, 29)),
        ("2015", Precision.YEAR, date(2015, 1, 1), date(2015, 12, 31)),
    ],
)
def test_dates_are_as_exact_as_they_are_written(written: str, precision: Precision, first: date, last: date) -> None:
    during = relation(f"from: {written}, until: '2030'").during
    assert during.start is not None
    assert (during.start.precision, during.start.first, during.start.last) == (precision, first, last)
    assert during.end is not None
    assert during.end.precision is Precision.YEAR


def test_an_entity_is_described_once_and_found_by_its_key() -> None:
    fields = "name: Bosporus, kind: strait, article: the, at: [41.1, 29.1], in: TUR, aliases: [Bosphorus], note: narrow"
    fact = "{id: a, subject: bosporus, relation: bordered_by, object: TUR}"
    deck = make_deck(f"entities:\n  bosporus: {{{fields}}}\nfacts:\n  - {fact}\n")
    (found,) = deck.facts
    assert isinstance(found, RelationFact)
    strait = found.subject
    assert (strait.in_text, strait.at, strait.home) == ("the Bosporus", (41.1, 29.1), "TUR")
    assert strait.names == {"bosporus", "bosphorus"}


CLAIMS = """\
entities:
  nato: {name: NATO, kind: organisation}
  one: {name: One, kind: strait}
  two: {name: Two, kind: canal}
complete:
  - {relation: member_of, object: nato, since: 1949-08-24}
  - {relation: claimed_by, subject: isle}
  - {relation: bordered_by, subject: every}
facts:
  - {id: a, subject: one, relation: bordered_by, object: FRA}
  - {id: b, subject: one, relation: bordered_by, object: GBR}
  - {id: c, subject: two, relation: bordered_by, object: EGY}
"""


def test_claims_of_completeness_stand_for_an_object_a_subject_or_every_subject() -> None:
    deck = make_deck(CLAIMS.replace("canal}", "canal}\n  isle: {name: Isle, kind: disputed area}"))
    assert [(c.relation.name, c.subject, c.object, c.since) for c in deck.complete] == [
        ("member_of", "", "nato", date(1949, 8, 24)),
        ("claimed_by", "isle", "", deck.as_of),
        ("bordered_by", "one", "", deck.as_of),
        ("bordered_by", "two", "", deck.as_of),
    ]


def test_discussion_questions_have_no_answer_and_may_name_a_source() -> None:
    deck = make_deck("facts: [{id: a, ask: b, answer: c}]\ndiscussion: [{ask: Is it so?}, {ask: Why?, source: book}]")
    assert deck.discussion == (Discussion("Is it so?"), Discussion("Why?", BOOK))


def test_each_caution_about_a_source_is_given_once() -> None:
    film = "  {}: {{title: T, publisher: P, retrieved: 2026-11-22, note: Take care.}}\n"
    facts = "facts:\n  - {id: a, ask: b, answer: c, source: book}\n"
    deck = make_deck(HEAD + film.format("film") + film.format("play") + facts)
    assert deck.cautions == ("Take care.",)


def test_with_one_source_it_need_not_be_named() -> None:
    assert plain("source: book").source == plain("kind: reason").source == BOOK


def test_files_from_windows_are_read_alike() -> None:
    text = HEAD + "facts:\n  - {id: a, ask: Why?, answer: So}\n"
    good, _ = load_deck(text.encode(), "test.yaml")
    assert good is not None
    assert load_deck(text.replace("\n", "\r\n").encode("utf-8-sig"), "test.yaml") == (good, [])


LARGE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
bases = int(sys.argv[1]) // 20
from quizgen.facts import Library, load_deck
from quizgen.questions import make_questions
from tests.conftest import HEAD
deck = HEAD + "entities:\\n" + "".join(f"  fort-{n}: {{name: Fort {n}, kind: air base}}\\n" for n in range(bases))
deck += "facts:\\n" + "".join(
    f"  - {{id: f{n}, ask: 'What is the thing {n}?', answer: Thing {n}, set: s{n // 5}}}\\n" for n in range(19 * bases)
)
codes = ["FRA", "GBR", "ITA", "JPN", "RUS", "TUR", "USA"]
deck += "".join(
    f"  - {{id: r{n}, subject: fort-{n}, relation: operated_by, object: {codes[n % 7]}, from: {1950 + n % 70}}}\\n"
    for n in range(bases)
)
deck, problems = load_deck(deck.encode(), "test.yaml")
assert deck and not problems, problems[:3]
questions, remarks = make_questions(Library((deck,)))
assert len({question.fact.path for question in questions}) + len(remarks) == len(deck.facts)
print(len(deck.facts), len(questions) > 0.99 * len(deck.facts))
"""


@pytest.mark.parametrize("facts", [20_000, pytest.param(100_000, marks=pytest.mark.prove)])
def test_very_many_facts_become_questions_within_bounds(facts: int) -> None:
    child = subprocess.run([sys.executable, "-c", LARGE, str(facts)], capture_output=True, text=True, check=False)
    assert (child.stdout, child.stderr) == (f"{facts} True\n", "")


HOSTILE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
from datetime import date
from quizgen.facts import load_deck
from tests.conftest import HEAD
day = lambda n: date.fromordinal(400_000 + n)  # in the year 1096
entities = "entities:\\n" + "".join(f"  e{n}: {{name: E{n}, kind: air base}}\\n" for n in range(4_000))
base = "subject: e0, relation: operated_by, object: "
shapes = {
    "at odds": lambda n: base + ("RUS" if n % 2 else "USA") + f", from: {1000 + n % 1200}-01-01",
    "in turn": lambda n: base + ("RUS" if n % 2 else "USA") + f", from: {day(n)}, until: {day(n + 1)}",
    "unknown": lambda n: f"subject: ee{n}, relation: operated_bye, object: EE{n}",
    "alike": lambda n: "ask: Why?, answer: So",
    "unfit": lambda n: "ask: Why?, anwser: So, distractors: [[]]",
}
for name, shape in shapes.items():
    facts = "".join(f"  - {{id: f{n}, {shape(n)}}}\\n" for n in range(4_000))
    deck, problems = load_deck((HEAD + entities + "facts:\\n" + facts).encode(), "test.yaml")
    assert (name == "in turn") == (not problems), (name, problems[:3])
print("survived")
"""


def test_decks_made_to_be_slow_are_survived_within_bounds() -> None:
    child = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False)
    assert (child.stdout, child.stderr) == ("survived\n", "")
