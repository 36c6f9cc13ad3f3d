"""The outbox: messages, calls and backup copies to send after a commit. Rows contain ids, never texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, select, update
from sqlalchemy import Row as Record
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from storage.db.errors import NoSuchOrder, NoSuchShop
from storage.db.locks import hold_orders
from storage.db.tables import outbox
from storage.db.wakes import own_work


class Channel(StrEnum):
    """The destination of a row; each channel has its own sender."""

    TELEGRAM = "telegram"
    COPY = "copy"
    MARKETPLACE = "marketplace"


class Kind(StrEnum):
    """What the sender renders from the order. Rows of a shop have a `shop_notifications.NewsKind` instead."""

    CARD = "card"
    CARD_AGAIN = "card-again"
    """Updates the card when one of its buttons is no longer offered."""
    CARD_ANEW = "card-anew"  # sends the card as a new message without sound, for changes during quiet hours
    ALARM = "alarm"
    BELL = "bell"
    """The message of all orders waiting to be accepted: this order joins it, or its deadline is due."""
    WAITING = "waiting"  # edits that message in place
    RECORD = "record"
    UNREACHABLE = "unreachable"
    REACHABLE = "reachable"
    """To the chiefs: the group in `subject` accepts messages again."""
    CALL = "call"
    CALL_REFUSED = "call-refused"
    CLIENT_CARD = "client-card"
    """The client's card, which shows the progress of the order."""
    CLIENT_STEP = "client-step"
    """The client's card with sound, if it has changed: the step may have been undone before it was sent."""
    CLIENT_PHOTO = "client-photo"
    """The newest photo, or the newest photos as an album, for the client to rate."""
    CLIENT_THUMBS = "client-thumbs"  # the rating buttons below an album
    CLIENT_PHOTO_AWAY = "client-photo-away"  # removes photos that belong to another order
    CLIENT_HANDOVER = "client-handover"  # the hand-over photos that the client has not received yet (X23)
    CLIENT_MAP = "client-map"  # the position of a courier who shares it (X23)
    MAP_OVER = "map-over"  # ends the map in the client's message `subject`; 0: when its time has expired
    MAP_NOTE_OVER = "map-note-over"  # tells the courier so, in their message `subject`
    CLIENT_NEWS = "client-news"
    """News for the client about an event: that of the order's version `subject`."""
    CLIENT_NUDGE = "client-nudge"  # reminds the client to rate the photo (R30)
    CLIENT_ANSWER_NUDGE = "client-answer-nudge"
    CLIENT_TALK = "client-talk"
    """A message of the talk; `subject` is its id there."""
    CLIENT_SECOND = "client-second"  # to the staff: a second account opened the client's link
    CLIENT_PHOTO_LOST = "client-photo-lost"
    """To the staff: the photo cannot be shown to the client, as its file is damaged or missing."""
    SET_ASIDE = "set-aside"
    """To the directors: a job of the order failed permanently; `subject` says which."""
    CLIENT_PHOTO_STAYS = "client-photo-stays"
    """To the staff: the client still has a photo of another order, as Telegram no longer deletes it."""


class Priority(IntEnum):
    """The order of sending within one channel; the lowest value goes first."""

    ALARM = 0
    CARD = 1
    CALL = 2
    COPY = 3


class State(StrEnum):
    """A row that was sent is deleted; a failed one is kept with its reason."""

    PENDING = "pending"
    SENDING = "sending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One row to send that concerns an order.

    `target` is a chat id; for a call, the id of the order. `version` is that of the order and identifies a
    backup copy. The meaning of `subject` depends on the kind.
    """

    channel: Channel
    kind: Kind
    order_id: int
    priority: Priority
    not_before: datetime
    target: int = 0
    version: int = 0
    sound: bool = False
    subject: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Outgoing):
    """A stored `Outgoing`; `attempts` counts its failed attempts."""

    id: int
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ShopOutgoing:
    """One row to send that concerns a shop and no single order.

    `kind` is a `NewsKind` (`storage.sending.shop_notifications`); it determines what `subject` is the id of.
    """

    kind: str
    shop_id: int
    target: int
    subject: int
    priority: Priority
    sound: bool
    not_before: datetime
    channel: Channel = Channel.TELEGRAM
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopRow(ShopOutgoing):
    """A stored `ShopOutgoing`."""

    id: int
    attempts: int
    created_at: datetime


AnyOutgoing: TypeAlias = Outgoing | ShopOutgoing
AnyRow: TypeAlias = Row | ShopRow
Merged = TypeVar("Merged", bound=AnyOutgoing)
_Place = tuple[int | None, int | None, Channel, str, int, int, int]
_COMMON = ("id", "target", "version", "sound", "subject", "not_before", "attempts", "created_at")
"""The columns that rows of an order and rows of a shop share without conversion."""
_MERGED = ("version", "priority", "sound", "not_before", "attempts")
"""The columns that a merge may change."""

_PENDING = (
    outbox.c.channel == bindparam("of_channel"),
    outbox.c.state == State.PENDING,
    outbox.c.target.not_in(bindparam("not_to", expanding=True)),
)
_READY = (*_PENDING, outbox.c.not_before <= bindparam("now"))
_NEXT_DUE = select(func.min(outbox.c.not_before)).where(*_PENDING)
_WAITING = (
    # Locked, so that no sender claims a row while another is merged into it: the merged one would get lost.
    select(outbox)
    .where(outbox.c.order_id.in_(bindparam("order_ids", expanding=True)), outbox.c.state == State.PENDING)
    .order_by(outbox.c.id)
    .with_for_update()
)
_WAITING_OF_SHOPS = (
    # There is no lock on a shop: a row that another transaction has locked is skipped, and a second inserted.
    select(outbox)
    .where(outbox.c.shop_id.in_(bindparam("shop_ids", expanding=True)), outbox.c.state == State.PENDING)
    .order_by(outbox.c.id)
    .with_for_update(skip_locked=True)
)


def _claiming(*which: ColumnElement[bool]) -> ReturningUpdate[Any]:
    best = select(outbox.c.id).where(*_READY, *which).order_by(outbox.c.priority, outbox.c.id)
    locked = best.limit(bindparam("limit")).with_for_update(skip_locked=True)
    # PostgreSQL evaluates a CTE once; it may repeat a plain subselect and so claim more rows than the limit.
    chosen = outbox.c.id.in_(select(locked.cte("best").c.id))
    return own_work(update(outbox).where(chosen).values(state=State.SENDING).returning(outbox))


_turn = func.row_number().over(partition_by=outbox.c.target, order_by=(outbox.c.priority, outbox.c.id))
_by_chat = select(outbox.c.id, _turn.label("place")).where(*_READY).subquery()
_INSERT = insert(outbox)
_MERGE = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values({name: bindparam(f"new_{name}") for name in _MERGED})
)
_CLAIM = _claiming()
_DONE = own_work(delete(outbox).where(outbox.c.id.in_(bindparam("row_ids", expanding=True))))
_CLAIM_ONE_EACH = _claiming(outbox.c.id.in_(select(_by_chat.c.id).where(_by_chat.c.place == 1)))


async def put(c: AsyncConnection, rows: Sequence[AnyOutgoing]) -> None:
    """Store rows to be sent. A row is merged into a pending one of the same content and target.

    It is not merged into one that is being sent, which may show the previous state. Raises NoSuchOrder or
    NoSuchShop when the order or shop does not exist.
    """
    await _hold_orders_of(c, rows)
    waiting = await _waiting(c, rows)
    merged, fresh = dict(waiting), dict[_Place, AnyOutgoing]()
    for outgoing in rows:
        place = _place(outgoing)
        if place in merged:
            merged[place] = _merge(merged[place], outgoing)
        else:
            fresh[place] = _merge(fresh[place], outgoing) if place in fresh else outgoing
    await _insert(c, fresh.values())
    await _update(c, [row for place, row in merged.items() if row != waiting[place]])


async def claim(
    c: AsyncConnection,
    channel: Channel,
    now: datetime,
    limit: int,
    *,
    not_to: Collection[int] = (),
    one_each: bool = False,
) -> list[AnyRow]:
    """Claim the rows that may be sent now, the most urgent first. Skips locked rows.

    Skips targets in `not_to`; with `one_each` claims at most one row per target.
    """
    which = {"of_channel": channel, "not_to": list(not_to), "now": now, "limit": limit}
    taken = await c.execute(_CLAIM_ONE_EACH if one_each else _CLAIM, which)
    return sorted(map(_row, taken), key=lambda row: (row.priority, row.id))


async def done(c: AsyncConnection, *row_ids: int) -> None:
    """Delete rows that were sent."""
    if row_ids:
        await c.execute(_DONE, {"row_ids": row_ids})


async def retry(c: AsyncConnection, row_id: int, not_before: datetime, *, counts: bool = True) -> None:
    """Schedule a row that failed for another attempt, not before `not_before`.

    Merges it into a newer pending row of the same content and target, if there is one. `counts`: whether
    this was a failed attempt; a pause that Telegram asked for is not.
    """
    row = await get(c, row_id)
    if row is not None:
        await _hold_orders_of(c, [row])
        await _wait_again(c, replace(row, not_before=not_before, attempts=row.attempts + counts))


async def get(c: AsyncConnection, row_id: int) -> AnyRow | None:
    """Returns the row with this id; None where it was sent."""
    record = (await c.execute(select(outbox).where(outbox.c.id == row_id))).one_or_none()
    return _row(record) if record else None


async def fail(c: AsyncConnection, row_id: int, why: str) -> None:
    """Mark a row as failed permanently; it is kept for people to read."""
    await c.execute(own_work(update(outbox).where(outbox.c.id == row_id).values(state=State.FAILED, why=why)))


async def has_failed(c: AsyncConnection, order_id: int, target: int) -> bool:
    """Returns whether a row of this order for this target has failed permanently."""
    failed = (outbox.c.state == State.FAILED, outbox.c.order_id == order_id, outbox.c.target == target)
    return (await c.scalar(select(outbox.c.id).where(*failed).limit(1))) is not None


async def answer_of_failed(c: AsyncConnection, channel: Channel, order_id: int) -> str | None:
    """Returns why the order's newest permanently failed row in this channel failed; None where none did."""
    failed = (outbox.c.state == State.FAILED, outbox.c.channel == channel, outbox.c.order_id == order_id)
    newest = select(outbox.c.why).where(*failed).order_by(outbox.c.id.desc()).limit(1)
    why: str | None = await c.scalar(newest)
    return why


async def retarget(c: AsyncConnection, old: int, new: int) -> None:
    """Redirect unsent rows to another chat id, after a group was migrated."""
    waits = outbox.c.state.in_((State.PENDING, State.SENDING))
    await c.execute(update(outbox).where(outbox.c.target == old, waits).values(target=new))


async def release_all(c: AsyncConnection, channel: Channel) -> int:
    """Requeue the rows that a sender left unfinished when it failed or its process died.

    Returns their number. Lock orders before outbox rows everywhere, to avoid deadlocks.
    """
    sending = (
        select(outbox)
        .where(outbox.c.channel == channel, outbox.c.state == State.SENDING)
        .order_by(outbox.c.id)
    )
    await hold_orders(c, {record.order_id for record in await c.execute(sending)} - {None})
    rows = [_row(record) for record in await c.execute(sending.with_for_update())]
    for row in rows:  # it may have been sent already: the next attempt must not count as the first
        await _wait_again(c, replace(row, attempts=row.attempts + 1))
    return len(rows)


async def next_due(c: AsyncConnection, channel: Channel, *, not_to: Collection[int] = ()) -> datetime | None:
    """Returns when the next pending row may be sent, except to targets in `not_to`; None without any."""
    moment: datetime | None = await c.scalar(_NEXT_DUE, {"of_channel": channel, "not_to": list(not_to)})
    return moment


async def bring_forward(c: AsyncConnection, now: datetime, by: timedelta) -> None:
    """Move pending rows forward after the clock was set back `by`, so that they wait as long as intended."""
    later = select(outbox.c.id, outbox.c.not_before).where(
        outbox.c.state == State.PENDING, outbox.c.not_before > now
    )
    for row_id, not_before in (await c.execute(later)).all():
        earlier = max(now, not_before - by)
        await c.execute(update(outbox).where(outbox.c.id == row_id).values(not_before=earlier))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before the shops are restored from the backup copy."""
    await c.execute(delete(outbox))


async def _hold_orders_of(c: AsyncConnection, rows: Iterable[AnyOutgoing]) -> None:
    order_ids = {one.order_id for one in rows if isinstance(one, Outgoing)}
    if order_ids:
        await hold_orders(c, order_ids)


async def _insert(c: AsyncConnection, rows: Collection[AnyOutgoing]) -> None:
    fresh = {"attempts": 0, "created_at": datetime.now(UTC), "state": State.PENDING, "why": ""}
    values = [{"order_id": None, "shop_id": None} | asdict(outgoing) | fresh for outgoing in rows]
    try:
        if values:
            await c.execute(_INSERT, values)
    except IntegrityError as error:
        order_ids = {one.order_id for one in rows if isinstance(one, Outgoing)}
        shop_ids = {one.shop_id for one in rows if isinstance(one, ShopOutgoing)}
        raise NoSuchOrder(*order_ids) if order_ids else NoSuchShop(min(shop_ids)) from error


async def _update(c: AsyncConnection, rows: Iterable[AnyRow]) -> None:
    """Write the columns that a merge may change."""
    values = [{"row": row.id} | {f"new_{name}": getattr(row, name) for name in _MERGED} for row in rows]
    if values:
        await c.execute(_MERGE, values)


async def _wait_again(c: AsyncConnection, row: AnyRow) -> None:
    newer = (await _waiting(c, [row])).get(_place(row))
    if newer is None:
        values = {"state": State.PENDING, "not_before": row.not_before, "attempts": row.attempts}
        await c.execute(own_work(update(outbox).where(outbox.c.id == row.id).values(values)))
    else:
        await _update(c, [replace(_merge(newer, row), attempts=max(row.attempts, newer.attempts))])
        await done(c, row.id)


def _merge(waiting: Merged, other: AnyOutgoing) -> Merged:
    """Combines two rows: with sound if either has it, with the higher priority and the earlier time."""
    return replace(
        waiting,
        version=max(waiting.version, other.version),
        priority=min(waiting.priority, other.priority),
        sound=waiting.sound or other.sound,
        not_before=min(waiting.not_before, other.not_before),
    )


async def _waiting(c: AsyncConnection, wanted: Iterable[AnyOutgoing]) -> dict[_Place, AnyRow]:
    """Reads and locks all pending rows of these orders and shops at once: a tap stores about a dozen rows."""
    order_ids, shop_ids = set[int](), set[int]()
    for one in wanted:
        if isinstance(one, Outgoing):
            order_ids.add(one.order_id)
        else:
            shop_ids.add(one.shop_id)
    records: list[Record[Any]] = []
    if order_ids:
        records += (await c.execute(_WAITING, {"order_ids": list(order_ids)})).all()
    if shop_ids:
        records += (await c.execute(_WAITING_OF_SHOPS, {"shop_ids": list(shop_ids)})).all()
    return {_place(row): row for row in map(_row, reversed(records))}


def _place(outgoing: AnyOutgoing) -> _Place:
    """The merge key: pending rows with the same key are sent once. Only backup copies differ by version."""
    version = outgoing.version if outgoing.channel is Channel.COPY else 0
    order_id = outgoing.order_id if isinstance(outgoing, Outgoing) else None
    shop_id = outgoing.shop_id if isinstance(outgoing, ShopOutgoing) else None
    return order_id, shop_id, outgoing.channel, outgoing.kind, outgoing.target, outgoing.subject, version


def _row(record: Record[Any]) -> AnyRow:
    common: dict[str, Any] = {name: getattr(record, name) for name in _COMMON}
    common |= {"channel": Channel(record.channel), "priority": Priority(record.priority)}
    if record.order_id is None:
        return ShopRow(kind=record.kind, shop_id=record.shop_id, **common)
    return Row(kind=Kind(record.kind), order_id=record.order_id, **common)
