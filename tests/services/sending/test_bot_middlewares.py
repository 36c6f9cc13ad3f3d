"""Which calls wait for their turn: those that Telegram counts as messages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram import Bot, methods
from aiogram.methods import Response, TelegramMethod
from aiogram.types import InputMediaPhoto

from sandbox.telegram import limits
from sandbox.telegram.params import Params
from services.sending.bot_middlewares import SilentAnswers, messages_in

ALBUM = [InputMediaPhoto(media=f"photo{n}") for n in range(3)]
CALLS = [
    getattr(methods, name)
    for name in methods.__all__
    if name not in ("Request", "Response", "TelegramMethod")
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.__api_method__)
def test_the_bot_paces_every_call_that_telegram_counts(call: type[TelegramMethod[object]]) -> None:
    as_sent = Params({"media": json.dumps([{} for _ in ALBUM])})
    expected = limits.messages_in(call.__api_method__, as_sent)
    assert messages_in(call.model_construct(media=ALBUM)) >= expected


@pytest.mark.parametrize(
    "call", [methods.AnswerCallbackQuery, methods.DeleteMessage, methods.GetFile, methods.SendChatAction]
)
def test_what_is_no_message_waits_for_nobody(call: type[TelegramMethod[object]]) -> None:
    assert messages_in(call.model_construct()) == 0


SENDING = [call for call in CALLS if "disable_notification" in call.model_fields]


@pytest.mark.parametrize("call", SENDING, ids=lambda call: call.__api_method__)
@pytest.mark.parametrize(("said", "silent"), [(None, True), (False, False), (True, True)])
async def test_only_what_says_so_itself_is_heard(
    call: type[TelegramMethod[object]], said: bool | None, silent: bool
) -> None:
    sent = []

    async def server(_bot: Bot, method: Any) -> Response[Any]:  # noqa: ANN401 - as aiogram has it
        sent.append(method.disable_notification)
        return Response(ok=True)

    method = call.model_construct(disable_notification=said)
    await SilentAnswers()(server, None, method)  # type: ignore[arg-type]  # no bot is needed
    assert sent == [silent]
