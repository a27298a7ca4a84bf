"""What surrounds an article: calls to share, polls, disclaimers, navigation, captions, bylines.

Two thresholds. In the midst of an article only what says so by its beginning, or as a whole line, is left out, so that
"share", "follow" or "advice" in the news changes nothing. In the tail, behind the last paragraph of the body, a phrase
within a sentence is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from quizgen.articles.blocks import Kind
from quizgen.articles.lines import claims_rights, is_byline, is_caption, is_code, is_menu
from quizgen.articles.model import Role
from quizgen.articles.parts import Part, begins_quoted
from quizgen.articles.words import being, holding, opening, plain, starting

_CALLS = (Role.SHARE, Role.POLL, Role.NAVIGATION, Role.DISCLAIMER)
_SECTIONS = (Role.NAVIGATION, Role.POLL, Role.DISCLAIMER)
_SHORT = 6
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LONG = 60
_NEAR = 60  # letters from the start within which a disclaimer says what it is about


def mark_lines(parts: Sequence[Part]) -> None:
    """Mark whole lines: code, captions, bylines, menus, buttons."""
    for part in parts:
        if part.open and (role := _role_of_line(part)):
            part.be(role)


def mark_calls(parts: Sequence[Part]) -> None:
    """Mark sentences that begin as calls to readers do, wherever they stand; a poll only in the later half."""
    for place, part in enumerate(parts):
        if part.kind in (Kind.ASKED, Kind.ANSWERED, Kind.QUOTE, Kind.TITLE):
            continue
        late = 2 * place >= len(parts)
        for number, sentence in enumerate(part.said):
            part.roles[number] = part.roles[number] or _call(sentence, late=late)
        _spread(part)


def mark_sections(parts: Sequence[Part]) -> None:
    """Mark what stands under a heading such as "Related articles"."""
    for place, part in enumerate(parts):
        if place and (role := _section(part)):
            part.roles = [role] * len(part.roles)
            for within in _under(parts, place + 1, role):
                within.be(role)


def mark_tail(parts: Sequence[Part]) -> None:
    """Mark the tail, from the end upwards, until the first paragraph that is not known to be a part of it."""
    waiting: list[Part] = []
    after: Role | None = None
    for part in reversed(parts):
        if part.kind in (Kind.ASKED, Kind.ANSWERED, Kind.TITLE):
            return
        role = _role_in_tail(part)
        if role is None:
            waiting.append(part)
            if len(waiting) > (4 if _could_be_choices(waiting) else 2):
                return
            continue
        if not _belong_here(waiting, role, after):
            return
        for between in waiting:
            between.be(_role_between(waiting, role))
        part.be(role)
        waiting, after = [], role


def _role_of_line(part: Part) -> Role | None:
    spoken = part.kind in (Kind.TITLE, Kind.QUOTE, Kind.ASKED, Kind.ANSWERED)
    tests: tuple[tuple[Role, Callable[[], object]], ...] = (
        (Role.NAVIGATION, lambda: is_code(part.text)),
        (Role.BYLINE, lambda: part.kind is Kind.CREDIT),
        (Role.DISCLAIMER, lambda: claims_rights(part.text) and _YEAR.search(part.text)),
        (Role.CAPTION, lambda: not spoken and _may_be_a_caption(part) and is_caption(part.text)),
        (Role.NAVIGATION, lambda: not spoken and is_menu(part.text)),
        (Role.NAVIGATION, lambda: not spoken and _is_alone(part, Role.NAVIGATION)),
        (Role.SHARE, lambda: not spoken and _is_alone(part, Role.SHARE)),
        (Role.BYLINE, lambda: part.running and is_byline(part.text)),
    )
    return next((role for role, holds in tests if holds()), None)


def _may_be_a_caption(part: Part) -> bool:
    return len(part.said) <= 3 and part.kind is not Kind.HEADING


def _is_alone(part: Part, role: Role) -> bool:
    return part.words <= 8 and bool(being(role.value, "alone").match(part.opening))


def _call(sentence: str, *, late: bool) -> Role | None:
    """Tell what a sentence calls readers to by its beginning."""
    if begins_quoted(sentence):
        return None
    first = opening(sentence)
    for role in _CALLS:
        if (late or role is not Role.POLL) and starting(role.value, "starts").match(first):
            return role
    if late and being(Role.POLL.value, "alone").match(first):
        return Role.POLL
    return None


def _spread(part: Part) -> None:
    """What a call is one half of, is a call: "Do you think so? Let us know!", "Read more: Why it matters. And how."."""
    known = [role for role in part.roles if role]
    if not known or None not in part.roles or known[0] not in _CALLS:
        return
    if part.roles[0] is Role.NAVIGATION and len(part.said) <= 3:
        part.be(Role.NAVIGATION)
    elif (
        Role.POLL in known
        and len(part.said) <= 4
        and all(_asks(said) for said, role in zip(part.said, part.roles, strict=True) if not role)
    ):
        part.be(Role.POLL)


def _asks(sentence: str) -> bool:
    return sentence.endswith(("?", "؟", "!"))


def _section(part: Part) -> Role | None:
    written = part.kind not in (Kind.QUOTE, Kind.ASKED, Kind.ANSWERED, Kind.TITLE)
    if not written or part.words > 2 * _SHORT or not part.single or part.text.endswith((".", "!", "。")):
        return None
    first = part.opening
    return next((role for role in _SECTIONS if being(role.value, "heads").match(first)), None)


def _under(parts: Sequence[Part], first: int, role: Role) -> Iterator[Part]:
    """Give what belongs to such a heading: all up to the next one for a disclaimer, else lines that are no text."""
    for place in range(first, len(parts)):
        part = parts[place]
        if part.kind in (Kind.HEADING, Kind.TITLE, Kind.ASKED, Kind.ANSWERED):
            return
        if part.boilerplate or not (role is Role.DISCLAIMER or _is_link(part)):
            return
        yield part


def _is_link(part: Part) -> bool:
    return part.single and part.words <= 25 and (part.kind is Kind.ITEM or part.asks or not part.ended)


def _role_in_tail(part: Part) -> Role | None:
    """Tell what a part of the tail is: half of its sentences at least must say so."""
    if part.boilerplate:
        return part.roles[-1]
    if claims_rights(part.text):
        return Role.DISCLAIMER
    if any(role and role not in _CALLS for role in part.roles) or len(part.said) > 12:
        return None
    found = [role or _weak_call(part, sentence) for role, sentence in zip(part.roles, part.said, strict=True)]
    known = [role for role in found if role]
    if 2 * len(known) < len(found):
        return None
    part.roles = list(found)
    return known[0]


def _weak_call(part: Part, sentence: str) -> Role | None:
    said = plain(sentence)
    if _disclaims(said):
        return Role.DISCLAIMER
    if part.quotes or len(part.said) > 4 or part.words > _LONG:
        return None
    # A call speaks to readers: it asks, or it cries out.
    if not any(map(_asks, part.said)):
        return None
    return next((role for role in (Role.POLL, Role.SHARE) if holding(role.value, "holds").search(said)), None)


def _disclaims(said: str) -> bool:
    return bool(
        holding("disclaimer", "holds").search(said)
        or (holding("disclaimer", "about").search(said[:_NEAR]) and holding("disclaimer", "warns").search(said))
    )


def _could_be_choices(waiting: Sequence[Part]) -> bool:
    return all(part.words <= 4 and not part.ended for part in waiting)


def _belong_here(waiting: Sequence[Part], role: Role, after: Role | None) -> bool:
    """Tell whether parts that say nothing of themselves belong to the tail, by what stands above and below them.

    Choices of a poll do, cries between a poll and the rest of the tail, and fine print between or behind disclaimers.
    """
    if not waiting:
        return True
    if _could_be_choices(waiting):
        return role is Role.POLL or after is not None
    if any(len(part.said) > 2 for part in waiting):
        return False
    if role is Role.DISCLAIMER:
        return after is Role.DISCLAIMER or (after is None and len(waiting) == 1)
    return role is Role.POLL and after is not None and all(_asks(part.text) and not part.quotes for part in waiting)


def _role_between(waiting: Sequence[Part], role: Role) -> Role:
    return Role.SHARE if role is Role.POLL and not _could_be_choices(waiting) else role
