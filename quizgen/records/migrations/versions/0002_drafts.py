"""Drafts on the workbench, and every version of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("learner", sa.String(40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deck", sa.String(80), nullable=False),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("article", sa.Text, nullable=False),
        sa.Column("remarks", sa.Text, nullable=False),
        sa.Column("current", sa.Integer, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("published", sa.Text),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint("key", name="uq_drafts_key"),
    )
    op.create_index("ix_drafts_learner", "drafts", ["learner"])
    op.create_table(
        "versions",
        sa.Column("draft", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("before", sa.Integer),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("done", sa.String(40), nullable=False),
        sa.Column("fact", sa.String(250), nullable=False),
        sa.PrimaryKeyConstraint("draft", "number", name="pk_versions"),
        sa.ForeignKeyConstraint(["draft"], ["drafts.id"], name="fk_versions_draft_drafts"),
    )


def downgrade() -> None:
    """Go back to the one before."""
    for table in ("versions", "drafts"):
        op.drop_table(table)
