"""One pinned board for each member of staff, edited in place: current, and one tap away (X15)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.bell.day_board import day_board
from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from messages.ui.shop_labels import placed
from orders.access.roles import Act, may
from orders.bell.board import Today, today_of
from orders.load.load import Load
from orders.order.board import Day, Section, Span, day_span
from services.health.background import repeat
from services.load.days import ShopDays
from services.sending.bot_middlewares import UNREACHABLE, turn
from services.sending.live_cards import edit
from services.sending.message_removal import take_away
from storage.bell import boards
from storage.bell.boards import Board
from storage.db import tables
from storage.db.database import Database
from storage.db.support_tables import days_off
from storage.delivery import routes as kept_routes
from storage.delivery.tables import places, ways
from storage.delivery.tables import routes as routes_table
from storage.order import board as board_rows
from storage.order.board import BoardQuery, Shared
from storage.sending.outbox import Priority
from storage.shop import shop_with_staff, shops
from storage.shop.shops import Shop
from storage.team.staff import Member

PAUSE = 3.0
"""Seconds between two drawings."""
LOOK_SECONDS = 60.0
"""The boards are redrawn this often even without changes: an order that was in time may be late by now."""
REFUSED_FOR = timedelta(hours=1)
"""A chat that refuses messages is not tried during this time."""
AGAIN = timedelta(seconds=5)
"""Retry delay after a failed call, where Telegram does not name one."""
MOST = 300
"""At most this many open orders of a shop are read."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one person's board is to show; screen None: no orders, and no board yet."""

    member: Member
    chat_id: int
    shop: Shop
    screen: Screen | None


class Boards:
    """Keeps every board up to date."""

    def __init__(self, bot: Bot, database: Database, days: ShopDays, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._days = days
        of_people, of_routes = (tables.staff, tables.memberships), (routes_table, places, ways)
        self._changed = database.subscribe(tables.orders, tables.shops, *of_people, *of_routes, days_off)
        self._clock = clock
        self._not_before: dict[int, datetime] = {}
        """Chats that are not tried before that time."""

    async def run(self) -> None:
        """Redraw the boards until cancelled."""
        await repeat(self._turn, self._changed)

    async def _turn(self) -> float:
        await self.draw()
        await asyncio.sleep(PAUSE)
        soonest = min(self._not_before.values(), default=None)
        if soonest is None:
            return LOOK_SECONDS
        return min(max((soonest - self._clock()).total_seconds(), 0.0), LOOK_SECONDS)

    async def draw(self) -> None:
        """Bring every board up to date; only a board whose content has changed costs a call.

        A chat that cannot be reached is retried later, without delaying the others.
        """
        now = self._clock()
        self._not_before = {chat: at for chat, at in self._not_before.items() if at > now}
        async with self._database.snapshot() as c:
            before = await boards.every(c)
            wanted = list[_Wanted]()
            for shop in await shops.all_shops(c):
                wanted += await self._of_shop(c, shop, before)
        for one in wanted:
            await self._show(one, before.get((one.chat_id, one.shop.id)))
        working = {(one.chat_id, one.shop.id) for one in wanted}
        for key, gone in before.items():
            if key not in working:
                with suppress(*UNREACHABLE):  # the next drawing tries again
                    await self._take_away(gone)

    async def _of_shop(
        self, c: AsyncConnection, shop: Shop, before: dict[tuple[int, int], Board]
    ) -> list[_Wanted]:
        crew = await shop_with_staff.of_shop(c, shop.id)
        connected = [(one, one.telegram_id) for one in crew.members if one.telegram_id] if crew else []
        if not connected:
            return []
        now = self._clock()
        query = BoardQuery(shop.id, Section.ALL, Span(), now)
        living = [one for one in (await board_rows.listed(c, query, MOST, 0)).orders if not one.is_final]
        routes = await kept_routes.routes_of(c, shop.id, shop.rules, living, now)
        changed = {staff: row.changed_at for staff, row in (await kept_routes.kept(c, shop.id)).items()}
        places = {chat: sum(key[0] == chat for key in before) for _, chat in connected}
        sees_load = any(_sees_all(member) for member, _ in connected)
        load = await self._days.load_of(c, shop, self._days.today(shop), living) if sees_load else None
        done_today = await self._done(c, shop, now)
        found = []
        for member, chat in connected:
            done = sum(one.number for one in done_today if _counts_for(member, one))
            is_known = (chat, shop.id) in before
            shown = load if _sees_all(member) else None
            today = today_of(living, member.actor, shop.rules, now, routes)
            today = replace(today, route_changed_at=changed.get(member.staff_id))
            screen = _screen(shop, member, today, done, now, shown, is_known=is_known)
            several = places[chat] > (1 if is_known else 0)
            t = Translator(member.language)
            screen = placed(screen, shop.name, t) if screen and several else screen
            found.append(_Wanted(member, chat, shop, screen))
        return found

    async def _done(self, c: AsyncConnection, shop: Shop, now: datetime) -> Sequence[Shared]:
        span = day_span(Day.TODAY, now, shop.rules.zone)
        return await board_rows.shared(c, BoardQuery(shop.id, Section.DONE, span, span.start or now))

    async def _show(self, wanted: _Wanted, board: Board | None) -> None:
        screen = wanted.screen
        if screen is None:
            return
        if wanted.chat_id in self._not_before:
            return
        try:
            with turn(Priority.CARD):
                if board is None:
                    await self._send(wanted, screen)
                elif board.digest != screen.digest:
                    await self._edit(wanted, board, screen)
        except (TelegramForbiddenError, TelegramBadRequest) as error:
            log.warning("board_refused", staff_id=wanted.member.staff_id, why=str(error))
            self._not_before[wanted.chat_id] = self._clock() + REFUSED_FOR
        except UNREACHABLE as error:
            told = timedelta(seconds=error.retry_after) if isinstance(error, TelegramRetryAfter) else AGAIN
            log.info("board_later", staff_id=wanted.member.staff_id, why=type(error).__name__)
            self._not_before[wanted.chat_id] = self._clock() + told

    async def _send(self, wanted: _Wanted, screen: Screen) -> None:
        """Send and pin a board: the first one, or a new one because somebody deleted the last."""
        message = await self._bot.send_message(
            wanted.chat_id, screen.text, reply_markup=screen.keyboard, disable_notification=True
        )
        board = Board(wanted.chat_id, wanted.shop.id, message.message_id, "", self._clock())
        await self._keep(board)
        await self._pin(board)
        await self._keep(replace(board, digest=screen.digest))

    async def _pin(self, board: Board) -> None:
        with suppress(TelegramBadRequest):  # an unpinned board is still up to date
            await self._bot.pin_chat_message(board.chat_id, board.message_id, disable_notification=True)

    async def _edit(self, wanted: _Wanted, board: Board, screen: Screen) -> None:
        if not await edit(self._bot, board.chat_id, board.message_id, screen):
            await self._send(wanted, screen)
            return
        now, zone = self._clock(), wanted.shop.rules.zone
        is_from_today = board.drawn_at.astimezone(zone).date() == now.astimezone(zone).date()
        if not board.digest or not is_from_today:
            await self._pin(board)  # also once a day: Telegram does not report that a person has unpinned it
        await self._keep(replace(board, digest=screen.digest, drawn_at=now))

    async def _keep(self, board: Board) -> None:
        async with self._database.write() as c:
            await boards.put(c, board)

    async def _take_away(self, board: Board) -> None:
        """People who no longer work here may not read the shop's orders (R14)."""
        await take_away(self._bot, board.chat_id, board.message_id)
        async with self._database.write() as c:
            await boards.remove(c, board.chat_id, board.shop_id)


def _sees_all(member: Member) -> bool:
    return may(member.actor, Act.SEE_ALL_ORDERS, member.shop_id)


def _counts_for(member: Member, done: Shared) -> bool:
    return _sees_all(member) or member.staff_id in {done.seller_id, done.carrier_id}


def _screen(
    shop: Shop, member: Member, today: Today, done: int, now: datetime, load: Load | None, *, is_known: bool
) -> Screen | None:
    if not today.orders and not today.later and not done and not is_known:
        return None
    return day_board(today, done, member.actor, shop.rules, now, Translator(member.language), load)
