"""Releasing on the command line: which files appear, what they say, and what Anki then does with an export."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen import cli
from quizgen.cli import opening
from quizgen.formats import anki_releases
from tests.anki_support import Learner, new_learner

HEAD = """\
deck: {key}
title: {title}
category: Tests / {shelf}
as_of: 2026-11-22
sources:
  book: {{title: The book, publisher: A house, retrieved: 2026-11-22}}
"""
PACT = """\
entities:
  pact: {name: Pact, kind: organisation, article: the}
complete:
  - {relation: member_of, object: pact, since: 1950-01-01}
facts:
"""
AIMS = """\
facts:
  - {id: why, ask: Why was the Pact made?, answer: to keep the peace, set: aims, kind: reason}
  - {id: trade, ask: Why did Utopia join?, answer: to sell its grain, set: aims, kind: reason}
  - {id: pride, ask: Why did Arcadia join?, answer: to be seen, set: aims, kind: reason}
  - {id: fear, ask: Why did Ruritania join?, answer: to be safe, set: aims, kind: reason}
"""
MEMBERS = ("AUT 1951", "BEL 1962", "CHE 1973", "DNK 1984", "ESP 1995", "FIN 1999", "FRA 2001", "DEU 2004")
FIRST, LATER = 1_790_000_000, 1_790_100_000


def deck(key: str, facts: str, title: str = "", shelf: str = "Small ones") -> str:
    return HEAD.format(key=key, title=title or f"Deck {key}", shelf=shelf) + facts


def members(*rows: str) -> str:
    facts = (
        f"  - {{id: {row[:3].lower()}, subject: {row[:3]}, relation: member_of, object: pact, from: {row[4:]}-05-01}}\n"
        for row in rows
    )
    return PACT + "".join(facts)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with a shipped library of two small decks."""
    work, shipped = tmp_path / "work", tmp_path / "shipped"
    work.mkdir()
    shipped.mkdir()
    monkeypatch.chdir(work)
    for module in (cli, opening, anki_releases):
        monkeypatch.setattr(module, "DECKS", shipped)
    monkeypatch.setattr(anki_releases, "NOTE_TYPE", tmp_path / "note-type.ledger")
    monkeypatch.setattr(cli, "now_here", lambda: datetime(2027, 11, 22, tzinfo=UTC))
    monkeypatch.setattr(cli, "today_here", lambda: date(2026, 11, 22))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    write(shipped / "first.yaml", deck("first", members(*MEMBERS[:4])))
    write(shipped / "second.yaml", deck("second", members(*MEMBERS[4:])))
    write(work / "mine.yaml", deck("mine", AIMS))
    return work


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    (tmp_path / "anki").mkdir()
    with new_learner(tmp_path / "anki") as learner:
        yield learner


def write(file: Path, text: str, changed: int = FIRST) -> None:
    file.write_text(text, encoding="utf-8")
    os.utime(file, (changed, changed))


def quizgen(*arguments: str) -> Result:
    result = CliRunner().invoke(cli.main, arguments)
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def release(*arguments: str, on: str = "2026-10-01") -> str:
    result = quizgen("release", *arguments, "--on", on)
    assert result.exit_code == 0, result.output
    return result.stdout


def export(*arguments: str, to: str = "out.apkg") -> bytes:
    result = quizgen("export", *arguments, "--to", "anki", "-o", to)
    assert result.exit_code == 0, result.output
    return Path(to).read_bytes()


def notes(package: bytes) -> dict[str, tuple[str, str, int]]:
    """Read fields, tags and moments by GUID, as Anki finds them in a package."""
    Path("in.zip").write_bytes(package)
    with zipfile.ZipFile("in.zip") as archive:
        Path("in.sqlite").write_bytes(archive.read("collection.anki2"))
    connection = sqlite3.connect("in.sqlite")
    found = {row[0]: row[1:] for row in connection.execute("select guid, flds, tags, mod from notes")}
    connection.close()
    return found


def test_a_first_release_writes_a_line_for_each_note() -> None:
    assert release("mine.yaml") == "mine.ledger: 4 new\n"
    head, *lines = Path("mine.ledger").read_text(encoding="utf-8").splitlines()
    assert head == '{"ledger": 1, "deck": "mine", "name": "quizgen::Tests::Small ones::Deck mine"}'
    assert re.fullmatch(
        r'\{"id": "mine/fear#ask", "digest": "[0-9a-f]{16}", "changed": "2026-10-01T00:00:00Z",'
        r' "stem": "Why did Ruritania join\?", "answer": "To be safe",'
        r' "wrong": \["why mine/why", "trade mine/trade", "pride mine/pride"\]\}',
        lines[0],
    )
    assert [line[:16] for line in lines] == sorted(line[:16] for line in lines)


def test_the_same_again_writes_the_same() -> None:
    release("mine.yaml")
    before = Path("mine.ledger").read_bytes()
    assert release("mine.yaml", on="2026-11-01") == "mine.ledger: 4 as they were\n"
    assert Path("mine.ledger").read_bytes() == before
    assert {path.name for path in Path().iterdir()} == {"mine.yaml", "mine.ledger"}


def test_a_dry_run_lists_what_a_release_would_bring_and_writes_nothing() -> None:
    release("mine.yaml")
    before = Path("mine.ledger").read_bytes()
    text = AIMS.replace("to be safe", "to be safer").replace("  - {id: why", "  - {id: why-not")
    write(Path("mine.yaml"), deck("mine", text))
    assert release("mine.yaml", "--dry-run").splitlines() == [
        "mine.ledger: 1 new, 3 changed, 1 retired",
        "  + mine/why-not#ask",
        "  ~ mine/fear#ask",
        "  ~ mine/pride#ask",
        "  ~ mine/trade#ask",
        "  - mine/why#ask: it was taken out of the deck.",
    ]
    assert Path("mine.ledger").read_bytes() == before


def test_a_change_reaches_the_learner_and_nothing_else_does(learner: Learner) -> None:
    release("mine.yaml")
    assert learner.take(export("mine.yaml")) == {"new": 4}
    learner.study(2)
    memory = learner.memory()
    text = AIMS.replace(", set: aims", ", explanation: Because., set: aims", 1)
    write(Path("mine.yaml"), deck("mine", text), LATER)
    assert learner.take(export("mine.yaml", to="early.apkg")) == {"updated": 1, "duplicate": 3}
    assert quizgen("release", "mine.yaml").stdout == "mine.ledger: 1 changed, 3 as they were\n"
    # The release is made later than that export: whoever edited the note in between gets the correction, too.
    assert learner.take(export("mine.yaml", to="late.apkg")) == {"updated": 1, "duplicate": 3}
    assert learner.take(export("mine.yaml", to="late.apkg")) == {"duplicate": 4}
    assert learner.memory() == memory


def test_old_files_that_look_new_give_the_same_bytes() -> None:
    release("mine.yaml")
    quizgen("release")
    before = [hashlib.sha256(export("mine.yaml")).hexdigest(), hashlib.sha256(export("first")).hexdigest()]
    for file in (Path("mine.yaml"), *Path("../shipped").iterdir()):
        os.utime(file, (LATER, LATER))
    assert [hashlib.sha256(export(name)).hexdigest() for name in ("mine.yaml", "first")] == before


def test_a_note_that_is_gone_says_so_for_ever_and_comes_back(learner: Learner) -> None:
    release("mine.yaml")
    learner.take(export("mine.yaml"))
    learner.study(4)
    memory = learner.memory()
    write(
        Path("mine.yaml"),
        deck("mine", AIMS.replace(", answer: to be safe", ", answer: to be safe, retired: Nobody knows")),
    )
    release("mine.yaml", on="2026-10-05")
    learner.take(export("mine.yaml"))
    without = AIMS[: AIMS.index("  - {id: fear")]
    write(Path("mine.yaml"), deck("mine", without))
    assert release("mine.yaml", on="2026-12-01") == "mine.ledger: 4 as they were (1 retired in all)\n"
    learner.take(export("mine.yaml"))
    (note,) = [learner.col.get_note(id_) for id_ in learner.col.find_notes("tag:quizgen::retired")]
    assert (note["Stem"], note["Answer text"]) == ("Why did Ruritania join?", "To be safe")
    assert note["Superseded"] == "5 October 2026: Nobody knows"
    front, back = learner.sides("tag:quizgen::retired")
    assert "No longer asked since</b>" in front
    assert front.index("5 October 2026: Nobody knows") < front.index("Why did Ruritania join?")
    assert "To be safe" not in front
    assert "To be safe" in back
    write(Path("mine.yaml"), deck("mine", AIMS))
    assert release("mine.yaml", on="2027-01-01") == "mine.ledger: 1 asked again, 3 as they were\n"
    assert learner.take(export("mine.yaml")) == {"updated": 1, "duplicate": 3}
    assert list(learner.col.find_notes("tag:quizgen::retired")) == []
    assert learner.memory() == memory


REASONS = {
    "removed": ("", "it was taken out of the deck."),
    "retired": (
        "  - {id: why, ask: Why was the Pact made?, answer: to keep the peace, set: aims, retired: Old}\n",
        "Old",
    ),
    "unsure": (
        "  - {id: why, ask: Why was the Pact made?, answer: to keep the peace, set: aims, status: draft}\n",
        "what it says is no longer certain.",
    ),
}


@pytest.mark.parametrize(("line", "reason"), REASONS.values(), ids=REASONS)
def test_a_reason_is_given(line: str, reason: str) -> None:
    release("mine.yaml")
    first = AIMS.splitlines(keepends=True)[1]
    write(Path("mine.yaml"), deck("mine", AIMS.replace(first, line)))
    assert f"  - mine/why#ask: {reason}" in release("mine.yaml", "--dry-run")


# --- the company of a deck ------------------------------------------------------------------------------------------


def test_a_deck_gives_the_same_notes_whatever_goes_out_with_it(folder: Path) -> None:
    neighbour = folder.parent / "other" / "third.yaml"
    neighbour.parent.mkdir()
    write(neighbour, deck("third", members("ITA 2005", "GRC 2006", "PRT 2007", "POL 2008")))
    quizgen("release")
    alone = [notes(export(name)) for name in ("first", "second")]
    everything = notes(export())
    assert alone[0] | alone[1] == everything
    assert len(everything) == len(alone[0]) + len(alone[1]) > 8
    mixed = notes(export("first", "second", "mine.yaml", str(neighbour)))
    assert mixed.items() >= everything.items()
    own = notes(export(str(neighbour)))
    assert own
    assert mixed.items() >= own.items()
    together = quizgen("questions", "first", str(neighbour), "--json").stdout.splitlines()
    apart = quizgen("questions", "first", "--json").stdout.splitlines()
    assert not set(together) >= set(apart), "company makes no difference here, so that this test shows nothing"


def test_a_neighbour_in_the_folder_is_company_whether_it_is_asked_for_or_not(folder: Path) -> None:
    write(folder / "west.yaml", deck("west", members("ITA 2005", "GRC 2006", "PRT 2007", "POL 2008")))
    write(folder / "broken.yaml", "deck: [")
    west = notes(export("west.yaml"))
    (folder / "broken.yaml").unlink()
    assert notes(export(".")).items() >= west.items()


# --- names ----------------------------------------------------------------------------------------------------------


def test_a_deck_keeps_its_name_in_anki_until_it_is_renamed(learner: Learner) -> None:
    old, new = "quizgen::Tests::Small ones::Deck mine", "quizgen::Tests::New shelf::New title"
    release("mine.yaml")
    learner.take(export("mine.yaml"))
    names = learner.names()
    write(Path("mine.yaml"), deck("mine", AIMS, "New title", "New shelf"))
    result = quizgen("export", "mine.yaml", "--to", "anki", "-o", "out.apkg")
    assert result.stderr.splitlines()[0] == (
        f"note: mine stays '{old}' in Anki and does not become '{new}', which would part a learner's old cards from new"
        " ones; 'quizgen release --rename mine.yaml' renames it"
    )
    assert release("mine.yaml", "--dry-run") == "mine.ledger: 4 as they were\n"
    assert learner.take(Path("out.apkg").read_bytes()) == {"duplicate": 4}
    assert learner.names() == names
    assert release("mine.yaml", "--rename", on="2026-11-01").splitlines() == [
        "mine.ledger: 4 changed",
        f"  in Anki '{old}' becomes '{new}': before they import it, learners rename",
        "  their deck to this, or their old cards stay in one deck and new ones come in another",
    ]
    deck_id = learner.col.decks.id_for_name(old)
    assert deck_id
    learner.col.decks.rename(deck_id, new)
    assert learner.take(export("mine.yaml")) == {"updated": 4}
    assert learner.col.decks.id_for_name(new) == deck_id
    assert old not in learner.names()
    assert quizgen("export", "mine.yaml", "--to", "anki", "-o", "out.apkg").stderr.startswith("out.apkg: ")


def test_a_deck_without_a_ledger_is_told_of_in_a_line() -> None:
    result = quizgen("export", "mine.yaml", "--to", "anki", "-o", "out.apkg")
    assert result.stderr.splitlines() == [
        "note: mine has no ledger: each export will replace what learners changed in their notes;"
        " 'quizgen release mine.yaml' begins one",
        "out.apkg: 4 questions of 1 deck",
    ]
    assert "note: 2 decks have no ledger" in quizgen("export", "--to", "anki", "-o", "out.apkg").stderr
    assert (
        quizgen("export", "mine.yaml", "--to", "json", "-o", "out.jsonl").stderr == "out.jsonl: 4 questions of 1 deck\n"
    )


# --- which ledger ---------------------------------------------------------------------------------------------------


BORDERS = """\
complete:
  - {relation: borders, subject: every, since: 2011-07-09}
facts:
""" + "".join(
    f"  - {{id: {pair.lower()}, subject: {pair[:3]}, relation: borders, object: {pair[4:]}}}\n"
    for pair in [
        "FRA-BEL",
        "FRA-DEU",
        "ESP-PRT",
        "ITA-CHE",
        "NOR-SWE",
        "FIN-SWE",
        "POL-CZE",
        "AUT-HUN",
        "GRC-BGR",
        "IRL-GBR",
    ]
)


def test_another_language_and_another_day_have_ledgers_of_their_own() -> None:
    shipped = Path("../shipped")
    write(shipped / "near.yaml", deck("near", BORDERS))
    ways = {"near": (), "near.fr": ("--language", "fr"), "near@2020-01-01": ("--as-of", "2020-01-01")}
    told = {}
    for name, settings in ways.items():
        command = " ".join(("quizgen release near", *settings))
        assert f"'{command}' begins one" in quizgen("export", "near", "--to", "anki", "-o", "a", *settings).stderr
        release("near", *settings)
        told[name] = export("near", *settings)
        assert "ledger" not in quizgen("export", "near", "--to", "anki", "-o", "a", *settings).stderr
    assert sorted(file.stem for file in shipped.glob("*.ledger")) == sorted(ways)
    assert len(notes(told["near"])) > 5
    guids = [set(notes(package)) for package in told.values()]
    assert not (guids[0] & guids[1])
    assert not (guids[0] & guids[2])
    assert not (guids[1] & guids[2])


def test_the_note_type_is_released_with_the_shipped_decks(tmp_path: Path) -> None:
    file = tmp_path / "note-type.ledger"
    release("mine.yaml")
    assert not file.exists()
    assert release("--dry-run").splitlines()[-1] == f"{file}: the note type changed"
    assert not file.exists()
    release("first")
    before = file.read_bytes()
    assert release(on="2027-01-01").splitlines()[-1] == f"{file}: the note type is as it was"
    assert file.read_bytes() == before


# --- damage ---------------------------------------------------------------------------------------------------------

GOOD = '{"id": "mine/a#ask", "digest": "0123456789abcdef", "changed": "2026-10-01T00:00:00Z", "stem": "", "answer": ""}'
DAMAGED = {
    "no JSON": ("<<<<<<< HEAD", "this is not a line of a ledger"),
    "a list": ("[]", "this is not a line of a ledger"),
    "deep": ("[" * 100_000, "this is not a line of a ledger"),
    "a huge number": ('{"id": ' + "9" * 5_000 + "}", "this is not a line of a ledger"),
    "bytes": ("\udcff", "this is not a line of a ledger"),
    "long": ('{"id": "' + "x" * 300_000 + '"}', "a line longer than 200,000 bytes"),
    "a field too many": (GOOD[:-1] + ', "extra": "x"}', "a ledger has no 'extra' here"),
    "a field too few": (GOOD.replace('"stem": "", ', ""), "'stem' is missing"),
    "a number": (GOOD.replace('"stem": ""', '"stem": 1'), "'stem' must be text in quotation marks"),
    "a digest": (GOOD.replace("0123", "wxyz"), "'digest' must be sixteen digits, 0 to 9 and a to f"),
    "a moment": (GOOD.replace("10-01T", "13-01T"), "'changed' must be a moment, such as 2026-11-22T12:00:00Z"),
    "a day": (GOOD[:-1] + ', "retired": "soon"}', "'retired' must be a day, such as 2026-11-22"),
    "a card": (GOOD[:-1] + ', "cards": "sing"}', "'cards' knows only: type, gap"),
    "a picture": (
        GOOD[:-1] + f', "picture": "map/{"FRA/" * 200}"}}',
        "'picture' shows more than any question does",
    ),
    "an id": (GOOD.replace("mine/a#ask", "a\\nb"), "'id' must be the id of a question"),
    "twice": (f"{GOOD}\n{GOOD}", "the note 'mine/a#ask' is there twice"),
}
LEDGER_HEAD = '{"ledger": 1, "deck": "mine", "name": "quizgen::Mine"}'


@pytest.mark.parametrize(("line", "message"), DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("command", [("release",), ("export", "--to", "anki", "-o", "out.apkg")])
def test_damage_is_told_and_nothing_is_written(command: tuple[str, ...], line: str, message: str) -> None:
    text = f"{LEDGER_HEAD}\n{line}\n".encode(errors="surrogateescape")
    Path("mine.ledger").write_bytes(text)
    result = quizgen(*command, "mine.yaml")
    number = 2 + line.count("\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"mine.ledger:{number}: {message}"
        " (ledgers are written by 'quizgen release'; take the last one back from version control)\n"
    )
    assert Path("mine.ledger").read_bytes() == text
    assert not Path("out.apkg").exists()


HEADS = {
    "empty": ("", "this is not a line of a ledger"),
    "newer": (
        '{"ledger": 2, "deck": "mine", "name": "A"}',
        "this ledger has format '2', and this quizgen reads format 1",
    ),
    "another's": ('{"ledger": 1, "deck": "yours", "name": "A"}', "this is the ledger of deck 'yours'"),
    "no name": ('{"ledger": 1, "deck": "mine", "name": "A::"}', "'name' is no name of a deck in Anki"),
}


@pytest.mark.parametrize(("head", "message"), HEADS.values(), ids=HEADS)
def test_a_wrong_head_is_told(head: str, message: str) -> None:
    Path("mine.ledger").write_text(f"{head}\n", encoding="utf-8")
    result = quizgen("release", "mine.yaml")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"mine.ledger:1: {message} (")


def test_all_damage_is_told_at_once_and_not_without_end() -> None:
    Path("mine.ledger").write_text(f"{LEDGER_HEAD}\n" + "x\n" * 1_000, encoding="utf-8")
    result = quizgen("release", "mine.yaml")
    assert [line.split(":")[1] for line in result.stderr.splitlines()] == [str(number) for number in range(2, 52)]


def test_a_ledger_that_cannot_be_written_is_told() -> None:
    Path("mine.ledger").mkdir()
    result = quizgen("release", "mine.yaml")
    assert (result.exit_code, result.stderr) == (1, "mine.ledger: cannot be read (is a directory)\n")


def test_a_stop_halfway_leaves_the_old_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    release("mine.yaml")
    before = Path("mine.ledger").read_bytes()
    write(Path("mine.yaml"), deck("mine", AIMS.replace("safe", "safer")))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = quizgen("release", "mine.yaml")
    assert (result.exit_code, result.stderr) == (1, "mine.ledger: cannot be written (no space left on device)\n")
    assert Path("mine.ledger").read_bytes() == before
    assert {path.name for path in Path().iterdir()} == {"mine.yaml", "mine.ledger"}


# --- days -----------------------------------------------------------------------------------------------------------


def test_going_stale_makes_a_note_newer_and_being_checked_again_newer_still(monkeypatch: pytest.MonkeyPatch) -> None:
    def moments() -> list[int]:
        return sorted(moment for _, _, moment in notes(export("mine.yaml")).values())

    dated = AIMS.replace(", kind: reason}", ", kind: reason, review_by: 2026-12-31}", 1)
    write(Path("mine.yaml"), deck("mine", dated))
    release("mine.yaml")
    released = int(datetime(2026, 10, 1, tzinfo=UTC).timestamp())
    assert moments() == [released] * 4
    monkeypatch.setattr(cli, "today_here", lambda: date(2027, 3, 1))
    assert moments() == [released] * 3 + [int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())]
    write(Path("mine.yaml"), deck("mine", dated.replace("2026-12-31", "2027-12-31")))
    assert release("mine.yaml", on="2027-03-01") == "mine.ledger: 1 changed, 3 as they were\n"
    assert moments() == [released] * 3 + [int(datetime(2027, 3, 1, tzinfo=UTC).timestamp())]


def test_a_change_is_later_than_the_one_before_whatever_the_clock_says() -> None:
    release("mine.yaml", on="2027-01-01")
    write(Path("mine.yaml"), deck("mine", AIMS.replace("Why did Ruritania join", "What made Ruritania join")))
    release("mine.yaml", on="2026-01-01")
    assert '"changed": "2027-01-01T00:00:02Z", "stem": "What made' in Path("mine.ledger").read_text(encoding="utf-8")


def test_a_correction_reaches_who_edited_the_note_before_the_release(learner: Learner) -> None:
    release("mine.yaml")
    learner.take(export("mine.yaml"))
    write(Path("mine.yaml"), deck("mine", AIMS.replace("to be safe", "to be safer")), LATER)
    learner.col.db.execute("update notes set mod = ?", LATER + 1_000)  # edited after the deck, before its release
    assert quizgen("release", "mine.yaml").exit_code == 0
    assert learner.take(export("mine.yaml", to="late.apkg")) == {"updated": 4}


@pytest.mark.parametrize("on", ["2027-11-24", "9999-12-31T23:59:59"])
def test_a_moment_in_the_future_is_refused(on: str) -> None:
    result = quizgen("release", "--on", on, "mine.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("--on: lies in the future (learners' own edits until then")
    assert not Path("mine.ledger").exists()


def test_what_no_release_has_recorded_is_told() -> None:
    release("mine.yaml")
    write(Path("mine.yaml"), deck("mine", AIMS.replace("join?", "join at last?", 1)), LATER)
    said = quizgen("export", "--to", "anki", "-o", "out.apkg", "mine.yaml").stderr
    assert "note: mine has 1 change that no release has recorded; 'quizgen release mine.yaml' does" in said


def test_a_deck_that_changed_its_key_is_told() -> None:
    release("mine.yaml")
    Path("mine.yaml").unlink()
    write(Path("canals.yaml"), deck("canals", AIMS))
    assert "note: mine.ledger has no deck" in release("canals.yaml")
    assert "note: mine.ledger has no deck" in quizgen("export", "--to", "anki", "-o", "out.apkg", "canals.yaml").stderr


def test_a_key_of_the_library_is_told() -> None:
    write(Path("first.yaml"), deck("first", AIMS))
    assert "note: first has the key of a deck of the library" in release("first.yaml")


def test_one_fact_less_changes_no_question_that_does_not_hang_on_it(tmp_path: Path) -> None:
    text = members(*MEMBERS)
    write(Path("pact.yaml"), deck("pact", text))
    release("pact.yaml")
    without = "".join(line for line in text.splitlines(keepends=True) if "id: fra" not in line)
    write(Path("pact.yaml"), deck("pact", without), LATER)
    said = quizgen("release", "pact.yaml", "--dry-run").stdout
    touched = re.findall(r"^  ([~+-]) pact/(\w+)#(\w+)", said, re.MULTILINE)
    assert touched
    old = {line["id"]: line for line in map(json.loads, Path("pact.ledger").read_text("utf-8").splitlines()[1:])}
    for mark, fact, kind in touched:
        line = old[f"pact/{fact}#{kind}"]
        assert "fra" in f"{fact} {line['wrong']} {line['stem']}".casefold() or "France" in line["stem"], (mark, line)
