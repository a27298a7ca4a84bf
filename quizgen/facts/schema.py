"""What a deck file may hold, field by field (version 1); its JSON Schema is `docs/deck.schema.json`.

Every value comes in as the text the author wrote (see `lines`), and is read here as what the field wants.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    WithJsonSchema,
)

from quizgen.facts.model import Difficulty, Status
from quizgen.world import EntityKind, PartialDate, Standing

VERSION = 1
KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
SET_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?$"
PICTURE_PATTERN = r"^((flag|map)/[a-z]{3}|area/[a-z]+(-[a-z]+)*)$"
MAX_DISTRACTORS = 12
# A year outside of these is a slip of the pen, or stands for "always" or "for ever", which is said by leaving it out.
FIRST_YEAR, LAST_YEAR = 1000, 2200


class FarYearError(ValueError):
    """A date that no fact of world politics has."""


def _written(value: str) -> PartialDate:
    parsed = PartialDate.parse(value)
    if not FIRST_YEAR <= parsed.first.year <= LAST_YEAR:
        message = f"is not between the years {FIRST_YEAR} and {LAST_YEAR}"
        raise FarYearError(message)
    return parsed


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    parsed = _written(value)
    if parsed.first != parsed.last:
        message = "is not a whole day: write it as 2015-09-30"
        raise ValueError(message)
    return parsed.first


def _partial(value: Any) -> Any:
    return _written(value) if isinstance(value, str) else value


def _flag(value: Any) -> Any:
    if value in ("true", "false"):
        return value == "true"
    message = "is neither true nor false"
    raise ValueError(message)


def _ask(value: Any) -> Any:
    return False if value == "false" else value


def _wrong(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


# Editors type a bare 1949 as a number and a bare NO as text; both are fine, we read what was written.
_ANY_TEXT = {"type": ["string", "number", "boolean"]}
_WRONG = {"type": ["string", "number", "boolean", "object"]}
_WRITTEN = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_DATE = {"type": ["string", "integer"], "pattern": _WRITTEN}
_HISTORY: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "maxProperties": 500,
    "patternProperties": {_WRITTEN: {"type": "integer", "minimum": 0, "maximum": 1000}},
    "additionalProperties": False,
}

Key = Annotated[str, StringConstraints(strip_whitespace=True, pattern=KEY_PATTERN, max_length=80)]
SetName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=SET_PATTERN, max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400), WithJsonSchema(_ANY_TEXT)]
PictureName = Annotated[str, StringConstraints(strip_whitespace=True, pattern=PICTURE_PATTERN)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^https?://\S+$", max_length=500)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
When = Annotated[PartialDate, BeforeValidator(_partial), WithJsonSchema(_DATE)]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Offset = Annotated[int, Field(ge=0, le=10_000_000)]


Number = Annotated[int, Field(ge=0, le=1000)]
# The first branch is taken by what was written, so that a mistake is told once.
Count = Annotated[
    Annotated[Number, Tag("number")]
    | Annotated[
        dict[When, Number],
        Field(min_length=1, max_length=500),
        WithJsonSchema(_HISTORY),
        Tag("history"),
    ],
    Discriminator(lambda value: "history" if isinstance(value, Mapping) else "number"),
]


class Entry(BaseModel):
    """A mapping of known fields only."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class SourceEntry(Entry):
    """Where facts were read."""

    title: Text
    publisher: Name
    retrieved: Annotated[Day, Field(description="the day on which it was read")]
    url: Url = ""
    published: Annotated[Text, Field(description="a date, or the word unknown; never invented")] = "unknown"
    note: Annotated[LongText, Field(description="a caution that the learner sees")] = ""


class EntityEntry(Entry):
    """Something the facts are about that is not a country."""

    name: Name
    kind: EntityKind
    article: Annotated[Literal["the", ""], Field(description="'the' where a sentence needs it")] = ""
    aliases: Annotated[list[Name], Field(max_length=50)] = []
    home: Annotated[Name, Field(alias="in", description="code of the country it lies in")] = ""
    at: Annotated[tuple[Latitude, Longitude] | None, Field(description="latitude, longitude")] = None
    picture: Annotated[
        PictureName, Field(description="of a flag or map: flag/fra, map/fra; outline of a disputed area: area/crimea")
    ] = ""
    note: LongText = ""


class CompleteEntry(Entry):
    """The author's word that a list is whole."""

    relation: Name
    subject: Annotated[Name, Field(description="all its objects are listed; 'every' for every subject")] = ""
    object: Annotated[Name, Field(description="all its subjects are listed")] = ""
    since: Annotated[Day | None, Field(description="the first day for which that is so")] = None
    whole: Annotated[Flag, Field(description="false: it is not, and only its count is checked")] = True
    count: Annotated[
        Count | None,
        Field(description="how many are asked about: as of the deck's day, or from each of some days on"),
    ] = None


class DiscussionEntry(Entry):
    """A question for a class, without a right answer."""

    ask: Text
    source: Key | None = None


class WrongEntry(Entry):
    """A distractor that the author wrote, and why it is wrong."""

    text: Text
    why: Text = ""


class FactEntry(Entry):
    """One fact: `ask` and `answer`, or `subject`, `relation` and `object`."""

    id: Annotated[Key, Field(description="its identity: unique in the deck, and never changed")]
    ask: Annotated[Text | Literal[False] | None, BeforeValidator(_ask)] = None
    answer: Text | None = None
    distractors: Annotated[
        list[Annotated[WrongEntry, BeforeValidator(_wrong), WithJsonSchema(_WRONG)]],
        Field(max_length=MAX_DISTRACTORS),
    ] = []
    option_set: Annotated[
        SetName,
        Field(
            alias="set",
            description="facts of one set have answers of one sort, wrong for one another; with a slash, in all decks",
        ),
    ] = ""
    subject: Name | None = None
    relation: Name | None = None
    object: Name | None = None
    start: Annotated[When | None, Field(alias="from", description="the first day on which it holds")] = None
    end: Annotated[When | None, Field(alias="until", description="the first day on which it no longer holds")] = None
    kind: Key = ""
    source: Key | None = None
    quote: Annotated[Text, Field(description="word for word, and short")] = ""
    place: Annotated[
        tuple[Offset, Offset] | None,
        Field(description="of the quote in the article's text: its first character, and the one after its last"),
    ] = None
    explanation: LongText = ""
    also_true: Annotated[list[Text], Field(max_length=50)] = []
    attribution: Text = ""
    difficulty: Difficulty | None = None
    status: Status = Status.REVIEWED
    as_of: Day | None = None
    review_by: Day | None = None
    hedged: Flag = False
    standing: Annotated[
        Standing, Field(description="of a relation: what is not asserted is not asked, and no wrong answer either")
    ] = Standing.ASSERTED
    retired: Annotated[LongText, Field(description="since when and why it is no longer asked")] = ""
    note: LongText = ""


class HeadEntry(Entry):
    """The fields at the top of a deck file."""

    deck: Annotated[Key, Field(description="its identity: the name of the file, and never changed")]
    title: Name
    category: Annotated[Text, Field(description="broad to narrow, with ' / ' between")]
    as_of: Annotated[Day, Field(description="the day on which its facts were read or checked")]
    description: LongText = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", max_length=35)] = "en"
    version: Literal["1", 1] = 1


class DeckEntry(HeadEntry):
    """A whole deck file."""

    sources: Annotated[dict[Key, SourceEntry], Field(min_length=1)]
    entities: dict[Key, EntityEntry] = {}
    complete: list[CompleteEntry] = []
    discussion: list[DiscussionEntry] = []
    facts: Annotated[list[FactEntry], Field(min_length=1)]


def json_schema() -> str:
    """Give the JSON Schema of a deck file, for editors that complete and check while one types."""
    schema = DeckEntry.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = f"quizgen deck file, version {VERSION}"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
