"""Other cards of the same question: type the answer, and fill the gap in a sentence. Pure: texts in, texts out.

Both ask without options, so only what has one right answer comes this way: the templates name the relations whose
sentences say so, and of the facts at hand none may be right as well.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Literal

from quizgen.facts import PlainFact, RelationFact
from quizgen.formats.anki_words import CardWords, card_words
from quizgen.questions import PictureKind, Question
from quizgen.questions.wording import Wording, sentence_case, wording
from quizgen.world import Entity, EntityKind, countries, gazetteer

# Longer answers are a matter of wording, which no comparison of letters can judge.
LONGEST_TYPED = 30
LONGEST_GAP = 60
# Fewer words around a gap leave open what is meant.
LEAST_AROUND = 5
# What a kind of question says about its answer: it is the only one.
_ONLY = {"object": "forward", "subject": "backward", "start": "when"}
_NAMING = frozenset({"", "what", "which", "who", "where", "when", "number"})
_NUMBER = re.compile(r"\d+([.,]\d+)*( ?%| [^\W\d]+)?")
_SMALL_WORD = 3  # "of", "the", "de", "la" inside a name


class Variant(StrEnum):
    """Which cards a note gets: to choose only, or also to type and to fill a gap."""

    STANDARD = "standard"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Typed:
    """What is asked, what is to be typed, and what is right as well."""

    ask: str
    answer: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A sentence with a gap: what stands before it, in it and after it; `source` is where a quoted one is from."""

    before: str
    answer: str
    after: str
    source: str = ""


def typed_of(question: Question, language: str) -> Typed | None:
    """Return how the question is asked without options, or None where that would be unfair."""
    words = card_words(language)
    if isinstance(question.fact, RelationFact):
        typed = _typed_relation(question, question.fact, language)
    else:
        typed = _typed_plain(question, words, language)
    return None if typed is None or _stands_in(typed.answer, typed.ask) else typed


def gap_of(question: Question, language: str) -> Gap | None:
    """Return the sentence of the question's fact with its answer left out, or None where it has no such sentence."""
    fact = question.fact
    if question.picture:
        return None  # "This is the flag of ..." says no more than the question does
    if isinstance(fact, RelationFact):
        return _gap_in_statement(question, fact, language)
    return _gap_in_quote(question)


def _typed_relation(question: Question, fact: RelationFact, language: str) -> Typed | None:
    words = _sentences(language, "type")
    part = _sentence_part(question, fact, words)
    if not part or _has_twin(question):
        return None
    ask = words.sentence(fact, part, fact.as_of)
    if part == "start":
        return Typed(ask, str(fact.during.start.first.year)) if fact.during.start else None
    entity = _asked_for(fact, part)
    if len(entity.label) > LONGEST_TYPED:
        return None
    return Typed(ask, entity.label, _other_names(entity))


def _other_names(entity: Entity) -> tuple[str, ...]:
    """List what an entity is called besides, without names that differ in accents alone: those need no saying."""
    names = {_plain(name): name for name in reversed((entity.label, *entity.aliases))}
    return tuple(name for name in reversed(names.values()) if name != entity.label)


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _typed_plain(question: Question, words: CardWords, language: str) -> Typed | None:
    fact = question.fact
    if not isinstance(fact, PlainFact) or fact.also_true or fact.kind not in _NAMING or _part(question) != "ask":
        return None
    answer, stem = fact.answer.rstrip("."), question.stem.casefold()
    if not words.choice or any(word in stem for word in words.choice) or not is_name_or_number(answer):
        return None
    if wording(language).conjunction in answer:
        return None  # nobody can know in which order two are to be typed
    return Typed(question.stem, sentence_case(answer))


def _gap_in_statement(question: Question, fact: RelationFact, language: str) -> Gap | None:
    words = _sentences(language, "gap")
    part = _sentence_part(question, fact, words)
    if not part:
        return None
    sentence = words.sentence(fact, part, fact.as_of)
    if part == "start":
        start = fact.during.start
        return _cut(sentence, words.calendar.write(start)) if start else None
    name = _asked_for(fact, part).in_text
    return _cut(sentence, name) or _cut(sentence, sentence_case(name))


def _gap_in_quote(question: Question) -> Gap | None:
    fact = question.fact
    if not isinstance(fact, PlainFact) or _part(question) != "ask" or len(fact.answer) > LONGEST_GAP:
        return None
    gap = _cut(fact.quote, fact.answer.rstrip("."))
    source = f"{fact.source.publisher}: {fact.source.title}"
    if gap is None or len(f"{gap.before} {gap.after}".split()) < LEAST_AROUND or _stands_in(gap.answer, source):
        return None
    return replace(gap, source=source)


def _cut(sentence: str, answer: str) -> Gap | None:
    """Cut an answer out of a sentence that holds it once, as whole words."""
    start, end = sentence.find(answer), sentence.find(answer) + len(answer)
    if not answer.strip() or start < 0 or sentence.casefold().count(answer.casefold()) != 1:
        return None
    before, after = sentence[:start], sentence[end:]
    return None if before[-1:].isalnum() or after[:1].isalnum() else Gap(before, answer, after)


def is_name_or_number(text: str) -> bool:
    """Tell whether an answer is a name, a number or a year, and short: `Al-Sharaa`, `15 members`, `2004`."""
    if not text.strip() or len(text) > LONGEST_TYPED:
        return False
    if text[0].isdigit():
        return bool(_NUMBER.fullmatch(text))
    first, *others = text.split()
    return _is_name(first) and all(_is_name(word) or len(word) <= _SMALL_WORD for word in others)


def _is_name(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _stands_in(answer: str, text: str) -> bool:
    """Tell whether a text holds an answer as whole words."""
    word, within = answer.casefold(), text.casefold()
    # The plain search comes first: it rules out nearly all.
    return word in within and bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", within))


def _part(question: Question) -> str:
    return question.id.rpartition("#")[2]


@cache
def _sentences(language: str, card: Literal["type", "gap"]) -> Wording:
    """Give the wording of a language with a card's sentences in the place of its own."""
    words = card_words(language)
    return replace(wording(language), relations=words.type if card == "type" else words.gap)


def _sentence_part(question: Question, fact: RelationFact, words: Wording) -> str:
    """Give what the question asks for, if it has one answer and there is a sentence for it."""
    part = _part(question)
    return part if words.has(fact, part) and _ONLY.get(part) == question.kind and not fact.also_true else ""


def _asked_for(fact: RelationFact, part: str) -> Entity:
    return fact.object if part == "object" else fact.subject


def _has_twin(question: Question) -> bool:
    """Tell whether another state has the same flag: without options, either could be meant."""
    if question.picture is None or question.picture.kind is not PictureKind.FLAG:
        return False
    shown = set(question.picture.shows)
    alike = (pair.pair - shown for pair in gazetteer.look_alikes() if pair.same and pair.pair & shown)
    return any(countries()[code].kind is EntityKind.COUNTRY for other in alike for code in other)
