"""What a question is: a stem, options of which one is the key, and for every other the reason why it is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizgen.facts import Fact

NUMBERED = "numbered"


class Level(StrEnum):
    """What a question asks of the mind, after Bloom: to recall, to understand, or to analyse."""

    RECALL = "recall"
    UNDERSTAND = "understand"
    ANALYSE = "analyse"


class Ground(StrEnum):
    """Why an option is provably wrong. A distractor without one of these is never shown."""

    FUNCTIONAL = "functional"  # the relation has one answer at a time, and that answer is another
    COMPLETE = "complete"  # the list of all that hold is known, and this is not on it
    INTERVAL = "interval"  # it held, or will hold, but not on the day that is asked about
    SHARED = "shared"  # it is true of what the question sets apart from, too
    AUTHOR = "author"  # whoever wrote the deck says that it is wrong


class PictureKind(StrEnum):
    """What sort of picture a question shows."""

    FLAG = "flag"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Picture:
    """What a question shows beside its words: the flag of a country, or a map on which countries or places stand out.

    `shows` are their marks (see `quizgen.world.pictures`), on a `numbered` map in the order of the numbers. `alt` is
    for those who cannot see it, and gives nothing away.
    """

    kind: PictureKind
    shows: tuple[str, ...]
    alt: str
    numbered: bool = False

    @property
    def name(self) -> str:
        """Tell it from every other picture: `flag/FRA`, `map/26.55,56.45`, `map/KEN/UGA/RWA/numbered`."""
        return "/".join((self.kind, *self.shows, *(NUMBERED,) * self.numbered))

    @classmethod
    def named(cls, name: str, alt: str) -> Picture:
        """Give the picture of this name again; ValueError for what is none."""
        kind, *shows = name.split("/")
        codes = tuple(code for code in shows if code != NUMBERED)
        return cls(PictureKind(kind), codes, alt, numbered=NUMBERED in shows)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. `key` is its identity and survives rewording; only a wrong one has `ground` and `why_wrong`.

    `origin` is the path of the sibling fact that gave it, if one did: another may give the same option another reason.
    """

    key: str
    text: str
    ground: Ground | None = None
    why_wrong: str = ""
    origin: str = ""

    @property
    def is_right(self) -> bool:
        """Tell the key from the distractors."""
        return self.ground is None


@dataclass(frozen=True, slots=True)
class Question:
    """One multiple-choice question, leading back to its fact.

    `id` is `deck/fact#kind`: written keys only, so it outlives every rewording. `options` stand in a canonical order
    (ascending when `ordered`), never in the order in which they are shown; whoever shows them shuffles.
    `option_set` names the set of siblings that the options were drawn from; `citation` names the source and its date.
    """

    id: str
    fact: Fact
    kind: str
    level: Level
    stem: str
    options: tuple[Option, ...]
    explanation: str
    option_set: str
    ordered: bool = False
    citation: str = ""
    picture: Picture | None = None

    @property
    def answer(self) -> Option:
        """The key: the one option that is right."""
        return next(option for option in self.options if option.is_right)

    @property
    def wrong(self) -> tuple[str, ...]:
        """Name the wrong options as they are kept from release to release: the key of each, and its origin."""
        return tuple(f"{option.key} {option.origin}".rstrip() for option in self.distractors)

    @property
    def distractors(self) -> Iterator[Option]:
        """The options that are wrong, in canonical order."""
        return (option for option in self.options if not option.is_right)
