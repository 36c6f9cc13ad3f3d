"""Moves names to memberships, marks directors named by the settings, adds account claims (R17, X6)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Each membership of a person gets their present name."""
    op.add_column("memberships", sa.Column("name", sa.Text, nullable=False, server_default=""))
    op.add_column("memberships", sa.Column("by_settings", sa.Text))
    op.execute(
        "UPDATE memberships SET name = (SELECT staff.name FROM staff WHERE staff.id = memberships.staff_id)"
    )
    op.drop_column("staff", "name")
    op.create_table(
        "account_claims",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("staff_id", _ID, sa.ForeignKey("staff.id"), nullable=False, unique=True),
        sa.Column("connected_id", sa.BigInteger, nullable=False),
        sa.Column("telegram_id", sa.BigInteger, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("account_name", sa.Text, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """A person has one name again: that in their first shop."""
    op.drop_table("account_claims")
    op.add_column("staff", sa.Column("name", sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE staff SET name = coalesce((SELECT memberships.name FROM memberships "
        "WHERE memberships.staff_id = staff.id ORDER BY memberships.shop_id LIMIT 1), '')"
    )
    op.drop_column("memberships", "by_settings")
    op.drop_column("memberships", "name")
