"""Measures drafting without a model: `python -m tests.bench drafting`.

A thousand articles of a thousand words, no two alike, are drafted one after the other in a process of their own. The
peak of memory after a tenth of them is set beside that after all: it is to stay where it is.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from random import Random

import click

from quizgen.articles import read_article
from quizgen.facts.drafting import draft
from quizgen.world import countries

ARTICLES = 1_000
WORDS = 1_000
DAY = date(2026, 11, 22)
MOST_GROWTH = 1.1
# Frames of sentences as news has them; names, years and numbers are drawn.
FRAMES = (
    "{one} joined the talks in {year}, and {other} followed later.",
    "The port of {one} handled {number} ships in {year}.",
    "President Ann {name} met a delegation from {other} in Geneva.",
    "{one} may close its border with {other} if the talks fail.",
    "Officials said that {number} soldiers had left {one} before {year}.",
    "The agreement is important because it saves {one} the long way round {other}.",
    "It was not the first time that {other} had refused.",
    "{one} wants to reduce its dependence on gas from {other}.",
    "About {number} people live near the dam, which was built in {year}.",
    "“We shall not give in,” a spokesman for {other} told reporters.",
)


@dataclass(frozen=True, slots=True)
class Drafting:
    """What it took to draft some articles; `early` and `late` are peaks of memory in megabytes."""

    articles: int
    sentences: int
    facts: int
    reading: float
    drafting: float
    early: float
    late: float


def drafting(sizes: Sequence[int], enough: int) -> Iterator[str]:
    """Say how fast articles become drafts, and whether memory stays flat."""
    command = [sys.executable, "-m", "tests.bench_drafting"]
    measured = Drafting(**json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout))
    yield f"Drafting {measured.articles:,} articles of {WORDS:,} words: {measured.sentences:,} sentences."
    yield f"  {measured.facts:,} facts; {measured.sentences / measured.drafting:,.0f} sentences/CPU s drafted"
    yield f"  {measured.sentences / (measured.reading + measured.drafting):,.0f} sentences/CPU s read and drafted"
    growth = measured.late / measured.early
    verdict = "met" if growth <= MOST_GROWTH else "NOT met"
    peaks = f"{measured.early:,.0f} MB after a tenth, {measured.late:,.0f} MB after all"
    yield f"goal {verdict}: memory grows {growth:.2f} times ({peaks}), wanted at most {MOST_GROWTH}"


def measure(articles: int) -> Drafting:
    """Draft made-up articles in this process."""
    sentences = facts = 0
    reading = drafted = early = 0.0
    for seed in range(articles):
        start = time.process_time()
        article, _ = read_article(made_up(seed).encode(), "article.txt")
        between = time.process_time()
        if article:
            sentences += len(article.sentences)
            facts += len(draft(article, as_of=DAY).deck.facts)
        reading += between - start
        drafted += time.process_time() - between
        if seed == articles // 10:
            early = _peak()
    return Drafting(articles, sentences, facts, reading, drafted, early, _peak())


def made_up(seed: int) -> str:
    """Make up an article that no other seed gives."""
    dice = Random(seed)
    names = [country.name for country in countries().values()]
    lines = [f"What happened in case {seed}?", ""]
    count = 0
    while count < WORDS:
        paragraph = " ".join(_sentence(dice, names) for _ in range(5))
        count += len(paragraph.split())
        lines += [paragraph, ""]
    return "\n".join(lines)


def _sentence(dice: Random, names: Sequence[str]) -> str:
    one, other = dice.sample(names, 2)
    name = "".join(dice.choices("aeiounrst", k=6)).capitalize()
    frame = dice.choice(FRAMES)
    return frame.format(
        one=one, other=other, year=dice.randint(1900, 2026), number=f"{dice.randint(1, 999)},000", name=name
    )


def _peak() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


if __name__ == "__main__":
    click.echo(json.dumps(asdict(measure(ARTICLES))))
