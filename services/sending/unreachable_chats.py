"""Chats that became unreachable: a person blocked the bot, a group removed it or moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from markupsafe import Markup
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from orders.model.people import CHIEFS
from services.health.set_aside import tell_refused
from services.sending.chat_refusals import group_refusal, is_out_of_reach
from services.sending.unheard_notifications import pass_on
from storage.client import links
from storage.db.database import Database
from storage.order import cards
from storage.order import orders as order_rows
from storage.sending import group_refusals, outbox, shop_notifications
from storage.sending.outbox import AnyRow, Channel, Kind, Outgoing, Priority, Row, ShopRow
from storage.shop import shops
from storage.team import staff

_WORDS = frozenset({Kind.UNREACHABLE, Kind.REACHABLE, Kind.SET_ASIDE})
"""Notifications about undelivered messages; their own failures are not notified."""

log = structlog.get_logger(__name__)


class UnreachableChats:
    """Notifies the chiefs who is out of reach and for which order; follows a group that moved."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock

    async def give_up(self, row: AnyRow, error: TelegramAPIError) -> None:
        """The row failed for good. For a person out of reach the chiefs are notified once per order.

        For a group they are notified once until it takes messages again, and get its alarms meanwhile (R15,
        R16). If Telegram refuses the message itself, the directors and its author are notified. For shop news
        see `unheard_notifications`.
        """
        async with self._database.write() as c:
            if isinstance(row, ShopRow):
                await outbox.fail(c, row.id, str(error))
                await pass_on(c, shop_notifications.news_of(row), error, self._clock())
            else:
                await self._give_up_of_order(c, row, error)

    async def _give_up_of_order(self, c: AsyncConnection, row: Row, error: TelegramAPIError) -> None:
        is_first = not await outbox.has_failed(c, row.order_id, row.target)
        await outbox.fail(c, row.id, str(error))
        if row.kind in _WORDS:
            return
        if await shops.by_group(c, row.target) is not None:
            await self._group_refuses(c, row, error)
        elif not is_out_of_reach(error):
            await tell_refused(c, row, self._clock())
        elif is_first:
            await outbox.put(c, await _to_chiefs(c, row, Kind.UNREACHABLE, self._clock()))

    async def _group_refuses(self, c: AsyncConnection, row: Row, error: TelegramAPIError) -> None:
        reason = group_refusal(error)
        if reason is None:
            await tell_refused(c, row, self._clock())
            return
        if await group_refusals.begin(c, row.target, reason):
            log.warning("group_refuses", chat_id=row.target, reason=reason.value)
            await outbox.put(c, await _to_chiefs(c, row, Kind.UNREACHABLE, self._clock()))
        if row.kind is Kind.BELL and row.sound:
            # Chiefs had it silently in private because the group was to ring: now they get it with sound.
            await outbox.put(c, await _to_chiefs(c, row, Kind.BELL, self._clock()))

    async def tell(self, row: Row) -> None:
        """Send the notification about `row.subject` to the chief of this row, if it is still true."""
        async with self._database.snapshot() as c:
            order = await order_rows.get(c, row.order_id)
            readers = await staff.by_telegram(c, row.target)
            reason = await group_refusals.reason_of(c, row.subject)
            lost = await staff.by_telegram(c, row.subject)
            link = await links.of_order(c, row.order_id)
        if order is None or not readers:
            return
        t = Translator(readers[0].language)
        if row.subject < 0:
            words = _of_group(row.kind, reason, order.number, t)
        elif link is not None and link.chat_id == row.subject:
            words = t("unreachable-client", number=order.number)
        else:
            name = lost[0].name if lost else t("name-unknown")
            words = t("unreachable-person", name=name, number=order.number)
        if words is not None:
            await self._bot.send_message(row.target, words, disable_notification=False)

    async def follow(self, old: int, new: int) -> None:
        """The group has a new chat id: redirect pending rows, and drop the records of the old chat.

        Also where no shop has the old id: Telegram may have reported first that the bot is in the new chat. A
        row that kept the old target would be tried without end.
        """
        async with self._database.write() as c:
            shop = await shops.by_group(c, old)
            if shop is not None:
                await shops.set_group(c, shop.id, new)
            await group_refusals.end(c, old)
            await outbox.retarget(c, old, new)
            await cards.leave(c, old)
        log.info("group_moved", shop_id=shop.id if shop is not None else None)


async def note_reached(c: AsyncConnection, chat_id: int, order_id: int, now: datetime) -> None:
    """A group took a message about the order; if it had refused before, notify the chiefs of the end."""
    if await group_refusals.end(c, chat_id):
        log.info("group_takes_messages", chat_id=chat_id)
        await outbox.put(c, await _of_order(c, order_id, chat_id, Kind.REACHABLE, now))


def _of_group(kind: Kind, reason: str | None, number: str, t: Translator) -> Markup | None:
    if (kind is Kind.REACHABLE) != (reason is None):
        return None
    if reason is None:
        return t("reachable-group")
    return t("unreachable-group", number=number, advice=t(f"unreachable-group-{reason}"))


async def _to_chiefs(c: AsyncConnection, row: Row, kind: Kind, now: datetime) -> list[Outgoing]:
    about = row.subject if kind is Kind.BELL else row.target
    rows = await _of_order(c, row.order_id, about, kind, now)
    return [outgoing for outgoing in rows if outgoing.target != row.target]


async def _of_order(
    c: AsyncConnection, order_id: int, subject: int, kind: Kind, now: datetime
) -> list[Outgoing]:
    """One row for each chief of the order's shop."""
    order = await order_rows.get(c, order_id)
    chiefs = await staff.of_shop(c, order.shop_id, CHIEFS) if order else []
    priority = Priority.ALARM if kind is Kind.BELL else Priority.CARD
    sound = kind is not Kind.REACHABLE
    return [
        Outgoing(
            Channel.TELEGRAM, kind, order_id, priority, now,
            target=chief.telegram_id, sound=sound, subject=subject,
        )
        for chief in chiefs
        if chief.telegram_id is not None
    ]  # fmt: skip
