"""Draws the news about the guide and about cases for support, which concern no single order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.support.cases import case_list
from messages.support.guide_book import suggestion
from messages.ui.screen import Screen
from orders.support.cases import by_promise
from orders.support.guide import may_tell_support
from storage.order import orders
from storage.sending.shop_notifications import News, NewsKind
from storage.shop.shops import Shop
from storage.support import cases, guide
from storage.team import staff

OF_SUPPORT = frozenset({NewsKind.GUIDE_SUGGESTED, NewsKind.SUPPORT_OPEN})


async def support_screen(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """The news as of now; None once there is nothing to decide any more."""
    if news.kind is NewsKind.SUPPORT_OPEN:
        return await _open_cases(c, news, shop, now, t)
    found = [one.entry for one in await guide.of_shop(c, shop.id)]
    entry = next((one for one in found if one.key == str(news.subject) and one.is_suggested), None)
    return suggestion(shop.id, entry, shop.rules, now, t) if entry is not None else None


async def _open_cases(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    readers = await staff.by_telegram(c, news.chat_id)
    reader = next((one for one in readers if one.shop_id == shop.id), None)
    found = by_promise(await cases.open_of_shop(c, shop.id))
    known = {one.id: one for one in await orders.load(c, [case.order_id for case in found])}
    listed = [(case, known[case.order_id]) for case in found if case.order_id in known]
    if reader is None:
        return None
    listed = [(case, order) for case, order in listed if may_tell_support(order, reader.actor)]
    if not listed:
        return None
    screen = case_list(shop.id, listed, reader.actor, shop.rules, now, t)
    return replace(screen, text=str(Markup("\n").join([t("cases-morning"), Markup(screen.text)])))  # noqa: S704 - made of our own texts
