"""Invitations: unguessable links by which one person joins a shop in one role, for a limited time (R17)."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Mark
from orders.model.people import Role
from orders.team.staff_list import Invitation
from storage.db import serial
from storage.db.tables import invitations


async def add(
    c: AsyncConnection, shop_id: int, role: Role, token: str, made: Mark, expires_at: datetime
) -> int:
    """Store an invitation by the digest of its token, and delete expired ones. Returns its id."""
    await c.execute(delete(invitations).where(invitations.c.expires_at <= made.at))
    values = {
        "shop_id": shop_id,
        "role": role,
        "digest": _digest(token),
        "made": serial.mark_document(made),
        "expires_at": expires_at,
    }
    result = await c.execute(insert(invitations).values(values).returning(invitations.c.id))
    return int(result.scalar_one())


async def find(c: AsyncConnection, token: str, now: datetime) -> Invitation | None:
    """Returns the invitation with this token; None when there is none or it has expired."""
    query = select(invitations).where(invitations.c.digest == _digest(token), invitations.c.expires_at > now)
    row = (await c.execute(query)).one_or_none()
    return _invitation(row) if row else None


async def use_up(c: AsyncConnection, invitation_id: int) -> bool:
    """Delete an invitation that is used or revoked. Returns False when it was deleted before."""
    gone = await c.execute(delete(invitations).where(invitations.c.id == invitation_id))
    return gone.rowcount == 1


async def of_shop(c: AsyncConnection, shop_id: int, now: datetime) -> list[Invitation]:
    """Returns the open invitations of a shop, oldest first."""
    query = select(invitations).where(invitations.c.shop_id == shop_id, invitations.c.expires_at > now)
    query = query.order_by(invitations.c.id)
    return [_invitation(row) for row in await c.execute(query)]


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before the shops are restored from the backup copy."""
    await c.execute(delete(invitations))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(row.id, row.shop_id, Role(row.role), serial.read_mark(row.made), row.expires_at)
