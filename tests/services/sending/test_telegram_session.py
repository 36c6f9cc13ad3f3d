"""What Telegram has done is done, whatever its answer looks like (X22)."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import InputMediaPhoto, MediaUnion
from aiohttp import web

from services.sending.telegram_session import TelegramSession
from storage.db.errors import NotLeading
from storage.db.leader import Leader
from tests.sandbox.tools import serve
from tests.storage.conftest import Deposed

MESSAGE = {"message_id": 77, "date": 1796000000, "chat": {"id": 1001, "type": "private"}, "text": "Принято"}
UNKNOWN = {"type": "future_kind", "date": 1796000000}
IN_REPLY = MESSAGE | {"reply_to_message": MESSAGE | {"message_id": 5, "forward_origin": UNKNOWN}}
ALBUM: list[MediaUnion] = [InputMediaPhoto(media="one"), InputMediaPhoto(media="two")]


def answered(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


@asynccontextmanager
async def bot_that_hears(
    response: Callable[[], web.Response], leader: Leader | None = None
) -> AsyncIterator[Bot]:
    """A bot whose every call is answered so, over HTTP."""

    async def answer(_request: web.Request) -> web.Response:
        return response()

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner, url = await serve(app)
    session = TelegramSession(leader or Leader(), api=TelegramAPIServer.from_base(url))
    try:
        async with Bot("1:a", session) as bot:
            yield bot
    finally:
        await runner.cleanup()


@pytest.mark.requirement("X22")
@pytest.mark.parametrize(
    "result",
    [
        IN_REPLY,
        MESSAGE | {"forward_origin": UNKNOWN},
        MESSAGE | {"external_reply": {"origin": UNKNOWN}},
        MESSAGE | {"paid_media": {"star_count": 1, "paid_media": [{"type": "hologram"}]}},
        MESSAGE | {"entities": [{"type": "bold", "offset": "no", "length": 1}]},
        MESSAGE | {"chat": {"id": 1001}},
        MESSAGE | {"date": "soon"},
        {"message_id": 77},
    ],
)
async def test_a_message_whose_answer_holds_an_unknown_form_was_sent(result: dict[str, Any]) -> None:
    async with bot_that_hears(lambda: answered(result)) as bot:
        sent = [
            await bot.send_message(1001, "Принято"),
            await bot.send_photo(1001, "file"),
            await bot.edit_message_text("Принято", chat_id=1001, message_id=77),
        ]
    assert [message.message_id for message in sent if not isinstance(message, bool)] == [77, 77, 77]


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("second", [IN_REPLY, MESSAGE | {"chat": {}}, {"message_id": 77}])
async def test_every_message_of_an_album_is_known_although_one_is_unreadable(second: dict[str, Any]) -> None:
    first = MESSAGE | {"message_id": 76}
    async with bot_that_hears(lambda: answered([first, second])) as bot:
        sent = await bot.send_media_group(1001, ALBUM)
    assert [message.message_id for message in sent] == [76, 77]


@pytest.mark.parametrize("result", [{"gone": 1}, "yes", [], None])
async def test_done_is_done_whatever_the_answer_says_besides(result: object) -> None:
    async with bot_that_hears(lambda: answered(result)) as bot:
        assert (await bot.send_message(1001, "Принято")).message_id == 0
        assert (await bot.copy_message(1001, 1002, 5)).message_id == 0
        assert await bot.delete_message(1001, 5) is True
        assert await bot.answer_callback_query("1") is True


@pytest.mark.parametrize(
    "response",
    [
        lambda: web.Response(text="<html>502 Bad Gateway</html>", content_type="text/html"),
        lambda: web.Response(text="<html></html>", status=502, content_type="text/html"),
        lambda: web.Response(text="", status=200),
        lambda: web.Response(body=b"\xff\xfe\xff", content_type="application/json", charset="utf-8"),
        lambda: web.Response(text="[1, 2]"),
        lambda: web.Response(text='{"error": "blocked"}', status=403),
        lambda: web.Response(text='{"result": {"message_id": 77}}'),
    ],
)
async def test_a_page_instead_of_an_answer_is_no_answer(response: Callable[[], web.Response]) -> None:
    async with bot_that_hears(response) as bot:
        with pytest.raises(ClientDecodeError):
            await bot.send_message(1001, "Принято")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (429, {"description": "Too Many", "parameters": {"retry_after": 4.2}}, TelegramRetryAfter),
        (429, {"description": "Too Many", "parameters": {"retry_after": 4, "x": []}}, TelegramRetryAfter),
        (400, {"description": None}, TelegramBadRequest),
        (400, {"description": {"text": "no"}}, TelegramBadRequest),
        (502, {}, TelegramServerError),
    ],
)
async def test_a_refusal_of_an_odd_form_is_a_refusal(
    status: int, body: dict[str, object], error: type[Exception]
) -> None:
    text = json.dumps({"ok": False, "error_code": status} | body)
    async with bot_that_hears(lambda: web.Response(text=text, status=status)) as bot:
        with pytest.raises(error):
            await bot.send_message(1001, "Принято")


async def test_what_was_asked_for_and_cannot_be_read_is_no_answer() -> None:
    async with bot_that_hears(lambda: answered({"id": "who"})) as bot:
        with pytest.raises(ClientDecodeError):
            await bot.get_me()


async def test_an_unreadable_batch_of_updates_is_left_to_those_who_take_them_in() -> None:
    update = {"update_id": 1, "message": MESSAGE | {"forward_origin": UNKNOWN}}
    async with bot_that_hears(lambda: answered([update])) as bot:
        with pytest.raises(ClientDecodeError):
            await bot.get_updates()


@pytest.mark.requirement("X3")
@pytest.mark.parametrize("looks", [0, 1], ids=["before the call", "while it connects"])
async def test_a_process_that_does_not_lead_any_more_sends_nothing(looks: int) -> None:
    left: list[str] = []

    def answer() -> web.Response:
        left.append("sent")
        return answered(MESSAGE)

    leader = Deposed(looks)
    async with bot_that_hears(answer, leader) as bot:
        with pytest.raises(NotLeading):
            await bot.send_message(1001, "Принято")
        assert left == []
        leader.looks = math.inf
        await bot.send_message(1001, "Принято")
        assert left == ["sent"]
