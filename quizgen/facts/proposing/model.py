"""What a model is sent, what it may answer, and why an answer is not taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_OF_QUOTE = 400
MOST_OF_TEXT = 250

Kind = Literal["what", "who", "which", "where", "when", "number", "reason", "goal", "definition"]


class Candidate(BaseModel):
    """One fact as a model proposes it: exactly these fields, and nothing that says how it is to be treated."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: Annotated[str, Field(min_length=8, max_length=MOST_OF_TEXT)]
    answer: Annotated[str, Field(min_length=1, max_length=MOST_OF_TEXT)]
    quote: Annotated[str, Field(min_length=10, max_length=MOST_OF_QUOTE)]
    kind: Kind


class Reply(BaseModel):
    """The whole reply, as servers that can are told to shape it."""

    model_config = ConfigDict(extra="forbid")

    facts: list[Candidate]


class Why(StrEnum):
    """Why a proposal, or a whole reply, is not taken."""

    UNREADABLE = "replies that are no JSON"
    FORM = "not of the form asked for"
    NOT_PLAIN = "markup, links or invisible characters"
    NO_QUESTION = "no question, or one for yes or no"
    NOT_VERBATIM = "the quote is not in the article"
    AROUND = "the quote is not of the text itself"
    CUT = "the quote leaves out a doubt, a denial or a condition"
    NOT_IN_QUOTE = "the answer is not in the quote"
    KIND = "the answer is of another kind"
    OTHER_TOPIC = "the question is not about the quote"
    IN_STEM = "the question holds its answer"
    LOADED = "words that take a side"
    KNOWN = "drafted already"
    TOO_MANY = "more than are taken"


@dataclass(frozen=True, slots=True)
class Messages:
    """One call: what the model is to do, and the data that it is to do it with."""

    system: str
    user: str


Ask = Callable[[Messages], str]
"""Asks a model and gives its reply as text; raises `QuizgenError` where there is none."""
