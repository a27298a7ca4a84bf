"""Pictures in the browser: shown with a question and not before it, at an address that tells nothing."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Literal

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect

from quizgen.records import Records
from quizgen.web.site import Site
from tests.conftest import HEAD
from tests.serving import serving
from tests.web_support import answer, begin, client_of, item_of, make_site, number_of, read, take

CODES = ("KEN", "UGA", "RWA", "TZA", "BDI", "ETH")
FLAGS = "entities:\n" + "".join(
    f"  flag-{code.lower()}: {{name: flag of {code}, kind: flag, picture: flag/{code.lower()}}}\n"
    f"  map-{code.lower()}: {{name: map of {code}, kind: map, picture: map/{code.lower()}}}\n"
    for code in CODES
)
PICTURES = f"{FLAGS}facts:\n" + "".join(
    f"  - {{id: flag-{code.lower()}, subject: {code}, relation: has_flag, object: flag-{code.lower()}}}\n"
    f"  - {{id: map-{code.lower()}, subject: {code}, relation: is_marked_on, object: map-{code.lower()}}}\n"
    for code in CODES
)
MANY = 12


@pytest.fixture
def site(records: Records) -> Site:
    return make_site(records, PICTURES)


@pytest.fixture
def client(site: Site) -> FlaskClient:
    return client_of(site)


def test_every_question_shows_its_picture_with_words_and_size(client: FlaskClient, site: Site) -> None:
    key = begin(client, MANY)
    for position in range(1, MANY + 1):
        item = item_of(site, key, position)
        page = read(client, f"/attempts/{key}/{position}")
        (source,) = page.all("img", "src", alt=item.alt)
        ((width, height),) = zip(
            page.all("img", "width", src=source), page.all("img", "height", src=source), strict=True
        )
        assert min(int(width), int(height)) > 200
        assert client.get(source).status_code == 200
        answer(client, key, position, number_of(item, right=True))
        assert source in read(client, f"/attempts/{key}/{position}").assets()


def test_nothing_on_the_page_tells_before_the_answer(client: FlaskClient, site: Site) -> None:
    key = begin(client, MANY)
    for position in range(1, MANY + 1):
        item = item_of(site, key, position)
        page, shown = read(client, f"/attempts/{key}/{position}"), client.get(f"/attempts/{key}/{position}/picture.svg")
        seen, right = f"{page.text} {item.alt} {shown.text}", item.answer
        told = [code for code in CODES if re.search(rf"\b{code}\b", seen, re.IGNORECASE)]
        assert told == [], item.question
        assert right.text not in shown.text or right.text.isdecimal()
        answer(client, key, position, number_of(item, right=True))


@pytest.mark.parametrize("position", [0, 2, MANY, MANY + 1, 99])
def test_a_picture_is_not_shown_before_its_question(client: FlaskClient, position: int) -> None:
    key = begin(client, MANY)
    assert client.get(f"/attempts/{key}/1/picture.svg").status_code == 200
    assert client.get(f"/attempts/{key}/{position}/picture.svg").status_code == 404


def test_a_question_without_a_picture_has_none(records: Records) -> None:
    aims = "".join(f"  - {{id: a{n}, ask: Why {n} times?, answer: to be {n}th, set: aims}}\n" for n in range(4))
    client = client_of(make_site(records, f"facts:\n{aims}"))
    key = begin(client)
    assert "picture.svg" not in read(client, f"/attempts/{key}/1").html
    assert client.get(f"/attempts/{key}/1/picture.svg").status_code == 404


def test_a_picture_can_neither_run_nor_load_anything_and_is_kept_by_this_browser_only(client: FlaskClient) -> None:
    response = client.get(f"/attempts/{begin(client)}/1/picture.svg")
    assert response.mimetype == "image/svg+xml"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert response.cache_control.private
    assert response.cache_control.max_age == 24 * 3600


def test_a_picture_is_sent_packed_to_whoever_can_unpack_it(client: FlaskClient) -> None:
    path = f"/attempts/{begin(client)}/1/picture.svg"
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert [response.headers.get("Content-Encoding") for response in (plain, packed)] == [None, "gzip"]
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 2
    assert "Accept-Encoding" in packed.vary


def test_the_result_shows_what_was_mistaken(client: FlaskClient, site: Site) -> None:
    key = begin(client, MANY)
    take(client, site, key, wrong=frozenset({2, 5}))
    assets = read(client, f"/attempts/{key}/result").assets()
    assert {f"/attempts/{key}/2/picture.svg", f"/attempts/{key}/5/picture.svg"} <= assets


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "test.yaml").write_text(HEAD + PICTURES, encoding="utf-8")
    with serving(folder / "data", str(folder / "test.yaml")) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(360, 740), (1366, 768), (1920, 1080)])
def test_a_pupil_sees_picture_and_options_and_answers_by_keys(
    address: str, browser: Browser, width: int, height: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{address}/decks/test")
    page.get_by_role("button", name="Start the quiz").click()
    for number in range(1, 6):
        expect(page.get_by_text(f"Question {number} of")).to_be_visible()
        box, second = page.locator("img.picture").bounding_box(), page.locator(".option").nth(1).bounding_box()
        assert page.locator("img.picture").evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
        assert box is not None
        assert second is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= width
        assert box["height"] >= 180
        assert second["y"] + second["height"] <= height
        page.keyboard.press("2")
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        page.keyboard.press("Enter")
        page.locator("#next").click()
    context.close()


def test_a_picture_needs_no_script(address: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/decks/test")
    page.get_by_role("button", name="Start the quiz").click()
    with page.expect_response("**/picture.svg") as response:
        page.reload()
    assert response.value.ok
    context.close()
