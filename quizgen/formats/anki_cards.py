"""Which cards Anki makes of a note: the rule of its card generation, read from the templates of a note type.

Takes templates and field names; gives places of cards. genanki's own guess differs where a template uses filters or
`{{^...}}`: it writes notes without a card, or cards that Anki would not make. Source of the rule: Anki's manual, "Card
generation"; the tests hold it against the real Anki.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HANDLE = re.compile(r"\{\{([^{}]+)\}\}")
TAGS = "Tags"
# All other fields of Anki's own, such as {{Deck}} and {{CardID}}, hold something when it makes cards.
OWN = "own"
_OWN = frozenset({"Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID", "FrontSide"})
# What looks empty to Anki: blanks and line breaks.
_BLANK = re.compile(r"(?:\s|</?(?:br|div) ?/?>)*", re.IGNORECASE)


def is_blank(field: str) -> bool:
    """Tell whether Anki takes a field for empty."""
    return not field or (not field[0].isalnum() and _BLANK.fullmatch(field) is not None)


@dataclass(slots=True)
class _Part:
    """What a front shows if `field` is not empty, or only if it is (`without`): other parts, or the field itself."""

    field: int
    parts: list[_Part] | None = None
    without: bool = False

    def shows(self, fields: Sequence[str]) -> bool:
        if is_blank(fields[self.field]) is not self.without:
            return False
        return self.parts is None or any(part.shows(fields) for part in self.parts)


class CardRule:
    """Tells which cards Anki makes: those whose front shows at least one field, wherever it stands in sections."""

    def __init__(self, fronts: Sequence[str], names: Sequence[str]) -> None:
        """Read the fronts of a note type's templates; `names` are its fields, in order.

        Raises ValueError where a section is opened and not closed, or a field is not there.
        """
        places = {name: place for place, name in enumerate((*names, TAGS))} | dict.fromkeys(_OWN, len(names) + 1)
        self._fronts = [_parse(front, places) for front in fronts]

    def cards(self, fields: Sequence[str], tags: Sequence[str]) -> list[int]:
        """Return the places of the cards of a note with these fields and tags."""
        shown = (*fields, "".join(tags), OWN)
        return [place for place, parts in enumerate(self._fronts) if any(part.shows(shown) for part in parts)]


def _parse(front: str, places: dict[str, int]) -> list[_Part]:
    top: list[_Part] = []
    open_sections: list[tuple[str, list[_Part]]] = [("", top)]
    for handle in _HANDLE.findall(_COMMENT.sub("", front)):
        sign, name = handle[0], handle.lstrip("#^/").strip()
        inner = open_sections[-1][1]
        if sign == "/":
            if open_sections.pop()[0] != name or not open_sections:
                raise ValueError(f"the template closes '{name}', which is not open")
        elif sign in "#^":
            within: list[_Part] = []
            open_sections.append((name, within))
            inner.append(_Part(_place(name, places), within, sign == "^"))
        else:
            inner.append(_Part(_place(handle.rpartition(":")[2].strip(), places)))
    if len(open_sections) > 1:
        raise ValueError(f"the template opens '{open_sections[-1][0]}' and does not close it")
    return top


def _place(name: str, places: dict[str, int]) -> int:
    if name not in places:
        raise ValueError(f"the template shows '{name}', which the note type does not have")
    return places[name]
