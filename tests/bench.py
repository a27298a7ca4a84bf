"""Measures quizgen and prints tables: `python -m tests.bench [SECTION...] [--sizes N,N]`, or `make bench`.

A section is a function that gives the lines of its table and says whether its goals are met. The exit code is 0
either way: a measurement is no test.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

import click

from quizgen.questions import make_questions
from tests.bench_anki import anki
from tests.bench_drafting import drafting
from tests.bench_library import made_up_library

SIZES = (100, 1_000, 10_000, 100_000)
# A small size is repeated until so many facts have been measured.
ENOUGH = 5_000
HEADS = ("facts", "runs", "questions", "questions/CPU s", "ratio", "CPU ms/fact", "ratio", "peak MB", "ratio")
WIDTHS = tuple(max(7, len(head)) for head in HEADS)
MOST_CPU_A_FACT = 1.3
MOST_MEGABYTES = 2_000


@dataclass(frozen=True, slots=True)
class Measured:
    """What it took to make the questions of some libraries of one size."""

    facts: int
    runs: int
    questions: int
    seconds: float
    megabytes: float

    @property
    def questions_a_second(self) -> float:
        return self.questions / self.seconds

    @property
    def milliseconds_a_fact(self) -> float:
        return 1_000 * self.seconds / (self.facts * self.runs)


def questions(sizes: Sequence[int], enough: int) -> Iterator[str]:
    """Compare making questions from libraries of each size; ratios are to the first."""
    yield "Making questions. CPU is of make_questions alone; the peak holds the library and its loading too."
    yield _row(*HEADS)
    all_measured = []
    for size in sizes:
        now = _in_own_process(size, enough)
        all_measured.append(now)
        first = all_measured[0]
        yield _row(
            f"{now.facts:,}",
            f"{now.runs:,}",
            f"{now.questions:,}",
            *_beside(now.questions_a_second, first.questions_a_second, 0),
            *_beside(now.milliseconds_a_fact, first.milliseconds_a_fact, 2),
            *_beside(now.megabytes, first.megabytes, 0),
        )
    first, last = all_measured[0], all_measured[-1]
    ratio = first.questions_a_second / last.questions_a_second
    yield _goal(f"CPU a question at {last.facts:,} against {first.facts:,}", ratio, MOST_CPU_A_FACT, "times")
    ratio = last.milliseconds_a_fact / first.milliseconds_a_fact
    yield _goal(f"CPU a fact at {last.facts:,} against {first.facts:,}", ratio, MOST_CPU_A_FACT, "times")
    yield _goal(f"peak memory at {last.facts:,} facts", last.megabytes, MOST_MEGABYTES, "MB")


def measure_questions(size: int, enough: int) -> Measured:
    """Measure one size in this process, until enough facts have been measured.

    What is read and compiled once is warm. Every run has a library of its own: the same small one again would be
    remembered word for word, as no large one can be.
    """
    make_questions(made_up_library(100, seed=-1))
    runs = max(1, enough // size)
    made, seconds = 0, 0.0
    for seed in range(runs):
        library = made_up_library(size, seed)
        start = time.process_time()
        made += len(make_questions(library)[0])
        seconds += time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Measured(size, runs, made, seconds, peak / (1 << 20 if sys.platform == "darwin" else 1 << 10))


def _in_own_process(size: int, enough: int) -> Measured:
    """Measure one size where no other has left memory behind."""
    command = [sys.executable, "-m", "tests.bench", "--alone", "--sizes", str(size), "--enough", str(enough)]
    child = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Measured(**json.loads(child.stdout))


def _row(*cells: str) -> str:
    return "".join(f"{cell:>{width + 2}}" for cell, width in zip(cells, WIDTHS, strict=True))


def _beside(value: float, first: float, digits: int) -> tuple[str, str]:
    return f"{value:,.{digits}f}", f"{value / first:.2f}"


def _goal(name: str, value: float, most: float, unit: str) -> str:
    verdict = "met" if value <= most else "NOT met"
    return f"goal {verdict}: {name} is {value:,.2f} {unit}, wanted at most {most:,} {unit}"


# By name: what gives the lines of a section for these sizes, each repeated until enough facts have been measured.
SECTIONS: dict[str, Callable[[Sequence[int], int], Iterable[str]]] = {
    "questions": questions,
    "anki": anki,
    "drafting": drafting,
}


def _sizes(text: str) -> list[int]:
    return [int(size.replace("_", "")) for size in text.split(",")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sections that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure quizgen.")
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=f"all, or some of: {', '.join(SECTIONS)}")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, metavar="N,N", help="how many facts to measure with")
    parser.add_argument("--enough", type=int, default=ENOUGH, metavar="N", help="repeat small sizes up to N facts")
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)  # what the child processes are told
    asked = parser.parse_args(arguments)
    if asked.alone:
        click.echo(json.dumps(asdict(measure_questions(asked.sizes[0], asked.enough))))
        return
    for name in asked.sections or SECTIONS:
        if name not in SECTIONS:
            parser.error(f"no section '{name}'; there are: {', '.join(SECTIONS)}")
        for line in SECTIONS[name](asked.sizes, asked.enough):
            click.echo(line)


if __name__ == "__main__":
    main()
