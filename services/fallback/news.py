"""Draws the message that chiefs get once Telegram takes messages again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.support.fallback import telegram_back
from messages.ui.heading import number
from messages.ui.screen import Screen
from orders.schedule.fallback import TAPS_KEPT
from storage.order import orders
from storage.sending import fallback
from storage.sending.shop_notifications import News
from storage.shop.shops import Shop


async def telegram_back_screen(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """The summary of the outage that the news refers to."""
    outage = await fallback.outage(c, news.subject)
    if outage is None or outage.shop_id != shop.id:
        return None
    left = {one.order_id: one.at for one in reversed(await fallback.left_in(c, outage.id))}
    known, _ = await orders.load_readable(c, left)
    named = {number(known[one]): at for one, at in reversed(left.items()) if one in known}
    silent = outage.silent_since
    last = await fallback.last_contact(c)
    if silent is None and last is not None and now - last >= TAPS_KEPT:
        silent = last  # Telegram has just answered for the first time, which is not stored yet
    return telegram_back(outage.began_at, silent, named, shop.rules, now, t)
