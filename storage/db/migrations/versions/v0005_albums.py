"""Stores the album of unassigned photos, so that one question and one answer apply to all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """The albums of photos stored already are unknown: each photo has its own question."""
    op.add_column("waiting_photos", sa.Column("album", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Each photo has its own question again."""
    op.drop_column("waiting_photos", "album")
