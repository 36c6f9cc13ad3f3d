"""The web server's connections: bounded in number, and none may keep the bot waiting for a request (X22).

By default aiohttp waits an hour for a request. Connections on which half a request is sent, or nothing, would
take all files that the process may open, and database, photos and copy would get none.
"""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress
from itertools import chain
from typing import cast

from aiohttp import web
from aiohttp.typedefs import Handler

HEAD_SECONDS = 10.0
"""Within which a new connection must have sent the whole head of its first request."""
PAUSE_SECONDS = 75.0
"""Between two requests of one connection: longer than nginx keeps one to a server behind it open."""
LINGER_SECONDS = 3.0
"""How long the rest of a refused request is read and dropped."""
MOST_CONNECTIONS = 256
BACKLOG = 64

_FEW_FILES = 4
"""The connections get this part of the files that the process may open."""


def raise_file_limit() -> None:
    """Let the process open as many files as the system allows it, not only as many as it does by default."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems have limits beyond the hard one
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def most_connections() -> int:
    """Well below the number of files that the process may open."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(1, min(MOST_CONNECTIONS, soft // _FEW_FILES))


class Connections:
    """All open connections, by what they wait for. The longest waiting one goes when there are too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._fresh: dict[asyncio.BaseTransport, asyncio.TimerHandle] = {}
        self._idle: dict[asyncio.BaseTransport, None] = {}
        self._busy: dict[asyncio.BaseTransport, web.Request] = {}

    def __len__(self) -> int:
        return len(self._fresh) + len(self._idle) + len(self._busy)

    def opened(self, transport: asyncio.Transport) -> None:
        """Make room for a connection, and wait for its first request. Where all are at work it is refused."""
        if len(self) >= self._most and not self._close_longest_waiting():
            transport.abort()
            return
        timer = asyncio.get_running_loop().call_later(HEAD_SECONDS, transport.abort)
        self._fresh[transport] = timer

    def closed(self, transport: asyncio.BaseTransport) -> None:
        """Forget a connection."""
        timer = self._fresh.pop(transport, None)
        if timer is not None:
            timer.cancel()
        self._idle.pop(transport, None)
        self._busy.pop(transport, None)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count a connection as busy while its request is handled. A broken-off request is no error."""
        transport = request.transport
        if transport is None:
            return web.Response(status=400)
        self.closed(transport)
        self._busy[transport] = request
        try:
            return await handler(request)
        except (ConnectionError, web.RequestPayloadError):
            if request.transport is not None and not request.transport.is_closing():
                raise
            return web.Response(status=400)  # nobody reads it
        finally:
            if self._busy.pop(transport, None) is not None:
                self._idle[transport] = None

    def _close_longest_waiting(self) -> bool:
        half_sent = (transport for transport, request in self._busy.items() if not request.content.is_eof())
        waiting = next(chain(self._fresh, half_sent, self._idle), None)
        if waiting is None:
            return False
        self.closed(waiting)
        cast("asyncio.Transport", waiting).abort()
        return True


class _Counted(asyncio.Protocol):
    """Passes all on to aiohttp's protocol of one connection, and counts the connection."""

    def __init__(self, inner: asyncio.Protocol, connections: Connections) -> None:
        self._inner = inner
        self._connections = connections
        self._transport: asyncio.BaseTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._connections.opened(cast("asyncio.Transport", transport))
        self._inner.connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._transport is not None:
            self._connections.closed(self._transport)
        self._inner.connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def pause_writing(self) -> None:
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._inner.resume_writing()


class BoundedSite(web.BaseSite):
    """Listens at an address like aiohttp's TCPSite, with bounded connections."""

    def __init__(self, runner: web.BaseRunner, host: str, port: int, connections: Connections) -> None:
        super().__init__(runner, backlog=BACKLOG)
        self._host = host
        self._port = port
        self._connections = connections

    @property
    def name(self) -> str:
        """The address."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen. A taken port raises OSError."""
        await super().start()
        server = self._runner.server
        assert server is not None  # noqa: S101 - BaseSite has made sure
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Counted(server(), self._connections), self._host, self._port, backlog=self._backlog
        )
