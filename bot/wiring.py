"""Puts the house together: one object of everything that runs, made from the settings."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.caring import cares
from bot.deliveries import Deliveries
from bot.setting_problems import number_taken
from bot.settings import Settings, SettingsProblem
from bot.shop_wiring import Watcher, wire_shop
from flowwow.arrivals import Arrivals
from flowwow.caller import Caller
from flowwow.client import SellerApi, Watch
from flowwow.errors import MarketplaceError
from flowwow.feed import Feed
from flowwow.filling_in import FillingIn
from flowwow.intake import Intake
from flowwow.reach import AccessCheck, Link, Reach
from flowwow.second_look import SecondLook
from flowwow.sync import Sync
from handlers.arrived import hand_in
from handlers.office import FileRoom, Office, ShopOffice
from handlers.routers import include_all
from services.accounts import Accounts
from services.alarms import Alarms
from services.background import Background, Job
from services.belongings import Belongings
from services.caretaker import Caretaker
from services.chosen import Chosen
from services.client_cards import ClientCards
from services.client_photos import ClientPhotos
from services.clients import Clients
from services.clock_watch import ClockWatch
from services.copies import Copies
from services.count_reminders import CountReminders
from services.desk import Desk
from services.downloads import Downloads
from services.drafts import Drafts
from services.erasure import Erasure, Nightly
from services.imports import Imports
from services.late_files import LateFiles
from services.live_cards import LiveCards
from services.lost_chats import LostChats
from services.metrics import Metrics
from services.money_reports import MoneyReports
from services.new_rules import reckon_deadlines
from services.office_files import OfficeFiles
from services.own_copy import OwnCopy, refuse_lost_database
from services.pace import Pace
from services.paced_bot import TakeTurns, TryAgain
from services.photos import Photos
from services.pulse import Pulse, utc_now
from services.refused_calls import RefusedCalls
from services.sender import Sender
from services.set_aside import SetAside
from services.shared_pace import SharedPace
from services.shop_book import ShopBook
from services.support.cases import Cases
from services.support.guide import Guide
from services.support.mornings import Mornings
from services.talk_desk import TalkDesk
from services.talks import Talks
from services.team import Team
from services.telegram_session import TelegramSession
from services.trouble_news import TroubleNews
from services.troubles import Troubles
from storage import shops, staff
from storage.backup_copy import BackupCopy
from storage.database import Database
from storage.dialogues import DatabaseStorage
from storage.errors import (
    MarketplaceNumberTaken,
)
from storage.isolation import Isolation
from storage.named_locks import LocalLocks, NamedLocks, SharedLocks
from storage.outbox import Channel
from storage.owner_only import tighten
from storage.photo_files import PhotoFiles
from storage.shops import Shop

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Ground:
    """What everything else stands on."""

    settings: Settings
    shop: Shop
    database: Database
    locks: NamedLocks
    bot: Bot
    api: SellerApi | None
    reach: Reach
    troubles: Troubles
    metrics: Metrics
    pulse: Pulse


@dataclass(frozen=True, slots=True)
class House:
    """Everything that runs in one process."""

    settings: Settings
    bot: Bot
    database: Database
    locks: NamedLocks
    dispatcher: Dispatcher
    senders: tuple[Sender, ...]
    alarms: Alarms
    intake: Intake | None
    feeds: Mapping[str, Feed]
    """By the secret in the address of each."""
    metrics: Metrics
    troubles: Troubles
    watchers: tuple[Watcher, ...]
    background: Background

    def jobs(self) -> dict[str, Job]:
        """Everything that runs beside the conversations, by the name that it has in log and metrics."""
        senders: dict[str, Job] = {f"sender_{sender.channel.value}": sender.run for sender in self.senders}
        watchers: dict[str, Job] = {_job_name(worker): worker.run for worker in (self.alarms, *self.watchers)}
        return senders | watchers


def _job_name(worker: Watcher) -> str:
    """ShopDoor is shop_door."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(worker).__name__).lower()


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Open the database, bring it up to date, enter the shop, wire everything; close it all afterwards."""
    troubles, metrics = Troubles(utc_now), Metrics()
    database = Database(settings.database_url)
    locks = SharedLocks(settings.database_url) if database.is_shared else LocalLocks()
    session = TelegramSession(api=TelegramAPIServer.from_base(settings.bot_api_url))
    bot = Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        # Whoever asked is looking: answers are silent. What must be heard says so (services/notices.py).
        default=DefaultBotProperties(parse_mode=ParseMode.HTML, disable_notification=True),
    )
    try:
        with database.occupied():
            files = database.file, settings.backup_path, settings.photos_path
            beside = [settings.texts_path] if settings.texts_path is not None else []
            await asyncio.to_thread(tighten, *files, beside)
            await database.migrate()
            await refuse_lost_database(database, BackupCopy(settings.backup_path))
            shop = await enter_shop(database, settings)
            # Before, a failure stops the start, and says so itself.
            database.listen_for_outages(troubles.report_database)
            reach = Reach(troubles)
            async with seller_api(settings, metrics.marketplace_error, reach) as api:
                yield _wire(
                    Ground(settings, shop, database, locks, bot, api, reach, troubles, metrics, Pulse())
                )
    finally:
        await bot.session.close()
        await locks.close()
        await database.close()


async def enter_shop(database: Database, settings: Settings) -> Shop:
    """The shop and one director come from the settings, at every start (R17).

    What a director set in the chat stays as they set it (R78).

    The director's name is not known before they connect: it comes from their Telegram profile then. Whom the
    settings named before and do not name any more is taken off the list.
    """
    async with database.write() as c:
        before = {shop.id: shop for shop in await shops.all_shops(c)}
        shop = await _put_shop(c, settings)
        kept = before.get(shop.id, shop)
        if kept.rules != shop.rules:
            await reckon_deadlines(c, shop)
        if (kept.name, kept.marketplace_id) != (shop.name, shop.marketplace_id):
            log.info("shop_renamed_or_renumbered", shop_id=shop.id)
        await staff.name_by_settings(c, shop.id, settings.director_phone)
    pulse = Pulse()  # nobody waits for anything yet
    await Team(database, Desk(database, pulse, utc_now), pulse, utc_now).follow_settings(shop.id)
    return shop


async def _put_shop(c: AsyncConnection, settings: Settings) -> Shop:
    try:
        return await shops.put_of_settings(c, shop_of(settings))
    except MarketplaceNumberTaken as taken:
        raise SettingsProblem([number_taken(taken.owner)]) from taken


def shop_of(settings: Settings) -> Shop:
    """The shop that the settings describe."""
    return Shop(
        0,
        settings.flowwow_shop_id,
        settings.shop_name,
        settings.shop_language,
        settings.rules(),
        settings.group_chat_id,
    )


@asynccontextmanager
async def seller_api(
    settings: Settings,
    on_error: Callable[[MarketplaceError], None] | None = None,
    watch: Watch | None = None,
) -> AsyncIterator[SellerApi | None]:
    """The marketplace's API, where the settings name one."""
    if settings.flowwow_token is None:
        yield None
        return
    token = settings.flowwow_token.get_secret_value()
    async with SellerApi(settings.flowwow_api_url, token, on_error=on_error, watch=watch) as api:
        yield api


def _wire(ground: Ground) -> House:
    database, pulse = ground.database, ground.pulse
    desk = Desk(database, pulse, utc_now, ground.metrics)
    live_cards = LiveCards(ground.bot, database, utc_now, ground.locks)
    lost = LostChats(ground.bot, database, pulse, utc_now)
    files = PhotoFiles(ground.settings.photos_path)
    photos = Photos(database, files, desk, utc_now, ground.metrics)
    own_copy = OwnCopy(database, BackupCopy(ground.settings.backup_path), pulse, utc_now, ground.locks)
    copies = Copies(database, own_copy, utc_now)
    shop_office, shop_watchers = wire_shop(
        ground.settings, database, ground.bot, ground.api, pulse, ground.locks
    )
    erasure = Erasure(database, files, pulse, utc_now)
    chosen, downloads = Chosen(ground.locks), Downloads(ground.bot)
    late = LateFiles(ground.bot, database, downloads, chosen, utc_now)
    file_room = FileRoom(downloads, late, OfficeFiles())
    drafts = Drafts(database, desk, files, utc_now)
    office = _office(ground, desk, live_cards, photos, file_room, drafts, lost, shop_office, erasure=erasure)
    intake, sync = _marketplace(ground, desk)
    dispatcher = _dispatcher(ground, office)
    late.deliver_to(partial(hand_in, ground.bot, dispatcher))
    return House(
        ground.settings,
        ground.bot,
        database,
        ground.locks,
        dispatcher,
        _senders(ground, desk, live_cards, lost, copies, photos, downloads),
        Alarms(database, pulse, utc_now, ground.troubles),
        intake,
        _feeds(ground),
        ground.metrics,
        ground.troubles,
        (*_watchers(ground, copies, own_copy, files, erasure, chosen), late, *sync, *shop_watchers),
        Background(ground.troubles, ground.metrics),
    )


def _office(  # noqa: PLR0913 - what the conversations ask, each once
    ground: Ground,
    desk: Desk,
    live_cards: LiveCards,
    photos: Photos,
    file_room: FileRoom,
    drafts: Drafts,
    lost: LostChats,
    shop_office: ShopOffice,
    *,
    erasure: Erasure,
) -> Office:
    database, pulse = ground.database, ground.pulse
    team = Team(database, desk, pulse, utc_now)
    return Office(
        database,
        desk,
        live_cards,
        photos,
        file_room,
        drafts,
        lost,
        MoneyReports(database, utc_now),
        Imports(database, utc_now),
        ground.troubles,
        shop_office,
        Clients(database, pulse, utc_now, ground.settings.bot_token.get_secret_value()),
        TalkDesk(database, pulse, utc_now),
        team,
        Accounts(database, team, pulse, utc_now),
        erasure,
        ShopBook(database, pulse, utc_now, ground.shop.id, shop_of(ground.settings)),
        Guide(database, pulse, utc_now),
        Cases(database, desk, utc_now),
        utc_now,
    )


def _dispatcher(ground: Ground, office: Office) -> Dispatcher:
    """One person's messages are handled one after another: an album is several messages at once."""
    dispatcher = Dispatcher(
        storage=DatabaseStorage(ground.database), events_isolation=Isolation(ground.locks)
    )
    include_all(dispatcher, office)
    return dispatcher


def _senders(
    ground: Ground,
    desk: Desk,
    live_cards: LiveCards,
    lost: LostChats,
    copies: Copies,
    photos: Photos,
    downloads: Downloads,
) -> tuple[Sender, ...]:
    """One for each way out. All that goes to Telegram, answers too, takes its turn."""
    database, pulse, limits = ground.database, ground.pulse, ground.settings.limits()
    shared = SharedPace(database, limits, ground.locks) if database.is_shared else None
    pace = Pace(limits, moments=shared)
    ground.bot.session.middleware(TryAgain())  # outermost: each try takes its turn
    ground.bot.session.middleware(TakeTurns(pace))
    refused = RefusedCalls(ground.bot, database, pulse, utc_now)
    client_photos = ClientPhotos(ground.bot, database, photos, pulse, utc_now)
    client_cards = ClientCards(ground.bot, database, client_photos, utc_now)
    talks = Talks(ground.bot, database, downloads, utc_now)
    aside = SetAside(ground.bot, database)
    ways = Deliveries(
        live_cards, client_cards, talks, lost, refused, copies, aside, ground.troubles, ground.metrics
    )
    senders = (
        Sender(database, pulse, Channel.TELEGRAM, ways.to_telegram, utc_now, pace, lost, shared),
        Sender(database, pulse, Channel.COPY, ways.to_copy, utc_now, shared=shared),
    )
    if ground.api is None:
        return senders
    caller = Caller(ground.api, database, desk, ground.locks, refused, utc_now)
    call = ways.counted(caller.deliver)
    return (*senders, Sender(database, pulse, Channel.MARKETPLACE, call, utc_now, shared=shared))


def _marketplace(ground: Ground, desk: Desk) -> tuple[Intake | None, tuple[Watcher, ...]]:
    """What takes the marketplace's orders in; nothing where the settings name no marketplace."""
    api, database, settings = ground.api, ground.database, ground.settings
    if api is None:
        return None, ()
    arrivals = Arrivals(database, desk, settings.reading(), utc_now, ground.metrics)
    second_look = SecondLook(api, database, desk, arrivals)
    desk.look_first_by(second_look.before_step)
    pace = settings.sync_pace()
    link = Link(api, ground.reach)
    sync = Sync(link, database, arrivals, second_look, ground.locks, utc_now, ground.metrics, pace)
    filling_in = FillingIn(link, database, desk, arrivals, utc_now)
    watchers: tuple[Watcher, ...] = (sync, filling_in, AccessCheck(link))
    return Intake(api, database, desk, arrivals, utc_now, ground.troubles), watchers


def _feeds(ground: Ground) -> dict[str, Feed]:
    """The feed of the settings' shop, and those of shops that were added in the chat, by their numbers."""
    database, settings = ground.database, ground.settings
    feeds = {
        secret.get_secret_value(): Feed(
            database, partial(shops.by_marketplace_id, marketplace_id=number), utc_now
        )
        for number, secret in settings.feed_secrets.items()
    }
    if settings.feed_secret is not None:
        own = Feed(database, partial(shops.get, shop_id=ground.shop.id), utc_now)
        feeds[settings.feed_secret.get_secret_value()] = own
    return feeds


def _watchers(
    ground: Ground, copies: Copies, own_copy: OwnCopy, files: PhotoFiles, erasure: Erasure, chosen: Chosen
) -> tuple[Watcher, ...]:
    database = ground.database
    return (
        Caretaker(ground.troubles, cares(database, copies, files, ground.pulse)),
        chosen,
        Nightly(erasure, chosen, utc_now),
        CountReminders(database, chosen, ground.pulse, utc_now),
        Mornings(database, ground.pulse, chosen, utc_now),
        TroubleNews(ground.bot, database, ground.troubles, chosen),
        ClockWatch(database, ground.pulse, utc_now, chosen),
        Belongings(database, own_copy, chosen),
    )
