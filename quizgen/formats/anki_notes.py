"""Questions -> the notes of a deck, each with the moment its content last changed, and those of former questions.

Takes a deck, its questions and its ledger; gives notes to write. A note without a question any more is delivered as one
that says so: Anki has no way to take a note back, and a learner must not go on learning what is no longer true.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import genanki

from quizgen.facts import Deck, Status
from quizgen.formats.anki_checks import Note
from quizgen.formats.anki_fields import MARKED, escape, fields_of, image_of
from quizgen.formats.anki_ledger import Content, Ledger, Line, digest_of
from quizgen.formats.anki_note_type import FIELDS
from quizgen.formats.anki_variants import Variant
from quizgen.questions import Picture, PictureKind, Question
from quizgen.questions.pictures import svg_of
from quizgen.questions.wording import wording

ROOT = "quizgen"
NESTING = "::"
NOT_IN_TAGS = re.compile(r'[\s"\x00-\x1f\x7f]+')
_TYPE, _GAP = FIELDS.index("To type"), FIELDS.index("Gap")


@dataclass(frozen=True, slots=True)
class Edition:
    """One deck as it goes out: its questions, its ledger brought up to date, and what else its notes depend on."""

    deck: Deck
    questions: Sequence[Question]
    ledger: Ledger
    today: date | None = None
    variant: Variant = Variant.STANDARD


def guid_of(id_: str, language: str = "") -> str:
    """Return what Anki knows a note by, whatever its wording becomes; `language` is one that its deck was put into."""
    return str(genanki.guid_for(ROOT, id_, *filter(None, [language])))


def name_part(text: str) -> str:
    """Return a text as a part of a deck's name: of every '::' Anki makes a deck inside a deck, and it drops blanks."""
    return re.sub(f"{NESTING[0]}{{2,}}", NESTING[0], " ".join(text.split())).strip(": ") or "-"


def language_of(deck: Deck) -> str:
    """Return the language that a deck was put into, or nothing if it is as written."""
    return deck.language if deck.translated else ""


def tags_of(question: Question, name: str, today: date | None = None) -> list[str]:
    """Return the note's tags: its deck, its place in the library by the deck's `name` in Anki, its kind and level."""
    fact = question.fact
    marks = {
        "retired": bool(fact.retired),
        "stale": today is not None and fact.is_stale(today),
        "draft": today is not None and fact.status is Status.DRAFT,
    }
    above = [NOT_IN_TAGS.sub("_", part) for part in name.split(NESTING)[:-1]]
    return [
        f"{ROOT}::{fact.deck}",
        *([NESTING.join(above)] if len(above) > 1 else []),
        f"{ROOT}::kind::{question.kind}",
        f"{ROOT}::level::{question.level}",
        *(f"{ROOT}::{mark}" for mark, holds in marks.items() if holds),
    ]


def contents_of(deck: Deck, questions: Iterable[Question], name: str) -> list[Content]:
    """Return what the notes hold, whatever the day, and with the fields of all variants."""
    return [_content(question, deck.language, name) for question in questions]


def _content(question: Question, language: str, name: str) -> Content:
    fields = fields_of(question, language, variant=Variant.EXTENDED)
    cards = [card for card, marker in (("type", _TYPE), ("gap", _GAP)) if fields[marker]]
    # The day by which to check again shows once it has passed: moving it must make the note newer than it was then.
    review_by = question.fact.review_by
    digest = digest_of(fields, tags_of(question, name), [review_by.isoformat() if review_by else ""])
    picture = question.picture
    shown = (picture.name, picture.alt) if picture else ("", "")
    return Content(question.id, digest, question.stem, question.answer.text, *shown, tuple(cards), question.wrong)


def reason_of(deck: Deck) -> Callable[[str], str]:
    """Give what says why a question of the deck, known by its id, is asked no longer."""
    facts = {fact.path: fact for fact in deck.facts}
    words = wording(deck.language).superseded

    def reason(id_: str) -> str:
        fact = facts.get(id_.partition("#")[0])
        if fact is None:
            return words.get("removed", "")
        if fact.retired:
            return "" if deck.translated else fact.retired
        asked = fact.askable and fact.status is Status.REVIEWED
        return words.get("otherwise" if asked else "unsure", "")

    return reason


def superseded_digest(deck: Deck) -> Callable[[Line], str]:
    """Give what tells the digest of the note that is delivered for a line that is asked no longer."""
    return lambda line: digest_of(_superseded_fields(line, deck.language, Variant.EXTENDED), _superseded_tags(deck))


def picture_of(line: Line) -> Picture | None:
    """Return the picture that a former question showed, if it can still be drawn."""
    if not line.content.picture:
        return None
    try:
        picture = Picture.named(line.content.picture, line.content.alt)
        svg_of(picture)
    except (ValueError, LookupError, OSError):
        return None
    return picture


def notes_of(edition: Edition) -> Iterator[Note]:
    """Give the notes of a deck: those of its questions in their order, then those that are asked no longer."""
    deck, lines = edition.deck, edition.ledger.lines
    language = language_of(deck)
    for due, question in enumerate(edition.questions):
        fact = question.fact
        yield Note(
            guid_of(question.id, language),
            fields_of(question, deck.language, edition.today, edition.variant),
            tags_of(question, edition.ledger.name, edition.today),
            _moment(lines[question.id].changed, edition, fact.review_by),
            due,
            fact.file,
            fact.line,
        )
    gone = (lines[id_] for id_ in sorted(lines) if lines[id_].retired)
    for due, line in enumerate(gone, len(edition.questions)):
        fields = _superseded_fields(line, deck.language, edition.variant)
        changed = _moment(line.changed, edition)
        yield Note(guid_of(line.content.id, language), fields, _superseded_tags(deck), changed, due, deck.file)


def _moment(changed: int, edition: Edition, review_by: date | None = None) -> int:
    """Return when a note changed: going stale is a change too, and the extended variant is newer by a second."""
    if review_by and edition.today and edition.today > review_by:
        midnight = datetime.combine(review_by + timedelta(days=1), datetime.min.time(), UTC)
        changed = max(changed, int(midnight.timestamp()))
    return changed + (edition.variant is Variant.EXTENDED)


def _superseded_tags(deck: Deck) -> list[str]:
    return [f"{ROOT}::{deck.key}", f"{ROOT}::retired"]


def _superseded_fields(line: Line, language: str, variant: Variant) -> list[str]:
    """Fill the fields of a note that is asked no longer: the old stem and answer, on each of the cards that it had."""
    content, picture = line.content, picture_of(line)
    since = wording(language).written(line.retired) if line.retired else ""
    stem, answer = escape(content.stem), escape(content.answer)
    words = {
        "Id": escape(content.id),
        "Stem": stem,
        "Answer text": answer,
        "Superseded": escape(": ".join(filter(None, [since, line.reason]))),
        "Language": escape(language),
        "Map" if picture and picture.kind is PictureKind.MAP else "Choose": MARKED,
        "Picture": image_of(picture) if picture else "",
    }
    if variant is Variant.EXTENDED and "type" in content.cards:
        words |= {"Ask": stem, "To type": answer}
    if variant is Variant.EXTENDED and "gap" in content.cards:
        words |= {"Gap before": f"{stem} ", "Gap": answer}
    return [words.get(name, "") for name in FIELDS]
