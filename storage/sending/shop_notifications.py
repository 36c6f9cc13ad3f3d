"""What people of a shop are to be told that is of no single order: rows of the outbox that name the shop."""

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
    """What is told. The subject is a hiding's id where one is spoken of."""

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
    """To the one who was added, by the chiefs of the shop."""
    ROLE_CHANGED = "role_changed"
    """Somebody became a director, or is none any more."""
    ACCOUNT_CLAIMED = "account_claimed"
    """Another Telegram account claims somebody's place. The subject is the claim."""
    ACCOUNT_DECIDED = "account_decided"
    ERASED = "erased"
    FLOWER_SAID_OUT = "flower_said_out"
    """To chiefs: a seller says that a flower has run out. The subject is the note of it."""
    COUNT_FLOWERS = "count_flowers"
    """To chiefs: the flowers have not been counted for as long as the rule of the shop says (R83)."""
    NOT_REOPENED = "not_reopened"
    """To chiefs: the shop could not be opened when its time was over."""
    COPY_ASIDE = "copy_aside"
    """To directors: the backup copy held what the database does not."""
    UNHEARD = "unheard"
    """News did not arrive; the subject is the chat that they were for, or 0 where the news were at fault."""

    GUIDE_SUGGESTED = "guide_suggested"
    """To directors: somebody suggests a situation for the guide. The subject is its row."""

    SUPPORT_OPEN = "support_open"
    """To chiefs, each morning: cases for the marketplace's support are open."""

    COURIER_FREED = "courier_freed"
    """To a courier of the shop: another one has the order now. The subject is the order."""
    ROUTE_LOST = "route_lost"
    """To whoever delivers and to chiefs: a window of their route is lost. The subject is their staff id."""
    LOAD_ADVICE = "load_advice"
    """To chiefs: an hour is full of orders. The subject is its beginning, in seconds (X28)."""
    SHOPPING = "shopping"
    """To chiefs, each evening: what to buy for today and tomorrow (X27)."""
    TELEGRAM_BACK = "telegram_back"
    """To chiefs, as soon as Telegram takes it: what happened meanwhile. The subject is the outage (X21)."""
    GROUP_WORDS_OVER = "group_words_over"
    """No news: what the bot said in the group leaves it. The subject is the message."""
    EVENING_REPORT = "evening_report"
    """To everybody: the report of the day, a picture (X10). The subject is the day as an ordinal."""


@dataclass(frozen=True, slots=True)
class News:
    """One thing that one chat is to be told."""

    shop_id: int
    chat_id: int
    kind: NewsKind
    subject: int
    sound: bool
    not_before: datetime


def to_all(
    readers: Iterable[Member], kind: NewsKind, subject: int, now: datetime, *, sound: bool
) -> list[News]:
    """The same for each of these who has connected."""
    return [
        News(one.shop_id, one.telegram_id, kind, subject, sound, now)
        for one in readers
        if one.telegram_id is not None
    ]


async def put(c: AsyncConnection, news: Iterable[News]) -> None:
    """Put it into the outbox; what waits already to be told to the same chat is told once."""
    await outbox.put(c, [_outgoing(one) for one in news])


def news_of(row: ShopRow) -> News:
    """What the row is to tell. Raises ValueError for a kind that only a later version knows."""
    return News(row.shop_id, row.target, NewsKind(row.kind), row.subject, row.sound, row.not_before)


async def waiting_subject(c: AsyncConnection, shop_id: int, kind: NewsKind) -> int | None:
    """What news of this kind are about that wait to be told in this shop; None where none wait."""
    own = (
        table.c.shop_id == shop_id,
        table.c.kind == kind,
        table.c.state.in_((State.PENDING, State.SENDING)),
    )
    subject: int | None = await c.scalar(select(func.max(table.c.subject)).where(*own))
    return subject


def _outgoing(news: News) -> ShopOutgoing:
    """What is heard goes first."""
    priority = Priority.ALARM if news.sound else Priority.CARD
    return ShopOutgoing(
        news.kind, news.shop_id, news.chat_id, news.subject, priority, news.sound, news.not_before
    )
