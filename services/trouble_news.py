"""Tells the directors of a trouble of the machine: once when it begins, once when it is over.

Of several workers one tells: all use the same database, copy and photos.

Sent by the bot itself and not through the outbox: the database may be the trouble.
"""

from __future__ import annotations

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError

from messages.texts import Translator
from orders.people import Role
from services.chosen import Chosen
from services.troubles import TroubleKind, Troubles
from storage import staff
from storage.database import Database
from storage.errors import StorageError
from storage.staff import Member

LOOK_SECONDS = 30.0
"""How old the known list of directors may be when the database cannot be asked."""
READ_SECONDS = 3.0
AGAIN_SECONDS = 5.0
"""Between two tries while Telegram cannot be reached."""

log = structlog.get_logger(__name__)


class TroubleNews:
    """Follows the register of troubles."""

    def __init__(self, bot: Bot, database: Database, troubles: Troubles, chosen: Chosen) -> None:
        self._chosen = chosen
        self._bot = bot
        self._database = database
        self._troubles = troubles
        self._changed = troubles.subscribe()
        self._directors: dict[int, str] = {}
        self._told: set[TroubleKind] = set()

    async def run(self) -> None:
        """Tell until cancelled."""
        while True:
            await self._chosen.wait()
            self._changed.clear()
            await self._remember_directors()
            is_told = await self._tell()
            try:
                async with asyncio.timeout(LOOK_SECONDS if is_told else AGAIN_SECONDS):
                    await self._changed.wait()
            except TimeoutError:
                continue

    async def _remember_directors(self) -> None:
        try:
            async with asyncio.timeout(READ_SECONDS), self._database.read() as c:
                members = await staff.everybody(c)
        except (StorageError, TimeoutError):
            return  # those who are known from before are told
        self._directors = dict(_chat(member) for member in members if _is_director(member))

    async def _tell(self) -> bool:
        """Tell what is new; False when nobody could be reached and it is to be told later."""
        standing = self._troubles.standing().keys()
        news = [(kind, f"trouble-{kind.value}", False) for kind in standing - self._told]
        news += [(kind, f"trouble-over-{kind.value}", True) for kind in self._told - standing]
        if news and not self._directors:
            return False  # somebody will connect
        for kind, key, is_over in news:
            try:
                await self._send(key, silent=is_over)
            except Exception as error:  # noqa: BLE001 - whatever kept it back, it is told later
                log.warning("trouble_not_told", kind=kind.value, why=type(error).__name__)
                return False
            self._told ^= {kind}
        return True

    async def _send(self, key: str, *, silent: bool) -> None:
        for chat_id, language in self._directors.items():
            try:
                await self._bot.send_message(chat_id, Translator(language)(key), disable_notification=silent)
            except (TelegramForbiddenError, TelegramBadRequest):
                log.warning("director_unreachable")


def _is_director(member: Member) -> bool:
    return member.role is Role.DIRECTOR and member.telegram_id is not None


def _chat(member: Member) -> tuple[int, str]:
    return member.telegram_id or 0, member.language
