"""What is true of the decks that ship, and of everything else that ships with them."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from quizgen.cli import main
from quizgen.facts import Deck, Library, PlainFact, RelationFact, find_decks, load_library
from quizgen.formats.data import json_lines
from quizgen.paths import DECKS, PACKAGE, TEMPLATES
from quizgen.problems import Problem
from quizgen.questions import Question, make_questions
from quizgen.questions.generate import drafts_of, knowledge_of
from quizgen.quizzes import compose
from quizgen.world import Truth

ROOT = Path(__file__).parent.parent
ARTICLE = "russia-syria-bases"

# Facts that give no question, and why that is right.
SILENT = {
    "african-union/au-cog": "joined on the same day as the other Congo: asked in nearly the same words",
    "african-union/au-zwe": "without a day, and too few African countries are known to stay outside",
    "arab-league/hq-las-1945": "a seat of the past: seats are asked as of the deck's day",
    "arab-league/hq-las-1979": "as hq-las-1945",
    "asia-pacific/pif-ton": "a founder as pif-wsm: the wrong options that are known have served others",
    "asia-pacific/pif-wsm": "the founders share one day; too few others are known to the day",
    "asia-pacific/pif-slb": "only its month is known; too few others are known so exactly",
    "asia-pacific/pif-mhl": "the word islands stands in the name of the forum, too",
    "chokepoints/panama-canal-shore-pan": "Panama stands in the name of its canal",
    "chokepoints/corinth-canal-joins-gulf-of-corinth": "Corinth stands in the name of the canal",
    "chokepoints/korea-strait-shore-kor": "Korea stands in the name of its strait",
    "chokepoints/bering-strait-joins-bering-sea": "Bering stands in the name of the strait",
    "chokepoints/mozambique-channel-shore-moz": "Mozambique stands in the name of its channel",
    "council-of-europe/coe-grc-1949": "left and came back: asked only where that is clear",
    "european-union/ema-london": "a seat of the past: seats are asked as of the deck's day",
    "european-union/eba-london": "as ema-london",
    "foreign-bases/port-bouet-france": "handed over: who runs a base is asked as of the deck's day",
    "new-states-and-names/un-mne": "among the last: earlier days would lie before the state began",
    "new-states-and-names/un-ssd": "as un-mne",
    "security-council/e10-2023-jpn": "the same day as for the others of its year, in nearly the same words",
    "security-council/e10-2023-moz": "as e10-2023-jpn",
    "security-council/e10-2027-aut": "begins with all the others to come: among days past the day gives itself away",
    "security-council/e10-2027-kgz": "as e10-2027-aut",
    "security-council/e10-2027-prt": "as e10-2027-aut",
    "security-council/e10-2027-tto": "as e10-2027-aut",
    "security-council/e10-2027-zwe": "as e10-2027-aut",
    "security-council/p5-gbr": "asked together with another membership",
}
# Decks of all countries: Poles speak Polish, and whatever was tender in the past is there for other days than today.
ABOUT_COUNTRIES = {"borders", "capitals", "countries-on-the-map", "currencies", "flags", "languages", "regions"}
# All the candidates that are looked at lie in the same region, or have the same language.
CROWDED = {"languages/ton-english", "languages/wsm-english", "regions/kna", "regions/zmb"}
ABOUT_THE_PAST = ("when", "order", "already")  # they name events, which no later day changes


@pytest.fixture(scope="module")
def library() -> Library:
    paths, problems = find_decks([], DECKS)
    library, found = load_library(paths)
    assert [str(problem) for problem in problems + found] == []
    return library


@pytest.fixture(scope="module")
def made(library: Library) -> tuple[list[Question], list[Problem]]:
    return make_questions(library)


@pytest.fixture(scope="module")
def questions(made: tuple[list[Question], list[Problem]]) -> list[Question]:
    return made[0]


@pytest.fixture(scope="module")
def article(library: Library) -> Deck:
    deck = library.deck(ARTICLE)
    assert deck is not None
    return deck


def plain(deck: Deck) -> list[PlainFact]:
    return [fact for fact in deck.facts if isinstance(fact, PlainFact)]


def relations(library: Library) -> list[RelationFact]:
    return [fact for fact in library.facts if isinstance(fact, RelationFact)]


# --- decks ----------------------------------------------------------------------------------------------------------


def test_there_are_decks_with_facts_enough(library: Library, article: Deck) -> None:
    assert len(library.decks) >= 22
    assert len(article.facts) >= 14
    assert sum(len(deck.facts) for deck in library.decks if deck is not article) >= 2900


def test_every_deck_says_what_it_is(library: Library) -> None:
    for deck in library.decks:
        assert len(deck.description.split()) >= 10, deck.key
        assert deck.description.endswith("."), deck.key
        assert len(deck.category) >= 2, deck.key
        assert deck.discussion, deck.key


def test_every_fact_has_a_source_and_a_day(library: Library) -> None:
    for deck in library.decks:
        for fact in deck.facts:
            assert fact.source.title, fact.path
            assert fact.source.publisher, fact.path
            assert max(fact.as_of, fact.source.retrieved) <= deck.as_of, fact.path


def test_what_can_change_and_has_no_end_has_a_day_to_look_at_it_again(library: Library) -> None:
    lasting = [fact for fact in relations(library) if fact.relation.mutable and not fact.during.end]
    assert lasting
    assert [fact.path for fact in lasting if fact.review_by is None] == []


def test_every_fact_gives_a_question_save_for_a_written_reason(
    library: Library, made: tuple[list[Question], list[Problem]]
) -> None:
    lines = {(fact.file, fact.line): fact.path for fact in library.facts}
    silent = {lines[remark.file, remark.line]: remark.message for remark in made[1]}
    of_countries = {path: message for path, message in silent.items() if path.partition("/")[0] in ABOUT_COUNTRIES}
    assert {path for path in silent if path not in of_countries} == set(SILENT)
    plain_reasons = r"each would hold its own answer|it is not known to hold on|another asks nearly the same"
    assert {path for path, message in of_countries.items() if not re.search(plain_reasons, message)} == CROWDED


def test_quotes_have_at_most_fifteen_words(library: Library) -> None:
    assert {fact.path: fact.quote for fact in library.facts if len(fact.quote.split()) > 15} == {}


# --- the deck of the article ----------------------------------------------------------------------------------------


def test_the_article_is_named_in_every_stem_and_quoted_for_every_fact(article: Deck) -> None:
    assert len(plain(article)) == len(article.facts)
    for fact in plain(article):
        assert "according to the article" in fact.ask.casefold(), fact.key
        assert fact.quote, fact.key


def test_the_article_carries_no_date_and_none_is_invented(article: Deck) -> None:
    assert [source.published for source in article.sources] == ["unknown"]
    text = " ".join(f"{fact.ask} {fact.answer} {fact.explanation}" for fact in plain(article))
    assert re.findall(r"\b(?:19|20)\d\d\b", text) == []


def test_its_learners_are_cautioned_with_every_answer(article: Deck, questions: list[Question]) -> None:
    assert "independently verified" in " ".join(article.cautions)
    own = [question for question in questions if question.fact.deck == ARTICLE]
    assert {item.caution for item in compose(own, 50, Random(1)).items} == set(article.cautions)


def test_the_poll_of_its_readers_is_for_discussion_and_not_marked(article: Deck, questions: list[Question]) -> None:
    asked = [discussion.ask for discussion in article.discussion]
    assert any("lasting stability" in ask for ask in asked)
    assert not set(asked) & {question.stem for question in questions}


# --- questions ------------------------------------------------------------------------------------------------------

UNDATED = re.compile(r"\b(now|currently|current|recently|recent|today|nowadays|latest|so far|at present)\b", re.I)
NEGATIVE = re.compile(r"\b(not|never|except|cannot|neither|nor)\b|n't\b", re.IGNORECASE)
LAZY = re.compile(r"\b(all|none|any|both|neither|either) of (the|these)\b|\bthe above\b|\bA and B\b", re.IGNORECASE)


def test_no_stem_speaks_of_a_day_without_naming_it(questions: list[Question]) -> None:
    assert {q.id: q.stem for q in questions if UNDATED.search(q.stem)} == {}


def test_no_stem_asks_for_what_is_not_so(questions: list[Question]) -> None:
    assert {q.id: q.stem for q in questions if NEGATIVE.search(q.stem)} == {}


def test_no_option_is_all_or_none_of_the_others(questions: list[Question]) -> None:
    options = {option.text for question in questions for option in question.options}
    assert [text for text in options if LAZY.search(text)] == []


def test_a_stem_is_a_question_and_an_option_is_short(questions: list[Question]) -> None:
    assert [q.stem for q in questions if not q.stem.endswith("?") or len(q.stem) > 200] == []
    assert [option.text for q in questions for option in q.options if len(option.text) > 80] == []


def test_what_can_change_is_asked_for_a_day(questions: list[Question]) -> None:
    changing = [q for q in questions if isinstance(q.fact, RelationFact) and q.fact.relation.mutable]
    assert changing
    assert [
        q.stem for q in changing if q.kind not in ABOUT_THE_PAST and not re.search(r"\b\d{1,2} \w+ \d{4}\b", q.stem)
    ] == []


def test_every_wrong_option_has_its_reason(questions: list[Question]) -> None:
    assert [q.id for q in questions for option in q.distractors if not (option.ground and option.why_wrong)] == []


def test_no_wording_was_left_unfilled(questions: list[Question]) -> None:
    text = "\n".join(json_lines(questions, seed=0))
    assert re.findall(r"\{[A-Za-z_]+\}|\bNone\b|  ", text.replace(": null", "")) == []


def test_what_is_asked_of_two_things_hangs_on_both(library: Library, questions: list[Question]) -> None:
    knowledge = knowledge_of(library)
    drafts = {draft.id: draft for draft in drafts_of(library)}
    compared = [question for question in questions if drafts[question.id].needs]
    # Of flags one that is nearly alike is among the options: the subject is asked for.
    assert {question.id.partition("#")[2] for question in compared} == {"apart", "both", "subject"}
    for question in compared:
        shown = {option.key for option in question.distractors}
        assert all(shown & need for need in drafts[question.id].needs), question.id
    joined = [question for question in compared if question.kind == "join"]
    for question in joined:
        fact = question.fact
        assert isinstance(fact, RelationFact)
        truths = {
            knowledge.truth(option.key, fact.relation, fact.object.key, fact.as_of) for option in question.distractors
        }
        assert Truth.TRUE in truths, question.id
        assert any(truth.is_false for truth in truths), question.id


def test_every_gate_of_the_audit_passes_on_the_whole_library() -> None:
    run = CliRunner().invoke(main, ["audit", "--json", "--today", "2026-11-22"])
    gates = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(gates) >= 17
    assert [gate for gate in gates if gate["passed"] is False] == []
    assert next(gate for gate in gates if gate["gate"] == "solver without knowledge")["passed"] is True


# --- licences -------------------------------------------------------------------------------------------------------


def licences() -> list[dict[str, str]]:
    with (ROOT / "docs" / "licences.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shipped_files() -> Iterator[str]:
    for folder, name in ((PACKAGE, "quizgen"), (TEMPLATES, "templates"), (DECKS, "decks")):
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield f"{name}/{path.relative_to(folder).as_posix()}"


def licence_of(file: str) -> str:
    return next((row["licence"] for row in licences() if fnmatch(file, row["path"])), "")


def test_every_file_that_ships_has_a_licence_and_a_source() -> None:
    assert {file for file in shipped_files() if not licence_of(file)} == set()
    assert all(row["source"].strip() for row in licences())
    allowed = {"MIT", "CC0-1.0", "CC-BY-4.0", "Unicode-3.0", "BSD-3-Clause", "ISC"}  # none of them is share-alike
    assert {row["licence"] for row in licences()} <= allowed


@pytest.mark.parametrize(
    ("file", "licence"),
    [
        ("quizgen/world/data/countries.csv", "Unicode-3.0"),
        ("quizgen/world/entities.py", "MIT"),
        ("templates/web/page.html", "MIT"),
        ("decks/nato.yaml", "CC0-1.0"),
        ("decks/capitals.yaml", "CC-BY-4.0"),
        ("quizgen/world/data/tender_days.csv", "CC0-1.0"),
        ("elsewhere/file.txt", ""),
    ],
)
def test_the_most_particular_licence_comes_first(file: str, licence: str) -> None:
    assert licence_of(file) == licence


def test_no_row_of_the_licences_speaks_of_files_that_are_not_there() -> None:
    files = [*shipped_files(), *(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*"))]
    assert [row["path"] for row in licences() if not any(fnmatch(file, row["path"]) for file in files)] == []


@pytest.mark.parametrize(
    "words",
    [
        "Copyright © 2004-2026 Unicode, Inc.",
        "Copyright (c) 2013 Panayiotis Lipiridis",
        "Copyright 2013-2019 Michael Bostock",
        "Redistributions in binary form must reproduce the above copyright notice",
        "https://creativecommons.org/licenses/by/4.0/",
    ],
)
def test_the_notices_that_licences_demand_ship_inside_the_package(words: str) -> None:
    assert words in (PACKAGE / "NOTICES").read_text(encoding="utf-8")


def test_whoever_has_data_from_geonames_says_so() -> None:
    named = {path.name for path in DECKS.glob("*.yaml") if "geonames.org" in path.read_text(encoding="utf-8")}
    ours = {row["path"].removeprefix("decks/") for row in licences() if row["licence"] == "CC-BY-4.0"}
    assert named == ours == {"capitals.yaml", "capitals-on-the-map.yaml"}


def test_the_page_about_quizgen_names_whose_work_it_shows() -> None:
    page = (TEMPLATES / "web" / "about.html").read_text(encoding="utf-8")
    for name in (
        "cldr.unicode.org",
        "naturalearthdata.com",
        "visionscarto",
        "flag-icons",
        "geonames.org",
        "BSD",
        "MIT",
    ):
        assert name in page, name
