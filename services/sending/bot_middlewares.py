"""Every message of the bot takes its turn, whoever sends it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
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
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
)

from services.sending.rate_limiter import RateLimiter

COUNTED = ("send", "edit", "copy", "forward")
"""How the names of those calls begin which Telegram counts as messages."""
_SOUND = "disable_notification"
NOT_COUNTED = ("sendChatAction",)

UNREACHABLE = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)
"""Nobody's fault, and over some time; a proxy's page instead of an answer is a ClientDecodeError."""

PATIENCE = 10.0
"""Seconds that retries may delay an answer to a person; then it is given up and the last error raised."""
TOAST_PATIENCE = 3.0
"""The same for a toast and for taking a message away: a button spins meanwhile, or a row is in hand."""
TOAST_TIMEOUT = 5.0
"""Seconds that a toast may take in all, an answer that hangs included: Telegram waits no longer itself."""
ROUND_TRIP = 1.0
"""Seconds that the call itself may take, so that a 429 of exactly the patience can still be waited out."""
PAUSES = (0.2, 1.0, 3.0)
"""Seconds before the tries after the first, where Telegram does not say how long to wait."""

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
    """Within this, messages leave with this priority, and the caller repeats what did not work out."""
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


class SilentAnswers(BaseRequestMiddleware):
    """Answers are silent: whoever asked is looking. What must be heard says so itself.

    aiogram has a default of this name, which no method reads.
    """

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        if getattr(method, _SOUND, True) is None:
            return await make_request(bot, method.model_copy(update={_SOUND: True}))
        return await make_request(bot, method)


class RateLimit(BaseRequestMiddleware):
    """Paces the calls that Telegram counts. A person who waits for an answer waits for nobody's cards."""

    def __init__(self, pace: RateLimiter) -> None:
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
        try:
            async with self._pace.turn(chat_id, _turn.get(), messages):
                return await make_request(bot, method)
        except TelegramRetryAfter as error:
            self._pace.hold(chat_id, error.retry_after)
            raise


class Retry(BaseRequestMiddleware):
    """The only place that repeats a call to Telegram: for a person who waits, at most `PATIENCE` long.

    A loop of its own has whoever sends within `turn`: rows of the outbox are not repeated here. Only a
    message that such a row takes away is, for a moment: the row has sent another one before, and to fail
    would send that once more. The request for updates comes again by itself too.
    """

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        comes_again = _turn.get() != Turn.ANSWER and not isinstance(method, DeleteMessage)
        if comes_again or isinstance(method, GetUpdates):
            return await make_request(bot, method)

        async def once() -> Response[TelegramType]:  # tenacity awaits only what is a coroutine function
            return await make_request(bot, method)

        if not isinstance(method, AnswerCallbackQuery):
            is_short = isinstance(method, DeleteMessage)
            return await self._tries(TOAST_PATIENCE if is_short else PATIENCE)(once)
        try:
            async with asyncio.timeout(TOAST_TIMEOUT):
                return await self._tries(TOAST_PATIENCE)(once)
        except TimeoutError as error:
            raise TelegramNetworkError(method=method, message="the toast came too late") from error

    def _tries(self, patience: float) -> AsyncRetrying:
        return AsyncRetrying(
            retry=retry_if_exception_type(UNREACHABLE),
            wait=_pause,
            stop=stop_after_attempt(len(PAUSES) + 1) | stop_before_delay(patience + ROUND_TRIP),
            sleep=self._sleep,
            reraise=True,
        )


def _pause(state: RetryCallState) -> float:
    """Seconds until the next try: as Telegram says, at least the usual pause."""
    error = state.outcome.exception() if state.outcome else None
    told = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
    return max(told, PAUSES[min(state.attempt_number, len(PAUSES)) - 1])
