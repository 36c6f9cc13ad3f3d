"""Connections to the web server are bounded in number and in time, and the working ones are kept (X22)."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.runtime import connections
from bot.runtime.connections import BoundedSite, Connections, most_connections

pytestmark = pytest.mark.requirement("X22")

SECONDS = 10
MOST = 4
HALF_A_HEAD = b"POST / HTTP/1.1\r\nHost: bot\r\nX-A: "
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: bot\r\nContent-Length: 1000\r\n\r\n{"
WHOLE = b"GET / HTTP/1.1\r\nHost: bot\r\n\r\n"
SLOW = b"GET /slow HTTP/1.1\r\nHost: bot\r\n\r\n"


class Client:
    """One connection to the server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    def say(self, said: bytes) -> None:
        self._writer.write(said)

    async def answer(self) -> str:
        """The first line of the answer; empty where the connection was closed instead."""
        try:
            async with asyncio.timeout(SECONDS):
                head = await self._reader.readuntil(b"\r\n\r\n")
                await self._reader.readexactly(2)
        except (asyncio.IncompleteReadError, ConnectionError):
            return ""
        return head.split(b"\r\n")[0].decode()

    async def is_closed(self, within: float = SECONDS) -> bool:
        try:
            async with asyncio.timeout(within):
                return await self._reader.read(1) == b""
        except ConnectionError:
            return True
        except TimeoutError:
            return False

    def close(self) -> None:
        self._writer.transport.abort()


class Server:
    """A web server with bounded connections; `go_on` lets the slow requests through."""

    def __init__(self, most: int) -> None:
        self.connections = Connections(most)
        self.go_on = asyncio.Event()
        self.slow = asyncio.Semaphore(0)
        self.port = 0
        self.clients: list[Client] = []

    async def read(self, request: web.Request) -> web.Response:
        await request.read()
        return web.Response(text="ok")

    async def wait(self, _request: web.Request) -> web.Response:
        self.slow.release()
        await self.go_on.wait()
        return web.Response(text="ok")

    async def client(self, said: bytes = b"") -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self.port))
        client.say(said)
        self.clients.append(client)
        return client


@asynccontextmanager
async def serving(most: int = MOST) -> AsyncIterator[Server]:
    server = Server(most)
    app = web.Application(middlewares=[server.connections.middleware])
    app.router.add_route("*", "/", server.read)
    app.router.add_get("/slow", server.wait)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await BoundedSite(runner, "127.0.0.1", 0, server.connections).start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        for client in server.clients:
            client.close()
        await runner.cleanup()


@pytest.mark.parametrize("said", [b"", HALF_A_HEAD, HALF_A_BODY], ids=["silent", "head", "body"])
async def test_beyond_the_bound_the_longest_waiting_connection_makes_room(said: bytes) -> None:
    async with serving() as server:
        waiting = [await server.client(said) for _ in range(MOST)]
        await asyncio.sleep(0.1)  # what was said has arrived
        asking = await server.client(WHOLE)
        assert await asking.answer() == "HTTP/1.1 200 OK"
        assert await waiting[0].is_closed()
        assert not await waiting[-1].is_closed(0.1)
        assert len(server.connections) == MOST


async def test_where_all_are_at_work_a_further_connection_is_refused_and_the_work_is_done() -> None:
    async with serving() as server:
        working = [await server.client(SLOW) for _ in range(MOST)]
        for _ in working:
            await server.slow.acquire()
        assert await (await server.client(WHOLE)).answer() == ""
        server.go_on.set()
        assert [await client.answer() for client in working] == ["HTTP/1.1 200 OK"] * MOST
        assert await (await server.client(WHOLE)).answer() == "HTTP/1.1 200 OK"


@pytest.mark.parametrize("said", [b"", HALF_A_HEAD], ids=["silent", "head"])
async def test_a_head_that_does_not_come_in_time_closes_its_connection(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.3)
    async with serving() as server:
        idle = await server.client(WHOLE)
        assert await idle.answer() == "HTTP/1.1 200 OK"
        working = await server.client(SLOW)
        await server.slow.acquire()
        assert await (await server.client(said)).is_closed()
        server.go_on.set()
        assert await working.answer() == "HTTP/1.1 200 OK"
        idle.say(WHOLE)
        assert await idle.answer() == "HTTP/1.1 200 OK"


async def test_closed_connections_are_counted_no_more() -> None:
    async with serving() as server:
        for said in (b"", HALF_A_HEAD, HALF_A_BODY, WHOLE):
            (await server.client(said)).close()
        async with asyncio.timeout(SECONDS):
            while len(server.connections):  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("files", "most"), [(1_024, 256), (100_000, 256), (256, 64), (1, 1), (resource.RLIM_INFINITY, 256)]
)
def test_connections_take_a_small_part_of_the_files_that_may_be_open(
    files: int, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (files, files))
    assert most_connections() == most
