"""What support is told of a situation is a shop's own text too."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Empty: the ready sentence, as before."""
    op.add_column("guide_entries", sa.Column("to_support", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """The shops' own sentences go."""
    op.drop_column("guide_entries", "to_support")
