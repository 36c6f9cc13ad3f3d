"""Checks after a run with faults: every promised step happened exactly once, and nothing is incomplete."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, and_, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.order import Order
from orders.steps.events import Event, MarketplaceTold, PhotoAttached
from sandbox.driver import SeenMessage
from storage.db.tables import cards, deadlines, outbox
from storage.order import events
from storage.order import orders as order_rows
from storage.sending.outbox import Channel, State
from storage.shop import shops
from tests.scenarios.commands import florist
from tests.scenarios.crowd import SAVED, Ledger
from tests.scenarios.plots import CHIEFS, COURIERS, SELLERS
from tests.scenarios.stage import Stage

QUIET_SECONDS = 90
"""Timeout in seconds for emptying the outbox."""


@asynccontextmanager
async def look_into(stage: Stage) -> AsyncIterator[AsyncConnection]:
    """A snapshot of the bot's database."""
    database = stage.database()
    try:
        async with database.snapshot() as c:
            yield c
    finally:
        await database.close()


async def wait_until_quiet(stage: Stage) -> None:
    """Wait until the outbox is empty, by polling the database.

    Refused calls do not count: the marketplace refuses steps after a client's cancellation.
    """
    is_refused = and_(outbox.c.channel == Channel.MARKETPLACE, outbox.c.state == State.FAILED)
    left: Sequence[Row[Any]] = ()
    for _ in range(QUIET_SECONDS * 2):
        async with look_into(stage) as c:
            left = (await c.execute(select(outbox).where(not_(is_refused)))).all()
        if not left:
            return
        await asyncio.sleep(0.5)
    raise AssertionError(f"stuck in the outbox: {left}")


async def check_orders(stage: Stage, ledger: Ledger) -> None:
    """Check that every order has ended by exactly its plot's steps, and that its history rebuilds it."""
    async with look_into(stage) as c:
        (shop,) = await shops.all_shops(c)
        for number in ledger.plots:
            order = await order_rows.by_number(c, shop.id, number)
            assert order is not None, f"order {number} is lost"
            kept = [entry.event for entry in await events.history(c, order.id)]
            assert await events.order_at(c, order.id, order.version) == order
            _check_history(order, kept, ledger)
            _check_photos(stage, order, kept, ledger)


def _check_history(order: Order, kept: list[Event], ledger: Ledger) -> None:
    plot = ledger.plots[order.number]
    told = "\n".join(f"{type(event).__name__} {event.mark}" for event in kept)
    assert order.status is plot.end, told
    steps = [type(event) for event in kept if not isinstance(event, MarketplaceTold)]
    assert steps == plot.history, told
    for promise in (promise for promise in ledger.promises if promise.number == order.number):
        done = {event.mark.name for event in kept if isinstance(event, promise.event)}
        assert promise.name in done, f"{promise} was not kept:\n{told}"


def _check_photos(stage: Stage, order: Order, kept: list[Event], ledger: Ledger) -> None:
    """Check that each photo's file has the received bytes."""
    photos = [event.photo for event in kept if isinstance(event, PhotoAttached)]
    assert order.progress.photos == tuple(photos)
    for photo in photos:
        content = (stage.folder / "data/photos" / photo.path).read_bytes()
        assert hashlib.sha256(content).hexdigest() == photo.sha256
    assert {sha for number, sha in ledger.photos if number == order.number} <= {p.sha256 for p in photos}


async def check_nothing_due(stage: Stage) -> None:
    """Check that no due deadline is pending."""
    async with look_into(stage) as c:
        late = (await c.execute(select(deadlines).where(deadlines.c.due_at <= datetime.now(UTC)))).all()
    assert not late


async def check_copy(stage: Stage) -> None:
    """Check that the backup copy agrees with the database."""
    verified = await florist(stage.folder, stage.bot.settings, "backup", "verify")
    assert verified.code == 0, verified.out


async def check_cards(stage: Stage, ledger: Ledger) -> list[tuple[str, SeenMessage]]:
    """Check that all live cards show the end; returns other messages about orders as (chat, message).

    The card of an ended order leaves the chat when another one comes, so only the last one must be there. The
    other messages come from a bot that died, or lost the answer, before it knew their ids. Questions asked
    twice because of two taps, and answers to photos, are not among them: they are no repetitions.
    """
    live = await _live_cards(stage)
    people = {person.key: person.id for person in stage.config.people}
    beside: list[tuple[str, SeenMessage]] = []
    for person in (*CHIEFS, *SELLERS, *COURIERS):
        seen = _shown(await stage.driver.messages(person))
        mine = {message for chat, message in live if chat == people[person]}
        beside += [(person, m) for m in seen if m.message_id not in mine and _number(m, ledger)]
        known = {n: plot for n, plot in ledger.plots.items() if person in plot.workers or person in CHIEFS}
        standing = [m for m in seen if m.message_id in mine and _number(m, ledger) in known]
        assert standing or not known, f"{person} has no live card at all"
        for number, plot in known.items():
            card = [m for m in standing if _number(m, ledger) == number]
            assert len(card) <= 1, f"{person} has {len(card)} live cards of {number}"
            heading = END_HEADINGS[plot.end.value]
            for one in card:
                assert heading in one.text, f"{person} was not told the end of {number}: {one}"
    beside += await _check_group(stage, ledger, live)
    return [(chat, message) for chat, message in beside if not _is_of_its_own(message)]


def _is_of_its_own(message: SeenMessage) -> bool:
    return bool(OF_ITS_OWN & set(message.button_texts)) or SAVED in message.text


OF_ITS_OWN = {"Отмена", "Не тот заказ?"}
"""Buttons of messages that name an order but are not its card: a question, or the answer to a photo.

The latter loses its buttons when the order ends.
"""

END_HEADINGS = {"done": "Выполнен · ", "declined": "Магазин отказался · ", "cancelled": "Клиент отменил · "}
GROUP_ENDS = {"done": "выполнен", "declined": "магазин отказался", "cancelled": "клиент отменил"}


async def _check_group(
    stage: Stage, ledger: Ledger, live: set[tuple[int, int]]
) -> list[tuple[str, SeenMessage]]:
    """Check that the group has the end of each order, or names it in a line of several accepted at once."""
    group = stage.config.groups[0].id
    seen = _shown(await stage.driver.messages("director", "group"))
    mine = {message for chat, message in live if chat == group}
    together = "\n".join(m.text for m in seen if m.message_id in mine and m.text.startswith("🟡 Принят"))
    for number, plot in ledger.plots.items():
        if number in together:
            continue
        card = [m for m in seen if m.message_id in mine and _number(m, ledger) == number]
        assert len(card) == 1, f"the group has {len(card)} live cards of {number}"
        assert GROUP_ENDS[plot.end.value] in card[0].text.lower(), card[0]
    return [("group", m) for m in seen if m.message_id not in mine and _number(m, ledger)]


async def _live_cards(stage: Stage) -> set[tuple[int, int]]:
    """Chat and message id of every card and alarm that the bot has stored."""
    async with look_into(stage) as c:
        rows = await c.execute(select(cards.c.chat_id, cards.c.message_id))
        return {(row.chat_id, row.message_id) for row in rows}


def _shown(messages: list[SeenMessage]) -> list[SeenMessage]:
    """The bot's visible messages, except those about refused calls."""
    shown = [message for message in messages if message.from_bot and not message.deleted]
    return [message for message in shown if "Flowwow не принял" not in message.text]


def _number(message: SeenMessage, ledger: Ledger) -> str | None:
    first = message.text.partition("\n")[0]
    return next((number for number in ledger.plots if number in first), None)
