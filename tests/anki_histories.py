"""Made-up years of a deck and of one learner of it: random releases and edits, and what must hold after each import.

The author's side goes through `next_ledger` and `write_anki` as a release and an export do; the learner's is a real
Anki that imports with the options it offers first. Time is made up too, so that edits and releases have an order.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest

from quizgen.facts import Deck, Fact, PlainFact
from quizgen.formats import anki as anki_format
from quizgen.formats import anki_notes
from quizgen.formats.anki import (
    deck_names,
    next_ledger,
    note_type_digest,
    note_type_moment,
    write_anki,
)
from quizgen.formats.anki_checks import Note
from quizgen.formats.anki_fields import fields_of as plain_fields
from quizgen.formats.anki_ledger import Ledger, Released
from quizgen.formats.anki_ledger_file import ledger_text, parse_ledger
from quizgen.formats.anki_note_type import FIELDS, NOTE_TYPE
from quizgen.formats.anki_note_type import note_type as plain_type
from quizgen.formats.anki_notes import Edition, notes_of
from quizgen.formats.anki_variants import Variant
from quizgen.questions import Question
from tests.anki_support import RIGHT, WRONG, Learner, make_deck, make_question

START = 1_767_225_600  # the first day of 2026
STEP = 10_000
SPARE = FIELDS.index("Spare 1")
TOWNS = ("Tartus", "Latakia", "Baniyas", "Jableh", "Homs", "Hama")


def _answered(fact: Fact, answer: str, quote: str) -> Fact:
    assert isinstance(fact, PlainFact)
    return replace(fact, answer=answer, quote=quote)


@dataclass
class Author:
    """Edits two decks at random, and releases them."""

    dice: Random
    now: int = START
    decks: dict[str, Deck] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    note_type: tuple[str, int] | None = None
    style: int = 0
    hints: dict[str, str] = field(default_factory=dict)
    made: int = 0
    renames: int = 0
    truth: dict[str, tuple[Any, int]] = field(default_factory=dict)

    def begin(self) -> None:
        self.decks = {
            "bases": make_deck(),
            "ports": make_deck(key="ports", title="Ports of Syria", category=("Geography",)),
        }
        for _ in range(8):
            self.add()

    def add(self) -> None:
        key, deck = f"fact-{self.made}", self.dice.choice(sorted(self.decks))
        self.made += 1
        question = make_question(key, f"What is port number {self.made} called?", deck=deck, id=f"{deck}/{key}#ask")
        self.questions[question.id] = self._varied(question)

    def _varied(self, question: Question) -> Question:
        town = self.dice.choice(TOWNS)
        options = (replace(RIGHT, text=town), *(option for option in WRONG if option.text != town))
        quote = self.dice.choice(("", f"Of all the ports in Syria {town} is the largest by far."))
        fact = _answered(question.fact, town, quote)
        return replace(question, fact=fact, options=options[: self.dice.randint(3, 4)])

    def _one(self) -> str:
        return self.dice.choice(sorted(self.questions))

    def reword(self) -> None:
        id_ = self._one()
        self.questions[id_] = replace(self.questions[id_], stem=f"Reworded at {self.now}: which port is this?")

    def correct(self) -> None:
        id_ = self._one()
        self.questions[id_] = replace(self._varied(self.questions[id_]), explanation=f"Corrected at {self.now}.")

    def retire(self) -> None:
        if len(self.questions) > 3:
            del self.questions[self._one()]

    def revive(self) -> None:
        gone = [line for ledger in self.ledgers.values() for line in ledger.lines.values() if line.retired]
        if gone:
            id_ = self.dice.choice(gone).content.id
            deck, _, key = id_.partition("#")[0].partition("/")
            self.questions[id_] = self._varied(make_question(key, "Is it asked again?", deck=deck, id=id_))

    def retitle(self) -> None:
        key = self.dice.choice(sorted(self.decks))
        self.decks[key] = replace(self.decks[key], title=f"A title of {self.now}")

    def move(self) -> None:
        key = self.dice.choice(sorted(self.decks))
        self.decks[key] = replace(self.decks[key], category=(f"Shelf {self.now}",))

    def restyle(self) -> None:
        self.style = self.now

    def promote(self) -> None:
        self.hints |= dict.fromkeys(self.dice.sample(sorted(self.questions), 2), f"Hint of {self.now}")

    EDITS = (add, reword, reword, correct, correct, retire, revive, retitle, move, restyle, promote)

    def release(self) -> None:
        """Bring the ledgers up to date, by way of their files; sometimes let a deck take its new name."""
        self.now += STEP
        renamed = self.dice.random() < 0.2
        names = deck_names(self.decks.values(), {} if renamed else self.ledgers)
        for key, deck in self.decks.items():
            asked = [question for question in self.questions.values() if question.fact.deck == key]
            ledger, _ = next_ledger(deck, asked, names[key], self.now, self.ledgers.get(key))
            again, problems = parse_ledger(ledger_text(ledger).encode(), "a.ledger")
            assert problems == []
            assert again == ledger
            self.ledgers[key] = ledger
        self.renames += renamed
        model = type_of(self)
        self.note_type = (note_type_digest(model), note_type_moment(model, self.note_type, self.now))
        for note in self.notes(Variant.EXTENDED):  # when each note changed, found without the ledger
            content, _ = self.truth.get(note.guid, (None, 0))
            if content != (note.fields, note.tags):
                self.truth[note.guid] = ((note.fields, note.tags), self.now)

    def export(self, variant: Variant) -> bytes:
        """Return the package, as exported some time after the release, from files that look brand-new."""
        out = io.BytesIO()
        moment = datetime.fromtimestamp(self.now + STEP // 2, UTC)
        released = Released(self.ledgers, self.note_type)
        decks, questions = list(self.decks.values()), list(self.questions.values())
        write_anki(decks, questions, out, changed=moment, variant=variant, released=released)
        return out.getvalue()

    def notes(self, variant: Variant) -> Iterator[Note]:
        """Give the notes that an export holds."""
        for key, deck in self.decks.items():
            asked = [question for question in self.questions.values() if question.fact.deck == key]
            yield from notes_of(Edition(deck, asked, self.ledgers[key], None, variant))

    def moments(self) -> Mapping[str, int]:
        """Tell when each note last changed, by GUID."""
        return {guid: changed for guid, (_, changed) in self.truth.items()}

    def shelves(self) -> tuple[int, frozenset[str]]:
        """Tell apart what names decks must have: how often some were renamed on purpose, and which there are."""
        return self.renames, frozenset(key for key, ledger in self.ledgers.items() if ledger.lines)


def type_of(author: Author) -> Any:
    """Give the note type of the author's days."""
    model = plain_type()
    model.css += f"/* {author.style} */"
    if author.hints:
        model.fields[SPARE]["name"] = "Hint"
    return model


@contextmanager
def authored(author: Author) -> Iterator[None]:
    """Let the author's style and hints reach the note type and the notes, as a later quizgen would."""

    def fields_of(question: Question, *settings: Any, **named: Any) -> list[str]:
        fields = plain_fields(question, *settings, **named)
        fields[SPARE] = author.hints.get(question.id, "")
        return fields

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anki_format, "note_type", lambda: type_of(author))
        patch.setattr(anki_notes, "fields_of", fields_of)
        yield


@dataclass
class Student:
    """Studies, edits and moves at random, and remembers what must still hold after the next import."""

    learner: Learner
    dice: Random
    had: dict[str, int] = field(default_factory=dict)
    edited: dict[str, int] = field(default_factory=dict)
    variant: Variant | None = None
    shelves: tuple[int, frozenset[str]] | None = None

    @property
    def db(self) -> Any:
        return self.learner.col.db

    def work(self, now: int) -> None:
        """Do some of what learners do between two releases."""
        col, notes = self.learner.col, self.db.list("select id from notes order by id")
        cards = self.db.list("select id from cards order by id")
        self.learner.col.decks.select(col.decks.id_for_name("quizgen"))
        self.learner.study(min(self.dice.randint(1, 4), sum(col.sched.counts())))
        for id_ in self.dice.sample(notes, 2):
            note = col.get_note(id_)
            note["Explanation"] += f" <i>my own words, {now}</i>"
            note.tags.append("mine")
            col.update_note(note)
            self.db.execute("update notes set mod = ? where id = ?", now, id_)
            self.edited[note.guid] = now
        col.sched.suspend_cards(self.dice.sample(cards, 1))
        col.set_user_flag_for_cards(self.dice.randint(1, 4), self.dice.sample(cards, 1))
        col.set_deck(self.dice.sample(cards, 1), col.decks.id("My own shelf"))

    def take(self, author: Author, variant: Variant) -> None:
        """Import a release, and hold what came of it against the guarantee."""
        before, notes, schema = self.learner.memory(), self._notes(), self.db.scalar("select scm from col")
        decks = set(self.learner.names())
        fared = self.learner.take(author.export(variant))
        after = self.learner.memory()
        assert not fared.keys() - {"new", "updated", "duplicate"}, fared
        assert [row for row in after["cards"] if row in before["cards"]] == before["cards"], "a card row changed"
        assert after["reviews"] == before["reviews"]
        kinds = [kind.name for kind in self.learner.col.models.all_names_and_ids() if NOTE_TYPE in kind.name]
        assert kinds == [NOTE_TYPE]
        if self.had:
            assert self.db.scalar("select scm from col") == schema, "a full sync would be needed"
        self._check_notes(author, variant, notes)
        self._check_decks(author, decks)
        self._check_cards()
        self.variant = variant

    def _notes(self) -> dict[str, tuple[str, str, int]]:
        rows = self.db.all("select guid, flds, tags, mod from notes")
        return {guid: (fields, tags, mod) for guid, fields, tags, mod in rows}

    def _check_notes(self, author: Author, variant: Variant, before: Mapping[str, tuple[str, str, int]]) -> None:
        now, moments = self._notes(), author.moments()
        assert now.keys() == before.keys() | moments.keys(), "there are other notes"
        for note in author.notes(variant):
            guid, fields = note.guid, "\x1f".join(note.fields)
            if self.edited.get(guid, 0) > moments[guid]:  # what is newer stays, whether or not ours had changed, too
                assert now[guid] == before[guid], f"the learner's edit of {note.fields[0]} is gone"
            elif moments[guid] != self.had.get(guid):  # new, or changed since the learner's version
                assert now[guid][0] == fields, f"{note.fields[0]} was not brought up to date"
                assert sorted(now[guid][1].split()) == sorted(note.tags)
                self.edited.pop(guid, None)
            elif self.variant == variant:
                assert now[guid] == before[guid]
            elif variant is Variant.EXTENDED:
                assert now[guid][0] == fields, "the extended variant did not arrive"
        self.had = dict(moments)

    def _check_decks(self, author: Author, before: set[str]) -> None:
        if self.shelves == author.shelves():
            assert set(self.learner.names()) == before, "a deck was parted"
        self.shelves = author.shelves()

    def _check_cards(self) -> None:
        assert self.db.scalar("select count() from notes where id not in (select nid from cards)") == 0
        media = self.learner.col.media.check()
        assert (list(media.missing), list(media.unused)) == ([], [])


def live_through(seed: int, folder: Path, new_learner: Callable[[Path], Any], releases: int = 4) -> Counted:
    """Live through some releases; raise AssertionError where the guarantee does not hold."""
    dice = Random(seed)
    author = Author(dice)
    author.begin()
    taken, variant = 0, Variant.STANDARD
    with authored(author), new_learner(folder) as learner:
        student = Student(learner, dice)
        for number in range(releases):
            author.release()
            if dice.random() < 0.3:
                variant = dice.choice(list(Variant))
            if number == 0 or dice.random() < 0.75:  # learners leave out a release now and then
                student.take(author, variant)
                taken += 1
            author.now += STEP
            student.work(author.now)
            author.now += STEP
            for edit in dice.sample(Author.EDITS, dice.randint(1, 5)):
                edit(author)
        before = len(learner.cards())
        learner.col.after_note_updates(learner.col.find_notes(""), mark_modified=False, generate_cards=True)
        assert len(learner.cards()) == before, "Anki would make other cards"
    return Counted(taken, len(author.ledgers["bases"].lines) + len(author.ledgers["ports"].lines))


@dataclass(frozen=True)
class Counted:
    """How many releases were taken, and how many notes there were in the end."""

    taken: int
    notes: int
