"""Connects to Telegram through a proxy. Imported only where the settings name one: it loads aiohttp-socks."""

from __future__ import annotations

from aiohttp import ClientConnectionError, ClientRequest, ClientTimeout
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError


class TelegramProxyConnector(ProxyConnector):
    """Raises aiohttp's errors where the proxy fails, so that they are handled like any outage.

    The proxy library's own messages are dropped: they could repeat the address with its password.
    """

    async def connect(
        self,
        req: ClientRequest,
        traces: list[Trace],
        timeout: ClientTimeout,  # noqa: ASYNC109 - aiohttp's own signature
    ) -> Connection:
        """See `aiohttp.BaseConnector.connect`. Raises ClientConnectionError where the proxy fails."""
        try:
            return await super().connect(req, traces, timeout)
        except (ProxyConnectionError, ProxyError, ProxyTimeoutError) as error:
            raise ClientConnectionError(type(error).__name__) from None
