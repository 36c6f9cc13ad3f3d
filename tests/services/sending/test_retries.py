"""How long and how often a call to Telegram is repeated: one policy, in one place."""

from __future__ import annotations

import asyncio
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    GetFile,
    GetUpdates,
    Response,
    SendMessage,
    TelegramMethod,
)

from services.sending import bot_middlewares
from services.sending.bot_middlewares import RateLimit, Retry, turn
from services.sending.rate_limiter import Limits, RateLimiter

BOT = Bot("1:a")
SAY = SendMessage(chat_id=1001, text="Принято")
TOAST = AnswerCallbackQuery(callback_query_id="1")
DELETE = DeleteMessage(chat_id=1001, message_id=5)


class Line:
    """A way to Telegram on which every call fails, and the time that goes by meanwhile."""

    def __init__(self, *errors: Exception, call_takes: float = 0.05) -> None:
        self.errors = list(errors)
        self.call_takes = call_takes
        self.now = 0.0
        self.calls = 0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds

    async def request(self, bot: Bot, method: TelegramMethod[Any]) -> Response[Any]:
        del bot, method
        self.calls += 1
        self.now += self.call_takes
        if self.errors:
            raise self.errors[min(self.calls, len(self.errors)) - 1]
        return Response(ok=True, result=True)


async def call(line: Line, method: TelegramMethod[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Through both middlewares, as the running bot has them."""
    monkeypatch.setattr("tenacity.time", SimpleNamespace(monotonic=line.monotonic))
    again, turns = Retry(line.sleep), RateLimit(RateLimiter(Limits(bot_per_second=1000)))

    # as aiogram joins middlewares: what they call is no coroutine function
    answer = await again(partial(turns, line.request), BOT, method)
    assert isinstance(answer, Response)


def wait(seconds: int) -> TelegramRetryAfter:
    return TelegramRetryAfter(SAY, "Too Many Requests", seconds)


UNHEARD = TelegramNetworkError(SAY, "down")
PAGE = ClientDecodeError("Failed to decode object", ValueError(), "<html>")


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("method", [SAY, GetFile(file_id="f")])
@pytest.mark.parametrize(
    ("error", "calls"), [(wait(10), 2), (wait(4), 3), (wait(11), 1), (wait(490), 1), (UNHEARD, 4), (PAGE, 4)]
)
async def test_an_answer_is_given_up_after_ten_seconds_of_retries(
    method: TelegramMethod[Any], error: Exception, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(error)
    with pytest.raises(type(error)):
        await call(line, method, monkeypatch)
    assert line.now <= bot_middlewares.PATIENCE + bot_middlewares.ROUND_TRIP
    assert line.calls == calls


async def test_a_call_that_hung_longer_than_the_patience_is_not_repeated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = Line(UNHEARD, call_takes=60)
    with pytest.raises(TelegramNetworkError):
        await call(line, SAY, monkeypatch)
    assert line.calls == 1


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("method", [TOAST, DELETE])
@pytest.mark.parametrize("error", [wait(4), wait(3), wait(1), UNHEARD])
async def test_a_toast_is_given_up_within_seconds(
    method: TelegramMethod[Any], error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(error)
    with pytest.raises(type(error)):
        await call(line, method, monkeypatch)
    assert line.now <= bot_middlewares.TOAST_PATIENCE + bot_middlewares.ROUND_TRIP


async def test_a_toast_whose_answer_hangs_lets_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot_middlewares, "TOAST_TIMEOUT", 0.05)
    forever = asyncio.Event()

    async def hang(bot: Bot, method: TelegramMethod[Any]) -> Response[Any]:
        await forever.wait()
        raise AssertionError(bot, method)

    with pytest.raises(TelegramNetworkError):
        await Retry()(hang, BOT, TOAST)


async def test_one_stumble_is_repeated_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(UNHEARD)
    monkeypatch.setattr(line, "sleep", lambda _seconds: _clear(line))
    await call(line, SAY, monkeypatch)
    assert line.calls == 2
    refused = Line(TelegramBadRequest(SAY, "chat not found"))
    with pytest.raises(TelegramBadRequest):
        await call(refused, SAY, monkeypatch)
    assert refused.calls == 1


async def _clear(line: Line) -> None:
    line.errors.clear()


@pytest.mark.requirement("X3")
@pytest.mark.parametrize("error", [wait(1), UNHEARD])
async def test_rows_of_the_outbox_are_not_repeated_inside(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Line(error)
    with pytest.raises(type(error)), turn(1):
        await call(line, SAY, monkeypatch)
    assert line.calls == 1


async def test_the_request_for_updates_is_not_repeated_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line(UNHEARD)
    with pytest.raises(TelegramNetworkError):
        await call(line, GetUpdates(), monkeypatch)
    assert line.calls == 1
