"""The people of the shops: a person has one phone and one Telegram account, and a role in each shop."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.people import STAFF_ROLES, Actor, Role
from orders.team import Colleague
from storage import upserts
from storage.errors import NoSuchShop, NoSuchStaff
from storage.locks import hold_table
from storage.tables import drafts, memberships, staff, waiting_photos

DEFAULT_LANGUAGE = "ru"
"""Of a person who has not connected yet."""

AT_FIRST = (case((memberships.c.shop_id == staff.c.at_shop_id, 0), else_=1), memberships.c.shop_id)
"""Of the shops of a person the one they look at comes first."""

_MEMBERS = (
    select(staff, memberships.c.shop_id, memberships.c.role).join_from(staff, memberships).order_by(*AT_FIRST)
)
_IN_SHOP = memberships.c.shop_id == bindparam("shop_id")
_OF_SHOP = _MEMBERS.where(_IN_SHOP)
_ONE = _OF_SHOP.where(staff.c.id == bindparam("staff_id"))
_BY_TELEGRAM = _MEMBERS.where(staff.c.telegram_id == bindparam("telegram_id"))
_BY_PHONE = _MEMBERS.where(staff.c.phone == bindparam("phone"))
_EVERYBODY = _MEMBERS.order_by(None).order_by(staff.c.id, memberships.c.shop_id)


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one shop. `phone` is E.164; `telegram_id` is None until the person has connected."""

    staff_id: int
    shop_id: int
    role: Role
    name: str
    phone: str
    telegram_id: int | None
    language: str

    @property
    def actor(self) -> Actor:
        return Actor(self.role, self.staff_id, self.name, self.shop_id)

    @property
    def colleague(self) -> Colleague:
        is_connected = self.telegram_id is not None
        return Colleague(self.staff_id, self.shop_id, self.role, self.name, self.phone, is_connected)


async def add(c: AsyncConnection, shop_id: int, phone: str, name: str, role: Role) -> Member:
    """Put a person on a shop's list; one of the same phone is the same person, and takes the role.

    Whoever works in any shop keeps the name by which they are known there. Raises NoSuchShop.
    """
    staff_id = await _person(c, phone, name)
    try:
        await upserts.put(c, memberships, {"staff_id": staff_id, "shop_id": shop_id}, {"role": role})
    except IntegrityError as error:
        raise NoSuchShop(shop_id) from error
    return _member((await c.execute(_ONE, {"staff_id": staff_id, "shop_id": shop_id})).one())


async def put_back(c: AsyncConnection, member: Member) -> None:
    """Keep a person from the backup copy under their own id, once for each of their shops."""
    person = {
        "phone": member.phone,
        "name": member.name,
        "telegram_id": member.telegram_id,
        "language": member.language,
    }
    await upserts.put(c, staff, {"id": member.staff_id}, person)
    await upserts.put(
        c, memberships, {"staff_id": member.staff_id, "shop_id": member.shop_id}, {"role": member.role}
    )


async def everybody(c: AsyncConnection) -> list[Member]:
    """The staff of all shops, in the order in which they were added."""
    return await _list(c, _EVERYBODY)


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the people of the backup copy, with what waits for one of them."""
    for table in (waiting_photos, drafts, memberships, staff):
        await c.execute(delete(table))


async def connect(c: AsyncConnection, staff_id: int, telegram_id: int, language: str, name: str) -> None:
    """Tie a person to a Telegram account; whoever had this account before loses it.

    An empty name leaves the kept one. Raises NoSuchStaff.
    """
    await hold_table(c, staff)
    others = update(staff).where(staff.c.telegram_id == telegram_id, staff.c.id != staff_id)
    await c.execute(others.values(telegram_id=None))
    values = {"telegram_id": telegram_id, "language": language} | ({"name": name} if name else {})
    result = await c.execute(update(staff).where(staff.c.id == staff_id).values(values))
    if result.rowcount == 0:
        raise NoSuchStaff(staff_id)


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


async def rename(c: AsyncConnection, staff_id: int, name: str) -> None:
    """Another name, in all their shops."""
    await c.execute(update(staff).where(staff.c.id == staff_id).values(name=name))


async def remove(c: AsyncConnection, staff_id: int, shop_id: int) -> bool:
    """Off the list of one shop; False where they were not on it. The id stays: orders name it."""
    gone = await c.execute(delete(memberships).where(*_membership(staff_id, shop_id)))
    return gone.rowcount == 1


async def go_to(c: AsyncConnection, staff_id: int, shop_id: int) -> None:
    """The person looks at this one of their shops from now on."""
    await c.execute(update(staff).where(staff.c.id == staff_id).values(at_shop_id=shop_id))


def _membership(staff_id: int, shop_id: int) -> tuple[ColumnElement[bool], ...]:
    return memberships.c.staff_id == staff_id, memberships.c.shop_id == shop_id


async def _person(c: AsyncConnection, phone: str, name: str) -> int:
    new = upserts.insert(c, staff).values(phone=phone, name=name, language=DEFAULT_LANGUAGE)
    works_here = select(memberships.c.staff_id).where(memberships.c.staff_id == staff.c.id).exists()
    # Who has no name yet was put on the list by the settings, or by the phone alone.
    is_known = works_here & staff.c.name.not_in(["", phone])
    named = case((is_known, staff.c.name), else_=name)
    kept = new.on_conflict_do_update(index_elements=["phone"], set_={"name": named}).returning(staff.c.id)
    staff_id: int = (await c.execute(kept)).scalar_one()
    return staff_id


async def _list(c: AsyncConnection, query: Select[Any], **values: object) -> list[Member]:
    return [_member(row) for row in await c.execute(query, values)]


def _member(row: Row[Any]) -> Member:
    return Member(row.id, row.shop_id, Role(row.role), row.name, row.phone, row.telegram_id, row.language)


def rank(member: Member) -> tuple[int, str, int]:
    """What a shop's staff is sorted by: directors first, then by name."""
    return STAFF_ROLES.index(member.role), member.name.casefold(), member.staff_id
