import asyncio
import functools
import io
import operator
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiohttp import web
from PIL import Image
from tenacity import AsyncRetrying, retry_if_result, stop_after_delay, wait_fixed

from sandbox.config import SandboxConfig
from sandbox.driver import SandboxDriver
from sandbox.driver.wire import PATIENCE

Json = dict[str, Any]
DIRECTOR, FLORIST, COURIER, CLIENT, GROUP = 1001, 1002, 1003, 1004, -1005001


async def serve(app: web.Application) -> tuple[web.AppRunner, str]:
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}"


@dataclass(frozen=True)
class Request:
    path: str
    body: bytes
    headers: dict[str, str]


@dataclass
class Receiver:
    """The bot's web server: records requests and gives the configured answers."""

    url: str = ""
    got: list[Request] = field(default_factory=list)
    answers: list[web.Response] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        self.got.append(Request(request.path, await request.read(), dict(request.headers)))
        self.news.set()
        return self.answers.pop(0) if self.answers else web.json_response({"ok": True})

    async def wait_for(self, count: int) -> list[Request]:
        async with asyncio.timeout(PATIENCE):
            while len(self.got) < count:
                self.news.clear()
                await self.news.wait()
        return self.got


@dataclass
class HandClock:
    """A clock that only the test advances."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass(frozen=True)
class Sandbox:
    """A running sandbox and its clients."""

    url: str
    config: SandboxConfig
    bot: Bot
    people: SandboxDriver
    http: aiohttp.ClientSession

    @property
    def api(self) -> str:
        """The URL of the Bot API for this bot."""
        return f"{self.url}/bot{self.config.bot_token}"

    async def call(self, method: str, **params: object) -> Json:
        """Call the Bot API and return the whole answer, even a refusal."""
        async with self.http.post(f"{self.api}/{method}", json=params) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    async def refusal(self, method: str, **params: object) -> str:
        """Call the Bot API and return the description of the refusal."""
        answer = await self.call(method, **params)
        assert answer["ok"] is False, answer
        return str(answer["description"])

    async def result(self, method: str, **params: object) -> Any:  # noqa: ANN401 - any JSON
        """Call the Bot API and return the result."""
        answer = await self.call(method, **params)
        assert answer["ok"] is True, answer
        return answer["result"]

    async def updates(self, **params: object) -> list[Json]:
        """Fetch and confirm all pending updates."""
        updates: list[Json] = await self.result("getUpdates", **params)
        if updates:
            await self.result("getUpdates", offset=updates[-1]["update_id"] + 1, limit=1)
        return updates

    async def control(self, verb: str, path: str, body: Json | None = None) -> tuple[int, Json]:
        """Call the control interface; returns status and JSON."""
        async with self.http.request(verb, f"{self.url}/control/{path}", json=body) as response:
            return response.status, await response.json()


async def eventually(
    true: Callable[[], Awaitable[bool]], *, seconds: float = PATIENCE, pause: float = 0.01
) -> None:
    """Poll until it is true, if there is no event to wait for."""
    retrying = AsyncRetrying(
        retry=retry_if_result(operator.not_), wait=wait_fixed(pause), stop=stop_after_delay(seconds)
    )
    assert await retrying(true)


class QuickSession(AiohttpSession):
    """Aiogram's session without the wait on close; created once, because it reads all certificates."""

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()


quick_session = functools.cache(QuickSession)


def inline(*rows: list[tuple[str, str]]) -> Json:
    """Create an inline keyboard from (text, callback data)."""
    return {
        "inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]
    }


def picture(width: int = 200, height: int = 100, kind: str = "JPEG", exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (width, height), "#d96d92")
    image.save(out, kind, **({"exif": exif} if exif else {}))
    return out.getvalue()
