"""The packages that everything is made of, each read from the very file that npm publishes, or not at all."""

from __future__ import annotations

import base64
import hashlib
import json
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Package:
    """One package: `integrity` is the digest that npm publishes with it."""

    version: str
    licence: str
    integrity: str


PINNED: Mapping[str, Package] = {
    "cldr-core": Package(
        "48.2.0",
        "Unicode-3.0",
        "sha512-zfmLothncSwfv2jlevoSrgI2VGgH8SDGHXst6jUEotHA8nq9Igeg9jzdJDFtBso9pgJuG89DK16TzrmZDdo2Bg==",
    ),
    "cldr-dates-full": Package(
        "48.2.0",
        "Unicode-3.0",
        "sha512-zMrKvjMO414HDftLr6vKH1fNQHakFNe+F1h4S0eg+zmL4WRi9pI41fxB3UrTJDY42MEM87jCuAw/qlqCgYKcAQ==",
    ),
    "cldr-localenames-full": Package(
        "48.2.0",
        "Unicode-3.0",
        "sha512-4o0paYDz0UXhfhChAVFkmVl2CP0YTSEqE6WrC0fNafaSC5u5DAXphxH3SZ1Ujczarikr8DToKZfiok6EqWLdNQ==",
    ),
    "cldr-numbers-full": Package(
        "48.2.0",
        "Unicode-3.0",
        "sha512-0EQ+UkVDsyXOlxnWnL1RIENVZFqCnb04D1Yrku0obnOyttbuZz8tHmUd5c5AEvhGS/Gg2zI4fTaCm51LSGITog==",
    ),
    "flag-icons": Package(
        "7.5.0",
        "MIT",
        "sha512-kd+MNXviFIg5hijH766tt+3x76ele1AXlo4zDdCxIvqWZhKt4T83bOtxUOOMlTx/EcFdUMH5yvQgYlFh1EqqFg==",
    ),
    "world-atlas": Package(
        "2.0.2",
        "ISC",
        "sha512-IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ==",
    ),
}


class WrongPackageError(Exception):
    """A package file is not the one that is pinned."""


class Packages:
    """The .tgz files of a folder, as `npm pack` names them."""

    def __init__(self, folder: Path) -> None:
        self._archives = {name: _opened(folder / f"{name}-{pin.version}.tgz", pin) for name, pin in PINNED.items()}

    def text(self, package: str, path: str) -> str:
        """Read a text file of a package."""
        archive = self._archives[package]
        file = archive.extractfile(f"package/{path}")
        if file is None:
            raise FileNotFoundError(path)
        return file.read().decode("utf-8")

    @cache  # noqa: B019 - one object, which lives as long as the program
    def supplemental(self, name: str) -> Any:
        """Read one of CLDR's tables that are the same in all languages."""
        return json.loads(self.text("cldr-core", f"supplemental/{name}.json"))["supplemental"]

    @cache  # noqa: B019
    def localised(self, kind: str, name: str, language: str) -> Any:
        """Read a table of one language from the package `cldr-KIND-full`."""
        whole = json.loads(self.text(f"cldr-{kind}-full", f"main/{language}/{name}.json"))
        return whole["main"][language]

    def names(self, name: str, language: str) -> dict[str, str]:
        """Read the names of territories or languages."""
        names: dict[str, str] = self.localised("localenames", name, language)["localeDisplayNames"][name]
        return names


def _opened(path: Path, pin: Package) -> tarfile.TarFile:
    digest = base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != pin.integrity:
        message = f"{path.name} is not the file that npm publishes"
        raise WrongPackageError(message)
    return tarfile.open(path)
