"""Adds invitations, the selected shop of a person, and the log of a shop (R17, X6)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Nobody has selected a shop yet: the first shop of a person applies."""
    op.add_column("orders", sa.Column("erased_at", sa.DateTime(timezone=True)))
    op.add_column("staff", sa.Column("at_shop_id", sa.BigInteger))
    op.create_table(
        "invitations",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False, unique=True),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_shop_id", "invitations", ["shop_id"])
    op.create_table(
        "shop_notes",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("ix_shop_notes_shop_id_kind", "shop_notes", ["shop_id", "kind"])


def downgrade() -> None:
    """Open invitations are lost and have to be created again."""
    op.drop_table("shop_notes")
    op.drop_table("invitations")
    op.drop_column("staff", "at_shop_id")
    op.drop_column("orders", "erased_at")
