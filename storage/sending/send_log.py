"""The pace that several workers keep together: what they sent lately, and when the next message may leave.

PostgreSQL only: a SQLite file has one worker, which needs to ask nobody. All moments are the server's own, so
that the workers' clocks do not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

# Held until the commit, so that of any number of workers each gets a moment of its own.
_QUEUE = text("""
    INSERT INTO send_slots AS kept (chat_id, free_at) VALUES (0, clock_timestamp())
    ON CONFLICT (chat_id) DO UPDATE SET free_at = kept.free_at
""")

# A second statement: it must see what was taken while this worker queued.
_TAKE = text("""
    WITH busy AS (
        SELECT count(*) AS messages FROM sendings
        WHERE left_at > clock_timestamp() - :second * interval '1 second'
        OR left_at IS NULL AND at > clock_timestamp() - :unanswered * interval '1 second'
    ), slot AS (
        UPDATE send_slots
        SET free_at = greatest(free_at, clock_timestamp()) + :span * interval '1 second'
        FROM busy WHERE chat_id = 0 AND (messages = 0 OR messages + :messages <= :most)
        RETURNING free_at - :span * interval '1 second' AS at
    ), taken AS (
        INSERT INTO sendings (chat_id, at) SELECT :chat_id, at FROM slot, generate_series(1, :messages)
    )
    SELECT at, extract(epoch FROM at - clock_timestamp())::float AS seconds FROM slot
""")

_LEFT = text("""
    UPDATE sendings SET left_at = clock_timestamp() - told.age * interval '1 second'
    FROM unnest(CAST(:moments AS timestamptz[]), CAST(:ages AS float[])) AS told (at, age)
    WHERE sendings.at = told.at
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


SECOND = 1.0
"""Seconds in which Telegram counts the bot's messages."""


@dataclass(frozen=True, slots=True)
class Window:
    """At most so many messages to one chat within any span of so many seconds."""

    seconds: float
    most: int


@dataclass(frozen=True, slots=True)
class Room:
    """At most so many of the bot's messages within a second, `gap` seconds apart.

    One that has no answer after `unanswered` seconds counts no more.
    """

    most: int
    gap: float
    unanswered: float


@dataclass(frozen=True, slots=True)
class Taken:
    """A moment of the server's clock, and the seconds until then."""

    at: datetime
    seconds: float


async def take(c: AsyncConnection, chat_id: int, messages: int, room: Room) -> Taken | None:
    """Take the bot's next free moment for so many messages to this chat; None: there is no room just now.

    Commit before it is waited for: the other workers queue for theirs.
    """
    values = {
        "chat_id": chat_id,
        "messages": messages,
        "most": room.most,
        "span": room.gap * messages,
        "unanswered": room.unanswered,
        "second": SECOND,
    }
    await c.execute(_QUEUE)
    row = (await c.execute(_TAKE, values)).one_or_none()
    return None if row is None else Taken(row.at, row.seconds)


async def left(c: AsyncConnection, ages: Mapping[datetime, float]) -> None:
    """Telegram has answered what was sent at these moments, so many seconds ago."""
    await c.execute(_LEFT, {"moments": list(ages), "ages": list(ages.values())})


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
