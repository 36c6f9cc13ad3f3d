"""Limits the web server's connections in number and in waiting time (X22).

By default aiohttp waits an hour for a request. Connections that send half a request or nothing could use up
the process's file descriptors, and then database, photos and copy could not be opened.
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
"""Time in which a new connection must send the whole head of its first request."""
PAUSE_SECONDS = 75.0
"""Keep-alive time between two requests: longer than nginx keeps an upstream connection open."""
LINGER_SECONDS = 3.0
"""How long the rest of a refused request is read and discarded."""
MOST_CONNECTIONS = 256
BACKLOG = 64

_FEW_FILES = 4
"""Connections get one in this many of the process's file descriptors."""


def raise_file_limit() -> None:
    """Raise the soft limit of open files to the hard limit."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # some systems have a lower limit still
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def most_connections() -> int:
    """The maximum number of connections: a quarter of the open-file limit, at most MOST_CONNECTIONS."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return MOST_CONNECTIONS
    return max(1, min(MOST_CONNECTIONS, soft // _FEW_FILES))


class Connections:
    """All open connections by state. At the limit, the longest waiting one is closed for a new one."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._fresh: dict[asyncio.BaseTransport, asyncio.TimerHandle] = {}
        self._idle: dict[asyncio.BaseTransport, None] = {}
        self._busy: dict[asyncio.BaseTransport, web.Request] = {}

    def __len__(self) -> int:
        return len(self._fresh) + len(self._idle) + len(self._busy)

    def opened(self, transport: asyncio.Transport) -> None:
        """Register a connection, closing a waiting one if needed. Refuses it if all are busy."""
        if len(self) >= self._most and not self._close_longest_waiting():
            transport.abort()
            return
        timer = asyncio.get_running_loop().call_later(HEAD_SECONDS, transport.abort)
        self._fresh[transport] = timer

    def closed(self, transport: asyncio.BaseTransport) -> None:
        """Remove a closed connection."""
        timer = self._fresh.pop(transport, None)
        if timer is not None:
            timer.cancel()
        self._idle.pop(transport, None)
        self._busy.pop(transport, None)

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count a connection as busy while its request is handled. An aborted request is not an error."""
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
            return web.Response(status=400)  # the client has gone
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
    """Wraps aiohttp's protocol of one connection, to register the connection."""

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
    """Like aiohttp's TCPSite, with limited connections."""

    def __init__(self, runner: web.BaseRunner, host: str, port: int, connections: Connections) -> None:
        super().__init__(runner, backlog=BACKLOG)
        self._host = host
        self._port = port
        self._connections = connections

    @property
    def name(self) -> str:
        """The URL that it listens on."""
        return f"http://{self._host}:{self._port}"

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        await super().start()
        server = self._runner.server
        assert server is not None  # noqa: S101 - BaseSite has made sure
        self._server = await asyncio.get_running_loop().create_server(
            lambda: _Counted(server(), self._connections), self._host, self._port, backlog=self._backlog
        )
