"""Plain text: questions to read through, the right option marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from string import ascii_uppercase

from quizgen.questions import Question
from quizgen.quizzes import shown_options


def text_blocks(questions: Iterable[Question], seed: int) -> Iterator[str]:
    """Give each question as a block of lines, in the order of options that the seed sets."""
    for question in questions:
        options = shown_options(question, Random(f"{seed}/{question.id}"))  # noqa: S311 - an order, not a secret
        lines = [f"[{question.id}]  {question.kind}, {question.level}", question.stem]
        lines += [f"[picture: {question.picture.alt}]"] if question.picture else []
        for letter, option in zip(ascii_uppercase, options, strict=False):
            lines.append(f"  {'*' if option.is_right else ' '} {letter}. {option.text}")
            lines += [f"         {option.why_wrong}"] if option.why_wrong else []
        yield "\n".join([*lines, f"  {question.explanation} {question.citation}", ""])
