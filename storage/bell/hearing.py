"""How each member of a shop is reached: whether they are in its group, and what they chose (X14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.bell.ringing import NOT_KNOWN, Hearing, Place, Quiet
from storage.bell.tables import group_members
from storage.bell.tables import hearing as table
from storage.db import upserts
from storage.db.tables import group_refusals, memberships, shops, staff

_OF_SHOP = (
    select(
        staff.c.id,
        group_members.c.is_member,
        table.c.place,
        table.c.quiet_from,
        table.c.quiet_to,
        group_refusals.c.reason,
    )
    .select_from(shops)
    .join(memberships, memberships.c.shop_id == shops.c.id)
    .join(staff, staff.c.id == memberships.c.staff_id)
    .outerjoin(
        group_members,
        and_(
            group_members.c.chat_id == shops.c.group_chat_id,
            group_members.c.telegram_id == staff.c.telegram_id,
        ),
    )
    .outerjoin(table, table.c.staff_id == staff.c.id)
    .outerjoin(group_refusals, group_refusals.c.chat_id == shops.c.group_chat_id)
    .where(shops.c.id == bindparam("shop_id"))
)


@dataclass(frozen=True, slots=True)
class ShopHearing:
    """How the members are reached, by staff id, and whether the shop's group refuses messages now."""

    by_staff: Mapping[int, Hearing]
    group_refuses: bool


async def of_shop(c: AsyncConnection, shop_id: int) -> ShopHearing:
    """Returns how the members of the shop are reached, read in one statement."""
    rows = (await c.execute(_OF_SHOP, {"shop_id": shop_id})).all()
    by_staff = {row.id: _hearing(row) for row in rows}
    return ShopHearing(by_staff, any(row.reason is not None for row in rows))


async def choose(c: AsyncConnection, staff_id: int, hearing: Hearing) -> None:
    """Store what a person chose; ignores `is_member`, which only Telegram reports."""
    quiet = hearing.quiet
    values = {
        "place": hearing.place,
        "quiet_from": quiet.start.strftime("%H:%M") if quiet else "",
        "quiet_to": quiet.end.strftime("%H:%M") if quiet else "",
    }
    await upserts.put(c, table, {"staff_id": staff_id}, values)


async def note_member(c: AsyncConnection, chat_id: int, telegram_id: int, *, is_member: bool) -> None:
    """Store whether this person is in this group."""
    await upserts.put(
        c, group_members, {"chat_id": chat_id, "telegram_id": telegram_id}, {"is_member": is_member}
    )


def _hearing(row: Any) -> Hearing:  # noqa: ANN401 - a row of the statement above
    quiet = None
    if row.quiet_from and row.quiet_to:
        quiet = Quiet(time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_to))
    place = Place(row.place) if row.place else NOT_KNOWN.place
    return Hearing(bool(row.is_member), place, quiet)
