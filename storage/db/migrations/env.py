"""Alembic runs this file. The caller provides the connection, with a transaction already begun."""

from __future__ import annotations

from alembic import context

from storage.db.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
context.run_migrations()
