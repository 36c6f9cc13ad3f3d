"""Photos that wait know their album: one question, and one answer, is for all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Of photos that wait already it is not known: each has its own question."""
    op.add_column("waiting_photos", sa.Column("album", sa.Text, nullable=False, server_default=""))


def downgrade() -> None:
    """Each photo is asked about again."""
    op.drop_column("waiting_photos", "album")
