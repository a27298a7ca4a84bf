"""The head of an article: its title, its summary, its category, its teaser."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from quizgen.articles.blocks import Kind
from quizgen.articles.lines import is_category, is_date, is_menu, is_name, is_name_and_date
from quizgen.articles.model import Role
from quizgen.articles.parts import Part, alike
from quizgen.articles.words import being, starting

_LONGEST_HEAD = 12
_TITLE_WORDS = 30
_TITLE_LETTERS = 220
_SUMMARY_WORDS = 70
_TEASER_LETTERS = 320


def mark_head(parts: Sequence[Part]) -> None:
    """Mark what stands before the body."""
    head = _head(parts)
    title = _mark_title(head, parts)
    for part in head:
        if part.open and part is not title and part.running:
            _mark_line_of_head(part)
    _mark_names(head)
    _mark_menus(head)
    if title is not None:
        _mark_summary(head[head.index(title) + 1 :], parts)
    _mark_teaser(head, parts)


def _head(parts: Sequence[Part]) -> list[Part]:
    """Give the parts up to the first paragraph of several sentences, and what is a cut-off teaser before it."""
    head: list[Part] = []
    for part in parts[:_LONGEST_HEAD]:
        if part.kind in (Kind.QUOTE, Kind.ITEM, Kind.ASKED, Kind.ANSWERED) and part.open:
            break
        head.append(part)
        if part.running and part.open and len(part.said) > 1 and not part.cut_off and not _like_a_title(part):
            break
    return head


def _mark_title(head: Sequence[Part], parts: Sequence[Part]) -> Part | None:
    marked = next((part for part in parts if part.kind is Kind.TITLE), None)
    if marked is not None:
        marked.roles = [Role.TITLE] * len(marked.roles)
        return marked if marked in head else None
    for place, part in enumerate(head):
        if not part.open:
            continue
        if part.kind is Kind.HEADING or (_like_a_title(part) and _goes_on(parts[place + 1 :])):
            if part.words <= 4 and part.running and is_category(part.text):
                continue
            part.roles = [Role.TITLE] * len(part.roles)
            return part
        if part.running:
            return None
    return None


def _like_a_title(part: Part) -> bool:
    """Tell whether a line could be a headline: short, and a question or without a full stop."""
    short = part.words <= _TITLE_WORDS and len(part.text) <= _TITLE_LETTERS and len(part.said) <= 2
    return short and part.running and (part.asks or part.text.endswith("!") or not part.ended)


def _goes_on(parts: Sequence[Part]) -> bool:
    return any(part.open for part in parts)


def _mark_line_of_head(part: Part) -> None:
    if is_menu(part.text):
        part.be(Role.NAVIGATION)
    elif is_category(part.text):
        part.be(Role.CATEGORY)
    elif is_name_and_date(part.text):
        part.be(Role.BYLINE)


def _mark_names(head: Sequence[Part]) -> None:
    """A name alone is a byline where a date stands beside it."""
    for one, other in pairwise(head):
        for name, date in ((one, other), (other, one)):
            if name.open and is_name(name.text) and Role.BYLINE in date.roles and is_date(date.text):
                name.be(Role.BYLINE)


def _mark_menus(head: Sequence[Part]) -> None:
    """Several names of sections, one below the other, are a menu."""
    for one, other in pairwise(head):
        if all(Role.CATEGORY in part.roles and part.words <= 2 for part in (one, other)):
            one.roles = other.roles = [Role.NAVIGATION]
    for one, other, after in zip(head, head[1:], head[2:], strict=False):
        if (
            Role.NAVIGATION in one.roles
            and Role.NAVIGATION in other.roles
            and after.roles == [Role.CATEGORY]
            and after.words <= 2
        ):
            after.roles = [Role.NAVIGATION]


def _mark_summary(below: Sequence[Part], parts: Sequence[Part]) -> None:
    """The one sentence below the title sums it up where more of a head follows it, or where it is said again later."""
    for place, part in enumerate(below):
        if part.kind is Kind.LEAD and part.open and len(part.said) <= 3:
            part.be(Role.SUMMARY)
            return
        if starting("summary").match(part.opening) and _labelled(part):
            part.be(Role.SUMMARY)
            return
        if not part.open:
            continue
        if part.kind is not Kind.PARAGRAPH or not part.single or part.words > _SUMMARY_WORDS or part.cut_off:
            return
        if _more_of_a_head(below[place + 1 : place + 4]) or repetition(part, parts):
            part.be(Role.SUMMARY)
        return


def _labelled(part: Part) -> bool:
    label, colon, _ = part.opening.partition(":")
    return bool(colon and being("summary").match(label.strip()))


def _more_of_a_head(following: Sequence[Part]) -> bool:
    for part in following:
        if Role.CATEGORY in part.roles or Role.BYLINE in part.roles or (part.open and part.running and part.cut_off):
            return True
        if part.open:
            return False
    return False


def repetition(summary: Part, parts: Sequence[Part]) -> Part | None:
    """Give the last paragraph that says again what the summary says; there must be a paragraph of text between."""
    place = next(number for number, part in enumerate(parts) if part is summary)
    for number in range(len(parts) - 1, place + 1, -1):
        part = parts[number]
        if part.open and part.running and len(part.said) <= 2 and alike(part.text, summary.text):
            between = parts[place + 1 : number]
            return part if any(other.open and other.running and not other.cut_off for other in between) else None
    return None


def _mark_teaser(head: Sequence[Part], parts: Sequence[Part]) -> None:
    """A teaser is cut off, or stands behind the category of an article that has a summary, and is short."""
    summarised = any(Role.SUMMARY in part.roles for part in head)
    categorised = False
    for part in head:
        categorised = categorised or Role.CATEGORY in part.roles
        if not (part.open and part.running) or len(part.text) > _TEASER_LETTERS:
            continue
        if part.cut_off and len(parts) > 3:
            part.be(Role.TEASER)
            return
        if summarised and categorised:
            if len(part.said) <= 2 and _body_below(part, parts) >= 2:
                part.be(Role.TEASER)
            return


def _body_below(part: Part, parts: Sequence[Part]) -> int:
    place = next(number for number, other in enumerate(parts) if other is part)
    return sum(1 for other in parts[place + 1 :] if other.open and other.running and len(other.said) > 1)
