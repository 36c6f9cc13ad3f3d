"""The bot of a rehearsal: the real services on a separate database, without network or waiting."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode

from bot.rehearsal.company import Company
from bot.rehearsal.counting_telegram import CountingTelegram
from bot.runtime.outbox_routes import Deliveries
from services.backup.backup_guard import OwnCopy
from services.backup.backup_writer import BackupWriter
from services.bell.waiting_orders import WaitingOrders
from services.client.client_cards import ClientCards
from services.client.client_photos import ClientPhotos
from services.client.message_delivery import MessageDelivery
from services.files.downloads import Downloads
from services.health.metrics import Metrics
from services.health.set_aside import SetAside
from services.health.troubles import Troubles
from services.order.alarms import Alarms
from services.order.desk import Desk
from services.order.refused_calls import RefusedCalls
from services.photo.photos import Photos
from services.report.drawing import Drawing
from services.report.reports import Reports
from services.sending.live_cards import LiveCards
from services.sending.unreachable_chats import UnreachableChats
from services.shop.shop_notifications import ShopNotifications
from storage.backup.backup_copy import BackupCopy
from storage.bell import hearing
from storage.db.database import Database
from storage.order import deadlines
from storage.photo.photo_files import PhotoFiles
from storage.sending import outbox
from storage.sending.outbox import Channel, ShopRow
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member
from storage.updates.named_locks import NamedLocks

TOKEN = "42:" + "a" * 35
GROUP = -1000
FIRST_CHAT = 1000
AT_ONCE = 50
"""Outbox rows claimed at once."""
AFTER_DUE = timedelta(milliseconds=1)
"""How long after a deadline it fires: at the exact time it has not passed yet."""


class Clock:
    """A clock that the rehearsal sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True)
class House:
    """The parts of a rehearsal. `members`: the staff, each with the chats in which they get messages."""

    database: Database
    clock: Clock
    telegram: CountingTelegram
    shop: Shop
    members: list[tuple[Member, tuple[int, ...]]]
    desk: Desk
    alarms: Alarms
    ways: Deliveries

    async def work_until(self, moment: datetime) -> None:
        """Advance the clock to `moment`, firing deadlines and sending outbox rows when each is due."""
        while (found := await self._next_moment()) is not None and found <= moment:
            self.clock.now = max(found, self.clock())
            await self._work()
        self.clock.now = max(moment, self.clock())

    async def _next_moment(self) -> datetime | None:
        async with self.database.snapshot() as c:
            due = await deadlines.earliest(c)
            waits = await outbox.next_due(c, Channel.TELEGRAM)
        return min((one for one in (due + AFTER_DUE if due else None, waits) if one), default=None)

    async def _work(self) -> None:
        await self.alarms.fire_due()
        async with self.database.write() as c:
            rows = await outbox.claim(c, Channel.TELEGRAM, self.clock(), AT_ONCE)
            await outbox.done(c, *(row.id for row in rows))
        for row in rows:
            await (self.ways.of_shop(row) if isinstance(row, ShopRow) else self.ways.to_telegram(row))


async def empty_database(folder: Path) -> Path:
    """Create an empty migrated database; each house copies it."""
    path = folder / "empty.db"
    database = Database(f"sqlite+aiosqlite:///{path}")
    try:
        await database.migrate()
    finally:
        await database.close()
    return path


@asynccontextmanager
async def open_house(company: Company, empty: Path, name: str, now: datetime) -> AsyncIterator[House]:
    """Open a shop whose files are in a folder `name` next to `empty`."""
    folder = empty.parent / name
    folder.mkdir()
    path = Path(shutil.copy(empty, folder / "orders.db"))
    clock = Clock(now)
    telegram = CountingTelegram(clock)
    database = Database(f"sqlite+aiosqlite:///{path}")
    try:
        async with Bot(TOKEN, telegram, DefaultBotProperties(parse_mode=ParseMode.HTML)) as bot:
            shop, members = await _move_in(database, company)
            desk = Desk(database, clock)
            ways = _ways(bot, database, clock, desk, folder)
            yield House(database, clock, telegram, shop, members, desk, Alarms(database, clock), ways)
    finally:
        await database.close()


async def _move_in(database: Database, company: Company) -> tuple[Shop, list[tuple[Member, tuple[int, ...]]]]:
    group = GROUP if company.has_group else None
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, None, company.name, company.language, company.rules, group))
        members: list[tuple[Member, tuple[int, ...]]] = []
        for number, player in enumerate(company.players, start=1):
            chat_id, in_group = FIRST_CHAT + number, company.has_group and player.hearing.in_group
            member = await staff.add(c, shop.id, f"+7999{number:07}", player.name, player.role)
            await staff.connect(c, member.staff_id, chat_id, company.language, player.name)
            await hearing.choose(c, member.staff_id, player.hearing)
            await hearing.note_member(c, GROUP, chat_id, is_member=in_group)
            members.append((member, (chat_id, GROUP) if in_group else (chat_id,)))
    return shop, members


def _ways(bot: Bot, database: Database, clock: Clock, desk: Desk, folder: Path) -> Deliveries:
    """The delivery services of `florist run`, with the simulated clock."""
    locks, troubles, downloads = NamedLocks(), Troubles(clock), Downloads(bot)
    photos = Photos(database, PhotoFiles(folder / "photos"), desk, clock)
    copy = OwnCopy(database, BackupCopy(folder / "copy.db"), clock)
    live_cards = LiveCards(bot, database, clock, locks)
    return Deliveries(
        WaitingOrders(bot, database, clock, locks, live_cards),
        ClientCards(bot, database, ClientPhotos(bot, database, photos, clock), clock),
        MessageDelivery(bot, database, downloads, clock),
        UnreachableChats(bot, database, clock),
        RefusedCalls(bot, database, clock),
        BackupWriter(database, copy, clock),
        SetAside(bot, database),
        ShopNotifications(bot, database, clock),
        Reports(bot, database, Drawing(), troubles, clock),
        troubles,
        Metrics(),
    )
