"""Ledgers on disk: where they lie, reading them for an export, and writing the next ones when decks are released.

Takes decks with their questions; gives what an export says to people, or the releases to write. A ledger lies beside
its deck file and is committed with it: `nato.ledger`, or `nato.fr.ledger` for the deck in French. The note type is the
same for all decks, so it has one of its own beside the card templates.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from quizgen.facts import Deck, Library
from quizgen.facts.library import SUFFIXES
from quizgen.formats.anki import deck_names, next_ledger, note_type_digest, note_type_moment, plain_name
from quizgen.formats.anki_ledger import Changes, Ledger, Released
from quizgen.formats.anki_ledger_file import (
    MOST_BYTES,
    ledger_text,
    note_type_text,
    parse_ledger,
    parse_note_type,
)
from quizgen.formats.anki_note_type import note_type
from quizgen.formats.anki_notes import language_of
from quizgen.paths import DECKS, TEMPLATES
from quizgen.problems import Problem, QuizgenError
from quizgen.questions import Question

SUFFIX = ".ledger"
MOST_LISTED = 40
NOTE_TYPE = TEMPLATES / "anki" / f"note-type{SUFFIX}"


@dataclass(frozen=True, slots=True)
class DeckRelease:
    """The next ledger of a deck, where it is to be written, and what it brings; `begun` if it is the first one.

    `renamed` is the name that the deck had in Anki until now, if it gets another one.
    """

    deck: Deck
    file: Path
    ledger: Ledger
    changes: Changes
    begun: bool
    renamed: str = ""


def ledger_file(deck: Deck) -> Path:
    """Return where the ledger of a deck lies: beside its file."""
    return Path(deck.file).with_name(f"{'.'.join(filter(None, [deck.key, language_of(deck)]))}{SUFFIX}")


def read_released(decks: Iterable[Deck], keys: Container[str] | None = None) -> Released:
    """Read the ledgers of decks and of the note type. Raises QuizgenError with all that is wrong in them.

    With `keys`, a broken ledger of another deck than these is passed over: it belongs to company.
    """
    problems: list[Problem] = []
    ledgers: dict[str, Ledger] = {}
    for deck in decks:
        ledger, found = _ledger_of(deck)
        ledgers |= {deck.key: ledger} if ledger else {}
        problems += found if keys is None or deck.key in keys else []
    data = _read(NOTE_TYPE, problems)
    head = None
    if data is not None:
        head, found = parse_note_type(data, str(NOTE_TYPE))
        problems += found
    if problems:
        raise QuizgenError(problems)
    return Released(ledgers, head)


def _ledger_of(deck: Deck) -> tuple[Ledger | None, list[Problem]]:
    problems: list[Problem] = []
    file = ledger_file(deck)
    data = _read(file, problems)
    if data is None:
        return None, problems
    ledger, problems = parse_ledger(data, str(file))
    problems += _foreign(ledger, deck, file)
    return (None if problems else ledger), problems


def notices(decks: Sequence[Deck], released: Released, changes: Mapping[str, Changes]) -> list[str]:
    """Say what people should know before they give a file to learners.

    That is a deck without a ledger, one with `changes` that are not in it, a name that is kept, a key that is the
    library's, and a ledger whose deck is gone.
    """
    said = []
    without = [deck for deck in decks if deck.key not in released.ledgers]
    if without:
        told = f"{without[0].key} has" if len(without) == 1 else f"{len(without)} decks have"
        said.append(
            f"note: {told} no ledger: each export will replace what learners changed in their notes; "
            f"'{_command(without)}' begins one"
        )
    for deck in decks:
        ledger = released.ledgers.get(deck.key)
        if ledger and (count := changes.get(deck.key, Changes()).count):
            said.append(
                f"note: {deck.key} has {count} change{'s' * (count > 1)} that no release has recorded; "
                f"'quizgen release {_argument(deck)}' does: without it, learners may keep what is taken back later"
            )
        if ledger and ledger.name != plain_name(deck) and not ledger.name.endswith(f"({deck.key})"):
            said.append(
                f"note: {deck.key} stays '{ledger.name}' in Anki and does not become '{plain_name(deck)}', which would "
                f"part a learner's old cards from new ones; 'quizgen release --rename {_argument(deck)}' renames it"
            )
    return [*said, *_strangers(decks)]


def _strangers(decks: Iterable[Deck]) -> Iterator[str]:
    """Name decks that have a key of the library's, and ledgers that have no deck."""
    own = [deck for deck in decks if not _is_shipped(deck)]
    for deck in own:
        if any((DECKS / f"{deck.key}{suffix}").exists() for suffix in SUFFIXES):
            yield (
                f"note: {deck.key} has the key of a deck of the library: Anki will take the notes of both for the "
                f"same; give yours another ({deck.file})"
            )
    for folder in sorted({Path(deck.file).parent for deck in own}):
        for file in sorted(folder.glob(f"[!.]*{SUFFIX}")):
            key = file.name.partition(".")[0].partition("@")[0]
            if not any((folder / f"{key}{suffix}").exists() for suffix in SUFFIXES):
                yield (
                    f"note: {file} has no deck: to Anki a deck with another key is another deck, and what learners "
                    f"have of '{key}' is never corrected again; give the file and the deck their key back"
                )


def release(
    library: Library,
    keys: Sequence[str],
    questions: Iterable[Question],
    moment: datetime,
    *,
    rename: bool = False,
    dry_run: bool = False,
) -> Iterator[str]:
    """Bring the ledgers of some decks of a library up to date, and tell what that brings, in lines for people.

    `questions` are all those of these decks. With a shipped deck goes the note type, which all decks share.
    """
    chosen: dict[str, list[Question]] = {key: [] for key in keys}
    for question in questions:
        chosen[question.fact.deck].append(question)
    released, now = read_released(library.decks, keys), int(moment.timestamp())
    made = next_releases(library.decks, chosen, released, now, rename=rename)
    if not dry_run:
        write_releases(made)
    for one in made:
        yield from told(one)
        yield from listed(one) if dry_run else ()
    yield from _strangers(one.deck for one in made)
    if any(_is_shipped(one.deck) for one in made):
        differs = release_note_type(released, now, dry_run=dry_run)
        yield f"{NOTE_TYPE}: the note type {'changed' if differs else 'is as it was'}"


def next_releases(
    company: Sequence[Deck],
    chosen: Mapping[str, Sequence[Question]],
    released: Released,
    now: int,
    *,
    rename: bool = False,
) -> list[DeckRelease]:
    """Give the next ledger of each chosen deck, by key; `company` are all decks from among which it is chosen.

    A deck keeps the name that it has in Anki, unless it is to `rename`.
    """
    kept = {} if rename else released.ledgers
    names = deck_names(company, kept)
    made = []
    for deck in company:
        if deck.key in chosen:
            old = released.ledgers.get(deck.key)
            ledger, changes = next_ledger(deck, chosen[deck.key], names[deck.key], now, old)
            renamed = old.name if old and old.name != ledger.name else ""
            made.append(DeckRelease(deck, ledger_file(deck), ledger, changes, old is None, renamed))
    return made


def write_releases(made: Iterable[DeckRelease]) -> None:
    """Write the ledgers of releases, each whole or not at all. Raises QuizgenError where a file cannot be written."""
    problems = [problem for release in made for problem in _write(release.file, ledger_text(release.ledger))]
    if problems:
        raise QuizgenError(problems)


def release_note_type(released: Released, now: int, *, dry_run: bool = False) -> bool:
    """Write when the note type last changed, unless this is a `dry_run`; tell whether it did since the last release."""
    model = note_type()
    head = (note_type_digest(model), note_type_moment(model, released.note_type, now))
    if head == released.note_type:
        return False
    if not dry_run and (problems := [*_write(NOTE_TYPE, note_type_text(*head))]):
        raise QuizgenError(problems)
    return True


def told(release: DeckRelease) -> Iterator[str]:
    """Say in a line what a release of a deck brings, and in more what learners must do before they import it."""
    changes, lines = release.changes, release.ledger.lines
    retired = sum(line.retired is not None for line in lines.values())
    counts = {
        "new": len(changes.new),
        "changed": len(changes.changed),
        "retired": len(changes.retired),
        "asked again": len(changes.returned),
        "as they were": len(lines) - sum(map(len, (changes.new, changes.changed, changes.retired, changes.returned))),
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no notes"
    yield f"{release.file}: {said}" + (f" ({retired} retired in all)" if retired > len(changes.retired) else "")
    if release.renamed:
        yield f"  in Anki '{release.renamed}' becomes '{release.ledger.name}': before they import it, learners rename"
        yield "  their deck to this, or their old cards stay in one deck and new ones come in another"


def listed(release: DeckRelease) -> Iterator[str]:
    """List the notes that a release brings something for, as many as a person would read."""
    changes = release.changes
    marked = (
        *(f"  + {id_}" for id_ in changes.new if not release.begun),
        *(f"  ~ {id_}" for id_ in changes.changed),
        *(f"  - {id_}: {release.ledger.lines[id_].reason or 'retired'}" for id_ in changes.retired),
        *(f"  + {id_}: asked again" for id_ in changes.returned),
    )
    yield from marked[:MOST_LISTED]
    if len(marked) > MOST_LISTED:
        yield f"  and {len(marked) - MOST_LISTED} more"


def _foreign(ledger: Ledger | None, deck: Deck, file: Path) -> list[Problem]:
    own = (deck.key, language_of(deck))
    if ledger is None or (ledger.deck, ledger.language) == own:
        return []
    whose = " in ".join(filter(None, [f"deck '{ledger.deck}'", ledger.language]))
    return [Problem(str(file), 1, f"this is the ledger of {whose}", "each deck and language has its own")]


def _read(file: Path, problems: list[Problem]) -> bytes | None:
    """Read a file if it is there, or as much of it as shows that it is too large."""
    try:
        with file.open("rb") as source:
            return source.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        problems.append(Problem(str(file), 0, "cannot be read", (error.strerror or "").lower()))
        return None


def _write(file: Path, text: str) -> Iterator[Problem]:
    """Write a file whole or not at all, so that being stopped leaves the one that was there."""
    partial = ""
    try:
        descriptor, partial = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(partial).chmod(0o644)
        Path(partial).replace(file)
    except OSError as error:
        with suppress(OSError):
            Path(partial).unlink()
        yield Problem(str(file), 0, "cannot be written", (error.strerror or "").lower())


def _argument(deck: Deck) -> str:
    """Return how a deck is named on the command line: a shipped one by its key."""
    key, at, day = deck.key.partition("@")
    name = key if _is_shipped(deck) else deck.file
    return " ".join(
        (name, *(("--as-of", day) if at else ()), *(("--language", deck.language) if deck.translated else ()))
    )


def _is_shipped(deck: Deck) -> bool:
    return Path(deck.file).resolve().parent == DECKS.resolve()


def _command(decks: Sequence[Deck]) -> str:
    if len(decks) == 1:
        return f"quizgen release {_argument(decks[0])}"
    settings = _argument(decks[0]).partition(" ")[2]
    return f"quizgen release DECK... {settings}".rstrip()
