"""Checks for buttons that contact a client: who may use them, and how often the client may be contacted."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from aiogram.types import CallbackQuery

from handlers.frame.command_flow import answer_tap, explain, order_for_step
from handlers.frame.context import Visit
from messages.callbacks.client import TalkTap
from messages.callbacks.order import Do, Tap
from messages.ui.formatting import moment
from orders.model.order import Order
from orders.model.refusals import Refusal
from services.client.clients import HeldBack
from services.order.desk import Desk

T = TypeVar("T")


async def granted(
    query: CallbackQuery,
    tap: TalkTap,
    wish: Callable[[Order], Awaitable[T]],
    desk: Desk,
    visit: Visit,
) -> tuple[Order, T] | None:
    """Returns the order and the result of `wish`; None when it was refused and the person was told why."""
    order = await order_for_step(query, Tap(do=Do.CONTACT, order=tap.order), desk, visit)
    if order is None:
        return None
    try:
        return order, await wish(order)
    except (Refusal, HeldBack) as refused:
        await answer_tap(query, await why_not(refused, order.id, desk, visit))
        return None


async def why_not(refused: Refusal | HeldBack, order_id: int, desk: Desk, visit: Visit) -> str:
    """The reason of a refusal; for the limit on contacts, the time from which another is allowed (R64)."""
    if isinstance(refused, Refusal):
        return await explain(refused, order_id, desk, visit)
    when = moment(refused.until, visit.now, visit.rules.zone, visit.t)
    return visit.t.plain("talk-held-back", when=when, most=visit.rules.contacts_most)
