"""The bot's HTTP session: an answer that says "ok" counts as done, even where it cannot be decoded."""

from __future__ import annotations

import json
import math
import re
import time
from http import HTTPStatus
from typing import cast

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiohttp import ClientRequest, ClientSession

from services.db.fence import fenced_requests
from services.sending.lenient_types import read_leniently
from storage.db.leader import Leader

log = structlog.get_logger(__name__)

Raw = dict[str, object]

PROXY_FAILURES = ("ProxyConnectionError", "ProxyError", "ProxyTimeoutError")
"""Words in a TelegramNetworkError that show that the proxy failed, not Telegram behind it."""

_WHOLE = re.compile(r"result(\.\d+)?")
"""The path of a whole message in an answer."""


class TelegramSession(AiohttpSession):
    """Decodes answers leniently (X22).

    Telegram adds object forms faster than aiogram supports them. A message whose answer holds such a form was
    sent; treating that as a failure would send it again. A page that is not JSON stays a ClientDecodeError:
    the call failed, or its result is unknown. While this process does not lead, a call raises NotLeading and
    is not sent.

    `proxy` is an address such as socks5://user:password@host:1080; where it fails, Telegram is unreachable.
    """

    def __init__(self, leader: Leader, api: TelegramAPIServer, proxy: str | None = None) -> None:
        super().__init__(api=api)
        self._leader = leader
        if proxy is not None:
            self._go_through(proxy)

    def _go_through(self, proxy: str) -> None:
        from services.sending.telegram_proxy import TelegramProxyConnector

        direct = self._connector_init  # the certificates that aiogram trusts, and its limits
        self.proxy = proxy
        self._connector_type = TelegramProxyConnector
        self._connector_init = direct | self._connector_init

    async def create_session(self) -> ClientSession:
        """See `AiohttpSession.create_session`."""
        session = await super().create_session()
        if session._request_class is ClientRequest:  # noqa: SLF001 - aiogram passes nothing on to aiohttp
            session._request_class = fenced_requests(self._leader)  # noqa: SLF001
        return session

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[TelegramType],
        timeout: int | None = None,  # noqa: ASYNC109 - aiogram's own signature
    ) -> TelegramType:
        """See `BaseSession.make_request`; bytes that are not text are no answer of Telegram's either."""
        await self._leader.confirm()
        try:
            return await super().make_request(bot, method, timeout)
        except (UnicodeDecodeError, LookupError) as error:
            raise ClientDecodeError("Failed to decode text", error, None) from error

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """See `BaseSession.check_response`. Updates are decoded one by one where they are received."""
        if status_code >= HTTPStatus.BAD_REQUEST:
            return super().check_response(bot, method, status_code, _refusal(content))
        try:
            response = super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            raw = _answer(content)
            if raw is None or raw["ok"] is False or isinstance(method, GetUpdates):
                raise
            return _done(bot, method, raw)
        if response.result is None and not isinstance(method, GetUpdates):
            return _done(bot, method, {"ok": True})
        return response


def _answer(content: str) -> Raw | None:
    """The raw answer, if Telegram's server wrote it."""
    try:
        raw = json.loads(content)
    except ValueError:
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("ok"), bool) else None


def _refusal(content: str) -> str:
    """The parts of an error answer that aiogram needs; other content is returned unchanged."""
    raw = _answer(content)
    if raw is None or raw["ok"] is True:
        return content
    parameters = raw.get("parameters")
    told = parameters if isinstance(parameters, dict) else {}
    numbers = {
        name: math.ceil(value)
        for name, value in told.items()
        if isinstance(value, int | float) and math.isfinite(value)
    }
    description = str(raw.get("description") or "")
    return json.dumps({"ok": False, "description": description, "parameters": numbers})


def _done(bot: Bot, method: TelegramMethod[TelegramType], raw: Raw) -> Response[TelegramType]:
    form = Response[method.__returning__]  # type: ignore[name-defined]  # a value of the class
    response, dropped = read_leniently(form, raw, {"bot": bot})
    log.warning("answer_not_understood", method=method.__api_method__, dropped=dropped)
    least = _message(None, method)
    for result in (_filled(raw.get("result"), method), least, [least], True):
        if response is not None and response.result is not None and not any(map(_WHOLE.fullmatch, dropped)):
            break
        response, dropped = read_leniently(form, {"ok": True, "result": result}, {"bot": bot})
    if response is None or response.result is None:  # the answer had to hold a value, and does not
        raise ClientDecodeError("Failed to deserialize object", ValueError(", ".join(dropped)), None)
    return cast("Response[TelegramType]", response)


def _filled(result: object, method: TelegramMethod[TelegramType]) -> object:
    """A minimal message for each one in the answer: its id, and the chat that the call was for."""
    if isinstance(result, list):
        return [_message(one, method) for one in result]
    return _message(result, method)


def _message(result: object, method: TelegramMethod[TelegramType]) -> Raw:
    """A minimal message. Without a readable id it is 0: its next edit fails, and sends a new message."""
    message_id = result.get("message_id") if isinstance(result, dict) else None
    chat_id = getattr(method, "chat_id", None)
    return {
        "message_id": message_id if isinstance(message_id, int) else 0,
        "date": int(time.time()),
        "chat": {"id": chat_id if isinstance(chat_id, int) else 0, "type": "private"},
    }
