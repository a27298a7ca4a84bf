from __future__ import annotations

import gc
import subprocess
import sys
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from quizgen.facts import lines, mistakes, plain_text
from quizgen.facts.lines import LinedList, LinedMap, line_of, read_yaml

PARSERS = {"libyaml": getattr(yaml, "CSafeLoader", None), "pure": yaml.SafeLoader}


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    name: str = request.param
    if PARSERS[name] is None:
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(lines, "LOADER", PARSERS[name])
    return name


def problems(data: bytes) -> list[str]:
    return [str(problem) for problem in read_yaml(data, "deck.yaml")[1]]


def tree(data: bytes) -> LinedMap:
    found, wrong = read_yaml(data, "deck.yaml")
    assert found is not None
    assert wrong == []
    return found


# --- what is read ---------------------------------------------------------------------------------------------------

AS_WRITTEN = [
    "NO",
    "yes",
    "true",
    "null",
    "~",
    "1:30",
    "0123",
    "0x1F",
    "1e3",
    "1_000",
    ".inf",
    "2026-11-22",
    "=",
    "50%",
]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("scalar", AS_WRITTEN)
def test_plain_scalars_are_read_as_the_author_wrote_them(scalar: str) -> None:
    assert tree(f"key: {scalar}".encode()) == {"key": scalar}
    assert tree(f"{scalar}: value".encode()) == {scalar: "value"}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("yaml_text", "value"),
    [
        ("", None),
        (" # only a comment", None),
        ("''", ""),
        ('""', ""),
        ("|", ""),
        ("'it''s'", "it's"),
        (r'"a\n\tb \x41\u00e9"', "a\n\tb Aé"),
        ("! 12", "12"),
        ("one\n  two", "one two"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        (">-\n  one\n  two\n", "one two"),
        ("[a, 1, {b: NO}, ]", ["a", "1", {"b": "NO"}]),
        ("東京 \U0001f600 a:b", "東京 \U0001f600 a:b"),
        ("{'<<': '*a', \"&b\": '!c'}", {"<<": "*a", "&b": "!c"}),
    ],
)
def test_values_are_texts_lists_mappings_or_absent(yaml_text: str, value: Any) -> None:
    assert tree(f"key: {yaml_text}".encode()) == {"key": value}


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", b"a: 1\rb: 2", b"---\na: 1\nb: 2\n...\n", b"{a: 1,\nb: 2}"]
)
def test_byte_order_marks_line_ends_and_document_marks_do_not_matter(data: bytes) -> None:
    assert tree(data) == {"a": "1", "b": "2"}


DECK = b"""\
title: Rice
source:
  name: A
facts:
  - subject: x
    value:
  -

  - [p,
     q]
"""


@pytest.mark.usefixtures("parser")
def test_every_key_and_item_knows_its_line() -> None:
    deck = tree(DECK)
    facts = deck["facts"]
    assert isinstance(facts, LinedList)
    assert (deck.line, deck.lines) == (1, {"title": 1, "source": 2, "facts": 4})
    assert (facts.line, facts.lines) == (5, [5, 7, 9])
    assert facts[0].lines == {"subject": 5, "value": 6}
    assert (facts[2].line, facts[2].lines) == (9, [9, 10])


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("path", "line"),
    [
        ([], 1),
        (["title"], 1),
        (["facts", 0, "value"], 6),
        (["facts", 2, 1], 10),
        (["missing"], 1),
        (["source", "missing"], 3),
        (["facts", 0, "missing"], 5),
        (["facts", 9, "x"], 5),
        (["facts", -1], 5),
        (["facts", "x"], 5),
        (["source", 0], 3),
        (["title", "deeper"], 1),
        (["facts", 0, "value", "deeper"], 6),
        (["facts", 1, "deeper"], 7),
    ],
)
def test_a_path_leads_to_the_line_of_its_deepest_existing_part(path: list[str | int], line: int) -> None:
    assert line_of(tree(DECK), path) == line


# --- what is refused ------------------------------------------------------------------------------------------------

WRITE_OUT = "write the value out, or put quotes around text that begins with"
NO_TAG = "remove it, or put quotes around text that begins with '!'"
SECOND = "a second document begins here, but a file holds one deck (remove the lines '---' and '...')"
KEY = "write it as 'key: value'"
INVISIBLE = "it is invisible: delete it"
NO_MAP = "a deck is a mapping of keys to values, but this is"
BEGIN = "begin with a line such as 'title: ...'"
UTF8 = "save the file as UTF-8"

REFUSED = [
    (b"a: &x b\nc: &y\n  d: e",
        [f"1: the anchor '&x' is not allowed ({WRITE_OUT} '&')",
         f"2: the anchor '&y' is not allowed ({WRITE_OUT} '&')"]),
    (b"a: *x", [f"1: the alias '*x' is not allowed ({WRITE_OUT} '*')"]),
    (b"a:\n  <<: {b: c}\n  d: e", ["2: the merge key '<<' is not allowed (write the keys out)"]),
    (b"a: !foo b", [f"1: the tag '!foo' is not allowed ({NO_TAG})"]),
    (b"a: !%1B%41 b", [f"1: the tag '!\ufffdA' is not allowed ({NO_TAG})"]),
    (b"a: !!int 3", [f"1: the tag '!!int' is not allowed ({NO_TAG})"]),
    (b"a: !!python/object/new:os.f [x]", [f"1: the tag '!!python/object/new:os.f' is not allowed ({NO_TAG})"]),
    (b"title: a\nb: c\ntitle: d", ["3: 'title' is given twice (first on line 1)"]),
    (b"? [a]\n: b\n? {c: d}\n: e",
        [f"1: a key must be text, but this is a list ({KEY})",
         f"3: a key must be text, but this is a mapping ({KEY})"]),
    (b"'': a\n? \n: b", [f"1: a key is missing before ':' ({KEY})", f"2: a key is missing before ':' ({KEY})"]),
    (b"a: b\n---\nc: *d", [f"2: {SECOND}", f"3: the alias '*d' is not allowed ({WRITE_OUT} '*')"]),
    (b"a: b\xc2\x85\nc: '\x07\x1b'",
        [f"1: the character U+0085 is not allowed ({INVISIBLE})",
         f"2: the character U+0007 is not allowed ({INVISIBLE})"]),
    (b'a: "\\0"\nb: c', [f"1: the character U+0000 is not allowed ({INVISIBLE})"]),
    (b"# deck\n%YAML 1.1\n---\na: b", ["2: a line must not begin with '%' (remove it, or put the text in quotes)"]),
]  # fmt: skip
NOT_A_DECK = [
    (b"", [f"1: the file is empty ({BEGIN})"]),
    (b"# nothing\n\n", [f"1: the file is empty ({BEGIN})"]),
    (b"---\n", [f"1: the file is empty ({BEGIN})"]),
    (b"[]", [f"1: {NO_MAP} a list ({BEGIN})"]),
    (b"\n- a\n", [f"2: {NO_MAP} a list ({BEGIN})"]),
    (b"Rice", [f"1: {NO_MAP} only text ({BEGIN})"]),
    (b"a: b\nc: caf\xe9", [f"2: this is not UTF-8 text (byte 0xe9) ({UTF8})"]),
    ("a: b".encode("utf-16"), [f"1: this is not UTF-8 text (byte 0xff) ({UTF8})"]),
    (b"a: b\nc: \xed\xa0\x80", [f"2: this is not UTF-8 text (byte 0xed) ({UTF8})"]),
    (b"a: b\r\nc: \0", [f"2: this is not plain text (NUL byte) ({UTF8})"]),
]
QUOTE = "put the whole text in quotes"
INSIDE = f"must not stand inside unquoted text ({QUOTE}, or mend the indentation)"
TAB = "a tab stands where only spaces are allowed (indent with spaces)"
OPEN_QUOTE = "a quote is opened here and never closed (close it; text with an apostrophe needs double quotes)"
ESCAPE = "in double quotes '\\' begins an escape, and this is none (use single quotes, or write '\\\\')"
BAD_END = "does not end well (close it, put commas between the items, or put quotes around text)"
NO_VALUE = "put the whole text in quotes, or close what is open before it"
OTHER_QUOTES = "put the whole text in quotes of the other kind"
NO_FIT = "this does not fit the lines above (mend the indentation)"
BAD_SYNTAX = [
    (b"a:\n- b\n c: d", [f"3: ': ' {INSIDE}"]),
    (b"a: b\ntitle: Rice: a history", [f"2: ': ' {INSIDE}"]),
    (b"a:\n\tb: c", [f"2: {TAB}"]),
    (b"a: b\n\tc: d", [f"2: {TAB}"]),
    (b"a:\n- \tb: c", [f"2: {TAB}"]),
    (b"a: 'b\nc: d\ne: f\n", [f"1: {OPEN_QUOTE}"]),
    (b'a: b\nc: "d\n\n', [f"2: {OPEN_QUOTE}"]),
    (b"a: @b", [f"1: unquoted text must not begin with '@' ({QUOTE})"]),
    (b"a: `b`", [f"1: unquoted text must not begin with '`' ({QUOTE})"]),
    ("é: %5".encode(), [f"1: unquoted text must not begin with '%' ({QUOTE})"]),
    (b"a: **b**", [f"1: unquoted text must not begin with '*' ({QUOTE})"]),
    (b"a: & b", [f"1: unquoted text must not begin with '&' ({QUOTE})"]),
    (b"b:\n- a: !%ED%A0%80 c", [f"2: unquoted text must not begin with '!' ({QUOTE})"]),
    (b"a: !b! c", [f"1: unquoted text must not begin with '!' ({QUOTE})"]),
    (b"a: ? b", [f"1: unquoted text must not begin with '? ' ({QUOTE})"]),
    (b"a: > 5 percent", [f"1: after '|' or '>' the text must begin on the next line (or {QUOTE})"]),
    (b"a: - b", [f"1: a list must not begin on the line of its key (go to the next line, or {QUOTE})"]),
    (b"a: b\nc\n\n", ["2: this line has no ':' after its key (write 'key: value', or mend the indentation)"]),
    (b"a: [b\nc: d", [f"1: the list that begins here with '[' {BAD_END}"]),
    (b"a: {b: c\nd: e", [f"1: the mapping that begins here with '{{' {BAD_END}"]),
    (b"a: [b, , c]", [f"1: ',' stands where a value is expected ({NO_VALUE})"]),
    (b"a: [", [f"1: the end of the line stands where a value is expected ({NO_VALUE})"]),
    (b'a: "b" c', [f"1: text goes on after the closing quote ({OTHER_QUOTES})"]),
    (b"a: [b] c", [f"1: text goes on after the closing bracket ({QUOTE})"]),
    (b"a:\n  b: c\n d: e", [f"3: {NO_FIT}"]),
    (b"a:\n  - b\n  c: d", [f"3: {NO_FIT}"]),
    (rb'a: "C:\quiz"', [f"1: {ESCAPE}"]),
    (rb'a: "\xzz"', [f"1: {ESCAPE}"]),
    (rb'a: "\ud83d\ude00"', [f"1: {ESCAPE}"]),
    (rb'a: "\U00110000"', [f"1: {ESCAPE}"]),
    (rb'a: "\UFFFFFFFF"', [f"1: {ESCAPE}"]),
    (b"a: 1\na: 2\nb: *c\nd: @",
        ["2: 'a' is given twice (first on line 1)", f"3: the alias '*c' is not allowed ({WRITE_OUT} '*')",
         f"4: unquoted text must not begin with '@' ({QUOTE})"]),
]  # fmt: skip


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(("data", "expected"), REFUSED + NOT_A_DECK + BAD_SYNTAX)
def test_each_mistake_is_told_in_plain_words_with_its_line(data: bytes, expected: list[str]) -> None:
    assert problems(data) == [f"deck.yaml:{problem}" for problem in expected]


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("data", [data for data, _ in REFUSED])
def test_reading_goes_on_after_what_is_refused(data: bytes) -> None:
    assert read_yaml(data, "deck.yaml")[0] is not None


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("data", [data for data, _ in NOT_A_DECK + BAD_SYNTAX])
def test_there_is_no_tree_when_the_file_breaks_off(data: bytes) -> None:
    assert read_yaml(data, "deck.yaml")[0] is None


@pytest.mark.usefixtures("parser")
def test_what_is_refused_leaves_no_trace_but_its_text() -> None:
    found, _ = read_yaml(b"a: 1\na: 2\n<<: {x: y}\n? [k]\n: v\nb: !!int 3\nc: *d\n---\nother: e\n", "deck.yaml")
    assert found == {"a": "1", "b": "3", "c": "*d"}


@pytest.mark.usefixtures("parser")
def test_an_unknown_complaint_is_passed_on_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mistakes, "_MISTAKES", ())
    assert problems(b"a: @")[0].startswith("deck.yaml:1: this is not valid YAML: found character ")


# --- hostile files --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("unit", ["[", "{", "- ", "? ", "[a,", "{a: "])
def test_depth_stops_the_reading(unit: str) -> None:
    found, wrong = read_yaml(b"a: 1\na: 2\nb:\n " + unit.encode() * 100_000, "deck.yaml")
    assert found is None
    assert {problem.line for problem in wrong} == {2, 4}
    assert len(wrong) <= 3  # a mapping as a key is told once a line
    assert wrong[-1].message == "lists and mappings are nested more than 20 deep"


@pytest.mark.usefixtures("parser")
def test_twenty_levels_are_read_and_no_more() -> None:
    indented = [f"{' ' * level}k:" for level in range(21)]
    tree("\n".join(indented[:20]).encode())
    assert problems("\n".join(indented).encode())[0].startswith("deck.yaml:21: lists and mappings are nested")


def test_a_hundred_problems_are_told_and_the_others_counted() -> None:
    told = problems(b"a: 1\n" * 50_001 + b"b: @")
    assert len(told) == 102
    assert told[99] == "deck.yaml:101: 'a' is given twice (first on line 1)"
    assert told[100] == "deck.yaml:102: ... and 49,900 more problems"
    assert told[101] == f"deck.yaml:50002: unquoted text must not begin with '@' ({QUOTE})"


@pytest.mark.usefixtures("parser")
def test_a_file_full_of_control_characters_is_given_up() -> None:
    assert problems(b"\x01\n" * 1_000)[-1] == "deck.yaml:101: this is hardly plain text (save the file as UTF-8 text)"


@pytest.mark.usefixtures("parser")
def test_values_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MAX_NODES", 5)
    tree(b"a: b\nc: d")
    assert problems(b"a: b\nc: d\ne: f") == [
        "deck.yaml:3: the file holds more than 5 values (split it into several decks)"
    ]


def test_a_file_over_32_megabytes_is_not_even_decoded() -> None:
    data = b"\xff" * (plain_text.MAX_BYTES + 1)
    assert problems(data) == ["deck.yaml: the file is larger than 32 MB (split it into several decks)"]


@pytest.mark.usefixtures("parser")
def test_names_in_messages_stay_short_and_on_one_line() -> None:
    key = b'"' + b"long\\n" * 100_000 + b'"'
    told = problems(b"? " + key + b"\n: a\n? " + key + b"\n: b\n")
    assert told == [f"deck.yaml:3: '{('long ' * 12)[:59]}…' is given twice (first on line 1)"]


HOSTILE = """
import resource, sys, yaml
from quizgen.facts import lines, plain_text
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
laughs = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
merges = ["a0: &a0 {x: y}"] + [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 30)]
files = {
    "alias bomb": "\\n".join(laughs), "merge bomb": "\\n".join(merges),
    "brackets": "[" * 100_000, "braces": "{" * 100_000, "dashes": "- " * 100_000,
    "long line": "a: " + "x" * 1_000_000, "long quote": "a: '" + "x" * 1_000_000, "quotes": '"' * 1_000_000,
    "deep": "\\n".join(" " * n + "k:" for n in range(1_000)), "documents": "---\\n" * 5_000,
    "pairs": "a: [" + "'a': b," * 5_000, "tags": "a: !!python/name:os.system x\\n" * 5_000,
}
for lines.LOADER in {getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader}:
    for name, text in files.items():
        tree, problems = lines.read_yaml(text.encode(), name)
        assert bool(problems) == (name != "long line"), name
        assert len(problems) <= plain_text.MAX_PROBLEMS + 2
print("survived")
"""


def test_bombs_are_survived_within_a_gigabyte_and_seconds() -> None:
    child = subprocess.run([sys.executable, "-c", HOSTILE], capture_output=True, text=True, check=False)
    assert (child.stdout, child.stderr) == ("survived\n", "")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize("data", [b"a: [b, {c: d}]", b"a: [b, {c: d}]\ne: @"])
def test_reading_leaves_nothing_behind_for_the_garbage_collector(data: bytes) -> None:
    gc.collect()
    gc.disable()
    try:
        there = {id(one) for one in gc.get_objects() if isinstance(one, LinedMap)}  # other tests may keep some
        read_yaml(data, "deck.yaml")
        assert not [left for left in gc.get_objects() if isinstance(left, LinedMap) and id(left) not in there]
    finally:
        gc.enable()


@pytest.mark.usefixtures("parser")
def test_every_character_is_either_read_as_it_is_or_refused_by_name() -> None:
    ranges = [
        (9, 10),
        (32, 127),
        (0xA0, 0x2028),
        (0x202A, 0xD800),
        (0xE000, 0xFEFF),
        (0xFF00, 0xFFFE),
        (1 << 16, 1 << 17),
    ]
    good = "".join(chr(char) for first, end in ranges for char in range(first, end))
    assert tree("a: '{}'".format(good.replace("'", "''")).encode()) == {"a": good}
    bad = [*range(1, 9), 11, 12, *range(14, 32), *range(127, 160), 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF]
    told = [
        problem.message for problem in read_yaml("\n".join(f"a{n}: '{chr(n)}'" for n in bad).encode(), "deck.yaml")[1]
    ]
    assert told == [f"the character U+{char:04X} is not allowed" for char in bad]


def read_by_both(data: bytes) -> list[tuple[Any, list[str]]]:
    results = []
    for loader in filter(None, PARSERS.values()):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lines, "LOADER", loader)
            found, wrong = read_yaml(data, "deck.yaml")
            results.append((found, [str(problem) for problem in wrong]))
    return results


@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    for found, wrong in read_by_both(data):
        assert found is not None or wrong


PIECES = [
    *"ab0'\"[]{},:#&*!|>%@`~é\\\n", ": ", "- ", "? ", "\n  ", "\r\n", "\t", "---\n", "...\n", "&x ", "*x ", "!!str ",
    "!<", "!%ed", "%a0", "<<: ", "%TAG ! x\n", "\\ud800", "\\U00110000", "\x07", "\u2028", "\ufeff", "k: v\n",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_both_parsers_read_the_same_wherever_neither_complains(text: str) -> None:
    (first, first_wrong), (last, last_wrong) = (read_by_both(text.encode()) * 2)[:2]
    assert first_wrong or last_wrong or first == last
    assert all(problem.split(":")[1].isdigit() for problem in first_wrong + last_wrong)
