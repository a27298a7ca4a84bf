"""The cards in the reviewer of the real Anki, by day and by night: `make reviewer`. Its pictures are there to be seen.

Not among the tests of every day: Anki's window system weighs half a gigabyte.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizgen.facts import PlainFact
from quizgen.formats.anki_variants import Variant
from quizgen.questions import Picture, PictureKind, Question
from tests.anki_support import RIGHT, WRONG, export
from tests.test_formats_anki_variants import question, shipped

NO_ANKI = "Anki with windows is not installed: make reviewer, or pip install '.[dev,reviewer]'"
pytestmark = [pytest.mark.reviewer, pytest.mark.skipif(importlib.util.find_spec("aqt") is None, reason=NO_ANKI)]
FOLDER = Path(os.environ.get("QUIZGEN_PICTURES", "build/reviewer"))
PATIENCE = 1200  # seconds

# How a card is answered, which one it is, and with what.
STEPS = {
    "right": ("click", "Id:russia-syria-bases/bases-why#ask card:Choose", "To project power in the Mediterranean"),
    "keys": ("press", "Id:russia-syria-bases/meeting-purpose#ask card:Choose", "2"),
    "flag": ("turn", "Id:flags/pol#subject card:Choose", ""),
    "year": ("type", 'Id:nato/nato-deu#start "card:Type the answer"', "1954"),
    "accent": ("type", 'Id:capitals/capital-cmr#object "card:Type the answer"', "yaounde"),
    "slip": ("type", 'Id:flags/ken#subject "card:Type the answer"', "Keyna"),
    "nothing": ("type", 'Id:countries-on-the-map/rus#subject "card:Type the answer"', ""),
    "gap": ("turn", 'Id:russia-syria-bases/host#ask "card:Fill the gap"', ""),
    "capital": ("turn", 'Id:capitals/capital-ken#object "card:Fill the gap"', ""),
    "number": ("click", "Id:countries-on-the-map/ken#number card:Map", "2"),
    "map": ("turn", "Id:countries-on-the-map/rus#subject card:Map", ""),
}
VERDICTS = {
    "right": "Right: the answer is ",
    "flag": "The answer is ",
    "year": "Wrong: you typed 1954, the answer is 1955.",
    "accent": "Right: the answer is Yaoundé.",
    "slip": "Nearly: you typed Keyna, it is spelt Kenya.",
    "nothing": "",
    "gap": "",
}


def shown() -> list[Question]:
    """The questions of the steps: relations asked in one way, and what the library makes of its own article."""
    ids = {card.split()[0].removeprefix("Id:") for _, card, _ in STEPS.values()}
    own = [asked for asked in shipped()[1] if asked.id in ids and isinstance(asked.fact, PlainFact)]
    others = [question(id_) for id_ in sorted(ids - {asked.id for asked in own})]
    return own + [numbered(asked) if asked.kind == "place" else asked for asked in others]


def numbered(asked: Question) -> Question:
    texts = zip((RIGHT, *WRONG), "4123", strict=True)
    options = sorted((replace(option, text=text) for option, text in texts), key=lambda option: option.text)
    picture = Picture(PictureKind.MAP, ("AGO", "SYC", "UGA", "KEN"), "A map", numbered=True)
    return replace(asked, stem="Which number marks Kenya?", options=tuple(options), ordered=True, picture=picture)


@pytest.fixture(scope="module", params=["day", "night"])
def seen(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What Anki saw when it played all the cards, and the `shade` in which it did."""
    folder = FOLDER.absolute() / request.param
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / "cards.apkg"
    package.write_bytes(export(shown(), shipped()[0], variant=Variant.EXTENDED))
    steps = [{"name": name, "do": do, "card": card, "with": how} for name, (do, card, how) in STEPS.items()]
    (folder / "steps.json").write_text(json.dumps(steps), encoding="utf-8")
    night = ["--night"] * (request.param == "night")
    command = [sys.executable, "-m", "tests.reviewer", str(package), str(folder), *night]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads((folder / "seen.json").read_text(encoding="utf-8"))
    return told | {"shade": request.param}


@pytest.mark.parametrize("name", STEPS)
def test_both_sides_agree_and_a_redrawn_back_too(seen: dict[str, Any], name: str) -> None:
    card = seen["cards"][name]
    assert card["front"]["options"] == card["back"]["options"] == card["redrawn"]["options"]
    assert (card["front"]["back"], card["back"]["back"]) == (False, True)
    assert card["redrawn"] == card["back"]


@pytest.mark.parametrize("name", VERDICTS)
def test_the_verdict(seen: dict[str, Any], name: str) -> None:
    said = seen["cards"][name]["back"]["verdict"]
    assert said.startswith(VERDICTS[name])
    assert bool(said) is bool(VERDICTS[name])


def test_a_click_chooses_what_was_clicked(seen: dict[str, Any]) -> None:
    assert seen["cards"]["right"]["back"]["checked"] == [STEPS["right"][2]]
    assert seen["cards"]["number"]["back"]["checked"] == ["2"]


def test_alt_and_a_digit_choose_by_place(seen: dict[str, Any]) -> None:
    card = seen["cards"]["keys"]
    assert card["back"]["checked"] == [card["front"]["options"][1]]


def test_a_gap_is_filled_on_the_back(seen: dict[str, Any]) -> None:
    card = seen["cards"]["capital"]
    assert "Nairobi" not in card["front"]["stem"]
    assert card["back"]["stem"].endswith("the capital of Kenya is Nairobi.")


@pytest.mark.parametrize("name", ["flag", "slip", "map", "number"])
def test_pictures_are_drawn(seen: dict[str, Any], name: str) -> None:
    assert min(seen["cards"][name]["front"]["picture"]) > 300


def test_targets_are_large_and_nothing_runs_out_of_a_phone(seen: dict[str, Any]) -> None:
    cards = seen["cards"].values()
    assert [card["overflow"] for card in cards if card["overflow"]] == []
    heights = [card["front"]["smallest"] for card in cards if card["front"]["smallest"] is not None]
    assert len(heights) > 5
    assert min(heights) >= 44


def test_the_paper_is_light_by_day_and_dark_by_night(seen: dict[str, Any]) -> None:
    paper = [int(part) for part in re.findall(r"\d+", seen["cards"]["right"]["front"]["paper"])]
    assert (min(paper) > 200) if seen["shade"] == "day" else (max(paper) < 60)


def test_no_error_and_nothing_from_elsewhere(seen: dict[str, Any]) -> None:
    assert seen["console"] == []
    assert len(seen["asked"]) > 20
    assert [address for address in seen["asked"] if not address.startswith(("http://127.0.0.1:", "data:"))] == []
    assert [address for address in seen["asked"] if ".svg" in address and "quizgen-" in address] != []
