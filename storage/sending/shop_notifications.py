"""What people of a shop are to be told that is of no single order. Rows hold ids, never texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.tables import shop_news


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

    TELEGRAM_BACK = "telegram_back"
    """To chiefs, as soon as Telegram takes it: what happened meanwhile. The subject is the outage (X21)."""


_KINDS = frozenset(NewsKind)


@dataclass(frozen=True, slots=True)
class News:
    """One thing that one chat is to be told. `attempts` counts the tries that failed."""

    shop_id: int
    chat_id: int
    kind: NewsKind
    subject: int
    sound: bool
    not_before: datetime
    attempts: int = 0
    id: int = 0


async def put(c: AsyncConnection, news: Iterable[News]) -> None:
    """Keep what is to be told; what waits already to be told to the same chat is told once."""
    for one in news:
        key = {"chat_id": one.chat_id, "kind": one.kind, "subject": one.subject}
        values = {"shop_id": one.shop_id, "sound": one.sound, "not_before": one.not_before, "attempts": 0}
        await upserts.put(c, shop_news, key, values)


async def claim(c: AsyncConnection, now: datetime, until: datetime, limit: int) -> list[News]:
    """Take what is due; nobody else takes it before `until`, by which it should be told.

    A row of an unknown kind (of a later version) stays, and stops no other.
    """
    ready = select(shop_news).where(shop_news.c.not_before <= now).order_by(shop_news.c.id).limit(limit)
    rows = (await c.execute(ready.with_for_update(skip_locked=True))).all()
    taken = shop_news.c.id.in_([row.id for row in rows])
    await c.execute(update(shop_news).where(taken).values(not_before=until))
    return [
        News(
            row.shop_id, row.chat_id, NewsKind(row.kind), row.subject, row.sound, until, row.attempts, row.id
        )
        for row in rows
        if row.kind in _KINDS
    ]


async def done(c: AsyncConnection, news: News) -> None:
    """It is told, or never will be. What was put anew since it was taken stays."""
    own = delete(shop_news).where(shop_news.c.id == news.id, shop_news.c.not_before == news.not_before)
    await c.execute(own)


async def try_again(c: AsyncConnection, news: News, at: datetime) -> None:
    """It could not be told: once more, not before `at`."""
    own = update(shop_news).where(shop_news.c.id == news.id, shop_news.c.not_before == news.not_before)
    await c.execute(own.values(not_before=at, attempts=news.attempts + 1))


async def next_due(c: AsyncConnection) -> datetime | None:
    """When the next is to be told."""
    moment: datetime | None = await c.scalar(select(func.min(shop_news.c.not_before)))
    return moment


async def waiting_subject(c: AsyncConnection, shop_id: int, kind: NewsKind) -> int | None:
    """What news of this kind are about that wait to be told in this shop; None where none wait."""
    own = shop_news.c.shop_id == shop_id, shop_news.c.kind == kind
    subject: int | None = await c.scalar(select(func.max(shop_news.c.subject)).where(*own))
    return subject


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the shops of the backup copy."""
    await c.execute(delete(shop_news))
