"""The words of questions, read from `templates/questions`: the code knows kinds, the templates know sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import yaml

from quizgen.facts import Fact, RelationFact, Source
from quizgen.paths import TEMPLATES
from quizgen.world import Entity, Interval, PartialDate, Precision

FALLBACK = "en"
# How many citations, and written days, are remembered.
KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Calendar:
    """How a language writes dates: `months` as they stand beside a day, `alone` without one, `first` of a month."""

    day: str
    month: str
    year: str
    months: tuple[str, ...]
    alone: tuple[str, ...] = ()
    first: str = "1"

    def write(self, when: PartialDate) -> str:
        """Write a date: `30 September 2015`, `September 2015` or `2015`."""
        return _written(self, when.first, when.precision)


@dataclass(frozen=True, slots=True)
class Wording:
    """The templates of one language.

    `two_traits` joins traits of two relations, where the conjunction alone would not do; `direction` is that of the
    script; `decks` are the titles of the decks that ship, `card` the words around a question, `superseded` why one is
    asked no longer.
    """

    relations: Mapping[str, Mapping[str, str]]
    plain: Mapping[str, str]
    comparisons: Mapping[str, str]
    apart: Mapping[str, str]
    both: Mapping[str, str]
    dates: Mapping[str, Mapping[str, str]]
    source: str
    hedged: str
    conjunction: str
    calendar: Calendar
    comma: str = ", "
    two_traits: str = ""
    direction: str = "ltr"
    decks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    card: Mapping[str, str] = field(default_factory=dict)
    superseded: Mapping[str, str] = field(default_factory=dict)

    def has(self, fact: RelationFact, name: str) -> bool:
        """Tell whether a relation has a sentence of this name, and so questions of that kind."""
        return name in self.relations.get(fact.worded, {})

    def sentence(self, fact: RelationFact, name: str, day: date, **others: Entity | Sequence[Entity]) -> str:
        """Fill the sentence `name` of the fact's relation; `others` replace the fact's own subject or object."""
        words = self._names("subject", others.get("subject", fact.subject))
        words |= self._names("object", others.get("object", fact.object))
        for slot in others.keys() - {"subject", "object"}:
            words |= self._names(slot, others[slot])
        words |= self._dates(fact.during)
        return self.relations[fact.worded][name].format(**words, day=self.written(day))

    def _dates(self, during: Interval) -> dict[str, str]:
        """Write when it began and ended: `start`, `when` it began with its preposition, and the `last` day."""
        start = during.start
        words = self.dates[start.precision] if start else {"when": "", "asked": ""}
        written = self.calendar.write(start) if start else ""
        when, asked = words["when"].format(date=written), words["asked"]
        spoken = {"start": written, "when": when, "asked": asked, "Asked": sentence_case(asked)}
        return spoken | {"last": self._last(during)}

    def _last(self, during: Interval) -> str:
        if not during.end:
            return ""
        whole = during.end.precision is Precision.DAY
        return self.written(during.end.first - timedelta(days=1)) if whole else self.calendar.write(during.end)

    def written(self, day: date) -> str:
        """Write a day."""
        return self.calendar.write(PartialDate.of(day))

    def _names(self, slot: str, entities: Entity | Sequence[Entity]) -> dict[str, str]:
        several = [entities] if isinstance(entities, Entity) else entities
        *first, last = (entity.in_text for entity in several)
        text = f"{self.comma.join(first)}{self.conjunction}{last}" if first else last
        return {slot: text, slot.capitalize(): sentence_case(text)}

    def statement(self, fact: RelationFact, day: date) -> str:
        """Say what the fact says, in the tense that is right on that day."""
        return self.sentence(fact, self._tense(fact, day), day)

    def _tense(self, fact: RelationFact, day: date) -> str:
        during, holds = fact.during, fact.during.holds_on(day)
        if holds is False and during.end and day >= during.end.last and self.has(fact, "ended"):
            return "ended"
        if holds is False and during.start and day < during.start.first and self.has(fact, "coming"):
            return "coming"
        return "since" if during.start and self.has(fact, "since") else "statement"

    def between(self, fact: RelationFact, name: str, first: date, last: date) -> str:
        """Fill a sentence that names two days."""
        words = self._names("subject", fact.subject) | self._names("object", fact.object)
        days = {"first": self.written(first), "last": self.written(last)}
        return self.relations[fact.relation.name][name].format(**words, **days)

    def trait(self, fact: RelationFact) -> str:
        """Say what the fact says of its subject, without the subject: `leads into the Black Sea`."""
        return self.sentence(fact, "trait", fact.as_of)

    def compare(self, name: str, trait: RelationFact, subject: Entity, other: Entity) -> str:
        """Say how a trait stands to a subject and to another thing."""
        words = self._names("subject", subject) | self._names("other", other)
        said = self.trait(trait)
        return self.comparisons[name].format(**words, trait=said, Trait=sentence_case(said))

    def asks_apart(self, sort: str, subject: Entity, other: Entity, day: date) -> str:
        """Ask what sets a subject apart from another of its sort."""
        words = self._names("subject", subject) | self._names("other", other)
        return self.apart[sort].format(**words, day=self.written(day))

    def asks_both(self, sort: str, one: RelationFact, other: RelationFact, day: date) -> str:
        """Ask for the thing that has two traits: "belongs to both A and B", or one verb each."""
        if one.relation is other.relation:
            several = self._names("object", [one.object, other.object])
            traits = self.relations[one.relation.name]["both_traits"].format(**several)
        else:
            joined = self.two_traits or f"{{one}}{self.conjunction}{{other}}"
            traits = joined.format(one=self.trait(one), other=self.trait(other))
        return self.both[sort].format(traits=traits, day=self.written(day))

    def citation(self, fact: Fact) -> str:
        """Name the source and the day on which it was read."""
        return _citation(self.source, fact.source, self.calendar, self.hedged if fact.hedged else "")


@cache
def wording(language: str) -> Wording:
    """Read the templates of a language; English where there are none."""
    folder = TEMPLATES / "questions"
    file = folder / f"{language}.yaml"
    text = (file if file.is_file() else folder / f"{FALLBACK}.yaml").read_text(encoding="utf-8")
    templates: dict[str, Any] = yaml.safe_load(text)
    dates = templates["calendar"]
    calendar = Calendar(**dates | {name: tuple(dates[name]) for name in ("months", "alone") if name in dates})
    return Wording(**templates | {"calendar": calendar})


@lru_cache(KEPT)
def _citation(template: str, source: Source, calendar: Calendar, hedged: str) -> str:
    """Cite a source: once for all its facts, as their questions then share one text."""
    read = calendar.write(PartialDate.of(source.retrieved))
    cited = template.format(publisher=source.publisher, title=source.title, retrieved=read)
    return f"{cited} {hedged}" if hedged else cited


def sentence_case(text: str) -> str:
    """Begin with a capital letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


@lru_cache(KEPT)
def _written(calendar: Calendar, day: date, precision: Precision) -> str:
    month = calendar.months[day.month - 1]
    if precision is Precision.DAY:
        number = calendar.first if day.day == 1 else day.day
        return calendar.day.format(day=number, month=month, year=day.year)
    if precision is Precision.MONTH:
        return calendar.month.format(month=(calendar.alone or calendar.months)[day.month - 1], year=day.year)
    return calendar.year.format(year=day.year)
