"""Makes the digest of a money report's row independent of the formatting of dates and words."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"

_REPORT_ZONE = timezone(timedelta(hours=3))
_ROWS = sa.text("SELECT shop_id, digest, number, operation, minor, paid_at FROM transactions ORDER BY digest")
_MOVE = sa.text("UPDATE transactions SET digest = :new WHERE shop_id = :shop_id AND digest = :old")


def upgrade() -> None:
    """Give stored rows the digest that the same rows get when a report is read from now on."""
    c = op.get_bind()
    seen: Counter[tuple[object, ...]] = Counter()
    moves = []
    for row in c.execute(_ROWS).all():
        alike = (row.number, row.operation, str(row.minor), _day(row.paid_at))
        seen[row.shop_id, alike] += 1
        key = "|".join((*alike, str(seen[row.shop_id, alike])))
        moves.append({"shop_id": row.shop_id, "old": row.digest, "new": _digest(key)})
    if moves:
        c.execute(_MOVE, moves)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _day(paid_at: datetime | str | None) -> str:
    if paid_at is None:
        return ""
    moment = datetime.fromisoformat(paid_at) if isinstance(paid_at, str) else paid_at
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return f"{aware.astimezone(_REPORT_ZONE):%Y-%m-%d}"


def downgrade() -> None:
    """The rows stay as they are; if a report is sent again, its rows are counted twice."""
