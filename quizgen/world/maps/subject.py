"""What a map is asked to show, and what may be said of it to those who cannot see it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quizgen.world.entities import EntityKind, countries
from quizgen.world.maps.areas import areas
from quizgen.world.maps.topology import Detail, atlas

Place = tuple[float, float]  # latitude, longitude, as in `Entity.at`

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class Zoom(StrEnum):
    """How much is seen around a place; the kilometres stand in the template."""

    REGION = "region"
    COUNTRY = "country"
    LOCAL = "local"
    NEAR = "near"


@dataclass(frozen=True, slots=True)
class Subject:
    """Countries (by code) and disputed areas (by key) to highlight, and places to mark in the order of their numbers.

    Without a zoom the map is framed so that all of it is in sight among its neighbours; with one, `zoom` says how much
    is seen around `around`, or around the middle of what is shown.
    """

    countries: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    numbered: bool = False
    around: Place | None = None
    zoom: Zoom | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn, and say what it was."""
        unknown = [code for code in self.countries if code not in atlas(Detail.NORMAL).labels]
        unknown += [key for key in self.areas if key not in areas()]
        if unknown:
            message = f"no map knows {', '.join(unknown)}: write alpha-3 codes such as SYR, or keys of data/areas.yaml"
            raise ValueError(message)
        wrong = [at for at in (*self.places, *filter(None, [self.around])) if not _on_earth(at)]
        if wrong:
            message = f"{wrong[0]} is no latitude and longitude in degrees, in this order"
            raise ValueError(message)
        if not (self.countries or self.areas or self.places or self.around):
            message = "a map needs a subject: a country, an area, a place, or a place to look around"
            raise ValueError(message)

    @classmethod
    def country(cls, *codes: str) -> Subject:
        """One country or several, highlighted."""
        return cls(countries=codes)

    @classmethod
    def place(cls, at: Place, zoom: Zoom | None = None) -> Subject:
        """One place, marked without a number."""
        return cls(places=(at,), zoom=zoom)

    @classmethod
    def numbers(cls, *places: Place) -> Subject:
        """Places marked 1, 2, 3..., on a map on which nothing else stands out."""
        return cls(places=places, numbered=True)


def _on_earth(at: Place) -> bool:
    return -90 <= at[0] <= 90 and -180 <= at[1] <= 180


def alt_text(subject: Subject) -> str:
    """Say what kind of map it is without giving its answer away: the region at most, never a name."""
    shown = [*_countries(subject), *_areas(subject), *_places(subject)]
    return f"Map{_region(subject)} with {' and '.join(shown)}" if shown else "Map with nothing marked"


def _region(subject: Subject) -> str:
    regions = {countries()[code].region for code in subject.countries}
    whole = len(regions) == 1 and not (subject.areas or subject.places)
    return f" of {regions.pop()}" if whole and "" not in regions else ""


def _countries(subject: Subject) -> list[str]:
    kinds = {countries()[code].kind for code in subject.countries}
    one, many = ("territory", "territories") if kinds == {EntityKind.TERRITORY} else ("country", "countries")
    return [f"{_counted(subject.countries, one, many)} highlighted"] if subject.countries else []


def _areas(subject: Subject) -> list[str]:
    return [f"{_counted(subject.areas, 'disputed area', 'disputed areas')} highlighted"] if subject.areas else []


def _places(subject: Subject) -> list[str]:
    if not subject.places:
        return []
    numbers = f" with numbers from 1 to {len(subject.places)}" if subject.numbered else ""
    return [f"{_counted(subject.places, 'place', 'places')} marked{numbers}"]


def _counted(things: tuple[object, ...], one: str, many: str) -> str:
    number = WORDS[len(things)] if len(things) < len(WORDS) else str(len(things))
    return f"{number} {one if len(things) == 1 else many}"
