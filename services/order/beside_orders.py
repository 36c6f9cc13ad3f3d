"""Records that a step makes outside the order: a complaint's case (X30), costs of gifts and couriers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from orders.delivery.courier_search import said_cost
from orders.model.numbers import is_own
from orders.model.order import Mark, Order
from orders.model.status import Status, Step
from orders.steps import delivery_events as delivered
from orders.steps import events as happened
from orders.steps.delivery_events import CostNoted
from orders.steps.events import DisputeOpened, GiftGiven, GiftTakenOut, Undone
from orders.support.cases import MOST_MATTERS, Case, Matter, morning
from orders.support.compensation import (
    Compensation,
    Entry,
    EntryKind,
    with_courier_cost,
    with_entry,
    without_last,
)
from orders.support.guide import Situation
from services.order import client_recipients
from storage.client import positions
from storage.db.locks import hold_orders
from storage.sending import outbox
from storage.shop.shops import Shop
from storage.support import cases, compensations, guide

_ENDS_MAP = (
    happened.Completed,
    happened.Cancelled,
    happened.Undone,
    happened.RecipientRefusedOrder,
    delivered.BroughtBack,
    delivered.MarketplaceCourierCame,
)
"""After these events, the person who shares their position no longer carries the order to its recipient."""


def _goes_on(order: Order, event: object) -> bool:
    """Whether a step was undone and the order is still on its way."""
    return isinstance(event, happened.Undone) and order.status is Status.COURIER_LEFT


async def end_map(c: AsyncConnection, order_id: int, now: datetime) -> None:
    """Stop showing the courier's position to the client, and delete it (X23)."""
    await hold_orders(c, {order_id})  # locked before the position's row, as everywhere
    shown = await positions.end(c, order_id)
    if shown is not None:
        await outbox.put(c, client_recipients.of_map_over(shown, now))


async def keep_beside(c: AsyncConnection, order: Order, event: object, shop: Shop) -> None:
    """Update the records outside the order, in the transaction of the step itself."""
    if isinstance(event, _ENDS_MAP) and not _goes_on(order, event):
        await end_map(c, order.id, event.mark.at)
    if isinstance(event, DisputeOpened) and not is_own(order.number):
        await _open_case(c, order, event, shop)
    elif isinstance(event, GiftGiven | GiftTakenOut):
        await _keep_cost(c, order, event)
    elif isinstance(event, CostNoted) or (isinstance(event, Undone) and event.undone is Step.NOTE_COST):
        await _keep_courier_cost(c, order, event.mark)


async def _keep_courier_cost(c: AsyncConnection, order: Order, mark: Mark) -> None:
    """Set the claim's courier cost to what the order says; an undo restores the earlier value, or none."""
    claim = await compensations.of_order(c, order.id, for_update=True)
    claim = claim or Compensation(0, order.shop_id, order.id, mark.at)
    await compensations.put(c, with_courier_cost(claim, order, said_cost(order), mark))


async def _keep_cost(c: AsyncConnection, order: Order, event: GiftGiven | GiftTakenOut) -> None:
    claim = await compensations.of_order(c, order.id, for_update=True)
    claim = claim or Compensation(0, order.shop_id, order.id, event.mark.at)
    if isinstance(event, GiftGiven):
        entry = Entry(EntryKind.GIFT, event.mark, event.name, event.cost)
        claim = with_entry(claim, entry)
    else:
        claim = without_last(claim, event.mark, of_gifts=True)
    await compensations.put(c, claim)


async def _open_case(c: AsyncConnection, order: Order, event: DisputeOpened, shop: Shop) -> None:
    """Add the complaint to the order's open case, once; open a case where there is none."""
    key = Situation.COMPLAINT.value
    own = next((one.entry for one in await guide.of_shop(c, shop.id) if one.entry.key == key), None)
    title = own.title if own is not None else ""
    ready = Translator(shop.language).plain(f"guide-title-{key}")
    matter = Matter(key, title or ready, event.mark, own.to_support if own is not None else "")
    case = await cases.open_of_order(c, order.id, for_update=True)
    if case is None:
        back = morning(event.mark.at, 1, shop.rules)
        await cases.add(c, Case(0, order.shop_id, order.id, (matter,), (), back))
    elif key not in {one.key for one in case.matters} and len(case.matters) < MOST_MATTERS:
        await cases.save(c, replace(case, matters=(*case.matters, matter)))
