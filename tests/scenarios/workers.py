"""Several bots on one database, behind a proxy that passes every webhook to one of them."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path

import aiohttp
from aiohttp import web

from tests.scenarios.process import BotProcess
from tests.scenarios.stage import HOST, READY_SECONDS, free_port

ANSWER_SECONDS = 30
PAUSE = 0.1
"""Seconds before the next worker is tried when one did not answer well."""


class Worker:
    """One of them, and where it listens."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.port = free_port()
        self.process = BotProcess(folder, {**settings, "WEB_PORT": str(self.port)})

    async def wait_ready(self) -> None:
        """Wait until it says that it is well."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(READY_SECONDS):
            while True:
                if self.process.exit_code is not None:
                    raise AssertionError(f"a worker did not start:\n{self.process.log}")
                try:
                    async with session.get(f"http://{HOST}:{self.port}/healthz") as response:
                        if response.ok:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.05)


class Proxy:
    """Each webhook goes to the next worker in turn; when that one does not take it, to the one after.

    The sandbox brings updates one at a time; Telegram brings those of different people beside each other. So
    an update is taken here, and brought to the workers until one of them has handled it.
    """

    def __init__(self, workers: list[Worker]) -> None:
        self._turns = cycle(workers)
        self._tries = len(workers) * 10
        self._under_way: set[asyncio.Task[None]] = set()
        self._lanes: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    def app(self) -> web.Application:
        app = web.Application(client_max_size=2**22)
        app.router.add_post("/telegram", self._update)
        app.router.add_post("/flowwow", self._marketplace)
        return app

    async def _update(self, request: web.Request) -> web.Response:
        passing = asyncio.create_task(self._bring(dict(request.headers), await request.read()))
        self._under_way.add(passing)
        passing.add_done_callback(self._under_way.discard)
        return web.Response()

    async def _bring(self, headers: dict[str, str], body: bytes) -> None:
        """One person's updates one after another: the locks are fair."""
        async with self._lanes[_person(body)]:
            await self._pass_on("/telegram", headers, body)

    async def _marketplace(self, request: web.Request) -> web.Response:
        return await self._pass_on("/flowwow", dict(request.headers), await request.read())

    async def _pass_on(self, path: str, headers: dict[str, str], body: bytes) -> web.Response:
        timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            for _ in range(self._tries):
                url = f"http://{HOST}:{next(self._turns).port}{path}"
                try:
                    async with session.post(url, data=body, headers=headers) as response:
                        if response.ok:
                            return web.Response(status=response.status, text=await response.text())
                except (aiohttp.ClientError, TimeoutError):
                    pass
                await asyncio.sleep(PAUSE)
        return web.Response(status=502)

    async def close(self) -> None:
        for passing in self._under_way:
            passing.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)


def _person(update: bytes) -> int:
    """Who caused it; 0 for nobody."""
    parts = [part for part in json.loads(update).values() if isinstance(part, dict)]
    return next((int(part["from"]["id"]) for part in parts if "from" in part), 0)


@asynccontextmanager
async def behind_a_proxy(port: int, workers: list[Worker]) -> AsyncIterator[None]:
    """Start all workers at once, and pass to them what comes to this port; end them on leaving."""
    proxy = Proxy(workers)
    runner = web.AppRunner(proxy.app(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, HOST, port).start()
    for worker in workers:
        worker.process.start()
    try:
        await asyncio.gather(*(worker.wait_ready() for worker in workers))
        yield
    finally:
        await runner.cleanup()
        await proxy.close()
        await asyncio.gather(*(worker.process.stop() for worker in workers))
