"""The things that facts are about: countries, which ship with quizgen, and whatever else a deck names."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType


class EntityKind(StrEnum):
    """What sort of thing an entity is; options of one question are always of one sort."""

    COUNTRY = "country"
    TERRITORY = "territory"
    ORGANISATION = "organisation"
    TREATY = "treaty"
    CITY = "city"
    PERSON = "person"
    STRAIT = "strait"
    CANAL = "canal"
    WATER = "water"
    AIR_BASE = "air base"
    NAVAL_BASE = "naval base"
    ARMY_BASE = "army base"
    MILITARY_BASE = "military base"
    DISPUTED_AREA = "disputed area"
    REGION = "region"
    CURRENCY = "currency"
    LANGUAGE = "language"
    FLAG = "flag"
    MAP = "map"


DATA = Path(__file__).parent / "data"

STATES = frozenset({EntityKind.COUNTRY, EntityKind.TERRITORY})
PASSAGES = frozenset({EntityKind.STRAIT, EntityKind.CANAL})
BASES = frozenset({EntityKind.AIR_BASE, EntityKind.NAVAL_BASE, EntityKind.ARMY_BASE, EntityKind.MILITARY_BASE})
# Kinds that are spoken of alike, by the name of their sort; a kind that is not here is a sort of its own.
SORTS = MappingProxyType(
    {kind: sort for sort, kinds in {"state": STATES, "base": BASES, "passage": PASSAGES}.items() for kind in kinds}
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Something with a written key. `at` is latitude and longitude in degrees; `home` is the country it lies in.

    `region` is a country's region in the UN's standard M49, such as Europe, `subregion` the smallest group there, such
    as Southern Europe, and `numeric` its code there; `since` is the day on which a state that is younger than the UN
    became one or was admitted, before which it is no wrong answer. `picture` names what a flag or a map looks like,
    such as `flag/fra`; `note` is for those who keep the deck. `in_text` is the name as it stands inside a sentence
    (`the Strait of Hormuz`), `label` as it stands alone, `names` every name it goes by, for comparing, and `regions`
    those that a country lies in, from wide to narrow: put together once, as a large library asks for them at every
    turn.
    """

    key: str
    name: str
    kind: EntityKind
    article: str = ""
    aliases: tuple[str, ...] = ()
    home: str = ""
    region: str = ""
    since: date | None = None
    at: tuple[float, float] | None = None
    subregion: str = ""
    numeric: str = ""
    picture: str = ""
    note: str = field(default="", compare=False)
    in_text: str = field(init=False, repr=False, compare=False)
    label: str = field(init=False, repr=False, compare=False)
    regions: tuple[str, ...] = field(init=False, repr=False, compare=False)
    names: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put together what is asked for at every turn."""
        object.__setattr__(self, "label", self.name[:1].upper() + self.name[1:])
        object.__setattr__(self, "regions", tuple(filter(None, (self.region, self.subregion))))
        object.__setattr__(self, "in_text", f"{self.article} {self.name}".strip())
        object.__setattr__(self, "names", frozenset(name.casefold() for name in (self.name, *self.aliases)))


@cache
def countries() -> MappingProxyType[str, Entity]:
    """Give the countries and territories by their alpha-3 code (XKX is Kosovo); names are those of CLDR."""
    text = (DATA / "countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    since = _young_states()
    return MappingProxyType(
        {
            row["code"]: Entity(
                key=row["code"],
                name=row["name"],
                kind=EntityKind(row["kind"]),
                article=row["article"],
                region=row["region"],
                subregion=row["subregion"],
                numeric=row["numeric"],
                since=since.get(row["code"]),
                aliases=tuple(filter(None, row["aliases"].split("|"))),
            )
            for row in rows
        }
    )


def _young_states() -> dict[str, date]:
    """Read when states began that are younger than the UN: their independence, or their admission."""
    text = (DATA / "young_states.csv").read_text(encoding="utf-8")
    return {row["code"]: date.fromisoformat(row["since"]) for row in csv.DictReader(text.splitlines())}
