"""Every place that the library marks on a map lies where it should: in water, at a coast, in its country or outline."""

from __future__ import annotations

from collections import defaultdict

import pytest

from quizgen.facts import Library, RelationFact, find_decks, load_library
from quizgen.paths import DECKS
from quizgen.world import BASES, Entity, EntityKind
from quizgen.world.maps.canvas import canvas, look_of
from quizgen.world.maps.clip import inside
from quizgen.world.maps.draw import picture
from quizgen.world.maps.ground import is_on_land, kilometres_from_coast, kilometres_from_country
from quizgen.world.maps.subject import Place
from quizgen.world.pictures import mark_of, subject_of

# Kilometres. The widest strait is the Mozambique Channel; outlines are drawn to within some kilometres.
SHORE, MIDDLE, OFF_THE_COAST, OUTLINE = 240, 150, 3, 30


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(find_decks([], DECKS)[0])[0]


@pytest.fixture(scope="module")
def marked(library: Library) -> dict[str, Entity]:
    return {fact.subject.key: fact.subject for fact in relations(library, "is_marked_on") if fact.subject.at}


def relations(library: Library, name: str) -> list[RelationFact]:
    return [fact for fact in library.facts if isinstance(fact, RelationFact) and fact.relation.name == name]


def related(library: Library, name: str) -> dict[str, set[str]]:
    objects: dict[str, set[str]] = defaultdict(set)
    for fact in relations(library, name):
        objects[fact.subject.key].add(fact.object.key)
    return objects


def place(entity: Entity) -> Place:
    assert entity.at
    return entity.at


def strait_faults(at: Place, shores: set[str]) -> list[str]:
    """What is wrong with where a strait is marked."""
    faults = []
    if is_on_land(at) and kilometres_from_coast(at) > OFF_THE_COAST:
        faults.append("on land")
    if kilometres_from_coast(at) > MIDDLE:
        faults.append("far from every coast")
    far = (code for code in sorted(shores) if kilometres_from_country(code, at) > SHORE)
    return faults + [f"far from {code}" for code in far]


def test_each_strait_lies_in_water_and_near_all_its_shores(library: Library, marked: dict[str, Entity]) -> None:
    shores = related(library, "bordered_by")
    straits = {key: entity for key, entity in marked.items() if entity.kind is EntityKind.STRAIT}
    assert len(straits) >= 25
    assert {key: found for key, entity in straits.items() if (found := strait_faults(place(entity), shores[key]))} == {}


def test_each_canal_lies_in_its_country(library: Library, marked: dict[str, Entity]) -> None:
    shores = related(library, "bordered_by")
    canals = {key: entity for key, entity in marked.items() if entity.kind is EntityKind.CANAL}
    assert len(canals) >= 4
    for key, entity in canals.items():
        assert is_on_land(place(entity)), key
        assert all(kilometres_from_country(code, place(entity)) == 0 for code in shores[key]), key


def test_each_base_and_capital_lies_in_its_country(library: Library, marked: dict[str, Entity]) -> None:
    housed = {key: entity for key, entity in marked.items() if entity.kind in BASES or entity.kind is EntityKind.CITY}
    homes = related(library, "located_in")
    assert len(housed) >= 200
    assert [key for key, entity in housed.items() if not entity.home] == []
    assert [key for key, entity in housed.items() if key in homes and homes[key] != {entity.home}] == []
    far = {key: kilometres_from_country(entity.home, place(entity)) for key, entity in housed.items()}
    assert {key: round(distance) for key, distance in far.items() if distance > OUTLINE} == {}


def test_each_disputed_area_is_hatched_where_it_lies_or_is_land_or_islets(marked: dict[str, Entity]) -> None:
    areas = {key: entity for key, entity in marked.items() if entity.kind is EntityKind.DISPUTED_AREA}
    assert len(areas) >= 17
    for key, entity in areas.items():
        content = picture(subject_of(mark_of(entity)))
        point = canvas(content.frame, look_of(content.frame)).point(*place(entity))
        if content.subject_hatched and key != "south-kurils":  # the middle of a chain of islands is water
            assert any(inside(point, ring) for ring in content.subject_hatched), key
        else:
            assert is_on_land(place(entity)) or kilometres_from_coast(place(entity)) < OUTLINE, key


def test_no_two_marks_of_a_deck_are_one_to_a_pupil(library: Library) -> None:
    for deck in library.decks:
        mine = {
            fact.subject.key: place(fact.subject)
            for fact in deck.facts
            if isinstance(fact, RelationFact) and fact.relation.name == "is_marked_on" and fact.subject.at
        }
        keys = sorted(mine)
        same = [(a, b) for n, a in enumerate(keys) for b in keys[:n] if mine[a] == mine[b]]
        assert same == [], deck.key


@pytest.mark.parametrize(
    ("at", "shores", "faults"),
    [
        ((26.55, 56.45), {"OMN", "IRN"}, []),
        ((56.45, 26.55), {"OMN", "IRN"}, ["on land", "far from every coast", "far from IRN", "far from OMN"]),
        ((26.55, 57.5), {"OMN", "IRN"}, ["on land"]),
        ((25.0, -45.0), set(), ["far from every coast"]),
        ((41.12, 29.07), {"TUR", "SYR"}, ["far from SYR"]),
    ],
)
def test_a_strait_in_the_wrong_place_is_found(at: Place, shores: set[str], faults: list[str]) -> None:
    assert strait_faults(at, shores) == faults


@pytest.mark.parametrize(
    ("code", "at", "least", "most"),
    [
        ("FRA", (48.85, 2.35), 0, 0),
        ("FRA", (51.51, -0.13), 100, 160),  # London
        ("VUT", (-17.74, 168.31), 0, 1),
        ("FJI", (-16.8, 179.99), 0, 20),  # Taveuni lies on the antimeridian
        ("FJI", (-16.8, -179.99), 0, 20),
        ("RUS", (66.0, -172.0), 0, 0),  # Chukotka, beyond it
        ("ATA", (-89.0, 0.0), 0, 0),
    ],
)
def test_distances_from_a_country_are_right(code: str, at: Place, least: float, most: float) -> None:
    assert least <= kilometres_from_country(code, at) <= most
