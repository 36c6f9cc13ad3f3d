"""The bot reaches Telegram through a proxy: a real one on this machine, which counts who comes through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiohttp import web

from services.files.downloads import Downloads, FileNotNowError
from services.sending.bot_middlewares import UNREACHABLE
from services.sending.telegram_session import TelegramSession
from storage.db.leader import Leader
from tests.sandbox.tools import serve

PASSWORD = "very-secret"
TOO_SHORT = (asyncio.IncompleteReadError, ConnectionError)


@dataclass
class Proxy:
    """SOCKS5 with a password, and HTTP CONNECT: enough of both to carry a call."""

    port: int = 0
    asked_for: list[str] = field(default_factory=list)
    """The hosts that were asked for, by name: the proxy looks them up and not the bot's machine."""
    heard: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            first = await reader.readexactly(1)
            host, port = await (self._socks if first == b"\x05" else self._http)(reader, writer)
            self.asked_for.append(host)
            there, back = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(_pour(reader, back), _pour(there, writer))
        except TOO_SHORT:
            pass
        finally:
            writer.close()

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
        await reader.readexactly((await reader.readexactly(1))[0])
        writer.write(b"\x05\x02")
        await reader.readexactly(1)
        user = await reader.readexactly((await reader.readexactly(1))[0])
        password = await reader.readexactly((await reader.readexactly(1))[0])
        is_right = (user, password) == (b"shop", PASSWORD.encode())
        writer.write(b"\x01\x00" if is_right else b"\x01\x01")
        if not is_right:
            raise ConnectionError
        kind = (await reader.readexactly(4))[3]
        assert kind == 3, "the name is looked up by the proxy"
        host = await reader.readexactly((await reader.readexactly(1))[0])
        port = int.from_bytes(await reader.readexactly(2), "big")
        writer.write(b"\x05\x00\x00\x01" + bytes(6))
        return host.decode(), port

    async def _http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
        head = await reader.readuntil(b"\r\n\r\n")
        self.heard.append(head)
        host, _, port = head.split()[1].decode().partition(":")
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return host, int(port)


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
    writer.close()


@asynccontextmanager
async def a_proxy() -> AsyncIterator[Proxy]:
    proxy = Proxy()
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()


@asynccontextmanager
async def a_bot(proxy_url: str) -> AsyncIterator[Bot]:
    """A bot that knows Telegram by a name which only the proxy can find."""

    async def answer(_request: web.Request) -> web.Response:
        result: dict[str, Any] = {"id": 1, "is_bot": True, "first_name": "Shop", "username": "shop_bot"}
        return web.json_response({"ok": True, "result": result})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner, url = await serve(app)
    api = TelegramAPIServer.from_base(url.replace("127.0.0.1", "telegram.invalid"))
    try:
        async with Bot("1:a", TelegramSession(Leader(), api, proxy_url)) as bot:
            yield bot
    finally:
        await runner.cleanup()


@pytest.mark.requirement("X21")
@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_a_call_goes_through_the_proxy_which_also_looks_the_name_up(scheme: str) -> None:
    async with a_proxy() as proxy, a_bot(f"{scheme}://shop:{PASSWORD}@127.0.0.1:{proxy.port}") as bot:
        assert (await bot.get_me()).username == "shop_bot"

    assert proxy.asked_for == ["telegram.invalid"]


@pytest.mark.requirement("X21")
@pytest.mark.parametrize("user", ["other", "shop"])
async def test_a_proxy_that_fails_is_an_outage_of_telegram_and_no_word_of_its_address_gets_out(
    user: str,
) -> None:
    """It refuses the password of the first, and is not there for the second."""
    async with a_proxy() as proxy:
        port = proxy.port if user == "other" else 9
        async with a_bot(f"socks5://{user}:{PASSWORD}@127.0.0.1:{port}") as bot:
            with pytest.raises(UNREACHABLE) as failed:
                await bot.get_me()
            with pytest.raises(FileNotNowError) as lost:
                async with Downloads(bot).fetched("file", 1):
                    pass

    assert isinstance(failed.value, TelegramNetworkError)
    for error in (failed.value, lost.value):
        assert PASSWORD not in f"{error} {error.__cause__}"
        assert "127.0.0.1" not in str(error)
