"""The file: it works as a plain image anywhere, says nothing that it should not, and is always the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quizgen.world import EntityKind, countries
from quizgen.world.maps import BorderPolicy, Place, Subject, Zoom, alt_text, areas, draw
from quizgen.world.maps.draw import picture
from tests.world_maps_support import CUT, LOOK

SUBJECTS = {
    "country": Subject.country("SYR"),
    "ring": Subject.country("KIR"),
    "several": Subject.country("EST", "LVA", "LTU"),
    "world": Subject.country("BRA", "RUS", "IND", "CHN", "ZAF"),
    "place": Subject.place((26.57, 56.25)),
    "numbers": Subject.numbers((26.57, 56.25), (41.12, 29.07), (12.55, 43.35), (35.95, -5.55)),
    "area": Subject(areas=("crimea",)),
    "around": Subject(around=(0.0, 0.0), zoom=Zoom.REGION),
}
ALLOWED = {
    "svg": {"width", "height", "viewBox", "role"},
    "title": set(),
    "defs": set(),
    "clipPath": {"id"},
    "pattern": {"id", "width", "height", "patternUnits", "patternTransform"},
    "rect": {"width", "height", "rx", "fill", "stroke", "stroke-width"},
    "g": {"clip-path", "transform", "fill-rule", "stroke-linejoin", "stroke-linecap"},
    "path": {"fill", "fill-rule", "stroke", "stroke-width", "d"},
    "circle": {"cx", "cy", "r", "fill", "stroke", "stroke-width"},
    "text": {"x", "y", "font-family", "font-size", "font-weight", "text-anchor", "fill"},
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=SUBJECTS)
def subject(request: pytest.FixtureRequest) -> Subject:
    return SUBJECTS[request.param]


def test_the_file_holds_only_what_every_reader_of_svg_knows(subject: Subject) -> None:
    root = ElementTree.fromstring(draw(subject))
    assert root.tag == f"{SVG}svg"
    sizes = ("540", "264", "0 0 360 176") if picture(subject).frame.world else ("540", "405", "0 0 360 270")
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == sizes
    for element in root.iter():
        assert set(element.attrib) <= ALLOWED[element.tag.removeprefix(SVG)]


def test_the_file_needs_nothing_from_elsewhere(subject: Subject) -> None:
    text = draw(subject)
    assert text.isascii()
    assert re.findall(r"(?:href|src|https?:|@import|<style|class=|<script|filter)", text) == ["http:"]  # the namespace
    assert set(re.findall(r"url\(#(\w+)\)", text)) <= set(re.findall(r'id="(\w+)"', text))


def test_the_only_text_in_a_picture_is_numbers() -> None:
    root = ElementTree.fromstring(draw(SUBJECTS["numbers"]))
    assert [element.text for element in root.iter(f"{SVG}text")] == ["1", "2", "3", "4"]
    assert not list(ElementTree.fromstring(draw(SUBJECTS["country"])).iter(f"{SVG}text"))


def test_written_paths_stay_in_the_frame(subject: Subject) -> None:
    small = re.compile(r'<g transform="translate.*?</g>')  # the small map has its own corner
    for data in re.findall(r' d="(M[^"L]*)"', small.sub("", draw(subject))):
        for x, y in walked(data):
            assert CUT[0] - 0.1 <= x / 10 <= CUT[2] + 0.1
            assert CUT[1] - 0.1 <= y / 10 <= CUT[3] + 0.1


def walked(data: str) -> list[tuple[int, int]]:
    """Every corner of path data, by the rules of SVG."""
    points = []
    for part in filter(None, data.split("M")):
        numbers = list(map(int, re.findall(r"-?\d+", part.replace("h0", ""))))
        x = y = 0
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
    return points


def test_path_data_lead_back_to_the_shapes() -> None:
    content = picture(SUBJECTS["country"])
    (data,) = re.findall(rf'<path fill="{LOOK.colours["subject"]}"[^>]* d="([^"]*)"', draw(SUBJECTS["country"]))
    assert walked(data)[:50] == [(round(x * 10), round(y * 10)) for x, y in content.subject[0]][:50]


# --- colours --------------------------------------------------------------------------------------------------------


def brightness(colour: str) -> float:
    """Relative luminance, as the guidelines for accessible pages define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("one", "other"),
    [("subject", "land"), ("subject", "sea"), ("land", "sea"), ("border", "land"), ("hatch", "land"),
     ("subject_hatch", "subject"), ("marker", "sea"), ("marker", "land"), ("marker_text", "marker"), ("halo", "sea"),
     ("subject", "halo")],
)  # fmt: skip
def test_what_must_be_told_apart_differs_in_brightness(one: str, other: str) -> None:
    assert contrast(LOOK.colours[one], LOOK.colours[other]) >= 3


@pytest.mark.parametrize("page", ["#ffffff", "#000000", "#2c2c2c"])
def test_the_sea_stands_out_from_the_page(page: str) -> None:
    assert contrast(LOOK.colours["sea"], page) >= 3


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (Subject.country("SYR"), "Map of Asia with one country highlighted"),
        (Subject.country("ESH"), "Map of Africa with one territory highlighted"),
        (Subject.country("EST", "LVA"), "Map of Europe with two countries highlighted"),
        (Subject.country("BRA", "ZAF"), "Map with two countries highlighted"),
        (Subject(areas=("crimea",)), "Map with one disputed area highlighted"),
        (Subject.place((1, 2)), "Map with one place marked"),
        (Subject.numbers((1, 2), (3, 4)), "Map with two places marked with numbers from 1 to 2"),
        (Subject(countries=("SYR",), places=((35, 36),)), "Map with one country highlighted and one place marked"),
        (Subject(around=(1, 2)), "Map with nothing marked"),
    ],
)
def test_the_words_for_a_map(subject: Subject, words: str) -> None:
    assert alt_text(subject) == words
    assert f"<title>{words}</title>" in draw(subject)


@pytest.mark.parametrize("kind", [EntityKind.COUNTRY, EntityKind.TERRITORY])
def test_the_words_for_a_map_never_name_a_country(kind: EntityKind) -> None:
    drawn = [key for key, entity in countries().items() if entity.kind is kind and _known(key)]
    said = {alt_text(Subject.country(key)).casefold() for key in drawn}
    names = {name for entity in countries().values() for name in entity.names}
    assert len(drawn) > 30
    assert [(name, words) for name in names for words in said if re.search(rf"\b{re.escape(name)}\b", words)] == []


def _known(code: str) -> bool:
    try:
        Subject.country(code)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("mistake", "message"),
    [
        ({"countries": ("SYR", "SYX")}, "no map knows SYX"),
        ({"areas": ("krim",)}, "no map knows krim"),
        ({"places": ((200.0, 5.0),)}, "no latitude and longitude"),
        ({"around": (5.0, 200.0)}, "no latitude and longitude"),
        ({"places": ((float("nan"), 5.0),)}, "no latitude and longitude"),
        ({}, "a map needs a subject"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_words(mistake: dict[str, tuple[str, ...] | Place], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Subject(**mistake)  # type: ignore[arg-type]


# --- policy ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "key", "un", "de_facto"),
    [
        ("UKR", "crimea", True, False),
        ("RUS", "crimea", False, True),
        ("MAR", "western-sahara-west", False, True),
        ("ESH", "western-sahara-west", True, False),
        ("SYR", "golan", True, False),
        ("ISR", "golan", False, True),
        ("GEO", "abkhazia", True, False),
        ("IND", "aksai-chin", False, False),
        ("CHN", "aksai-chin", False, True),
        ("PSE", "west-bank", True, True),
        ("CYP", "northern-cyprus", True, False),
        ("SOM", "somaliland", True, False),
        ("JPN", "southern-kurils", False, False),
    ],
)
def test_the_policy_says_with_which_country_an_area_is_coloured(code: str, key: str, un: bool, de_facto: bool) -> None:
    for policy, coloured in ((BorderPolicy.UN, un), (BorderPolicy.DE_FACTO, de_facto)):
        assert (areas()[key].coloured_with(policy) == code) is coloured
        content = picture(Subject.country(code), policy)
        assert bool(content.subject_hatched) >= coloured
        assert content.hatched or content.subject_hatched
        assert [ring for ring in content.hatched if ring in content.subject_hatched] == []


def test_the_policy_changes_pictures_only_where_an_area_is_disputed() -> None:
    unlike = {
        code
        for code in ("UKR", "RUS", "MAR", "SYR", "ISR", "FRA", "BRA", "JPN", "KEN", "CYP", "EGY")
        if draw(Subject.country(code), BorderPolicy.UN) != draw(Subject.country(code), BorderPolicy.DE_FACTO)
    }
    assert unlike == {"UKR", "RUS", "MAR", "SYR", "ISR", "CYP", "EGY"}


@pytest.mark.parametrize("key", areas())
def test_a_disputed_area_can_be_the_subject_and_be_seen(key: str) -> None:
    content = picture(Subject(areas=(key,)))
    assert content.subject_hatched
    assert not content.subject
    assert all(0 <= x <= LOOK.width and 0 <= y <= LOOK.height for ring in content.subject_hatched for x, y in ring)


# --- always the same ------------------------------------------------------------------------------------------------

PROGRAM = """
import hashlib
from quizgen.world.maps import Subject, draw
for subject in (Subject.country("KIR"), Subject.country("SYR"), Subject.numbers((35.41, 35.95), (34.90, 35.87))):
    print(hashlib.sha256(draw(subject).encode()).hexdigest())
"""


def test_another_process_draws_the_same_bytes() -> None:
    runs = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert hashlib.sha256(draw(SUBJECTS["ring"]).encode()).hexdigest() == runs[0].splitlines()[0]
