"""Asks Telegram which of the staff are members of the shop's group; an unknown answer counts as no (X14)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest, TelegramForbiddenError
from aiogram.types import ChatMemberBanned, ChatMemberLeft, ChatMemberRestricted

from services.health.background import repeat
from storage.bell import hearing
from storage.db import tables
from storage.db.database import Database
from storage.shop import shops
from storage.team import staff

LOOK_SECONDS = 1800.0
"""Between two questions about a person; in the meantime Telegram reports who joins and leaves."""
AGAIN_SECONDS = 60.0
"""The same after a failed call: until then a person may get every message twice."""

log = structlog.get_logger(__name__)


class GroupMembers:
    """Asks at each start, and again when a shop or its staff has changed."""

    def __init__(self, bot: Bot, database: Database, clock: Callable[[], datetime]) -> None:
        self._bot = bot
        self._database = database
        self._changed = database.subscribe(tables.shops, tables.staff, tables.memberships)
        self._clock = clock
        self._answered: dict[tuple[int, int], datetime] = {}

    async def run(self) -> None:
        """Ask until cancelled."""
        await repeat(self._turn, self._changed)

    async def _turn(self) -> float:
        return LOOK_SECONDS if await self.look() else AGAIN_SECONDS

    async def look(self) -> bool:
        """Ask about everybody who is connected and whose shop has a group, except those answered lately.

        Returns whether all answers are known now.
        """
        now = self._clock()
        async with self._database.snapshot() as c:
            groups = {one.id: one.group_chat_id for one in await shops.all_shops(c) if one.group_chat_id}
            people = [(one.shop_id, one.telegram_id) for one in await staff.everybody(c)]
        is_known = True
        for shop_id, telegram_id in people:
            group = groups.get(shop_id)
            if group is None or telegram_id is None:
                continue
            answered_at = self._answered.get((group, telegram_id))
            if answered_at is None or now - answered_at >= timedelta(seconds=LOOK_SECONDS):
                is_member = await self._is_member(group, telegram_id)
                if is_member is None:
                    is_known = False
                    continue
                self._answered[group, telegram_id] = now
                async with self._database.write() as c:
                    await hearing.note_member(c, group, telegram_id, is_member=is_member)
        return is_known

    async def _is_member(self, group: int, telegram_id: int) -> bool | None:
        """Whether the person is in the group; None when Telegram was unreachable or the group has moved."""
        try:
            member = await self._bot.get_chat_member(group, telegram_id)
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            log.info("group_member_unknown", chat_id=group, why=str(error))
            return False
        except TelegramAPIError as error:
            log.info("group_member_not_asked", chat_id=group, why=type(error).__name__)
            return None
        if isinstance(member, ChatMemberRestricted):
            return member.is_member
        return not isinstance(member, ChatMemberLeft | ChatMemberBanned)
