"""An unprompted message with an address or a phone does not stay in the chat (X24, R63)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, say_below
from handlers.frame.command_flow import answer_tap, carry_out
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.delivery import AddressFor
from messages.callbacks.order import Do
from messages.delivery.loose_contacts import loose_contact
from messages.i18n.untrusted_text import clean_lines
from messages.ui.available_actions import objection
from orders.bell.passing import Kind
from orders.delivery.address import lacks_address
from orders.intake.addresses import find_address
from orders.model.order import Order
from orders.order.board import Section, Span
from orders.steps.delivery_commands import FindAddress
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.phones import phone_finder
from services.sending.live_cards import LiveCards
from storage.order.board import BoardQuery

MOST_ASKED = 5
_LOOKED_AT = 200

router = Router(name="loose_contacts")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


class LooseContact(Filter):
    """Accepts a text with an address or a phone; provides whether it has an address."""

    async def __call__(self, message: Message, visit: Visit | None = None) -> bool | dict[str, bool]:
        text = message.text or ""
        if visit is None or not text or text.startswith("/"):
            return False
        has_address = any(find_address(line) is not None for line in text.splitlines())
        if not has_address and not phone_finder(visit.rules.country)(text):
            return False
        return {"has_address": has_address}


@router.message(LooseContact())
async def ask_what_it_is(message: Message, has_address: bool, order_lists: OrderLists, visit: Visit) -> None:
    """Ask which order that lacks an address it belongs to, and offer to delete the message."""
    waiting = await _waiting(order_lists, visit) if has_address else []
    screen = loose_contact(waiting[:MOST_ASKED], visit.rules, visit.now, visit.t)
    await say_below(message, Kind.CHOICE, screen.text, reply_markup=screen.keyboard)


@router.callback_query(AddressFor.filter(F.order == 0))
async def take_away(query: CallbackQuery, visit: Visit) -> None:
    """The text belongs to no order: delete it and the question."""
    await answer_tap(query, visit.t.plain("toast-contact-gone"))
    await _drop_both(query)


@router.callback_query(AddressFor.filter())
async def keep_address(
    query: CallbackQuery, callback_data: AddressFor, desk: Desk, live_cards: LiveCards, visit: Visit
) -> None:
    """Store the text as the order's address, then delete it and the question from the chat."""
    asked = query.message if isinstance(query.message, Message) else None
    text = asked.reply_to_message.text if asked is not None and asked.reply_to_message is not None else None
    if not text:
        await answer_tap(query, visit.t.plain("toast-draft-text-gone"))
        return
    outcome = await carry_out(callback_data.order, FindAddress(clean_lines(text)), desk, visit)
    await answer_tap(query, outcome.words)
    if outcome.done:
        await _drop_both(query)
        await live_cards.move_down(callback_data.order, query.from_user.id)


async def _drop_both(query: CallbackQuery) -> None:
    if isinstance(query.message, Message):
        if query.message.reply_to_message is not None:
            await drop(query.message, query.message.reply_to_message.message_id)
        await drop(query.message, query.message.message_id)


async def _waiting(order_lists: OrderLists, visit: Visit) -> list[Order]:
    query = BoardQuery(visit.shop.id, Section.ALL, Span(), visit.now, visit.only_own)
    found = await order_lists.first(query, _LOOKED_AT)
    return [one for one in found if lacks_address(one) and _may_find(one, visit)]


def _may_find(order: Order, visit: Visit) -> bool:
    return objection(order, Do.ADDRESS_IS, visit.actor, visit.rules, visit.now) is None
