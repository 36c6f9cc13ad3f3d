"""Prevents overwriting a backup copy that contains data missing from the database.

This happens after an older state of the database was restored, or another disk was mounted: the file may be
the only place that still has some orders, and new orders get the same ids. The copy is then set aside, and a
new one begun.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog

from orders.model.people import Role
from services.backup.compare import knows_more, missing_versions
from storage.backup.backup_copy import BackupCopy
from storage.db.database import Database
from storage.db.errors import BackupUnavailable, DatabaseLost
from storage.order import orders
from storage.sending import outbox, shop_notifications
from storage.sending.outbox import Channel, Kind, Outgoing, Priority
from storage.sending.shop_notifications import News, NewsKind
from storage.team import staff

AT_ONCE = 500
"""Versions put into the outbox in one transaction, when many are missing in the copy."""

log = structlog.get_logger(__name__)


class OwnCopy:
    """Checks the copy before each write; for a known file only its identity is compared."""

    def __init__(
        self,
        database: Database,
        copy: BackupCopy,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self.copy = copy
        self._clock = clock
        self._examining = asyncio.Lock()
        self._known: tuple[int, int] | None = None

    async def ensure_writable(self) -> None:
        """Check that the copy may be written to. Raises BackupUnavailable, DatabaseUnavailable."""
        if await self._is_known():
            return
        async with self._examining:
            if not await self._is_known():
                await self._examine()

    async def fill_gaps(self) -> int:
        """Put what the copy lacks into the outbox; returns how many versions. Raises as `ensure_writable`."""
        missing = await missing_versions(self._database, self.copy)
        now = self._clock()
        for start in range(0, len(missing), AT_ONCE):
            async with self._database.write() as c:
                await outbox.put(c, [_wanted(*one, now) for one in missing[start : start + AT_ONCE]])
        return len(missing)

    async def _is_known(self) -> bool:
        return self._known is not None and self._known == await self.copy.identity()

    async def _examine(self) -> None:
        await self.copy.try_writing(self._clock())
        if await knows_more(self.copy, self._database):
            aside = await self.copy.set_aside(self._clock())
            log.error("copy_set_aside", file=aside.name)
            await self.copy.try_writing(self._clock())
            await self.fill_gaps()
            await self._tell()
        self._known = await self.copy.identity()

    async def _tell(self) -> None:
        """Notify the directors: somebody must find out what the database lacks."""
        now = self._clock()
        async with self._database.write() as c:
            chats = {
                member.telegram_id: member.shop_id
                for member in await staff.everybody(c)
                if member.role is Role.DIRECTOR and member.telegram_id is not None
            }
            news = [
                News(shop_id, chat, NewsKind.COPY_ASIDE, 0, sound=True, not_before=now)
                for chat, shop_id in chats.items()
            ]
            await shop_notifications.put(c, news)


async def refuse_lost_database(database: Database, copy: BackupCopy) -> None:
    """Raises DatabaseLost when the database has no orders but the copy has some.

    With an empty database the bot would acknowledge updates to Telegram and handle none of them, because it
    knows no staff.
    """
    if await database.is_made():
        async with database.snapshot() as c:
            if await orders.is_any(c):
                return
    with suppress(BackupUnavailable):  # an unreadable copy proves nothing
        if await copy.count():
            raise DatabaseLost(database.name, copy.path)


def _wanted(order_id: int, version: int, now: datetime) -> Outgoing:
    return Outgoing(Channel.COPY, Kind.RECORD, order_id, Priority.COPY, now, version=version)
