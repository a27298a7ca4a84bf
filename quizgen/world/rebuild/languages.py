"""`languages.csv` and `language_names.csv`: which languages are official where.

It is what CLDR counts, less what `exceptions.csv` says is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quizgen.world.gazetteer import LANGUAGES, Row, read_rows
from quizgen.world.rebuild.packages import Packages
from quizgen.world.rebuild.tables import write_table
from quizgen.world.rebuild.territories import Territory

# From the weakest to the strongest: of two scripts of one language, the stronger status counts.
STATUSES = ("official_regional", "de_facto_official", "official")


def write(packages: Packages, territories: Sequence[Territory], data: Path) -> None:
    """Write both tables."""
    mistakes = _mistakes(read_rows(data / "exceptions.csv"))
    known = packages.supplemental("territoryInfo")["territoryInfo"]
    rows = [
        (row.code, language, status)
        for row in territories
        for language, status in sorted(_statuses(known.get(row.alpha2, {})).items())
        if (row.code, language) not in mistakes
    ]
    write_table(data / "languages.csv", ("territory", "language", "status"), rows)
    named = [packages.names("languages", language) for language in LANGUAGES]
    names = (
        (code, _homes(code, rows), *(names.get(code, "") for names in named))
        for code in sorted({code for _, code, _ in rows})
    )
    write_table(data / "language_names.csv", ("code", "official_in", *LANGUAGES), names)


def _mistakes(exceptions: Sequence[Row]) -> set[tuple[str, str]]:
    rows = (row for row in exceptions if row["relation"] == "official_language" and row["verdict"] == "false")
    return {(row["subject"], row["object"]) for row in rows}


def _statuses(info: dict[str, Any]) -> dict[str, str]:
    statuses: dict[str, str] = {}
    for written, status in _official(info):
        language = written.partition("_")[0]  # zh_Hant is Chinese too
        statuses[language] = max(statuses.get(language, status), status, key=STATUSES.index)
    return statuses


def _official(info: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for language, entry in info.get("languagePopulation", {}).items():
        if "_officialStatus" in entry:
            yield language, entry["_officialStatus"]


def _homes(code: str, rows: list[tuple[str, str, str]]) -> str:
    """Say it the other way round too, so that a slip in either table shows."""
    return "|".join(home for home, language, status in rows if language == code and status != "official_regional")
