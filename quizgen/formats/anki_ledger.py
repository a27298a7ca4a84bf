"""The ledger of a deck: when the content of each of its notes last changed, kept from release to release.

Takes what the notes hold now and the ledger of the last release; gives the next. Why: Anki replaces a learner's note
when ours is newer, and keeps it otherwise. So a note that did not change must not look newer, or it would take the
learner's own edits away; and one that did change must, or the learner never gets it. Nothing here reads a clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from types import MappingProxyType

# How much later a change is at the least than the one before: the extended variant of a note is one second newer than
# the standard one, so that whoever takes it up gets it.
STEP = 2


@dataclass(frozen=True, slots=True)
class Content:
    """What a note holds: the digest of its fields and tags, and what is needed to deliver it once it is asked no more.

    `picture` and `alt` are the name of its picture and the words for it; `cards` those it has in the extended variant
    beside the one to choose on. `wrong` names its wrong options, which it keeps as long as they are wrong.
    """

    id: str
    digest: str
    stem: str
    answer: str
    picture: str = ""
    alt: str = ""
    cards: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One note of a ledger: what it held, and when that last `changed` (seconds since 1970).

    `retired` is the day since when it is asked no longer, and `reason` why. `first` is when a note that changed since
    was released first; it is 0 for one that never did.
    """

    content: Content
    changed: int
    retired: date | None = None
    reason: str = ""
    first: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """The notes of one deck in one language as they were released, by id; `name` is that of the deck in Anki."""

    deck: str
    name: str
    language: str = ""
    lines: Mapping[str, Line] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Released:
    """What earlier releases left behind: the ledgers by deck, and the digest of the note type with its moment."""

    ledgers: Mapping[str, Ledger] = field(default_factory=dict)
    note_type: tuple[str, int] | None = None

    @property
    def kept(self) -> dict[str, tuple[str, ...]]:
        """The wrong options of each question that was released and is asked still, by its id."""
        lines = (line for ledger in self.ledgers.values() for line in ledger.lines.values())
        return {line.content.id: line.content.wrong for line in lines if not line.retired}


NOTHING = Released()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a release brings: the ids of the notes that are new, changed, asked no longer, or asked again."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """The number of notes for which it brings something."""
        return sum(map(len, (self.new, self.changed, self.retired, self.returned)))

    def __bool__(self) -> bool:
        return self.count > 0


def digest_of(*texts: Iterable[str]) -> str:
    """Return a short digest of a note's fields, tags and the like, each of them several texts."""
    joined = "\x1e".join("\x1f".join(several) for several in texts)
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def moment(seconds: int) -> str:
    """Write a moment as ledgers do: `2026-11-22T12:00:00Z`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def advance(
    ledger: Ledger,
    contents: Sequence[Content],
    now: int,
    reason_of: Callable[[str], str],
    superseded: Callable[[Line], str],
) -> tuple[Ledger, Changes]:
    """Give the ledger after a release at the moment `now`, and what the release brings.

    Notes that hold what they held keep their moment. Those that are gone stay, as asked no longer since the day of
    `now`, for ever: Anki has no way to take a note back. `reason_of` says why a note is gone, `superseded` gives the
    digest of what is delivered in its place.
    """
    present = {content.id: content for content in contents}
    day = datetime.fromtimestamp(now, UTC).date()
    lines = {id_: _kept(ledger.lines.get(id_), content, now) for id_, content in present.items()}
    for id_, line in ledger.lines.items():
        if id_ not in present:
            gone = line if line.retired else replace(line, retired=day, reason=reason_of(id_))
            lines[id_] = _kept(line, replace(line.content, digest=superseded(gone)), now, gone)
    return replace(ledger, lines=lines), _changes(ledger, lines)


def _kept(old: Line | None, content: Content, now: int, shown: Line | None = None) -> Line:
    """Give the line of a note: with the moment that it had where it holds the same, else with a later one."""
    line = replace(shown, content=content) if shown else Line(content, now)
    if old is None:
        return line
    if old.content.digest == content.digest and bool(old.retired) == bool(line.retired):
        return replace(line, changed=old.changed, first=old.first)
    return replace(line, changed=max(now, old.changed + STEP), first=old.first or old.changed)


def _changes(old: Ledger, lines: Mapping[str, Line]) -> Changes:
    both = [(id_, old.lines[id_], line) for id_, line in sorted(lines.items()) if id_ in old.lines]
    return Changes(
        new=tuple(id_ for id_ in sorted(lines) if id_ not in old.lines),
        changed=tuple(
            id_ for id_, was, line in both if was.changed != line.changed and bool(was.retired) == bool(line.retired)
        ),
        retired=tuple(id_ for id_, was, line in both if line.retired and not was.retired),
        returned=tuple(id_ for id_, was, line in both if was.retired and not line.retired),
    )
