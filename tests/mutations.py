"""Faults for the audit to find, as a table: kind -> mutation -> the gate that has to name its line.

A mutation takes something good, a question of a bank or a fact of a shipped deck, and gives it one fault, or None where
that fault cannot be made of it. What is spoilt, and how, is drawn by seed from all that fits, never from what is known
to be found; words come from style guides (AP, Reuters, the BBC, Wikipedia), not from the lists of the audit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random

from quizgen.facts import Fact, Library
from tests import mutation_words as say
from tests import mutations_of_banks as banks
from tests import mutations_of_decks as decks
from tests.mutations_of_banks import Row
from tests.mutations_of_decks import Edit

FLAW, CHECK = "flaws that rules decide", "check"
Gates = tuple[tuple[str, str], ...]  # (gate, words of its message); one of them has to name the line


@dataclass(frozen=True)
class BankKind:
    mutate: Callable[[Row, Random, Sequence[Row]], Row | None]
    found_by: Gates
    appended: bool = False


@dataclass(frozen=True)
class DeckKind:
    mutate: Callable[[Fact, Random, Library], Edit | None]
    found_by: Gates


ONE_RIGHT, RIGHT_TOO = (FLAW, "more than one right"), ("one right option", "is right too")
BANK_KINDS: Mapping[str, BankKind] = {
    "a true distractor": BankKind(banks.right_elsewhere, (RIGHT_TOO,)),
    "a grammar cue": BankKind(banks.grammar_cue, ((FLAW, "grammatical cue"),)),
    "nearly the same question": BankKind(
        banks.near_duplicate, (("nearly the same question", "asks nearly the same"),), True
    ),
    "all or none of the above": BankKind(
        partial(banks.instead, say.LAZY), ((FLAW, "none of the above"), (FLAW, "all of the above"))
    ),
    "an absolute term": BankKind(partial(banks.with_word, say.ABSOLUTE), ((FLAW, "absolute term"),)),
    "a vague term": BankKind(partial(banks.with_word, say.VAGUE), ((FLAW, "vague term"),)),
    "numbers out of order": BankKind(banks.unsorted, (("numbers out of order", "do not ascend"),)),
    "a combination of options": BankKind(partial(banks.instead, say.COMBINED), ((FLAW, "complex options"),)),
    "no reason": BankKind(banks.without_reason, (("wrong options with a reason", "has no reason"),)),
    "an option twice": BankKind(banks.twice, (ONE_RIGHT,)),
}
DECK_KINDS: Mapping[str, DeckKind] = {
    "another right answer": DeckKind(decks.also_right, ((CHECK, "distractor"), ONE_RIGHT, RIGHT_TOO)),
    "the longest is right": DeckKind(decks.longest, ((FLAW, "longest answer is right"),)),
    "undated": DeckKind(decks.undated, (("undated", "without a date"),)),
    "a word of a quote": DeckKind(decks.quoted_wrongly, (("quotes word for word", "the quote is not in the article"),)),
    "a loaded word": DeckKind(decks.loaded, (("loaded words", "takes a side"),)),
    "a negative stem": DeckKind(decks.negative, ((FLAW, "negative stem"),)),
    "a leaked key": DeckKind(decks.leaked, ((FLAW, "word repeated in the key"),)),
    "a disputed place": DeckKind(decks.unattributed, (("disputed and not attributed", "a disputed place"),)),
    "past its day of review": DeckKind(decks.past_its_day, (("past their day of review", "was to be looked at"),)),
    "a contradiction": DeckKind(
        decks.contradicting, ((CHECK, "contradicts"), (CHECK, "says the same"), ("facts at odds", "contradicts"))
    ),
}
