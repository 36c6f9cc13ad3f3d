"""Wires the services of the shop and its goods."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from aiogram import Bot

from bot.config.settings import Settings
from bot.runtime.fallback_wiring import wire_fallback
from flowwow.api.client import SellerApi
from flowwow.api.goods import GoodsApi
from flowwow.goods.feed import Feed
from flowwow.goods.goods_sync import GoodsSync
from flowwow.goods.goods_syncs import GoodsSyncs
from handlers.frame.context import ShopOffice
from services.bell.boards import Boards
from services.delivery.routes import Routes
from services.fallback.chat_ways import ChatWays
from services.fallback.ways import Ways
from services.first_day.first_days import FirstDays
from services.first_day.trials import TrialOrders
from services.goods.count_reminders import CountReminders
from services.goods.feed_addresses import FeedAddresses
from services.goods.goods_desk import GoodsDesk
from services.goods.goods_notifications import GoodsNews
from services.health.clock import utc_now
from services.health.troubles import Troubles
from services.load.advisor import LoadAdvisor
from services.load.days import ShopDays
from services.load.shopping_lists import ShoppingLists
from services.pack.packs import DayPacks
from services.pack.printer import Printer
from services.report.drawing import Drawing
from services.report.evening_reports import EveningReports
from services.report.reports import Reports
from services.shop.shop_closures import ShopClosures
from services.support.mornings import Mornings
from services.team.command_menus import CommandMenus
from storage.db.database import Database
from storage.photo.photo_files import PhotoFiles
from storage.shop import shops


class Watcher(Protocol):
    """A background job that runs until cancelled."""

    async def run(self) -> None: ...


def wire_shop(
    settings: Settings,
    shop_id: int,
    database: Database,
    bot: Bot,
    api: SellerApi | None,
    troubles: Troubles,
) -> tuple[ShopOffice, list[Watcher]]:
    """Create the services for handlers about the shop, and the background jobs.

    Goods are synchronised with the marketplace if the settings name its API and the shop's number there.
    """
    door, news = ShopClosures(database, utc_now), GoodsNews(database, utc_now)
    days = ShopDays(database, utc_now)
    watchers: list[Watcher] = [
        door,
        CountReminders(database, utc_now),
        Mornings(database, utc_now),
        Routes(database, utc_now),
        Boards(bot, database, days, utc_now),
        LoadAdvisor(database, days, utc_now),
        ShoppingLists(database, days, utc_now),
        *wire_fallback(settings, shop_id, database, bot, troubles),
    ]
    marketplace_id = settings.flowwow_shop_id
    has_api = api is not None and marketplace_id is not None
    if api is not None and marketplace_id is not None:
        seller = api

        def look_after(number: int) -> GoodsSync:
            return GoodsSync(GoodsApi(seller, number), number, database, news, utc_now)

        watchers.append(GoodsSyncs(look_after, database))
    packs = DayPacks(bot, database, Printer(), troubles, utc_now)
    first_days = FirstDays(bot, database, utc_now)
    watchers += [packs, first_days, CommandMenus(bot, database, utc_now), EveningReports(database, utc_now)]
    ways = ChatWays(database, Ways(), utc_now)
    goods_desk = GoodsDesk(database, utc_now)
    office = ShopOffice(
        door,
        goods_desk,
        news,
        has_api,
        _feed_addresses(settings),
        packs,
        ways,
        days,
        Reports(bot, database, Drawing(), troubles, utc_now),
        first_days,
        TrialOrders(bot, database, PhotoFiles(settings.photos_path), utc_now),
    )
    return office, watchers


def _feed_addresses(settings: Settings) -> FeedAddresses:
    own = settings.feed_secret.get_secret_value() if settings.feed_secret is not None else ""
    others = {number: secret.get_secret_value() for number, secret in settings.feed_secrets.items()}
    return FeedAddresses(settings.webhook_url or "", own, others)


def feeds(settings: Settings, database: Database, shop_id: int) -> dict[str, Feed]:
    """The product feeds by secret: of the settings' shop and of shops added in the chat."""
    found = {
        secret.get_secret_value(): Feed(
            database, partial(shops.by_marketplace_id, marketplace_id=number), utc_now
        )
        for number, secret in settings.feed_secrets.items()
    }
    if settings.feed_secret is not None:
        found[settings.feed_secret.get_secret_value()] = Feed(
            database, partial(shops.get, shop_id=shop_id), utc_now
        )
    return found
