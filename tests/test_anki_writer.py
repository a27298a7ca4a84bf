"""The package writer: the cards that the real Anki would make, what is refused, and what is left on the disk."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import genanki
import pytest

from quizgen.formats.anki_cards import CardRule
from quizgen.formats.anki_checks import MOST_PROBLEMS, Note
from quizgen.formats.anki_package import BATCH, Deck, Package
from quizgen.problems import QuizgenError
from tests.anki_support import Learner, new_learner

NAMES = ("Id", "A", "B", "C")
CHANGED = 1_790_000_000

FRONTS = {
    "a field": "{{A}}",
    "two fields": "{{A}} {{B}}",
    "a section": "{{#A}}{{B}}{{/A}}",
    "a section of its own field": "{{#A}}{{A}}{{/A}}",
    "sections in sections": "{{#A}}x{{#B}}{{C}}{{/B}}{{/A}}",
    "words only": "words {{#A}}more words{{/A}}",
    "a section that is not": "{{^A}}{{B}}{{/A}}",
    "both": "{{#A}}{{B}}{{/A}}{{^A}}{{C}}{{/A}}",
    "a filter": "{{text:A}}",
    "a hint": "{{hint:B}}",
    "to type": "{{type:nc:A}}",
    "a filter in a section": "{{#A}}{{type:B}}{{/A}}",
    "nothing in a section that is not": "{{^A}}words{{/A}}",
    "sections that are not": "{{^A}}{{^B}}{{C}}{{/B}}{{/A}}",
    "tags": "{{Tags}}",
    "a section with tags": "{{#A}}{{Tags}}{{/A}}",
    "a section of tags": "{{#Tags}}{{A}}{{/Tags}}",
    "without tags": "{{^Tags}}{{A}}{{/Tags}}",
    "the deck": "{{Deck}}",
    "the subdeck": "{{Subdeck}}",
    "the card": "{{Card}}",
    "the id": "{{CardID}}",
    "the note type": "{{Type}}",
    "the flag": "{{CardFlag}}",
    "a section of the deck": "{{#Deck}}{{A}}{{/Deck}}",
    "without a deck": "{{^Deck}}{{A}}{{/Deck}}",
    "a comment": "<!-- {{A}} -->{{B}}",
    "blanks": "{{ A }} {{# B }}{{ C }}{{/ B }}",
}
FIELDS = {
    "all": ("a", "b", "c"),
    "none": ("", "", ""),
    "first": ("a", "", ""),
    "second": ("", "b", ""),
    "third": ("", "", "c"),
    "outer": ("a", "", "c"),
    "blank": (" ", "<br>", "<div></div>"),
    "blank, and not": ("&nbsp;", "<b></b>", "<br> "),
}


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    with new_learner(tmp_path) as learner:
        yield learner


def note_type(*fronts: str, css: str = "", names: tuple[str, ...] = NAMES) -> Any:
    return genanki.Model(
        1_000,
        "rule",
        fields=[{"name": name, "id": place + 1} for place, name in enumerate(names)],
        templates=[
            {"name": f"card {place}", "qfmt": front, "afmt": "back", "id": place + 1}
            for place, front in enumerate(fronts)
        ],
        css=css,
    )


def note(id_: str = "one", *fields: str, **changes: Any) -> Note:
    values = (id_, *(fields or ("a", "b", "c")))
    return Note(id_, list(values), ["a::tag"], CHANGED, file="deck.yaml", line=7)._replace(**changes)


def write(*notes: Note, model: Any = None, media: dict[str, bytes] | None = None) -> bytes:
    out = io.BytesIO()
    Package([Deck(5, "d", "", iter(notes))], model or note_type("{{A}}"), CHANGED, media or {}).write_to_file(
        out, CHANGED
    )
    return out.getvalue()


def problems(*notes: Note, **settings: Any) -> list[str]:
    with pytest.raises(QuizgenError) as refused:
        write(*notes, **settings)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize("front", FRONTS.values(), ids=FRONTS)
def test_the_rule_is_that_of_anki(learner: Learner, front: str) -> None:
    rule = CardRule([front, "{{Id}}"], NAMES)
    model = note_type(front, "{{Id}}")
    rows = {name: note(name, *fields) for name, fields in FIELDS.items()}
    rows["no tags"] = note("no tags", "a", "b", "c", tags=[])
    learner.take(write(*rows.values(), model=model))
    found = {name: learner.col.find_notes(f"Id:{name.replace(' ', '_')}") for name in rows}
    for name, row in rows.items():
        (id_,) = found[name]
        learner.col.db.execute("delete from cards where nid = ?", id_)
        learner.col.after_note_updates([id_], mark_modified=False, generate_cards=True)
        made = learner.col.db.list("select ord from cards where nid = ? order by ord", id_)
        assert rule.cards(row.fields, row.tags) == made, name


@pytest.mark.parametrize("front", ["{{#A}}{{B}}", "{{B}}{{/A}}", "{{#A}}{{#B}}{{/A}}{{/B}}", "{{a}}", "{{#D}}{{/D}}"])
def test_templates_that_anki_could_not_show_are_a_mistake_of_ours(front: str) -> None:
    with pytest.raises(ValueError, match=r"the template (?:opens|closes|shows) '"):
        CardRule([front], NAMES)


UNESCAPED = {
    "a tag": ("<script>x</script>", "<script>x</script>"),
    "a handler": ('<img src="a.svg" onerror="x">', '<img src="a.svg" onerror="x">'),
    "an address": ('<a href="javascript:x">y</a>', '<a href="javascript:x">y</a>'),
    "less than": ("1 < 2", "< 2"),
    "and": ("Bosnia & Herzegovina", "& Herzegovina"),
    "a field": ("{{A}}", "{{A}}"),
    "one brace": ("a } b", "} b"),
    "a sound": ("[sound:a.mp3]", "[sound:a.mp3]"),
    "an end of text": ("a\x00b", "\\x00b"),
}


@pytest.mark.parametrize(("text", "shown"), UNESCAPED.values(), ids=UNESCAPED)
def test_markup_that_is_not_escaped_is_refused(text: str, shown: str) -> None:
    found = problems(note("one", "a", text, "c"), media={"a.svg": b""})
    assert found == [f"deck.yaml:7: the note 'one' holds markup that is not escaped: '{shown}'"]


@pytest.mark.parametrize(
    "text",
    [
        'x <b>y</b><br><ul class="a b"><li dir="auto" lang="en">z</li></ul>',
        '<a href="https://example.org/?a=1&amp;b=2">t</a>',
        '<img src="a.svg" alt="&#123;&lt;">',
        "&#x27;&amp;&nbsp;&quot; a > b",
    ],
)
def test_markup_of_our_own_is_let_through(text: str) -> None:
    assert write(note("one", "a", text, "c"), media={"a.svg": b""})


REFUSED = {
    "no card": ([note("one", "", "b", "c")], "deck.yaml:7: Anki would make no card of the note 'one'"),
    "the same GUID": (
        [note(line=3), note(line=9)],
        "deck.yaml:9: the note 'one' has the GUID of another one (first at deck.yaml:3)",
    ),
    "fields": ([note("one", "a", "b")], "deck.yaml:7: the note 'one' has not the fields of its note type"),
    "a separator": (
        [note("one", "a\x1fb", "c", "d")],
        "deck.yaml:7: the note 'one' has not the fields of its note type",
    ),
    "a tag": (
        [note(tags=["two words"])],
        "deck.yaml:7: the tag 'two words' of the note 'one' holds a space or a quotation mark",
    ),
    "no tag": ([note(tags=[""])], "deck.yaml:7: the tag '' of the note 'one' holds a space or a quotation mark"),
    "no picture": (
        [note("one", "a", '<img src="lost.svg" alt="">', "c")],
        "deck.yaml:7: the note 'one' shows 'lost.svg', which is not in the package",
    ),
}


@pytest.mark.parametrize(("notes", "message"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_lost_is_refused(notes: list[Note], message: str) -> None:
    assert problems(*notes) == [message]


MEDIA = {
    "a folder": ({"a/b.svg": b""}, "a/b.svg: is no name for a picture: Anki knows no folders"),
    "the same name": ({"A.svg": b"1", "a.svg": b"2"}, "a.svg: is the same file as 'A.svg' on some computers"),
}


@pytest.mark.parametrize(("media", "message"), MEDIA.values(), ids=MEDIA)
def test_media_that_anki_would_mix_up_are_refused(media: dict[str, bytes], message: str) -> None:
    assert problems(note(), media=media) == [message]


HASHED = "_quizgen-0123456789abcdef.woff2"


def test_what_a_template_shows_must_be_named_by_its_content_and_be_there() -> None:
    (plain,) = problems(note(), model=note_type('<img src="_logo.svg">{{A}}'), media={"_logo.svg": b""})
    assert plain.startswith("_logo.svg: is shown by the note type (a template's file begins with '_'")
    model = note_type("{{A}}", css=f'src: url("{HASHED}")')
    assert problems(note(), model=model) == [f"{HASHED}: is shown by the note type, and is not in the package"]
    assert write(note(), model=model, media={HASHED: b"x"})


def test_all_is_told_at_once_and_not_without_end() -> None:
    found = problems(*(note(f"n{number}", "", "<x>", "c", line=number) for number in range(MOST_PROBLEMS)))
    assert len(found) == MOST_PROBLEMS
    assert [line for line in found if line.startswith("deck.yaml:499: ")] == [
        "deck.yaml:499: Anki would make no card of the note 'n499'",
        "deck.yaml:499: the note 'n499' holds markup that is not escaped: '<x>'",
    ]


@pytest.mark.parametrize("fault", [ZeroDivisionError, KeyboardInterrupt])
def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: type[BaseException]) -> None:
    scratch, target = tmp_path / "scratch", tmp_path / "out.apkg"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    target.write_bytes(b"old")

    def notes() -> Iterator[Note]:
        yield note()
        raise fault

    with pytest.raises(fault):
        Package([Deck(5, "d", "", notes())], note_type("{{A}}"), CHANGED, {}).write_to_file(target, CHANGED)
    assert target.read_bytes() == b"old"
    assert set(tmp_path.iterdir()) == {scratch, target}
    assert list(scratch.iterdir()) == []
    Package([Deck(5, "d", "", [note()])], note_type("{{A}}"), CHANGED, {}).write_to_file(target, CHANGED)
    assert target.read_bytes() == write(note())
    assert set(tmp_path.iterdir()) == {scratch, target}


def test_notes_are_written_as_they_come() -> None:
    seen: list[int] = []

    def notes() -> Iterator[Note]:
        for number in range(3 * BATCH + 1):
            seen.append(written())
            yield note(f"n{number}")

    def written() -> int:
        return int(cursors[0].execute("select count() from notes").fetchone()[0])

    cursors: list[Any] = []

    class Watched(Package):
        def write_to_db(self, cursor: Any, timestamp: float, id_gen: Iterator[int]) -> None:
            cursors.append(cursor.connection.cursor())
            super().write_to_db(cursor, timestamp, id_gen)

    Watched([Deck(5, "d", "", notes())], note_type("{{A}}"), CHANGED, {}).write_to_file(io.BytesIO(), CHANGED)
    assert max(number - count for number, count in enumerate(seen)) == BATCH - 1


def test_many_decks_arrive_each_with_its_note(learner: Learner) -> None:
    decks = [Deck(number + 10, f"quizgen::{number}", "", [note(f"n{number}")]) for number in range(300)]
    out = io.BytesIO()
    Package(decks, note_type("{{A}}"), CHANGED, {}).write_to_file(out, CHANGED)
    assert learner.take(out.getvalue()) == {"new": 300}
    assert learner.col.db.scalar("select count(distinct did) from cards") == 300
    assert learner.names() == ["Default", "quizgen", *sorted(f"quizgen::{number}" for number in range(300))]
