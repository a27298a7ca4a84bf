"""What readers give: questions as they stand in a file, and what is to be said of those that do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from quizgen.facts.model import Difficulty, Wrong
from quizgen.problems import Problem

MAX_BYTES = 8 * 1024 * 1024
MAX_QUESTIONS = 5_000
TOO_MANY = f"more than {MAX_QUESTIONS:,} questions"
SPLIT = "split it into several files"


@dataclass(frozen=True, slots=True)
class Where:
    """A line of a text file, or a cell of a sheet; `number` is the line or row either way."""

    file: str
    number: int = 0
    sheet: str = ""
    cell: str = ""

    def problem(self, message: str, hint: str = "") -> Problem:
        """Say something of this place: `quiz.csv:7: ...`, or `quiz.xlsx!Sheet1!B7: ...`."""
        if self.sheet:
            return Problem(f"{self.file}!{self.sheet}!{self.cell or self.number}", 0, message, hint)
        return Problem(self.file, self.number, message, hint)

    def __str__(self) -> str:
        place = f"{self.sheet}!{self.cell or self.number}" if self.sheet else f"line {self.number}"
        return place if self.number or self.cell else self.file


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a file. `also_true` are answers that the file counts as right, too, wholly or in part."""

    where: Where
    ask: str
    answer: str
    wrong: tuple[Wrong, ...] = ()
    also_true: tuple[str, ...] = ()
    explanation: str = ""
    category: str = ""
    source: str = ""
    quote: str = ""
    note: str = ""
    difficulty: Difficulty | None = None


Told = tuple[Where, Problem]


def in_order(told: Sequence[Told]) -> tuple[Problem, ...]:
    """Give problems in the order of the file, each once."""
    sheets = list(dict.fromkeys(where.sheet for where, _ in told))
    ordered = sorted(told, key=lambda one: (sheets.index(one[0].sheet), one[0].number))
    return tuple(dict.fromkeys(problem for _, problem in ordered))


@dataclass(slots=True)
class Reading:
    """What one file gives; what is `refused` is no question of the deck, `notes` tell of what was lost or guessed."""

    items: list[Item] = field(default_factory=list)
    refused: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)

    def refuse(self, where: Where, message: str, hint: str = "") -> None:
        """Name something that is not taken."""
        self.refused.append((where, where.problem(message, hint)))

    def note(self, where: Where, message: str, hint: str = "") -> None:
        """Say what else should be known."""
        self.notes.append((where, where.problem(message, hint)))

    def add(self, items: Iterable[Item | None]) -> Reading:
        """Take questions, as many as a file may have."""
        for item in items:
            if item and len(self.items) == MAX_QUESTIONS:
                self.refuse(item.where, f"{TOO_MANY}: nothing is read from here on", SPLIT)
                break
            if len(self.refused) > MAX_QUESTIONS:
                self.refuse(self.refused[-1][0], "too much is wrong: nothing is read from here on", SPLIT)
                break
            self.items.extend([item] if item else [])
        return self


Read = Callable[[bytes, str], Reading]
