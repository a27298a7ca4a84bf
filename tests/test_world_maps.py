"""The parts that maps are made of: packed shapes, projections, cuts, paths."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from math import hypot, isclose, pi
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.world import EntityKind, countries
from quizgen.world.maps import Area, areas, label_place
from quizgen.world.maps.assign import shape_code
from quizgen.world.maps.clip import Box, Point, area, bounds, cut_at_seam, inside, thin, to_box, to_convex, unwrapped
from quizgen.world.maps.paths import closed
from quizgen.world.maps.projection import EARTH_KM, Azimuthal, EqualEarth
from quizgen.world.maps.rebuild import pack
from quizgen.world.maps.topology import DATA, Detail, atlas, vector

WORLD = atlas(Detail.NORMAL)
THE_197 = sorted(code for code, entity in countries().items() if entity.kind is EntityKind.COUNTRY)
SQUARE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
BOX: Box = (0.0, 0.0, 10.0, 10.0)


def code_at(lat: float, lon: float, detail: Detail) -> set[str]:
    """The codes of the shapes that hold a place."""
    world, flat = atlas(detail), Azimuthal(lat, lon, EARTH_KM, 0.0, 0.0)
    near = [shape for shape in world.shapes if _angle(shape.middle, flat) <= shape.radius + 0.01]
    edges = ((shape, [vector(y, x) for x, y in world.edge(shape.rings[0])]) for shape in near)
    return {shape.code for shape, edge in edges if inside((0.0, 0.0), flat.points(edge))}


def _angle(middle: tuple[float, float, float], flat: Azimuthal) -> float:
    (point,) = flat.points([middle])
    return hypot(*point) / EARTH_KM * 180 / pi * 0.9


# --- data -----------------------------------------------------------------------------------------------------------


def test_there_are_197_countries_and_each_has_a_shape() -> None:
    assert len(THE_197) == 197
    assert [code for code in THE_197 if not WORLD.of(code)] == []


def test_a_shape_goes_under_a_code_of_ours_or_is_an_area_of_its_own() -> None:
    own = {code for area in areas().values() for code in area.within}
    for detail in (Detail.NORMAL, Detail.FINE):
        strange = {shape.code for shape in atlas(detail).shapes} - set(countries()) - {""}
        assert strange == {"CYN", "KAS", "SOL"}
        assert strange <= own


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        (33.5, 36.3, "SYR"),
        (45.3, 34.3, "UKR"),  # Crimea: the UN's view, in both sources
        (45.2, 37.0, "RUS"),  # Taman, across the strait
        (4.0, -53.0, "GUF"),
        (46.5, 2.5, "FRA"),
        (77.6, 17.0, "SJM"),
        (-29.5, 28.3, "LSO"),
        (42.6, 20.9, "XKX"),
        (25.0, 121.4, "TWN"),
        (35.3, 33.6, "CYN"),
        (9.5, 45.0, "SOL"),
        (66.5, -175.0, "RUS"),
        (-17.8, 178.0, "FJI"),
    ],
)
@pytest.mark.parametrize("detail", [Detail.NORMAL, Detail.FINE])
def test_a_place_lies_in_the_shape_of_its_country(lat: float, lon: float, code: str, detail: Detail) -> None:
    assert code in code_at(lat, lon, detail)


def test_western_sahara_is_drawn_apart_from_morocco() -> None:
    assert code_at(26.7, -12.5, Detail.NORMAL) == {"ESH"}


@pytest.mark.parametrize(
    ("code", "thousand_km2"),
    [("FRA", 545), ("RUS", 16850), ("ISL", 101), ("NZL", 267), ("LSO", 30), ("FJI", 18), ("ATA", 12250)],
)
def test_areas_are_those_of_the_globe(code: str, thousand_km2: float) -> None:
    assert sum(shape.area for shape in WORLD.of(code)) / 1000 == pytest.approx(thousand_km2, rel=0.03)


@pytest.mark.parametrize("code", [code for code in THE_197 if WORLD.of(code)[0].area > 500])
def test_a_number_on_a_country_stands_on_it(code: str) -> None:
    assert code in code_at(*label_place(code), Detail.NORMAL)


def test_neighbours_share_the_arcs_of_their_border() -> None:
    def edges(code: str) -> set[int]:
        return {arc if arc >= 0 else ~arc for shape in WORLD.of(code) for ring in shape.rings for arc in ring}

    assert edges("FRA") & edges("DEU")
    assert edges("ZAF") & edges("LSO")
    assert not edges("FRA") & edges("POL")


def test_the_packs_are_small_and_say_nothing_of_when_they_were_made() -> None:
    files = sorted(DATA.glob("*.gz"))
    assert [file.name for file in files] == [f"{detail}.json.gz" for detail in sorted(Detail)]
    assert sum(file.stat().st_size for file in DATA.iterdir()) <= 5_000_000
    for file in files:
        head = file.read_bytes()[:10]
        assert (head[3], head[4:8]) == (0, bytes(4)), "neither a name nor a time"


@pytest.mark.parametrize("area", areas().values(), ids=lambda area: area.key)
def test_a_disputed_area_has_a_reason_known_codes_and_convex_outlines(area: Area) -> None:
    assert area.note
    assert {area.un, area.de_facto} <= {*countries(), ""}
    assert set(area.within) <= {shape.code for shape in WORLD.shapes}
    for outline in area.pieces:
        assert 3 <= len(outline) <= 20
        assert _convex([(lon, lat) for lat, lon in outline])


def _convex(ring: list[Point]) -> bool:
    corners = zip(ring, ring[1:] + ring[:1], ring[2:] + ring[:2], strict=True)
    turns = {(b[0] - a[0]) * (c[1] - b[1]) > (b[1] - a[1]) * (c[0] - b[0]) for a, b, c in corners}
    return len(turns) == 1


def test_packing_keeps_shapes_and_shortens_long_borders(tmp_path: Path) -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [-10, 40]},
        "arcs": [[[0, 0], [8, 0], [0, 3], [-8, 0], [0, -3]]],
        "objects": {
            "countries": {
                "geometries": [{"type": "Polygon", "id": "250", "properties": {"name": "x"}, "arcs": [[0]]}],
            }
        },
    }
    packed = pack(topology, 0.5, {"250": "FRA"})
    (shape,) = packed["shapes"]
    assert (shape[0], shape[5]) == ("FRA", [[0]])
    steps = json.loads(f"[{packed['arcs'][0]}]")
    assert steps[:2] == [-20, 80]
    assert max(map(abs, steps[2:])) == 2  # one degree
    again = gzip.compress(json.dumps(pack(topology, 0.5, {"250": "FRA"})).encode(), mtime=0)
    assert again == gzip.compress(json.dumps(packed).encode(), mtime=0)


@pytest.mark.parametrize(
    ("code", "lat", "lon", "expected"),
    [("NOR", 71.0, -8.4, "SJM"), ("NOR", 68.0, 15.0, "NOR"), ("FRA", -21.1, 55.5, "REU"), ("RUS", 45.3, 34.4, "UKR"),
     ("RUS", 45.3, 36.9, "RUS"), ("RUS", 54.7, 20.5, "RUS"), ("NLD", 12.2, -68.3, "BES"), ("SYR", 35.0, 38.0, "SYR")],
)  # fmt: skip
def test_a_part_goes_under_the_code_that_iso_gives_it(code: str, lat: float, lon: float, expected: str) -> None:
    assert shape_code(code, lat, lon) == expected


# --- projections ----------------------------------------------------------------------------------------------------


def test_the_azimuthal_projection_gives_the_figures_of_the_handbook() -> None:
    # Snyder, Map Projections - A Working Manual, page 332: a sphere of radius 3, centre 40 N 100 W.
    x, y = Azimuthal(40, -100, 3.0, 0.0, 0.0).point(-20, 100)
    assert [x, -y] == pytest.approx([-4.2339303, 4.0257775], abs=1e-6)


PLACES = st.tuples(st.floats(-89, 89), st.floats(-179.9, 179.9))


@settings(deadline=None)
@given(PLACES, st.floats(0, 360), st.floats(0, 360))
def test_the_azimuthal_projection_runs_back(middle: tuple[float, float], x: float, y: float) -> None:
    flat = Azimuthal(*middle, 300.0, 180.0, 135.0)
    assert [*flat.point(*flat.place(x, y))] == pytest.approx([x, y], abs=1e-4)


@pytest.mark.parametrize("code", ["BRA", "ISL", "FJI", "KAZ"])
def test_areas_on_the_picture_are_in_proportion(code: str) -> None:
    shape = WORLD.of(code)[0]
    ring = [vector(lat, lon) for lon, lat in WORLD.edge(shape.rings[0])]
    for middle in ((0.0, 0.0), (shape.lat, shape.lon), (60.0, 120.0)):
        assert area(Azimuthal(*middle, EARTH_KM, 0.0, 0.0).points(ring)) == pytest.approx(shape.area, rel=0.01)


def test_equal_earth_gives_its_published_extent() -> None:
    flat = EqualEarth(0, 1.0, 0.0, 0.0)
    assert flat.point(0, 180)[0] == pytest.approx(2.7066, abs=1e-3)
    assert flat.point(-90, 0)[1] == pytest.approx(1.3173, abs=1e-3)


@settings(deadline=None)
@given(st.sampled_from(["FRA", "NOR", "IDN", "RUS"]), st.floats(200, 3000))
def test_thinning_an_arc_keeps_its_ends_and_its_steps_apart(code: str, scale: float) -> None:
    shape = WORLD.of(code)[0]
    points = WORLD.vectors(max(abs(shape.rings[0][0]) - (shape.rings[0][0] < 0), 0))
    flat = Azimuthal(shape.lat, shape.lon, scale, 180.0, 135.0)
    kept, full = flat.thinned(points, 0.35, None), flat.points(points)
    assert (kept[0], kept[-1]) == (full[0], full[-1])
    assert all(hypot(a[0] - b[0], a[1] - b[1]) >= 0.35 for a, b in pairwise(kept[:-1]))


# --- cuts -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ring", "left"),
    [
        ([(2.0, 2.0), (4.0, 2.0), (4.0, 4.0), (2.0, 4.0)], 4),
        ([(-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0)], 25),
        ([(-5.0, -5.0), (15.0, -5.0), (15.0, 15.0), (-5.0, 15.0)], 100),
        ([(20.0, 0.0), (30.0, 0.0), (30.0, 9.0)], 0),
        # A U whose arms reach in and whose bridge lies outside: two pieces, nothing between them.
        ([(2.0, 5.0), (4.0, 5.0), (4.0, 12.0), (6.0, 12.0), (6.0, 5.0), (8.0, 5.0), (8.0, 14.0), (2.0, 14.0)], 20),
    ],
)
def test_a_box_cuts_a_shape_to_what_lies_in_it(ring: list[Point], left: float) -> None:
    assert area(to_box(ring, BOX)) == pytest.approx(left)
    assert area(to_box(ring[::-1], BOX)) == pytest.approx(left)
    assert area(to_convex(ring, SQUARE[::-1])) == pytest.approx(left)


POINTS = st.tuples(st.floats(-30, 30), st.floats(-30, 30))


@settings(deadline=None)
@given(st.lists(POINTS, min_size=3, max_size=30))
def test_nothing_of_a_cut_shape_lies_outside_the_box(ring: list[Point]) -> None:
    cut = to_box(ring, BOX)
    assert all(-1e-6 <= x <= 10 + 1e-6 and -1e-6 <= y <= 10 + 1e-6 for x, y in cut)


@settings(deadline=None)
@given(st.tuples(st.floats(0, 10), st.floats(0, 10)), st.floats(1, 20))
def test_two_halves_make_the_whole(middle: Point, radius: float) -> None:
    x, y = middle
    ring = [(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)]
    left, right = to_box(ring, (-50, -50, 5, 50)), to_box(ring, (5, -50, 50, 50))
    assert isclose(area(left) + area(right), area(ring), rel_tol=1e-6)


def test_a_ring_across_the_antimeridian_is_cut_in_two() -> None:
    island = [(178.0, -17.0), (-178.0, -17.0), (-178.0, -16.0), (178.0, -16.0)]
    pieces = list(cut_at_seam(island, 0.0, -90.0, 90.0))
    assert sorted(bounds(piece) for piece in pieces) == [(-180, -17, -178, -16), (178, -17, 180, -16)]
    (whole,) = cut_at_seam(island, 180.0, -90.0, 90.0)
    assert area(whole) == pytest.approx(4)


def test_a_ring_around_the_pole_is_closed_through_it() -> None:
    ring = [(lon, -70.0) for lon in (-170.0, -90.0, 0.0, 90.0, 170.0, -170.0)]
    assert unwrapped(ring)[-3:] == [(190.0, -70.0), (190.0, -90.0), (-170.0, -90.0)]
    assert sum(map(area, cut_at_seam(ring, 0.0, -90.0, 90.0))) == pytest.approx(360 * 20)


def test_thinning_leaves_out_what_is_too_near() -> None:
    assert thin([(0.0, 0.0), (0.2, 0.0), (0.5, 0.0), (0.6, 0.0)], 0.35) == [(0.0, 0.0), (0.5, 0.0)]


# --- paths ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rings", "dots", "data"),
    [
        ([SQUARE], False, "M0 0l100 0 0 100-100 0z"),
        ([[*SQUARE, SQUARE[0]]], False, "M0 0l100 0 0 100-100 0z"),
        ([[(1.0, 1.0), (1.01, 1.0), (1.0, 1.01)]], False, ""),
        ([[(1.0, 1.0), (1.01, 1.0), (1.0, 1.01)]], True, "M10 10h0"),
        ([[(1.0, 1.0)]], True, "M10 10h0"),
        ([[]], True, ""),
        ([], True, ""),
    ],
)
def test_a_shape_is_written_in_steps_of_a_tenth(rings: list[list[Point]], dots: bool, data: str) -> None:
    assert closed(rings, dots) == data
