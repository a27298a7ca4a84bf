"""Questions -> an Anki package (`.apkg`), made so that a later release updates it and loses nothing of the learner's.

Takes decks with their questions and the moment of the release; gives one file. What hangs on written keys: GUIDs, the
note type, its fields. What would break in a learner's collection is refused before anything is written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

import genanki

from quizgen.facts import Deck, Status
from quizgen.formats import anki_package
from quizgen.formats.anki_fields import cite, escape, fields_of, media_of
from quizgen.formats.anki_package import MAX_OPTIONS, Package, note_type, stable_id
from quizgen.problems import Problem, QuizgenError
from quizgen.questions import Question
from quizgen.questions.wording import wording

ROOT = "quizgen"
_NOT_IN_TAGS = re.compile(r'[\s"\x00-\x1f\x7f]+')
_NESTING = re.compile(r":{2,}")


def write_anki(
    decks: Sequence[Deck],
    questions: Sequence[Question],
    out: BinaryIO | Path,
    *,
    changed: datetime,
    today: date | None = None,
) -> None:
    """Write the questions of `decks` as one Anki package; decks without a question are left out.

    `changed` must be later than in the last release, or Anki keeps the old texts. With `today`, notes of facts that
    are stale on that day or still drafts are tagged as such. Raises QuizgenError before anything is written.
    """
    if changed.tzinfo is None:
        raise ValueError("changed needs a time zone, or the same input would not give the same bytes everywhere")
    problems = [*find_problems(decks, questions)]
    if problems:
        raise QuizgenError(problems)
    media = dict(media_of(question.picture) for question in questions if question.picture)
    Package(_filled(decks, questions, today), media).write_to_file(out, changed.timestamp())


def guid(question: Question, language: str = "") -> str:
    """Return what Anki knows a note by, whatever its wording becomes; `language` is one that its deck was put into."""
    return str(genanki.guid_for(ROOT, question.id, *filter(None, [language])))


def deck_names(decks: Iterable[Deck]) -> Mapping[str, str]:
    """Return the name in Anki of each deck, by key. Anki goes by names, so no two are alike."""
    plain = {deck.key: "::".join(map(_name_part, (ROOT, *deck.category, deck.title))) for deck in decks}
    times = Counter(name.casefold() for name in plain.values())
    return {key: name if times[name.casefold()] == 1 else f"{name} ({key})" for key, name in plain.items()}


def tags_of(question: Question, category: Sequence[str], today: date | None = None) -> list[str]:
    """Return the note's tags: its deck, its place in the library, its kind and level."""
    fact = question.fact
    marks = {
        "retired": bool(fact.retired),
        "stale": today is not None and fact.is_stale(today),
        "draft": today is not None and fact.status is Status.DRAFT,
    }
    return [
        f"{ROOT}::{fact.deck}",
        *(["::".join((ROOT, *map(_tag_part, category)))] if category else []),
        f"kind::{question.kind}",
        f"level::{question.level}",
        *(f"{ROOT}::{name}" for name, holds in marks.items() if holds),
    ]


def find_problems(decks: Iterable[Deck], questions: Iterable[Question]) -> Iterator[Problem]:
    """Find everything that would be lost or broken in a learner's collection, each at the line of its fact."""
    known = {deck.key for deck in decks}
    first: dict[str, Question] = {}
    for question in questions:
        twin = first.setdefault(guid(question), question)
        if twin is not question:
            yield _problem(question, f"the question '{question.id}' is there twice", _first_at(twin))
        if question.fact.deck not in known:
            yield _problem(question, f"its deck '{question.fact.deck}' is not among those to export")
        for check in CHECKS:
            for message in check(question):
                yield _problem(question, message)


def check_card(question: Question) -> Iterator[str]:
    """Anki makes no card of a note whose front is blank, and refuses one whose first field is."""
    if not question.id.strip():
        yield "a question has no id"
    if not question.stem.strip():
        yield f"the question '{question.id}' has an empty stem, so Anki would make no card of it"


def check_options(question: Question) -> Iterator[str]:
    """The options must fit the note type's fields, be visible, and hold one answer."""
    count = len(question.options)
    if count > MAX_OPTIONS:
        yield f"the question '{question.id}' has {count} options, and a note has fields for {MAX_OPTIONS}"
    if not all(option.text.strip() for option in question.options):
        yield f"the question '{question.id}' has an empty option"
    if sum(option.is_right for option in question.options) != 1:
        yield f"the question '{question.id}' must have one right option"


def check_tags(question: Question) -> Iterator[str]:
    """Anki parts tags at spaces, and those made of keys are not to be bent until they fit."""
    for tag in tags_of(question, ()):
        if _NOT_IN_TAGS.search(tag):
            yield f"the tag '{tag}' of the question '{question.id}' holds a space or a quotation mark"


CHECKS: tuple[Callable[[Question], Iterator[str]], ...] = (check_card, check_options, check_tags)


def _problem(question: Question, message: str, hint: str = "") -> Problem:
    return Problem(question.fact.file, question.fact.line, message, hint)


def _first_at(question: Question) -> str:
    return f"first at {question.fact.file}:{question.fact.line}"


def _filled(decks: Sequence[Deck], questions: Iterable[Question], today: date | None) -> list[Any]:
    names, model = deck_names(decks), note_type()
    of_deck: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        of_deck[question.fact.deck].append(question)
    filled = []
    for deck in {deck.key: deck for deck in decks}.values():
        if deck.key in of_deck:
            # Another language is another deck: a learner may have both.
            key = filter(None, [deck.key, deck.language if deck.translated else ""])
            anki_deck = anki_package.Deck(stable_id("deck", *key), names[deck.key], _description(deck))
            for due, question in enumerate(of_deck[deck.key]):
                anki_deck.add_note(_note(model, question, deck, due, today))
            filled.append(anki_deck)
    return filled


def _note(model: Any, question: Question, deck: Deck, due: int, today: date | None) -> Any:
    return genanki.Note(
        model=model,
        fields=fields_of(question, deck.language, today),
        tags=tags_of(question, deck.category, today),
        guid=guid(question, deck.language if deck.translated else ""),
        due=due,
    )


def _description(deck: Deck) -> str:
    words = wording(deck.language)
    parts = (
        escape(deck.description),
        escape(words.card.get("as_of", "As of {day}.").format(day=deck.as_of.isoformat())),
        "<br>".join(cite(source, words) for source in deck.sources),
        *map(escape, deck.cautions),
    )
    return "<br><br>".join(part for part in parts if part)


def _name_part(text: str) -> str:
    """Anki makes a deck inside a deck of every '::', and drops blanks at the ends."""
    return _NESTING.sub(":", " ".join(text.split())).strip(": ") or "-"


def _tag_part(text: str) -> str:
    return _NOT_IN_TAGS.sub("_", _name_part(text))
