"""Files that are no decks, or mean harm: `quizgen check` says what is wrong, and goes on."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen import cli
from quizgen.cli import opening
from tests.conftest import HEAD

FACT = "facts:\n  - {id: a, ask: Why?, answer: So}\n"
GOOD = (HEAD + FACT).encode()
KEYS = [f"k{number}" for number in range(40)]


def bomb(first: str, layer: str) -> str:
    """Nest nine references a layer: read naively, forty layers make more nodes than there are atoms on earth."""
    lines = [f"k0: &k0 {first}"]
    lines += [f"{b}: &{b} {layer.format(', '.join([f'*{a}'] * 9))}" for a, b in pairwise(KEYS)]
    return "\n".join(lines) + "\n"


def fact(fields: str) -> bytes:
    return f"{HEAD}facts:\n  - {{id: a, {fields}}}\n".encode()


def hostile() -> Iterator[tuple[str, bytes, str]]:
    """Give the name of a file, its bytes, and how a line begins that is said of it."""
    yield "alias bomb", HEAD.encode() + bomb("[x]", "[{}]").encode(), "7: the anchor '&k0' is not allowed"
    yield "merge bomb", HEAD.encode() + bomb("{x: y}", "{{<<: [{}]}}").encode(), "7: the anchor '&k0' is not allowed"
    yield "brackets", b"[" * 100_000, "1: lists and mappings are nested more than 20 deep"
    yield "braces", b"a: " + b"{" * 100_000, "1: lists and mappings are nested more than 20 deep"
    yield "dashes", b"- " * 100_000, "1: lists and mappings are nested more than 20 deep"
    yield "deep", "\n".join(f"{' ' * n}k:" for n in range(5_000)).encode(), "21: lists and mappings are nested more"
    yield (
        "python tag",
        fact("ask: !!python/object/apply:os.system [ls], answer: x"),
        "8: the tag '!!python/object/apply:",
    )
    yield "python name", fact("ask: !!python/name:os.system x, answer: x"), "8: the tag '!!python/name:os.system'"
    yield "own tag", fact("ask: !secret x, answer: x"), "8: the tag '!secret' is not allowed"
    yield "NUL", GOOD + b"\0", "9: this is not plain text (NUL byte)"
    yield "escape", fact('ask: "\\e[2J", answer: x'), "8: the character U+001B is not allowed"
    yield "UTF-16", GOOD.decode().encode("utf-16"), "1: this is not UTF-8 text (byte 0xff)"
    yield "UTF-16 without mark", GOOD.decode().encode("utf-16-le"), "1: this is not plain text (NUL byte)"
    yield "UTF-32", codecs.BOM_UTF32_LE + GOOD.decode().encode("utf-32-le"), "1: this is not UTF-8 text (byte 0xff)"
    yield "Latin-1", GOOD.replace(b"So", b"Caf\xe9"), "8: this is not UTF-8 text (byte 0xe9)"
    yield "surrogate", GOOD.replace(b"So", b"\xed\xa0\x80"), "8: this is not UTF-8 text (byte 0xed)"
    yield "random", bytes(range(256)) * 40, "3: this is not UTF-8 text (byte 0x80)"
    yield "control", b"\x01\n" * 5_000, "1: the character U+0001 is not allowed"
    yield "empty", b"", "1: the file is empty"
    yield "blank", b" \n\t\n", "2: a tab stands where only spaces are allowed"
    yield "comments", b"# one\n# two\n", "1: the file is empty"
    yield "list", b"- a\n- b\n", "1: a deck is a mapping of keys to values, but this is a list"
    yield "text", b"Once upon a time", "1: a deck is a mapping of keys to values, but this is only text"
    yield "HTML", b"<!DOCTYPE html>\n<p>Why: so</p>\n", "2: ': ' must not stand inside unquoted text"
    yield "documents", GOOD + b"---\n" + GOOD, "9: a second document begins here"
    yield "huge line", fact(f"ask: {'x' * 2_000_000}, answer: x"), "8: 'ask' is too long (at most 400)"
    yield "huge key", HEAD.encode() + b"? " + b"k" * 2_000_000 + b"\n: x\n" + FACT.encode(), "7: unknown field 'kkk"
    yield "quotes", b'a: "' + b"x\n" * 100_000, "1: a quote is opened here and never closed"
    yield "twice", GOOD + FACT.encode(), "9: 'facts' is given twice (first on line 7)"
    yield "merge key", fact("<<: {ask: x}, answer: x"), "8: the merge key '<<' is not allowed"
    yield "directive", b"%YAML 9.9\n---\n" + GOOD, "1: a line must not begin with '%'"
    yield "numbers", fact("ask: 1, answer: " + "9" * 5_000), "8: 'answer' is too long (at most 400)"
    yield "date", fact("ask: 1, answer: 2, from: 99999-99-99"), "8: 'from': '99999-99-99' is not a date"
    yield "lines", fact('subject: "a\\n\\nb", relation: "c\\nd"'), "8: no entity 'a b'"
    yield "braces in text", fact("ask: '{0.__class__}', answer: '{x}', from: '{y}'"), "8: 'from': '{y}' is not a date"


FILES = list(hostile())


@pytest.mark.parametrize(("content", "told"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_hostile_file_is_told_in_plain_words(
    content: bytes, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "today_here", lambda: date(2026, 11, 22))
    (tmp_path / "test.yaml").write_bytes(content)
    result = CliRunner().invoke(cli.main, ["check", "test.yaml"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stderr) == (1, "")
    assert f"test.yaml:{told}" in result.stdout
    assert "Traceback" not in result.stdout
    assert all(line.startswith("test.yaml:") and len(line) < 1000 for line in result.stdout.splitlines())


def test_the_same_frame_without_harm_is_a_good_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "today_here", lambda: date(2026, 11, 22))
    (tmp_path / "test.yaml").write_bytes(fact("ask: '{0.__class__}', answer: '{x}', distractors: ['{', '}', '%s']"))
    result = CliRunner().invoke(cli.main, ["check", str(tmp_path / "test.yaml")])
    assert (result.exit_code, result.stdout) == (0, "1 deck, 1 fact, 1 question: no problems\n")


def test_curly_brackets_in_names_are_not_filled_in(tmp_path: Path) -> None:
    bases = "".join(f"  b{n}: {{name: '{{day}} {{0}} {n}', kind: air base}}\n" for n in range(3))
    facts = "".join(
        f"  - {{id: f{n}, subject: b{n}, relation: operated_by, object: {code}}}\n"
        for n, code in enumerate(("FRA", "GBR", "USA"))
    )
    (tmp_path / "test.yaml").write_text(f"{HEAD}entities:\n{bases}facts:\n{facts}")
    result = CliRunner().invoke(cli.main, ["questions", str(tmp_path / "test.yaml")])
    assert result.exit_code == 0
    assert "{day} {0} 1" in result.stdout


MARKED = "relation: is_marked_on"
CLUB = (
    "entities: {o: {name: Org, kind: organisation}}\ncomplete: [{relation: member_of, object: o, since: %s}]\nfacts:\n"
)


def listed(*facts: str) -> str:
    return "".join(f"  - {{id: f{number}, {fact}}}\n" for number, fact in enumerate(facts))


def members(*spans: str, since: str = "1000-01-01") -> str:
    codes = ("FRA", "DEU", "ITA", "ESP", "POL", "BEL")
    return CLUB % since + listed(
        *(f"subject: {code}, relation: member_of, object: o, {span}" for code, span in zip(codes, spans, strict=False))
    )


def places(*fields: str) -> str:
    named = "".join(f"  p{number}: {{name: Place {chr(65 + number)}, {some}}}\n" for number, some in enumerate(fields))
    return f"entities:\n{named}facts:\n" + listed(*(f"subject: p{number}, {MARKED}" for number in range(len(fields))))


def at(*points: str, kind: str = "air base") -> str:
    return places(*(f"kind: {kind}, at: [{point}]" for point in points))


REFUSED = {
    "in a region": (places("kind: region", "kind: air base, in: p0, at: [10, 10]"), "9: 'in': 'p0' is no country"),
    "in itself": (places("kind: air base, in: p0, at: [10, 10]"), "8: 'in': 'p0' is no country"),
    "in a circle": (
        places("kind: air base, in: p1, at: [1, 1]", "kind: air base, in: p0, at: [2, 2]"),
        "8: 'in': 'p1'",
    ),
    "a key that is a country's": ("entities: {FRA: {name: F, kind: region}}\nfacts:\n", "7: 'FRA' is not a key"),
    "no number": (at("nan, 5"), "8: 'at': 'nan'"),
    "no end of degrees": (at("5, Infinity"), "8: 'at': 'Infinity'"),
    "more than the earth has": (at("1e400, 5"), "8: 'at': '1e400'"),
    "a number without an end": (at("9" * 5_000 + ", 5"), "8: 'at': '999"),
    "for ever": (members("from: 2000, until: 9999-12-31"), "10: 'until': '9999-12-31' is not between the years"),
    "always": (members("from: 0001-01-01"), "10: 'from': '0001-01-01' is not between the years"),
    "whole for ever": (members("from: 2000", since="9999-12-31"), "8: 'since': '9999-12-31' is not between the years"),
    "a count of long ago": (CLUB.replace("since: %s", "count: {0001: 1}") + listed("ask: Q?, answer: A"), "8: '0001'"),
    "a long language": (
        "language: xx" + "-a" * 5_000 + "\nfacts:\n" + listed("ask: Q?, answer: A"),
        "7: 'language' is too",
    ),
    "a border with a city": (
        "facts:\n" + listed("subject: FRA, relation: borders, object: [a]"),
        "8: 'object' should be",
    ),
}


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=REFUSED)
def test_a_deck_that_makes_no_sense_is_refused_in_plain_words(
    text: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test.yaml").write_text(HEAD + text)
    result = CliRunner().invoke(cli.main, ["check", "test.yaml"])
    assert (type(result.exception), result.exit_code) == (SystemExit, 1)
    assert f"test.yaml:{told}" in result.stdout


WORLDS_END = ("90, 0", "-90, 0", "89.9999, 180", "-89.9999, -180", "0, 180", "0, -180", "0.0, -0.0", "1e-300, 0")
OUTLINES = ("crimea", "golan", "kosovo", "taiwan", "essequibo", "siachen")
SMALL = ("ATA", "SJM", "TUV", "VAT")
STRANGE = {
    "poles and the date line": at(*WORLDS_END),
    "straits there": at(*WORLDS_END, kind="strait"),
    "one point": at(*["10, 10"] * 6),
    "one name": re.sub("Place .", "Same", places(*(f"kind: air base, in: DJI, at: [11.{n}, 43]" for n in range(6)))),
    "far from all land": at("-48.9, -123.4", "-40, -120", "-55, -130", "-30, -110"),
    "outlines of areas": places(*(f"kind: disputed area, picture: area/{key}, at: [0, 0]" for key in OUTLINES)),
    "in small and empty places": places(*(f"kind: air base, in: {code}" for code in SMALL)).replace(
        MARKED, "relation: operated_by, object: FRA"
    ),
    "ends of the years": members(*["from: 1000-01-01, until: 2200-12-31"] * 5),
    "spread over all years": members(*(f"from: {1000 + 200 * n}, until: {2195 + n}" for n in range(6))),
    "to come": members(*(f"from: {2195 + n}" for n in range(6)), since="2200-12-31"),
    "leap days": members(*(f"from: {2000 + 4 * n}-02-29, until: {2004 + 4 * n}-02-29" for n in range(6))),
    "one day": members(*["from: 2000-01-01"] * 6),
    "states before they were": members(*["from: 1950"] * 6).replace("FRA", "SSD").replace("DEU", "MNE"),
    "a border with itself": "complete: [{relation: borders, subject: every}]\nfacts:\n"
    + listed(*(f"subject: FRA, relation: borders, object: {code}" for code in ("FRA", "ITA", "ESP"))),
    "also true of all": members("also_true: [FRA, nobody, o]", "kind: a", "kind: a", "kind: a", since="1990-01-01"),
    "braces": members(*(f"from: {1990 + n}" for n in range(6))).replace("name: Org", "name: '{0.__class__} %s {x}'"),
    "numbers": "facts:\n" + listed("ask: Many?, answer: '1', distractors: ['1.0', '1,0', '１', '٣', '1e0']"),
    "days": "facts:\n" + listed("ask: When?, answer: 31 February 2020, distractors: [0 May 0000, 1 May 2020]"),
    "Anki's braces": "facts:\n" + listed("ask: '{{c1::x}} {{Front}}?', answer: '{{c2::y}}', distractors: ['}}', '{{']"),
    "not one letter": "facts:\n" + listed('ask: "\u200b", answer: "\u200c", distractors: ["\u200d", "\u2060"]'),
    "nothing to ask": "facts:\n" + listed("ask: Q?, answer: A, distractors: [B, C], status: draft"),
}
COMMANDS = (
    ("questions",),
    ("questions", "--as-of", "0001-01-01"),
    ("questions", "--as-of", "2020-02-29", "--json"),
    ("questions", "--language", "fr"),
    ("export", "--to", "anki", "--variant", "extended", "-o", "out.apkg"),
    ("export", "--to", "json", "-o", "out.jsonl", "--as-of", "9999-12-31"),
    ("audit", "--today", "9999-12-31"),
)


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_deck_gives_its_questions_or_a_sentence_and_never_a_traceback(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shipped").mkdir()
    monkeypatch.setattr(opening, "DECKS", tmp_path / "shipped")  # what it does alone is enough here
    monkeypatch.chdir(tmp_path)
    (tmp_path / "test.yaml").write_text(HEAD + text)
    assert CliRunner().invoke(cli.main, ["check", "test.yaml"]).exit_code == 0
    for command, *options in COMMANDS:
        result = CliRunner().invoke(cli.main, [command, "test.yaml", *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), (command, options)
        assert result.exit_code in (0, 1)
        assert result.exit_code == 0 or result.output, (command, options)
