"""Entries become sources, entities and facts: keys are looked up in one sheet, and what they lead to is checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from quizgen.facts.lines import line_of
from quizgen.facts.model import (
    Fact,
    PlainFact,
    RelationFact,
    Source,
    Wrong,
)
from quizgen.facts.on_the_map import fault_of, object_hint
from quizgen.facts.plain_text import short
from quizgen.facts.schema import EntityEntry, FactEntry, SourceEntry
from quizgen.facts.validate import Path, Sheet, a
from quizgen.problems import did_you_mean
from quizgen.world import RELATIONS, Entity, EntityKind, Interval, PartialDate, Relation, Standing, countries
from quizgen.world.maps import areas
from quizgen.world.pictures import OUTLINE, has_picture, map_of

# Stands in where an entry is broken and was already complained of, so that the facts that use it can still be checked.
_BROKEN_SOURCE = Source("", "", "", date.min)

_HINTS = 100

PICTURED = frozenset({EntityKind.FLAG, EntityKind.MAP})
# Of this relation the object need not be written: it is the map that is drawn of the subject.
ON_THE_MAP = "is_marked_on"


class Builder:
    """Looks keys up in one sheet; problems go to the sheet."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.as_of = sheet.head.as_of if sheet.head else date.min
        self.deck = sheet.head.deck if sheet.head else ""
        self.sources = {key: _source(key, entry) for key, entry in sheet.sources.items()}
        self.entities = {key: _entity(key, entry) for key, entry in sheet.entities.items()}
        for key, entry in sheet.entities.items():
            if entry and entry.home:
                self._check_home(("entities", key, "in"), entry.home)
            if entry and (entry.picture or entry.kind in PICTURED):
                self._check_picture(("entities", key), entry)

    def source(self, path: Path, key: str | None) -> Source:
        """Find a source; with only one in the deck it need not be named."""
        if key is None and len(self.sources) == 1:
            return next(iter(self.sources.values()))
        if key is None:
            if self.sheet.sources:
                self.sheet.complain(path, "'source' is missing", "one of: " + ", ".join(self.sources))
            return _BROKEN_SOURCE
        if key not in self.sources:
            self.sheet.complain((*path, "source"), f"no source '{key}'", did_you_mean(key, self.sources))
        return self.sources.get(key, _BROKEN_SOURCE)

    def entity(self, path: Path, key: str) -> Entity | None:
        """Find an entity of this deck, or a country by its code."""
        found = self.entities[key] if key in self.entities else countries().get(key)
        if found is None and key not in self.entities:
            # To look for what was meant takes time: a flood of mistakes is told without.
            hint = _entity_hint(key, self.entities) if len(self.sheet.problems) < _HINTS else ""
            self.sheet.complain(path, f"no entity '{short(key)}'", hint)
        return found

    def _check_home(self, path: Path, home: str) -> None:
        """What a thing lies in is a country: regions, maps and the circle of good traps are known of countries only."""
        if home in self.entities and home not in countries():
            hint = "write the code of a country, such as DJI, or leave 'in' out"
            self.sheet.complain(path, f"'in': '{short(home)}' is no country", hint)
        else:
            self.entity(path, home)

    def _check_picture(self, path: Path, entry: EntityEntry) -> None:
        """A flag or a map is a packaged picture; of a disputed area, the maps may know the outline."""
        kind, _, name = entry.picture.partition("/")
        if not entry.picture:
            self.sheet.complain(path, f"a {entry.kind} needs a 'picture'", f"write picture: {entry.kind}/fra")
        elif kind == OUTLINE and entry.kind is EntityKind.DISPUTED_AREA:
            if name not in areas():
                hint = did_you_mean(name, areas()) or "leave it out: then a ring is drawn around its place"
                self.sheet.complain((*path, "picture"), f"no map has an outline of '{name}'", hint)
        elif kind != entry.kind:
            self.sheet.complain((*path, "picture"), f"'{entry.picture}' is no picture of {a(entry.kind)}")
        elif not has_picture(entry.picture):
            hint = "the codes of countries have three letters: flag/fra, map/fra"
            self.sheet.complain((*path, "picture"), f"no picture '{entry.picture}'", hint)

    def relation(self, path: Path, name: str) -> Relation | None:
        """Find a relation of the vocabulary."""
        if name not in RELATIONS:
            hint = did_you_mean(name, RELATIONS) or "one of: " + ", ".join(RELATIONS)
            self.sheet.complain((*path, "relation"), f"no relation '{short(name)}'", hint)
        return RELATIONS.get(name)

    def fact(self, path: Path, entry: FactEntry) -> Fact | None:
        """Make a fact of either sort."""
        written = {"answer": entry.answer, "distractors": entry.distractors, "set": entry.option_set}
        plain = [name for name, value in written.items() if value]
        relational = [name for name in ("subject", "relation", "object") if getattr(entry, name)]
        if plain and relational:
            hint = "write 'ask' and 'answer', or 'subject', 'relation' and 'object'"
            self.sheet.complain(path, f"'{plain[0]}' and '{relational[0]}' do not go together", hint)
            return None
        return self._relation_fact(path, entry) if relational else self._plain_fact(path, entry)

    def _plain_fact(self, path: Path, entry: FactEntry) -> PlainFact | None:
        for name in ("ask", "answer"):
            if not getattr(entry, name):
                self.sheet.complain(path, f"'{name}' is missing", "a fact is a question and its answer, or a relation")
        if entry.standing is not Standing.ASSERTED:
            hint = "a question that is not to be asked is 'status: draft'"
            self.sheet.complain((*path, "standing"), "only a relation has a standing", hint)
        common = self._common(path, entry)
        if not isinstance(entry.ask, str) or entry.answer is None:
            return None
        wrong = tuple(Wrong(distractor.text, distractor.why) for distractor in entry.distractors)
        return PlainFact(
            **common,
            ask=entry.ask,
            answer=entry.answer,
            wrong=wrong,
            option_set=entry.option_set,
            start=entry.start,
            end=entry.end,
        )

    def _relation_fact(self, path: Path, entry: FactEntry) -> RelationFact | None:
        self._check_fields(path, entry)
        parts = self._parts(path, entry)
        common = self._common(path, entry)
        if parts is None:
            return None
        subject, relation, object_ = parts
        self.fits(path, "subject", subject, relation.domain)
        self.fits(path, "object", object_, relation.range)
        during = Interval(entry.as_of or self.as_of, entry.start, entry.end)
        return RelationFact(
            **common, subject=subject, relation=relation, object=object_, during=during, standing=entry.standing
        )

    def _check_fields(self, path: Path, entry: FactEntry) -> None:
        for name in ("subject", "relation", "object"):
            if not getattr(entry, name) and not (name == "object" and _is_drawn(entry)):
                self.sheet.complain(path, f"'{name}' is missing", "a relation needs subject, relation and object")
        if isinstance(entry.ask, str):
            self.sheet.complain((*path, "ask"), "a relation needs no 'ask'", "its questions are worded by quizgen")
        if entry.standing is not Standing.ASSERTED and not entry.note:
            hint = "write in 'note' who says what, or what could not be verified"
            self.sheet.complain((*path, "standing"), f"it is {entry.standing}, and nothing says why", hint)

    def _parts(self, path: Path, entry: FactEntry) -> tuple[Entity, Relation, Entity] | None:
        """Find what a relation holds between; the map of what is marked on one may be left to be drawn."""
        subject = self.entity((*path, "subject"), entry.subject) if entry.subject else None
        relation = self.relation(path, entry.relation) if entry.relation else None
        object_ = self.entity((*path, "object"), entry.object) if entry.object else None
        if subject and entry.relation == ON_THE_MAP:
            self._check_place(path, subject)
        if subject and _is_drawn(entry):
            object_ = map_of(subject)
        elif subject and object_ and object_.picture:
            self._check_own_picture(path, subject, object_)
        return (subject, relation, object_) if subject and relation and object_ else None

    def _check_place(self, path: Path, subject: Entity) -> None:
        """What is marked on a map has a place there."""
        fault = fault_of(subject)
        if fault:
            slot, message, hint = fault
            self.sheet.complain((*path, slot), message, hint)

    def _check_own_picture(self, path: Path, subject: Entity, shown: Entity) -> None:
        if not shown.picture.endswith(f"/{subject.key.lower()}"):
            hint = object_hint(subject) or f"write {shown.kind}/{subject.key.lower()} at its entity"
            message = f"the picture of '{short(shown.key)}' is not that of {short(subject.key)}"
            self.sheet.complain((*path, "object"), message, hint)

    def fits(self, path: Path, slot: str, entity: Entity, kinds: frozenset[EntityKind]) -> None:
        """An entity is of a kind that a relation takes."""
        if entity.kind not in kinds:
            message = f"'{short(entity.key)}' is {a(entity.kind)}, which this relation does not take as its {slot}"
            self.sheet.complain((*path, slot), message, "it takes: " + ", ".join(sorted(kinds)))

    def _common(self, path: Path, entry: FactEntry) -> dict[str, Any]:
        """Give the fields that both sorts of fact have."""
        self._check_order(path, entry.start, entry.end)
        self._check_quote(path, entry)
        return {
            "key": entry.id,
            "deck": self.deck,
            "file": self.sheet.file,
            "line": line_of(self.sheet.tree, path),
            "source": self.source(path, entry.source),
            "as_of": entry.as_of or self.as_of,
            "kind": entry.kind,
            "quote": entry.quote,
            "explanation": entry.explanation,
            "attribution": entry.attribution,
            "difficulty": entry.difficulty,
            "status": entry.status,
            "review_by": entry.review_by,
            "hedged": entry.hedged,
            "askable": entry.ask is not False and entry.standing is Standing.ASSERTED,
            "retired": entry.retired,
            "also_true": tuple(entry.also_true),
            "note": entry.note,
            "place": entry.place,
        }

    def _check_quote(self, path: Path, entry: FactEntry) -> None:
        """A place is that of a quote, and has a beginning before its end."""
        if entry.place and not entry.quote:
            self.sheet.complain((*path, "place"), "'place' has no quote", "it says where the quote stands")
        elif entry.place and entry.place[0] >= entry.place[1]:
            hint = "write its first character and the one after its last: [120, 180]"
            self.sheet.complain((*path, "place"), "'place' ends before it begins", hint)

    def _check_order(self, path: Path, start: PartialDate | None, end: PartialDate | None) -> None:
        if start and end and end.last <= start.first:
            self.sheet.complain(
                (*path, "until"), "'until' is not after 'from'", "it is the first day it no longer held"
            )


def _is_drawn(entry: FactEntry) -> bool:
    return entry.relation == ON_THE_MAP and not entry.object


def _source(key: str, entry: SourceEntry | None) -> Source:
    if entry is None:
        return _BROKEN_SOURCE
    return Source(key, entry.title, entry.publisher, entry.retrieved, entry.url, entry.published, entry.note)


def _entity(key: str, entry: EntityEntry | None) -> Entity | None:
    if entry is None:
        return None
    return Entity(
        key=key,
        name=entry.name,
        kind=entry.kind,
        article=entry.article,
        aliases=tuple(entry.aliases),
        home=entry.home,
        at=entry.at,
        picture=entry.picture,
        note=entry.note,
    )


def _entity_hint(key: str, own: dict[str, Entity | None]) -> str:
    name = key.casefold().removeprefix("the ")
    for entity in (*own.values(), *countries().values()):
        if entity and (name in entity.names or name == entity.key.casefold()):
            return f"write {entity.key} for {entity.in_text}"
    near = did_you_mean(key, own) or did_you_mean(key, countries())
    return near or "name it under 'entities', or use a country's code of three letters"
