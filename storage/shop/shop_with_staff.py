"""Shops together with their staff, read in one statement: nearly every request needs both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import Role
from storage.db.tables import memberships, shops, staff
from storage.shop.shops import RULES, Shop, rules_of
from storage.team.staff import AT_FIRST, BySettings, Member, rank

_BOTH: Select[Any] = select(
    staff.c.id.label("staff_id"),
    memberships.c.role,
    memberships.c.name,
    memberships.c.by_settings,
    staff.c.phone,
    staff.c.telegram_id,
    staff.c.language,
    shops.c.id.label("shop_id"),
    shops.c.marketplace_id,
    shops.c.name.label("shop_name"),
    shops.c.language.label("shop_language"),
    RULES,
    shops.c.group_chat_id,
    shops.c.of_settings,
)
_OF_PERSON = (
    _BOTH.join_from(staff, memberships)
    .join(shops, shops.c.id == memberships.c.shop_id)
    .where(staff.c.telegram_id == bindparam("telegram_id"))
    .order_by(*AT_FIRST)
)
_OF_SHOP = (
    _BOTH.select_from(shops)
    .outerjoin(memberships, memberships.c.shop_id == shops.c.id)
    .outerjoin(staff, staff.c.id == memberships.c.staff_id)
    .where(shops.c.id == bindparam("shop_id"))
)


@dataclass(frozen=True, slots=True)
class ShopWithStaff:
    """A shop and its members, directors first, then by name."""

    shop: Shop
    members: Sequence[Member]


async def of_person(c: AsyncConnection, telegram_id: int) -> list[tuple[Member, Shop]]:
    """Returns the memberships of this Telegram account with their shops; the selected shop comes first."""
    rows = await c.execute(_OF_PERSON, {"telegram_id": telegram_id})
    return [(_member(row), _shop(row)) for row in rows]


async def of_shop(c: AsyncConnection, shop_id: int) -> ShopWithStaff | None:
    """Returns the shop with its members, or None."""
    rows = (await c.execute(_OF_SHOP, {"shop_id": shop_id})).all()
    if not rows:
        return None
    members = [_member(row) for row in rows if row.staff_id is not None]
    return ShopWithStaff(_shop(rows[0]), sorted(members, key=rank))


def _member(row: Row[Any]) -> Member:
    return Member(
        row.staff_id,
        row.shop_id,
        Role(row.role),
        row.name,
        row.phone,
        row.telegram_id,
        row.language,
        BySettings(row.by_settings) if row.by_settings else None,
    )


def _shop(row: Row[Any]) -> Shop:
    return Shop(
        row.shop_id,
        row.marketplace_id,
        row.shop_name,
        row.shop_language,
        rules_of(row.rules),
        row.group_chat_id,
        row.of_settings,
    )
