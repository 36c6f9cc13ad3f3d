"""Renders and sends notifications that concern a shop and no single order, from rows of the outbox."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiogram import Bot
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.goods.flowers import count_reminder, said_out
from messages.goods.products import refused
from messages.i18n.texts import Translator
from messages.shop.closures import reopens_soon, shop_hidden_news, shop_open_news
from messages.ui.heading import number
from messages.ui.keyboards import main_keyboard
from messages.ui.screen import Screen
from messages.ui.shop_labels import bound, placed
from services.delivery.route_views import lost_screen
from services.fallback.news import telegram_back_screen
from services.load.days import ShopDays
from services.load.news import OF_THE_DAY, day_screen
from services.sending.unheard_notifications import unheard_screen
from services.support.news import OF_SUPPORT, support_screen
from services.team.account_notifications import OF_ACCOUNTS, account_screen, outsiders_screen
from services.team.team_notifications import OF_TEAM, removal_screen, team_screen
from storage.db import serial
from storage.db.database import Database
from storage.goods import flowers, pending_pushes, products
from storage.order import orders as order_rows
from storage.sending.outbox import ShopRow
from storage.sending.shop_notifications import News, NewsKind, news_of
from storage.shop import closures, shop_log, shops
from storage.shop.shops import Shop
from storage.team import staff

MOST_PROBLEMS = 50


class ShopNotifications:
    """Delivers the shop rows of the outbox. Skips what is no longer relevant."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._days = ShopDays(database, clock)

    async def deliver(self, row: ShopRow) -> None:
        """Render the row's news as of now, and send them."""
        news = news_of(row)
        async with self._database.snapshot() as c:
            screen = await _screen(c, news, self._days, self._clock())
            keys = await _keys(c, news, screen)
        if screen is not None:
            await self._bot.send_message(
                news.chat_id,
                screen.text,
                reply_markup=keys,
                link_preview_options=screen.preview,
                disable_notification=not news.sound,
            )


async def _screen(c: AsyncConnection, news: News, days: ShopDays, now: datetime) -> Screen | None:
    """The news as of now; None where they are no longer relevant, or not for this reader."""
    shop = await shops.get(c, news.shop_id)
    readers = await staff.by_telegram(c, news.chat_id)
    reader = next((one for one in readers if one.shop_id == news.shop_id), None)
    if shop is None:
        return None
    if reader is None:
        making = _FOR_OUTSIDERS.get(news.kind)
        return await making(c, news, shop, now) if making else None
    t = Translator(reader.language)
    if news.kind in OF_THE_DAY:
        screen = await day_screen(c, days, news, shop, now, t)
    else:
        screen = await _for_reader(c, news, shop, now, t)
    if screen is None:
        return None
    return bound(placed(screen, shop.name, t) if len(readers) > 1 else screen, shop.id)


async def _keys(
    c: AsyncConnection, news: News, screen: Screen | None
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | None:
    """The keyboard; people added to a shop, or with a new account, get the shop's main keyboard (X6)."""
    places = await staff.by_telegram(c, news.chat_id)
    if news.kind not in _NEW_PLACES or screen is None or not places:
        return screen.keyboard if screen else None
    here = places[0]  # in the shop that they have open
    several = await shops.places_of(c, news.chat_id)
    names = {shop.id: shop.name for shop in several}
    t, name = Translator(here.language), names.get(here.shop_id, "")
    return main_keyboard(here.role, t, list(names.values()), name)


async def _for_reader(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    if news.kind in OF_ACCOUNTS:
        return await account_screen(c, news, shop, now, t)
    if news.kind in OF_SUPPORT:
        return await support_screen(c, news, shop, now, t)
    if news.kind is NewsKind.COURIER_FREED:
        freed = await order_rows.get(c, news.subject)
        return Screen(str(t("news-courier-freed", number=number(freed)))) if freed is not None else None
    making = _OF_OTHERS.get(news.kind) or (team_screen if news.kind in OF_TEAM else _of_shop)
    return await making(c, news, shop, now, t)


_OF_OTHERS = {NewsKind.TELEGRAM_BACK: telegram_back_screen, NewsKind.ROUTE_LOST: lost_screen}
_FOR_OUTSIDERS = {NewsKind.REMOVED: removal_screen, NewsKind.ACCOUNT_DECIDED: outsiders_screen}
"""News for people who have no place in the shop, or not any more."""
_NEW_PLACES = {NewsKind.ADDED, NewsKind.ACCOUNT_DECIDED, NewsKind.ROLE_CHANGED}
"""News after which the main keyboard may change."""


async def _of_shop(c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator) -> Screen | None:
    if news.kind in _OF_HIDING:
        return await _of_hiding(c, news, shop, now, t)
    if news.kind in _OF_FLOWERS:
        return await _of_flowers(c, news, shop, now, t)
    if news.kind is NewsKind.GOODS_REFUSED:
        found = await pending_pushes.refused(c, shop.id, MOST_PROBLEMS)
        return refused([(one.product, one.shown, one.problem) for one in found], t) if found else None
    if news.kind is NewsKind.GOODS_READ:
        return Screen(str(t("goods-read", count=await products.total(c, shop.id))))
    if news.kind is NewsKind.UNHEARD:
        return await unheard_screen(c, news, shop, t)
    return Screen(str(t(_PLAIN[news.kind])))


_OF_FLOWERS = {NewsKind.FLOWER_SAID_OUT, NewsKind.COUNT_FLOWERS}


async def _of_flowers(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    if news.kind is NewsKind.COUNT_FLOWERS:
        return count_reminder(await flowers.all_flowers(c, shop.id), t)
    return await _said_out(c, news, shop, now, t)


async def _said_out(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """None where somebody has marked the flower as out meanwhile."""
    note = await shop_log.get(c, shop.id, news.subject)
    known = await flowers.all_flowers(c, shop.id)
    flower = next((one for one in known if note is not None and one.key == note.document["flower"]), None)
    if note is None or flower is None or flower.is_out:
        return None
    return said_out(flower, serial.read_mark(note.document["by"]), shop.rules, now, t)


_PLAIN = {
    NewsKind.GOODS_WAIT: "goods-wait",
    NewsKind.GOODS_UNREAD: "goods-unread",
    NewsKind.NOT_REOPENED: "shop-not-reopened",
    NewsKind.COPY_ASIDE: "copy-set-aside",
}
"""News with the same text for everybody."""
_OF_HIDING = {NewsKind.SHOP_HIDDEN, NewsKind.REOPENS_SOON, NewsKind.SHOP_OPEN}


async def _of_hiding(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    hiding = await closures.get(c, shop.id, news.subject)
    if hiding is None or hiding.is_over != (news.kind is NewsKind.SHOP_OPEN):
        return None
    if news.kind is NewsKind.SHOP_OPEN:
        return shop_open_news(hiding, shop.rules, now, t)
    if news.kind is NewsKind.SHOP_HIDDEN:
        return shop_hidden_news(hiding, shop.rules, now, t)
    return reopens_soon(hiding, shop.rules, now, t) if hiding.until is not None else None
