"""Files that are no decks, or mean harm: `quizgen check` says what is wrong, and goes on."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen import cli
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
    monkeypatch.setattr(cli, "_today", lambda: date(2026, 11, 22))
    (tmp_path / "test.yaml").write_bytes(content)
    result = CliRunner().invoke(cli.main, ["check", "test.yaml"])
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.stderr) == (1, "")
    assert f"test.yaml:{told}" in result.stdout
    assert "Traceback" not in result.stdout
    assert all(line.startswith("test.yaml:") and len(line) < 1000 for line in result.stdout.splitlines())


def test_the_same_frame_without_harm_is_a_good_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "_today", lambda: date(2026, 11, 22))
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
