"""The command line: the only place that prints and exits.

Takes what was typed; `opening` reads the decks that it names, `terminal` shows how far long work has come.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from quizgen import __version__
from quizgen.cli.another_day import refuse_empty
from quizgen.cli.opening import (
    article_of,
    decks_of,
    open_circles,
    open_decks,
    questions_of,
    quizzes_of,
    read_items,
    text_of,
)
from quizgen.cli.terminal import count, now_here, steps_here, today_here
from quizgen.paths import DECKS
from quizgen.problems import Problem, QuizgenError

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
    more = [read_by(today_here()), *([quoted_from(article_of(article))] if article else [])]
    library, found = load_library(paths, more)
    problems += found
    for problem in sorted(set(problems)):
        click.echo(problem)
    if problems:
        raise click.exceptions.Exit(1)
    asked = questions_of(*open_decks(decks), with_remarks=True)  # with the siblings in the library, as everywhere else
    facts = sum(1 for _ in library.facts)
    counts = (count(len(library.decks), "deck"), count(facts, "fact"), count(len(asked), "question"))
    click.echo(f"{', '.join(counts)}: no problems")


@main.command(epilog="ARTICLE is text, Markdown or HTML in any encoding, up to 1 MB; without -o the deck is printed.")
@click.argument("article", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Deck file to write.")
@click.option("--title", default="", help="Title, where the article does not say it.")
@click.option("--publisher", default="", help="Who published it.")
@click.option("--url", default="", help="Where it stands.")
@click.option("--published", default="", metavar="DATE", help="When it was published, such as 2026-11-20.")
@click.option("--category", default="", help="Such as 'Politics / Asia'.")
@click.option("--retrieved", type=click.DateTime(["%Y-%m-%d"]), help="When you read it; today if you do not say.")
@click.option("--model", default="", metavar="NAME", help="Ask a language model, too; see QUIZGEN_MODEL_URL below.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def draft(
    article: Path, output: Path | None, retrieved: datetime | None, model: str, *, force: bool, **said: str
) -> None:
    """Draft a deck from an article, by rules alone, for you to review.

    Every fact is a draft with its quotation; nothing is asked until you have reviewed it. Where the article contradicts
    itself, both lines are named. With --model, or QUIZGEN_MODEL in the environment, the model at QUIZGEN_MODEL_URL (key
    in QUIZGEN_MODEL_KEY, if it wants one) proposes more; only what the article proves is taken.

    Example: quizgen draft article.txt -o my-article.yaml
    """
    from quizgen.cli.drafting import draft_article

    draft_article(article, output, retrieved.date() if retrieved else today_here(), said, model, force=force)


@main.command("import", epilog="FILE is CSV, TSV, .xlsx, GIFT or Aiken; without -o the deck is printed.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Deck file to write.")
@click.option(
    "--from", "format_", metavar="FORMAT", default="", help="csv, xlsx, gift or aiken, if its name does not say."
)
@click.option("--title", default="", help="Title of the deck.")
@click.option("--category", default="", help="Such as 'Geography / Rivers'.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the questions.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def import_(file: Path, output: Path | None, format_: str, *, force: bool, **said: str) -> None:
    """Make a deck of drafts from questions in another program's file.

    Whatever is not taken is named with its line or cell; exit 1 if nothing is.

    Example: quizgen import quiz.csv -o my-quiz.yaml
    """
    from quizgen.cli.importing import import_file

    import_file(file, output, format_, said, force=force)


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

    library, keys = open_decks(decks, as_of, language)
    made = questions_of(library, keys, with_remarks=as_of is None and not language)
    refuse_empty(decks_of(library, keys), made)
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

    items, chosen = read_items(decks)
    day, text = today.date() if today else today_here(), text_of(article) if article else ""
    bank = audits.Bank(items, chosen, day, text, quizzes_of(items))
    results = audits.audit(bank, steps_here())
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
    from quizgen.formats.anki_releases import read_released

    if target not in FORMATS:
        raise click.BadParameter(f"'{target}' is not one of: {', '.join(FORMATS)}", param_hint="--to")
    circles = open_circles(decks, as_of, language)
    chosen = [deck for library, keys in circles for deck in decks_of(library, keys)]
    company = tuple({deck.key: deck for library, _ in circles for deck in library.decks}.values())
    released = read_released(company, [deck.key for deck in chosen])
    made = [question for library, keys in circles for question in questions_of(library, keys, released)]
    refuse_empty(chosen, made)
    changed = min(max(last_change(library) for library, _ in circles), now_here())
    release = Release(changed, today_here(), released=released, company=company, **settings)
    partial = output.with_name(f".{output.name}.part")
    try:
        with partial.open("wb") as file:
            notices = FORMATS[target].write(chosen, made, release, file, steps_here())
        partial.replace(output)
    except OSError as error:
        raise QuizgenError([Problem(str(output), 0, "cannot be written", (error.strerror or "").lower())]) from error
    finally:
        with suppress(OSError):
            partial.unlink()
    for notice in notices:
        click.echo(notice, err=True)
    click.echo(f"{output}: {count(len(made), 'question')} of {count(len(chosen), 'deck')}", err=True)


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

    Each deck gets a ledger beside its file, to be kept with it. A change counts from --on, else from now.

    Example: quizgen release nato --dry-run
    """
    from quizgen.formats import anki_releases, release_moment

    moment = on.replace(tzinfo=UTC) if on else release_moment(now_here())
    if moment > now_here() + timedelta(days=1):
        hint = "learners' own edits until then would be replaced with each import; leave --on out, or give a past day"
        raise QuizgenError([Problem("--on", 0, "lies in the future", hint)])
    for library, keys in open_circles(decks, as_of, language):
        for line in anki_releases.release(library, keys, questions_of(library, keys), moment, **settings):
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
    from quizgen.formats.anki_releases import read_released
    from quizgen.web.server import default_folder, prepare, run

    library, keys = open_decks(decks, as_of, language)
    read_released(library.decks, keys)
    folder = data or default_folder()
    prepare(port, folder)
    click.echo(f"quizgen: http://127.0.0.1:{port}  (answers are kept in {folder}; stop with Ctrl-C)")
    run(decks, port=port, folder=folder, as_of=as_of.date() if as_of else None, language=language)
