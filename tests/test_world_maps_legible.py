"""Every map can be read on a phone: what is asked about is in sight, and nothing is drawn that is not there."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.world import EntityKind, countries
from quizgen.world.maps import Place, Subject, Zoom, label_place
from quizgen.world.maps.canvas import Frame, RegionCanvas, canvas
from quizgen.world.maps.clip import area, inside
from quizgen.world.maps.draw import Picture, picture, write
from quizgen.world.maps.inset import inset
from quizgen.world.maps.marks import Ring, pins, rings_around
from quizgen.world.maps.topology import Detail
from tests.world_maps_support import LOOK, faults, long_edges, projected, share_within

THE_197 = sorted(code for code, entity in countries().items() if entity.kind is EntityKind.COUNTRY)
HORMUZ, BOSPORUS, BAB_EL_MANDEB, GIBRALTAR = (26.57, 56.25), (41.12, 29.07), (12.55, 43.35), (35.95, -5.55)
PANAMA, MALACCA, BERING = (9.12, -79.75), (3.0, 100.7), (65.9, -168.6)
KHMEIMIM, TARTUS = (35.41, 35.95), (34.90, 35.87)


@cache
def locator(code: str) -> Picture:
    return picture(Subject.country(code))


# --- one country ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", THE_197)
def test_a_country_can_be_read_on_a_phone(code: str) -> None:
    assert faults(code, locator(code)) == []
    small = locator(code).inset
    assert len(write(locator(code), "")) <= 120_000
    assert small is None or len(small.land) <= 7_000


def test_the_small_map_is_missing_only_where_the_frame_reaches_over_the_pole() -> None:
    assert [code for code in ("CAN", "RUS", "USA", "NOR", "FJI", "NZL", "CHL", "CHN") if not locator(code).inset] == [
        "CAN",
        "RUS",
    ]


@pytest.mark.parametrize(
    ("code", "rings"),
    [
        ("MCO", 1),
        ("VAT", 1),
        ("NRU", 1),
        ("MDV", 1),
        ("KIR", 3),
        ("FSM", 3),
        ("SYR", 0),
        ("GMB", 0),
        ("LUX", 0),
        ("IDN", 0),
    ],
)
def test_a_ring_stands_around_what_is_too_small_to_see(code: str, rings: int) -> None:
    assert len(locator(code).rings) == rings


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ("USA", [(64.0, -150.0), (28.0, -81.0)]),
        ("IDN", [(5.0, 96.0), (-6.0, 140.0)]),
        ("NZL", [(-35.5, 174.5), (-46.0, 168.0)]),
        ("RUS", [(54.7, 20.5), (66.0, -171.0)]),
        ("FRA", [(42.2, 9.1)]),
        ("MYS", [(3.0, 101.6), (5.5, 117.0)]),
    ],
)
def test_far_parts_are_in_the_frame(code: str, places: list[Place]) -> None:
    ground = canvas(locator(code).frame, LOOK)
    points = [ground.point(lat, lon) for lat, lon in places]
    assert all(0 < x < LOOK.width and 0 < y < LOOK.height for x, y in points)


def test_overseas_parts_do_not_shrink_a_country_and_are_coloured_with_it() -> None:
    assert locator("FRA").frame.kilometres < 3000
    assert locator("NLD").frame.kilometres < 2000
    north = picture(Subject(countries=("NOR",), around=(75.0, 15.0), zoom=Zoom.REGION))
    spitsbergen = canvas(north.frame, LOOK).point(77.6, 17.0)
    assert any(inside(spitsbergen, ring) for ring in north.subject)


def test_the_check_finds_what_is_wrong() -> None:
    monaco, syria, fiji = locator("MCO"), locator("SYR"), locator("FJI")
    across = [(-2.0, 50.0), (300.0, 60.0), (300.0, 61.0)]
    assert any("no ring" in fault for fault in faults("MCO", replace(monaco, rings=[])))
    assert any("out of the frame" in fault for fault in faults("MCO", replace(monaco, rings=[Ring(5, 5, 11)])))
    assert any("less than 95 %" in fault for fault in faults("TUR", syria))
    assert any("runs across" in fault for fault in faults("FJI", replace(fiji, land=[*fiji.land, across])))
    assert any("outside the frame" in fault for fault in faults("FJI", replace(fiji, land=[[(-3.0, 5.0)]])))
    assert "nothing beside it tells where it is" in faults("FJI", replace(fiji, land=[]))
    assert syria.inset is not None
    moved = replace(syria, inset=replace(syria.inset, corner=(130.0, 110.0)))
    assert "the small map covers it" in faults("SYR", moved)


# --- several --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codes", "world"),
    [
        (("EST", "LVA", "LTU"), False),
        (("SAU", "ARE", "BHR", "KWT", "QAT", "OMN"), False),
        (("BRA", "RUS", "IND", "CHN", "ZAF"), True),
        (("USA", "GBR", "AUS"), True),
        (("FJI", "NZL", "TON", "WSM"), False),
    ],
)
def test_several_countries_are_all_in_the_frame(codes: tuple[str, ...], world: bool) -> None:
    content = picture(Subject.country(*codes))
    assert content.frame.world is world
    assert [edge for ring in (*content.land, *content.subject) for edge in long_edges(ring)] == []
    if not world:
        assert all(share_within((0, 0, LOOK.width, LOOK.height), projected(code, content)) > 0.95 for code in codes)


# --- places ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [HORMUZ, BOSPORUS, BAB_EL_MANDEB, GIBRALTAR, PANAMA, MALACCA, BERING])
def test_a_strait_is_marked_in_the_middle_of_the_finest_map(at: Place) -> None:
    content = picture(Subject.place(at))
    assert content.frame.detail is Detail.FINE
    assert content.targets == [pytest.approx((LOOK.width / 2, LOOK.height / 2), abs=2)]
    assert content.pins == []
    assert 0.05 < _land_share(content) < 0.95, "a strait has land and sea"
    assert len(write(content, "")) < 40_000


def _land_share(content: Picture) -> float:
    return sum(map(area, content.land)) / (LOOK.width * LOOK.height)


@pytest.mark.parametrize(
    "places",
    [
        (KHMEIMIM, TARTUS),
        (HORMUZ, BOSPORUS, BAB_EL_MANDEB, GIBRALTAR),
        (PANAMA, MALACCA, HORMUZ, BERING),
        ((40.2, 26.42), BOSPORUS, GIBRALTAR, HORMUZ),
        ((11.544, 43.149), (11.591, 43.060)),
        (HORMUZ, HORMUZ),
        tuple(label_place(code) for code in ("SYR", "LBN", "ISR", "JOR")),
        tuple(label_place(code) for code in ("BEL", "NLD", "LUX", "DEU")),
    ],
)
def test_numbered_marks_never_touch(places: tuple[Place, ...]) -> None:
    content = picture(Subject.numbers(*places))
    assert [pin.text for pin in content.pins] == [str(n) for n in range(1, len(places) + 1)]
    assert pins_faults(content) == []


def test_the_frame_closes_in_on_two_bases_until_they_are_apart() -> None:
    first, second = (pin.tip for pin in picture(Subject.numbers(KHMEIMIM, TARTUS)).pins)
    assert hypot(first[0] - second[0], first[1] - second[1]) >= LOOK.marker["gap"]


def test_two_bases_in_a_country_that_is_framed_whole_are_still_told_apart() -> None:
    content = picture(Subject(countries=("SYR",), places=(KHMEIMIM, TARTUS), numbered=True))
    assert pins_faults(content) == []


def pins_faults(content: Picture) -> list[str]:
    pairs = combinations(content.pins, 2)
    radius = LOOK.marker["radius"]
    close = [f"{a.text} and {b.text} touch" for a, b in pairs if hypot(a.x - b.x, a.y - b.y) < LOOK.marker["gap"]]
    outside = [
        f"{pin.text} runs out of the frame"
        for pin in content.pins
        if not (radius <= pin.x <= LOOK.width - radius and radius <= pin.y <= LOOK.height - radius)
    ]
    return close + outside


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(20, 340), st.floats(20, 250)), min_size=2, max_size=6))
def test_wherever_the_places_lie_their_numbers_keep_apart(points: list[tuple[float, float]]) -> None:
    placed = pins(points, [], LOOK)
    assert all(hypot(a.x - b.x, a.y - b.y) >= LOOK.marker["gap"] for a, b in combinations(placed, 2))


@pytest.mark.parametrize(
    ("zoom", "kilometres"), [(Zoom.REGION, 3500), (Zoom.COUNTRY, 1400), (Zoom.LOCAL, 500), (Zoom.NEAR, 150)]
)
def test_a_zoom_says_how_much_is_seen(zoom: Zoom, kilometres: float) -> None:
    content = picture(Subject(around=HORMUZ, zoom=zoom))
    assert (content.frame.lat, content.frame.lon, content.frame.kilometres) == (*HORMUZ, kilometres)
    assert (content.subject, content.targets, content.pins, content.rings) == ([], [], [], [])


@pytest.mark.parametrize("at", [(90.0, 0.0), (-90.0, 0.0), (89.0, 10.0), (0.0, 180.0), (0.0, -180.0), (-17.0, 179.9)])
@pytest.mark.parametrize("zoom", [Zoom.REGION, Zoom.LOCAL])
def test_no_place_on_earth_is_too_far(at: Place, zoom: Zoom) -> None:
    content = picture(Subject.place(at, zoom))
    assert content.targets == [pytest.approx((LOOK.width / 2, LOOK.height / 2), abs=0.1)]
    assert [edge for ring in content.land for edge in long_edges(ring, 180)] == []


def test_six_numbers_for_one_spot_still_keep_apart() -> None:
    placed = pins([(100.0, 100.0)] * 6, [], LOOK)
    assert all(hypot(a.x - b.x, a.y - b.y) >= LOOK.marker["gap"] for a, b in combinations(placed, 2))


def test_a_number_keeps_clear_of_the_small_map() -> None:
    (pin,) = pins([(50.0, 110.0)], [(0.0, 80.0, 100.0, 100.0)], LOOK)
    assert pin.y - LOOK.marker["radius"] > 100


@pytest.mark.parametrize(
    ("busy", "corner"),
    [
        ([], "lower left"),
        ([(20.0, 250.0)], "lower right"),
        ([(20.0, 250.0), (340.0, 250.0)], "upper left"),
        ([(20.0, 250.0), (340.0, 250.0), (20.0, 20.0)], "upper right"),
        ([(20.0, 250.0), (20.0, 251.0), (340.0, 250.0), (20.0, 20.0), (20.0, 21.0), (340.0, 20.0)], "lower right"),
    ],
)
def test_the_small_map_stands_where_nothing_matters(busy: list[tuple[float, float]], corner: str) -> None:
    small = inset(RegionCanvas(Frame(0.0, -30.0, 1000.0), LOOK), LOOK, busy, [])
    assert small is not None
    x, y = small.corner
    assert f"{'lower' if y > LOOK.height / 2 else 'upper'} {'right' if x > LOOK.width / 2 else 'left'}" == corner


# --- rings ----------------------------------------------------------------------------------------------------------

SPECK = [(100.0, 100.0), (101.0, 100.0), (100.0, 101.0)]


def moved(ring: list[tuple[float, float]], x: float) -> list[tuple[float, float]]:
    return [(px + x, py) for px, py in ring]


@pytest.mark.parametrize(
    ("parts", "count"),
    [
        ([], 0),
        ([SPECK], 1),
        ([SPECK, moved(SPECK, 20)], 1),
        ([SPECK, moved(SPECK, 80)], 2),
        ([SPECK, moved(SPECK, 40), moved(SPECK, 20)], 1),  # the third joins the other two
        ([SPECK, [(0.0, 0.0), (14.0, 0.0), (0.0, 1.0)]], 0),
    ],
)
def test_small_parts_that_lie_together_share_a_ring(parts: list[list[tuple[float, float]]], count: int) -> None:
    assert len(rings_around(parts, LOOK, LOOK.visible)) == count
