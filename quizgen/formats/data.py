"""JSON lines: one question a line, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from quizgen.facts import RelationFact
from quizgen.questions import Option, Picture, Question
from quizgen.quizzes import shown_options


def json_lines(questions: Iterable[Question], seed: int) -> Iterator[str]:
    """Give each question as one JSON object; the order of its options depends on the seed and its id alone."""
    for question in questions:
        options = shown_options(question, Random(f"{seed}/{question.id}"))  # noqa: S311 - an order, not a secret
        yield json.dumps(_record(question, options), ensure_ascii=False)


def _record(question: Question, options: tuple[Option, ...]) -> dict[str, Any]:
    fact = question.fact
    return {
        "id": question.id,
        "deck": fact.deck,
        "fact": fact.key,
        "relation": fact.relation.name if isinstance(fact, RelationFact) else None,
        "kind": question.kind,
        "stem": question.stem,
        "picture": _picture(question.picture) if question.picture else None,
        "options": [option.text for option in options],
        "answer": options.index(question.answer),
        "explanation": f"{question.explanation} {question.citation}",
        "source": f"{fact.source.publisher}: {fact.source.title}",
        "source_url": fact.source.url,
        "source_note": fact.source.note,
        "retrieved": fact.source.retrieved.isoformat(),
        "quote": fact.quote,
        "as_of": fact.as_of.isoformat(),
        "level": question.level,
        "difficulty": fact.difficulty,
        "why_wrong": [option.why_wrong or None for option in options],
        "reasons": [option.ground for option in options],
        "option_ids": [option.key for option in options],
        "option_set": question.option_set,
    }


def _picture(picture: Picture) -> dict[str, Any]:
    """Say what is to be seen; `shows` are the codes of countries, on a numbered map in the order of the numbers."""
    return {"kind": picture.kind, "alt": picture.alt, "shows": picture.shows, "numbered": picture.numbered}
