"""The file: it works as a plain image anywhere, says nothing that it should not, and is always the same."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quizgen.facts import load_library
from quizgen.paths import DECKS
from quizgen.problems import QuizgenError
from quizgen.questions import Question, make_questions
from quizgen.questions.pictures import svg_of
from quizgen.world import EntityKind, countries
from quizgen.world.maps import BorderPolicy, Place, Subject, Zoom, alt_text, areas, draw
from quizgen.world.maps.canvas import canvas
from quizgen.world.maps.clip import inside
from quizgen.world.maps.draw import picture
from quizgen.world.maps.style import FILE, style
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
        ("SRB", "kosovo", False, False),
        ("XKX", "kosovo", True, True),
        ("CHN", "taiwan", False, False),
        ("TWN", "taiwan", True, True),
        ("VEN", "essequibo", False, False),
        ("GUY", "essequibo", True, True),
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


@pytest.mark.parametrize("policy", BorderPolicy)
@pytest.mark.parametrize(
    ("code", "place", "hatched"),
    [
        ("SRB", (42.6, 20.9), True),  # Kosovo
        ("SRB", (44.0, 20.9), False),
        ("CHN", (23.8, 121.0), True),  # Taiwan
        ("CHN", (26.0, 118.0), False),
        ("VEN", (6.0, -60.0), True),  # west of the Essequibo
        ("VEN", (2.5, -59.2), True),
        ("GUY", (6.0, -60.0), True),
        ("GUY", (6.2, -57.9), False),  # east of it
        ("GUY", (4.0, -57.9), False),
    ],
)
def test_an_area_is_hatched_where_it_is_disputed(code: str, place: Place, hatched: bool, policy: BorderPolicy) -> None:
    content = picture(Subject.country(code), policy)
    at = canvas(content.frame, LOOK).point(*place)
    rings = [*content.hatched, *content.subject_hatched]
    assert any(inside(at, ring) for ring in rings) is hatched


DRAWN = ("RUS", "UKR", "ISR", "MAR", "FRA", "JPN", "crimea", "golan")


def switched(policy: BorderPolicy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write another policy into the template."""
    look = replace(style(), border_policy=policy)
    monkeypatch.setattr("quizgen.questions.pictures.style", lambda: look)


@pytest.mark.parametrize("policy", BorderPolicy)
def test_one_word_in_the_template_says_how_pictures_are_coloured(
    policy: BorderPolicy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = FILE.read_text(encoding="utf-8").replace("border_policy: un ", f"border_policy: {policy} ")
    (tmp_path / "style.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("quizgen.world.maps.style.FILE", tmp_path / "style.yaml")
    assert style.__wrapped__().border_policy is policy
    assert draw(Subject.country("RUS")) == draw(Subject.country("RUS"), BorderPolicy.UN)  # what ships


def test_a_policy_that_there_is_not_is_told_with_those_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "style.yaml").write_text(FILE.read_text(encoding="utf-8").replace("policy: un ", "policy: fair "))
    monkeypatch.setattr("quizgen.world.maps.style.FILE", tmp_path / "style.yaml")
    with pytest.raises(QuizgenError, match="there is no 'fair' \\(one of: un, de_facto\\)"):
        style.__wrapped__()


def test_another_policy_changes_pictures_and_nothing_that_is_asked_or_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    library, _ = load_library([DECKS / f"{deck}.yaml" for deck in ("countries-on-the-map", "disputed-territories")])
    asked: list[list[Question]] = []
    drawn: list[dict[str, str]] = []
    for policy in BorderPolicy:
        switched(policy, monkeypatch)
        asked.append(make_questions(library)[0])
        pictures = {question.picture for question in asked[-1] if question.picture and not question.picture.numbered}
        drawn.append({shown.shows[0]: svg_of(shown) for shown in pictures if shown.shows[0] in DRAWN})
    assert asked[0] == asked[1]
    assert len(asked[0]) >= 400
    assert drawn[0].keys() == set(DRAWN)
    assert {mark for mark in DRAWN if drawn[0][mark] != drawn[1][mark]} == {"RUS", "UKR", "ISR", "MAR"}


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
