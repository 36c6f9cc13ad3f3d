"""The driver's HTTP layer: calls of the control interface, and waiting for a condition."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp

Found = TypeVar("Found")
LONGEST_WAIT = 50.0
PATIENCE = 90.0
"""Default timeout of a wait, in seconds. Long because a loaded machine may be ten times slower than an idle
one; a wait ends as soon as its condition is met."""


class Wire:
    """An HTTP client of one sandbox."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Open the connections."""
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        """Close the connections."""
        if self._session:
            await self._session.close()

    async def get(self, path: str, **query: str) -> dict[str, Any]:
        """GET JSON."""
        answer: dict[str, Any] = await self._json("GET", path, params=query)
        return answer

    async def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """POST JSON."""
        answer: dict[str, Any] = await self._json("POST", path, json=body or {})
        return answer

    async def patch(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """PATCH JSON."""
        answer: dict[str, Any] = await self._json("PATCH", path, json=body)
        return answer

    async def upload(self, path: str, form: aiohttp.FormData) -> Any:  # noqa: ANN401 - one message or several
        """POST a form with files."""
        return await self._json("POST", path, data=form)

    async def download(self, path: str) -> bytes:
        """Return the bytes of a file of the sandbox."""
        async with self._open_session().get(self._base_url + path) as response:
            if not response.ok:
                raise AssertionError(f"GET {path}: {response.status}")
            return await response.read()

    async def answers(self) -> bool:
        """Whether the sandbox is up."""
        try:
            return bool((await self.get("health"))["status"] == "ok")
        except (aiohttp.ClientError, AssertionError):
            return False

    async def event_id(self) -> int:
        """Return the id of the newest event."""
        return int((await self.get("wait", timeout="0"))["event_id"])

    async def until(self, look: Callable[[], Awaitable[Found | None]], seconds: float) -> Found | None:
        """Call `look` now and after each event until it returns a value; None on timeout."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while True:
            event_id = await self.event_id()
            found = await look()
            left = min(deadline - loop.time(), LONGEST_WAIT)
            if found is not None or left <= 0:
                return found
            await self.get("wait", since=str(event_id), timeout=str(left))

    async def _json(self, verb: str, path: str, **options: Any) -> Any:  # noqa: ANN401 - aiohttp's options, any JSON
        url = f"{self._base_url}/control/{path}"
        async with self._open_session().request(verb, url, **options) as response:
            if response.ok:
                return await response.json()
            text = await response.text()
        try:
            reason = (await response.json())["error"]
        except (aiohttp.ContentTypeError, KeyError):
            reason = text
        raise AssertionError(f"{verb} /control/{path}: {response.status} {reason}")

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise RuntimeError("use the driver as an asynchronous context manager")
        return self._session
