"""Tells of a trouble whom it concerns: once when it begins, once when it is over.

Of the machine it is the directors, of the marketplace the managers as well; where no director can be reached
the managers hear of the machine, too.

Sent by the bot itself and not through the outbox: the database may be the trouble.
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
"""How old the known list of chiefs may be when the database cannot be asked."""
READ_SECONDS = 3.0
AGAIN_SECONDS = 5.0
"""Between two tries while Telegram cannot be reached."""

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
    """Follows the register of troubles."""

    def __init__(self, bot: Bot, database: Database, troubles: Troubles) -> None:
        self._bot = bot
        self._database = database
        self._troubles = troubles
        self._changed = troubles.subscribe()
        self._chiefs: list[tuple[Role, int, str]] = []
        self._told: set[TroubleKind] = set()

    async def run(self) -> None:
        """Tell until cancelled."""
        await repeat(self._turn, self._changed)

    async def _turn(self) -> float:
        """Tell what is new; gives the seconds until the next look."""
        await self._remember_chiefs()
        return LOOK_SECONDS if await self._tell() else AGAIN_SECONDS

    async def _remember_chiefs(self) -> None:
        try:
            async with asyncio.timeout(READ_SECONDS), self._database.snapshot() as c:
                members = await staff.everybody(c)
        except (StorageError, TimeoutError):
            return  # those who are known from before are told
        self._chiefs = [
            (member.role, member.telegram_id, member.language)
            for member in members
            if member.role in CHIEFS and member.telegram_id is not None
        ]

    async def _tell(self) -> bool:
        """Tell what is new; False when nobody could be reached and it is to be told later."""
        standing = self._troubles.standing()
        news = [(kind, f"trouble-{kind.value}", False) for kind in standing.keys() - self._told]
        news += [(kind, f"trouble-over-{kind.value}", True) for kind in self._told - standing.keys()]
        if news and not self._chiefs:
            return False  # somebody will connect
        for kind, key, is_over in news:
            try:
                about = "" if is_over else standing[kind].about
                await self._send(kind, key, about, silent=is_over)
            except Exception as error:  # noqa: BLE001 - whatever kept it back, it is told later
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
        """Whether the words came to any of these chats."""
        is_heard = False
        for chat_id, language in readers.items():
            try:
                words = Translator(language)(key, about=about)
                with turn(Priority.ALARM):  # what cannot be told is told again here
                    await self._bot.send_message(chat_id, words, disable_notification=silent)
                is_heard = True
            except (TelegramForbiddenError, TelegramBadRequest):
                log.warning("chief_unreachable")
        return is_heard
