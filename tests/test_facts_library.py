"""Deck files from disk: which are meant, and what stands in the way of reading them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from quizgen.facts import Library, find_decks, load_library, open_library
from quizgen.facts.plain_text import MAX_BYTES
from tests.conftest import HEAD, make_deck

FACTS = "facts:\n  - {id: a, ask: Why?, answer: So}\n"


def write_deck(folder: Path, key: str, *, fact: str = "a", name: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / (name or f"{key}.yaml")
    file.write_text(HEAD.replace("deck: test", f"deck: {key}") + FACTS.replace("id: a", f"id: {fact}"))
    return file


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    for key in ("nato", "opec"):
        write_deck(tmp_path / "shipped", key)
    write_deck(tmp_path, "outside")
    (tmp_path / "shipped" / "notes.txt").write_text("no deck")
    (tmp_path / "shipped" / "folder.yaml").mkdir()
    return tmp_path / "shipped"


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_no_argument_means_the_whole_library(shipped: Path) -> None:
    paths, problems = find_decks([], shipped)
    assert (names(paths), problems) == (["nato.yaml", "opec.yaml"], [])


def test_arguments_are_files_folders_or_keys_and_each_file_counts_once(shipped: Path, tmp_path: Path) -> None:
    own = write_deck(tmp_path / "own", "mine", name="mine.yml")
    arguments = ["opec", str(own), str(tmp_path / "own"), "opec"]
    paths, problems = find_decks(arguments, shipped)
    assert (names(paths), problems) == (["opec.yaml", "mine.yml"], [])


def test_a_file_of_that_name_comes_before_a_shipped_deck(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nato").write_text("mine")
    assert find_decks(["nato"], shipped) == ([Path("nato")], [])


NOTHING = "is neither a file, nor a folder, nor a deck of the library"
NOT_THERE = [
    ("natto", f"natto: {NOTHING} (did you mean 'nato'?)"),
    ("zzz", f"zzz: {NOTHING}"),
    ("../outside", f"../outside: {NOTHING}"),
    ("x" * 5000, f"{'x' * 5000}: cannot be read (file name too long)"),
    ("nato/", f"nato/: {NOTHING} (did you mean 'nato'?)"),
]


@pytest.mark.parametrize(("argument", "expected"), NOT_THERE, ids=[name[:20] for name, _ in NOT_THERE])
def test_what_is_not_there_is_named_and_the_others_found(argument: str, expected: str, shipped: Path) -> None:
    paths, problems = find_decks([argument, "nato"], shipped)
    assert (names(paths), list(map(str, problems))) == (["nato.yaml"], [expected])


def test_an_empty_folder_is_named_and_does_not_mean_the_library(shipped: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    paths, problems = find_decks([str(tmp_path / "empty")], shipped)
    assert paths == []
    assert [str(problem) for problem in problems] == [f"{tmp_path}/empty: holds no deck (deck files end in .yaml)"]


def test_every_problem_of_every_file_is_given_and_good_decks_are_kept(shipped: Path, tmp_path: Path) -> None:
    bad = write_deck(tmp_path / "own", "bad")
    bad.write_text(bad.read_text().replace("ask:", "aks:"))
    gone = tmp_path / "gone.yaml"
    library, problems = load_library([bad, gone, shipped / "nato.yaml", shipped])
    assert [deck.key for deck in library.decks] == ["nato"]
    assert [str(problem) for problem in problems] == [
        f"{bad}:8: unknown field 'aks' (did you mean 'ask'?)",
        f"{gone}: cannot be read (no such file or directory)",
        f"{shipped}: cannot be read (is a directory)",
    ]


def refuse(path: Path, *_args: object, **_options: object) -> None:
    raise PermissionError(13, "Permission denied", str(path))


def test_a_file_one_may_not_read_is_named(shipped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "open", refuse)  # root, who runs tests in containers, may read everything
    _, problems = load_library([shipped / "nato.yaml"])
    assert [str(problem) for problem in problems] == [f"{shipped}/nato.yaml: cannot be read (permission denied)"]


def test_a_folder_one_may_not_look_into_is_named(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    iterdir: Callable[[Path], object] = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda path: refuse(path) if path == tmp_path else iterdir(path))
    _, problems = find_decks([str(tmp_path)], shipped)
    assert [str(problem) for problem in problems] == [f"{tmp_path}: cannot be read (permission denied)"]


def test_a_file_without_end_is_read_no_further_than_a_deck_may_be_long(tmp_path: Path) -> None:
    endless = tmp_path / "endless.yaml"
    with endless.open("wb") as file:
        file.truncate(1 << 40)  # a terabyte that takes no space
    _, problems = load_library([endless])
    hint = "split it into several decks"
    assert [str(problem) for problem in problems] == [
        f"{endless}: the file is larger than {MAX_BYTES >> 20} MB ({hint})"
    ]


def test_two_decks_cannot_share_a_key(shipped: Path, tmp_path: Path) -> None:
    own = write_deck(tmp_path / "own", "nato")
    _, problems = load_library([shipped / "nato.yaml", own])
    assert [str(problem) for problem in problems] == [
        f"{own}:1: deck 'nato' is there twice (the other is {shipped}/nato.yaml)"
    ]


def test_decks_stand_in_the_order_of_their_keys(shipped: Path) -> None:
    library, _ = load_library([shipped / "opec.yaml", shipped / "nato.yaml"])
    assert [deck.key for deck in library.decks] == ["nato", "opec"]


def test_a_library_knows_when_its_newest_file_changed(shipped: Path) -> None:
    os.utime(shipped / "nato.yaml", (5, 1_000))
    os.utime(shipped / "opec.yaml", (5, 2_000))
    paths, _ = find_decks([], shipped)
    assert load_library(paths)[0].changed == 2_000
    assert load_library(paths[:1])[0].changed == 1_000


def test_a_deck_of_ones_own_is_opened_among_the_shipped_ones(shipped: Path, tmp_path: Path) -> None:
    own = write_deck(tmp_path / "own", "mine")
    library, keys, problems = open_library([str(own)], shipped)
    assert ([deck.key for deck in library.decks], keys, problems) == (["mine", "nato", "opec"], ["mine"], [])


def test_a_deck_of_ones_own_takes_the_place_of_a_shipped_one(shipped: Path, tmp_path: Path) -> None:
    own = write_deck(tmp_path / "own", "nato", fact="mine")
    library, keys, problems = open_library([str(own)], shipped)
    assert ([deck.key for deck in library.decks], keys, problems) == (["nato", "opec"], ["nato"], [])
    assert [fact.path for fact in library.facts] == ["nato/mine", "opec/a"]


def test_a_broken_shipped_deck_does_not_stand_in_the_way_of_ones_own(shipped: Path, tmp_path: Path) -> None:
    (shipped / "nato.yaml").write_text("[")
    library, keys, problems = open_library([str(write_deck(tmp_path / "own", "mine"))], shipped)
    assert ([deck.key for deck in library.decks], keys, problems) == (["mine", "opec"], ["mine"], [])


def test_a_library_finds_decks_and_facts() -> None:
    library = Library((make_deck(FACTS),))
    assert library.deck("test") is library.decks[0]
    assert library.deck("other") is None
    assert [fact.key for fact in library.facts] == ["a"]
    assert Library(()).changed == 0
