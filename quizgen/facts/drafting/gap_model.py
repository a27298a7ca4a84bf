"""A gap: a stretch of a sentence that can be left out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of a sentence that can be left out, and what sort of thing it is."""

    start: int
    end: int
    text: str
    sort: str
