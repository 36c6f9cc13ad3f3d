"""Questions that follow a step without a tap."""

from __future__ import annotations

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.clean_chat import say_below
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from orders.bell.passing import Kind
from orders.delivery.courier_search import lacks_cost
from orders.model.order import Topic
from orders.model.refusals import Refusal
from orders.steps import commands as do
from orders.steps import delivery_commands as on_the_way
from services.order.desk import Desk


async def further(command: do.Command, order_id: int, desk: Desk, visit: Visit) -> do.Command | None:
    """Returns the next step, if any: the cost of a courier (R88), or the surcharge for another zone."""
    if isinstance(command, on_the_way.CourierCame):
        return on_the_way.NoteCost()
    if isinstance(command, on_the_way.CheckZone) and command.other:
        return do.Propose(Topic.SURCHARGE)
    if isinstance(command, do.Complete) and await _lacks_cost(order_id, desk, visit):
        return on_the_way.NoteCost()
    return None


async def _lacks_cost(order_id: int, desk: Desk, visit: Visit) -> bool:
    try:
        return lacks_cost(await desk.look(order_id, visit.actor))
    except Refusal:  # delivered: its carrier may no longer see it
        return False


async def ask_receipt(
    command: do.Command, order_id: int, message: Message, state: FSMContext, visit: Visit
) -> bool:
    """Ask for the receipt after the cost was typed; returns False for any other command."""
    if not isinstance(command, on_the_way.NoteCost):
        return False
    await open_dialogue(state, Waiting.receipt, {"order": order_id, "asked_at": visit.now.isoformat()})
    await say_below(
        message, Kind.QUESTION, visit.t("cost-ask-receipt", words=clean(command.cost, limits.REASON))
    )
    return True
