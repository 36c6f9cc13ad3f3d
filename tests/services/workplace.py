"""Shared helpers of the services' tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from aiogram import Bot
from sqlalchemy import select

from orders.model.order import Order
from sandbox.driver import SandboxDriver, SeenMessage
from services.backup.backup_guard import OwnCopy
from services.health.background import Background, Job
from services.health.clock import utc_now
from services.health.metrics import Metrics
from services.health.troubles import Troubles
from services.order.desk import Desk, Incoming
from services.sending.live_cards import LiveCards
from services.sending.sender import NotNow, Sender
from services.sending.unreachable_chats import UnreachableChats
from services.shop.shop_notifications import ShopNotifications
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.tables import outbox
from storage.sending.outbox import Channel, Kind, Row
from tests.builders import minutes, some_details

DIRECTOR_CHAT, SELLER_CHAT, COURIER_CHAT, MANAGER_CHAT = 1001, 1002, 1003, 1005
GROUP = -1005001
CHATS = {
    "director": DIRECTOR_CHAT,
    "manager": MANAGER_CHAT,
    "florist": SELLER_CHAT,
    "courier": COURIER_CHAT,
}

_numbers = count(40_000_001)


class Clock:
    """A clock that the test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def turn(self, amount: float) -> None:
        """Advance by this many minutes."""
        self.now += minutes(amount)


def own_copy(database: Database, copy: BackupCopy, clock: Clock) -> OwnCopy:
    """The backup copy of this database."""
    return OwnCopy(database, copy, clock)


@dataclass(frozen=True, slots=True)
class Telegram:
    """A real bot on the sandbox's Telegram, the people there, and the live cards."""

    bot: Bot
    people: SandboxDriver
    cards: LiveCards

    async def shown(self, person: str, chat: str = "bot") -> list[SeenMessage]:
        """The bot's messages that a person sees."""
        return [
            message
            for message in await self.people.messages(person, chat)
            if message.from_bot and not message.deleted
        ]


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of an outbox row that tests check."""

    id: int
    channel: Channel
    kind: Kind
    target: int
    version: int
    sound: bool
    state: str
    attempts: int
    not_before: datetime
    why: str


def an_incoming(at: datetime, number: str = "", **details: Any) -> Incoming:  # noqa: ANN401 - any field of Details
    """An order as the marketplace sends it, placed at this time."""
    number = number or str(next(_numbers))
    return Incoming(number, at, some_details(**details), {"order_id": number})


async def receive(desk: Desk, at: datetime) -> Order:
    """Receive a new order of shop 1."""
    return (await desk.receive(1, an_incoming(at))).order


async def rows(database: Database, *, channel: Channel | None = None) -> list[Sent]:
    """The orders' rows of the outbox, oldest first."""
    query = select(outbox).where(outbox.c.order_id.is_not(None)).order_by(outbox.c.id)
    async with database.snapshot() as c:
        found = [
            Sent(
                row.id, Channel(row.channel), Kind(row.kind), row.target, row.version, row.sound, row.state,
                row.attempts, row.not_before, row.why,
            )
            for row in await c.execute(query)
        ]  # fmt: skip
    return [row for row in found if channel in (None, row.channel)]


async def clear(database: Database) -> None:
    """Delete all outbox rows."""
    async with database.write() as c:
        await c.execute(outbox.delete())


def telling(telegram: Telegram, database: Database, clock: Clock) -> Sender:
    """The bot's sender for rows of shops; it delivers no rows of orders."""
    lost = UnreachableChats(telegram.bot, database, clock)
    of_shop = ShopNotifications(telegram.bot, database, clock).deliver
    return Sender(database, Channel.TELEGRAM, _nothing, clock, None, lost, of_shop)


async def _nothing(row: Row) -> None:
    raise NotNow(3600)


def kept_running(name: str, job: Job) -> Coroutine[Any, Any, None]:
    """Run the job like the bot does: restarted when it fails."""
    return Background(Troubles(utc_now), Metrics()).keep_running(name, job)


@asynccontextmanager
async def running(*works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run tasks in the background, and cancel them on exit; their exceptions fail the test."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task
