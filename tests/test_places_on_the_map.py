"""Straits, bases, disputed areas and capitals on maps: what a deck writes, what is asked, and what a pupil sees."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from itertools import combinations
from math import dist

import pytest

from quizgen.facts import Library, RelationFact, load_deck
from quizgen.paths import DECKS
from quizgen.questions import Picture, PictureKind, Question, make_questions
from quizgen.questions.pictures import map_subject, svg_of
from quizgen.questions.wording import wording
from quizgen.world import Entity, EntityKind
from quizgen.world.maps import BorderPolicy, kilometres_across, pixels_between
from quizgen.world.maps.canvas import canvas, look_of
from quizgen.world.maps.draw import Picture as Content
from quizgen.world.maps.draw import picture, write
from quizgen.world.maps.style import style
from quizgen.world.pictures import has_picture, map_of, mark_of, place_of, point_of, subject_of
from tests.conftest import HEAD, make_deck

NAMES = ("chokepoints", "foreign-bases", "disputed-territories", "capitals-on-the-map")
ARMS = {EntityKind.ARMY_BASE, EntityKind.MILITARY_BASE}


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    decks = [load_deck((DECKS / f"{name}.yaml").read_bytes(), f"{name}.yaml")[0] for name in NAMES]
    made, _ = make_questions(Library(tuple(deck for deck in decks if deck)))
    return [question for question in made if question.picture]


@pytest.fixture(scope="module")
def ringed(questions: list[Question]) -> list[Question]:
    return [question for question in questions if not picture_of(question).numbered]


@pytest.fixture(scope="module")
def numbered(questions: list[Question]) -> list[Question]:
    return [question for question in questions if picture_of(question).numbered]


@pytest.fixture(scope="module")
def subjects(questions: list[Question]) -> dict[str, Entity]:
    return {subject_of_(question).key: subject_of_(question) for question in questions}


def subject_of_(question: Question) -> Entity:
    assert isinstance(question.fact, RelationFact)
    return question.fact.subject


@cache
def drawn(shown: Picture) -> Content:
    return picture(map_subject(shown.shows, numbered=shown.numbered))


def picture_of(question: Question) -> Picture:
    assert question.picture
    return question.picture


def sort(kind: EntityKind) -> EntityKind:
    return EntityKind.ARMY_BASE if kind in ARMS else kind


# --- what a deck writes ---------------------------------------------------------------------------------------------

PLACES = """\
entities:
  narrows: {name: the Narrows, kind: strait, at: [26.55, 56.45]}
  camp: {name: Camp, kind: army base, in: DJI, at: [11.54, 43.15]}
  plateau: {name: Plateau, kind: disputed area, at: [33.0, 35.8], picture: area/golan}
  nowhere: {name: Nowhere, kind: strait}
  swapped: {name: Swapped, kind: city, in: FRA, at: [2.35, 48.85]}
  sea: {name: Sea, kind: water, at: [1, 2]}
  drawing: {name: a drawing, kind: map, picture: map/fra}
facts:
  - {id: m, %s, relation: is_marked_on}
"""
AT = "write at: [latitude, longitude] at its entity, in degrees"
FIRST = "in 'at' the latitude comes first, north and east are positive"
TAKES = (
    "it takes: air base, army base, canal, city, country, disputed area, military base, naval base, strait, territory"
)


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        ("subject: narrows", ""),
        ("subject: camp", ""),
        ("subject: plateau", ""),
        ("subject: FRA", ""),
        ("subject: FRA, object: drawing", ""),
        ("subject: nowhere", f"'nowhere' has no place on the map ({AT})"),
        ("subject: swapped", f"'swapped' lies 5845 km away from FRA, where it is 'in' ({FIRST})"),
        ("subject: sea", f"'sea' is a water, which this relation does not take as its subject ({TAKES})"),
        (
            "subject: narrows, object: drawing",
            "the picture of 'drawing' is not that of narrows (leave 'object' out: the map is drawn from 'at')",
        ),
        ("object: drawing", "'subject' is missing (a relation needs subject, relation and object)"),
    ],
)
def test_a_fact_names_what_is_marked_and_the_map_is_drawn(fact: str, problem: str) -> None:
    _, problems = load_deck((HEAD + PLACES % fact).encode(), "test.yaml")
    assert [f"{found.message} ({found.hint})" for found in problems] == ([problem] if problem else [])
    assert all(found.line == HEAD.count("\n") + 10 for found in problems)


RANGE = "write [latitude, longitude] in degrees: from -90 to 90, and from -180 to 180"


@pytest.mark.parametrize(
    ("entity", "problem"),
    [
        ("kind: strait, at: [95, 10]", f"'at': '95' is out of range ({RANGE})"),
        ("kind: strait, at: [10, 181]", f"'at': '181' is out of range ({RANGE})"),
        ("kind: strait, at: [north, 1]", f"'at': 'north' is no number ({RANGE})"),
        ("kind: strait, at: here", "'at' should be a list (write [one, two])"),
        ("kind: disputed area, picture: area/golem", "no map has an outline of 'golem' (did you mean 'golan'?)"),
        (
            "kind: disputed area, picture: area/atlantis",
            "no map has an outline of 'atlantis' (leave it out: then a ring is drawn around its place)",
        ),
        ("kind: strait, picture: area/golan", "'area/golan' is no picture of a strait ()"),
    ],
)
def test_a_place_that_is_none_is_a_problem_at_its_line(entity: str, problem: str) -> None:
    text = f"{HEAD}entities:\n  it: {{name: It, {entity}}}\nfacts:\n  - {{id: a, ask: A?, answer: B}}\n"
    _, problems = load_deck(text.encode(), "test.yaml")
    assert [f"{found.message} ({found.hint})" for found in problems] == [problem]
    assert problems[0].line == HEAD.count("\n") + 2


def test_the_mark_of_a_thing_is_all_that_it_takes_to_draw_it() -> None:
    narrows = Entity("narrows", "Narrows", EntityKind.STRAIT, at=(26.55, 56.45))
    plateau = Entity("plateau", "Plateau", EntityKind.DISPUTED_AREA, at=(33.0, 35.8), picture="area/golan")
    assert (mark_of(narrows), point_of(narrows)) == ("26.55,56.45", "26.55,56.45")
    assert (mark_of(plateau), point_of(plateau)) == ("golan", "33,35.8")
    assert place_of("26.55,56.45") == (26.55, 56.45)
    assert subject_of("26.55,56.45").places == ((26.55, 56.45),)
    assert subject_of("golan").areas == ("golan",)
    assert subject_of("FRA").countries == ("FRA",)
    assert map_of(Entity("sea", "Sea", EntityKind.WATER)) is None
    assert [has_picture(name) for name in ("area/golan", "area/golem", "map/fra", "map/zzz")] == [True, False] * 2


def test_the_same_fact_has_the_same_questions_whatever_the_place_is_called() -> None:
    line = "  s{0}: {{name: {1} {0}, kind: strait, at: [{0}0, {0}0]}}\n"
    fact = "  - {{id: m{0}, subject: s{0}, relation: is_marked_on}}\n"
    ids = []
    for name in ("Strait", "Narrows"):
        entities = "".join(line.format(n, name) for n in range(1, 6))
        deck = make_deck(f"entities:\n{entities}facts:\n" + "".join(fact.format(n) for n in range(1, 6)))
        made, remarks = make_questions(Library((deck,)))
        assert remarks == []
        ids.append([question.id for question in made])
    assert ids[0] == ids[1] == [f"test/m{n}#{part}" for n in range(1, 6) for part in ("subject", "number")]


STRAITS = "".join(f"  s{n}: {{name: Passe {n}, kind: strait, at: [{n}0, {n}0]}}\n" for n in range(1, 6))
MARKED = "".join(f"  - {{id: m{n}, subject: s{n}, relation: is_marked_on}}\n" for n in range(1, 6))
FRENCH = HEAD.replace("as_of", "language: fr\nas_of") + f"entities:\n{STRAITS}facts:\n{MARKED}"


def test_a_deck_of_ones_own_asks_in_its_language() -> None:
    made, remarks = make_questions(Library((make_deck(FRENCH),)))
    assert remarks == []
    assert {question.stem for question in made} == {
        "Lequel de ces passages est marqué sur la carte ?",
        *(f"Quel numéro marque ce lieu sur la carte : Passe {n} ?" for n in range(1, 6)),
    }
    assert {picture_of(question).alt for question in made} == {
        "Une carte où un lieu est marqué",
        "Une carte où des lieux portent des numéros",
    }


def test_a_language_without_the_words_asks_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    french = wording("fr")
    without = {name: words for name, words in french.relations.items() if name != "is_marked_on passage"}
    monkeypatch.setattr("quizgen.questions.relational.wording", lambda _: replace(french, relations=without))
    assert make_questions(Library((make_deck(FRENCH),)))[0] == []


# --- what is asked --------------------------------------------------------------------------------------------------


def test_hardly_a_place_is_not_asked_both_by_its_ring_and_by_its_number(
    ringed: list[Question], numbered: list[Question], subjects: dict[str, Entity]
) -> None:
    assert len(subjects) >= 251
    assert min(len(ringed), len(numbered)) >= 0.95 * len(subjects)


def test_options_are_of_one_kind(questions: list[Question], subjects: dict[str, Entity]) -> None:
    mixed = {
        question.id
        for question in questions
        if len({sort(subjects[option.key].kind) for option in question.options}) > 1
    }
    assert mixed == set()


def test_a_wrong_answer_lies_clear_of_the_ring(ringed: list[Question], subjects: dict[str, Entity]) -> None:
    for question in ringed:
        content = drawn(picture_of(question))
        ground = canvas(content.frame, look_of(content.frame))
        here = subjects[question.answer.key].at
        assert here
        near = [
            option.text
            for option in question.distractors
            if (at := subjects[option.key].at) and dist(ground.point(*at), ground.point(*here)) < 1.5 * RING
        ]
        assert near == [], question.id


RING = style().marker["ring"]


def test_numbers_stand_on_places_that_are_told_apart(numbered: list[Question]) -> None:
    for question in numbered:
        marked = map_subject(picture_of(question).shows, numbered=True)
        assert pixels_between(marked) >= style().marker["tips"], question.id
        pins = picture(marked).pins
        assert all(dist((a.x, a.y), (b.x, b.y)) >= style().marker["gap"] for a, b in combinations(pins, 2)), question.id
        assert [pin.text for pin in pins] == [option.text for option in question.options], question.id


def test_the_number_of_the_key_marks_the_place_that_is_asked_for(
    numbered: list[Question], subjects: dict[str, Entity]
) -> None:
    for question in numbered:
        place = place_of(picture_of(question).shows[int(question.answer.text) - 1])
        assert place == pytest.approx(subject_of_(question).at, abs=1e-4), question.id
        for option in question.distractors:
            assert option.why_wrong == f"Number {option.text} is {subjects[option.key].in_text}."


def test_what_has_an_outline_is_hatched_and_the_rest_is_ringed(ringed: list[Question]) -> None:
    shown = {subject_of_(question).key: picture_of(question).shows[0] for question in ringed}
    outlines = {key: mark for key, mark in shown.items() if "," not in mark}
    assert outlines == {
        "crimea": "crimea",
        "golan": "golan",
        "aksai-chin": "aksai-chin",
        "arunachal": "arunachal-pradesh",
        "south-kurils": "southern-kurils",
        "halaib": "halaib-triangle",
    }
    for mark in outlines.values():
        content = picture(subject_of(mark))
        assert content.subject_hatched, mark
        assert (content.subject, content.targets) == ([], []), mark


def test_no_view_of_a_border_changes_what_stands_out() -> None:
    for mark in ("crimea", "golan", "45.3,34.4"):
        un, de_facto = (picture(subject_of(mark), policy) for policy in BorderPolicy)
        assert (un.subject_hatched, un.rings, un.targets) == (
            de_facto.subject_hatched,
            de_facto.rings,
            de_facto.targets,
        )


def test_a_disputed_area_is_asked_without_naming_who_claims_it(questions: list[Question]) -> None:
    stems = {question.stem for question in questions if question.fact.deck == "disputed-territories"}
    number = "Which number on the map marks this disputed area: "
    assert {stem for stem in stems if not stem.startswith(number)} == {
        "Which of these disputed areas is marked on the map?"
    }


def test_no_capital_that_is_in_doubt_is_marked_or_an_option(questions: list[Question]) -> None:
    capitals, _ = load_deck((DECKS / "capitals.yaml").read_bytes(), "capitals.yaml")
    assert capitals
    facts = [fact for fact in capitals.facts if isinstance(fact, RelationFact)]
    doubted = {fact.object.key for fact in facts if not fact.askable}
    shown = {option.key for question in questions for option in question.options}
    assert {"jerusalem", "taipei", "pretoria", "sucre"} <= doubted
    assert doubted & shown == set()


# --- what a pupil sees ----------------------------------------------------------------------------------------------


def test_nothing_tells_the_answer(questions: list[Question]) -> None:
    for question in questions:
        alt = picture_of(question).alt.casefold()
        names = {name for option in question.options for name in option.text.casefold().split() if len(name) > 4}
        assert alt.startswith("map with"), question.id
        assert {name for name in names if name in alt} <= {"disputed"}, question.id


@pytest.mark.parametrize("mark", ["26.55,56.45", "golan", "-17.74,168.31", "35.41,35.945"])
def test_a_map_holds_no_words_but_what_sort_of_map_it_is(mark: str) -> None:
    text = svg_of(Picture(PictureKind.MAP, (mark,), "A map"))
    said = " ".join(filter(None, (element.text for element in ET.fromstring(text).iter())))
    assert said in {"Map with one place marked", "Map with one disputed area highlighted"}
    assert mark not in text


def test_a_picture_comes_back_from_its_name() -> None:
    shown = Picture(PictureKind.MAP, ("26.55,56.45", "12.55,43.35", "41.12,29.07"), "A map", numbered=True)
    assert Picture.named(shown.name, shown.alt) == shown
    assert svg_of.__wrapped__(Picture.named(shown.name, "")) == svg_of.__wrapped__(shown)


def test_a_ring_is_whole_and_no_small_map_covers_it(ringed: list[Question]) -> None:
    for question in ringed:
        content = drawn(picture_of(question))
        look = look_of(content.frame)
        for x, y in content.targets + [(ring.x, ring.y) for ring in content.rings]:
            assert RING < x < look.width - RING, question.id
            assert RING < y < look.height - RING, question.id
            small = content.inset
            if small:
                left, top = small.corner
                beside = not left - RING < x < left + small.width + RING
                assert beside or not top - RING < y < top + small.height + RING, question.id


@pytest.mark.parametrize(
    ("mark", "least", "most"),
    [
        ("26.55,56.45", 1000, 1000),  # coasts all around
        ("48.21,16.37", 1000, 1000),  # countries side by side
        ("-15.79,-47.88", 2000, 4000),  # Brasília: neither is near
        ("-8.52,179.19", 5000, 9000),  # Funafuti: no land is near
    ],
)
def test_the_frame_is_as_wide_as_it_takes_to_tell_where_it_is(mark: str, least: float, most: float) -> None:
    assert least <= kilometres_across(subject_of(mark)) <= most


def test_maps_of_places_are_small(ringed: list[Question]) -> None:
    assert max(len(write(drawn(picture_of(question)), "")) for question in ringed) < 45_000
