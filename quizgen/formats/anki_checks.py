"""What would be lost or broken in a learner's collection, found before a package is written.

Takes notes as they are written; gives problems, each at the line of the note's fact. Anki itself takes such notes
without a word: one without a card is never seen, and of two with the same GUID only one is ever updated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from quizgen.formats.anki_cards import CardRule
from quizgen.problems import Problem

# Whoever has more to mend has one mistake in a thousand notes.
MOST_PROBLEMS = 1_000
_ATTRIBUTE = r' (?:class|dir|lang|alt|title|role|src|data-[a-z]+)="[^"<>]*"| href="https?://[^"<>]*"'
_TAG = rf"(?:/?(?:br|hr)|/?(?:a|b|i|p|bdi|div|img|li|ol|ul|span|strong|em|small)(?:{_ATTRIBUTE})*)>"
_ENTITY = r"(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});"
_UNESCAPED = re.compile(rf"<(?!{_TAG})|&(?!{_ENTITY})")
# Anki acts on these wherever they stand, and ends a text at the last one.
_ACTED_ON = re.compile(r"[{}\[\]\x00]")
_SOURCE = re.compile(r'src="([^"]*)"')
_ASSET = re.compile(r"""(?:src=["']?|url\(["']?)(?!data:)([^"'()\s>]+)""")
_HASHED = re.compile(r"_.*[0-9a-f]{12,}\.\w+")
_NOT_IN_TAGS = re.compile(r'[\s"\x00-\x1f\x7f]')


class Note(NamedTuple):
    """A note as it is written; `changed` is when its content last changed (seconds since 1970).

    `due` is its place among the new cards; `file` and `line` are where people find what it was made from.
    """

    guid: str
    fields: list[str]
    tags: list[str]
    changed: int
    due: int = 0
    file: str = ""
    line: int = 0


class Inspector:
    """Looks at each note on its way into the package, and remembers what is wrong."""

    def __init__(self, note_type: Any, media: Mapping[str, bytes]) -> None:
        names = [field["name"] for field in note_type.fields]
        self.problems: list[Problem] = []
        self._rule = CardRule([template["qfmt"] for template in note_type.templates], names)
        self._breaks = len(names) - 1
        self._media = media
        self._first: dict[str, tuple[str, int]] = {}
        self._good_tags: set[str] = set()

    def cards_of(self, note: Note, joined: str) -> list[int]:
        """Return the places of the note's cards, as Anki makes them; `joined` are its fields as they are stored."""
        cards = self._rule.cards(note.fields, note.tags)
        is_new = self._is_new(note)
        if not (cards and is_new and self._good_tags.issuperset(note.tags) and self._is_clean(joined)):
            for message, hint in self._messages(note, joined, cards, is_new):
                if len(self.problems) < MOST_PROBLEMS:
                    self.problems.append(Problem(note.file, note.line, message, hint))
        return cards

    def _is_new(self, note: Note) -> bool:
        place = (note.file, note.line)
        return self._first.setdefault(note.guid, place) is place

    def _is_clean(self, joined: str) -> bool:
        """Tell whether there is nothing to look at more closely; most notes are told apart here, all fields at once."""
        return (
            joined.count("\x1f") == self._breaks
            and not _ACTED_ON.search(joined)
            and (("<" not in joined and "&" not in joined) or not _UNESCAPED.search(joined))
            and "src=" not in joined
        )

    def _messages(self, note: Note, joined: str, cards: Sequence[int], is_new: bool) -> Iterator[tuple[str, str]]:
        name = note.fields[0]
        if not cards:
            yield f"Anki would make no card of the note '{name}'", ""
        if not is_new:
            file, line = self._first[note.guid]
            yield f"the note '{name}' has the GUID of another one", f"first at {file}:{line}" if file else ""
        if joined.count("\x1f") != self._breaks:
            yield f"the note '{name}' has not the fields of its note type", ""
        for tag in note.tags:
            if not tag or _NOT_IN_TAGS.search(tag):
                yield f"the tag '{tag}' of the note '{name}' holds a space or a quotation mark", ""
            else:
                self._good_tags.add(tag)
        for field in note.fields:
            yield from self._in_field(name, field)

    def _in_field(self, name: str, field: str) -> Iterator[tuple[str, str]]:
        if found := _ACTED_ON.search(field) or _UNESCAPED.search(field):
            shown = field[found.start() : found.start() + 40]
            yield f"the note '{name}' holds markup that is not escaped: {shown!r}", ""
        for file in _SOURCE.findall(field):
            if file not in self._media:
                yield f"the note '{name}' shows '{file}', which is not in the package", ""


def media_problems(media: Mapping[str, bytes], note_type: Any) -> Iterator[Problem]:
    """Find files that Anki would drop, mix up, or never bring up to date."""
    seen: dict[str, str] = {}
    for name in media:
        if "/" in name or "\\" in name or name.startswith("."):
            yield Problem(name, 0, "is no name for a picture: Anki knows no folders", "")
        if (twin := seen.setdefault(name.casefold(), name)) != name:
            yield Problem(name, 0, f"is the same file as '{twin}' on some computers", "")
    texts = [note_type.css, *(template[side] for template in note_type.templates for side in ("qfmt", "afmt"))]
    for asset in sorted({asset for text in texts for asset in _ASSET.findall(text)}):
        if not _HASHED.fullmatch(asset):
            hint = "a template's file begins with '_' and is named by its content, or Anki keeps the old one for ever"
            yield Problem(asset, 0, "is shown by the note type", hint)
        elif asset not in media:
            yield Problem(asset, 0, "is shown by the note type, and is not in the package", "")
