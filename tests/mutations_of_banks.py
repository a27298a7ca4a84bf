"""Mutations of a bank's question: each gives it one fault, or None where that fault cannot be made of it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from quizgen.world import countries
from tests import mutation_words as say

AS_OF = re.compile(r"^As of \d+ \w+ \d{4}, ")


@dataclass(frozen=True)
class Row:
    """A line of a bank."""

    stem: str
    options: tuple[str, ...]
    answer: int
    why: tuple[str | None, ...]

    @property
    def key(self) -> str:
        return self.options[self.answer]

    @property
    def wrong(self) -> list[int]:
        return [place for place in range(len(self.options)) if place != self.answer]

    def put(self, place: int, text: str) -> Row:
        return replace(self, options=(*self.options[:place], text, *self.options[place + 1 :]))

    def line(self) -> str:
        return json.dumps(
            {"stem": self.stem, "options": self.options, "answer": self.answer, "why_wrong": self.why},
            ensure_ascii=False,
        )


def right_elsewhere(row: Row, dice: Random, bank: Sequence[Row]) -> Row | None:
    """Another answer to the same question, put among the wrong options."""
    if say.COMPARING.search(row.stem):
        return None  # what is right depends on what else is offered
    right = sorted({other.key for other in bank if other.stem == row.stem} - set(row.options))
    return row.put(dice.choice(row.wrong), dice.choice(right)) if right else None


def grammar_cue(row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """A form that only the key has, or that only the key fits."""
    vowels = [option[0].casefold() in "aeiou" for option in row.options]
    plurals = [bool(say.PLURAL.search(option)) for option in row.options]
    ways: list[Row] = []
    if not any(option.startswith(("The ", "A ", "An ")) for option in row.options):
        ways.append(row.put(row.answer, f"The {row.key}"))
    if not any(option.endswith(".") for option in row.options):
        ways.append(row.put(row.answer, f"{row.key}."))
    if all(option[0].isupper() for option in row.options):
        ways.append(row.put(row.answer, row.key[0].lower() + row.key[1:]))
    if vowels.count(vowels[row.answer]) == 1:
        ways.append(replace(row, stem=f"{row.stem} It is {'an' if vowels[row.answer] else 'a'}{dice.choice(say.OPEN)}"))
    if plurals[row.answer] and sum(plurals) == 1:
        ways.append(replace(row, stem=f"{row.stem} {dice.choice(say.THEY)}"))
    return dice.choice(ways) if ways else None


def near_duplicate(row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """The same question once more, in other words or another order; the mutant stands at the end of the bank."""
    day = AS_OF.match(row.stem)
    rest = row.stem[day.end() :] if day else row.stem
    ways = [
        row.stem,
        row.stem.upper(),
        rest[0].upper() + rest[1:-1] + (f" as of {day[0][6:-2]}?" if day else " ?"),
        *(row.stem.replace(old, new, 1) for old, new in say.SAME if old in row.stem),
    ]
    order = dice.sample(range(len(row.options)), len(row.options))
    return Row(
        dice.choice(ways),
        tuple(row.options[place] for place in order),
        order.index(row.answer),
        tuple(row.why[place] for place in order),
    )


def instead(phrases: Sequence[str], row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """A phrase in place of a wrong option; it may speak of the other options, {a} and {b}, and of their letters."""
    place = dice.choice(row.wrong)
    one, other = sorted(dice.sample([n for n in range(len(row.options)) if n != place], 2))
    phrase = dice.choice(phrases)
    text = phrase.format(
        a=row.options[one], b=row.options[other], A="ABCD"[one], B="ABCD"[other], one=one + 1, two=other + 1
    )
    return row.put(place, text)


def with_word(phrases: Sequence[str], row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """An option, the key or another, that says "always" or "often"."""
    place = dice.randrange(len(row.options))
    text = row.options[place]
    small = text[0].lower() + text[1:] if say.COMMON_START.match(text) else text
    return row.put(place, dice.choice(phrases).format(Text=text, text=small))


def unsorted(row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """Numbers or dates in another order than their own, in any notation."""
    notations: list[list[str]] = []
    for pattern, ways in say.NOTATIONS:
        found = [re.fullmatch(pattern, option) for option in row.options]
        if all(found):
            notations += [[way(match) for match in found if match] for way in ways]
    fit = [texts for texts in notations if len(set(texts)) == len(texts)]
    if not fit:
        return None
    texts = dice.choice(fit)
    order = list(range(len(texts)))
    while order == sorted(order):
        dice.shuffle(order)
    return Row(row.stem, tuple(texts[n] for n in order), order.index(row.answer), row.why)


def without_reason(row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """A wrong option of which nothing is said."""
    place = dice.choice(row.wrong)
    return replace(row, why=(*row.why[:place], dice.choice(say.NO_REASON), *row.why[place + 1 :]))


def twice(row: Row, dice: Random, _: Sequence[Row]) -> Row | None:
    """One option twice, perhaps written another way."""
    one, other = dice.choice([(one, other) for one in range(len(row.options)) for other in row.wrong if one != other])
    text = row.options[one]
    names = [c.aliases for c in countries().values() if c.name == text]
    ways = {text, *(way(text) for way in say.WRITTEN), *(name for aliases in names for name in aliases)}
    return row.put(other, dice.choice(sorted(ways)))
