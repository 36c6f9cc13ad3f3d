"""Keeps a process that may not lead any more from sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiohttp import ClientRequest

from storage.db.errors import NotLeading
from storage.db.leader import Leader

if TYPE_CHECKING:
    from aiohttp.abc import AbstractStreamWriter
    from aiohttp.connector import Connection


def fenced_requests(leader: Leader) -> type[ClientRequest]:
    """For a session whose requests leave only while this process leads; else they raise NotLeading.

    A look before the request is made is not enough: the process may be stopped while it connects. So the last
    look comes directly before the first byte. Requests without a body change nothing, and are not looked at.
    """

    class FencedRequest(ClientRequest):
        async def write_bytes(
            self, writer: AbstractStreamWriter, conn: Connection, content_length: int | None = None
        ) -> None:
            try:
                await leader.confirm()
            except NotLeading as error:  # whoever waits for the answer gets it
                if conn.protocol is not None:
                    conn.protocol.set_exception(error)
                return
            await super().write_bytes(writer, conn, content_length)

    return FencedRequest
