"""Every message of the bot takes its turn, whoever sends it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import IntEnum

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageText,
    GetUpdates,
    Response,
    SendMediaGroup,
    SendMessage,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType

from services.pace import Pace

COUNTED = ("send", "edit", "copy", "forward")
"""How the names of those calls begin which Telegram counts as messages."""
NOT_COUNTED = ("sendChatAction",)

TRIES = 3
PATIENCE = 10
"""Seconds that an answer to a person may be late because of a 429."""

UNREACHABLE = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)
"""Nobody's fault, and over some time; a proxy's page instead of an answer is a ClientDecodeError."""
PAUSES = (0.2, 1.0, 3.0)
"""Seconds before an answer to a person is tried again."""

ANSWERS = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]  # a value of the class, as aiogram has it
    for method in (SendMessage, EditMessageText, AnswerCallbackQuery, DeleteMessage)
)
"""The forms of what Telegram answers. pydantic forgets one that nobody holds, and aiogram would make it anew
for each call, which takes longer than to read the answer."""


class Turn(IntEnum):
    """Who goes first; rows of the outbox come with their own priority, from 0 for alarms."""

    ANSWER = -1


_turn: ContextVar[int] = ContextVar("turn", default=Turn.ANSWER)


@contextmanager
def turn(priority: int) -> Iterator[None]:
    """Within this, messages leave with this priority, and a 429 is for the caller to wait out."""
    token = _turn.set(priority)
    try:
        yield
    finally:
        _turn.reset(token)


def messages_in(method: TelegramMethod[TelegramType]) -> int:
    """As how many messages Telegram counts a call: each picture of an album, and none for a toast."""
    name = method.__api_method__
    if not name.startswith(COUNTED) or name in NOT_COUNTED:
        return 0
    return len(method.media) if isinstance(method, SendMediaGroup) else 1


class TakeTurns(BaseRequestMiddleware):
    """Paces the calls that Telegram counts. A person who waits for an answer waits for nobody's cards."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        chat_id = getattr(method, "chat_id", None)
        messages = messages_in(method)
        if messages == 0 or not isinstance(chat_id, int):
            return await make_request(bot, method)
        for attempt in range(1, TRIES + 1):
            try:
                async with self._pace.turn(chat_id, _turn.get(), messages):
                    return await make_request(bot, method)
            except TelegramRetryAfter as error:
                await self._pace.hold(chat_id, error.retry_after)
                may_wait = _turn.get() == Turn.ANSWER and error.retry_after <= PATIENCE
                if attempt == TRIES or not may_wait:
                    raise
                await asyncio.sleep(error.retry_after)
        raise AssertionError("unreachable")


class TryAgain(BaseRequestMiddleware):
    """What a person waits for is tried again when Telegram or the network stumbles: rather twice than never.

    Rows of the outbox come again by themselves, and so does the request for updates; but what one has sent
    must not leave twice only because the message before it could not be taken away.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        comes_again = _turn.get() != Turn.ANSWER and not isinstance(method, DeleteMessage)
        if comes_again or isinstance(method, GetUpdates):
            return await make_request(bot, method)
        for pause in PAUSES:
            try:
                return await make_request(bot, method)
            except UNREACHABLE as error:
                told = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
                if told > PATIENCE:
                    raise
                await asyncio.sleep(max(pause, told))
        return await make_request(bot, method)
