"""Notifications for the people of a shop that concern no single order; stored as outbox rows of the shop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db.tables import outbox as table
from storage.sending import outbox
from storage.sending.outbox import Priority, ShopOutgoing, ShopRow, State
from storage.team.staff import Member


class NewsKind(StrEnum):
    """The kind of a notification. For those about a hidden shop the subject is the id of the hiding."""

    SHOP_HIDDEN = "shop_hidden"
    REOPENS_SOON = "reopens_soon"
    SHOP_OPEN = "shop_open"
    GOODS_REFUSED = "goods_refused"
    GOODS_WAIT = "goods_wait"
    GOODS_READ = "goods_read"
    GOODS_UNREAD = "goods_unread"
    LEFT = "left"
    REMOVED = "removed"
    JOINED = "joined"
    ADDED = "added"
    """To a person whom the chiefs have added to the shop."""
    ROLE_CHANGED = "role_changed"
    """A member became a director or stopped being one."""
    ACCOUNT_CLAIMED = "account_claimed"
    """Another Telegram account claims to be a member. The subject is the claim."""
    ACCOUNT_DECIDED = "account_decided"
    ERASED = "erased"
    FLOWER_SAID_OUT = "flower_said_out"
    """To chiefs: a seller reports that a flower has run out. The subject is that report."""
    COUNT_FLOWERS = "count_flowers"
    """To chiefs: the last count of the flowers is older than the shop's rule allows (R83)."""
    NOT_REOPENED = "not_reopened"
    """To chiefs: the shop could not be opened at the end of its hidden time."""
    COPY_ASIDE = "copy_aside"
    """To directors: the backup copy contained data that the database lacks, and was set aside."""
    UNHEARD = "unheard"
    """A notification failed; the subject is its chat, or 0 where the notification itself was faulty."""

    GUIDE_SUGGESTED = "guide_suggested"
    """To directors: a member suggests a situation for the guide. The subject is its id."""

    SUPPORT_OPEN = "support_open"
    """To chiefs, each morning: cases for the marketplace's support are open."""

    COURIER_FREED = "courier_freed"
    """To a courier of the shop: another courier now has the order. The subject is the order."""
    ROUTE_LOST = "route_lost"
    """To a carrier and to chiefs: the carrier's route has a lost window. The subject is their staff id."""
    LOAD_ADVICE = "load_advice"
    """To chiefs: an hour is full of orders. The subject is its start as a Unix time in seconds (X28)."""
    SHOPPING = "shopping"
    """To chiefs, each evening: what to buy for today and tomorrow (X27)."""
    TELEGRAM_BACK = "telegram_back"
    """To chiefs, after an outage of Telegram: what happened meanwhile. The subject is the outage (X21)."""
    EVENING_REPORT = "evening_report"
    """To all members: the report of the day as a picture (X10). The subject is the day as an ordinal."""


@dataclass(frozen=True, slots=True)
class News:
    """One notification for one chat."""

    shop_id: int
    chat_id: int
    kind: NewsKind
    subject: int
    sound: bool
    not_before: datetime


def to_all(
    readers: Iterable[Member], kind: NewsKind, subject: int, now: datetime, *, sound: bool
) -> list[News]:
    """Returns the same notification for each of these members who has a Telegram account connected."""
    return [
        News(one.shop_id, one.telegram_id, kind, subject, sound, now)
        for one in readers
        if one.telegram_id is not None
    ]


async def put(c: AsyncConnection, news: Iterable[News]) -> None:
    """Put notifications into the outbox; one that is already pending for the same chat is sent once."""
    await outbox.put(c, [_outgoing(one) for one in news])


def news_of(row: ShopRow) -> News:
    """Returns the notification of a row. Raises ValueError when only a later version knows its kind."""
    return News(row.shop_id, row.target, NewsKind(row.kind), row.subject, row.sound, row.not_before)


async def waiting_subject(c: AsyncConnection, shop_id: int, kind: NewsKind) -> int | None:
    """Returns the highest subject of the shop's unsent notifications of this kind; None without any."""
    own = (
        table.c.shop_id == shop_id,
        table.c.kind == kind,
        table.c.state.in_((State.PENDING, State.SENDING)),
    )
    subject: int | None = await c.scalar(select(func.max(table.c.subject)).where(*own))
    return subject


def _outgoing(news: News) -> ShopOutgoing:
    """Gives notifications with sound the higher priority."""
    priority = Priority.ALARM if news.sound else Priority.CARD
    return ShopOutgoing(
        news.kind, news.shop_id, news.chat_id, news.subject, priority, news.sound, news.not_before
    )
