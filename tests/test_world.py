"""What is true on a day, what is provably false, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.world import (
    RELATIONS,
    STATES,
    Entity,
    EntityKind,
    Interval,
    Knowledge,
    PartialDate,
    Precision,
    Standing,
    Statement,
    Truth,
    countries,
    written_day,
)

SEEN = date(2026, 11, 22)
MEMBER, OPERATED = RELATIONS["member_of"], RELATIONS["operated_by"]


def interval(start: str = "", end: str = "") -> Interval:
    return Interval(SEEN, *(PartialDate.parse(text) if text else None for text in (start, end)))


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "english"),
    [
        ("2015-09-30", date(2015, 9, 30), date(2015, 9, 30), Precision.DAY, "30 September 2015"),
        (" 2015-09-01 ", date(2015, 9, 1), date(2015, 9, 1), Precision.DAY, "1 September 2015"),
        ("2015-09", date(2015, 9, 1), date(2015, 9, 30), Precision.MONTH, "September 2015"),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29), Precision.MONTH, "February 2016"),
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28), Precision.MONTH, "February 1900"),
        ("2015", date(2015, 1, 1), date(2015, 12, 31), Precision.YEAR, "2015"),
        ("0999-12-31", date(999, 12, 31), date(999, 12, 31), Precision.DAY, "31 December 999"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), Precision.YEAR, "9999"),
    ],
)
def test_a_date_is_read_and_written(text: str, first: date, last: date, precision: Precision, english: str) -> None:
    parsed = PartialDate.parse(text)
    assert parsed == PartialDate(first, last, precision)
    assert (str(parsed), parsed.iso) == (english, text.strip())


@pytest.mark.parametrize(
    "text",
    ["", "15", "2015-9", "2015-09-3", "30.09.2015", "2015/09/30", "2015-09-30T00:00", "20150930", "-2015", "2015-", "Ⅻ",
     "2015 - 09", "next year"],
)  # fmt: skip
def test_what_is_not_written_as_a_date_is_none(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date: write 2015-09-30, or 2015-09, or 2015"):
        PartialDate.parse(text)


@pytest.mark.parametrize("text", ["2015-02-29", "2015-00", "2015-13", "2015-13-01", "2015-04-31", "0000", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        PartialDate.parse(text)


def test_a_day_is_written_without_a_leading_zero() -> None:
    assert written_day(date(2026, 5, 1)) == "1 May 2026"


@given(st.dates())
def test_every_day_is_read_back_as_it_was_written(day: date) -> None:
    assert PartialDate.parse(day.isoformat()) == PartialDate.of(day)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2015-09-30", "2015-09-30", True),
        ("2015-09-30", "2015-09", True),
        ("2015-09-30", "2015", True),
        ("2015", "2015-01", True),
        ("2015-09-30", "2015-10", False),
        ("2015", "2016", False),
        ("2015-12-31", "2016", False),
    ],
)
def test_vague_dates_may_mean_the_same_day(one: str, other: str, same: bool) -> None:
    first, second = PartialDate.parse(one), PartialDate.parse(other)
    assert (first.may_be(second), second.may_be(first)) == (same, same)


# --- intervals ------------------------------------------------------------------------------------------------------

HOLDS = [
    ("2015-09-30", "", {"2015-09-29": False, "2015-09-30": True, "2099-01-01": True}),
    ("", "", {"2026-11-21": None, "2026-11-22": True, "2099-01-01": True}),
    ("2015-09-30", "2020-01-01", {"2015-09-30": True, "2019-12-31": True, "2020-01-01": False, "2020-01-02": False}),
    ("2015", "", {"2014-12-31": False, "2015-01-01": None, "2015-12-30": None, "2015-12-31": True}),
    ("2015-09", "", {"2015-08-31": False, "2015-09-15": None, "2015-09-30": True}),
    ("2010-01-01", "2020", {"2019-12-31": True, "2020-01-01": None, "2020-12-30": None, "2020-12-31": False}),
    ("", "2020-01-01", {"2019-12-31": None, "2020-01-01": False, "2026-11-22": False}),
    ("", "2030-01-01", {"2026-11-21": None, "2026-11-22": True, "2030-01-01": False}),
    ("2015", "2015", {"2014-12-31": False, "2015-06-01": None, "2015-12-31": False}),
]


@pytest.mark.parametrize(("start", "end", "days"), HOLDS)
def test_an_interval_holds_from_its_first_day_until_the_day_before_its_end(
    start: str, end: str, days: dict[str, bool | None]
) -> None:
    during = interval(start, end)
    assert {day: during.holds_on(date.fromisoformat(day)) for day in days} == days


# --- knowledge ------------------------------------------------------------------------------------------------------


def statement(
    subject: str, object_: str, start: str = "", end: str = "", *, functional: bool = False, certain: bool = True
) -> Statement:
    return Statement(subject, OPERATED if functional else MEMBER, object_, interval(start, end), certain=certain)


def in_doubt(subject: str, standing: Standing) -> Statement:
    return replace(statement(subject, "pact", "1980-01-01"), standing=standing)


def knowledge() -> Knowledge:
    """AUT and BEL were in the pact, whose list is whole since 1960; of the league nothing is said to be whole."""
    known = Knowledge()
    known.add(
        [
            statement("AUT", "pact", "1950-01-01", "1970-01-01"),
            statement("AUT", "pact", "1990-01-01"),
            statement("BEL", "pact", "1980"),
            statement("CHE", "pact", "1970-01-01", certain=False),
            statement("AUT", "league", "1950-01-01", "1970-01-01"),
            statement("fort", "USA", "1950-01-01", "1970-01-01", functional=True),
            statement("fort", "FRA", "1970-01-01", functional=True),
            statement("camp", "USA", functional=True, certain=False),
            in_doubt("NOR", Standing.DISPUTED),
            in_doubt("SWE", Standing.ANNOUNCED),
            in_doubt("FIN", Standing.UNCERTAIN),
            statement("FIN", "pact", "1990-01-01"),
            statement("post", "USA", functional=True),
            replace(statement("post", "GBR", functional=True), standing=Standing.DISPUTED),
            replace(statement("mill", "GBR", functional=True), standing=Standing.DISPUTED),
        ]
    )
    known.complete(MEMBER, date(1960, 1, 1), object_="pact")
    known.complete(MEMBER, date(1960, 1, 1), subject="hermit")
    known.doubt("DNK", MEMBER, "pact")
    return known


TRUTHS = [
    ("AUT", "pact", "1950-01-01", Truth.TRUE),
    ("AUT", "pact", "1970-01-01", Truth.ENDED),
    ("AUT", "pact", "1990-01-01", Truth.TRUE),
    ("AUT", "pact", "1949-01-01", Truth.UNKNOWN),  # before the list is whole
    ("BEL", "pact", "1979-12-31", Truth.COMING),
    ("BEL", "pact", "1980-06-01", Truth.UNKNOWN),  # some day in 1980
    ("BEL", "pact", "1980-12-31", Truth.TRUE),
    ("ESP", "pact", "1960-01-01", Truth.UNLISTED),
    ("ESP", "pact", "1959-12-31", Truth.UNKNOWN),
    ("CHE", "pact", "1980-01-01", Truth.UNKNOWN),  # stated, but nothing may depend on it
    ("DNK", "pact", "1980-01-01", Truth.UNKNOWN),  # may well be true too
    ("AUT", "league", "1980-01-01", Truth.UNKNOWN),  # it may have come back: nobody says that the list is whole
    ("ESP", "league", "1960-01-01", Truth.UNKNOWN),
    ("hermit", "league", "1960-01-01", Truth.UNLISTED),
    ("hermit", "league", "1959-12-31", Truth.UNKNOWN),
    ("nobody", "nothing", "1960-01-01", Truth.UNKNOWN),
    ("NOR", "pact", "1990-01-01", Truth.DISPUTED),
    ("NOR", "pact", "1970-01-01", Truth.DISPUTED),  # doubt about one year is often doubt about the next
    ("SWE", "pact", "1990-01-01", Truth.ANNOUNCED),
    ("FIN", "pact", "1995-01-01", Truth.UNCERTAIN),  # what else is stated of it does not take the doubt away
]
FUNCTIONAL_TRUTHS = [
    ("fort", "USA", "1960-01-01", Truth.TRUE),
    ("fort", "FRA", "1960-01-01", Truth.OTHER),
    ("fort", "GBR", "1960-01-01", Truth.OTHER),
    ("fort", "USA", "1970-01-01", Truth.OTHER),
    ("fort", "GBR", "1949-01-01", Truth.UNKNOWN),  # before anything is known
    ("camp", "GBR", "2026-11-22", Truth.UNKNOWN),  # what it has is not certain
    ("camp", "USA", "2026-11-22", Truth.UNKNOWN),
    ("post", "GBR", "2026-11-22", Truth.DISPUTED),
    ("post", "FRA", "2026-11-22", Truth.OTHER),
    ("mill", "FRA", "2026-11-22", Truth.UNKNOWN),  # that it is British is disputed, and proves nothing
]


@pytest.mark.parametrize(("subject", "object_", "day", "truth"), TRUTHS)
def test_a_statement_is_true_false_for_a_reason_or_unknown(subject: str, object_: str, day: str, truth: Truth) -> None:
    assert knowledge().truth(subject, MEMBER, object_, date.fromisoformat(day)) is truth


@pytest.mark.parametrize(("subject", "object_", "day", "truth"), FUNCTIONAL_TRUTHS)
def test_a_functional_relation_proves_every_other_object_wrong(
    subject: str, object_: str, day: str, truth: Truth
) -> None:
    assert knowledge().truth(subject, OPERATED, object_, date.fromisoformat(day)) is truth


def test_every_kind_of_truth_was_met() -> None:
    assert {row[3] for row in TRUTHS + FUNCTIONAL_TRUTHS} == set(Truth)
    unknown = {Truth.UNKNOWN, Truth.DISPUTED, Truth.ANNOUNCED, Truth.UNCERTAIN}
    assert {truth for truth in Truth if not truth.is_known} == unknown
    assert {truth for truth in Truth if truth.is_false} == set(Truth) - unknown - {Truth.TRUE}


def test_knowledge_lists_when_something_began() -> None:
    known = knowledge()
    assert {str(start) for start in known.starts("AUT", MEMBER, "pact")} == {"1 January 1950", "1 January 1990"}
    assert known.starts("camp", OPERATED, "USA") == {None}
    assert known.starts("ESP", MEMBER, "pact") == set()


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 40), st.integers(1, 40)), max_size=6), st.integers(0, 90)
)
def test_nothing_that_was_stated_is_ever_called_false(stated: list[tuple[str, int, int]], offset: int) -> None:
    known = Knowledge()
    known.complete(MEMBER, date.min, object_="pact")
    spans = [(name, SEEN + timedelta(start), SEEN + timedelta(start + length)) for name, start, length in stated]
    known.add(statement(name, "pact", start.isoformat(), end.isoformat()) for name, start, end in spans)
    day = SEEN + timedelta(offset)
    for name in "ABC":
        holds = any(name == other and start <= day < end for other, start, end in spans)
        assert known.truth(name, MEMBER, "pact", day).is_false == (not holds)


# --- countries and relations ----------------------------------------------------------------------------------------


def of_kind(kind: EntityKind) -> list[Entity]:
    return [entity for entity in countries().values() if entity.kind is kind]


def test_there_are_197_countries_and_some_territories() -> None:
    assert len(of_kind(EntityKind.COUNTRY)) == 197
    assert {entity.kind for entity in countries().values()} == STATES
    assert len(of_kind(EntityKind.TERRITORY)) > 40


def test_no_two_countries_share_a_name_or_an_alias() -> None:
    names = [name for entity in countries().values() for name in entity.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("code", "in_text", "alias"),
    [
        ("XKX", "Kosovo", None),
        ("GBR", "the United Kingdom", "uk"),
        ("GBR", "the United Kingdom", "britain"),
        ("USA", "the United States", "usa"),
        ("COD", "the Democratic Republic of the Congo", None),
        ("COG", "the Republic of the Congo", None),
        ("NOR", "Norway", None),
        ("NLD", "the Netherlands", None),
        ("PSE", "the Palestinian Territories", None),
        ("TWN", "Taiwan", None),
        ("VAT", "Vatican City", None),
    ],
)
def test_a_country_has_the_name_that_people_use(code: str, in_text: str, alias: str | None) -> None:
    country = countries()[code]
    assert (country.in_text, country.kind) == (in_text, EntityKind.COUNTRY)
    assert alias is None or alias in country.names


def test_every_country_lies_in_one_of_the_five_regions() -> None:
    regions = {country.region for country in of_kind(EntityKind.COUNTRY)}
    assert regions == {"Africa", "Americas", "Asia", "Europe", "Oceania"}


def test_names_are_plain_and_keys_are_codes_of_three_letters() -> None:
    for key, country in countries().items():
        assert key == country.key
        assert len(key) == 3
        assert key.isupper()
        assert not set(country.name) & set("&[]|’")


@pytest.mark.parametrize("name", RELATIONS)
def test_a_relation_is_found_by_its_name_and_joins_something(name: str) -> None:
    relation = RELATIONS[name]
    assert relation.name == name
    assert relation.domain
    assert relation.range
    assert relation.domain | relation.range <= set(EntityKind)


def test_what_has_one_object_at_a_time_and_what_never_changes() -> None:
    functional = {
        "headquartered_in",
        "operated_by",
        "located_in",
        "administered_by",
        "lies_in",
        "has_flag",
        "is_marked_on",
    }
    assert {name for name, relation in RELATIONS.items() if relation.functional} == functional
    assert {name for name, relation in RELATIONS.items() if not relation.mutable} == {
        "located_in",
        "bordered_by",
        "connects",
        "borders",
        "lies_in",
        "is_marked_on",
    }
