"""Adds products, recipes, flowers, hidings, and notifications of shops."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create empty tables; the next sync with the marketplace fills in the products."""
    _make_products()
    _make_flowers()
    _make_hidings()
    _make_news()


def downgrade() -> None:
    """Recipes and counts are lost: only these tables have them."""
    for table in ("shop_news", "hidings", "flowers", "recipes", "products"):
        op.drop_table(table)


def _make_products() -> None:
    op.create_table(
        "products",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("offer_id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("price_minor", sa.BigInteger),
        sa.Column("currency", sa.Text),
        sa.Column("category", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("picture_url", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("marketplace_id", sa.BigInteger),
        sa.Column("stock", sa.Integer),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("told_shown", sa.Boolean),
        sa.Column("told_stock", sa.Integer),
        sa.Column("push_at", _MOMENT),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("problem", sa.Text, nullable=False, server_default=""),
        sa.Column("asked_by", sa.BigInteger),
        sa.UniqueConstraint("shop_id", "offer_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_products_list", "products", ["shop_id", "words"])
    op.create_index("ix_products_push_at", "products", ["push_at"])


def _make_flowers() -> None:
    op.create_table(
        "recipes",
        sa.Column("product_id", _ID, sa.ForeignKey("products.id"), primary_key=True),
        sa.Column("flower", sa.Text, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("stems", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
    )
    op.create_index("ix_recipes_flower", "recipes", ["flower"])
    op.create_table(
        "flowers",
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), primary_key=True),
        sa.Column("flower", sa.Text, primary_key=True),
        sa.Column("stems", sa.Integer, nullable=False),
        sa.Column("counted", sa.Text, nullable=False),
    )


def _make_hidings() -> None:
    op.create_table(
        "hidings",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("hidden", sa.Text, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("reopened", sa.Text),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sa.Column("app_hidden", sa.Text),
        sa.Column("app_shown", sa.Text),
        sa.Column("due_at", _MOMENT),
        sa.Column("reminded", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_hidings_shop_id", "hidings", ["shop_id"])
    op.create_index("ix_hidings_due_at", "hidings", ["due_at"])
    is_open = sa.text("NOT is_over")
    op.create_index(
        "uq_hidings_open",
        "hidings",
        ["shop_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _make_news() -> None:
    op.create_table(
        "shop_news",
        sa.Column("id", _ID, primary_key=True),
        sa.Column("shop_id", _ID, sa.ForeignKey("shops.id"), nullable=False),
        sa.Column("chat_id", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.BigInteger, nullable=False),
        sa.Column("sound", sa.Boolean, nullable=False),
        sa.Column("not_before", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.UniqueConstraint("chat_id", "kind", "subject"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_shop_news_not_before", "shop_news", ["not_before"])
