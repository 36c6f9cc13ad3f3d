"""Puts the house together: one object of everything that runs, made from the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.fsm.storage.memory import SimpleEventIsolation

from bot.settings import Settings
from flowwow.client import SellerApi
from flowwow.intake import Intake
from handlers.office import Office
from handlers.routers import include_all
from orders.people import Role
from services.alarms import Alarms
from services.copies import Copies
from services.desk import Desk
from services.live_cards import LiveCards
from services.lost_chats import LostChats
from services.pace import Pace
from services.paced_bot import TakeTurns
from services.photos import Photos
from services.pulse import Pulse, utc_now
from services.sender import Sender
from storage import shops, staff
from storage.backup_copy import BackupCopy
from storage.database import Database
from storage.dialogues import DatabaseStorage
from storage.outbox import Channel, Kind, Row
from storage.photo_files import PhotoFiles
from storage.shops import Shop


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs in one process."""

    settings: Settings
    bot: Bot
    database: Database
    dispatcher: Dispatcher
    senders: tuple[Sender, ...]
    alarms: Alarms
    intake: Intake | None


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open the database, bring it up to date, enter the shop, wire everything; close it all afterwards."""
    database = Database(settings.database_url)
    session = AiohttpSession(api=TelegramAPIServer.from_base(settings.bot_api_url))
    bot = Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
    try:
        await database.migrate()
        await enter_shop(database, settings)
        async with seller_api(settings) as api:
            yield _wire(settings, database, bot, api)
    finally:
        await bot.session.close()
        await database.close()


async def enter_shop(database: Database, settings: Settings) -> Shop:
    """The shop and its first director come from the settings, at every start (R17).

    The director's name is not known before they connect: it comes from their Telegram profile then.
    """
    async with database.write() as c:
        shop = await shops.put(
            c,
            Shop(
                0,
                settings.flowwow_shop_id,
                settings.shop_name,
                settings.shop_language,
                settings.rules(),
                settings.group_chat_id,
            ),
        )
        known = await staff.by_phone(c, settings.director_phone)
        if not any(member.shop_id == shop.id and member.role is Role.DIRECTOR for member in known):
            await staff.add(c, shop.id, settings.director_phone, "", Role.DIRECTOR)
    return shop


@asynccontextmanager
async def seller_api(settings: Settings) -> AsyncIterator[SellerApi | None]:
    """The marketplace's API, where the settings name one."""
    if settings.flowwow_token is None:
        yield None
        return
    async with SellerApi(settings.flowwow_api_url, settings.flowwow_token.get_secret_value()) as api:
        yield api


def _wire(settings: Settings, database: Database, bot: Bot, api: SellerApi | None) -> House:
    pulse = Pulse()
    pace = Pace(settings.limits())
    bot.session.middleware(TakeTurns(pace))
    desk = Desk(database, pulse, utc_now)
    live_cards = LiveCards(bot, database, utc_now)
    photos = Photos(database, PhotoFiles(settings.photos_path), desk, utc_now)
    copies = Copies(database, BackupCopy(settings.backup_path), utc_now)
    # One person's messages are handled one after another: an album is several messages at once.
    dispatcher = Dispatcher(storage=DatabaseStorage(database), events_isolation=SimpleEventIsolation())
    lost = LostChats(bot, database, pulse, utc_now)
    include_all(dispatcher, Office(database, desk, live_cards, photos, lost, utc_now))

    async def to_telegram(row: Row) -> None:
        if row.kind is Kind.UNREACHABLE:
            await lost.tell(row)
            return
        show = live_cards.alarm if row.kind is Kind.ALARM else live_cards.refresh
        await show(row.order_id, row.target, aloud=row.sound)

    async def to_copy(row: Row) -> None:
        await copies.write(row.order_id, row.version)

    senders = (
        Sender(database, pulse, Channel.TELEGRAM, to_telegram, utc_now, pace, lost),
        Sender(database, pulse, Channel.COPY, to_copy, utc_now),
    )
    alarms = Alarms(database, pulse, utc_now)
    intake = Intake(api, database, desk, settings.reading(), utc_now) if api else None
    return House(settings, bot, database, dispatcher, senders, alarms, intake)
