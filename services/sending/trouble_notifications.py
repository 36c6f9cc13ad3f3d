"""Notifies people of a trouble once when it begins and once when it ends.

Troubles of the machine go to the directors, or to the managers where no director can be reached; troubles of
the marketplace go to all chiefs.

The messages do not go through the outbox: the database may be the trouble.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from messages.i18n.texts import Translator
from orders.model.people import CHIEFS, Role
from services.health.background import repeat
from services.health.troubles import TroubleKind, Troubles
from services.sending.bot_middlewares import turn
from storage.db.database import Database
from storage.db.errors import StorageError
from storage.sending.outbox import Priority
from storage.team import staff

LOOK_SECONDS = 30.0
"""The longest age of the cached list of chiefs while the database is unavailable."""
READ_SECONDS = 3.0
AGAIN_SECONDS = 5.0
"""Retry delay in seconds while Telegram is unreachable."""

_READERS = {kind: frozenset({Role.DIRECTOR}) for kind in TroubleKind}
_READERS |= dict.fromkeys(
    (
        TroubleKind.MARKETPLACE,
        TroubleKind.MARKETPLACE_ORDERS,
        TroubleKind.MARKETPLACE_SHOP,
        TroubleKind.NOBODY,
    ),
    CHIEFS,
)

log = structlog.get_logger(__name__)


class TroubleNews:
    """Subscribes to the register of troubles."""

    def __init__(self, bot: Bot, database: Database, troubles: Troubles) -> None:
        self._bot = bot
        self._database = database
        self._troubles = troubles
        self._changed = troubles.subscribe()
        self._chiefs: list[tuple[Role, int, str]] = []
        self._told: set[TroubleKind] = set()

    async def run(self) -> None:
        """Notify until cancelled."""
        await repeat(self._turn, self._changed)

    async def _turn(self) -> float:
        """Send what is new; returns the seconds until the next turn."""
        await self._remember_chiefs()
        return LOOK_SECONDS if await self._tell() else AGAIN_SECONDS

    async def _remember_chiefs(self) -> None:
        try:
            async with asyncio.timeout(READ_SECONDS), self._database.snapshot() as c:
                members = await staff.everybody(c)
        except (StorageError, TimeoutError):
            return  # the cached chiefs are notified
        self._chiefs = [
            (member.role, member.telegram_id, member.language)
            for member in members
            if member.role in CHIEFS and member.telegram_id is not None
        ]

    async def _tell(self) -> bool:
        """Send what is new; False when nobody could be reached and it must be retried."""
        standing = self._troubles.standing()
        news = [(kind, f"trouble-{kind.value}", False) for kind in standing.keys() - self._told]
        news += [(kind, f"trouble-over-{kind.value}", True) for kind in self._told - standing.keys()]
        if news and not self._chiefs:
            return False  # until somebody connects
        for kind, key, is_over in news:
            try:
                about = "" if is_over else standing[kind].about
                await self._send(kind, key, about, silent=is_over)
            except Exception as error:  # noqa: BLE001 - any failure is retried later
                log.warning("trouble_not_told", kind=kind.value, why=type(error).__name__)
                return False
            self._told ^= {kind}
        return True

    async def _send(self, kind: TroubleKind, key: str, about: str, *, silent: bool) -> None:
        readers = {chat: language for role, chat, language in self._chiefs if role in _READERS[kind]}
        others = {chat: language for role, chat, language in self._chiefs if chat not in readers}
        if not await self._heard(readers, key, about, silent=silent):
            await self._heard(others, key, about, silent=silent)

    async def _heard(self, readers: Mapping[int, str], key: str, about: str, *, silent: bool) -> bool:
        """Send the text; returns whether any of these chats got it."""
        is_heard = False
        for chat_id, language in readers.items():
            try:
                words = Translator(language)(key, about=about)
                with turn(Priority.ALARM):  # retried by this module itself
                    await self._bot.send_message(chat_id, words, disable_notification=silent)
                is_heard = True
            except (TelegramForbiddenError, TelegramBadRequest):
                log.warning("chief_unreachable")
        return is_heard
