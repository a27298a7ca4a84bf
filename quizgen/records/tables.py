"""The tables, as they are after the newest migration."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

# Constraints have names, so that migrations can find them on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(40), nullable=False, unique=True),  # what stands in the address; cannot be guessed
    Column("learner", String(40), nullable=False, index=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("retry_of", ForeignKey("attempts.id")),
)

# A paper is printed when a quiz starts: `item` holds the question as it was shown, whatever becomes of its deck.
items = Table(
    "items",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("question", String(250), nullable=False, index=True),
    Column("item", Text, nullable=False),
)

# One answer an item: the primary key is what keeps a second one out.
answers = Table(
    "answers",
    metadata,
    Column("attempt", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("option", String(250), nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("answered_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(["attempt", "position"], ["items.attempt", "items.position"]),
)

# An article on the workbench. `article` is the text as it was read, with its sentences: newer rules would place them
# elsewhere. `current` is the version that is shown, `changes` counts every change and every undoing of one.
drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(40), nullable=False, unique=True),
    Column("learner", String(40), nullable=False, index=True),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("deck", String(80), nullable=False),
    Column("title", String(400), nullable=False),
    Column("article", Text, nullable=False),
    Column("remarks", Text, nullable=False),
    Column("current", Integer, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("published", Text),
    Column("published_at", DateTime(timezone=True)),
)

# The deck file after each change, and what was done to which fact; `before` is the version that undoing leads back to.
versions = Table(
    "versions",
    metadata,
    Column("draft", ForeignKey("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("before", Integer),
    Column("text", Text, nullable=False),
    Column("done", String(40), nullable=False),
    Column("fact", String(250), nullable=False),
)
