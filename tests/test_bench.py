"""The benchmark still runs, and says what it is meant to say. What it measures is no matter of a test."""

from __future__ import annotations

import re

import pytest

from quizgen.facts import RelationFact
from tests import bench_anki
from tests.bench import HEADS, main
from tests.bench_library import made_up_library


def test_the_benchmark_prints_a_row_for_each_size_and_its_goals(capsys: pytest.CaptureFixture[str]) -> None:
    main(["questions", "--sizes", "100", "--enough", "100"])
    title, heads, row, *goals = capsys.readouterr().out.splitlines()
    assert title.startswith("Making questions")
    assert re.split(r"\s{2,}", heads.strip()) == list(HEADS)
    assert re.fullmatch(r" +100 +1 +\d+ +[\d,]+ +1\.00 +\d+\.\d\d +1\.00 +\d+ +1\.00", row)
    assert [re.match(r"goal (NOT )?met: ", goal) is not None for goal in goals] == [True, True, True]


def test_the_writers_of_anki_packages_stand_side_by_side(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_anki, "MANY_DECKS", 30)
    monkeypatch.setattr(bench_anki, "GENANKI_DECKS", 5)
    main(["anki", "--sizes", "20"])
    title, heads, *rest = capsys.readouterr().out.splitlines()
    assert title.startswith("Writing Anki packages")
    assert re.split(r"\s{2,}", heads.strip()) == list(bench_anki.HEADS)
    rows, goals = rest[:-5], rest[-5:]
    assert [row.split()[:3] for row in rows] == [
        ["quizgen", "20", "1"],
        ["genanki", "20", "1"],
        ["anki", "20", "1"],
        ["quizgen", "30", "30"],
        ["genanki", "5", "5"],
    ]
    assert all(re.match(r"goal (NOT )?met: ", goal) for goal in goals)
    assert goals[-1] == "goal met: temporary files left: 0.00, wanted at most 0"


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])


@pytest.mark.parametrize("facts", [1, 100, 2_345])
def test_a_made_up_library_has_so_many_facts_of_several_relations(facts: int) -> None:
    library = made_up_library(facts)
    found = list(library.facts)
    assert len({fact.path for fact in found}) == len(found) == facts
    relations = {fact.relation.name for fact in found if isinstance(fact, RelationFact)}
    assert facts < 100 or relations == {"member_of", "headquartered_in", "located_in", "operated_by"}
