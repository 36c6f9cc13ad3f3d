"""The second channel, for Telegram outages (X21): its addresses, the messages sent, and the outages."""

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
    """An address of the shop, or of a person. It is secret; only `service` may be shown."""

    id: int
    shop_id: int
    staff_id: int | None
    service: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which Telegram accepted no messages of a shop. Times are aware UTC.

    `silent_since`: from then on Telegram answered no request, for so long that taps may be lost.
    """

    id: int
    shop_id: int
    began_at: datetime
    silent_since: datetime | None


@dataclass(frozen=True, slots=True)
class Left:
    """A message about an order, sent by the second channel. `about` is the kind of a deadline, or "new"."""

    order_id: int
    about: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Untaken:
    """An order with messages with sound that Telegram has not accepted, and the chats they are meant for."""

    order_id: int
    since: datetime
    chats: frozenset[int]
    has_failed: bool
    """Whether an attempt has failed; otherwise the message may just be queued."""


@dataclass(frozen=True, slots=True)
class UntakenNews:
    """A notification of a shop that Telegram has not accepted. `number`: of its order; empty without one."""

    id: int
    shop_id: int
    chat_id: int
    kind: str
    number: str
    has_failed: bool
    """Whether an attempt has failed; otherwise the message may just be queued."""


async def untaken(c: AsyncConnection, before: datetime) -> list[Untaken]:
    """Returns the orders with unsent messages for the staff, with sound and stored before `before`."""
    columns = outbox.c.order_id, outbox.c.target, outbox.c.created_at, outbox.c.attempts
    query = select(*columns).where(
        outbox.c.channel == Channel.TELEGRAM,
        outbox.c.state.in_((State.PENDING, State.SENDING)),
        outbox.c.kind.in_((Kind.CARD, Kind.ALARM, Kind.BELL)),
        outbox.c.sound | (outbox.c.kind == Kind.BELL),
        outbox.c.created_at <= before,
        # skips rows that were scheduled for later and had no attempt yet
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
    """Returns the unsent notifications of these kinds, put into the outbox before `before`."""
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
    """Returns when each kind of deadline of these orders fired last."""
    query = select(deadlines.c.order_id, deadlines.c.kind, deadlines.c.last_fired_at).where(
        deadlines.c.order_id.in_(order_ids), deadlines.c.last_fired_at.is_not(None)
    )
    return {(order_id, kind): at for order_id, kind, at in await c.execute(query)}


async def left_of_orders(c: AsyncConnection, order_ids: Collection[int]) -> list[Left]:
    """Returns the messages sent by the second channel about these orders, oldest first."""
    query = select(fallback_messages).where(fallback_messages.c.order_id.in_(order_ids))
    rows = await c.execute(query.order_by(fallback_messages.c.id))
    return [Left(row.order_id, row.about, row.at) for row in rows]


async def left_in(c: AsyncConnection, outage_id: int) -> list[Left]:
    """Returns the messages sent by the second channel during an outage, oldest first."""
    query = select(fallback_messages).where(fallback_messages.c.outage_id == outage_id)
    rows = await c.execute(query.order_by(fallback_messages.c.id))
    return [Left(row.order_id, row.about, row.at) for row in rows]


async def note_left(c: AsyncConnection, outage_id: int, left: Collection[Left]) -> None:
    """Store that at least one address has accepted these messages."""
    if left:
        rows = [
            {"outage_id": outage_id, "order_id": one.order_id, "about": one.about, "at": one.at}
            for one in left
        ]
        await c.execute(insert(fallback_messages), rows)


async def begin_outage(
    c: AsyncConnection, shop_id: int, began_at: datetime, silent_since: datetime | None = None
) -> int:
    """Store that Telegram accepts no messages of this shop. Returns the id of the outage."""
    values = {"shop_id": shop_id, "began_at": began_at, "silent_since": silent_since}
    result = await c.execute(insert(telegram_outages).values(values).returning(telegram_outages.c.id))
    outage_id: int = result.scalar_one()
    return outage_id


async def note_silence(c: AsyncConnection, outage_id: int, since: datetime) -> None:
    """Store that during this outage Telegram has answered no request since `since`."""
    own = update(telegram_outages).where(telegram_outages.c.id == outage_id)
    await c.execute(own.values(silent_since=since))


async def latest_outage(c: AsyncConnection, shop_id: int) -> Outage | None:
    """Returns the newest outage of a shop, ended or not; None where there was none."""
    query = select(telegram_outages).where(telegram_outages.c.shop_id == shop_id)
    row = (await c.execute(query.order_by(telegram_outages.c.id.desc()).limit(1))).one_or_none()
    return Outage(row.id, row.shop_id, row.began_at, row.silent_since) if row else None


async def outage(c: AsyncConnection, outage_id: int) -> Outage | None:
    """Returns the outage with this id, or None."""
    row = (await c.execute(select(telegram_outages).where(telegram_outages.c.id == outage_id))).one_or_none()
    return Outage(row.id, row.shop_id, row.began_at, row.silent_since) if row else None


async def last_contact(c: AsyncConnection) -> datetime | None:
    """Returns when Telegram last answered a request, as stored by `note_contact`."""
    at: datetime | None = await c.scalar(select(telegram_contact.c.at))
    return at


async def note_contact(c: AsyncConnection, at: datetime) -> None:
    """Store when Telegram last answered a request."""
    await upserts.put(c, telegram_contact, {"id": _CONTACT}, {"at": at})


async def ways(c: AsyncConnection, shop_id: int) -> list[Way]:
    """Returns the addresses of the shop and of its current members, oldest first."""
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
    """Store an address of a shop, or of one of its members. Returns its id."""
    values = {"shop_id": shop_id, "staff_id": staff_id, "service": service, "address": address}
    result = await c.execute(insert(fallback_ways).values(**values, set_at=now).returning(fallback_ways.c.id))
    way_id: int = result.scalar_one()
    return way_id


async def remove_way(c: AsyncConnection, shop_id: int, way_id: int) -> None:
    """Delete an address of the shop."""
    own = fallback_ways.c.shop_id == shop_id, fallback_ways.c.id == way_id
    await c.execute(delete(fallback_ways).where(*own))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before the shops are restored from the backup copy."""
    for table in (fallback_messages, telegram_outages, fallback_ways, day_packs):
        await c.execute(delete(table))
