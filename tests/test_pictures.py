"""Questions with pictures: what they show, that nothing in them tells the answer, and that they can be read."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections import Counter

import pytest

from quizgen.facts import Library, RelationFact, load_deck
from quizgen.formats.data import json_lines
from quizgen.formats.text import text_blocks
from quizgen.paths import DECKS
from quizgen.questions import Picture, PictureKind, Question, make_questions
from quizgen.questions.legible import may_be_taken_for
from quizgen.questions.pictures import size_of, svg_of
from quizgen.world import countries, gazetteer
from tests.conftest import HEAD

NAMES = ("flags", "countries-on-the-map")
# The chi-square of four places, p = 0.001.
UNEVEN = 16.27


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    decks = [load_deck((DECKS / f"{name}.yaml").read_bytes(), f"{name}.yaml")[0] for name in NAMES]
    made, _ = make_questions(Library(tuple(deck for deck in decks if deck)))
    return made


@pytest.fixture(scope="module")
def numbered(questions: list[Question]) -> list[Question]:
    return [question for question in questions if question.kind == "place"]


def subject_of(question: Question) -> str:
    assert isinstance(question.fact, RelationFact)
    return question.fact.subject.key


def picture_of(question: Question) -> Picture:
    assert question.picture, question.id
    return question.picture


def shows_the_key(question: Question) -> bool:
    picture = picture_of(question)
    if not picture.numbered:
        return picture.shows == (question.answer.key,)
    return picture.shows[int(question.answer.text) - 1] == question.answer.key == subject_of(question)


class TestTheDecks:
    def test_hardly_a_country_is_not_asked_by_its_flag_and_both_ways_on_the_map(
        self, questions: list[Question]
    ) -> None:
        asked = Counter(f"{question.fact.deck}#{question.kind}" for question in questions)
        assert asked.keys() == {"flags#backward", "countries-on-the-map#backward", "countries-on-the-map#place"}
        assert min(asked.values()) >= 192

    def test_every_picture_shows_the_key(self, questions: list[Question]) -> None:
        assert [question.id for question in questions if not shows_the_key(question)] == []

    @pytest.mark.parametrize(("deck", "codes"), [("flags", {"AFG"}), ("countries-on-the-map", {"PSE", "TWN", "XKX"})])
    def test_what_would_take_a_side_is_neither_asked_nor_a_wrong_answer(
        self, questions: list[Question], deck: str, codes: set[str]
    ) -> None:
        own = [question for question in questions if question.fact.deck == deck]
        assert {option.key for question in own for option in question.options} & codes == set()

    def test_flags_that_cannot_be_told_apart_never_stand_together(self, questions: list[Question]) -> None:
        same = [alike.pair for alike in gazetteer.look_alikes() if alike.same]
        shown = [{option.key for option in question.options} for question in questions if question.fact.deck == "flags"]
        assert frozenset({"IDN", "MCO"}) in same
        assert [pair for pair in same if any(pair <= options for options in shown)] == []

    @pytest.mark.parametrize(("flag", "trap"), [("ita", "IRL"), ("lux", "NLD"), ("aus", "NZL"), ("nic", "SLV")])
    def test_a_flag_stands_beside_those_it_is_mixed_up_with(
        self, questions: list[Question], flag: str, trap: str
    ) -> None:
        (question,) = (question for question in questions if question.id == f"flags/{flag}#subject")
        assert trap in {option.key for option in question.distractors}


class TestNumbers:
    def test_they_ascend_and_each_reason_names_its_country(self, numbered: list[Question]) -> None:
        for question in numbered:
            shows = picture_of(question).shows
            assert [option.text for option in question.options] == [str(n + 1) for n in range(len(shows))]
            for option, code in zip(question.options, shows, strict=True):
                said = f"Number {option.text} is {countries()[code].in_text}."
                assert option.key == code
                assert option.why_wrong == ("" if option.is_right else said)
                assert question.explanation.startswith(said) is option.is_right

    def test_no_number_is_right_more_often_than_others(self, numbered: list[Question]) -> None:
        counts = Counter(question.answer.text for question in numbered)
        expected = len(numbered) / 4
        assert sum((counts[str(n)] - expected) ** 2 / expected for n in range(1, 5)) < UNEVEN

    @pytest.mark.parametrize(
        ("one", "other", "unclear"),
        [
            ("ITA", "VAT", True),
            ("SMR", "ITA", True),
            ("MYS", "SGP", True),
            ("FRA", "ITA", False),
            ("KNA", "DMA", False),
            ("MLT", "POL", False),
            ("SGP", "KHM", False),
        ],
    )
    def test_a_tiny_state_is_no_option_beside_what_lies_around_it(self, one: str, other: str, unclear: bool) -> None:
        assert may_be_taken_for(one, other) is may_be_taken_for(other, one) is unclear

    def test_the_key_stands_clear_of_every_other_number(self, numbered: list[Question]) -> None:
        unclear = [
            question.id
            for question in numbered
            for option in question.distractors
            if may_be_taken_for(question.answer.key, option.key)
        ]
        assert unclear == []


class TestNothingTells:
    def test_words_for_those_who_cannot_see_it_name_no_option(self, questions: list[Question]) -> None:
        for question in questions:
            alt = picture_of(question).alt.casefold()
            names = {name for option in question.options for name in countries()[option.key].names if len(name) > 3}
            assert alt
            assert [name for name in names if name in alt] == [], question.id

    @pytest.mark.parametrize("code", sorted(code for code in countries() if gazetteer.flag_path(code)))
    def test_a_flag_is_a_plain_drawing_without_its_name(self, code: str) -> None:
        text = svg_of(Picture(PictureKind.FLAG, (code,), "A flag"))
        root = ET.fromstring(text)
        ids = [element.get("id", "") for element in root.iter()]
        assert [name for name in ids if name and not name.startswith("part-")] == []
        used = [value for element in root.iter() for key, value in element.items() if key.endswith("href")]
        assert set(used) <= {f"#{name}" for name in ids}
        assert countries()[code].name.casefold() not in text.casefold()
        assert size_of(text) == (640, 480)

    @pytest.mark.parametrize("shows", [("KEN",), ("RUS",), ("TUV",), ("KEN", "UGA", "RWA", "TZA")])
    def test_a_map_names_no_country(self, shows: tuple[str, ...]) -> None:
        text = svg_of(Picture(PictureKind.MAP, shows, "A map", numbered=len(shows) > 1))
        root = ET.fromstring(text)
        said = " ".join(filter(None, (element.text for element in root.iter())))
        assert [code for code in shows if countries()[code].name in said or code in text] == []
        assert (root.get("viewBox") or "").split()[2:] != []
        assert min(size_of(text)) > 200

    def test_the_same_question_is_always_the_same_picture(self, numbered: list[Question]) -> None:
        picture = picture_of(numbered[0])
        assert svg_of.__wrapped__(picture) == svg_of.__wrapped__(Picture.named(picture.name, picture.alt))


CODES = "the codes of countries have three letters: flag/fra, map/fra"
WRITE = "write flag/fra or map/fra, with the code of the country"


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        ("kind: flag, picture: flag/fra", ""),
        ("kind: flag, picture: flag/zzz", f"no picture 'flag/zzz' ({CODES})"),
        ("kind: flag, picture: flag/../fra", f"'flag/../fra' is not a picture ({WRITE})"),
        ("kind: flag, picture: FRA", f"'FRA' is not a picture ({WRITE})"),
        ("kind: flag", "a flag needs a 'picture' (write picture: flag/fra)"),
        ("kind: map", "a map needs a 'picture' (write picture: map/fra)"),
        ("kind: flag, picture: map/fra", "'map/fra' is no picture of a flag"),
        ("kind: city, picture: flag/fra", "'flag/fra' is no picture of a city"),
    ],
)
def test_a_picture_that_is_not_there_is_a_problem_at_its_line(entity: str, message: str) -> None:
    entities = f"entities:\n  tricolour: {{name: Tricolour, {entity}}}\n"
    facts = "facts:\n  - {id: fra, subject: FRA, relation: has_flag, object: tricolour}\n"
    _, problems = load_deck((HEAD + entities + facts).encode(), "test.yaml")
    line = HEAD.count("\n") + 2
    found = [str(problem) for problem in problems]
    assert (f"test.yaml:{line}: {message}" in found) if message else (found == [])


def test_a_picture_of_another_country_is_a_problem_at_the_fact() -> None:
    entities = "entities:\n  tricolour: {name: Tricolour, kind: flag, picture: flag/fra}\n"
    facts = "facts:\n  - {id: ita, subject: ITA, relation: has_flag, object: tricolour}\n"
    _, problems = load_deck((HEAD + entities + facts).encode(), "test.yaml")
    line = HEAD.count("\n") + 4
    message = "the picture of 'tricolour' is not that of ITA (write flag/ita at its entity)"
    assert [str(problem) for problem in problems] == [f"test.yaml:{line}: {message}"]


class TestOtherFormats:
    def test_json_says_what_is_shown(self, numbered: list[Question]) -> None:
        (line,) = json_lines(numbered[:1], 0)
        picture = picture_of(numbered[0])
        wanted = {"kind": "map", "alt": picture.alt, "shows": [*picture.shows], "numbered": True}
        assert json.loads(line)["picture"] == wanted

    def test_text_says_that_there_is_a_picture(self, numbered: list[Question]) -> None:
        (block,) = text_blocks(numbered[:1], 0)
        assert block.splitlines()[2] == "[picture: Map with four places marked with numbers from 1 to 4]"
