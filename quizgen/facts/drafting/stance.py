"""How a sentence says what it says: as a fact, as a guess, as somebody's word, as a condition, as a denial."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quizgen.facts.drafting.lexicon import pattern

_NOT_MEANT = re.compile(r"\b(?:May|US)\b")  # the month and the country, not "may" and "us"
_QUOTED = re.compile(r"[\"“”«»„]")


@dataclass(frozen=True, slots=True)
class Stance:
    """What keeps a sentence from being a plain statement of fact."""

    hedged: bool = False
    future: bool = False
    conditional: bool = False
    reported: bool = False
    negated: bool = False
    asked: bool = False
    quoted: bool = False
    personal: bool = False

    @property
    def plain(self) -> bool:
        """Tell whether it states a fact, in the article's own voice."""
        return not (self.loose or self.future or self.negated)

    @property
    def loose(self) -> bool:
        """Tell whether it is a guess, a condition, a question, or somebody's words."""
        return self.hedged or self.conditional or self.reported or self.asked or self.quoted or self.personal


def stance_of(text: str) -> Stance:
    """Read the stance of an English sentence from its words.

    Rather too strict: a word of caution anywhere in the sentence counts, whichever part of it is meant.
    """
    low = _NOT_MEANT.sub("", text).casefold().replace("’", "'")
    return Stance(
        hedged=bool(pattern("hedges").search(low)),
        future=bool(pattern("future").search(low)),
        conditional=bool(pattern("conditions").search(low)),
        reported=bool(pattern("reports").search(low)),
        negated=bool(pattern("negations").search(low)),
        asked=low.rstrip("\"'”» ").endswith("?"),
        quoted=bool(_QUOTED.search(text)),
        personal=bool(pattern("persons").search(low)),
    )
