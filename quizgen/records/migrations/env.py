"""Where Alembic begins: it runs on the connection that `database.migrate` hands it."""

from alembic import context

from quizgen.records.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
)
with context.begin_transaction():
    context.run_migrations()
