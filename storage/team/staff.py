"""The people of the shops.

A person has one phone and one Telegram account, and in each of their shops a membership with a role and a
name (X6).
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
"""The language of a person who has not connected yet."""

AT_FIRST = (case((memberships.c.shop_id == staff.c.at_shop_id, 0), else_=1), memberships.c.shop_id)
"""Sorts the shops of a person: the selected one first."""

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
    """Whether the settings name a director now, or named them before (R17)."""

    NOW = "now"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Member:
    """The membership of a person in a shop. `phone` is E.164; `telegram_id` is None until they connect.

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
    """Add a person to a shop, or change their role there. The phone identifies the person.

    An existing member keeps their name in this shop. Raises NoSuchShop when there is no such shop.
    """
    staff_id = await _person(c, phone)
    new = upserts.insert(c, memberships).values(staff_id=staff_id, shop_id=shop_id, role=role, name=name)
    # A member without a name was added by the settings, or by the phone alone.
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
    """Upsert a member from the backup copy under the person's id; called once for each of their shops."""
    person = {"phone": member.phone, "telegram_id": member.telegram_id, "language": member.language}
    await upserts.put(c, staff, {"id": member.staff_id}, person)
    place = {"role": member.role, "name": member.name, "by_settings": member.by_settings}
    await upserts.put(c, memberships, {"staff_id": member.staff_id, "shop_id": member.shop_id}, place)


async def everybody(c: AsyncConnection) -> list[Member]:
    """Returns the members of all shops, in the order in which the people were added."""
    return await _list(c, _EVERYBODY)


async def remove_all(c: AsyncConnection) -> None:
    """Delete all people, with their drafts, photos and claims, before a restore from the backup copy."""
    for table in (waiting_photos, drafts, account_claims, memberships, staff):
        await c.execute(delete(table))


async def connect(c: AsyncConnection, staff_id: int, telegram_id: int, language: str, name: str) -> None:
    """Connect a person to a Telegram account, and disconnect another person who has this account.

    `name` is used in the shops where they have none yet. Raises NoSuchStaff when there is no such person.
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
    """Lock the memberships until this transaction ends."""
    await hold_table(c, memberships)


async def disconnect(c: AsyncConnection, staff_id: int) -> None:
    """Disconnect a person from their Telegram account; they can connect again by sharing their contact."""
    await c.execute(update(staff).where(staff.c.id == staff_id).values(telegram_id=None))


async def name_by_settings(c: AsyncConnection, shop_id: int, phone: str) -> None:
    """Mark the person with this phone as the director named by the settings, adding them if needed (R17).

    Directors whom the settings named before are marked as such.
    """
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
    """Returns the membership of a person in a shop, or None."""
    found = await _list(c, _ONE, staff_id=staff_id, shop_id=shop_id)
    return found[0] if found else None


async def by_telegram(c: AsyncConnection, telegram_id: int) -> list[Member]:
    """Returns the memberships of the owner of this account; that in the selected shop comes first."""
    return await _list(c, _BY_TELEGRAM, telegram_id=telegram_id)


async def by_phone(c: AsyncConnection, phone: str) -> list[Member]:
    """Returns the memberships of the person with this phone (E.164)."""
    return await _list(c, _BY_PHONE, phone=phone)


async def of_shop(c: AsyncConnection, shop_id: int, roles: Collection[Role] | None = None) -> list[Member]:
    """Returns the members of a shop, optionally of these roles; directors first, then by name."""
    members = await _list(c, _OF_SHOP, shop_id=shop_id)
    return sorted((member for member in members if roles is None or member.role in roles), key=rank)


async def set_role(c: AsyncConnection, staff_id: int, shop_id: int, role: Role) -> None:
    """Change the role of a member."""
    await c.execute(update(memberships).where(*_membership(staff_id, shop_id)).values(role=role))


async def rename(c: AsyncConnection, staff_id: int, shop_id: int, name: str) -> None:
    """Change the name of a member in one shop."""
    await c.execute(update(memberships).where(*_membership(staff_id, shop_id)).values(name=name))


async def remove(c: AsyncConnection, staff_id: int, shop_id: int) -> bool:
    """Remove a person from one shop, with their addresses of the second channel.

    Returns False when they were not a member. The person's own row stays, because orders refer to its id.
    """
    theirs = fallback_ways.c.staff_id == staff_id, fallback_ways.c.shop_id == shop_id
    await c.execute(delete(fallback_ways).where(*theirs))
    gone = await c.execute(delete(memberships).where(*_membership(staff_id, shop_id)))
    return gone.rowcount == 1


async def go_to(c: AsyncConnection, staff_id: int, shop_id: int) -> None:
    """Select the shop that the person works with now."""
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
    """The sort key of a shop's members: directors first, then by name."""
    return STAFF_ROLES.index(member.role), member.name.casefold(), member.staff_id
