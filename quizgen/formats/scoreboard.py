"""The results of an audit: a scoreboard to read, or JSON lines for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from quizgen.questions.audit import Result

WORDS = {True: "pass", False: "FAIL", None: "-"}


def text_results(results: Iterable[Result]) -> Iterator[str]:
    """Give a line a gate, and under it the questions that offend, with file and line."""
    for result in results:
        yield f"{WORDS[result.passed]:4}  {result.gate}: {result.measured}  (wanted: {result.wanted})"
        yield from (f"      {offender}" for offender in result.offenders)


def json_results(results: Iterable[Result]) -> Iterator[str]:
    """Give a JSON object a gate."""
    for result in results:
        offenders = [
            {"file": problem.file, "line": problem.line, "message": problem.message, "stem": problem.hint}
            for problem in result.offenders
        ]
        record = {"gate": result.gate, "measured": result.measured, "wanted": result.wanted, "passed": result.passed}
        yield json.dumps(record | {"offenders": offenders}, ensure_ascii=False)
