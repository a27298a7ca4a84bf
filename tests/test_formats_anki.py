"""Our packages in the real Anki: what arrives, what a later release keeps, and what is refused."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from quizgen.facts import Status
from quizgen.formats import anki_note_type
from quizgen.formats.anki import guid, write_anki
from quizgen.formats.anki_fields import options_in_note
from quizgen.formats.anki_note_type import FIELDS, MAX_OPTIONS, NOTE_TYPE, note_type
from quizgen.formats.anki_notes import tags_of
from quizgen.problems import QuizgenError
from tests.anki_support import (
    CHANGED,
    HOSTILE,
    ORDERED,
    RIGHT,
    WRONG,
    Learner,
    export,
    make_deck,
    make_question,
    make_questions,
    new_learner,
    texts_in,
)

LATER = CHANGED + timedelta(days=1)


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    with new_learner(tmp_path) as learner:
        yield learner


class TestImport:
    def test_everything_arrives(self, learner: Learner) -> None:
        assert learner.take(export(make_questions(20))) == {"new": 20}
        assert learner.col.note_count() == learner.col.card_count() == 20
        assert learner.col.find_dupes("Id") == []

    def test_anki_finds_nothing_to_mend(self, learner: Learner) -> None:
        learner.take(export(make_questions(3)))
        media = learner.col.media.check()
        assert (list(media.missing), list(media.unused)) == ([], [])
        message, fine = learner.col.fix_integrity()
        assert fine, message
        assert list(learner.col.get_empty_cards().notes) == []
        assert all(note.fields_check() == 0 for note in map(learner.col.get_note, learner.col.find_notes("")))

    def test_anki_would_make_the_same_cards(self, learner: Learner) -> None:
        learner.take(export([make_question(), make_question("ordered", options=ORDERED, ordered=True)]))
        before = [card.id for card in learner.cards()]
        learner.col.after_note_updates(learner.col.find_notes(""), mark_modified=False, generate_cards=True)
        assert [card.id for card in learner.cards()] == before

    def test_ids_are_moments_that_have_passed(self, learner: Learner) -> None:
        learner.take(export(make_questions(5)))
        latest = learner.col.db.scalar("select max(n.id, c.id) from notes n, cards c order by 1 desc")
        assert latest < CHANGED.timestamp() * 1000

    def test_new_cards_come_in_the_order_of_the_deck(self, learner: Learner) -> None:
        learner.take(export(make_questions(12)))
        queued = learner.col.sched.get_queued_cards(fetch_limit=12).cards
        stems = [learner.col.get_note(entry.card.note_id)["Stem"] for entry in queued]
        assert stems == [f"Question {number}?" for number in range(12)]

    def test_fields_and_tags_of_a_note(self, learner: Learner) -> None:
        learner.take(export([make_question(retired="since May")]))
        note = learner.col.get_note(learner.col.find_notes("")[0])
        assert note["Id"] == "bases/tartus#plain"
        assert note[f"Option {note['Answer']}"] == note["Answer text"] == "Tartus"
        assert (note["As of"], note["Language"], note["Ordered"]) == ("2026-11-22", "en", "")
        assert note["Caution"] == "No longer asked: since May<br>Compiled from third parties, unverified."
        assert all(note[name] == "" for name in FIELDS if name.startswith("Spare"))
        assert sorted(note.tags) == [
            "quizgen::Politics::International_Relations",
            "quizgen::bases",
            "quizgen::kind::plain",
            "quizgen::level::recall",
            "quizgen::retired",
        ]

    def test_the_stem_is_what_the_browser_sorts_by(self, learner: Learner) -> None:
        learner.take(export([make_question()]))
        assert learner.col.db.list("select sfld from notes") == ["Where is Russia's naval base?"]


class TestDecks:
    def test_names_nest_by_category_alone(self, learner: Learner) -> None:
        learner.take(export([make_question()], [make_deck(category=("A::B", " C:: "), title='War::peace: "x"')]))
        assert 'quizgen::A:B::C::War:peace: "x"' in learner.names()

    def test_decks_of_one_name_stay_two(self, learner: Learner) -> None:
        other = make_question("other", deck="more", id="more/other#plain")
        decks = [make_deck(category=()), make_deck(category=(), key="more"), make_deck(key="none", title="Empty")]
        learner.take(export([make_question(), other], decks))
        names = [f"quizgen::Russia's bases in Syria ({key})" for key in ("bases", "more")]
        assert set(learner.names()) == {"Default", "quizgen", *names}

    def test_the_description_says_where_it_comes_from(self, learner: Learner) -> None:
        learner.take(export([make_question()], [make_deck(description="Ports <b>&\nbases")]))
        deck = learner.col.decks.by_name("quizgen::Politics::International Relations::Russia's bases in Syria")
        assert deck is not None
        assert deck["desc"] == (
            "Ports &lt;b&gt;&amp;<br>bases<br><br>As of 2026-11-22.<br><br>"
            'Yanuki: <a href="https://example.org/bases?a=1&amp;b=2">Russia&#x27;s bases &amp; Syria</a>, '
            "retrieved 2026-11-22.<br><br>Compiled from third parties, unverified."
        )


class TestNextRelease:
    def test_a_correction_keeps_everything_learnt(self, learner: Learner) -> None:
        questions = make_questions(5)
        learner.take(export(questions))
        learner.study(4)
        before = learner.memory()
        corrected = replace(questions[0], stem="Corrected?", options=(replace(RIGHT, text="Tartous"), *WRONG))
        assert learner.take(export([corrected, *questions[1:]], changed=LATER)) == {"updated": 5}
        assert learner.memory() == before
        assert len(before["reviews"]) == 4
        (note,) = [learner.col.get_note(note) for note in learner.col.find_notes("Stem:Corrected?")]
        assert note["Answer text"] == "Tartous"

    def test_a_new_fact_arrives_beside_the_old(self, learner: Learner) -> None:
        learner.take(export(make_questions(3)))
        release = export([make_question("new", "New?"), *make_questions(3)], changed=LATER)
        assert learner.take(release) == {"new": 1, "updated": 3}
        types = [kind.name for kind in learner.col.models.all_names_and_ids() if "quizgen" in kind.name]
        assert types == [NOTE_TYPE]
        assert learner.col.note_count() == learner.col.card_count() == 4

    def test_the_same_file_again_changes_nothing(self, learner: Learner) -> None:
        package = export(make_questions(3))
        learner.take(package)
        assert learner.take(package) == {"duplicate": 3}

    def test_a_spare_field_can_be_named_later(self, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
        learner.take(export(make_questions(2)))
        learner.study(1)
        before, schema = learner.memory(), learner.col.db.scalar("select scm from col")
        field = anki_note_type._field("Spare 1") | {"name": "Hint"}
        monkeypatch.setattr(
            anki_note_type, "_field", lambda name, old=anki_note_type._field: field if name == "Spare 1" else old(name)
        )
        assert learner.take(export(make_questions(2), changed=LATER)) == {"updated": 2}
        assert learner.memory() == before
        assert learner.col.db.scalar("select scm from col") == schema  # no full sync
        assert "Hint" in learner.col.models.field_names(learner.col.models.by_name(NOTE_TYPE))


class TestBytes:
    def test_the_same_input_gives_the_same_bytes(self) -> None:
        first, second = (hashlib.sha256(export(make_questions(9))).hexdigest() for _ in range(2))
        assert first == second

    def test_a_path_gets_what_a_stream_gets_and_nothing_is_left(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        scratch, target = tmp_path / "scratch", tmp_path / "out.apkg"
        scratch.mkdir()
        monkeypatch.setattr(tempfile, "tempdir", str(scratch))
        write_anki([make_deck()], make_questions(2), target, changed=CHANGED)
        assert target.read_bytes() == export(make_questions(2))
        assert list(scratch.iterdir()) == []
        assert set(tmp_path.iterdir()) == {scratch, target}

    def test_the_archive_tells_no_time_and_is_packed(self) -> None:
        with zipfile.ZipFile(io.BytesIO(export(make_questions(2)))) as archive:
            entries = archive.infolist()
        assert [entry.filename for entry in entries] == ["collection.anki2", "media"]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}

    def test_a_moment_without_a_time_zone_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            export(make_questions(1), changed=CHANGED.replace(tzinfo=None))

    def test_the_same_moment_in_another_time_zone_is_the_same(self) -> None:
        moscow = CHANGED.astimezone(tz=None)
        assert export(make_questions(1), changed=moscow) == export(make_questions(1))


class TestRendering:
    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_texts_arrive_as_they_were_written(self, learner: Learner, text: str) -> None:
        wrong = replace(WRONG[0], text=f"not {text}", why_wrong=text)
        question = make_question(stem=text, options=(replace(RIGHT, text=text), wrong), explanation=text, quote=text)
        learner.take(export([question]))
        front, back = learner.sides()
        assert texts_in(front, "qz-stem") == texts_in(back, "qz-stem") == [text]
        assert sorted(texts_in(front, "qz-text")) == sorted([text, f"not {text}"])
        assert texts_in(back, "qz-explanation") == texts_in(back, "qz-quote") == [text]
        assert texts_in(back, "qz-why") == [f"not {text} {text}"]
        assert texts_in(back, "qz-plain") == [f"Answer: {text}"]

    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
    def test_anki_reads_nothing_into_them(self, learner: Learner, text: str) -> None:
        learner.take(export([make_question(stem=text, explanation=text)]))
        (card,) = learner.cards()
        for side in (card.question(), card.answer()):
            assert "{{" not in side
            assert side.count("<script") == 1
            assert "template" not in side.split("<script>")[0].rpartition("</style>")[2].lower()
        assert card.question_av_tags() == card.answer_av_tags() == []

    def test_no_reason_no_heading(self, learner: Learner) -> None:
        learner.take(export([make_question(options=(RIGHT, replace(WRONG[0], why_wrong="")))]))
        assert texts_in(learner.sides()[1], "qz-heading") == []

    def test_only_web_addresses_become_links(self, learner: Learner) -> None:
        question = make_question()
        source = replace(question.fact.source, url="javascript:alert(1)", published="2024-05", note="")
        learner.take(export([make_question(source=source, attribution="the Kremlin")]))
        back = learner.sides()[1]
        assert "<a " not in back
        assert texts_in(back, "qz-caution") == []
        assert texts_in(back, "qz-source") == [
            "Yanuki: Russia's bases & Syria, published 2024-05, retrieved 2026-11-22. Said by the Kremlin."
            " True as of 2026-11-22."
        ]

    def test_the_front_does_not_tell_the_answer(self, learner: Learner) -> None:
        learner.take(export([make_question()]))
        front, back = learner.sides()
        assert 'data-answer="' not in front.partition("<script>")[0]
        assert 'data-answer="' in back

    def test_the_templates_load_nothing_and_close_what_they_open(self) -> None:
        texts = [note_type().css, *(kind[side] for kind in note_type().templates for side in ("qfmt", "afmt"))]
        assert len(texts) > 8
        for text in texts:
            assert not any(word in text for word in ("http:", "https:", "url(", "@import", "/* include", "-- include"))
            assert text.count("<script>") == text.count("</script>") <= 1
        assert "{{" not in note_type().css


class TestOrderInTheNote:
    def test_the_key_stands_anywhere(self, learner: Learner) -> None:
        learner.take(export(make_questions(200)))
        places = Counter(learner.col.get_note(note)["Answer"] for note in learner.col.find_notes(""))
        assert set(places) == {"1", "2", "3", "4"}
        assert max(places.values()) < 75

    def test_rewording_moves_nothing(self) -> None:
        question = make_question()
        reworded = replace(question, options=tuple(replace(option, text="x") for option in question.options))
        assert [o.key for o in options_in_note(question)] == [o.key for o in options_in_note(reworded)]

    def test_ascending_options_stay_so(self, learner: Learner) -> None:
        learner.take(export([make_question(options=ORDERED, ordered=True)]))
        assert texts_in(learner.sides()[0], "qz-text") == ["1", "2", "10"]


class TestStaleness:
    def test_marks_only_when_asked_for_a_day(self) -> None:
        question = make_question(review_by=date(2026, 12, 1), status=Status.DRAFT)
        assert tags_of(question, "", date(2026, 12, 2))[-2:] == ["quizgen::stale", "quizgen::draft"]
        assert tags_of(question, "", date(2026, 12, 1))[-1:] == ["quizgen::draft"]
        assert tags_of(question, "")[-1] == "quizgen::level::recall"

    def test_the_card_says_so(self, learner: Learner) -> None:
        question = make_question(review_by=date(2026, 12, 1))
        learner.take(export([question], today=date(2027, 1, 1)))
        (caution,) = texts_in(learner.sides()[1], "qz-caution")
        assert "to be checked again by 2026-12-01, and has not been." in caution


REFUSED = {
    "a space in a tag": (
        {"kind": "two words"},
        "the tag 'quizgen::kind::two words' of the question 'bases/tartus#plain'",
    ),
    "too many options": ({"options": (RIGHT, *WRONG * 2)}, f"has 7 options, and a note has fields for {MAX_OPTIONS}"),
    "no card": ({"stem": " \n "}, "has an empty stem, so Anki would make no card of it"),
    "no id": ({"id": ""}, "a question has no id"),
    "an empty option": ({"options": (RIGHT, replace(WRONG[0], text=" "))}, "has an empty option"),
    "no right option": ({"options": WRONG}, "must have one right option"),
    "two right options": ({"options": (RIGHT, RIGHT)}, "must have one right option"),
    "a deck that is not there": ({"deck": "lost"}, "its deck 'lost' is not among those to export"),
}


class TestRefusals:
    @pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
    def test_nothing_is_written(self, tmp_path: Path, changes: dict[str, Any], message: str) -> None:
        target = tmp_path / "out.apkg"
        with pytest.raises(QuizgenError) as refused:
            write_anki([make_deck()], [make_question(**changes)], target, changed=CHANGED)
        (problem,) = refused.value.problems
        assert str(problem).startswith("decks/bases.yaml:10: ")
        assert message in problem.message
        assert not target.exists()

    def test_a_question_that_is_there_twice(self) -> None:
        with pytest.raises(QuizgenError) as refused:
            export([make_question(), make_question(line=20)])
        assert str(refused.value) == (
            "decks/bases.yaml:20: the question 'bases/tartus#plain' is there twice (first at decks/bases.yaml:10)"
        )

    def test_all_at_once(self) -> None:
        bad = [make_question(f"bad-{number}", kind="a b", stem="", line=number) for number in range(1, 4)]
        with pytest.raises(QuizgenError) as refused:
            export(bad)
        assert [problem.line for problem in refused.value.problems] == [1, 1, 2, 2, 3, 3]

    def test_a_guid_hangs_on_the_id_alone(self) -> None:
        question = make_question()
        assert guid(question) == guid(replace(question, stem="Otherwise?", options=(RIGHT,)))
        assert guid(question) != guid(make_question("other"))
