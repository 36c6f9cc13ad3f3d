"""What has to leave after a commit: messages, calls, backup copies. Rows hold ids, never texts."""

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
    """Where it goes; each channel has its own sender."""

    TELEGRAM = "telegram"
    COPY = "copy"
    MARKETPLACE = "marketplace"


class Kind(StrEnum):
    """What is rendered from the order when it leaves. What concerns a shop: `shop_notifications.NewsKind`."""

    CARD = "card"
    CARD_AGAIN = "card-again"
    """The card once more, at a moment when one of its buttons is no longer offered."""
    CARD_ANEW = "card-anew"  # as the newest message without a sound: news in somebody's quiet hours
    ALARM = "alarm"
    BELL = "bell"
    """The message of all orders that wait to be accepted: this one joins it, or is due in it."""
    WAITING = "waiting"  # the same message where it stands, brought up to date
    RECORD = "record"
    UNREACHABLE = "unreachable"
    REACHABLE = "reachable"
    """To the chiefs: the group in `subject` takes messages again."""
    CALL = "call"
    CALL_REFUSED = "call-refused"
    CLIENT_CARD = "client-card"
    """In the client's chat: how far the order is."""
    CLIENT_STEP = "client-step"
    """The same, aloud, if it shows anything new by then: the step may have been taken back."""
    CLIENT_PHOTO = "client-photo"
    """The newest photo, or the newest ones as an album, to be rated."""
    CLIENT_THUMBS = "client-thumbs"  # below an album
    CLIENT_PHOTO_AWAY = "client-photo-away"  # what there is of another order's photos is taken out
    CLIENT_HANDOVER = "client-handover"  # the photos of the hand-over that the client has not got yet (X23)
    CLIENT_MAP = "client-map"  # where the courier is, who shows it (X23)
    MAP_OVER = "map-over"  # the message `subject` of the client shows it no more; 0: when its time is over
    MAP_NOTE_OVER = "map-note-over"  # the courier's message `subject` says so
    CLIENT_NEWS = "client-news"
    """What an event tells the client; the event is that of the order's version `subject`."""
    CLIENT_NUDGE = "client-nudge"  # whether all is well with the photo (R30)
    CLIENT_ANSWER_NUDGE = "client-answer-nudge"
    CLIENT_TALK = "client-talk"
    """What one side said to the other; `subject` is its id in the talk."""
    CLIENT_SECOND = "client-second"  # to the staff: somebody else came with the client's link
    CLIENT_PHOTO_LOST = "client-photo-lost"
    """To the staff: the photo cannot be shown to the client, its file is damaged or gone."""
    SET_ASIDE = "set-aside"
    """To the directors: something about the order could not be done; `subject` says what."""
    CLIENT_PHOTO_STAYS = "client-photo-stays"
    """To the staff: the client keeps a photo of another order, Telegram deletes it no more."""


class Priority(IntEnum):
    """What leaves first, within one channel."""

    ALARM = 0
    CARD = 1
    CALL = 2
    COPY = 3


class State(StrEnum):
    """A row that is done is deleted; a failed one stays, with its reason."""

    PENDING = "pending"
    SENDING = "sending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing to send that concerns an order. `target` is a chat id, of a call the order's id.

    `version` is the order's, by which copies are told apart.

    `subject` is the chat that is spoken of, where that is another one than the target.
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
    """An `Outgoing` that is kept; `attempts` counts failed tries."""

    id: int
    attempts: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ShopOutgoing:
    """One thing to tell a chat that concerns a shop and no single order.

    `kind` is a `NewsKind` (`storage.sending.shop_notifications`). `subject` is the id of what is spoken of.
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
    """A `ShopOutgoing` that is kept."""

    id: int
    attempts: int
    created_at: datetime


AnyOutgoing: TypeAlias = Outgoing | ShopOutgoing
AnyRow: TypeAlias = Row | ShopRow
Merged = TypeVar("Merged", bound=AnyOutgoing)
_Place = tuple[int | None, int | None, Channel, str, int, int, int]
_COMMON = ("id", "target", "version", "sound", "subject", "not_before", "attempts", "created_at")
"""What a row of an order and a row of a shop both have, as it is in the table."""
_MERGED = ("version", "priority", "sound", "not_before", "attempts")
"""What a merge may change of a row."""

_PENDING = (
    outbox.c.channel == bindparam("of_channel"),
    outbox.c.state == State.PENDING,
    outbox.c.target.not_in(bindparam("not_to", expanding=True)),
)
_READY = (*_PENDING, outbox.c.not_before <= bindparam("now"))
_NEXT_DUE = select(func.min(outbox.c.not_before)).where(*_PENDING)
_WAITING = (
    # held, so that nobody claims one while something is merged into it: that would not leave any more
    select(outbox)
    .where(outbox.c.order_id.in_(bindparam("order_ids", expanding=True)), outbox.c.state == State.PENDING)
    .order_by(outbox.c.id)
    .with_for_update()
)
_WAITING_OF_SHOPS = (
    # Others hold no lock on a shop: a row that somebody else holds is passed over, and a second one is put.
    select(outbox)
    .where(outbox.c.shop_id.in_(bindparam("shop_ids", expanding=True)), outbox.c.state == State.PENDING)
    .order_by(outbox.c.id)
    .with_for_update(skip_locked=True)
)


def _claiming(*which: ColumnElement[bool]) -> ReturningUpdate[Any]:
    best = select(outbox.c.id).where(*_READY, *which).order_by(outbox.c.priority, outbox.c.id)
    locked = best.limit(bindparam("limit")).with_for_update(skip_locked=True)
    # A common table is read once; a plain subselect PostgreSQL may run again, and take more than the limit.
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
    """Keep what is to be sent. What waits already to be sent to the same place is sent once.

    A row that is just being sent may show what was before: beside it, a new one is put. Raises NoSuchOrder,
    NoSuchShop.
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
    """Take what may leave now, the most urgent first. A row that is just being merged into is left for later.

    Targets in `not_to` are passed over; with `one_each` no target gets more than one.
    """
    which = {"of_channel": channel, "not_to": list(not_to), "now": now, "limit": limit}
    taken = await c.execute(_CLAIM_ONE_EACH if one_each else _CLAIM, which)
    return sorted(map(_row, taken), key=lambda row: (row.priority, row.id))


async def done(c: AsyncConnection, *row_ids: int) -> None:
    """They have left."""
    if row_ids:
        await c.execute(_DONE, {"row_ids": row_ids})


async def retry(c: AsyncConnection, row_id: int, not_before: datetime, *, counts: bool = True) -> None:
    """It did not work out: once more, not before this moment. If a newer one waits, that takes its place.

    `counts`: whether this was an attempt of the row; a pause that Telegram asked for is none.
    """
    row = await get(c, row_id)
    if row is not None:
        await _hold_orders_of(c, [row])
        await _wait_again(c, replace(row, not_before=not_before, attempts=row.attempts + counts))


async def get(c: AsyncConnection, row_id: int) -> AnyRow | None:
    """The row of this id, as long as it is kept."""
    record = (await c.execute(select(outbox).where(outbox.c.id == row_id))).one_or_none()
    return _row(record) if record else None


async def fail(c: AsyncConnection, row_id: int, why: str) -> None:
    """It will never work out; the row stays, for people to read."""
    await c.execute(own_work(update(outbox).where(outbox.c.id == row_id).values(state=State.FAILED, why=why)))


async def has_failed(c: AsyncConnection, order_id: int, target: int) -> bool:
    """Whether something of this order has failed for good to go to this target."""
    failed = (outbox.c.state == State.FAILED, outbox.c.order_id == order_id, outbox.c.target == target)
    return (await c.scalar(select(outbox.c.id).where(*failed).limit(1))) is not None


async def answer_of_failed(c: AsyncConnection, channel: Channel, order_id: int) -> str | None:
    """Why the newest row of the order in this channel failed for good; None where none did."""
    failed = (outbox.c.state == State.FAILED, outbox.c.channel == channel, outbox.c.order_id == order_id)
    newest = select(outbox.c.why).where(*failed).order_by(outbox.c.id.desc()).limit(1)
    why: str | None = await c.scalar(newest)
    return why


async def retarget(c: AsyncConnection, old: int, new: int) -> None:
    """What was to go to one chat goes to another: a group has moved."""
    waits = outbox.c.state.in_((State.PENDING, State.SENDING))
    await c.execute(update(outbox).where(outbox.c.target == old, waits).values(target=new))


async def release_all(c: AsyncConnection, channel: Channel) -> int:
    """Requeue the rows that a sender left unfinished when it failed or its process died; gives their number.

    Lock orders before outbox rows everywhere, to avoid deadlocks.
    """
    sending = (
        select(outbox)
        .where(outbox.c.channel == channel, outbox.c.state == State.SENDING)
        .order_by(outbox.c.id)
    )
    await hold_orders(c, {record.order_id for record in await c.execute(sending)} - {None})
    rows = [_row(record) for record in await c.execute(sending.with_for_update())]
    for row in rows:  # it may have left: whoever takes it up must not count it as the first try
        await _wait_again(c, replace(row, attempts=row.attempts + 1))
    return len(rows)


async def next_due(c: AsyncConnection, channel: Channel, *, not_to: Collection[int] = ()) -> datetime | None:
    """When the next waiting row may leave that is not for one of `not_to`."""
    moment: datetime | None = await c.scalar(_NEXT_DUE, {"of_channel": channel, "not_to": list(not_to)})
    return moment


async def bring_forward(c: AsyncConnection, now: datetime, by: timedelta) -> None:
    """The clock was set back `by` so much: what waits for a later moment waits as long as it was meant to."""
    later = select(outbox.c.id, outbox.c.not_before).where(
        outbox.c.state == State.PENDING, outbox.c.not_before > now
    )
    for row_id, not_before in (await c.execute(later)).all():
        earlier = max(now, not_before - by)
        await c.execute(update(outbox).where(outbox.c.id == row_id).values(not_before=earlier))


async def remove_all(c: AsyncConnection) -> None:
    """Make room for the shops of the backup copy."""
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
    """Write what a merge changes."""
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
    """One row for both: as loud, as urgent and as early as either."""
    return replace(
        waiting,
        version=max(waiting.version, other.version),
        priority=min(waiting.priority, other.priority),
        sound=waiting.sound or other.sound,
        not_before=min(waiting.not_before, other.not_before),
    )


async def _waiting(c: AsyncConnection, wanted: Iterable[AnyOutgoing]) -> dict[_Place, AnyRow]:
    """All rows that wait of these orders and shops: a tap keeps a dozen, and each statement is a journey."""
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
    """What is the same here is sent once; copies are told apart by the version."""
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
