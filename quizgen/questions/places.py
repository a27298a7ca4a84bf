"""Questions with pictures: whose flag is this, which country stands out on the map, which number marks a country there.

Only the last needs a draft of its own. Its options are countries until they have been chosen; then they become numbers,
and the map that they stand on is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import radians

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Judge, Verdict, great_circle
from quizgen.questions.model import Level, Picture, PictureKind, Question
from quizgen.questions.option_sets import point
from quizgen.questions.pictures import map_subject
from quizgen.questions.relation_index import RelationIndex, subject_candidate
from quizgen.questions.wording import Wording
from quizgen.world import Entity, gazetteer
from quizgen.world.maps import alt_text, label_place
from quizgen.world.maps.topology import Detail, Shape, atlas

BANK = "number on the map"
# A number on so small a state may be read as one on the larger country around or beside it.
TINY = 3_000.0  # square kilometres
BESIDE = 0.03  # radians: two hundred kilometres


class PictureQuestions:
    """Gives drafts their pictures, and drafts what is asked by numbers on a map."""

    def __init__(self, index: RelationIndex) -> None:
        """Work with the facts of an index."""
        self.index = index

    def with_picture(self, draft: Draft, fact: RelationFact, words: Wording) -> Draft:
        """Show what the fact's object looks like, if that is a picture; flags nearly alike are the best traps."""
        if not fact.object.picture:
            return draft
        if not fact.object.picture.startswith("flag/"):
            return replace(draft, picture=_picture(fact, words))
        alike = tuple(self._look_alikes(fact))
        needs = (frozenset(candidate.key for candidate in alike),) if alike else ()
        judge = self._one_of_a_kind(draft)
        return replace(draft, picture=_picture(fact, words), first=alike, needs=needs, judge=judge)

    def _one_of_a_kind(self, draft: Draft) -> Judge:
        """Let only one of two flags that are the same stand among the wrong ones: both at once cannot be right."""
        pairs = [
            alike.pair for alike in gazetteer.look_alikes() if alike.same and alike.pair <= self.index.by_subject.keys()
        ]
        out = {max(pair, key=lambda code: point(draft.id, code)) for pair in pairs}
        return lambda candidate: None if candidate.key in out else draft.judge(candidate)

    def drafts(self, fact: RelationFact, words: Wording) -> Iterator[Draft]:
        """Draft what is asked the other way round: here are four numbers, which of them marks the subject?"""
        if words.has(fact, "ask_number") and fact.during.holds_on(fact.as_of):
            yield self._ask_number(fact, words)

    def _ask_number(self, fact: RelationFact, words: Wording) -> Draft:
        judge_subject = self.index.judge_subject(fact, words, fact.as_of)

        def judge(candidate: Candidate) -> Verdict | None:
            return None if _may_be_taken_for(fact.subject.key, candidate.key) else judge_subject(candidate)

        draft = self.index.draft(
            fact,
            words,
            # To read a map and hold four places against one another is more than to know a name again.
            asked=("number", "place", Level.UNDERSTAND),
            stem=words.sentence(fact, "ask_number", fact.as_of),
            answer=_by_code(fact),
            judge=judge,
            option_set=f"{fact.relation.name}/number/{fact.subject.region}",
            bank=BANK,
        )

        def finish(question: Question) -> Question:
            return self._numbered(question, fact, words)

        return replace(draft, picture=_picture(fact, words), finish=finish)

    def _called(self, code: str, fact: RelationFact) -> Entity:
        """Give a country as the fact's own deck calls it: another deck may be in another language."""
        known = self.index.by_subject[code]
        return next((other for other in known if other.deck == fact.deck), known[0]).subject

    def _numbered(self, question: Question, fact: RelationFact, words: Wording) -> Question:
        """Put numbers on the options, in an order that tells nothing, and name the map that they stand on."""
        order = sorted(question.options, key=lambda option: point(question.id, option.key))
        options, explanation = [], fact.explanation
        for number, option in enumerate(order, start=1):
            said = self._said(number, option.key, fact, words)
            options.append(replace(option, text=str(number), why_wrong="" if option.is_right else said))
            explanation = f"{said} {explanation}".strip() if option.is_right else explanation
        shows = tuple(option.key for option in order)
        return replace(
            question,
            options=tuple(options),
            ordered=True,
            explanation=explanation,
            picture=Picture(PictureKind.MAP, shows, alt_text(map_subject(shows, numbered=True)), numbered=True),
        )

    def _said(self, number: int, code: str, fact: RelationFact, words: Wording) -> str:
        subject = next(other.subject for other in self.index.by_subject[code] if other.relation is fact.relation)
        return words.sentence(fact, "number", fact.as_of, subject=subject).replace("{number}", str(number))

    def _look_alikes(self, fact: RelationFact) -> Iterator[Candidate]:
        pairs = (alike.pair for alike in gazetteer.look_alikes() if fact.subject.key in alike.pair and not alike.same)
        for code in sorted(other for pair in pairs for other in pair - {fact.subject.key}):
            others = (other for other in self.index.by_subject.get(code, ()) if other.relation is fact.relation)
            yield from map(subject_candidate, others)


def _picture(fact: RelationFact, words: Wording) -> Picture:
    kind, _, code = fact.object.picture.partition("/")
    shows = (code.upper(),)
    if kind == PictureKind.FLAG:
        return Picture(PictureKind.FLAG, shows, words.sentence(fact, "alt", fact.as_of))
    return Picture(PictureKind.MAP, shows, _alt(fact, "alt", words) or alt_text(map_subject(shows, numbered=False)))


def _alt(fact: RelationFact, name: str, words: Wording) -> str:
    """Say what a map is in a language that has a sentence for it; the drawing itself speaks English only."""
    return words.sentence(fact, name, fact.as_of) if words.has(fact, name) else ""


def _by_code(fact: RelationFact) -> Candidate:
    """Make an answer that is known by its code: by its name, the stem would seem to hold it."""
    code = fact.subject.key
    return Candidate(code, code, frozenset({code.casefold()}), fact=fact, regions=fact.subject.regions)


def _may_be_taken_for(one: str, other: str) -> bool:
    """Tell whether a number on one of two countries may be read as one on the other: on Italy's map, the Vatican's."""
    if (one in _tiny()) == (other in _tiny()):
        return False
    small, large = (one, other) if one in _tiny() else (other, one)
    near = (great_circle(label_place(small), (part.lat, part.lon)) - radians(part.radius) for part in _parts(large))
    return any(angle < BESIDE for angle in near)


def _parts(code: str) -> list[Shape]:
    """Give the parts of a country that are large enough to bear a number."""
    return [shape for shape in atlas(Detail.NORMAL).of(code) if shape.area >= TINY]


@cache
def _tiny() -> frozenset[str]:
    return frozenset(code for code in atlas(Detail.NORMAL).labels if not _parts(code))
