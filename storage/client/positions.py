"""Where a courier is who shows it to the client of a delivery (X23).

Kept only while it is shown, and nowhere else: not in the order, its history, the backup copy or a log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.db import upserts
from storage.db.client_tables import shown_positions


@dataclass(frozen=True, slots=True)
class ShownPosition:
    """The newest position of the live location `location_id` in the courier's chat.

    `note_id`: the bot's answer to it, with the button that ends it. `map_id`: the message that shows it in
    the client's chat, brought up to date at `sent_at`. The position stays out of `repr`, which logs may show.
    """

    order_id: int
    courier_chat: int
    location_id: int
    until: datetime
    latitude: float = field(repr=False)
    longitude: float = field(repr=False)
    client_chat: int
    note_id: int | None = None
    map_id: int | None = None
    sent_at: datetime | None = None


async def put(c: AsyncConnection, shown: ShownPosition) -> None:
    """Show this one from now on, in place of another one of the same order."""
    values = asdict(shown)
    await upserts.put(c, shown_positions, {"order_id": values.pop("order_id")}, values)


async def of_order(c: AsyncConnection, order_id: int) -> ShownPosition | None:
    """What the client of the order is shown."""
    return next(iter(await _found(c, shown_positions.c.order_id == order_id)), None)


async def moved(
    c: AsyncConnection, courier_chat: int, location_id: int, latitude: float, longitude: float
) -> list[ShownPosition]:
    """The live location has another position; gives all orders whose clients are shown it."""
    own = _of_location(courier_chat, location_id)
    await c.execute(update(shown_positions).where(*own).values(latitude=latitude, longitude=longitude))
    return await _found(c, *own)


async def of_location(c: AsyncConnection, courier_chat: int, location_id: int) -> list[ShownPosition]:
    """All orders whose clients are shown this live location."""
    return await _found(c, *_of_location(courier_chat, location_id))


async def note_map(
    c: AsyncConnection, order_id: int, client_chat: int, map_id: int, sent_at: datetime
) -> bool:
    """The message shows the position to the client; False where it is shown no more."""
    own = (shown_positions.c.order_id == order_id, shown_positions.c.client_chat == client_chat)
    changed = await c.execute(update(shown_positions).where(*own).values(map_id=map_id, sent_at=sent_at))
    return changed.rowcount == 1


async def note_answer(c: AsyncConnection, order_id: int, location_id: int, note_id: int) -> bool:
    """The bot's answer below the live location; False where it is shown no more."""
    own = (shown_positions.c.order_id == order_id, shown_positions.c.location_id == location_id)
    return (await c.execute(update(shown_positions).where(*own).values(note_id=note_id))).rowcount == 1


async def end(c: AsyncConnection, order_id: int) -> ShownPosition | None:
    """Forget it; gives what was shown until now."""
    shown = await of_order(c, order_id)
    if shown is not None:
        await c.execute(delete(shown_positions).where(shown_positions.c.order_id == order_id))
    return shown


def _of_location(courier_chat: int, location_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        shown_positions.c.courier_chat == courier_chat,
        shown_positions.c.location_id == location_id,
    )


async def _found(c: AsyncConnection, *which: ColumnElement[bool]) -> list[ShownPosition]:
    rows: Sequence[object] = (await c.execute(select(shown_positions).where(*which))).mappings().all()
    return [ShownPosition(**row) for row in rows]  # type: ignore[arg-type]
