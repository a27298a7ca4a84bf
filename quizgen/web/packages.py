"""Files for Anki, made once: whoever asks first waits, and the next gets the same bytes.

To make the whole library takes half a minute of computing. So one file is made at a time, few may wait for it, and all
other threads of the server stay free for those who answer questions.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from io import BytesIO
from threading import Lock, Semaphore
from typing import BinaryIO

# The whole library is ten million bytes, mostly maps: room for both of its variants and for its categories.
MOST_BYTES = 64_000_000
# Of the server's four threads, two are always left for pages.
MOST_WAITING = 2


class BusyError(Exception):
    """Another file is being made, and enough people wait already."""


@dataclass(frozen=True, slots=True)
class Package:
    """A file as it is sent, and what tells it from every other."""

    data: bytes
    etag: str


class Packages:
    """The files made lately, by everything that their bytes depend on; what was asked for longest ago goes first."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_waiting: int = MOST_WAITING) -> None:
        self._kept: OrderedDict[Hashable, Package] = OrderedDict()
        self._most_bytes = most_bytes
        self._guard, self._making, self._places = Lock(), Lock(), Semaphore(most_waiting)

    def give(self, key: Hashable, make: Callable[[BinaryIO], object]) -> Package:
        """Give the file of a key; `make` writes it if it is not there. Raises BusyError when too many wait."""
        found = self._find(key)
        if found:
            return found
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            with self._making:
                # Whoever was here before may have wanted the same.
                return self._find(key) or self._keep(key, make)
        finally:
            self._places.release()

    def _find(self, key: Hashable) -> Package | None:
        with self._guard:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Hashable, make: Callable[[BinaryIO], object]) -> Package:
        out = BytesIO()
        make(out)
        package = Package(out.getvalue(), hashlib.sha256(out.getbuffer()).hexdigest()[:32])
        with self._guard:
            self._kept[key] = package
            while len(self._kept) > 1 and sum(len(each.data) for each in self._kept.values()) > self._most_bytes:
                self._kept.popitem(last=False)
        return package
