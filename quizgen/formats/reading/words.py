"""The words that a deck made from a file has of its own; they stand in `templates/reading`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from quizgen.paths import TEMPLATES


@dataclass(frozen=True, slots=True)
class Words:
    """Fills in what is known of a file and its questions."""

    said: Mapping[str, Any]

    @classmethod
    @cache
    def load(cls) -> Words:
        """Read the words that ship."""
        return cls(yaml.safe_load((TEMPLATES / "reading" / "words.yaml").read_text(encoding="utf-8")))

    def of(self, *path: str, **values: str) -> str:
        """Give a wording with its places filled."""
        node: Any = self.said
        for step in path:
            node = node[step]
        text = str(node)
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    @property
    def gap(self) -> str:
        """Give what stands where a word is missing."""
        return self.of("gap")

    def statement(self, statement: str) -> str:
        """Ask whether a statement is true."""
        return self.of("true_or_false", "ask", statement=statement)

    def truth(self, *, right: bool) -> str:
        """Name the two answers to that."""
        return self.of("true_or_false", "true" if right else "false")

    def title(self, title: str, stem: str) -> str:
        """Keep a question's title, unless it only begins the question."""
        begins = " ".join(stem.casefold().split()).startswith(title.casefold().rstrip(". …"))
        return self.of("title_note", title=title) if title and not begins else ""
