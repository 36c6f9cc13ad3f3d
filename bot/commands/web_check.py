"""`florist doctor`: checks that the bot can listen on WEB_HOST and WEB_PORT, or already does."""

from __future__ import annotations

import asyncio
import errno
import socket

import aiohttp

from bot.config.findings import Finding
from bot.config.settings import Settings
from storage.db.database import Database

ANSWER_SECONDS = 5
HEALTH = {"database", "updates"}
"""The keys in the answer of /healthz; see bot/runtime/watching.py."""


async def check_web(settings: Settings) -> Finding:
    """Try to listen; it is fine if this installation's own bot uses the port."""
    host, port = settings.web_host, settings.web_port
    place = f"{host}:{port}"
    try:
        await asyncio.to_thread(_listen, host, port)
    except socket.gaierror:
        return Finding("web", False, f"{host} is no address of this machine; check WEB_HOST")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return await _who_listens(settings, place)
        words = f"the bot cannot listen at {place} ({error.strerror}); check WEB_HOST and WEB_PORT"
        return Finding("web", False, words)
    return Finding("web", True, f"{place} is free")


def _listen(host: str, port: int) -> None:
    """Listen as the bot will. Raises OSError."""
    for family, kind, protocol, _, address in socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    ):
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind(address)
            listener.listen()


async def _who_listens(settings: Settings, place: str) -> Finding:
    """Tell whether this database's bot uses the port.

    On PostgreSQL any florist process that answers may be that bot or its standby.
    """
    database = Database(settings.database_url)
    ours = database.is_shared or database.is_occupied()
    await database.close()
    if ours and await _is_florist(settings):
        return Finding("web", True, f"{place} is answered by the running bot")
    words = f"{place} is taken by another program; stop it or set another WEB_PORT"
    return Finding("web", False, words)


async def _is_florist(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.web_host, settings.web_host)  # noqa: S104 - asked, not bound
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"http://{host}:{settings.web_port}/healthz") as response,
        ):
            body = await response.json()
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return False
    return isinstance(body, dict) and set(body) >= HEALTH
