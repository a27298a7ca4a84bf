"""How far long work has come: rooms go through their steps with what they were handed, and never print.

Takes the steps of some work; gives them one by one. Intention: only the command line knows whether there is a terminal.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

T = TypeVar("T")


class Steps(Protocol):
    """Goes through `steps` and shows it: `label` says what is done with each, `length` how many there are."""

    def __call__(self, steps: Iterable[T], label: str, length: int, /) -> Iterable[T]:
        """Give each step when its turn comes."""


def unseen(steps: Iterable[T], _label: str, _length: int, /) -> Iterable[T]:
    """Go through steps and show nothing."""
    return steps
