"""A courtesy that aiosqlite (0.22) does not do itself."""

from __future__ import annotations

import asyncio


async def let_thread_end() -> None:
    """Call this after an opening that failed, before the loop may be closed.

    The thread of the connection answers the loop once more, and nothing awaits that: when the loop is gone
    by then, as in a short command, the thread prints a traceback.
    """
    await asyncio.sleep(0.05)
