"""The packaged tables say what is known from elsewhere, and the files are those that the rebuild made."""

from __future__ import annotations

import hashlib
import json
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from quizgen.world import EntityKind, countries, gazetteer
from quizgen.world.entities import DATA
from quizgen.world.gazetteer import CHECKED, LANGUAGES, LanguageStatus
from quizgen.world.rebuild import svg, svg_paths
from quizgen.world.rebuild.manifest import BY_HAND
from quizgen.world.rebuild.money import _until

MANIFEST = json.loads((DATA / "manifest.json").read_text(encoding="utf-8"))
COUNTRIES = {key for key, country in countries().items() if country.kind is EntityKind.COUNTRY}

# --- files ------------------------------------------------------------------------------------------------------------


def test_every_file_is_the_one_that_the_rebuild_made() -> None:
    made = {path.relative_to(DATA).as_posix(): path for path in DATA.rglob("*") if path.is_file()}
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in made.items()}
    assert {name: digest for name, digest in digests.items() if name not in BY_HAND} == MANIFEST["files"]
    assert set(made) >= BY_HAND


def test_every_package_is_pinned_to_its_bytes_and_may_be_shipped() -> None:
    assert {package["licence"] for package in MANIFEST["packages"].values()} <= {"Unicode-3.0", "ISC", "MIT"}
    for package in MANIFEST["packages"].values():
        assert re.fullmatch(r"sha512-[\w+/]{86}==", package["integrity"])


def test_all_tables_and_flags_are_small() -> None:
    assert sum(path.stat().st_size for path in DATA.rglob("*") if path.is_file()) < 3_000_000
    assert sum(path.stat().st_size for path in (DATA / "flags").iterdir()) < 1_600_000


def test_every_table_ends_its_lines_with_a_line_feed_alone() -> None:
    assert [path.name for path in DATA.glob("*.csv") if b"\r" in path.read_bytes()] == []


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_territory_has_a_name_of_its_own_in_every_language(language: str) -> None:
    names = gazetteer.names(language)
    assert set(names) == set(countries())
    assert len({name.casefold() for name in names.values()}) == len(names)


def test_english_names_are_those_of_the_countries() -> None:
    assert gazetteer.names("en") == {key: country.name for key, country in countries().items()}


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [
        ("DEU", "fr", "Allemagne"),
        ("DEU", "pl", "Niemcy"),
        ("TUR", "tr", "Türkiye"),
        ("UKR", "uk", "Україна"),
        ("CIV", "fr", "Côte d’Ivoire"),
        ("EGY", "ar", "مصر"),
        ("CHN", "zh", "中国"),
        ("JPN", "ja", "日本"),
        ("HKG", "zh", "香港"),
        ("COD", "zh", "刚果民主共和国"),
        ("COG", "zh", "刚果共和国"),
        ("MMR", "es", "Myanmar"),
        ("MKD", "it", "Macedonia del Nord"),
        ("SWZ", "nl", "Eswatini"),
        ("XKX", "ru", "Косово"),
    ],
)
def test_a_territory_has_the_name_that_is_said(code: str, language: str, name: str) -> None:
    assert gazetteer.names(language)[code] == name


@pytest.mark.parametrize(
    ("names", "key", "language", "name"),
    [
        (gazetteer.currency_names, "USD", "en", "US dollar"),
        (gazetteer.currency_names, "JPY", "de", "Japanischer Yen"),
        (gazetteer.language_names, "ar", "es", "árabe"),
        (gazetteer.region_names, "145", "en", "Western Asia"),
        (gazetteer.region_names, "053", "en", "Australasia"),
        (gazetteer.city_names, "Europe/London", "it", "Londra"),
        (gazetteer.city_names, "Europe/Kiev", "en", "Kyiv"),
        (gazetteer.city_names, "Asia/Beirut", "en", "Beirut"),  # CLDR leaves out what the key says already
    ],
)
def test_what_is_no_territory_has_names_too(names: object, key: str, language: str, name: str) -> None:
    assert callable(names)
    assert names(language)[key] == name


def test_cities_know_their_country() -> None:
    homes = gazetteer.city_homes()
    assert (homes["Europe/Kiev"], homes["Asia/Calcutta"], homes["Africa/Nairobi"]) == ("UKR", "IND", "KEN")
    assert set(homes.values()) <= set(countries())


# --- regions ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "region", "subregion"),
    [
        ("TUR", "Asia", "Western Asia"),
        ("CYP", "Asia", "Western Asia"),
        ("RUS", "Europe", "Eastern Europe"),
        ("MEX", "Americas", "Central America"),
        ("IRN", "Asia", "Southern Asia"),
        ("SDN", "Africa", "Northern Africa"),
        ("GBR", "Europe", "Northern Europe"),
        ("TLS", "Asia", "Southeast Asia"),
    ],
)
def test_a_country_lies_in_its_sub_region_of_m49(code: str, region: str, subregion: str) -> None:
    home = gazetteer.subregion_of(code)
    assert home is not None
    assert (countries()[code].region, countries()[code].subregion, home.name) == (region, subregion, subregion)


def test_there_are_five_regions_and_every_country_lies_in_a_sub_region() -> None:
    assert [region.name for region in gazetteer.regions() if not region.parent] == [
        "Africa",
        "Oceania",
        "Americas",
        "Asia",
        "Europe",
    ]
    assert {code for code in COUNTRIES if gazetteer.subregion_of(code) is None} == set()
    assert gazetteer.subregion_of("ATA") is None


@pytest.mark.parametrize(("code", "number"), [("FRA", "250"), ("AFG", "004"), ("TWN", "158"), ("XKX", "")])
def test_a_country_has_its_number(code: str, number: str) -> None:
    assert countries()[code].numeric == number


# --- borders ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "neighbours"),
    [
        ("PRT", {"ESP"}),
        ("MNG", {"RUS", "CHN"}),
        ("LIE", {"AUT", "CHE"}),
        ("VAT", {"ITA"}),
        ("BWA", {"NAM", "ZAF", "ZWE", "ZMB"}),
        ("XKX", {"ALB", "MKD", "MNE", "SRB"}),
        ("PSE", {"EGY", "ISR", "JOR"}),
        ("AZE", {"ARM", "GEO", "IRN", "RUS", "TUR"}),
        ("ESP", {"AND", "FRA", "MAR", "PRT"}),
        ("LKA", set()),
        ("CYP", set()),
    ],
)
def test_a_country_borders_its_neighbours(code: str, neighbours: set[str]) -> None:
    assert gazetteer.neighbours()[code] == neighbours


def test_the_map_and_its_exceptions_give_316_borders_among_the_197() -> None:
    assert len(gazetteer.borders()) == 316
    assert {code for pair in gazetteer.borders() for code in pair} <= COUNTRIES
    assert set(gazetteer.neighbours()) == COUNTRIES
    assert {len(pair) for pair in gazetteer.borders()} == {2}


@pytest.mark.parametrize(
    ("relation", "subject", "object_", "askable"),
    [
        ("borders", "FRA", "DEU", True),
        ("borders", "BRA", "FRA", False),
        ("borders", "FRA", "BRA", False),  # whichever way round
        ("borders", "MAR", "MRT", False),
        ("borders", "DNK", "CAN", False),
        ("borders", "BWA", "ZMB", True),
        ("borders", "IND", "LKA", True),
        ("currency", "HTI", "USD", False),
        ("currency", "HTI", "HTG", True),
        ("currency", "BTN", "INR", True),
        ("official_language", "UKR", "ru", True),  # known to be false
        ("official_language", "ZAF", "en", False),  # one of twelve
        ("official_language", "FRA", "fr", True),
        ("flag", "AFG", "AFG", False),
        ("flag", "SYR", "SYR", True),
    ],
)
def test_what_sources_or_governments_differ_on_is_not_asked(
    relation: str, subject: str, object_: str, askable: bool
) -> None:
    assert gazetteer.is_askable(relation, subject, object_) is askable


# --- currencies -------------------------------------------------------------------------------------------------------


def tender(territory: str, day: str) -> set[str]:
    on = date.fromisoformat(day)
    return {use.code for use in gazetteer.currencies() if use.territory == territory and use.during.holds_on(on)}


@pytest.mark.parametrize(
    ("territory", "days"),
    [
        ("HRV", {"2022-12-31": {"HRK"}, "2023-01-01": {"HRK", "EUR"}, "2023-01-15": {"EUR"}}),
        ("BGR", {"2025-12-31": {"BGN"}, "2026-01-01": {"BGN", "EUR"}, "2026-01-31": {"BGN", "EUR"}}),
        ("BGR", {"2026-02-01": {"EUR"}}),
        ("EST", {"2010-12-31": {"EEK"}, "2011-01-14": {"EEK", "EUR"}, "2011-01-15": {"EUR"}}),
        ("LTU", {"2014-12-31": {"LTL"}, "2015-01-15": {"LTL", "EUR"}, "2015-01-16": {"EUR"}}),
        ("LVA", {"2013-12-31": {"LVL"}, "2014-01-14": {"LVL", "EUR"}, "2014-01-15": {"EUR"}}),
        ("SVK", {"2008-12-31": {"SKK"}, "2009-01-16": {"SKK", "EUR"}, "2009-01-17": {"EUR"}}),
        ("SVN", {"2006-12-31": {"SIT"}, "2007-01-14": {"SIT", "EUR"}, "2007-01-15": {"EUR"}}),
        ("CYP", {"2007-12-31": {"CYP"}, "2008-01-31": {"CYP", "EUR"}, "2008-02-01": {"EUR"}}),
        ("MLT", {"2007-12-31": {"MTL"}, "2008-01-31": {"MTL", "EUR"}, "2008-02-01": {"EUR"}}),
        ("DEU", {"1998-12-31": {"DEM"}, "2001-12-31": {"DEM", "EUR"}, "2002-01-01": {"EUR"}}),
        ("FRA", {"2002-02-17": {"FRF", "EUR"}, "2002-02-18": {"EUR"}}),
        ("IRL", {"2002-02-09": {"IEP", "EUR"}, "2002-02-10": {"EUR"}}),
        ("NLD", {"2002-01-27": {"NLG", "EUR"}, "2002-01-28": {"EUR"}}),
        ("AUT", {"2002-02-28": {"ATS", "EUR"}, "2002-03-01": {"EUR"}}),
        ("SMR", {"2002-02-28": {"ITL", "EUR"}, "2002-03-01": {"EUR"}}),
        ("SLV", {"2000-12-31": {"SVC"}, "2001-01-01": {"SVC", "USD"}, "2026-11-22": {"SVC", "USD"}}),
        ("TJK", {"2000-10-29": {"TJR"}, "2001-03-31": {"TJR", "TJS"}, "2001-04-01": {"TJS"}}),
        ("ZWE", {"2026-11-22": {"USD", "ZWG"}}),
        ("CUB", {"2020-01-01": {"CUC", "CUP"}, "2026-11-22": {"CUP"}}),
        ("BOL", {"2026-11-22": {"BOB"}}),  # not BOV, a unit of account
        ("CHE", {"2026-11-22": {"CHF"}}),
        ("SLE", {"2026-11-22": {"SLE"}}),
        ("ATA", {"2026-11-22": set()}),
    ],
)
def test_a_currency_is_tender_from_its_first_day_to_its_last(territory: str, days: dict[str, set[str]]) -> None:
    assert {day: tender(territory, day) for day in days} == days


def test_every_country_has_a_currency_and_few_have_two() -> None:
    having = {code: tender(code, CHECKED.isoformat()) for code in COUNTRIES}
    assert {code for code, current in having.items() if not current} == set()
    assert {code for code, current in having.items() if len(current) > 1} == {
        *("BTN", "HTI", "LSO", "NAM", "PAN", "PSE", "SLV", "ZWE"),
    }


@pytest.mark.parametrize(
    ("last", "changes", "until"),
    [
        ("", set[str](), ""),
        ("2023-01-14", {"2023-01-01"}, "2023-01-15"),
        ("2014-12-31", {"2015-01-01"}, "2015-01-01"),
        ("2001-01-01", {"2001-01-01"}, "2001-01-01"),
        ("2024-02-29", set[str](), "2024-03-01"),
    ],
)
def test_the_day_after_the_last_is_the_end_unless_the_last_is_the_day_of_the_change(
    last: str, changes: set[str], until: str
) -> None:
    assert _until(last, changes) == until


# --- languages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("territory", "official", "regional"),
    [
        ("FRA", {"fr"}, False),
        ("BEL", {"de", "fr", "nl"}, False),
        ("UKR", {"uk"}, False),
        ("ESP", {"es"}, True),
        ("PRY", {"es", "gn"}, False),
        ("FIN", {"fi", "sv"}, True),
        ("JPN", {"ja"}, False),
    ],
)
def test_a_country_has_its_official_languages(territory: str, official: set[str], regional: bool) -> None:
    own = [language for language in gazetteer.official_languages() if language.territory == territory]
    assert {language.code for language in own if language.status is LanguageStatus.OFFICIAL} == official
    assert any(language.status is LanguageStatus.REGIONAL for language in own) is regional


# --- flags ------------------------------------------------------------------------------------------------------------


def test_every_country_has_a_flag_and_only_two_codes_have_none() -> None:
    assert {code for code in countries() if gazetteer.flag_path(code) is None} == {"ASC", "TAA"}


@pytest.mark.parametrize("path", sorted((DATA / "flags").iterdir()), ids=lambda path: path.stem)
def test_a_flag_is_a_picture_and_nothing_else(path: Path) -> None:
    root = ET.fromstring(path.read_bytes())
    assert (root.tag, root.get("viewBox")) == (f"{{{svg.SVG}}}svg", "0 0 640 480")
    assert (root.get("width"), root.get("height")) == ("640", "480")
    used = {name for element in root.iter() for name in svg.used_by(element)}
    assert {svg.local(element.tag) for element in root.iter()} <= svg.ALLOWED
    assert {element.get("id") for element in root.iter()} - {None} == used


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("ROU", "TCD", True),
        ("IDN", "MCO", True),
        ("FRA", "REU", True),
        ("LUX", "NLD", False),
        ("CIV", "IRL", False),  # the one is the other turned over
        ("IDN", "POL", False),
        ("AUS", "NZL", False),
        ("SLV", "NIC", False),
        ("JPN", "BRA", None),
        ("DEU", "BEL", None),
    ],
)
def test_flags_that_look_alike_are_near_or_the_same(one: str, other: str, same: bool | None) -> None:
    verdicts = {look.pair: look.same for look in gazetteer.look_alikes()}
    assert verdicts.get(frozenset((one, other))) is same


# --- the rebuild ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "unit", "digits", "thinned"),
    [
        ("M0 0h10v10H0z", 0.1, 0, "m0 0h10v10h-10z"),
        ("M 0,0 L 5,0 L 10,0 L 10,10", 0.1, 0, "m0 0h10v10"),  # a point in the middle of a line is no corner
        ("m1 1l.04.04 5 0z", 0.1, 1, "m1 1h5z"),
        ("M0 0C0 5 5 10 10 10S20 5 20 0", 0.1, 1, "m0 0c0 5 5 10 10 10 5 0 10-5 10-10"),
        ("M0 0C3 0 7 0 10 0", 0.1, 1, "m0 0h10"),  # a bend that is none
        ("M.26 0l.26 9 .26-9z", 0.01, 1, "m.3 0 .2 9 .3-9z"),  # rounding does not add up
        ("M0 0Q5 5 10 0T20 0", 0.1, 1, "m0 0q5 5 10 0 5-5 10 0"),
        ("M1 1 2 5zm3 3 2 5z", 0.1, 1, "m1 1 1 4zm3 3 2 5z"),
    ],
)
def test_a_path_is_written_with_fewer_digits(path: str, unit: float, digits: int, thinned: str) -> None:
    assert svg_paths.thinned(path, unit, digits) == thinned


def test_a_path_with_arcs_is_left_alone() -> None:
    assert svg_paths.thinned("M0 0a5 5 0 0 1 10 0z", 0.1, 1) is None


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480">'


@pytest.mark.parametrize(
    ("inside", "smaller"),
    [
        ("<!-- a comment -->\n <path id='unused' d='M0 0h1'/>", '<path d="M0 0h1"/>'),
        ("<g id='a'><path d='M0 0'/></g><use href='#a'/>", '<g id="a"><path d="M0 0"/></g><use href="#a"/>'),
        ("<path class='x' aria-label='y' font-size='3' d='M0\n 0'/>", '<path d="M0 0"/>'),
    ],
)
def test_a_picture_loses_what_is_not_seen(inside: str, smaller: str) -> None:
    text = svg.minified(f"{HEAD}{inside}</svg>", width=640, height=480, exact_to=None)
    assert text == f'{HEAD[:-1]} width="640" height="480">{smaller}</svg>'


@pytest.mark.parametrize(
    "harm", ["<script>1</script>", "<image href='https://a.example/'/>", "<g onload='x'/>", "<use href='b.svg#a'/>"]
)
def test_a_picture_that_does_more_than_show_is_refused(harm: str) -> None:
    with pytest.raises(svg.HarmfulFileError):
        svg.minified(f"{HEAD}{harm}</svg>", width=640, height=480, exact_to=None)
