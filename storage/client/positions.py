"""The shown positions of couriers who share them with the client of a delivery (X23).

A position is stored only while it is shared, and only here: not in the order, its history, the backup copy or
a log.
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

    `note_id`: the bot's reply to it, with the button that ends the sharing. `map_id`: the message with the
    map in the client's chat, last updated at `sent_at`. `repr` omits the position: logs may contain it.
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
    """Store a shown position in place of another one of the same order."""
    values = asdict(shown)
    await upserts.put(c, shown_positions, {"order_id": values.pop("order_id")}, values)


async def of_order(c: AsyncConnection, order_id: int) -> ShownPosition | None:
    """Returns the position shown to the client of the order, or None."""
    return next(iter(await _found(c, shown_positions.c.order_id == order_id)), None)


async def moved(
    c: AsyncConnection, courier_chat: int, location_id: int, latitude: float, longitude: float
) -> list[ShownPosition]:
    """Update the position of a live location. Returns the rows of all orders whose clients see it."""
    own = _of_location(courier_chat, location_id)
    await c.execute(update(shown_positions).where(*own).values(latitude=latitude, longitude=longitude))
    return await _found(c, *own)


async def of_location(c: AsyncConnection, courier_chat: int, location_id: int) -> list[ShownPosition]:
    """Returns the rows of all orders whose clients see this live location."""
    return await _found(c, *_of_location(courier_chat, location_id))


async def note_map(
    c: AsyncConnection, order_id: int, client_chat: int, map_id: int, sent_at: datetime
) -> bool:
    """Store the message with the map in the client's chat. Returns False when the sharing has ended."""
    own = (shown_positions.c.order_id == order_id, shown_positions.c.client_chat == client_chat)
    changed = await c.execute(update(shown_positions).where(*own).values(map_id=map_id, sent_at=sent_at))
    return changed.rowcount == 1


async def note_answer(c: AsyncConnection, order_id: int, location_id: int, note_id: int) -> bool:
    """Store the bot's reply to the live location. Returns False when the sharing has ended."""
    own = (shown_positions.c.order_id == order_id, shown_positions.c.location_id == location_id)
    return (await c.execute(update(shown_positions).where(*own).values(note_id=note_id))).rowcount == 1


async def end(c: AsyncConnection, order_id: int) -> ShownPosition | None:
    """Delete the shown position of an order and return it; None where there was none."""
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
