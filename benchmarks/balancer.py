"""Stands before several workers as a proxy does: takes Telegram's updates in, and brings each to one of them.

The sandbox brings one update after the other, Telegram many at once (`max_connections`): here the next is
taken while others are still being handled.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import cycle

import aiohttp
from aiohttp import web

from benchmarks.processes import HOST

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
PATH = "/telegram"


class Balancer:
    """Hands the updates round to the workers that listen on these ports."""

    def __init__(self, session: aiohttp.ClientSession, ports: Sequence[int]) -> None:
        self._session = session
        self._next = cycle([f"http://{HOST}:{port}{PATH}" for port in ports])
        self._on_the_way: set[asyncio.Task[None]] = set()

    async def take(self, request: web.Request) -> web.Response:
        body, secret = await request.read(), request.headers.get(SECRET_HEADER, "")
        task = asyncio.create_task(self._bring(next(self._next), body, secret))
        self._on_the_way.add(task)
        task.add_done_callback(self._on_the_way.discard)
        return web.Response()

    async def _bring(self, url: str, body: bytes, secret: str) -> None:
        headers = {SECRET_HEADER: secret, "Content-Type": "application/json"}
        async with self._session.post(url, data=body, headers=headers) as response:
            response.raise_for_status()


@asynccontextmanager
async def balancer(port: int, workers: Sequence[int]) -> AsyncIterator[None]:
    """Listen on `port` for those who listen on the ports of `workers`."""
    async with aiohttp.ClientSession() as session:
        app = web.Application()
        app.router.add_post(PATH, Balancer(session, workers).take)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            yield
        finally:
            await runner.cleanup()
