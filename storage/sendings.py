"""The pace that several workers keep together: what they sent lately, and when the next message may leave.

PostgreSQL only: a SQLite file has one worker, which needs to ask nobody. All moments are the server's own, so
that the workers' clocks do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# One statement, and the row of chat 0 is held by it: of any number of workers each gets a moment of its own.
_RESERVE = text("""
    WITH slot AS (
        INSERT INTO send_slots AS kept (chat_id, free_at)
        VALUES (0, clock_timestamp() + :gap * interval '1 second')
        ON CONFLICT (chat_id) DO UPDATE
        SET free_at = greatest(kept.free_at, clock_timestamp()) + :gap * interval '1 second'
        RETURNING free_at - :gap * interval '1 second' AS at
    )
    INSERT INTO sendings (chat_id, at) SELECT :chat_id, at FROM slot
    RETURNING extract(epoch FROM at - clock_timestamp())::float
""")

_HOLD = text("""
    INSERT INTO send_slots AS kept (chat_id, free_at)
    VALUES (:chat_id, clock_timestamp() + :seconds * interval '1 second')
    ON CONFLICT (chat_id) DO UPDATE SET free_at = greatest(kept.free_at, excluded.free_at)
""")

_CLOSED = text("""
    WITH latest AS (
        SELECT chat_id, at, row_number() OVER (PARTITION BY chat_id ORDER BY at DESC) AS place FROM sendings
    ), closed AS (
        SELECT chat_id, at + :person_seconds * interval '1 second' AS free_at FROM latest
        WHERE chat_id > 0 AND place = :person_most
        UNION ALL
        SELECT chat_id, at + :group_seconds * interval '1 second' FROM latest
        WHERE chat_id < 0 AND place = :group_most
        UNION ALL
        SELECT chat_id, free_at FROM send_slots WHERE chat_id <> 0
    )
    SELECT chat_id, extract(epoch FROM max(free_at) - clock_timestamp())::float AS seconds FROM closed
    GROUP BY chat_id HAVING max(free_at) > clock_timestamp()
""")

_FORGET = text("DELETE FROM sendings WHERE at < clock_timestamp() - :seconds * interval '1 second'")
_FORGET_SLOTS = text("DELETE FROM send_slots WHERE chat_id <> 0 AND free_at < clock_timestamp()")


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many messages to one chat within any span of so many seconds."""

    seconds: float
    most: int


async def reserve(c: AsyncConnection, chat_id: int, gap: float) -> float:
    """Take the bot's next free moment, `gap` seconds after the one before, for a message to this chat.

    Gives the seconds until then. Commit before they are waited for: the other workers queue for it.
    """
    return float((await c.execute(_RESERVE, {"chat_id": chat_id, "gap": gap})).scalar_one())


async def hold(c: AsyncConnection, chat_id: int, seconds: float) -> None:
    """Nothing to this chat, by any worker, for so long."""
    await c.execute(_HOLD, {"chat_id": chat_id, "seconds": seconds})


async def closed(c: AsyncConnection, person: Window, group: Window) -> dict[int, float]:
    """The chats that have had all they may get for now, and the seconds until each gets more."""
    values = {
        "person_seconds": person.seconds,
        "person_most": person.most,
        "group_seconds": group.seconds,
        "group_most": group.most,
    }
    return {row.chat_id: row.seconds for row in await c.execute(_CLOSED, values)}


async def forget(c: AsyncConnection, seconds: float) -> None:
    """What left longer ago counts no more."""
    await c.execute(_FORGET, {"seconds": seconds})
    await c.execute(_FORGET_SLOTS)
