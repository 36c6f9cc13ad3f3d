"""The menus of a card's buttons: shown in place of the card, with a way back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, order_for_step, redraw
from handlers.frame.context import Office, Visit
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
from orders.order.board import Section, Span
from storage.money import transactions
from storage.order import board
from storage.order import orders as order_rows
from storage.order.board import BoardQuery
from storage.team import staff

router = Router(name="menus")
router.callback_query.filter(FromStaff(), InPrivate())

MOST_LIVE = 500
"""Maximum number of orders that are counted for each colleague's load."""

ASSEMBLERS = (Role.SELLER, Role.MANAGER, Role.DIRECTOR)

Menu = Callable[[Order, Office, Visit], Awaitable[Screen]]


async def _more(order: Order, _office: Office, visit: Visit) -> Screen:
    return menus.more(order, visit.actor, visit.rules, visit.now, visit.t)


async def _more_still(order: Order, _office: Office, visit: Visit) -> Screen:
    return menus.more(order, visit.actor, visit.rules, visit.now, visit.t, still=True)


async def _details(order: Order, office: Office, visit: Visit) -> Screen:
    async with office.database.snapshot() as c:
        real = await transactions.payout(c, visit.shop.id, order.number)
    return details(replace(visit.look(order), real=real))


async def _flags(order: Order, _office: Office, visit: Visit) -> Screen:
    return flags_menu(visit.look(order))


async def _decline(order: Order, office: Office, visit: Visit) -> Screen:
    async with office.database.snapshot() as c:
        since = declines_since(visit.now, visit.rules)
        declined = await order_rows.count_declined(c, visit.shop.id, since)
    return menus.decline(order, visit.rules, visit.now, visit.t, declined)


async def _cancel(order: Order, _office: Office, visit: Visit) -> Screen:
    return menus.cancel(order, visit.rules, visit.now, visit.t)


async def _complete(order: Order, _office: Office, visit: Visit) -> Screen:
    return menus.complete(order, visit.rules, visit.now, visit.t)


async def _third_person(order: Order, _office: Office, visit: Visit) -> Screen:
    return menus.third_person(order, visit.rules, visit.now, visit.t)


async def _proof(order: Order, _office: Office, visit: Visit) -> Screen:
    return menus.proof(order, visit.rules, visit.now, visit.t)


async def _contact(order: Order, office: Office, visit: Visit) -> Screen:
    link = await office.clients.link_of(order.id, visit.actor)
    return contact(order, visit.actor, visit.rules, visit.now, visit.t, link)


async def _agreements(order: Order, _office: Office, visit: Visit) -> Screen:
    return agreements.agreements(order, visit.actor, visit.rules, visit.now, visit.t)


async def _history(order: Order, office: Office, visit: Visit) -> Screen:
    events = await office.desk.history(order.id, visit.actor)
    async with office.database.snapshot() as c:
        real = await transactions.payout(c, visit.shop.id, order.number)
    talk = await office.talks.talk(order.id, visit.actor)
    return menus.history(order, events, visit.rules, visit.now, visit.t, real, talk)


async def _sellers(order: Order, office: Office, visit: Visit) -> Screen:
    choices = await _colleagues(ASSEMBLERS, office, visit)
    return menus.sellers(order, choices, visit.now, visit.rules, visit.t)


async def _couriers(order: Order, office: Office, visit: Visit) -> Screen:
    choices = await _colleagues((Role.COURIER,), office, visit)
    return menus.couriers(order, choices, visit.actor, visit.now, visit.rules, visit.t)


async def _on_way(order: Order, _office: Office, visit: Visit) -> Screen:
    return delivery_steps.way_menu(order, visit.actor, visit.rules, visit.now, visit.t)


async def _late(order: Order, _office: Office, visit: Visit) -> Screen:
    return delivery_steps.late_menu(order, visit.rules, visit.now, visit.t)


async def _refused(order: Order, _office: Office, visit: Visit) -> Screen:
    return delivery_steps.refused_menu(order, visit.rules, visit.now, visit.t)


async def _address(order: Order, _office: Office, visit: Visit) -> Screen:
    return address_menu(visit.look(order))


async def _courier_text(order: Order, _office: Office, visit: Visit) -> Screen:
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
async def show_menu(query: CallbackQuery, callback_data: Tap, office: Office, visit: Visit) -> None:
    """Show the menu in place of the card."""
    order, message = await order_for_step(query, callback_data, office.desk, visit), query.message
    if order is None or not isinstance(message, Message):
        return
    screen = await MENUS[callback_data.do](order, office, visit)
    await answer_tap(query, "")
    await office.live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))


async def _colleagues(roles: tuple[Role, ...], office: Office, visit: Visit) -> list[tuple[int, str, int]]:
    """Returns staff of these roles, each with the number of their unfinished orders."""
    query = BoardQuery(visit.shop.id, Section.ALL, Span(), visit.now, None)
    async with office.database.snapshot() as c:
        members = await staff.of_shop(c, visit.shop.id, roles)
        live = [order for order in await board.page(c, query, MOST_LIVE, 0) if not order.is_final]
    load: Counter[int] = Counter()
    for order in live:
        hands = {person.staff_id for person in (order.progress.seller, order.progress.carrier) if person}
        load.update(staff_id for staff_id in hands if staff_id is not None)
    return [(member.staff_id, member.name, load[member.staff_id]) for member in members]
