"""Middlewares for all calls of the bot: rate limit, retry, silent answers."""

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
"""Prefixes of the methods that Telegram counts as messages."""
_SOUND = "disable_notification"
NOT_COUNTED = ("sendChatAction",)

UNREACHABLE = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)
"""Temporary failures; a proxy's page instead of an answer is a ClientDecodeError."""

PATIENCE = 10.0
"""Seconds that retries may delay an answer to a person; then the last error is raised."""
TOAST_PATIENCE = 3.0
"""The same for a toast and for deleting a message: a button spins, or an outbox row waits meanwhile."""
TOAST_TIMEOUT = 5.0
"""Time limit in seconds for a toast, including hanging requests: Telegram itself waits no longer."""
ROUND_TRIP = 1.0
"""Seconds for the call itself, so that a 429 of exactly the patience can still be waited out."""
PAUSES = (0.2, 1.0, 3.0)
"""Back-off in seconds before each retry, where Telegram does not name a time."""

ANSWERS = tuple(
    Response[method.__returning__]  # type: ignore[name-defined]  # a value of the class, as aiogram has it
    for method in (SendMessage, EditMessageText, AnswerCallbackQuery, DeleteMessage)
)
"""Response types, referenced here so that pydantic keeps their compiled models. Otherwise aiogram would build
them again for each call, which takes longer than reading the answer."""


class Turn(IntEnum):
    """Priorities; rows of the outbox have their own, from 0 for alarms."""

    ANSWER = -1


_turn: ContextVar[int] = ContextVar("turn", default=Turn.ANSWER)


@contextmanager
def turn(priority: int) -> Iterator[None]:
    """Within this context calls have this priority, and the caller retries them itself."""
    token = _turn.set(priority)
    try:
        yield
    finally:
        _turn.reset(token)


def messages_in(method: TelegramMethod[TelegramType]) -> int:
    """How many messages Telegram counts for a call: one per picture of an album, none for a toast."""
    name = method.__api_method__
    if not name.startswith(COUNTED) or name in NOT_COUNTED:
        return 0
    return len(method.media) if isinstance(method, SendMediaGroup) else 1


class SilentAnswers(BaseRequestMiddleware):
    """Makes answers silent: the person who asked is looking. Calls that need sound set it explicitly.

    aiogram's own default of this name is read by no method.
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
    """Delays the calls that Telegram counts. Answers to people are not delayed by cards."""

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
    """The only place that retries calls to Telegram, for at most `PATIENCE` while a person waits.

    Callers within `turn` have a retry loop of their own, so outbox rows are not retried here. The exception
    is deleting a message for such a row: the row has already sent the new message, and a failure would send
    it again. Polling for updates is repeated by its caller, too.
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

        async def once() -> Response[TelegramType]:  # tenacity only awaits coroutine functions
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
    """Seconds until the next attempt: at least the usual back-off, and as long as Telegram says."""
    error = state.outcome.exception() if state.outcome else None
    told = error.retry_after if isinstance(error, TelegramRetryAfter) else 0
    return max(told, PAUSES[min(state.attempt_number, len(PAUSES)) - 1])
