"""Records Telegram's outages, and notifies the chiefs as soon as Telegram takes messages again."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import CHIEFS
from orders.schedule.fallback import TAPS_KEPT
from storage.sending import fallback, shop_notifications
from storage.sending.shop_notifications import NewsKind, to_all
from storage.shop import shops
from storage.team import staff

ONE_OUTAGE = timedelta(minutes=10)
"""A failure within this time after the beginning of a reported outage belongs to it."""
NOTED_EACH = timedelta(minutes=1)


async def outage_of(c: AsyncConnection, shop_id: int, since: datetime, now: datetime) -> int:
    """The id of the shop's current outage; begins one where there is none.

    The message that Telegram is back is put into the outbox at once: Telegram takes it as soon as it is true,
    and its text is made then.
    """
    waiting = await shop_notifications.waiting_subject(c, shop_id, NewsKind.TELEGRAM_BACK)
    if waiting is not None:
        return waiting
    latest = await fallback.latest_outage(c, shop_id)
    if latest is not None and since - latest.began_at < ONE_OUTAGE:
        return latest.id
    outage_id = await fallback.begin_outage(c, shop_id, since)
    await _tell_when_back(c, shop_id, outage_id, now)
    return outage_id


async def note_contact(c: AsyncConnection, at: datetime) -> bool:
    """Record that Telegram answered; returns whether its silence was long enough to lose taps."""
    last = await fallback.last_contact(c)
    if last is not None and at - last < NOTED_EACH:
        return False
    await fallback.note_contact(c, at)
    if last is None or at - last < TAPS_KEPT:
        return False
    for shop in await shops.all_shops(c):
        await fallback.note_silence(c, await outage_of(c, shop.id, last, at), last)
    return True


async def _tell_when_back(c: AsyncConnection, shop_id: int, outage_id: int, now: datetime) -> None:
    chiefs = await staff.of_shop(c, shop_id, CHIEFS)
    await shop_notifications.put(c, to_all(chiefs, NewsKind.TELEGRAM_BACK, outage_id, now, sound=True))
