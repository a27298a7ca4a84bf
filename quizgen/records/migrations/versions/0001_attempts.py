"""Attempts, their papers, and the answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Go to this revision."""
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(40), nullable=False),
        sa.Column("learner", sa.String(40), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retry_of", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint("key", name="uq_attempts_key"),
        sa.ForeignKeyConstraint(["retry_of"], ["attempts.id"], name="fk_attempts_retry_of_attempts"),
    )
    op.create_index("ix_attempts_learner", "attempts", ["learner"])
    op.create_table(
        "items",
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("question", sa.String(250), nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("attempt", "position", name="pk_items"),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name="fk_items_attempt_attempts"),
    )
    op.create_index("ix_items_question", "items", ["question"])
    op.create_table(
        "answers",
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("option", sa.String(250), nullable=False),
        sa.Column("is_right", sa.Boolean, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("attempt", "position", name="pk_answers"),
        sa.ForeignKeyConstraint(
            ["attempt", "position"], ["items.attempt", "items.position"], name="fk_answers_attempt_items"
        ),
    )


def downgrade() -> None:
    """Go back to the one before."""
    for table in ("answers", "items", "attempts"):
        op.drop_table(table)
