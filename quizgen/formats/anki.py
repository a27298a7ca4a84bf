"""Questions -> an Anki package (`.apkg`), made so that a later release updates it and loses nothing of the learner's.

Takes decks with their questions, their ledgers and the moment of what is not yet in one; gives one file. What hangs on
written keys: GUIDs, the note type, its fields. What would break in a learner's collection is refused before anything
is written.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from quizgen.facts import Deck
from quizgen.formats import anki_package
from quizgen.formats.anki_fields import cite, escape, media_of
from quizgen.formats.anki_ledger import NOTHING, Changes, Ledger, Released, advance, digest_of
from quizgen.formats.anki_note_type import MAX_OPTIONS, note_type, stable_id
from quizgen.formats.anki_notes import (
    NESTING,
    NOT_IN_TAGS,
    ROOT,
    Edition,
    contents_of,
    guid_of,
    language_of,
    name_part,
    notes_of,
    picture_of,
    reason_of,
    superseded_digest,
    tags_of,
)
from quizgen.formats.anki_package import Package
from quizgen.formats.anki_variants import Variant
from quizgen.problems import Problem, QuizgenError
from quizgen.progress import Steps, unseen
from quizgen.questions import Picture, Question
from quizgen.questions.wording import wording


def write_anki(  # noqa: PLR0913 # each is one thing that the bytes depend on
    decks: Sequence[Deck],
    questions: Sequence[Question],
    out: BinaryIO | Path,
    *,
    changed: datetime,
    today: date | None = None,
    variant: Variant = Variant.STANDARD,
    released: Released = NOTHING,
    company: Sequence[Deck] = (),
    steps: Steps = unseen,
) -> dict[str, Changes]:
    """Write the questions of `decks` as one Anki package; decks without a note are left out.

    `changed` is when everything changed that is not `released` as it is; it must be later than in the last release, or
    Anki keeps the old texts. With `today`, notes of facts that are stale on that day or still drafts are tagged as
    such. `questions` are all those of the decks: what is missing among them counts as asked no longer. `company` are
    decks that a learner may have beside these, so that no two have one name. Gives what is not yet in a ledger, by
    deck. Raises QuizgenError before anything is written.
    """
    if changed.tzinfo is None:
        raise ValueError("changed needs a time zone, or the same input would not give the same bytes everywhere")
    if problems := [*find_problems(decks, questions)]:
        raise QuizgenError(problems)
    pictures = dict.fromkeys(question.picture for question in questions if question.picture)
    for picture in steps(pictures, "Drawing pictures", len(pictures)):
        media_of(picture)  # which keeps them: what is made of them afterwards takes no time
    now = int(changed.timestamp())
    names = deck_names([*company, *decks], released.ledgers)
    editions, changes = [], {}
    for deck, asked in steps(_by_deck(decks, questions), "Making notes", len(decks)):
        ledger, changes[deck.key] = next_ledger(deck, asked, names[deck.key], now, released.ledgers.get(deck.key))
        editions.append(Edition(deck, asked, ledger, today, variant))
    shown = [edition for edition in editions if edition.ledger.lines]
    model = note_type()
    moment = note_type_moment(model, released.note_type, now)
    last = max([moment, *(line.changed for one in shown for line in one.ledger.lines.values())])
    media = dict(media_of(picture) for picture in _pictures(shown))
    Package([_deck(one) for one in shown], model, moment, media, steps).write_to_file(out, last)
    return changes


def next_ledger(
    deck: Deck, questions: Sequence[Question], name: str, now: int, ledger: Ledger | None
) -> tuple[Ledger, Changes]:
    """Bring a deck's ledger up to date at the moment `now`; without one it begins. Tell what that brings."""
    begun = Ledger(deck.key, name, language_of(deck), ledger.lines if ledger else {})
    return advance(begun, contents_of(deck, questions, name), now, reason_of(deck), superseded_digest(deck))


def note_type_moment(model: Any, released: tuple[str, int] | None, now: int) -> int:
    """Return when the note type last changed (seconds since 1970): as released, or `now` if it is another."""
    if released is None:
        return now
    digest, changed = released
    return changed if digest == note_type_digest(model) else max(now, changed + 1)


def note_type_digest(model: Any) -> str:
    """Return what tells a note type from every other: all that Anki learns of it, save its moment."""
    return digest_of([repr(sorted(model.to_json(0, 0).items()))])


def guid(question: Question, language: str = "") -> str:
    """Return what Anki knows a note by; `language` is one that its deck was put into."""
    return guid_of(question.id, language)


def deck_names(decks: Iterable[Deck], ledgers: Mapping[str, Ledger] | None = None) -> Mapping[str, str]:
    """Return the name in Anki of each deck, by key: that of its ledger, else by category and title.

    Anki goes by names, so no two are alike.
    """
    given = {key: ledger.name for key, ledger in (ledgers or {}).items()}
    plain = {deck.key: given.get(deck.key) or plain_name(deck) for deck in decks}
    times = Counter(name.casefold() for name in plain.values())
    return {
        key: name if times[name.casefold()] == 1 or key in given else f"{name} ({key})" for key, name in plain.items()
    }


def plain_name(deck: Deck) -> str:
    """Return the name that a deck has in Anki by its category and title."""
    return NESTING.join(map(name_part, (ROOT, *deck.category, deck.title)))


def find_problems(decks: Iterable[Deck], questions: Iterable[Question]) -> Iterator[Problem]:
    """Find what no note can be made of, each at the line of its fact; the package looks at the notes."""
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
    for tag in tags_of(question, ""):
        if NOT_IN_TAGS.search(tag):
            yield f"the tag '{tag}' of the question '{question.id}' holds a space or a quotation mark"


CHECKS: tuple[Callable[[Question], Iterator[str]], ...] = (check_card, check_options, check_tags)


def _problem(question: Question, message: str, hint: str = "") -> Problem:
    return Problem(question.fact.file, question.fact.line, message, hint)


def _first_at(question: Question) -> str:
    return f"first at {question.fact.file}:{question.fact.line}"


def _by_deck(decks: Iterable[Deck], questions: Iterable[Question]) -> Iterator[tuple[Deck, list[Question]]]:
    of_deck: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        of_deck[question.fact.deck].append(question)
    for deck in {deck.key: deck for deck in decks}.values():
        yield deck, of_deck[deck.key]


def _pictures(editions: Iterable[Edition]) -> Iterator[Picture]:
    for edition in editions:
        yield from (question.picture for question in edition.questions if question.picture)
        gone = (line for line in edition.ledger.lines.values() if line.retired)
        yield from filter(None, map(picture_of, gone))


def _deck(edition: Edition) -> anki_package.Deck:
    deck = edition.deck
    # Another language is another deck: a learner may have both.
    id_ = stable_id("deck", *filter(None, [deck.key, language_of(deck)]))
    return anki_package.Deck(id_, edition.ledger.name, _description(deck), notes_of(edition))


def _description(deck: Deck) -> str:
    words = wording(deck.language)
    parts = (
        escape(deck.description),
        escape(words.card.get("as_of", "As of {day}.").format(day=deck.as_of.isoformat())),
        "<br>".join(cite(source, words) for source in deck.sources),
        *map(escape, deck.cautions),
    )
    return "<br><br>".join(part for part in parts if part)
