"""The command line: the only place that prints and exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizgen import __version__
from quizgen.paths import DECKS
from quizgen.problems import Problem, QuizgenError
from quizgen.progress import Steps, unseen

if TYPE_CHECKING:
    from quizgen.facts import Deck, Library
    from quizgen.questions import Question
    from quizgen.questions.audit import Item

BANK = ".jsonl"
LABEL = 20  # columns: as wide as the longest label of a bar
REDRAWN = 200  # how often a bar is drawn
SHOW_CURSOR = "\x1b[?25h"
T = TypeVar("T")
DECK_HELP = "DECK is a file, a folder, or the key of a shipped deck; none means the whole library."


class Cli(click.Group):
    """Prints problems the same way for every command."""

    def invoke(self, context: click.Context) -> object:
        """Run a command; whatever stands in its way is printed at once, and the exit code is 1."""
        try:
            return super().invoke(context)
        except QuizgenError as error:
            for problem in error.problems:
                click.echo(problem, err=True)
            context.exit(1)


@click.group(cls=Cli, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizgen")
def main() -> None:
    """Facts of world politics become quizzes in the browser and Anki decks."""


decks_argument = click.argument("decks", nargs=-1, metavar="[DECK]...")
as_of_option = click.option(
    "--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="Ask what held on another day, such as 2020-03-01."
)
language_option = click.option("--language", default="", metavar="CODE", help="Ask in another language: fr, ar, ...")
seed_option = click.option("--seed", default=0, show_default=True, help="Number that sets the order of the options.")


@main.command(epilog=DECK_HELP)
@decks_argument
@click.option("--article", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Text to find quotes in.")
def check(decks: tuple[str, ...], article: Path | None) -> None:
    """Print every problem of deck files.

    Each with its file, line and a hint; exit 1 if there is any. Facts that give no question are noted.

    Example: quizgen check my-deck.yaml --article article.txt
    """
    from quizgen.facts import find_decks, load_library, quoted_from, read_by

    paths, problems = find_decks(decks, DECKS)
    more = [read_by(_today()), *([quoted_from(_text(article))] if article else [])]
    library, found = load_library(paths, more)
    problems += found
    for problem in sorted(set(problems)):
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)
    asked = _questions(*_open(decks), with_remarks=True)  # with the siblings in the library, as everywhere else
    facts = sum(1 for _ in library.facts)
    counts = (_count(len(library.decks), "deck"), _count(facts, "fact"), _count(len(asked), "question"))
    click.echo(f"{', '.join(counts)}: no problems")


@main.command(epilog=DECK_HELP)
@decks_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@as_of_option
@language_option
@seed_option
def questions(decks: tuple[str, ...], as_json: bool, as_of: datetime | None, language: str, seed: int) -> None:
    """Print the questions that decks give.

    Example: quizgen questions nato --json
    """
    from quizgen.formats.data import json_lines
    from quizgen.formats.text import text_blocks

    library, keys = _open(decks, as_of, language)
    made = _questions(library, keys, with_remarks=as_of is None and not language)
    for block in (json_lines if as_json else text_blocks)(made, seed):
        click.echo(block)


@main.command(epilog=f"{DECK_HELP} A file that ends in .jsonl is a bank of questions from anywhere.")
@decks_argument
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a gate.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Audit as on another day.")
@click.option("--article", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Text to find quotes in.")
def audit(decks: tuple[str, ...], as_json: bool, today: datetime | None, article: Path | None) -> None:
    """Measure how good questions are; exit 1 if a gate fails.

    Example: quizgen audit nato --today 2027-01-01
    """
    from quizgen.formats.scoreboard import json_results, text_results
    from quizgen.questions import audit as audits

    items, chosen = _items(decks)
    day, text = today.date() if today else _today(), _text(article) if article else ""
    bank = audits.Bank(items, chosen, day, text, _quizzes(items))
    results = audits.audit(bank, _steps())
    for line in (json_results if as_json else text_results)(results):
        click.echo(line)
    if any(result.passed is False for result in results):
        raise click.exceptions.Exit(1)


@main.command(epilog=DECK_HELP)
@decks_argument
@click.option("--to", "target", required=True, metavar="FORMAT", help="anki or json.")
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@as_of_option
@language_option
@seed_option
@click.option(
    "--variant",
    type=click.Choice(["standard", "extended"]),
    default="standard",
    show_default=True,
    help="Cards in Anki: to choose only, or also to type the answer and to fill a gap.",
)
def export(
    decks: tuple[str, ...],
    target: str,
    output: Path,
    as_of: datetime | None,
    language: str,
    **settings: Any,
) -> None:
    """Write decks in another program's format.

    Example: quizgen export nato --to anki -o nato.apkg
    """
    from quizgen.formats import FORMATS, Release, last_change

    if target not in FORMATS:
        raise click.BadParameter(f"'{target}' is not one of: {', '.join(FORMATS)}", param_hint="--to")
    circles = _circles(decks, as_of, language)
    chosen = [deck for library, keys in circles for deck in _decks(library, keys)]
    made = [question for library, keys in circles for question in _questions(library, keys)]
    release = Release(max(last_change(library) for library, _ in circles), _today(), **settings)
    partial = output.with_name(f".{output.name}.part")
    try:
        with partial.open("wb") as file:
            notices = FORMATS[target].write(chosen, made, release, file, _steps())
        partial.replace(output)
    except OSError as error:
        raise QuizgenError([Problem(str(output), 0, "cannot be written", (error.strerror or "").lower())]) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    for notice in notices:
        click.echo(notice, err=True)
    click.echo(f"{output}: {_count(len(made), 'question')} of {_count(len(chosen), 'deck')}", err=True)


@main.command(epilog=DECK_HELP)
@decks_argument
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]), help="Moment of release, in UTC.")
@click.option("--rename", is_flag=True, help="Let decks in Anki take the names that their files give them now.")
@click.option("--dry-run", is_flag=True, help="Write nothing; list what would change.")
@as_of_option
@language_option
def release(
    decks: tuple[str, ...], on: datetime | None, as_of: datetime | None, language: str, **settings: bool
) -> None:
    """Record what changed, so that Anki updates that and nothing else.

    Each deck gets a ledger beside its file, to be kept with it. A change counts from --on, else from the newest file.

    Example: quizgen release nato --dry-run
    """
    from quizgen.formats import anki_releases, last_change

    for library, keys in _circles(decks, as_of, language):
        moment = on.replace(tzinfo=UTC) if on else last_change(library)
        for line in anki_releases.release(library, keys, _questions(library, keys), moment, **settings):
            click.echo(line)


@main.command(epilog=DECK_HELP)
@decks_argument
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port on 127.0.0.1.")
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder to keep answers in.")
@as_of_option
@language_option
def serve(decks: tuple[str, ...], port: int, data: Path | None, as_of: datetime | None, language: str) -> None:
    """Serve quizzes in the browser, on this computer only.

    Example: quizgen serve nato my-deck.yaml
    """
    from quizgen.web.server import default_folder, prepare, run

    _open(decks, as_of, language)
    folder = data or default_folder()
    prepare(port, folder)
    click.echo(f"quizgen: http://127.0.0.1:{port}  (answers are kept in {folder}; stop with Ctrl-C)")
    run(decks, port=port, folder=folder, as_of=as_of.date() if as_of else None, language=language)


def _open(decks: Sequence[str], as_of: datetime | None = None, language: str = "") -> tuple[Library, list[str]]:
    from quizgen.facts import open_library

    library, keys, problems = open_library(decks, DECKS, as_of=as_of.date() if as_of else None, steps=_steps())
    if problems:
        raise QuizgenError(problems)
    return _translated(library, keys, language) if language else (library, keys)


def _circles(
    decks: Sequence[str], as_of: datetime | None = None, language: str = ""
) -> list[tuple[Library, Sequence[str]]]:
    """Load decks for what learners keep: each in the company that it always has, and the keys that were asked for."""
    from quizgen.facts import open_circles

    circles, problems = open_circles(decks, DECKS, as_of=as_of.date() if as_of else None, steps=_steps())
    if problems:
        raise QuizgenError(problems)
    return [_translated(one.library, one.keys, language) if language else (one.library, one.keys) for one in circles]


def _translated(library: Library, keys: Sequence[str], language: str) -> tuple[Library, list[str]]:
    """Put decks into another language, and say what of those that were asked for is left out."""
    from quizgen.facts import in_language

    translated, found = in_language(library, language)
    files = {deck.file for deck in _decks(library, keys)}
    notes = [note for note in found if note.file in files]
    left = [key for key in keys if translated.deck(key)]
    if not left:
        raise QuizgenError(notes or found)
    for note in notes:
        click.echo(f"note: {note}", err=True)
    return translated, left


def _questions(library: Library, keys: Iterable[str], *, with_remarks: bool = False) -> list[Question]:
    """Make the questions of some decks; facts that give none can be named, and stop nothing."""
    from quizgen.questions import make_questions, only

    files = {deck.file for deck in _decks(library, keys)}
    made, remarks = make_questions(library, steps=_steps())
    for remark in remarks:
        if with_remarks and remark.file in files:
            click.echo(f"note: {remark}", err=True)
    return only(made, keys)


def _items(arguments: Sequence[str]) -> tuple[list[Item], list[Deck]]:
    """Read what is to be audited: banks of JSON lines, and decks; the whole library when nothing is named."""
    from quizgen.questions.audit import items_of, read_bank

    banks = [argument for argument in arguments if argument.endswith(BANK)]
    decks = [argument for argument in arguments if not argument.endswith(BANK)]
    items: list[Item] = []
    problems: list[Problem] = []
    for file in banks:
        found, wrong = read_bank(_text(Path(file)).splitlines(), file)
        items += found
        problems += wrong
    if problems:
        raise QuizgenError(problems)
    if banks and not decks:
        return items, []
    library, keys = _open(decks)
    return items + items_of(_questions(library, keys)), _decks(library, keys)


def _quizzes(items: Iterable[Item]) -> list[list[Item]]:
    """Compose some quizzes of our own questions, as learners meet them."""
    from quizgen.quizzes import sample_quizzes

    shown = {item.id: item for item in items if item.question}
    questions = [item.question for item in shown.values() if item.question]
    return [[shown[question.id] for question in quiz] for quiz in sample_quizzes(questions)]


def _decks(library: Library, keys: Iterable[str]) -> list[Deck]:
    wanted = set(keys)
    return [deck for deck in library.decks if deck.key in wanted]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise QuizgenError([Problem(str(file), 0, "cannot be read", (error.strerror or "").lower())]) from error
    except UnicodeDecodeError as error:
        raise QuizgenError([Problem(str(file), 0, "is not UTF-8 text", "save the file as UTF-8")]) from error


def _steps() -> Steps:
    """Give what shows how far long work has come: bars on a terminal that can draw them, nothing elsewhere."""
    can_draw = sys.stderr.isatty() and os.environ.get("TERM", "") not in ("", "dumb")
    return _bar if can_draw else unseen


def _bar(steps: Iterable[T], label: str, length: int, /) -> Iterator[T]:
    if length <= 1:
        yield from steps  # a bar of one step would say nothing
        return
    # The bar hides the cursor: whatever stops the command brings it back.
    click.get_current_context().call_on_close(lambda: click.echo(SHOW_CURSOR, nl=False, err=True))
    some = max(1, length // REDRAWN)
    with click.progressbar(steps, length, label.ljust(LABEL), file=sys.stderr, width=0, update_min_steps=some) as bar:
        yield from bar


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _today() -> date:
    return datetime.now().astimezone().date()
