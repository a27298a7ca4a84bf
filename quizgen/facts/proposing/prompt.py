"""What a model is shown of an article: its stating sentences, numbered, as data that nothing in them can end."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import yaml

from quizgen.articles import Article, Sentence
from quizgen.facts.proposing.model import Messages
from quizgen.paths import TEMPLATES

MOST_OF_PART = 12_000  # characters of an article in one call
MOST_OF_TITLE = 300
MOST_OF_FACTS = 15  # that are asked for in one call


def messages(article: Article) -> Iterator[Messages]:
    """Make the calls for an article, one for each part of it; how many are made is for the caller to say."""
    say = _template()
    for part in _parts(list(article.stating())):
        lines = "\n".join(_data([sentence.number, sentence.text]) for sentence in part)
        title = _data(article.title[:MOST_OF_TITLE])
        # The article goes in last: what it holds is filled into nothing.
        user = say["user"].replace("<<title>>", title, 1).replace("<<sentences>>", lines, 1)
        yield Messages(say["system"].replace("<<most>>", str(MOST_OF_FACTS)), user)


def _parts(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Cut an article between its sentences; one that is longer than a part is left out."""
    part: list[Sentence] = []
    size = 0
    for sentence in sentences:
        if len(sentence.text) > MOST_OF_PART:
            continue
        if part and size + len(sentence.text) > MOST_OF_PART:
            yield part
            part, size = [], 0
        part.append(sentence)
        size += len(sentence.text)
    if part:
        yield part


def _data(value: object) -> str:
    """Write as JSON on one line, without the marks that the article stands between."""
    return json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _template() -> Mapping[str, str]:
    parts: dict[str, str] = yaml.safe_load((TEMPLATES / "drafting" / "model.yaml").read_text(encoding="utf-8"))
    return parts
