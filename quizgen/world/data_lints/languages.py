"""What holds of official languages."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.problems import Problem
from quizgen.world.data_lints.tables import Tables, problem
from quizgen.world.gazetteer import ALL, LanguageStatus


def every_country_has_an_official_language(tables: Tables) -> Iterator[Problem]:
    """Say who has none, and which status is none."""
    regional = LanguageStatus.REGIONAL
    having = {row["territory"] for row in tables["languages"] if row["status"] != regional}
    explained = tables.exceptions("official_language")
    for row in tables["countries"]:
        if row["code"] not in having and (row["code"], ALL) not in explained:
            yield problem(tables, "languages", None, f"{row['code']} has no official language")
    for row in tables["languages"]:
        if row["status"] not in set(LanguageStatus):
            yield problem(tables, "languages", row, f"{row['status']!r} is no status")


def languages_are_official_where_they_say(tables: Tables) -> Iterator[Problem]:
    """Say where a language and a territory do not name each other."""
    here = {(row["language"], row["territory"]) for row in tables["languages"] if row["status"] != "official_regional"}
    there = {
        (row["code"], territory)
        for row in tables["language_names"]
        for territory in filter(None, row["official_in"].split("|"))
    }
    for language, territory in sorted(here ^ there):
        yield problem(tables, "languages", None, f"{language} in {territory} stands in one of two tables only")


def what_is_known_to_be_wrong_is_gone(tables: Tables) -> Iterator[Problem]:
    """Say which row an exception calls false."""
    false = tables.exceptions("official_language", "false")
    for row in tables["languages"]:
        if (row["territory"], row["language"]) in false:
            yield problem(tables, "languages", row, f"{row['language']} is not official in {row['territory']}")
