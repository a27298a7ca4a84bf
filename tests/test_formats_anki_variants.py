"""The extended variant: who is asked to type, which sentences get a gap, and that Anki makes exactly these cards."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quizgen.facts import Deck, RelationFact, in_language, languages, load_library
from quizgen.formats import anki_fields, anki_note_type, anki_notes
from quizgen.formats.anki_note_type import CARDS, FIELDS, NOTE_TYPE, note_type
from quizgen.formats.anki_variants import Gap, Typed, Variant, gap_of, is_name_or_number, typed_of
from quizgen.formats.anki_words import card_words, note_words
from quizgen.paths import DECKS, TEMPLATES
from quizgen.questions import Picture, PictureKind, Question, make_questions
from quizgen.questions.wording import wording
from tests.anki_support import CHANGED, SOURCE, Learner, export, make_question, new_learner

LATER = CHANGED + timedelta(days=1)
OF_TYPING = {"also", "articles", "blank", "near", "placeholder", "typed_near", "typed_right", "typed_wrong"}
SHIPPED = ("capitals", "nato", "flags", "countries-on-the-map", "russia-syria-bases")


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[Learner]:
    with new_learner(tmp_path) as learner:
        yield learner


@cache
def shipped(language: str = "en") -> tuple[tuple[Deck, ...], tuple[Question, ...]]:
    library, _ = load_library([DECKS / f"{key}.yaml" for key in SHIPPED])
    if language != "en":
        library, _ = in_language(library, language)
    return library.decks, tuple(make_questions(library)[0])


def question(id_: str) -> Question:
    """Ask a shipped fact in one way, whichever ways the library asks it in now."""
    path, _, part = id_.partition("#")
    fact = next(fact for deck in shipped()[0] for fact in deck.facts if fact.path == path)
    assert isinstance(fact, RelationFact)
    kind = {"object": "forward", "subject": "backward", "start": "when", "number": "place"}[part]
    shown = fact.object.picture.partition("/")
    picture = Picture(PictureKind(shown[0]), (shown[2].upper(),), "A picture") if shown[0] else None
    return replace(make_question(stem=f"What is {path}?", id=id_, kind=kind, picture=picture), fact=fact)


def plain(ask: str, answer: str, **changes: Any) -> Question:
    asked = make_question(stem=ask, ask=ask, answer=answer, id="bases/tartus#ask", **changes)
    return replace(asked, fact=replace(asked.fact, kind=asked.kind if "kind" in changes else ""))


TYPED = {
    "a name": ("Where is the base?", "Tartus", {}, "Tartus"),
    "a year": ("In which year was it built?", "1971", {}, "1971"),
    "a count": ("How many ships fit in?", "4 ships", {}, "4 ships"),
    "a written name": ("Who runs it?", "the navy", {}, None),
    "a reason": ("Why is it there?", "Tartus", {"kind": "reason"}, None),
    "a long name": ("Whose is it?", "The Union of Soviet Socialist Republics", {}, None),
    "a day": ("When was it built?", "4 May 1971", {}, None),
    "two at once": ("Which are they?", "Tartus and Latakia", {}, None),
    "needs its options": ("Which of these ports is it?", "Tartus", {}, None),
    "more is right": ("Where is the base?", "Tartus", {"also_true": ("latakia",)}, None),
    "says itself": ("Where is Tartus?", "Tartus", {}, None),
    "says it within a word": ("Where are Tartusians at home?", "Tartus", {}, "Tartus"),
}


@pytest.mark.parametrize(("ask", "answer", "changes", "expected"), TYPED.values(), ids=TYPED)
def test_what_is_typed(ask: str, answer: str, changes: dict[str, Any], expected: str | None) -> None:
    assert typed_of(plain(ask, answer, **changes), "en") == (Typed(ask, expected) if expected else None)


def test_a_language_without_words_asks_for_nothing_to_be_typed() -> None:
    assert typed_of(plain("Где база?", "Тартус"), "ru") is None
    assert typed_of(plain("Where?", "Tartus"), "../en") is None


AROUND = ("In 2017 the navy leased the port of ", ".")
QUOTED = {
    "a sentence": ("In 2017 the navy leased the port of Tartus.", "Tartus", AROUND),
    "twice": ("Tartus is Tartus, says the navy of the land.", "Tartus", None),
    "once more in other letters": ("In 2017 the navy leased TARTUS and Tartus.", "Tartus", None),
    "part of a word": ("In 2017 the navy leased the Tartusian port.", "Tartus", None),
    "too few words": ("a port in Tartus", "Tartus", None),
    "not in it": ("In 2017 the navy leased the port of Latakia.", "Tartus", None),
    "no quotation": ("", "Tartus", None),
}


@pytest.mark.parametrize(("quote", "answer", "around"), QUOTED.values(), ids=QUOTED)
def test_which_quotations_get_a_gap(quote: str, answer: str, around: tuple[str, str] | None) -> None:
    source = "Yanuki: Russia's bases & Syria"
    expected = Gap(around[0], answer, around[1], source) if around else None
    assert gap_of(plain("Where?", answer, quote=quote), "en") == expected


def test_a_source_that_gives_the_answer_away_leaves_no_gap() -> None:
    telling = replace(SOURCE, title="All about Tartus")
    assert gap_of(plain("Where?", "Tartus", quote=QUOTED["a sentence"][0], source=telling), "en") is None


NAMES = ("Tartus", "2004", "1,200", "12 %", "15 members", "St. John's", "Côte d'Ivoire", "al-Sharaa", "G7")
NO_NAMES = ("the sea", " ", "4 April 1949", "", "15 members of it", "to go home", "Tartus because of its port")


def test_what_is_a_name_or_a_number() -> None:
    assert [text for text in (*NAMES, *NO_NAMES) if is_name_or_number(text)] == [*NAMES]


RELATIONS = {
    "capitals/capital-ken#object": (
        Typed("As of 22 November 2026, what is the capital of Kenya?", "Nairobi"),
        Gap("As of 22 November 2026, the capital of Kenya is ", "Nairobi", "."),
    ),
    "nato/nato-nld#start": (
        Typed("In which year did the Netherlands join NATO?", "1949"),
        Gap("The Netherlands joined NATO on ", "24 August 1949", "."),
    ),
    # A picture says it better than a sentence.
    "flags/pol#subject": (Typed("As of 22 November 2026, whose flag is this?", "Poland"), None),
    "countries-on-the-map/rus#subject": (Typed("Which country is highlighted on the map?", "Russia"), None),
    "countries-on-the-map/ken#number": (None, None),
}  # fmt: skip


@pytest.mark.parametrize("id_", RELATIONS)
def test_what_a_relation_gives(id_: str) -> None:
    assert (typed_of(question(id_), "en"), gap_of(question(id_), "en")) == RELATIONS[id_]


def test_other_names_are_right_as_well() -> None:
    typed = typed_of(question("countries-on-the-map/civ#subject"), "en")
    assert typed == Typed("Which country is highlighted on the map?", "Côte d'Ivoire", ("Ivory Coast",))


def test_a_name_without_its_accents_needs_no_saying() -> None:
    typed = typed_of(question("capitals/capital-cmr#object"), "en")
    assert typed == Typed("As of 22 November 2026, what is the capital of Cameroon?", "Yaoundé")


def test_what_has_several_right_answers_is_only_to_choose() -> None:
    asked = replace(question("capitals/capital-ken#object"), kind="which")
    assert (typed_of(asked, "en"), gap_of(asked, "en")) == (None, None)
    relations = [asked for asked in shipped()[1] if isinstance(asked.fact, RelationFact)]
    assert {"on_day", "place", "period"} < {asked.kind for asked in relations}
    fair = [asked for asked in relations if typed_of(asked, "en") or gap_of(asked, "en")]
    assert {asked.kind for asked in fair} == {"forward", "backward", "when"}


def test_flags_of_two_countries_are_not_to_be_named() -> None:
    polish = question("flags/pol#subject")
    flags = {code: Picture(PictureKind.FLAG, (code,), "A flag") for code in ("POL", "FRA", "KEN", "ROU", "TCD")}
    named = {code for code, flag in flags.items() if typed_of(replace(polish, picture=flag), "en")}
    assert named == {"POL", "FRA", "KEN"}


@pytest.mark.parametrize("language", ["en", "fr", "es", "de"])
def test_nothing_gives_itself_away(language: str) -> None:
    choice = card_words(language).choice
    typed = [typed for asked in shipped(language)[1] if (typed := typed_of(asked, language))]
    gaps = [gap for asked in shipped(language)[1] if (gap := gap_of(asked, language))]
    assert len(typed) > 400
    assert len(gaps) > 100
    for one in typed:
        assert f" {one.answer.casefold()} " not in re.sub(r"\W+", " ", f" {one.ask.casefold()} ")
        assert not any(word in one.ask.casefold() for word in choice)
        assert len(one.answer) <= 30
    for gap in gaps:
        assert gap.answer.casefold() not in f"{gap.before} {gap.after} {gap.source}".casefold()


def test_every_language_has_the_same_cards_to_word() -> None:
    english = card_words("en")
    told = {file.name.split(".")[1] for file in (TEMPLATES / "anki").glob("words.*.yaml")}
    assert told == set(languages())
    typed = {language for language in told if card_words(language).type or card_words(language).choice}
    assert typed == {"en", "fr", "es", "de"}
    for language in typed - {"en"}:
        words = card_words(language)
        assert {**wording(language).card, **words.card}.keys() >= english.card.keys() - {"direction"}
        for mine, its in ((words.type, english.type), (words.gap, english.gap)):
            assert all(parts.keys() <= its[relation].keys() for relation, parts in mine.items())


@pytest.mark.parametrize("language", languages())
def test_every_language_says_itself_what_stands_on_cards_to_choose_from(language: str) -> None:
    own = {**wording(language).card, **card_words(language).card} if language != "en" else card_words("en").card
    assert own.keys() >= card_words("en").card.keys() - OF_TYPING - {"direction"}
    said, its = note_words(language)
    assert said.keys() == its == card_words("en").note.keys()
    for name, english in card_words("en").note.items():
        assert re.findall(r"\{\w+\}", said[name]) == re.findall(r"\{\w+\}", english)
        assert language == "en" or said[name] != english


class TestInAnki:
    def test_a_variant_adds_cards_and_takes_no_history(self, learner: Learner) -> None:
        asked = [question(id_) for id_ in RELATIONS]
        decks = shipped()[0]
        assert learner.take(export(asked, decks)) == {"new": 5}
        assert Counter(card.ord for card in learner.cards()) == {0: 3, 3: 2}
        learner.study(3)
        before = learner.memory()
        assert learner.take(export(asked, decks, variant=Variant.EXTENDED)) == {"updated": 5}
        assert Counter(card.ord for card in learner.cards()) == {0: 3, 1: 4, 2: 2, 3: 2}
        assert kept(learner, before)
        assert types(learner) == [NOTE_TYPE]
        assert list(learner.col.get_empty_cards().notes) == []

    def test_the_way_back_leaves_empty_cards_and_all_history(self, learner: Learner) -> None:
        asked, decks = [question(id_) for id_ in RELATIONS], shipped()[0]
        learner.take(export(asked, decks, variant=Variant.EXTENDED))
        learner.study(8)
        before = learner.memory()
        release = export([replace(one, explanation="Reworded.") for one in asked], decks, changed=LATER)
        assert learner.take(release) == {"updated": 5}
        assert learner.memory() == before
        empty = [card for note in learner.col.get_empty_cards().notes for card in note.card_ids]
        assert Counter(learner.col.get_card(card).ord for card in empty) == {1: 4, 2: 2}
        again = export(asked, decks, changed=LATER + timedelta(days=1), variant=Variant.EXTENDED)
        assert learner.take(again) == {"updated": 5}
        assert learner.memory() == before
        assert list(learner.col.get_empty_cards().notes) == []

    @pytest.mark.parametrize("variant", Variant)
    def test_anki_would_make_the_same_cards(self, learner: Learner, variant: Variant) -> None:
        decks, asked = shipped()
        assert learner.take(export(asked, decks, variant=variant)) == {"new": len(asked)}
        before = [card.id for card in learner.cards()]
        learner.col.after_note_updates(learner.col.find_notes(""), mark_modified=False, generate_cards=True)
        assert [card.id for card in learner.cards()] == before
        assert list(learner.col.get_empty_cards().notes) == []
        assert (len(before) > len(asked)) is (variant is Variant.EXTENDED)

    def test_anki_finds_the_note_type_sound(self, learner: Learner) -> None:
        learner.take(export([question("capitals/capital-ken#object")], shipped()[0]))
        kind = learner.col.models.by_name(NOTE_TYPE)
        assert kind is not None
        learner.col.models.update_dict(kind)  # what its own editor does: it refuses two cards with the same front
        needed = {place: fields for place, _, fields in learner.col.models.by_name(NOTE_TYPE)["req"]}
        assert needed == {place: fields for place, _, fields in note_type()._req}
        assert [card["name"] for card in kind["tmpls"]] == [kind.name for kind in CARDS]
        assert [field["name"] for field in kind["flds"]] == list(FIELDS)

    def test_ids_outlive_this_release(self) -> None:
        """Anki knows fields and cards by these numbers: with others, no learner's note is ever updated again."""
        kind = note_type()
        numbers = [kind.model_id, *(part["id"] for part in (*kind.fields, *kind.templates))]
        assert len(set(numbers)) == 1 + len(FIELDS) + len(CARDS)
        told = hashlib.sha256(repr(numbers).encode()).hexdigest()
        assert told[:16] == "88bf5a39146d30f3"

    def test_a_spare_card_can_be_named_later(self, learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
        asked, decks = [question(id_) for id_ in RELATIONS], shipped()[0]
        learner.take(export(asked, decks))
        learner.study(2)
        before, schema = learner.memory(), learner.col.db.scalar("select scm from col")
        listen = replace(CARDS[4], name="Listen", file="listen")
        monkeypatch.setattr(anki_note_type, "CARDS", (*CARDS[:4], listen, *CARDS[5:]))
        old, sound = anki_note_type.read_template, "{{#Spare card 1}}{{Spare card 1}}{{/Spare card 1}}"
        monkeypatch.setattr(anki_note_type, "read_template", lambda name: sound if "listen" in name else old(name))
        fields = anki_fields.fields_of
        monkeypatch.setattr(anki_notes, "fields_of", lambda *given, **more: marked(fields(*given, **more)))
        assert learner.take(export(asked, decks, changed=LATER)) == {"updated": 5}
        assert Counter(card.template()["name"] for card in learner.cards()) == {"Choose": 3, "Map": 2, "Listen": 5}
        assert kept(learner, before)
        assert learner.col.db.scalar("select scm from col") == schema  # no full sync
        assert types(learner) == [NOTE_TYPE]


def marked(fields: list[str]) -> list[str]:
    fields[FIELDS.index("Spare card 1")] = "what is heard"
    return fields


def kept(learner: Learner, before: dict[str, list[Any]]) -> bool:
    """Tell whether each card and review from before is there as it was."""
    after = learner.memory()
    return after["reviews"] == before["reviews"] and all(card in after["cards"] for card in before["cards"])


def types(learner: Learner) -> list[str]:
    return [kind.name for kind in learner.col.models.all_names_and_ids() if "quizgen" in kind.name]
