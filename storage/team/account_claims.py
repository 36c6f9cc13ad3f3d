"""Open claims by which another Telegram account wants to replace the account of a connected person (R17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.locks import hold_table
from storage.db.tables import account_claims

HOLDS = timedelta(days=3)
"""How long a claim stays open without a decision."""
QUIET = timedelta(hours=1)
"""How long a repeated claim is not announced again."""


@dataclass(frozen=True, slots=True)
class Claim:
    """`connected_id` is the Telegram account connected now, `telegram_id` the one that wants to replace it.

    `account_name` and `language` are those of the claiming account.
    """

    staff_id: int
    connected_id: int
    telegram_id: int
    language: str
    account_name: str
    asked_at: datetime
    id: int = 0


async def put(c: AsyncConnection, claim: Claim) -> int | None:
    """Store a claim in place of the person's earlier one.

    Returns its id; None, and stores nothing, when the same claim was announced less than `QUIET` ago.
    """
    await hold_table(c, account_claims)
    of_person = account_claims.c.staff_id == claim.staff_id
    row = (await c.execute(select(account_claims).where(of_person))).one_or_none()
    if row is not None and _is_same(row, claim) and claim.asked_at - row.asked_at < QUIET:
        return None
    await c.execute(delete(account_claims).where(of_person))
    values = {
        "staff_id": claim.staff_id,
        "connected_id": claim.connected_id,
        "telegram_id": claim.telegram_id,
        "language": claim.language,
        "account_name": claim.account_name,
        "asked_at": claim.asked_at,
    }
    result = await c.execute(insert(account_claims).values(values).returning(account_claims.c.id))
    return int(result.scalar_one())


async def get(c: AsyncConnection, claim_id: int, now: datetime) -> Claim | None:
    """Returns an open claim, or None."""
    query = select(account_claims).where(
        account_claims.c.id == claim_id, account_claims.c.asked_at > now - HOLDS
    )
    row = (await c.execute(query)).one_or_none()
    if row is None:
        return None
    return Claim(
        row.staff_id,
        row.connected_id,
        row.telegram_id,
        row.language,
        row.account_name,
        row.asked_at,
        row.id,
    )


async def remove(c: AsyncConnection, claim_id: int) -> bool:
    """Delete a claim after the decision. Returns False when somebody else has decided before."""
    gone = await c.execute(delete(account_claims).where(account_claims.c.id == claim_id))
    return gone.rowcount == 1


def _is_same(row: Row[Any], claim: Claim) -> bool:
    return bool(row.telegram_id == claim.telegram_id and row.connected_id == claim.connected_id)
