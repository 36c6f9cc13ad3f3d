"""Puts together what is about the shop itself and its goods."""

from __future__ import annotations

from typing import Protocol

from aiogram import Bot

from bot.settings import Settings
from flowwow.client import SellerApi
from flowwow.goods_api import GoodsApi
from flowwow.goods_sync import GoodsSync
from flowwow.goods_syncs import GoodsSyncs
from handlers.office import ShopOffice
from services.feed_addresses import FeedAddresses
from services.goods_desk import GoodsDesk
from services.goods_news import GoodsNews
from services.news_sender import NewsSender
from services.pulse import Pulse, utc_now
from services.shop_door import ShopDoor
from storage.database import Database
from storage.named_locks import NamedLocks


class Watcher(Protocol):
    """Something that looks after the rest, until cancelled."""

    async def run(self) -> None: ...


def wire_shop(
    settings: Settings,
    database: Database,
    bot: Bot,
    api: SellerApi | None,
    pulse: Pulse,
    locks: NamedLocks,
) -> tuple[ShopOffice, list[Watcher]]:
    """The services behind the conversations about it, and what works beside them.

    Goods are read and hidden at the marketplace where the settings name its API and the shop's number there.
    """
    door, news = ShopDoor(database, pulse, utc_now), GoodsNews(database, pulse, utc_now)
    watchers: list[Watcher] = [door, NewsSender(bot, database, pulse, utc_now)]
    marketplace_id = settings.flowwow_shop_id
    has_api = api is not None and marketplace_id is not None
    if api is not None and marketplace_id is not None:
        seller = api

        def look_after(number: int) -> GoodsSync:
            return GoodsSync(GoodsApi(seller, number), number, database, news, pulse, locks, utc_now)

        watchers.append(GoodsSyncs(look_after, database, pulse))
    goods_desk = GoodsDesk(database, pulse, utc_now)
    return ShopOffice(door, goods_desk, news, has_api, _feed_addresses(settings)), watchers


def _feed_addresses(settings: Settings) -> FeedAddresses:
    own = settings.feed_secret.get_secret_value() if settings.feed_secret is not None else ""
    others = {number: secret.get_secret_value() for number, secret in settings.feed_secrets.items()}
    return FeedAddresses(settings.webhook_url or "", own, others)
