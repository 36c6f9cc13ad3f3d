"""Wires the services that handlers may ask for, and the background jobs about the shop."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from aiogram import Bot

from bot.config.settings import Settings
from bot.runtime.fallback_wiring import wire_fallback
from bot.runtime.own_shop import shop_of
from flowwow.api.client import SellerApi
from flowwow.api.goods import GoodsApi
from flowwow.api.reachability import Reach
from flowwow.goods.feed import Feed
from flowwow.goods.goods_sync import GoodsSync
from flowwow.goods.goods_syncs import GoodsSyncs
from handlers.frame.services import Services
from services.bell.boards import Boards
from services.bell.ephemeral_messages import EphemeralMessages
from services.bell.hearings import Hearings
from services.bell.passing_messages import PassingMessages
from services.bell.waiting_orders import WaitingOrders
from services.client.clients import Clients
from services.client.conversation import Conversation
from services.delivery.route_choices import RouteChoices
from services.delivery.routes import Routes
from services.delivery.spare_couriers import SpareCouriers
from services.fallback.chat_ways import ChatWays
from services.fallback.ways import Ways
from services.files.file_kinds import OfficeFiles
from services.files.late_files import LateFiles
from services.first_day.first_days import FirstDays
from services.first_day.trials import TrialOrders
from services.goods.catalogue import Catalogue
from services.goods.count_reminders import CountReminders
from services.goods.feed_addresses import FeedAddresses
from services.goods.goods_desk import GoodsDesk
from services.goods.goods_notifications import GoodsNews
from services.goods.imports import Imports
from services.health.clock import utc_now
from services.health.metrics import Metrics
from services.health.troubles import Troubles
from services.intake.drafts import Drafts
from services.load.advisor import LoadAdvisor
from services.load.days import ShopDays
from services.load.shopping_lists import ShoppingLists
from services.money.money_reports import MoneyReports
from services.notes.notes import Notes
from services.order.desk import Desk
from services.order.order_facts import OrderFacts
from services.order.order_lists import OrderLists
from services.pack.packs import DayPacks
from services.pack.printer import Printer
from services.photo.photos import Photos
from services.report.drawing import Drawing
from services.report.evening_reports import EveningReports
from services.report.reports import Reports
from services.sending.new_features import Features
from services.sending.unreachable_chats import UnreachableChats
from services.shop.erasure import Erasure
from services.shop.shop_closures import ShopClosures
from services.shop.shop_settings import ShopSettings
from services.support.branded_goods import BrandedGoods
from services.support.cases import Cases
from services.support.compensations import Compensations
from services.support.gift_list import GiftList
from services.support.guide import Guide
from services.support.mornings import Mornings
from services.team.accounts import Accounts
from services.team.command_menus import CommandMenus
from services.team.staff_list import Team
from services.team.visitors import Visitors
from storage.db.database import Database
from storage.db.leader import Leader
from storage.photo.photo_files import PhotoFiles
from storage.shop import shops
from storage.shop.shops import Shop


class Watcher(Protocol):
    """A background job that runs until cancelled."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Resources:
    """The objects on which all others depend."""

    settings: Settings
    shop: Shop
    database: Database
    leader: Leader
    bot: Bot
    api: SellerApi | None
    reach: Reach
    troubles: Troubles
    metrics: Metrics
    features: Features


def wire_services(
    resources: Resources,
    desk: Desk,
    waiting: WaitingOrders,
    photos: Photos,
    files: PhotoFiles,
    late: LateFiles,
) -> Services:
    """Everything that handlers may ask for."""
    bot, database, settings = resources.bot, resources.database, resources.settings
    troubles = resources.troubles
    team = Team(database, desk, utc_now)
    return Services(
        desk=desk,
        order_facts=OrderFacts(database, utc_now),
        order_lists=OrderLists(database),
        waiting=waiting,
        live_cards=waiting.live_cards,
        ephemeral=EphemeralMessages(bot, resources.features),
        passing=PassingMessages(database),
        hearings=Hearings(database),
        photos=photos,
        late_files=late,
        office_files=OfficeFiles(),
        drafts=Drafts(database, desk, files, utc_now),
        notes=Notes(database, files, late.downloads, desk, utc_now),
        clients=Clients(database, utc_now, settings.bot_token.get_secret_value()),
        conversation=Conversation(database, utc_now),
        route_choices=RouteChoices(database, utc_now),
        spare_couriers=SpareCouriers(database),
        goods_desk=GoodsDesk(database, utc_now),
        catalogue=Catalogue(database),
        goods_news=GoodsNews(database, utc_now),
        feeds=_feed_addresses(settings),
        has_api=resources.api is not None and settings.flowwow_shop_id is not None,
        imports=Imports(database, utc_now),
        money_reports=MoneyReports(database, utc_now),
        shop_days=ShopDays(database, utc_now),
        reports=Reports(bot, database, Drawing(), troubles, utc_now),
        day_packs=DayPacks(bot, database, Printer(), troubles, utc_now),
        closures=ShopClosures(database, utc_now),
        shop_settings=ShopSettings(database, utc_now, resources.shop.id, shop_of(settings)),
        erasure=Erasure(database, files, utc_now),
        chat_ways=ChatWays(database, Ways(), utc_now),
        first_days=FirstDays(bot, database, utc_now),
        trials=TrialOrders(bot, database, files, utc_now),
        team=team,
        accounts=Accounts(database, team, utc_now),
        visitors=Visitors(database),
        lost_chats=UnreachableChats(bot, database, utc_now),
        guide=Guide(database, utc_now),
        cases=Cases(database, desk, utc_now),
        compensations=Compensations(database, desk, files, utc_now),
        branded_goods=BrandedGoods(database),
        gift_list=GiftList(database),
        clock=utc_now,
    )


def shop_watchers(resources: Resources, services: Services) -> list[Watcher]:
    """Create the background jobs about the shop.

    Goods are synchronised with the marketplace if the settings name its API and the shop's number there.
    """
    settings, database, bot = resources.settings, resources.database, resources.bot
    watchers: list[Watcher] = [
        services.closures,
        services.day_packs,
        services.first_days,
        CountReminders(database, utc_now),
        Mornings(database, utc_now),
        Routes(database, utc_now),
        Boards(bot, database, services.shop_days, utc_now),
        LoadAdvisor(database, services.shop_days, utc_now),
        ShoppingLists(database, services.shop_days, utc_now),
        CommandMenus(bot, database, utc_now),
        EveningReports(database, utc_now),
        *wire_fallback(settings, resources.shop.id, database, bot, resources.troubles),
    ]
    if resources.api is not None and settings.flowwow_shop_id is not None:
        api = resources.api

        def look_after(number: int) -> GoodsSync:
            return GoodsSync(GoodsApi(api, number), number, database, services.goods_news, utc_now)

        watchers.append(GoodsSyncs(look_after, database))
    return watchers


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
