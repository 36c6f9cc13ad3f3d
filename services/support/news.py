"""What people are told about the guide that is of no single order."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.screen import Screen
from messages.support.guide_book import suggestion
from messages.texts import Translator
from storage.shop_news import News
from storage.shops import Shop
from storage.support import guide


async def suggestion_screen(
    c: AsyncConnection, news: News, shop: Shop, now: datetime, t: Translator
) -> Screen | None:
    """What somebody suggests, with the buttons to publish it or not; None once that is decided."""
    found = [one.entry for one in await guide.of_shop(c, shop.id)]
    entry = next((one for one in found if one.key == str(news.subject) and one.is_suggested), None)
    return suggestion(shop.id, entry, shop.rules, now, t) if entry is not None else None
