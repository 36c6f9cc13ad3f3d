"""Keeps the first-day lists up to date: steps tick themselves, and a finished list is deleted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.utils.deep_linking import create_startgroup_link
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from messages.shop.first_day import first_day_screen
from messages.ui.screen import Screen
from messages.ui.shop_labels import placed
from orders.access.roles import Act, may
from orders.shop.first_day import FirstDay, first_day, has_come_through
from services.health.background import repeat
from services.sending.bot_middlewares import UNREACHABLE, turn
from services.sending.live_cards import edit
from services.sending.message_removal import take_away
from storage.db import tables
from storage.db.database import Database
from storage.delivery import spare_couriers
from storage.order import trial_orders
from storage.sending.outbox import Priority
from storage.shop import first_days, shops
from storage.shop.first_days import Shown
from storage.shop.shops import Shop
from storage.team import staff
from storage.team.staff import Member

LOOK_SECONDS = 3600.0
PAUSE = 1.0
"""Seconds between two drawings: every order that changes triggers one, and few shops have a list."""
AGAIN_SECONDS = 10.0
"""Retry delay in seconds while Telegram is unreachable."""
GROUP_PARAMETER = "first"

log = structlog.get_logger(__name__)


class FirstDays:
    """One list per director and shop, shown from the moment they connect until it is finished or hidden."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._changed = database.subscribe(
            tables.orders,
            tables.shops,
            tables.staff,
            tables.memberships,
            tables.spare_couriers,
        )

    async def run(self) -> None:
        """Redraw the lists until cancelled."""
        await repeat(self._turn, self._changed)

    async def _turn(self) -> float:
        seconds = await self.draw()
        await asyncio.sleep(PAUSE)
        return seconds

    async def open(self, member: Member, chat_id: int) -> None:
        """Show the list as the newest message; an older one in this chat is deleted."""
        async with self._database.snapshot() as c:
            shop = await shops.get(c, member.shop_id)
            before = await first_days.message_of(c, chat_id, member.shop_id)
            day = await _day_of(c, shop) if shop else None
            is_one_of_several = len(await staff.by_telegram(c, chat_id)) > 1
        if shop is None or day is None or not may(member.actor, Act.RUN_SHOPS, shop.id):
            return
        screen = await self._screen(day, shop, member, is_one_of_several=is_one_of_several)
        sent = await self._bot.send_message(chat_id, screen.text, reply_markup=screen.keyboard)
        if day.is_over:  # nothing on it will change any more, so it is not stored
            return
        async with self._database.write() as c:
            await first_days.put(c, Shown(chat_id, shop.id, sent.message_id, screen.digest))
        if before is not None:
            await take_away(self._bot, chat_id, before)

    async def welcome(self, member: Member, chat_id: int) -> None:
        """Show the list to a director who has just connected, unless their shop is set up already."""
        async with self._database.snapshot() as c:
            shop = await shops.get(c, member.shop_id)
            day = await _day_of(c, shop) if shop else None
        if day is not None and not day.is_set_up:
            await self.open(member, chat_id)

    async def hide(self, member: Member, chat_id: int, message_id: int) -> None:
        """Delete the list; /first shows it again."""
        async with self._database.write() as c:
            await first_days.close(c, chat_id, member.shop_id)
        await take_away(self._bot, chat_id, message_id)

    async def draw(self) -> float:
        """Bring every list up to date; returns the seconds until the next drawing."""
        async with self._database.snapshot() as c:
            shown = await first_days.every(c)
        for one in shown:
            try:
                with turn(Priority.CARD):
                    await self._bring_up(one)
            except UNREACHABLE as error:
                log.info("first_day_later", why=type(error).__name__)
                return AGAIN_SECONDS
            except TelegramAPIError as error:
                log.info("first_day_refused", shop_id=one.shop_id, why=error.message)
                async with self._database.write() as c:
                    await first_days.close(c, one.chat_id, one.shop_id)
        return LOOK_SECONDS

    async def _bring_up(self, shown: Shown) -> None:
        async with self._database.snapshot() as c:
            shop = await shops.get(c, shown.shop_id)
            readers = await staff.by_telegram(c, shown.chat_id)
            day = await _day_of(c, shop) if shop else None
        member = next((one for one in readers if one.shop_id == shown.shop_id), None)
        if shop is None or day is None or member is None or not may(member.actor, Act.RUN_SHOPS, shop.id):
            await take_away(self._bot, shown.chat_id, shown.message_id)
            async with self._database.write() as c:
                await first_days.remove(c, shown.chat_id, shown.shop_id)
            return
        if has_come_through(day.trial):
            async with self._database.write() as c:
                await first_days.note_tried(c, shop.id)
        if day.is_over:
            await self.hide(member, shown.chat_id, shown.message_id)
            return
        screen = await self._screen(day, shop, member, is_one_of_several=len(readers) > 1)
        if screen.digest == shown.digest:
            return
        is_there = await edit(self._bot, shown.chat_id, shown.message_id, screen)
        async with self._database.write() as c:
            if is_there:
                await first_days.put(c, Shown(shown.chat_id, shop.id, shown.message_id, screen.digest))
            else:  # the person has deleted it
                await first_days.close(c, shown.chat_id, shop.id)

    async def _screen(self, day: FirstDay, shop: Shop, member: Member, *, is_one_of_several: bool) -> Screen:
        group_link = await create_startgroup_link(self._bot, GROUP_PARAMETER)
        t = Translator(member.language)
        screen = first_day_screen(day, shop.name, shop.id, group_link, t)
        return placed(screen, shop.name, t) if is_one_of_several else screen


async def _day_of(c: AsyncConnection, shop: Shop) -> FirstDay:
    members = await staff.of_shop(c, shop.id)
    return first_day(
        has_group=shop.group_chat_id is not None,
        connected={one.role for one in members if one.telegram_id is not None},
        has_spare_couriers=bool(await spare_couriers.of_shop(c, shop.id)),
        is_tried=await first_days.is_tried(c, shop.id),
        trial=await trial_orders.of_shop(c, shop.id),
    )
