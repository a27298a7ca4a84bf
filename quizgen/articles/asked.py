"""What an article asks and answers itself.

Pairs with labels, interviews, headings that are questions, and the answers of a page whose questions were left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from quizgen.articles.blocks import Block, Kind
from quizgen.articles.head import repetition
from quizgen.articles.model import Role
from quizgen.articles.parts import Part
from quizgen.articles.words import being, phrases, plain, starting, words

_LABEL = re.compile(r"(?P<label>[^\W\d_][^\n:?!؟،;]{0,39}?)(?P<number>\s?\d{1,3})?\s?[:：]\s*(?=\S)")
_SHORT_LABEL = re.compile(r"(?P<label>[^\W\d_]{1,8})(?P<number>\s?\d{1,3})?\.\s+(?=\S)")
_DASHES = frozenset("-–—")
_ASKING_SHARE = 0.5
_MOST_SENTENCES = 3
_ROLES_WITHIN = {Kind.QUOTE: Role.QUOTATION, Kind.ITEM: Role.ITEM}


@dataclass(frozen=True, slots=True)
class _Turn:
    place: int
    label: str
    text_from: int


def without_labels(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Tell questions and answers by the labels before them, and leave the labels out of the blocks."""
    found = list(blocks)
    turns = list(_turns(text, blocks))
    askers, answerers = _parties(text, blocks, turns)
    for turn in turns:
        if turn.label in askers | answerers:
            block = blocks[turn.place]
            label = text[block.start : turn.text_from].strip(" :：.")
            kind = Kind.ASKED if turn.label in askers else Kind.ANSWERED
            found[turn.place] = replace(block, kind=kind, start=turn.text_from, label=label)
    return found


def _turns(text: str, blocks: Sequence[Block]) -> Iterator[_Turn]:
    for place, block in enumerate(blocks):
        if block.kind not in (Kind.PARAGRAPH, Kind.LEAD, Kind.ITEM, Kind.HEADING):
            continue
        match = _LABEL.match(text, block.start, block.end) or _SHORT_LABEL.match(text, block.start, block.end)
        if match and len(match["label"].split()) <= 4 and not match["label"][0].islower() and match.end() < block.end:
            yield _Turn(place, plain(match["label"]), match.end())


def _parties(text: str, blocks: Sequence[Block], turns: Sequence[_Turn]) -> tuple[set[str], set[str]]:
    """Tell the labels of those who ask from the labels of those who answer; none where it is no conversation."""
    by_label: dict[str, list[_Turn]] = defaultdict(list)
    for turn in turns:
        by_label[turn.label].append(turn)
    asking = {label for label in by_label if label in _labels("question")}
    answering = {label for label in by_label if label in _labels("answer")}
    if asking and answering:
        return asking, answering
    names = {label for label, said in by_label.items() if len(said) >= 2 and not _names_something_else(label)}
    share = {label: _asking_share(text, blocks, by_label[label]) for label in names}
    askers = {label for label in names if share[label] >= _ASKING_SHARE}
    first = min((by_label[label][0].place for label in askers), default=0)
    # Who answers only once is one who answers, too, but not what stands before a colon in the title.
    others = {
        label
        for label, said in by_label.items()
        if label not in askers and said[0].place >= first and not _names_something_else(label)
    }
    return (askers, others) if askers and any(label in names for label in others) else (asking, set())


@cache
def _labels(which: str) -> frozenset[str]:
    return frozenset(phrases("labels", which))


def _asking_share(text: str, blocks: Sequence[Block], turns: Sequence[_Turn]) -> float:
    asking = sum(
        text[blocks[turn.place].start : blocks[turn.place].end].rstrip("\"'”’») ").endswith(("?", "؟"))
        for turn in turns
    )
    return asking / len(turns)


def _names_something_else(label: str) -> bool:
    """Tell labels such as "Photo" or "Read more" from the names of those who speak."""
    patterns = (
        starting("caption", "starts"),
        starting("navigation", "starts"),
        starting("byline", "starts"),
        starting("poll", "starts"),
    )
    return any(pattern.match(f"{label}:") for pattern in patterns) or bool(being("summary").match(label))


def mark_conversation(parts: Sequence[Part]) -> None:
    """Mark labelled questions and answers, and the further paragraphs of an answer between two of them."""
    turns = [place for place, part in enumerate(parts) if part.kind in (Kind.ASKED, Kind.ANSWERED)]
    for place in turns:
        parts[place].be(Role.QUESTION if parts[place].kind is Kind.ASKED else Role.ANSWER)
    for first, after in pairwise(turns):
        for part in parts[first + 1 : after]:
            if part.kind is Kind.HEADING or any(role not in (None, Role.ANSWER) for role in part.roles):
                break
            part.be(Role.ANSWER)


def mark_dialogue(parts: Sequence[Part]) -> None:
    """Mark turns that begin with a dash, as in many languages: a question, and what is not one, in turn."""
    turns = [part for part in parts if part.open and part.kind is Kind.ITEM and part.block.label in _DASHES]
    swaps = sum(one.asks and not other.asks for one, other in pairwise(turns))
    if swaps >= 2 and 3 * swaps >= len(turns):
        for part in turns:
            part.be(Role.QUESTION if part.asks else Role.ANSWER)


def mark_questions(parts: Sequence[Part]) -> None:
    """Mark questions that stand as headings, or as lines of their own, and what follows them up to the next heading."""
    listed = next((place for place, part in enumerate(parts) if _announces_questions(part)), None)
    if listed is not None and parts[listed].roles[0] is not Role.TITLE:
        parts[listed].roles = [Role.HEADING] * len(parts[listed].roles)
    questions = [place for place, part in enumerate(parts) if _stands_as_a_question(part)]
    headings = [place for place in questions if parts[place].kind is Kind.HEADING]
    below = [place for place in questions if listed is not None and place > listed]
    above = [place for place in headings if place not in below]
    asking = [
        place for place in questions if parts[place].opening.split(" ")[0] in _asking() or parts[place].text[0] == "¿"
    ]
    if below or len(headings) >= 2:
        chosen = sorted({*below, *(above if len(above) >= 2 else ())})
    else:
        chosen = questions if len(questions) >= 3 else asking if len(asking) >= 2 else []
    for place in chosen:
        if place + 1 < len(parts) and _could_answer(parts[place + 1]):
            parts[place].be(Role.QUESTION)
            _mark_answer(parts, place + 1)


def _announces_questions(part: Part) -> bool:
    return (
        part.words <= 8
        and bool(being("faq").match(part.opening.rstrip(":")))
        and (part.kind is Kind.HEADING or part.running)
    )


def _stands_as_a_question(part: Part) -> bool:
    form = part.kind is Kind.HEADING or (part.kind in (Kind.PARAGRAPH, Kind.ITEM) and part.single)
    return part.open and form and part.asks and part.words <= 40 and not part.text.startswith(('"', "“", "«", "„"))


@cache
def _asking() -> frozenset[str]:
    return frozenset(phrase.split(" ")[0] for phrase in words("asking"))


def _could_answer(part: Part) -> bool:
    return part.open and part.kind is not Kind.HEADING and not _stands_as_a_question(part)


def _mark_answer(parts: Sequence[Part], first: int) -> None:
    for place in range(first, len(parts)):
        part = parts[place]
        if not _could_answer(part) or (part.running and not part.ended and part.words <= 12):
            return
        part.be(_ROLES_WITHIN.get(part.kind, Role.ANSWER))


def mark_answers_alone(parts: Sequence[Part]) -> None:
    """Mark the answers at the end of a page whose questions were left out: the first says again what the summary says.

    Where none does, short paragraphs behind longer ones are taken for answers, if the page has a summary and a category
    and ends with a poll or a call to share: pages of that layout end so.
    """
    summary = next((part for part in parts if Role.SUMMARY in part.roles), None)
    if summary is None:
        return
    again = repetition(summary, parts)
    last = [part for part in parts if part.open and part.running]
    if again is not None:
        answers = _until_the_tail(parts, again)
    elif any(Role.CATEGORY in part.roles for part in parts):
        answers = _short_ones_at_the_end(parts, last)
    else:
        return
    if all(len(part.said) <= _MOST_SENTENCES for part in answers):
        for part in answers:
            part.be(Role.ANSWER)


def _until_the_tail(parts: Sequence[Part], first: Part) -> list[Part]:
    found: list[Part] = []
    place = next(number for number, part in enumerate(parts) if part is first)
    for part in parts[place:]:
        if any(role in (Role.POLL, Role.SHARE, Role.DISCLAIMER) for role in part.roles):
            break
        if part.open and part.running:
            found.append(part)
    return found


def _short_ones_at_the_end(parts: Sequence[Part], running: Sequence[Part]) -> list[Part]:
    called = any(role in (Role.POLL, Role.SHARE) for part in parts[-10:] for role in part.roles)
    first = len(running)
    while first > 0 and running[first - 1].single and running[first - 1].ended:
        first -= 1
    long_before = sum(len(part.said) > 1 for part in running[:first])
    short = list(running[first:])
    return short if called and long_before >= 2 and 2 <= len(short) <= 8 and len(running[:first]) == long_before else []
