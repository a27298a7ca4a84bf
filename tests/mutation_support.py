"""Makes faults by seed, writes them into copies of shipped decks and of a bank, and asks the audit what it finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TypeVar

from quizgen.facts import Deck, Library, load_deck, load_library
from quizgen.formats.data import json_lines
from quizgen.paths import DECKS
from quizgen.problems import Problem
from quizgen.questions import Question, make_questions
from quizgen.questions.audit import GATES, Bank, Item, Result, items_of, read_bank
from quizgen.questions.audit.gates import cue_only_solver
from tests.mutations import BANK_KINDS, CHECK, DECK_KINDS, Gates
from tests.mutations_of_banks import Row
from tests.mutations_of_decks import AUDITED_ON, Edit

BANK = "bank.jsonl"
# Enough of the library for every kind of question; more decks would only take more time.
SPOILT = (
    "chokepoints",
    "disputed-territories",
    "european-union",
    "foreign-bases",
    "nato",
    "russia-syria-bases",
    "security-council",
)
T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """One fault: where it stands (`deck/fact`, or a line of the bank), what was done, and who has to find it."""

    kind: str
    place: str
    change: Edit | Row
    found_by: Gates
    line: int = 0


@dataclass(frozen=True)
class Sound:
    """What is spoilt: shipped decks, and the bank that they give."""

    library: Library
    questions: tuple[Question, ...]
    rows: tuple[Row, ...]

    @property
    def article(self) -> str:
        """An article that holds every quote."""
        return ". It also says: ".join(fact.quote for fact in self.library.facts if fact.quote)


def shipped() -> Sound:
    library, problems = load_library([DECKS / f"{key}.yaml" for key in SPOILT])
    assert problems == []
    questions, _ = make_questions(library)
    # A bank of texts from anywhere has no pictures, and a question about one makes no sense without it.
    lines = json_lines([question for question in questions if not question.picture], seed=0)
    return Sound(library, tuple(questions), tuple(_row(json.loads(line)) for line in lines))


def _row(record: dict[str, object]) -> Row:
    stem, options, answer, why = (record[name] for name in ("stem", "options", "answer", "why_wrong"))
    assert isinstance(stem, str)
    assert isinstance(options, list)
    assert isinstance(answer, int)
    assert isinstance(why, list)
    return Row(stem, tuple(options), answer, tuple(why))


def faults(sound: Sound, each: int, seed: int) -> list[Fault]:
    """Make so many faults of each kind, each at another place."""
    made: list[Fault] = []
    taken: set[str] = set()
    for kind, mutation in BANK_KINDS.items():
        dice = Random(f"{seed}/{kind}")
        found = (
            Fault(kind, f"{BANK}:{n}", row, mutation.found_by, 0 if mutation.appended else n)
            for n, old in _shuffled(enumerate(sound.rows, start=1), dice)
            if (row := mutation.mutate(old, dice, sound.rows))
        )
        made += _first(found, each, taken)
    for kind, deck_mutation in DECK_KINDS.items():
        dice = Random(f"{seed}/{kind}")
        edits = (
            Fault(kind, fact.path, edit, deck_mutation.found_by)
            for fact in _shuffled(sound.library.facts, dice)
            if (edit := deck_mutation.mutate(fact, dice, sound.library))
        )
        made += _first(edits, each, set())
    return made


def _shuffled(things: Iterable[T], dice: Random) -> list[T]:
    every = list(things)
    return dice.sample(every, len(every))


def _first(found: Iterable[Fault], count: int, taken: set[str]) -> Iterator[Fault]:
    for fault in found:
        if fault.place not in taken:
            taken.add(fault.place)
            count -= 1
            yield fault
        if not count:
            return


# --- text -----------------------------------------------------------------------------------------------------------


def spoilt_bank(rows: Sequence[Row], made: Iterable[Fault]) -> tuple[list[str], dict[int, Fault]]:
    """Write the bank with its faults; give its lines, and the fault of each line that has one."""
    lines = [row.line() for row in rows]
    at: dict[int, Fault] = {}
    for fault in made:
        assert isinstance(fault.change, Row)
        if not fault.line:
            lines.append("")
        number = fault.line or len(lines)
        lines[number - 1] = fault.change.line()
        at[number] = fault
    return lines, at


def spoilt_deck(text: str, made: Iterable[Fault]) -> tuple[str, dict[int, Fault]]:
    """Write the facts of a deck with their faults; give its text, and the fault of each line that has one."""
    made = list(made)
    for fault in made:
        assert isinstance(fault.change, Edit)
        text = _spoilt(text, fault.place.partition("/")[2], fault.change)
    return text, {_line(text, _spoilt_key(fault)): fault for fault in made}


def _spoilt_key(fault: Fault) -> str:
    return (isinstance(fault.change, Edit) and fault.change.copy) or fault.place.partition("/")[2]


def _line(text: str, key: str) -> int:
    """Give the line on which a fact begins, as a reader would look for it."""
    (found,) = re.finditer(rf"^  - \{{?id: {re.escape(key)}(?=,|$)", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1


def _spoilt(text: str, key: str, edit: Edit) -> str:
    lines = text.splitlines()
    first = _line(text, key) - 1
    last = next((n for n in range(first + 1, len(lines)) if not lines[n].startswith("    ")), len(lines))
    own = lines[first:last]
    for name, value in edit.fields.items():
        written = f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}"
        own = [_in_braces(own[0], name, written)] if own[0].startswith("  - {") else _in_block(own, name, written)
    if edit.copy:
        own = [*lines[first:last], own[0].replace(f"id: {key}", f"id: {edit.copy}", 1), *own[1:]]
    return "\n".join([*lines[:first], *own, *lines[last:]]) + "\n"


def _in_braces(line: str, name: str, written: str) -> str:
    bare = re.sub(rf', {name}: (?:"[^"]*"|\[[^]]*\]|[^,}}]+)', "", line, count=1)
    end = bare.rindex("}")
    return f"{bare[:end]}, {written}{bare[end:]}"


def _in_block(own: list[str], name: str, written: str) -> list[str]:
    """Take the field and what is indented below it out, and write it at the end."""
    kept: list[str] = []
    inside = False
    for line in own:
        inside = line.startswith(f"    {name}:") or (inside and line.startswith("     "))
        kept += [] if inside else [line]
    return [*kept, f"    {written}"]


# --- verdicts -------------------------------------------------------------------------------------------------------


def gates_without_solver(items: Sequence[Item], decks: Sequence[Deck], article: str = "") -> list[Result]:
    """Hold items against every gate but the solver, which takes long and names no line."""
    bank = Bank(items, decks, AUDITED_ON, article)
    return [gate(bank) for gate in GATES if gate is not cue_only_solver]


def missed_in_bank(sound: Sound, made: Sequence[Fault]) -> list[Fault]:
    lines, at = spoilt_bank(sound.rows, made)
    items, problems = read_bank(lines, BANK)
    assert problems == []
    named = list(_named(gates_without_solver(items, ())))
    return [fault for line, fault in at.items() if not _is_found(fault, BANK, line, named)]


def missed_in_decks(sound: Sound, made: Sequence[Fault]) -> list[Fault]:
    """Give the faults that neither the check of a single deck nor the gates over all decks name at their line."""
    missed: list[Fault] = []
    loadable: list[Fault] = []
    for fault in made:
        deck = sound.library.deck(fault.place.partition("/")[0])
        assert deck is not None
        text, at = spoilt_deck(Path(deck.file).read_text(encoding="utf-8"), [fault])
        _, problems = load_deck(text.encode(), deck.file)
        if not problems:
            loadable.append(fault)
        elif not _is_found(fault, deck.file, next(iter(at)), [(CHECK, problem) for problem in problems]):
            missed.append(fault)
    for round_ in _rounds(sound, loadable):
        missed += _missed_together(sound, round_)
    return missed


def _rounds(sound: Sound, made: Iterable[Fault]) -> list[list[Fault]]:
    """Share faults out so that no two of one round touch the same set of answers."""
    sets = {fact.path: f"{fact.deck}/{getattr(fact, 'option_set', '') or fact.key}" for fact in sound.library.facts}
    rounds: list[dict[str, Fault]] = []
    for fault in made:
        free = next((known for known in rounds if sets[fault.place] not in known), None)
        if free is None:
            rounds.append(free := {})
        free[sets[fault.place]] = fault
    return [list(known.values()) for known in rounds]


def _missed_together(sound: Sound, made: Sequence[Fault]) -> list[Fault]:
    decks: list[Deck] = []
    places: list[tuple[Fault, str, int]] = []
    for sound_deck in sound.library.decks:
        own = [fault for fault in made if fault.place.startswith(f"{sound_deck.key}/")]
        text, at = spoilt_deck(Path(sound_deck.file).read_text(encoding="utf-8"), own)
        deck, problems = load_deck(text.encode(), sound_deck.file)
        assert deck is not None, problems
        decks.append(deck)
        places += [(fault, deck.file, line) for line, fault in at.items()]
    questions, _ = make_questions(Library(tuple(decks)))
    named = list(_named(gates_without_solver(items_of(questions), decks, sound.article)))
    return [fault for fault, file, line in places if not _is_found(fault, file, line, named)]


def _named(results: Iterable[Result]) -> Iterator[tuple[str, Problem]]:
    return ((result.gate, problem) for result in results if result.passed is not True for problem in result.offenders)


def _is_found(fault: Fault, file: str, line: int, named: Iterable[tuple[str, Problem]]) -> bool:
    return any(
        (problem.file, problem.line) == (file, line)
        and any(gate == by and words in problem.message for by, words in fault.found_by)
        for gate, problem in named
    )
