"""Wires the bot: creates all services and jobs from the settings."""

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

from bot.config.settings import Settings
from bot.runtime.health_probes import cares
from bot.runtime.outbox_routes import Deliveries
from bot.runtime.own_shop import enter_shop
from bot.runtime.service_wiring import Resources, Watcher, feeds, shop_watchers, wire_services
from flowwow.api.client import SellerApi, Watch
from flowwow.api.errors import MarketplaceError
from flowwow.api.reachability import AccessCheck, Link, Reach
from flowwow.goods.feed import Feed
from flowwow.order.caller import Caller
from flowwow.order.incomplete_orders import FillingIn
from flowwow.order.intake import Arrivals
from flowwow.order.precheck import Precheck
from flowwow.order.sync import Sync
from flowwow.order.webhook_events import Intake
from handlers.frame.late_files import hand_in
from handlers.frame.services import Services
from handlers.routers import include_all
from services.backup.backup_guard import OwnCopy, refuse_lost_database
from services.backup.backup_table_sync import Belongings
from services.backup.backup_writer import BackupWriter
from services.bell.group_members import GroupMembers
from services.bell.waiting_orders import WaitingOrders
from services.client.client_cards import ClientCards
from services.client.client_photos import ClientPhotos
from services.client.message_delivery import MessageDelivery
from services.files.downloads import Downloads
from services.files.late_files import LateFiles
from services.health.background import Background, Job
from services.health.clock import utc_now
from services.health.clock_watch import ClockWatch
from services.health.health_checks import HealthChecks
from services.health.metrics import Metrics
from services.health.set_aside import SetAside
from services.health.troubles import TroubleKind, Troubles
from services.order.alarms import Alarms
from services.order.desk import Desk
from services.order.refused_calls import RefusedCalls
from services.photo.photos import Photos
from services.sending.live_cards import LiveCards
from services.sending.new_features import prepare_requests
from services.sending.rate_limiter import RateLimiter
from services.sending.sender import Sender
from services.sending.telegram_session import TelegramSession
from services.sending.trouble_notifications import TroubleNews
from services.shop.erasure import Erasure, Nightly
from services.shop.shop_notifications import ShopNotifications
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.leader import Leader
from storage.db.owner_only import tighten
from storage.photo.photo_files import PhotoFiles
from storage.sending.outbox import Channel
from storage.updates.event_isolation import Isolation
from storage.updates.fsm_storage import DatabaseStorage
from storage.updates.named_locks import NamedLocks

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs in one process."""

    settings: Settings
    bot: Bot
    database: Database
    leader: Leader
    dispatcher: Dispatcher
    services: Services
    senders: tuple[Sender, ...]
    alarms: Alarms
    intake: Intake | None
    feeds: Mapping[str, Feed]
    """By the secret in each feed's URL."""
    metrics: Metrics
    troubles: Troubles
    watchers: tuple[Watcher, ...]
    background: Background

    def jobs(self) -> dict[str, Job]:
        """All background jobs by the name used in log and metrics."""
        senders: dict[str, Job] = {f"sender_{sender.channel.value}": sender.run for sender in self.senders}
        watchers: dict[str, Job] = {_job_name(worker): worker.run for worker in (self.alarms, *self.watchers)}
        return senders | watchers


def _job_name(worker: Watcher) -> str:
    """Converts ShopClosures to shop_closures."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(worker).__name__).lower()


@asynccontextmanager
async def open_house(settings: Settings, leader: Leader) -> AsyncIterator[App]:
    """Open and migrate the database, store the shop, wire everything, and close it all on exit."""
    troubles, metrics = Troubles(utc_now), Metrics()
    database = Database(settings.database_url, leader)
    session = TelegramSession(leader, TelegramAPIServer.from_base(settings.bot_api_url), settings.proxy)
    bot = Bot(
        settings.bot_token.get_secret_value(),
        session=session,
        default=DefaultBotProperties(parse_mode=ParseMode.HTML),
    )
    try:
        with database.occupied():
            files = database.file, settings.backup_path, settings.photos_path
            beside = [settings.texts_path] if settings.texts_path is not None else []
            await asyncio.to_thread(tighten, *files, beside)
            await database.migrate()
            await refuse_lost_database(database, BackupCopy(settings.backup_path))
            shop = await enter_shop(database, settings)
            # Only from here on: an earlier failure stops the start with its own error.
            database.listen_for_outages(troubles.report_database)
            reach = Reach(troubles)
            async with seller_api(settings, metrics.marketplace_error, reach, leader) as api:
                resources = Resources(
                    settings, shop, database, leader, bot, api, reach, troubles, metrics, settings.features()
                )
                app = _wire(resources)
                try:
                    yield app
                finally:
                    take_off(app.dispatcher)
    finally:
        await bot.session.close()
        await database.close()


@asynccontextmanager
async def seller_api(
    settings: Settings,
    on_error: Callable[[MarketplaceError], None] | None = None,
    watch: Watch | None = None,
    leader: Leader | None = None,
) -> AsyncIterator[SellerApi | None]:
    """The marketplace's API, or None if it is not set up."""
    if settings.flowwow_token is None:
        yield None
        return
    token = settings.flowwow_token.get_secret_value()
    async with SellerApi(
        settings.flowwow_api_url, token, on_error=on_error, watch=watch, leader=leader
    ) as api:
        yield api


def _wire(resources: Resources) -> App:
    database = resources.database
    desk = Desk(database, utc_now, resources.metrics)
    locks = NamedLocks()
    live_cards = LiveCards(resources.bot, database, utc_now, locks)
    waiting = WaitingOrders(resources.bot, database, utc_now, locks, live_cards)
    report = partial(resources.troubles.report, TroubleKind.PHOTOS)
    files = PhotoFiles(resources.settings.photos_path, report)
    photos = Photos(database, files, desk, utc_now, resources.metrics)
    own_copy = OwnCopy(database, BackupCopy(resources.settings.backup_path), utc_now)
    copies = BackupWriter(database, own_copy, utc_now)
    downloads = Downloads(resources.bot)
    late = LateFiles(resources.bot, database, downloads, utc_now)
    services = wire_services(resources, desk, waiting, photos, files, late)
    intake, sync = _marketplace(resources, desk)
    dispatcher = _dispatcher(resources, services, locks)
    late.deliver_to(partial(hand_in, resources.bot, dispatcher))
    return App(
        resources.settings,
        resources.bot,
        database,
        resources.leader,
        dispatcher,
        services,
        _senders(resources, desk, waiting, copies, photos, services),
        Alarms(database, utc_now, resources.troubles),
        intake,
        feeds(resources.settings, database, resources.shop.id),
        resources.metrics,
        resources.troubles,
        (
            *_watchers(resources, copies, own_copy, files, services.erasure),
            late,
            *sync,
            *shop_watchers(resources, services),
        ),
        Background(resources.troubles, resources.metrics),
    )


def _dispatcher(resources: Resources, services: Services, locks: NamedLocks) -> Dispatcher:
    """Handles one person's messages one at a time: the photos of an album arrive concurrently."""
    dispatcher = Dispatcher(storage=DatabaseStorage(resources.database), events_isolation=Isolation(locks))
    include_all(dispatcher, services)
    return dispatcher


def take_off(dispatcher: Dispatcher) -> None:
    """Detach the routers, which exist once per process, so that a later dispatcher can include them."""
    for router in dispatcher.sub_routers:
        router._parent_router = None  # noqa: SLF001 - aiogram has no other way


def _senders(
    resources: Resources,
    desk: Desk,
    waiting: WaitingOrders,
    copies: BackupWriter,
    photos: Photos,
    services: Services,
) -> tuple[Sender, ...]:
    """One sender per channel. All calls to Telegram, answers too, go through the rate limiter."""
    database, limits, lost = resources.database, resources.settings.limits(), services.lost_chats
    pace = RateLimiter(limits)
    prepare_requests(resources.bot, pace, resources.features)
    refused = RefusedCalls(resources.bot, database, utc_now)
    client_photos = ClientPhotos(resources.bot, database, photos, utc_now)
    client_cards = ClientCards(resources.bot, database, client_photos, utc_now)
    talks = MessageDelivery(resources.bot, database, services.late_files.downloads, utc_now)
    aside = SetAside(resources.bot, database)
    shop_news = ShopNotifications(resources.bot, database, utc_now)
    ways = Deliveries(
        waiting, client_cards, talks, lost, refused, copies, aside, shop_news, services.reports,
        resources.troubles, resources.metrics,
    )  # fmt: skip
    senders = (
        Sender(database, Channel.TELEGRAM, ways.to_telegram, utc_now, pace, lost, ways.of_shop),
        Sender(database, Channel.COPY, ways.to_copy, utc_now),
    )
    if resources.api is None:
        return senders
    caller = Caller(resources.api, database, desk, refused, utc_now)
    call = ways.counted(caller.deliver)
    return (*senders, Sender(database, Channel.MARKETPLACE, call, utc_now))


def _marketplace(resources: Resources, desk: Desk) -> tuple[Intake | None, tuple[Watcher, ...]]:
    """The services that receive the marketplace's orders; none if it is not set up."""
    api, database, settings = resources.api, resources.database, resources.settings
    if api is None:
        return None, ()
    arrivals = Arrivals(database, desk, settings.reading(), utc_now, resources.metrics)
    second_look = Precheck(api, database, desk, arrivals)
    desk.look_first_by(second_look.before_step)
    pace = settings.sync_pace()
    link = Link(api, resources.reach)
    sync = Sync(link, database, arrivals, second_look, utc_now, resources.metrics, pace)
    filling_in = FillingIn(link, database, desk, arrivals, utc_now)
    watchers: tuple[Watcher, ...] = (sync, filling_in, AccessCheck(link))
    return Intake(api, database, desk, arrivals, utc_now, resources.troubles), watchers


def _watchers(
    resources: Resources, copies: BackupWriter, own_copy: OwnCopy, files: PhotoFiles, erasure: Erasure
) -> tuple[Watcher, ...]:
    database = resources.database
    return (
        HealthChecks(resources.troubles, cares(database, copies, files)),
        Nightly(erasure, utc_now),
        TroubleNews(resources.bot, database, resources.troubles),
        ClockWatch(database, utc_now),
        Belongings(database, own_copy),
        GroupMembers(resources.bot, database, utc_now),
    )
