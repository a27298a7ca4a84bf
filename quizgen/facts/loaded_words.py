"""Words that take a side of a dispute: in no question, and in no answer, but within quotation marks."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path


def takes_side(text: str) -> bool:
    """Tell whether an English text holds a word that takes a side; whoever asks leaves out what is quoted."""
    return any(pattern.search(allowed.sub(" ", text) if allowed else text) for pattern, allowed in _loaded())


@cache
def _loaded() -> tuple[tuple[re.Pattern[str], re.Pattern[str] | None], ...]:
    text = Path(__file__).with_suffix(".txt").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((_word(row[0]), _word(row[1]) if len(row) > 1 else None) for row in rows)


def _word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
