"""What is provably wrong in the packaged tables is found: many errors are sown; the tables as they are have none."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

import pytest

from quizgen.problems import Problem
from quizgen.world.data_lints import CHECKS, Tables, lint, read_tables
from quizgen.world.gazetteer import LANGUAGES, Row

Sow = Callable[[random.Random, Tables], Tables]
SEEDS = range(3)
LATIN = [language for language in LANGUAGES[1:] if language not in {"ru", "uk", "ar", "zh", "ja"}]


@cache
def packaged() -> Tables:
    return read_tables()


def with_rows(tables: Tables, table: str, rows: Sequence[Row]) -> Tables:
    return replace(tables, rows=MappingProxyType({**tables.rows, table: tuple(rows)}))


def with_flags(tables: Tables, **changed: str) -> Tables:
    return replace(tables, flags=MappingProxyType({**tables.flags, **changed}))


def put(tables: Tables, table: str, row: Row, **changed: str) -> Tables:
    """Give the tables with some cells of one row changed."""
    return with_rows(tables, table, [{**old, **changed} if old is row else old for old in tables[table]])


def drop(tables: Tables, table: str, row: Row) -> Tables:
    return with_rows(tables, table, [old for old in tables[table] if old is not row])


def insert(tables: Tables, table: str, row: Row, *key: str) -> Tables:
    return with_rows(tables, table, sorted([*tables[table], row], key=lambda old: [old[name] for name in key]))


def swap(tables: Tables, table: str, one: Row, other: Row, column: str) -> Tables:
    swapped = {id(one): other[column], id(other): one[column]}
    rows = [{**old, column: swapped.get(id(old), old[column])} for old in tables[table]]
    return with_rows(tables, table, rows)


def neighbours(tables: Tables, code: str) -> list[str]:
    return next(row for row in tables["borders"] if row["code"] == code)["neighbours"].split("|")


def with_neighbours(tables: Tables, lists: Mapping[str, list[str]]) -> Tables:
    rows = [
        {**row, "neighbours": "|".join(sorted(set(lists[row["code"]]) - {""}))} if row["code"] in lists else row
        for row in tables["borders"]
    ]
    return with_rows(tables, "borders", rows)


def countries(tables: Tables) -> list[Row]:
    return [row for row in tables["countries"] if row["kind"] == "country"]


def current(tables: Tables) -> list[Row]:
    own = tables.countries()
    return [row for row in tables["currencies"] if not row["until"] and row["territory"] in own]


# --- what is sown -----------------------------------------------------------------------------------------------------


def country_dies(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice(countries(tables))
    return put(tables, "countries", row, code=dice.choice(["ANT", "SCG", "ZAR", "UNK", "ROM", "TMP"]))


def country_is_forgotten(dice: random.Random, tables: Tables) -> Tables:
    return drop(tables, "countries", dice.choice(countries(tables)))


def country_stands_twice(dice: random.Random, tables: Tables) -> Tables:
    return insert(tables, "countries", dict(dice.choice(countries(tables))), "code")


def territory_becomes_a_country(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["countries"] if row["kind"] == "territory"])
    return put(tables, "countries", row, kind="country")


def country_takes_a_name(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(countries(tables), 2)
    return put(tables, "countries", one, name=other["name"])


def country_takes_a_number(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample([row for row in countries(tables) if row["numeric"]], 2)
    return put(tables, "countries", one, numeric=other["numeric"])


def regions_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    one = dice.choice(countries(tables))
    other = dice.choice([row for row in countries(tables) if row["region"] != one["region"]])
    return swap(tables, "countries", one, other, "region")


def country_moves_within_its_region(dice: random.Random, tables: Tables) -> Tables:
    one = dice.choice(countries(tables))
    near = [row for row in countries(tables) if row["region"] == one["region"] and row["subregion"] != one["subregion"]]
    return put(tables, "countries", one, subregion=dice.choice(near)["subregion"])


def region_loses_a_member(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["regions"] if row["members"]])
    members = row["members"].split("|")
    members.remove(dice.choice(members))
    return put(tables, "regions", row, members="|".join(members))


def region_moves(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["regions"] if row["parent"]])
    return put(tables, "regions", row, parent=dice.choice(list({"002", "019", "142", "150"} - {row["parent"]})))


def name_is_missing(dice: random.Random, tables: Tables) -> Tables:
    table = dice.choice(["names", "regions", "cities"])
    return put(tables, table, dice.choice(tables[table]), **{dice.choice(LANGUAGES): ""})


def name_is_given_twice(dice: random.Random, tables: Tables) -> Tables:
    table, language = dice.choice(["names", "regions", "language_names"]), dice.choice(LANGUAGES)
    one, other = dice.sample([row for row in tables[table] if row[language]], 2)
    return put(tables, table, one, **{language: other[language]})


def name_has_a_space_too_many(dice: random.Random, tables: Tables) -> Tables:
    row, language = dice.choice(tables["names"]), dice.choice(LANGUAGES)
    return put(tables, "names", row, **{language: row[language] + " "})


def names_of_two_scripts_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    row, one, other = dice.choice(tables["names"]), dice.choice(LATIN), dice.choice(["ru", "uk", "ar", "zh", "ja"])
    return put(tables, "names", row, **{one: row[other], other: row[one]})


def names_of_two_countries_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(tables["names"], 2)
    return swap(tables, "names", one, other, dice.choice([*LATIN, "ru", "uk"]))


def names_far_away_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(tables["names"], 2)
    return swap(tables, "names", one, other, dice.choice(["ar", "zh", "ja"]))


def english_names_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(tables["names"], 2)
    return swap(tables, "names", one, other, "en")


def country_has_no_money(dice: random.Random, tables: Tables) -> Tables:
    return drop(tables, "currencies", dice.choice(current(tables)))


def currency_ends_early(dice: random.Random, tables: Tables) -> Tables:
    return put(tables, "currencies", dice.choice(current(tables)), until="2020-01-01")


def dead_currency_lives_on(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["currencies"] if row["until"]])
    return put(tables, "currencies", row, until="")


def dead_code_is_revived(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["currency_codes"] if row["until"]])
    return put(tables, "currency_codes", row, until="")


def currency_is_another(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(current(tables), 2)
    currency = other["currency"] if other["currency"] != one["currency"] else "XXX"
    return put(tables, "currencies", one, currency=currency)


def currency_ends_before_it_begins(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["currencies"] if row["until"]])
    return put(tables, "currencies", row, **{"from": row["until"], "until": row["from"]})


def currency_begins_early(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in current(tables) if row["currency"] != "USD"])
    return put(tables, "currencies", row, **{"from": "1801-01-01"})


def euro_comes_late(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in current(tables) if row["currency"] == "EUR"])
    return put(tables, "currencies", row, **{"from": "2026-06-01"})


def day_is_none(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice(tables["currencies"])
    return put(tables, "currencies", row, **{"from": dice.choice(["1999", "1999-02-30", "01.01.1999", "", "19990101"])})


def currency_is_used_twice(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice(current(tables))
    return insert(tables, "currencies", {**row, "from": "2010-01-01"}, "territory", "currency", "from")


def country_takes_a_second_currency(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(current(tables), 2)
    other = other if other["currency"] != one["currency"] else {**other, "currency": "AMD"}
    return insert(tables, "currencies", {**other, "territory": one["territory"]}, "territory", "currency", "from")


def mended_day_runs_backwards(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["tender_days"] if row["from"] and row["until"]])
    return put(tables, "tender_days", row, **{"from": row["until"], "until": row["from"]})


def mended_day_has_no_source(dice: random.Random, tables: Tables) -> Tables:
    return put(tables, "tender_days", dice.choice(tables["tender_days"]), source="")


def mended_day_mends_nothing(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice(tables["tender_days"])
    same = [old for old in tables["currencies"] if all(old[name] == row[name] for name in ("territory", "currency"))]
    return put(tables, "tender_days", row, **{name: same[0][name] for name in ("from", "until")})


def mended_day_is_that_of_another(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["tender_days"] if row["currency"] != "USD"])
    return put(tables, "tender_days", row, currency="GBP")


def currency_has_no_name(dice: random.Random, tables: Tables) -> Tables:
    used = {row["currency"] for row in current(tables)}
    row = dice.choice([row for row in tables["currency_names"] if row["code"] in used])
    return put(tables, "currency_names", row, **{dice.choice(LANGUAGES): ""})


def language_is_forgotten(dice: random.Random, tables: Tables) -> Tables:
    rows = [row for row in tables["languages"] if row["status"] != "official_regional"]
    return drop(tables, "languages", dice.choice(rows))


def language_is_added(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(tables["languages"], 2)
    row = {"territory": one["territory"], "language": other["language"], "status": "official"}
    return insert(tables, "languages", row, "territory", "language")


def status_is_none(dice: random.Random, tables: Tables) -> Tables:
    return put(tables, "languages", dice.choice(tables["languages"]), status=dice.choice(["", "Official", "national"]))


def status_is_weakened(dice: random.Random, tables: Tables) -> Tables:
    rows = [row for row in tables["languages"] if row["status"] == "official"]
    return put(tables, "languages", dice.choice(rows), status="official_regional")


def wrong_language_comes_back(dice: random.Random, tables: Tables) -> Tables:
    territory, language = dice.choice(sorted(tables.exceptions("official_language", "false")))
    row = {"territory": territory, "language": language, "status": "official"}
    return insert(tables, "languages", row, "territory", "language")


def border_is_forgotten_on_one_side(dice: random.Random, tables: Tables) -> Tables:
    one = dice.choice([row for row in tables["borders"] if row["neighbours"]])
    others = one["neighbours"].split("|")
    others.remove(dice.choice(others))
    return with_neighbours(tables, {one["code"]: others})


def border_is_forgotten_on_both(dice: random.Random, tables: Tables) -> Tables:
    one = dice.choice([row["code"] for row in tables["borders"] if row["neighbours"]])
    other = dice.choice(neighbours(tables, one))
    lists = {one: neighbours(tables, one), other: neighbours(tables, other)}
    lists[one].remove(other)
    lists[other].remove(one)
    return with_neighbours(tables, lists)


def border_is_made_up(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(tables.column("borders", "code"), 2)
    lists = {one: [*neighbours(tables, one), other], other: [*neighbours(tables, other), one]}
    assert other not in neighbours(tables, one)
    return with_neighbours(tables, lists)


def country_borders_itself(dice: random.Random, tables: Tables) -> Tables:
    one = dice.choice(tables.column("borders", "code"))
    return with_neighbours(tables, {one: [*neighbours(tables, one), one]})


def island_is_moored(dice: random.Random, tables: Tables) -> Tables:
    """The border is made up on the map too, so that only the list of islands knows better."""
    one, other = dice.choice(["CUB", "ISL", "JPN", "LKA", "MLT"]), dice.choice(["USA", "NOR", "RUS", "IND", "ITA"])
    moored = with_neighbours(tables, {one: [other], other: [*neighbours(tables, other), one]})
    first, second = sorted((one, other))
    return insert(moored, "arcs", {"one": first, "other": second}, "one", "other")


def neighbours_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample([row for row in tables["borders"] if row["neighbours"]], 2)
    return swap(tables, "borders", one, other, "neighbours")


def arc_is_forgotten(dice: random.Random, tables: Tables) -> Tables:
    return drop(tables, "arcs", dice.choice(tables["arcs"]))


def exception_is_forgotten(dice: random.Random, tables: Tables) -> Tables:
    rows = [row for row in tables["exceptions"] if row["verdict"] == "true"]
    return drop(tables, "exceptions", dice.choice(rows))


def exception_is_not_explained(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice(tables["exceptions"])
    return put(tables, "exceptions", row, **{dice.choice(["verdict", "reason", "sources", "relation", "object"]): ""})


def city_has_no_country(dice: random.Random, tables: Tables) -> Tables:
    return put(tables, "cities", dice.choice(tables["cities"]), country=dice.choice(["", "UNK", "DE"]))


def city_moves_abroad(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(tables["cities"], 2)
    return swap(tables, "cities", one, other, "country")


def flag_is_missing(dice: random.Random, tables: Tables) -> Tables:
    lost = dice.choice(sorted(tables.countries())).lower()
    return replace(tables, flags=MappingProxyType({k: v for k, v in tables.flags.items() if k != lost}))


def flags_are_exchanged(dice: random.Random, tables: Tables) -> Tables:
    one, other = dice.sample(["fra", "deu", "ita", "syr", "usa", "zaf", "jpn", "rou"], 2)
    return with_flags(tables, **{one: tables.flags[other], other: tables.flags[one]})


def flag_is_harmful(dice: random.Random, tables: Tables) -> Tables:
    name = dice.choice(sorted(tables.flags))
    harm = dice.choice(
        ["<script>1</script>", '<image href="https://a.example/"/>', "<!-- Serbia -->", "<text>Serbia</text>"]
    )
    return with_flags(tables, **{name: tables.flags[name].replace("</svg>", harm + "</svg>")})


def flag_has_no_size(dice: random.Random, tables: Tables) -> Tables:
    name = dice.choice(sorted(tables.flags))
    lost = dice.choice([' viewBox="0 0 640 480"', ' xmlns="http://www.w3.org/2000/svg"', ' width="640"'])
    return with_flags(tables, **{name: tables.flags[name].replace(lost, "")})


def flag_is_cut_off(dice: random.Random, tables: Tables) -> Tables:
    name = dice.choice(sorted(tables.flags))
    return with_flags(tables, **{name: tables.flags[name][:-20]})


def same_flags_are_called_near(dice: random.Random, tables: Tables) -> Tables:
    row = dice.choice([row for row in tables["look_alikes"] if row["verdict"] == "same"])
    return put(tables, "look_alikes", row, verdict="near")


def look_alike_is_measured_wrongly(dice: random.Random, tables: Tables) -> Tables:
    wrong = dice.choice([{"colours": "101"}, {"distance": "far"}, {"verdict": "equal"}, {"turned": "-1"}])
    return put(tables, "look_alikes", dice.choice(tables["look_alikes"]), **wrong)


def look_alike_is_forgotten(dice: random.Random, tables: Tables) -> Tables:
    return drop(tables, "look_alikes", dice.choice(tables["look_alikes"]))


KINDS: list[Sow] = [
    country_dies,
    country_is_forgotten,
    country_stands_twice,
    territory_becomes_a_country,
    country_takes_a_name,
    country_takes_a_number,
    regions_are_exchanged,
    country_moves_within_its_region,
    region_loses_a_member,
    region_moves,
    name_is_missing,
    name_is_given_twice,
    name_has_a_space_too_many,
    names_of_two_scripts_are_exchanged,
    names_of_two_countries_are_exchanged,
    names_far_away_are_exchanged,
    english_names_are_exchanged,
    country_has_no_money,
    currency_ends_early,
    dead_currency_lives_on,
    dead_code_is_revived,
    currency_is_another,
    currency_ends_before_it_begins,
    currency_begins_early,
    euro_comes_late,
    day_is_none,
    currency_is_used_twice,
    country_takes_a_second_currency,
    mended_day_runs_backwards,
    mended_day_has_no_source,
    mended_day_mends_nothing,
    mended_day_is_that_of_another,
    currency_has_no_name,
    language_is_forgotten,
    language_is_added,
    status_is_none,
    status_is_weakened,
    wrong_language_comes_back,
    border_is_forgotten_on_one_side,
    border_is_forgotten_on_both,
    border_is_made_up,
    country_borders_itself,
    island_is_moored,
    neighbours_are_exchanged,
    arc_is_forgotten,
    exception_is_forgotten,
    exception_is_not_explained,
    city_has_no_country,
    city_moves_abroad,
    flag_is_missing,
    flags_are_exchanged,
    flag_is_harmful,
    flag_has_no_size,
    flag_is_cut_off,
    same_flags_are_called_near,
    look_alike_is_measured_wrongly,
    look_alike_is_forgotten,
]
# No second place in the tables says these things.
BLIND = {
    names_of_two_countries_are_exchanged,  # unless another language has the name too: Hollanda is Turkish only
    names_far_away_are_exchanged,
    city_moves_abroad,  # within one part of the world
    currency_ends_early,  # where several are used, and no question depends on them
    look_alike_is_forgotten,
}


def sown(kind: Sow, seed: int) -> Tables:
    return kind(random.Random(f"{kind.__name__} {seed}"), packaged())


def test_the_packaged_tables_have_no_problem() -> None:
    assert list(map(str, lint(packaged()))) == []


def test_every_error_that_is_sown_changes_the_tables() -> None:
    assert [kind.__name__ for kind in KINDS for seed in SEEDS if sown(kind, seed) == packaged()] == []


def test_nearly_all_errors_that_are_sown_are_found_and_all_that_the_tables_say_twice() -> None:
    found = {(kind, seed): bool(lint(sown(kind, seed))) for kind in KINDS for seed in SEEDS}
    missed = [kind for (kind, _), hit in found.items() if not hit]
    assert len(found) >= 150
    assert len(missed) <= 0.05 * len(found), [kind.__name__ for kind in missed]
    assert set(missed) <= BLIND


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_finds_something_that_was_sown(check: Callable[[Tables], Iterator[Problem]]) -> None:
    assert any(any(check(sown(kind, seed))) for kind in KINDS for seed in SEEDS)


def test_a_problem_leads_to_the_line_where_it_stands() -> None:
    row = packaged()["names"][40]
    problems = map(str, lint(put(packaged(), "names", row, ja="")))
    assert list(problems) == ["names.csv:42: CAN has no name in ja"]
