"""Questions with pictures: whose flag is this, what stands out on the map, which number marks a place there.

Only the last needs a draft of its own. Its options are places until they have been chosen; then they become numbers,
and the map that they stand on is known. Two places are told apart by the pixels between them on the picture as drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from quizgen.facts import RelationFact
from quizgen.questions.drafts import Candidate, Draft, Judge, Verdict, great_circle
from quizgen.questions.legible import is_legible, is_unclear, shares_a_ring
from quizgen.questions.model import Level, Picture, PictureKind, Question
from quizgen.questions.option_sets import point
from quizgen.questions.pictures import map_subject
from quizgen.questions.relation_index import RelationIndex, subject_candidate
from quizgen.questions.wording import Wording
from quizgen.world import STATES, Entity, EntityKind, countries, gazetteer
from quizgen.world.maps import Place, alt_text, areas
from quizgen.world.maps.topology import Detail, atlas
from quizgen.world.pictures import point_of

BANK = "number on the map"
# So many places of a kind in one region are company enough for one another.
COMPANY = 5


class PictureQuestions:
    """Gives drafts their pictures, and drafts what is asked by numbers on a map."""

    def __init__(self, index: RelationIndex) -> None:
        """Work with the facts of an index."""
        self.index = index
        self._places: Counter[tuple[str, tuple[str, ...]]] | None = None

    def with_picture(self, draft: Draft, fact: RelationFact, words: Wording) -> Draft:
        """Show what the fact's object looks like, if that is a picture; flags nearly alike are the best traps."""
        if not fact.object.picture:
            return draft
        if not fact.object.picture.startswith("flag/"):
            shown = replace(draft, picture=_picture(fact, words))
            return shown if fact.subject.kind in STATES else self._of_one_kind(shown, fact)
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

    def _of_one_kind(self, draft: Draft, fact: RelationFact) -> Draft:
        """Put straits beside straits and capitals beside those near them, but none that the ring may mean, too."""

        def judge(candidate: Candidate) -> Verdict | None:
            return None if shares_a_ring(fact.subject, candidate) else draft.judge(candidate)

        answer = replace(draft.answer, regions=_regions(fact.subject))
        option_set = f"{fact.relation.name}/subject/{self._company(fact)}"
        return replace(draft, answer=answer, judge=judge, option_set=option_set)

    def _company(self, fact: RelationFact) -> str:
        """Name those that a place stands among: its kind in its region, where they and all others are enough."""
        kind, region = _kind(fact.subject), _regions(fact.subject)[:1]
        sizes = {near: size for (other, near), size in self._marked(fact).items() if other == kind}
        large = {near for near, size in sizes.items() if size >= COMPANY}
        rest = sum(size for near, size in sizes.items() if near not in large)
        return "/".join((kind, *region)) if region in large and not 0 < rest < COMPANY else kind

    def _marked(self, fact: RelationFact) -> Counter[tuple[str, tuple[str, ...]]]:
        """Count the places on maps by kind and region."""
        if self._places is None:
            marked = (other for known in self.index.by_subject.values() for other in known)
            places = (other.subject for other in marked if other.relation is fact.relation)
            self._places = Counter((_kind(place), _regions(place)[:1]) for place in places if place.kind not in STATES)
        return self._places

    def drafts(self, fact: RelationFact, words: Wording) -> Iterator[Draft]:
        """Draft what is asked the other way round: here are four numbers, which of them marks the subject?"""
        if words.has(fact, "ask_number") and fact.during.holds_on(fact.as_of) and point_of(fact.subject):
            yield self._ask_number(fact, words)

    def _ask_number(self, fact: RelationFact, words: Wording) -> Draft:
        judge_subject = self.index.judge_subject(fact, words, fact.as_of)

        def judge(candidate: Candidate) -> Verdict | None:
            return None if is_unclear(fact.subject, candidate) else judge_subject(candidate)

        draft = self.index.draft(
            fact,
            words,
            # To read a map and hold four places against one another is more than to know a name again.
            asked=("number", "place", Level.UNDERSTAND),
            stem=words.sentence(fact, "ask_number", fact.as_of),
            answer=_by_code(fact),
            judge=judge,
            option_set=f"{fact.relation.name}/number/{fact.subject.region or self._company(fact)}",
            bank=BANK,
        )

        def finish(question: Question) -> Question | None:
            numbered = self._numbered(question, fact, words)
            return numbered if fact.subject.kind in STATES or is_legible(numbered) else None

        return replace(draft, picture=_picture(fact, words), finish=finish)

    def _called(self, key: str, fact: RelationFact) -> Entity:
        """Give a place on the map as the fact's own deck calls it: another deck may be in another language."""
        known = [other for other in self.index.by_subject[key] if other.relation is fact.relation]
        return next((other for other in known if other.deck == fact.deck), known[0]).subject

    def _numbered(self, question: Question, fact: RelationFact, words: Wording) -> Question:
        """Put numbers on the options, in an order that tells nothing, and name the map that they stand on."""
        order = sorted(question.options, key=lambda option: point(question.id, option.key))
        options, explanation = [], fact.explanation
        for number, option in enumerate(order, start=1):
            said = self._said(number, option.key, fact, words)
            options.append(replace(option, text=str(number), why_wrong="" if option.is_right else said))
            explanation = f"{said} {explanation}".strip() if option.is_right else explanation
        shows = tuple(point_of(self._called(option.key, fact)) for option in order)
        alt = _alt(fact, "alt_number", words) or alt_text(map_subject(shows, numbered=True))
        return replace(
            question,
            options=tuple(options),
            ordered=True,
            explanation=explanation,
            picture=Picture(PictureKind.MAP, shows, alt, numbered=True),
        )

    def _said(self, number: int, key: str, fact: RelationFact, words: Wording) -> str:
        subject = self._called(key, fact)
        return words.sentence(fact, "number", fact.as_of, subject=subject).replace("{number}", str(number))

    def _look_alikes(self, fact: RelationFact) -> Iterator[Candidate]:
        pairs = (alike.pair for alike in gazetteer.look_alikes() if fact.subject.key in alike.pair and not alike.same)
        for code in sorted(other for pair in pairs for other in pair - {fact.subject.key}):
            others = (other for other in self.index.by_subject.get(code, ()) if other.relation is fact.relation)
            yield from map(subject_candidate, others)


def _picture(fact: RelationFact, words: Wording) -> Picture:
    kind, _, mark = fact.object.picture.partition("/")
    shows = (mark if mark in areas() else mark.upper(),)
    if kind == PictureKind.FLAG:
        return Picture(PictureKind.FLAG, shows, words.sentence(fact, "alt", fact.as_of))
    return Picture(PictureKind.MAP, shows, _alt(fact, "alt", words) or alt_text(map_subject(shows, numbered=False)))


def _alt(fact: RelationFact, name: str, words: Wording) -> str:
    """Say what a map is in a language that has a sentence for it; the drawing itself speaks English only."""
    return words.sentence(fact, name, fact.as_of) if words.has(fact, name) else ""


def _by_code(fact: RelationFact) -> Candidate:
    """Make an answer that is known by a code: by its name, the stem would seem to hold it."""
    subject = fact.subject
    code = subject.key if subject.kind in STATES else f"P{point(subject.key) % 10**9:09}"
    at = subject.at if subject.kind not in STATES else None
    return Candidate(subject.key, code, frozenset({code.casefold()}), fact=fact, at=at, regions=_regions(subject))


def _regions(subject: Entity) -> tuple[str, ...]:
    """Give the regions that a thing lies in: those of its country, or of the one whose middle is nearest."""
    if subject.kind in STATES or not subject.at:
        return subject.regions
    return countries()[subject.home or _nearest(subject.at)].regions


@cache
def _nearest(at: Place) -> str:
    labels = atlas(Detail.NORMAL).labels
    return min(labels.keys() & countries().keys(), key=lambda code: (great_circle(labels[code], at), code))


def _kind(subject: Entity) -> str:
    """Give the kind that a place stands among: a canal beside straits would give itself away."""
    return EntityKind.ARMY_BASE if subject.kind is EntityKind.MILITARY_BASE else subject.kind
