"""Entries that fit the schema become a `Deck`."""

from __future__ import annotations

from quizgen.facts.builder import Builder
from quizgen.facts.claims import as_written, claims
from quizgen.facts.model import Deck, Discussion
from quizgen.facts.validate import Sheet


def build(sheet: Sheet) -> Deck | None:
    """Make the deck of what is right in the sheet, for checks to go on with; problems go to the sheet.

    Without a good head there is none: nothing would be dated.
    """
    builder = Builder(sheet)
    facts = tuple(fact for path, entry in sheet.facts if (fact := builder.fact(path, entry)))
    complete = tuple(claim for path, entry in sheet.complete for claim in claims(builder, path, entry, facts))
    discussion = tuple(
        Discussion(entry.ask, builder.source(path, entry.source) if entry.source else None)
        for path, entry in sheet.discussion
    )
    head = sheet.head
    if head is None:
        return None
    return Deck(
        key=head.deck,
        title=head.title,
        description=head.description,
        category=tuple(part.strip() for part in head.category.split("/") if part.strip()),
        language=head.language,
        as_of=head.as_of,
        file=sheet.file,
        sources=tuple(builder.sources.values()),
        facts=facts,
        complete=complete,
        discussion=discussion,
        entities=tuple(entity for entity in builder.entities.values() if entity),
        lists=tuple(as_written(entry) for _, entry in sheet.complete),
    )
