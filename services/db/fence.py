"""Blocks outgoing requests of a process that has lost its leader lock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import ClientRequest

from storage.db.errors import NotLeading
from storage.db.leader import Leader

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.connector import Connection


def fenced_requests(leader: Leader) -> type[ClientRequest]:
    """A request class for a session that sends only while this process leads; raises NotLeading otherwise.

    A check before the request is built is too early: the process may be suspended while it connects. So the
    check is made directly before the first byte. Requests without a body change nothing and are not checked.
    """

    class FencedRequest(ClientRequest):
        async def write_bytes(
            self, writer: AbstractStreamWriter, conn: Connection, content_length: int | None = None
        ) -> None:
            try:
                await leader.confirm()
            except NotLeading as error:  # raised where the response is awaited
                if conn.protocol is not None:
                    conn.protocol.set_exception(error)
                return
            await super().write_bytes(writer, conn, content_length)

    return FencedRequest
