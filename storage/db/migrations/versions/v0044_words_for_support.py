"""Lets shops change the text for support in a situation of the guide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Empty: the default text, as before."""
    op.add_column("guide_entries", sa.Column("to_support", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """The shops' own texts are lost."""
    op.drop_column("guide_entries", "to_support")
