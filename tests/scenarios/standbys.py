"""Two processes of one bot on one PostgreSQL, behind a proxy that passes webhooks to the leader."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from enum import Enum
from http import HTTPStatus
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from tests.scenarios.process import BotProcess
from tests.scenarios.stage import HOST, READY_SECONDS, free_port

ANSWER_SECONDS = 3
"""The proxy's timeout: a suspended process accepts connections without answering."""
WAITING_SECONDS = 20
"""How long the proxy holds a webhook for a leader; after it Telegram and the marketplace send it again."""
GLANCE_SECONDS = 0.05
TELEGRAM_NAMES = (HOST, "localhost")
"""Each process calls Telegram by another host name, which tells the two apart."""


class State(Enum):
    """A process's role by its /healthz."""

    LEADS = "leads"
    STANDS_BY = "stands by"
    SILENT = "silent"


class Member:
    """One of the two processes, with its port."""

    def __init__(self, folder: Path, settings: Mapping[str, str], telegram_name: str) -> None:
        self.port = free_port()
        self.telegram_name = telegram_name
        own = {
            "WEB_PORT": str(self.port),
            "BOT_API_URL": settings["BOT_API_URL"].replace(HOST, telegram_name),
        }
        self.process = BotProcess(folder, {**settings, **own})

    async def state(self) -> State:
        try:
            async with (
                asyncio.timeout(ANSWER_SECONDS),
                aiohttp.ClientSession() as session,
                session.get(f"http://{HOST}:{self.port}/healthz") as response,
            ):
                if response.ok:
                    return State.LEADS
                is_standby = (await response.json()).get("standby", False)
                return State.STANDS_BY if is_standby else State.SILENT
        except (aiohttp.ClientError, TimeoutError):
            return State.SILENT

    async def becomes(self, *wanted: State) -> State:
        """Wait for one of these states and return it. Raises AssertionError on timeout."""
        until = time.monotonic() + READY_SECONDS
        while (state := await self.state()) not in wanted:
            if self.process.exit_code is not None or time.monotonic() > until:
                raise AssertionError(f"{state}, not {wanted}:\n{self.process.log}")
            await asyncio.sleep(GLANCE_SECONDS)
        return state


class Pair:
    """The two processes."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.members = [Member(folder, settings, name) for name in TELEGRAM_NAMES]

    async def roles(self) -> tuple[Member, Member]:
        """Wait until one leads and the other stands by; returns them in this order."""
        for member in self.members:
            await member.becomes(State.LEADS, State.STANDS_BY)
        until = time.monotonic() + READY_SECONDS
        one, other = self.members
        while True:
            states = await one.state(), await other.state()
            if states == (State.LEADS, State.STANDS_BY):
                return one, other
            if states == (State.STANDS_BY, State.LEADS):
                return other, one
            assert time.monotonic() < until, f"{states}:\n{one.process.log}"
            await asyncio.sleep(GLANCE_SECONDS)

    async def _pass_on(self, request: web.Request) -> web.Response:
        """Pass a request to the process that accepts it; waits for one like the proxy in deploy/Caddyfile."""
        body, headers = await request.read(), dict(request.headers)
        timeout, until = aiohttp.ClientTimeout(total=ANSWER_SECONDS), time.monotonic() + WAITING_SECONDS
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while time.monotonic() < until:
                for member in self.members:
                    url = f"http://{HOST}:{member.port}{request.path}"
                    try:
                        async with session.post(url, data=body, headers=headers) as response:
                            if response.ok:
                                return web.Response(status=response.status, text=await response.text())
                    except (aiohttp.ClientError, TimeoutError):
                        continue
                await asyncio.sleep(GLANCE_SECONDS)
        return web.Response(status=HTTPStatus.BAD_GATEWAY)

    @asynccontextmanager
    async def behind_a_proxy(self, port: int) -> AsyncIterator[None]:
        """Start both processes behind a proxy on this port; stop them on exit."""
        app = web.Application(client_max_size=2**22)
        app.router.add_post("/{path:.*}", self._pass_on)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, HOST, port).start()
        for member in self.members:
            member.process.start()
        try:
            await self.roles()
            yield
        finally:
            await asyncio.gather(*(member.process.stop() for member in self.members))
            await runner.cleanup()


class Callers:
    """Records which process calls Telegram, and when."""

    def __init__(self) -> None:
        self._calls: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)

    @property
    def middleware(self) -> Middleware:
        @web.middleware
        async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.path.startswith("/bot"):
                name = request.host.partition(":")[0]
                self._calls[name].append((time.monotonic(), request.path.rpartition("/")[2]))
            return await handler(request)

        return note

    def since(self, moment: float, member: Member) -> list[str]:
        """The methods that this process has called since then."""
        return [method for at, method in self._calls[member.telegram_name] if at >= moment]
