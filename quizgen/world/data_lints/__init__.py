"""What is provably wrong in the packaged tables, told from the tables alone.

Most facts stand there twice: a border in the rows of both neighbours and on the map, a sub-region beside a country and
as its members, the life of a currency code and its uses. So a slip in one place contradicts another, and is found
without asking any other source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from quizgen.problems import Problem
from quizgen.world.data_lints import borders, flags, keys, languages, money, names, territories
from quizgen.world.data_lints.tables import Tables, read_tables

__all__ = ["CHECKS", "Tables", "lint", "read_tables"]

CHECKS: tuple[Callable[[Tables], Iterator[Problem]], ...] = (
    keys.keys_are_sorted_and_unique,
    keys.codes_are_known,
    keys.exceptions_are_explained,
    territories.countries_have_codes_of_their_own,
    territories.countries_lie_where_their_sub_region_lies,
    territories.cities_lie_in_their_part_of_the_world,
    names.names_are_whole_and_in_their_script,
    names.no_two_things_share_a_name,
    names.english_names_are_ours,
    names.no_name_is_that_of_another_elsewhere,
    money.uses_are_intervals,
    money.no_currency_is_used_twice_at_once,
    money.every_country_has_its_tender,
    money.mended_days_mend_something,
    money.codes_live_as_long_as_they_are_used,
    languages.every_country_has_an_official_language,
    languages.languages_are_official_where_they_say,
    languages.what_is_known_to_be_wrong_is_gone,
    borders.neighbours_are_mutual,
    borders.borders_are_those_of_the_map,
    borders.islands_have_no_neighbours,
    flags.every_country_has_its_flag,
    flags.flags_are_plain_pictures,
    flags.look_alikes_are_measured,
)


def lint(tables: Tables) -> list[Problem]:
    """Give everything that is wrong."""
    return sorted({problem for check in CHECKS for problem in check(tables)})
