"""The shops of this bot (X6)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import structlog
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.shop.rule_book import SHOP_NAME, over_settings
from storage.db import serial
from storage.db.columns import decoded
from storage.db.errors import MarketplaceNumberTaken, NoSuchShop, UnreadableDocument
from storage.db.locks import hold_table
from storage.db.support_tables import (
    day_packs,
    days_off,
    evening_reports,
    fallback_ways,
    load_advice,
    telegram_outages,
)
from storage.db.tables import (
    first_days,
    invitations,
    memberships,
    metadata,
    outbox,
    shop_notes,
    shops,
    staff,
)
from storage.delivery.tables import places, routes, ways

RULES = type_coerce(shops.c.rules, Text).label("rules")
"""As text, which is the cache key of `rules_of`: the same document is parsed once."""
_SHOPS: Select[Any] = select(*(column for column in shops.c if column is not shops.c.rules), RULES)
_BY_ID = _SHOPS.where(shops.c.id == bindparam("shop_id"))
_BY_TELEGRAM = (
    _SHOPS.join_from(shops, memberships)
    .join(staff, staff.c.id == memberships.c.staff_id)
    .where(staff.c.telegram_id == bindparam("telegram_id"))
    .order_by(shops.c.id)
)

_TOLD = (
    invitations,
    outbox,
    shop_notes,
    fallback_ways,
    telegram_outages,
    day_packs,
    days_off,
    load_advice,
    evening_reports,
    first_days,
    routes,
    places,
    ways,
)
"""Tables whose rows are deleted together with an unused shop."""
_BELONGING = tuple(
    table
    for table in metadata.sorted_tables
    if table not in (*_TOLD, memberships) and any(key.references(shops) for key in table.foreign_keys)
)
"""Tables whose rows mean that a shop is used: orders, drafts, goods, money. Derived from the metadata."""


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Shop:
    """One shop: its number at the marketplace, its rules, its group chat. `language` is "ru" or "en".

    `of_settings`: the installation's settings describe this shop; that applies to at most one.
    """

    id: int
    marketplace_id: int | None
    name: str
    language: str
    rules: ShopRules
    group_chat_id: int | None = None
    of_settings: bool = False


async def put(c: AsyncConnection, shop: Shop) -> Shop:
    """Upsert a shop. One with id 0 is matched with a stored shop by marketplace id, else by name.

    If the given shop has no group or no marketplace id, the stored one is kept. Raises NoSuchShop when it has
    an id that is not stored.
    """
    await hold_table(c, shops)
    kept = await _kept(c, shop)
    return await _add(c, shop) if kept is None else await _merge(c, shop, kept)


async def put_of_settings(c: AsyncConnection, shop: Shop) -> Shop:
    """Upsert the shop that the settings describe; it keeps its id when its name or number changes.

    Keeps stored values that the settings leave empty or that a director set in the chat (R78). Raises
    MarketplaceNumberTaken when another shop has the marketplace number.
    """
    await hold_table(c, shops)
    shop = replace(shop, id=0, of_settings=True)
    kept = await of_settings(c, shop)
    if kept is None:
        return await _add(c, shop)
    if shop.marketplace_id is not None:
        owner = await by_marketplace_id(c, shop.marketplace_id)
        if owner is not None and owner.id != kept.id:
            raise MarketplaceNumberTaken(shop.marketplace_id, owner.name)
    name = kept.name if SHOP_NAME in kept.rules.set_in_chat else shop.name
    return await _merge(c, replace(shop, name=name, rules=over_settings(shop.rules, kept.rules)), kept)


async def of_settings(c: AsyncConnection, described: Shop) -> Shop | None:
    """Returns the stored shop that the settings describe; `described` is what the settings say.

    The database of an earlier version has no shop marked as such. In that case it is the shop with the number
    or name from the settings; otherwise the first one, which was created from the settings. An unused match
    without a number does not count: the earlier version created it when SHOP_NAME changed.
    """
    marked = await _one(c, _SHOPS.where(shops.c.of_settings).order_by(shops.c.id).limit(1))
    if marked is not None:
        return marked
    first = await _one(c, _SHOPS.order_by(shops.c.id).limit(1))
    matched = await _kept(c, replace(described, id=0))
    if matched is None or (matched.marketplace_id is None and not await is_used(c, matched.id)):
        return first
    return matched


async def is_used(c: AsyncConnection, shop_id: int) -> bool:
    """Returns whether a shop has any data besides its directors and notifications, or other members."""
    for table in _BELONGING:
        if await _holds(c, table, shop_id):
            return True
    workers = memberships.c.role != Role.DIRECTOR
    return await _holds(c, memberships, shop_id, workers)


async def remove(c: AsyncConnection, shop_id: int) -> None:
    """Delete an unused shop (see `is_used`); its members stay in their other shops."""
    for table in (*_TOLD, memberships):
        await c.execute(delete(table).where(table.c.shop_id == shop_id))
    await c.execute(delete(shops).where(shops.c.id == shop_id))


async def put_back(c: AsyncConnection, shop: Shop) -> None:
    """Insert a shop from the backup copy under its own id, which must not be in use."""
    await c.execute(insert(shops).values(id=shop.id, **_values(shop)))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all shops before those of the backup copy are restored; no row may refer to them any more."""
    await c.execute(delete(shops))


async def get(c: AsyncConnection, shop_id: int) -> Shop | None:
    """Returns the shop, or None."""
    row = (await c.execute(_BY_ID, {"shop_id": shop_id})).one_or_none()
    return _shop(row) if row else None


async def places_of(c: AsyncConnection, telegram_id: int) -> list[Shop]:
    """Returns the shops of a person who works in several; empty for a person with one shop or none (X6)."""
    found = [_shop(row) for row in await c.execute(_BY_TELEGRAM, {"telegram_id": telegram_id})]
    return found if len(found) > 1 else []


async def by_marketplace_id(c: AsyncConnection, marketplace_id: int) -> Shop | None:
    """Returns the shop with this number at the marketplace, or None."""
    return await _one(c, _SHOPS.where(shops.c.marketplace_id == marketplace_id))


async def by_group(c: AsyncConnection, chat_id: int) -> Shop | None:
    """Returns the shop that has this chat as its group, or None."""
    return await _one(c, _SHOPS.where(shops.c.group_chat_id == chat_id))


async def all_shops(c: AsyncConnection) -> list[Shop]:
    """Returns every shop in the order in which they were added.

    A shop whose rules cannot be read is left out and logged, so that it does not stop the others (X22).
    """
    found = []
    for row in await c.execute(_SHOPS.order_by(shops.c.id)):
        try:
            found.append(_shop(row))
        except UnreadableDocument as error:
            log.warning("shop_unreadable", shop_id=row.id, why=error.why)
    return found


async def set_group(c: AsyncConnection, shop_id: int, chat_id: int | None) -> None:
    """Make a chat the shop's group, or with None remove the group; takes the chat from another shop.

    Raises NoSuchShop when there is no such shop.
    """
    await hold_table(c, shops)
    await _leave_group(c, chat_id, shop_id)
    result = await c.execute(update(shops).where(shops.c.id == shop_id).values(group_chat_id=chat_id))
    if result.rowcount == 0:
        raise NoSuchShop(shop_id)


async def _kept(c: AsyncConnection, shop: Shop) -> Shop | None:
    if shop.id:
        kept = await get(c, shop.id)
        if kept is None:
            raise NoSuchShop(shop.id)
        return kept
    if shop.marketplace_id is None:
        return await _one(c, _SHOPS.where(shops.c.name == shop.name).order_by(shops.c.id).limit(1))
    same_name = _SHOPS.where(shops.c.name == shop.name, shops.c.marketplace_id.is_(None)).limit(1)
    return await by_marketplace_id(c, shop.marketplace_id) or await _one(c, same_name)


async def _merge(c: AsyncConnection, shop: Shop, kept: Shop) -> Shop:
    merged = replace(
        shop,
        id=kept.id,
        marketplace_id=_either(shop.marketplace_id, kept.marketplace_id),
        group_chat_id=_either(shop.group_chat_id, kept.group_chat_id),
        of_settings=shop.of_settings or kept.of_settings,
    )
    await _leave_group(c, merged.group_chat_id, merged.id)
    await c.execute(update(shops).where(shops.c.id == merged.id).values(_values(merged)))
    return merged


async def _holds(c: AsyncConnection, table: Table, shop_id: int, *more: ColumnElement[bool]) -> bool:
    found = select(table.c.shop_id).where(table.c.shop_id == shop_id, *more).limit(1)
    return (await c.execute(found)).first() is not None


async def _add(c: AsyncConnection, shop: Shop) -> Shop:
    await _leave_group(c, shop.group_chat_id, 0)
    result = await c.execute(insert(shops).values(_values(shop)).returning(shops.c.id))
    return replace(shop, id=result.scalar_one())


async def _leave_group(c: AsyncConnection, chat_id: int | None, shop_id: int) -> None:
    """Takes the chat from every other shop: a chat is the group of one shop only."""
    if chat_id is not None:
        others = update(shops).where(shops.c.group_chat_id == chat_id, shops.c.id != shop_id)
        await c.execute(others.values(group_chat_id=None))


async def _one(c: AsyncConnection, query: Select[Any]) -> Shop | None:
    row = (await c.execute(query)).one_or_none()
    return _shop(row) if row else None


def _shop(row: Row[Any]) -> Shop:
    return Shop(
        row.id,
        row.marketplace_id,
        row.name,
        row.language,
        rules_of(row.rules),
        row.group_chat_id,
        row.of_settings,
    )


@lru_cache(maxsize=100)
def rules_of(document: str) -> ShopRules:
    """Parses a shop's rules. Cached: shops are read with every request, and their rules rarely change."""
    return serial.read_rules(decoded(document, "ShopRules"))


def _values(shop: Shop) -> dict[str, Any]:
    return {
        "marketplace_id": shop.marketplace_id,
        "name": shop.name,
        "language": shop.language,
        "rules": serial.rules_document(shop.rules),
        "group_chat_id": shop.group_chat_id,
        "of_settings": shop.of_settings,
    }


def _either(given: int | None, kept: int | None) -> int | None:
    return kept if given is None else given
