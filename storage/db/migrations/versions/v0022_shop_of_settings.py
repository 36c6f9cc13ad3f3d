"""Marks the shop that the settings describe: a new name or number in them must not make a second shop."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Add the mark; the next start sets it from the settings (`storage.shop.shops.put_of_settings`)."""
    op.add_column("shops", sa.Column("of_settings", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """The shop is identified by its number or name only."""
    op.drop_column("shops", "of_settings")
