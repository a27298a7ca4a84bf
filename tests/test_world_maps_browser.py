"""What a real browser makes of a map that it is shown as an image."""

from __future__ import annotations

from base64 import b64encode

import pytest
from playwright.sync_api import Browser

from quizgen.world.maps import BorderPolicy, Place, Subject, draw
from quizgen.world.maps.canvas import canvas, look_of
from quizgen.world.maps.draw import picture
from tests.world_maps_support import LOOK

SCALE = 4
READ = """async ([address, points, scale]) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [360 * scale, 270 * scale];
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return [image.naturalWidth, image.naturalHeight,
        points.map(([x, y]) => Array.from(context.getImageData(x * scale, y * scale, 1, 1).data))];
}"""


def colours_at(browser: Browser, subject: Subject, places: list[Place], policy: BorderPolicy) -> list[str]:
    """The names of the colours at places of a map, as the browser shows it; none for a mix, as between a hatch."""
    frame = picture(subject, policy).frame
    ground = canvas(frame, look_of(frame))
    points = [*(ground.point(lat, lon) for lat, lon in places), (0.2, 0.2)]
    address = "data:image/svg+xml;base64," + b64encode(draw(subject, policy).encode()).decode()
    page = browser.new_page()
    try:
        width, height, pixels = page.evaluate(READ, [address, points, SCALE])
    finally:
        page.close()
    assert (width, height) == (540, 405)
    *seen, corner = pixels
    assert corner[3] == 0, "the corner is round, and the page is seen behind it"
    names = {colour: name for name, colour in LOOK.colours.items() if name in ("sea", "land", "subject")}
    return [names.get("#{:02x}{:02x}{:02x}".format(*pixel), "") for pixel in seen]


@pytest.mark.parametrize(
    ("codes", "places", "colours"),
    [
        # Lesotho is a hole in South Africa, and Eswatini is not
        (("ZAF",), [(-26.0, 26.0), (-29.5, 28.3), (-26.5, 31.5), (-35.0, 22.0)], ["subject", "land", "land", "sea"]),
        (("LSO",), [(-29.5, 28.3), (-27.0, 26.0)], ["subject", "land"]),
        (("ITA",), [(43.0, 12.5), (41.9, 15.0), (46.5, 2.5), (40.0, 12.0)], ["subject", "subject", "land", "sea"]),
        # The parts of Chukotka on both sides of the antimeridian are one
        (("RUS",), [(66.5, -175.0), (67.0, 180.0), (60.0, 100.0), (64.5, -150.0)], ["subject"] * 3 + ["land"]),
        (("EST", "LVA"), [(58.7, 25.8), (56.8, 25.5), (55.5, 24.0)], ["subject", "subject", "land"]),
    ],
)
def test_a_browser_shows_each_place_in_its_colour(
    browser: Browser, codes: tuple[str, ...], places: list[Place], colours: list[str]
) -> None:
    assert colours_at(browser, Subject.country(*codes), places, BorderPolicy.UN) == colours


@pytest.mark.parametrize(
    ("code", "policy", "place", "colours"),
    [
        ("UKR", BorderPolicy.UN, (45.3, 34.3), {"subject", ""}),
        ("UKR", BorderPolicy.DE_FACTO, (45.3, 34.3), {"land", ""}),
        ("RUS", BorderPolicy.UN, (45.3, 34.3), {"land", ""}),
        ("RUS", BorderPolicy.DE_FACTO, (45.3, 34.3), {"subject", ""}),
        ("SYR", BorderPolicy.UN, (33.0, 35.76), {"subject", ""}),
        ("SYR", BorderPolicy.DE_FACTO, (33.0, 35.76), {"land", ""}),
    ],
)
def test_a_browser_shows_a_disputed_area_hatched_in_the_colour_of_the_policy(
    browser: Browser, code: str, policy: BorderPolicy, place: Place, colours: set[str]
) -> None:
    lat, lon = place
    around = [(lat + dy / 50, lon + dx / 50) for dx in range(-6, 7) for dy in range(-6, 7)]
    assert set(colours_at(browser, Subject.country(code), around, policy)) == colours
