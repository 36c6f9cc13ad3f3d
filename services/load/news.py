"""Draws the daily news for chiefs: a full hour, and what to buy."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.load.advice import advice_screen
from messages.load.shopping import shopping_screen
from messages.ui.screen import Screen
from services.load.days import ShopDays
from storage.sending.shop_notifications import News, NewsKind
from storage.shop.shops import Shop

OF_THE_DAY = frozenset({NewsKind.LOAD_ADVICE, NewsKind.SHOPPING})


async def day_screen(
    c: AsyncConnection, days: ShopDays, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """The news as of now; None where the hour is not full any more, or there is nothing to buy."""
    if news.kind is NewsKind.SHOPPING:
        needed = await days.shopping_in(c, shop)
        has_any = needed.to_buy or needed.without_recipe
        return shopping_screen(shop.id, needed, days.today(shop), t) if has_any else None
    start = datetime.fromtimestamp(news.subject, UTC)
    load = await days.load_in(c, shop, start.astimezone(shop.rules.zone).date())
    hour = next((one for one in load.hours if one.start == start), None)
    if hour is None or hour.start <= now or hour.to_do < load.capacity.shop.orders:
        return None
    return advice_screen(shop.id, hour, load, shop.rules, now, t)
