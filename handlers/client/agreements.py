"""Agreements with the client: ask, answer, mark as done in the app, mark as paid, withdraw (R66, R70)."""

from __future__ import annotations

from collections.abc import Callable

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import say
from handlers.frame.command_flow import answer_tap, ask, carry_out, order_for_step, redraw
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.callbacks.agreements import AgreementDo, AgreementTap
from messages.callbacks.order import Do, Tap
from messages.client import agreements as screens
from messages.ui.screen import Screen
from orders.bell.passing import Kind
from orders.client.agreements import find
from orders.model.order import Order, Topic
from orders.steps import commands as do
from services.client.clients import Clients
from services.order.desk import Desk
from services.sending.live_cards import LiveCards

router = Router(name="agreements")
router.callback_query.filter(FromStaff(), InPrivate())

ASK = {AgreementDo(topic.value): topic for topic in Topic}

STEPS: dict[AgreementDo, Callable[[int], do.Command]] = {
    AgreementDo.YES: lambda number: do.AnswerProposal(number, agreed=True),
    AgreementDo.NO: lambda number: do.AnswerProposal(number, agreed=False),
    AgreementDo.IN_APP: do.AgreedInApp,
    AgreementDo.PAID: do.ExtraPaid,
    AgreementDo.WITHDRAW: do.Withdraw,
}


@router.callback_query(AgreementTap.filter(F.do.in_(ASK)))
async def ask_client(
    query: CallbackQuery,
    callback_data: AgreementTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Ask for the proposal's words; when an order has several goods, first ask which one to replace."""
    order = await _order(query, callback_data, desk, visit)
    if order is None:
        return
    topic, goods = ASK[callback_data.do], order.details.lines
    if topic is Topic.SUBSTITUTION and len(goods) > 1:
        await answer_tap(query, "")
        await _show(query, screens.goods(order, visit.rules, visit.now, visit.t), order, live_cards)
        return
    replaced = goods[0].name if topic is Topic.SUBSTITUTION and goods else ""
    await _give(query, order.id, do.Propose(topic, replaced=replaced), state, desk, visit)


@router.callback_query(AgreementTap.filter(F.do == AgreementDo.REPLACE))
async def replace_goods(
    query: CallbackQuery, callback_data: AgreementTap, state: FSMContext, desk: Desk, visit: Visit
) -> None:
    """Propose a substitution. Goods are stored by name, as the composition may change before the answer."""
    order = await _order(query, callback_data, desk, visit)
    if order is None:
        return
    chosen = order.details.lines[callback_data.place : callback_data.place + 1]
    replaced = chosen[0].name if chosen else ""
    await _give(query, order.id, do.Propose(Topic.SUBSTITUTION, replaced=replaced), state, desk, visit)


@router.callback_query(AgreementTap.filter(F.do == AgreementDo.SHOW))
async def show_agreement(
    query: CallbackQuery,
    callback_data: AgreementTap,
    desk: Desk,
    live_cards: LiveCards,
    clients: Clients,
    visit: Visit,
) -> None:
    """Show one of the order's agreements with its next step."""
    order = await _order(query, callback_data, desk, visit)
    screen = await _screen(order, callback_data.place, clients, visit) if order else None
    if order is None:
        return
    await answer_tap(query, "")
    if screen is not None:
        await _show(query, screen, order, live_cards)


@router.callback_query(AgreementTap.filter(F.do.in_(STEPS)))
async def take_step(
    query: CallbackQuery,
    callback_data: AgreementTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    clients: Clients,
    visit: Visit,
) -> None:
    """Carry out a step of an agreement, then show the agreement's new state."""
    command = STEPS[callback_data.do](callback_data.place)
    if not await _give(query, callback_data.order, command, state, desk, visit):
        return
    order = await desk.look(callback_data.order, visit.actor)
    screen = await _screen(order, callback_data.place, clients, visit)
    if screen is not None:
        await _show(query, screen, order, live_cards)


async def follow_up(
    command: do.Command, order_id: int, message: Message, desk: Desk, clients: Clients, visit: Visit
) -> bool:
    """Show the agreement's new state after a typed answer; returns False for any other command."""
    if not isinstance(command, do.Propose | do.AnswerProposal | do.Withdraw):
        return False
    order = await desk.look(order_id, visit.actor)
    number = order.agreements[-1].number if isinstance(command, do.Propose) else command.number
    screen = await _screen(order, number, clients, visit)
    if screen is not None:
        await say(message, Kind.MENU, screen.text, reply_markup=screen.keyboard, silent=True)
    return True


async def _order(query: CallbackQuery, tap: AgreementTap, desk: Desk, visit: Visit) -> Order | None:
    """Returns the order to those who deal with its client, so not to its courier (R44)."""
    return await order_for_step(query, Tap(do=Do.AGREEMENTS, order=tap.order), desk, visit)


async def _give(
    query: CallbackQuery, order_id: int, command: do.Command, state: FSMContext, desk: Desk, visit: Visit
) -> bool:
    """Carry out the command; returns False while it still waits for words."""
    outcome = await carry_out(order_id, command, desk, visit)
    await answer_tap(query, outcome.words)
    if outcome.question is not None and isinstance(query.message, Message):
        await ask(outcome.question, query.message, state, desk, visit)
    return outcome.done


async def _screen(order: Order, number: int, clients: Clients, visit: Visit) -> Screen | None:
    one = find(order, number)
    if one is None:
        return None
    link = await clients.link_of(order.id, visit.actor)
    follows = link is not None and link.chat_id is not None
    return screens.agreement(order, one, visit.rules, visit.now, visit.t, is_linked=follows)


async def _show(query: CallbackQuery, screen: Screen, order: Order, live_cards: LiveCards) -> None:
    """Show the screen in the tapped message; over the order's card it becomes a menu of that card."""
    message = query.message
    if not isinstance(message, Message):
        return
    if await live_cards.order_of(message.chat.id, message.message_id) == order.id:
        await live_cards.adopt_menu(order, query.from_user.id, lambda: redraw(message, screen))
    else:
        await redraw(message, screen)
