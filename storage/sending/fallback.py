"""The second way out: whose addresses there are, what left by them, and when Telegram took nothing (X21)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.support_tables import (
    day_packs,
    fallback_messages,
    fallback_ways,
    telegram_contact,
    telegram_outages,
)
from storage.db.tables import deadlines, memberships, orders, outbox
from storage.sending.outbox import Channel, Kind, State

_CONTACT = 1


@dataclass(frozen=True, slots=True)
class Way:
    """One address, the shop's or a person's. `service` is all that may be shown of it."""

    id: int
    shop_id: int
    staff_id: int | None
    service: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which Telegram took no messages of a shop; aware UTC.

    `silent_since`: Telegram answered nothing at all from then on, for so long that taps may be lost.
    """

    id: int
    shop_id: int
    began_at: datetime
    silent_since: datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """Something about an order that left by the second way. `about` is a deadline's kind, or "new"."""

    order_id: int
    about: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Untaken:
    """An order with something loud that Telegram has not taken, and the chats that it is for."""

    order_id: int
    since: datetime
    chats: frozenset[int]
    has_failed: bool
    """Whether a try has failed; else it may only wait for its turn."""


@dataclass(frozen=True, slots=True)
class UntakenNews:
    """News of a shop that Telegram has not taken. `number` is the order's, where they are of one."""

    id: int
    shop_id: int
    chat_id: int
    kind: str
    number: str
    has_failed: bool
    """Whether a try has failed; else it may only wait for its turn."""


async def untaken(c: AsyncConnection, before: datetime) -> list[Untaken]:
    """What makes a sound for the staff, and was put into the outbox before this moment."""
    columns = outbox.c.order_id, outbox.c.target, outbox.c.created_at, outbox.c.attempts
    query = select(*columns).where(
        outbox.c.channel == Channel.TELEGRAM,
        outbox.c.state.in_((State.PENDING, State.SENDING)),
        outbox.c.kind.in_((Kind.CARD, Kind.ALARM, Kind.BELL)),
        outbox.c.sound | (outbox.c.kind == Kind.BELL),
        outbox.c.created_at <= before,
        # what may leave only now has not been tried yet
        (outbox.c.attempts > 0) | (outbox.c.not_before <= before),
    )
    found: dict[int, Untaken] = {}
    for order_id, chat, at, attempts in await c.execute(query.order_by(outbox.c.id)):
        one = found.get(order_id, Untaken(order_id, at, frozenset(), has_failed=False))
        found[order_id] = Untaken(
            order_id, min(one.since, at), one.chats | {chat}, one.has_failed or attempts > 0
        )
    return list(found.values())


async def untaken_news(c: AsyncConnection, kinds: Collection[str], before: datetime) -> list[UntakenNews]:
    """News of shops, of these kinds, that were put into the outbox before this moment."""
    columns = (
        outbox.c.id,
        outbox.c.shop_id,
        outbox.c.target,
        outbox.c.kind,
        outbox.c.attempts,
        orders.c.number,
    )
    named = outbox.outerjoin(
        orders, (orders.c.id == outbox.c.subject) & (orders.c.shop_id == outbox.c.shop_id)
    )
    query = (
        select(*columns)
        .select_from(named)
        .where(
            outbox.c.shop_id.is_not(None),
            outbox.c.state.in_((State.PENDING, State.SENDING)),
            outbox.c.kind.in_(kinds),
            outbox.c.created_at <= before,
            (outbox.c.attempts > 0) | (outbox.c.not_before <= before),
        )
    )
    return [
        UntakenNews(row.id, row.shop_id, row.target, row.kind, row.number or "", row.attempts > 0)
        for row in await c.execute(query.order_by(outbox.c.id))
    ]


async def fired_at(c: AsyncConnection, order_ids: Collection[int]) -> dict[tuple[int, str], datetime]:
    """When each kind of deadline last rang."""
    query = select(deadlines.c.order_id, deadlines.c.kind, deadlines.c.last_fired_at).where(
        deadlines.c.order_id.in_(order_ids), deadlines.c.last_fired_at.is_not(None)
    )
    return {(order_id, kind): at for order_id, kind, at in await c.execute(query)}


async def left_of_orders(c: AsyncConnection, order_ids: Collection[int]) -> list[Left]:
    """What has left about these orders, oldest first."""
    query = select(fallback_messages).where(fallback_messages.c.order_id.in_(order_ids))
    rows = await c.execute(query.order_by(fallback_messages.c.id))
    return [Left(row.order_id, row.about, row.at) for row in rows]


async def left_in(c: AsyncConnection, outage_id: int) -> list[Left]:
    """What has left during an outage, oldest first."""
    query = select(fallback_messages).where(fallback_messages.c.outage_id == outage_id)
    rows = await c.execute(query.order_by(fallback_messages.c.id))
    return [Left(row.order_id, row.about, row.at) for row in rows]


async def note_left(c: AsyncConnection, outage_id: int, left: Collection[Left]) -> None:
    """Some address has taken these."""
    if left:
        rows = [
            {"outage_id": outage_id, "order_id": one.order_id, "about": one.about, "at": one.at}
            for one in left
        ]
        await c.execute(insert(fallback_messages), rows)


async def begin_outage(
    c: AsyncConnection, shop_id: int, began_at: datetime, silent_since: datetime | None = None
) -> int:
    """Telegram takes no messages of this shop; gives the outage's id."""
    values = {"shop_id": shop_id, "began_at": began_at, "silent_since": silent_since}
    result = await c.execute(insert(telegram_outages).values(values).returning(telegram_outages.c.id))
    outage_id: int = result.scalar_one()
    return outage_id


async def note_silence(c: AsyncConnection, outage_id: int, since: datetime) -> None:
    """During this outage Telegram answered nothing at all, from `since` on."""
    own = update(telegram_outages).where(telegram_outages.c.id == outage_id)
    await c.execute(own.values(silent_since=since))


async def latest_outage(c: AsyncConnection, shop_id: int) -> Outage | None:
    """The newest one of a shop, over or not."""
    query = select(telegram_outages).where(telegram_outages.c.shop_id == shop_id)
    row = (await c.execute(query.order_by(telegram_outages.c.id.desc()).limit(1))).one_or_none()
    return Outage(row.id, row.shop_id, row.began_at, row.silent_since) if row else None


async def outage(c: AsyncConnection, outage_id: int) -> Outage | None:
    """The one of this id."""
    row = (await c.execute(select(telegram_outages).where(telegram_outages.c.id == outage_id))).one_or_none()
    return Outage(row.id, row.shop_id, row.began_at, row.silent_since) if row else None


async def last_contact(c: AsyncConnection) -> datetime | None:
    """When Telegram last answered anything, as far as it is noted."""
    at: datetime | None = await c.scalar(select(telegram_contact.c.at))
    return at


async def note_contact(c: AsyncConnection, at: datetime) -> None:
    """Telegram has answered."""
    await upserts.put(c, telegram_contact, {"id": _CONTACT}, {"at": at})


async def ways(c: AsyncConnection, shop_id: int) -> list[Way]:
    """The addresses of a shop and of those who work there, oldest first."""
    works_here = select(memberships.c.staff_id).where(memberships.c.shop_id == shop_id)
    query = select(fallback_ways).where(
        fallback_ways.c.shop_id == shop_id,
        fallback_ways.c.staff_id.is_(None) | fallback_ways.c.staff_id.in_(works_here),
    )
    return [
        Way(row.id, row.shop_id, row.staff_id, row.service, row.address)
        for row in await c.execute(query.order_by(fallback_ways.c.id))
    ]


async def add_way(
    c: AsyncConnection, shop_id: int, staff_id: int | None, service: str, address: str, now: datetime
) -> int:
    """One more address of a shop, or of a person there; gives its id."""
    values = {"shop_id": shop_id, "staff_id": staff_id, "service": service, "address": address}
    result = await c.execute(insert(fallback_ways).values(**values, set_at=now).returning(fallback_ways.c.id))
    way_id: int = result.scalar_one()
    return way_id


async def remove_way(c: AsyncConnection, shop_id: int, way_id: int) -> None:
    """The address is used no more."""
    own = fallback_ways.c.shop_id == shop_id, fallback_ways.c.id == way_id
    await c.execute(delete(fallback_ways).where(*own))


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the shops of the backup copy."""
    for table in (fallback_messages, telegram_outages, fallback_ways, day_packs):
        await c.execute(delete(table))
