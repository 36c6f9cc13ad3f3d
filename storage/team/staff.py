"""The people of the shops.

A person has one phone and one Telegram account, and a place in each of their shops: a role, and the name by
which they are known there (X6).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import STAFF_ROLES, Actor, Role
from orders.team.staff_list import Colleague
from storage.db import upserts
from storage.db.errors import NoSuchShop, NoSuchStaff
from storage.db.locks import hold_table
from storage.db.support_tables import fallback_ways
from storage.db.tables import account_claims, drafts, memberships, staff, waiting_photos

DEFAULT_LANGUAGE = "ru"
"""Of a person who has not connected yet."""

AT_FIRST = (case((memberships.c.shop_id == staff.c.at_shop_id, 0), else_=1), memberships.c.shop_id)
"""Of the shops of a person the one they look at comes first."""

_MEMBERS = (
    select(
        staff,
        memberships.c.shop_id,
        memberships.c.role,
        memberships.c.name,
        memberships.c.by_settings,
    )
    .join_from(staff, memberships)
    .order_by(*AT_FIRST)
)
_IN_SHOP = memberships.c.shop_id == bindparam("shop_id")
_OF_SHOP = _MEMBERS.where(_IN_SHOP)
_ONE = _OF_SHOP.where(staff.c.id == bindparam("staff_id"))
_BY_TELEGRAM = _MEMBERS.where(staff.c.telegram_id == bindparam("telegram_id"))
_BY_PHONE = _MEMBERS.where(staff.c.phone == bindparam("phone"))
_EVERYBODY = _MEMBERS.order_by(None).order_by(staff.c.id, memberships.c.shop_id)


class BySettings(StrEnum):
    """A director whom the settings name, and one whom they named before (R17)."""

    NOW = "now"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one shop. `phone` is E.164; `telegram_id` is None until the person has connected.

    `by_settings` is None for those who were added in the chat.
    """

    staff_id: int
    shop_id: int
    role: Role
    name: str
    phone: str
    telegram_id: int | None
    language: str
    by_settings: BySettings | None = None

    @property
    def actor(self) -> Actor:
        return Actor(self.role, self.staff_id, self.name, self.shop_id)

    @property
    def colleague(self) -> Colleague:
        is_connected = self.telegram_id is not None
        return Colleague(self.staff_id, self.shop_id, self.role, self.name, self.phone, is_connected)


async def add(c: AsyncConnection, shop_id: int, phone: str, name: str, role: Role) -> Member:
    """Put a person on a shop's list; one of the same phone is the same person, and takes the role.

    Whoever works in this shop already keeps their name there. Raises NoSuchShop.
    """
    staff_id = await _person(c, phone)
    new = upserts.insert(c, memberships).values(staff_id=staff_id, shop_id=shop_id, role=role, name=name)
    # Who has no name yet was put on the list by the settings, or by the phone alone.
    named = case((memberships.c.name.in_(["", phone]), new.excluded.name), else_=memberships.c.name)
    place = new.on_conflict_do_update(
        index_elements=["staff_id", "shop_id"], set_={"role": new.excluded.role, "name": named}
    )
    try:
        await c.execute(place)
    except IntegrityError as error:
        raise NoSuchShop(shop_id) from error
    return _member((await c.execute(_ONE, {"staff_id": staff_id, "shop_id": shop_id})).one())


async def put_back(c: AsyncConnection, member: Member) -> None:
    """Keep a person from the backup copy under their own id, once for each of their shops."""
    person = {"phone": member.phone, "telegram_id": member.telegram_id, "language": member.language}
    await upserts.put(c, staff, {"id": member.staff_id}, person)
    place = {"role": member.role, "name": member.name, "by_settings": member.by_settings}
    await upserts.put(c, memberships, {"staff_id": member.staff_id, "shop_id": member.shop_id}, place)


async def everybody(c: AsyncConnection) -> list[Member]:
    """The staff of all shops, in the order in which they were added."""
    return await _list(c, _EVERYBODY)


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the people of the backup copy, with what waits for one of them."""
    for table in (waiting_photos, drafts, account_claims, memberships, staff):
        await c.execute(delete(table))


async def connect(c: AsyncConnection, staff_id: int, telegram_id: int, language: str, name: str) -> None:
    """Tie a person to a Telegram account; whoever had this account before loses it.

    The name is for the shops where they have none yet. Raises NoSuchStaff.
    """
    await hold_table(c, staff)
    others = update(staff).where(staff.c.telegram_id == telegram_id, staff.c.id != staff_id)
    await c.execute(others.values(telegram_id=None))
    values = {"telegram_id": telegram_id, "language": language}
    result = await c.execute(update(staff).where(staff.c.id == staff_id).values(values))
    if result.rowcount == 0:
        raise NoSuchStaff(staff_id)
    nameless = update(memberships).where(memberships.c.staff_id == staff_id, memberships.c.name == "")
    await c.execute(nameless.values(name=name))


async def hold_places(c: AsyncConnection) -> None:
    """Nobody else changes who works where until this transaction ends."""
    await hold_table(c, memberships)


async def disconnect(c: AsyncConnection, staff_id: int) -> None:
    """The person is tied to no account any more, and connects again by their contact."""
    await c.execute(update(staff).where(staff.c.id == staff_id).values(telegram_id=None))


async def name_by_settings(c: AsyncConnection, shop_id: int, phone: str) -> None:
    """The settings name this phone as the shop's director; whom they named before is marked (R17)."""
    known = await by_phone(c, phone)
    if not any(one.shop_id == shop_id and one.role is Role.DIRECTOR for one in known):
        await add(c, shop_id, phone, "", Role.DIRECTOR)
    person = select(staff.c.id).where(staff.c.phone == phone).scalar_subquery()
    in_shop = memberships.c.shop_id == shop_id
    former = update(memberships).where(
        in_shop, memberships.c.by_settings == BySettings.NOW, memberships.c.staff_id != person
    )
    await c.execute(former.values(by_settings=BySettings.BEFORE))
    named = update(memberships).where(in_shop, memberships.c.staff_id == person)
    await c.execute(named.values(by_settings=BySettings.NOW))


async def get(c: AsyncConnection, staff_id: int, shop_id: int) -> Member | None:
    """A person in one shop."""
    found = await _list(c, _ONE, staff_id=staff_id, shop_id=shop_id)
    return found[0] if found else None


async def by_telegram(c: AsyncConnection, telegram_id: int) -> list[Member]:
    """What the owner of this account is, in each of their shops; first in the one they look at."""
    return await _list(c, _BY_TELEGRAM, telegram_id=telegram_id)


async def by_phone(c: AsyncConnection, phone: str) -> list[Member]:
    """What the person of this phone (E.164) is, in each of their shops."""
    return await _list(c, _BY_PHONE, phone=phone)


async def of_shop(c: AsyncConnection, shop_id: int, roles: Collection[Role] | None = None) -> list[Member]:
    """The staff of a shop, directors first, then by name."""
    members = await _list(c, _OF_SHOP, shop_id=shop_id)
    return sorted((member for member in members if roles is None or member.role in roles), key=rank)


async def set_role(c: AsyncConnection, staff_id: int, shop_id: int, role: Role) -> None:
    """Another role in one shop, from now on."""
    await c.execute(update(memberships).where(*_membership(staff_id, shop_id)).values(role=role))


async def rename(c: AsyncConnection, staff_id: int, shop_id: int, name: str) -> None:
    """Another name, in one shop."""
    await c.execute(update(memberships).where(*_membership(staff_id, shop_id)).values(name=name))


async def remove(c: AsyncConnection, staff_id: int, shop_id: int) -> bool:
    """Off the list of one shop; False where they were not on it. The id stays: orders name it."""
    theirs = fallback_ways.c.staff_id == staff_id, fallback_ways.c.shop_id == shop_id
    await c.execute(delete(fallback_ways).where(*theirs))
    gone = await c.execute(delete(memberships).where(*_membership(staff_id, shop_id)))
    return gone.rowcount == 1


async def go_to(c: AsyncConnection, staff_id: int, shop_id: int) -> None:
    """The person looks at this one of their shops from now on."""
    await c.execute(update(staff).where(staff.c.id == staff_id).values(at_shop_id=shop_id))


def _membership(staff_id: int, shop_id: int) -> tuple[ColumnElement[bool], ...]:
    return memberships.c.staff_id == staff_id, memberships.c.shop_id == shop_id


async def _person(c: AsyncConnection, phone: str) -> int:
    new = upserts.insert(c, staff).values(phone=phone, language=DEFAULT_LANGUAGE)
    kept = new.on_conflict_do_update(index_elements=["phone"], set_={"phone": phone}).returning(staff.c.id)
    staff_id: int = (await c.execute(kept)).scalar_one()
    return staff_id


async def _list(c: AsyncConnection, query: Select[Any], **values: object) -> list[Member]:
    return [_member(row) for row in await c.execute(query, values)]


def _member(row: Row[Any]) -> Member:
    return Member(
        row.id,
        row.shop_id,
        Role(row.role),
        row.name,
        row.phone,
        row.telegram_id,
        row.language,
        BySettings(row.by_settings) if row.by_settings else None,
    )


def rank(member: Member) -> tuple[int, str, int]:
    """What a shop's staff is sorted by: directors first, then by name."""
    return STAFF_ROLES.index(member.role), member.name.casefold(), member.staff_id
