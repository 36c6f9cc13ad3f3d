"""Makes one outbox for orders and shops: notifications of shops move there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0036"

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_MOMENT = sa.DateTime(timezone=True)
_CHECK = "ck_outbox_order_or_shop"
_INDEX = "ix_outbox_shop_id"


def upgrade() -> None:
    """Move pending notifications to the outbox; those with sound get the priority of an alarm."""
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("order_id", existing_type=_ID, nullable=True)
        batch.add_column(sa.Column("shop_id", _ID, nullable=True))
        batch.create_foreign_key("fk_outbox_shop_id", "shops", ["shop_id"], ["id"])
        batch.create_check_constraint(_CHECK, "(order_id IS NULL) <> (shop_id IS NULL)")
    kept = sa.text("shop_id IS NOT NULL")
    op.create_index(_INDEX, "outbox", ["shop_id"], sqlite_where=kept, postgresql_where=kept)
    op.execute(
        "INSERT INTO outbox (channel, kind, shop_id, target, subject, version, priority, sound, not_before, "
        "attempts, created_at, state, why) "
        "SELECT 'telegram', kind, shop_id, chat_id, subject, 0, CASE WHEN sound THEN 0 ELSE 1 END, sound, "
        "not_before, attempts, not_before, 'pending', '' FROM shop_news ORDER BY id"
    )
    op.drop_table("shop_news")


def downgrade() -> None:
    """Move pending notifications back, one where two shops have the same. Failed ones are deleted."""
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
    op.execute(
        "INSERT INTO shop_news (shop_id, chat_id, kind, subject, sound, not_before, attempts) "
        "SELECT shop_id, target, kind, subject, sound, not_before, attempts FROM outbox WHERE id IN "
        "(SELECT max(id) FROM outbox WHERE shop_id IS NOT NULL AND state <> 'failed' "
        "GROUP BY target, kind, subject) ORDER BY id"
    )
    op.execute("DELETE FROM outbox WHERE shop_id IS NOT NULL")
    op.drop_index(_INDEX, "outbox")
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_constraint(_CHECK, type_="check")
        batch.drop_constraint("fk_outbox_shop_id", type_="foreignkey")
        batch.drop_column("shop_id")
        batch.alter_column("order_id", existing_type=_ID, nullable=False)
