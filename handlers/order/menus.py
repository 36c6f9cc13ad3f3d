"""The menus of a card's buttons: shown in place of the card, with a way back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, order_for_step, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.order import Do, Tap
from messages.card.details import details
from messages.card.flags import flags_menu
from messages.client import agreements
from messages.client.contact import contact
from messages.delivery import delivery_steps
from messages.delivery.address import address_menu
from messages.delivery.courier_text import courier_text
from messages.order import menus
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.people import Role
from orders.money.cost_of_declining import declines_since
from services.client.clients import Clients
from services.client.conversation import Conversation
from services.order.desk import Desk
from services.order.order_facts import OrderFacts
from services.sending.live_cards import LiveCards

router = Router(name="menus")
router.callback_query.filter(FromStaff(), InPrivate())

ASSEMBLERS = (Role.SELLER, Role.MANAGER, Role.DIRECTOR)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the menus read what is not in the order itself."""

    desk: Desk
    clients: Clients
    conversation: Conversation
    facts: OrderFacts


Menu = Callable[[Order, Sources, Visit], Awaitable[Screen]]


async def _more(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return menus.more(order, visit.actor, visit.rules, visit.now, visit.t)


async def _more_still(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return menus.more(order, visit.actor, visit.rules, visit.now, visit.t, still=True)


async def _details(order: Order, sources: Sources, visit: Visit) -> Screen:
    real = await sources.facts.real_payout(order)
    return details(replace(visit.look(order), real=real))


async def _flags(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return flags_menu(visit.look(order))


async def _decline(order: Order, sources: Sources, visit: Visit) -> Screen:
    declined = await sources.facts.declined_since(visit.shop.id, declines_since(visit.now, visit.rules))
    return menus.decline(order, visit.rules, visit.now, visit.t, declined)


async def _cancel(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return menus.cancel(order, visit.rules, visit.now, visit.t)


async def _complete(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return menus.complete(order, visit.rules, visit.now, visit.t)


async def _third_person(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return menus.third_person(order, visit.rules, visit.now, visit.t)


async def _proof(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return menus.proof(order, visit.rules, visit.now, visit.t)


async def _contact(order: Order, sources: Sources, visit: Visit) -> Screen:
    link = await sources.clients.link_of(order.id, visit.actor)
    return contact(order, visit.actor, visit.rules, visit.now, visit.t, link)


async def _agreements(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return agreements.agreements(order, visit.actor, visit.rules, visit.now, visit.t)


async def _history(order: Order, sources: Sources, visit: Visit) -> Screen:
    events = await sources.desk.history(order.id, visit.actor)
    real = await sources.facts.real_payout(order)
    talk = await sources.conversation.talk(order.id, visit.actor)
    return menus.history(order, events, visit.rules, visit.now, visit.t, real, talk)


async def _sellers(order: Order, sources: Sources, visit: Visit) -> Screen:
    choices = await sources.facts.loads(visit.shop.id, ASSEMBLERS)
    return menus.sellers(order, choices, visit.now, visit.rules, visit.t)


async def _couriers(order: Order, sources: Sources, visit: Visit) -> Screen:
    choices = await sources.facts.loads(visit.shop.id, [Role.COURIER])
    return menus.couriers(order, choices, visit.actor, visit.now, visit.rules, visit.t)


async def _on_way(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return delivery_steps.way_menu(order, visit.actor, visit.rules, visit.now, visit.t)


async def _late(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return delivery_steps.late_menu(order, visit.rules, visit.now, visit.t)


async def _refused(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return delivery_steps.refused_menu(order, visit.rules, visit.now, visit.t)


async def _address(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return address_menu(visit.look(order))


async def _courier_text(order: Order, _sources: Sources, visit: Visit) -> Screen:
    return courier_text(visit.look(order))


MENUS: dict[Do, Menu] = {
    Do.MORE: _more,
    Do.MORE_STILL: _more_still,
    Do.DETAILS: _details,
    Do.FLAG: _flags,
    Do.DECLINE: _decline,
    Do.CANCEL: _cancel,
    Do.DONE: _complete,
    Do.THIRD_PERSON: _third_person,
    Do.CHOOSE_PROOF: _proof,
    Do.CONTACT: _contact,
    Do.AGREEMENTS: _agreements,
    Do.HISTORY: _history,
    Do.ASSIGN: _sellers,
    Do.FIND_COURIER: _couriers,
    Do.ON_WAY: _on_way,
    Do.LATE: _late,
    Do.REFUSED: _refused,
    Do.COURIER_TEXT: _courier_text,
    Do.ADDRESS: _address,
}


@router.callback_query(Tap.filter(F.do.in_(MENUS)))
async def show_menu(
    query: CallbackQuery,
    callback_data: Tap,
    desk: Desk,
    clients: Clients,
    conversation: Conversation,
    order_facts: OrderFacts,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Show the menu in place of the card."""
    order, message = await order_for_step(query, callback_data, desk, visit), query.message
    if order is None or not isinstance(message, Message):
        return
    screen = await MENUS[callback_data.do](order, Sources(desk, clients, conversation, order_facts), visit)
    await answer_tap(query, "")
    await live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))
