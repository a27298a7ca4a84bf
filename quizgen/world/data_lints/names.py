"""What holds of names: there is one in every language, in its letters, and nobody else's."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import KEYS, Tables, problem
from quizgen.world.gazetteer import LANGUAGES

# What every letter of a name must be.
_LATIN, _CYRILLIC = r"[A-Za-z\u00aa\u00ba\u00c0-\u024f\u02bb\u02bc\u1e00-\u1eff]", r"[\u0400-\u04ff\u02bc]"
SCRIPTS = {language: re.compile(_LATIN) for language in LANGUAGES} | {
    "ru": re.compile(_CYRILLIC),
    "uk": re.compile(_CYRILLIC),
    "ar": re.compile(r"[\u0600-\u06ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ja": re.compile(r"[\u3005-\u30ff\u4e00-\u9fff\uff00-\uffef]"),
}
RELATED = ([language for language in LANGUAGES if language not in {"ru", "uk", "ar", "zh", "ja"}], ["ru", "uk"])

# Official somewhere, and yet without a name in some of our languages.
UNNAMED = frozenset({"hif", "wni", "zdj"})


def names_are_whole_and_in_their_script(tables: Tables) -> Iterator[Problem]:
    """Say which names are missing, untidy or written in letters of another language."""
    current = {row["currency"] for row in tables["currencies"] if not row["until"]}
    official = {row["code"] for row in tables["language_names"] if row["official_in"]} - UNNAMED
    whole = {"currency_names": current, "language_names": official}
    for table in ("names", "regions", "cities", "currency_names", "language_names"):
        for row in tables[table]:
            key = row[KEYS[table][0]]
            for language in LANGUAGES:
                name = row[language]
                if not name and key in whole.get(table, {key}):
                    yield problem(tables, table, row, f"{key} has no name in {language}")
                if name != " ".join(name.split()) or not _is_in_script(name, language, table):
                    yield problem(tables, table, row, f"{name!r} is no name in {language}")


@lru_cache(None)
def _is_in_script(name: str, language: str, table: str) -> bool:
    letters = [letter for letter in name if letter.isalpha()]
    if table == "currency_names":  # 新台币, CFA-франк: letters of abbreviations stay as they are
        return not name or any(SCRIPTS[language].match(letter) for letter in letters)
    return all(SCRIPTS[language].match(letter) for letter in letters)


def no_two_things_share_a_name(tables: Tables) -> Iterator[Problem]:
    """Say which name two of a kind go by."""
    for table in ("names", "regions", "currency_names", "language_names"):
        for language in LANGUAGES:
            counts = Counter(name.casefold() for name in tables.column(table, language))
            for row in tables[table]:
                if row[language] and counts[row[language].casefold()] > 1:
                    yield problem(tables, table, row, f"{row[language]!r} is the name of another too, in {language}")


def english_names_are_ours(tables: Tables) -> Iterator[Problem]:
    """Say where two tables name one country differently."""
    ours = {row["code"]: row["name"] for row in tables["countries"]}
    for row in tables["names"]:
        if row["en"] != ours.get(row["code"], row["en"]):
            yield problem(tables, "names", row, f"{row['en']!r} is {ours[row['code']]!r} among the countries")


def no_name_is_that_of_another_elsewhere(tables: Tables) -> Iterator[Problem]:
    """Say which name is, in languages of the same letters, only ever that of something else: two were exchanged."""
    for table in ("names", "regions", "currency_names"):
        for languages in RELATED:
            owners: dict[str, Counter[str]] = defaultdict(Counter)
            for row in tables[table]:
                for language in languages:
                    owners[row[language].casefold()][row["code"]] += 1
            for row in tables[table]:
                for language in languages:
                    others = owners[row[language].casefold()]
                    if row[language] and others[row["code"]] == 1 and len(others) > 1:
                        yield problem(
                            tables, table, row, f"{row[language]!r} is the name of another, not in {language}"
                        )
