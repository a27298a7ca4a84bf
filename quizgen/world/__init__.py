"""The world: what exists, what can be said of it, and what is true or provably false on a day.

Takes packaged data (countries, from CLDR) and the statements of decks; gives `Entity`, `Relation`, `Interval` and
`Knowledge`. Intention: a wrong option is wrong because this room can prove it, never because we have not heard of it.
"""

from quizgen.world.dates import Interval, PartialDate, Precision, written_day
from quizgen.world.entities import BASES, PASSAGES, SORTS, STATES, Entity, EntityKind, countries
from quizgen.world.former_names import FormerName, named_on
from quizgen.world.knowledge import Knowledge, Standing, Statement, Truth
from quizgen.world.relations import RELATIONS, Relation

__all__ = [
    "BASES",
    "PASSAGES",
    "RELATIONS",
    "SORTS",
    "STATES",
    "Entity",
    "EntityKind",
    "FormerName",
    "Interval",
    "Knowledge",
    "PartialDate",
    "Precision",
    "Relation",
    "Standing",
    "Statement",
    "Truth",
    "countries",
    "named_on",
    "written_day",
]
