"""Files drawn in a child process: how often it is tried, and the trouble when it never works (X9, X10)."""

from __future__ import annotations

from collections.abc import Awaitable

import structlog

from services.health.troubles import TroubleKind, Troubles

MOST_DRAWINGS = 3
"""Attempts to draw a file that the bot sends by itself, before its content is sent as text."""

log = structlog.get_logger(__name__)


class NotDrawn(Exception):  # noqa: N818 - an answer to the person who asked, not an error of the program
    """The file could not be drawn now; a retry may succeed."""


async def drawn(work: Awaitable[bytes]) -> bytes:
    """The result of the process. Raises NotDrawn on any error, as callers must go on without it."""
    try:
        return await work
    except Exception as error:
        log.exception("not_drawn")
        raise NotDrawn(type(error).__name__) from error


def give_up(troubles: Troubles, kind: TroubleKind, attempts: int, error: NotDrawn) -> None:
    """Report the trouble after `MOST_DRAWINGS` failed attempts; raises `error` while some are left."""
    if attempts < MOST_DRAWINGS:
        raise error
    troubles.report(kind, str(error))
