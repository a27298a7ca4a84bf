"""Articles: the text that facts are drawn from.

Takes the text of an article; gives an `Article` that finds a quotation in it. Intention: a quote that is not in its
article word for word is refused. Only spaces, the shapes of quotation marks and the composition of letters may differ.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SHAPES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\N{NO-BREAK SPACE}": " "})


@dataclass(frozen=True, slots=True)
class Article:
    """The text of an article, as it was read."""

    text: str

    def holds(self, quote: str) -> bool:
        """Tell whether the whole quote stands in the article, word for word and at the bounds of words."""
        wanted = re.escape(_folded(quote))
        return bool(wanted) and re.search(rf"(?<!\w){wanted}(?!\w)", _folded(self.text)) is not None


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_SHAPES).split())
