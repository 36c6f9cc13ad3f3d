"""«Открыть» in the shop's group: shows the person the card, or leads to the private chat (X17)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from aiogram import F, Router
from aiogram.exceptions import AiogramError, TelegramBadRequest
from aiogram.types import CallbackQuery, Message

from handlers.frame.command_flow import answer_tap, explain
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff
from handlers.order.group_chat import GROUPS, accept
from messages.callbacks.group import InGroup, InGroupTap
from messages.callbacks.order import Do, Tap
from messages.card.details import details
from messages.card.in_group import card_in_group, opening_screen, refused_in_group
from messages.i18n.texts import Translator
from messages.ui.screen import Screen
from orders.model.order import Order
from orders.model.refusals import Refusal
from services.bell.ephemeral_messages import EphemeralMessages, GroupTap
from services.order.desk import Desk
from services.order.order_facts import OrderFacts
from services.sending.live_cards import LiveCards

router = Router(name="group_cards")
router.callback_query.filter(F.message.chat.type.in_(GROUPS))


@router.callback_query(Tap.filter(F.do == Do.OPEN))
async def open_in_group(
    query: CallbackQuery,
    callback_data: Tap,
    order_facts: OrderFacts,
    desk: Desk,
    live_cards: LiveCards,
    ephemeral: EphemeralMessages,
    visit: Visit | None,
    t: Translator,
) -> None:
    """Show the card, or the reason why they may not see it, in a message that only this person sees."""
    if visit is None:
        await _refuse(query, t.plain("in-group-stranger"), ephemeral, t)
        return
    try:
        order = await desk.look(callback_data.order, visit.actor)
    except Refusal as refused:
        await _refuse(query, await explain(refused, callback_data.order, desk, visit), ephemeral, t)
        return
    link = await ephemeral.link(order.id)
    screen = await _screen(order, query, link, order_facts, live_cards, visit, is_details=False)
    if await ephemeral.show(_tap_of(query), opening_screen(order, link, t), screen):
        await answer_tap(query, t.plain("toast-in-group"))
    else:
        await _lead_away(query, link, order, live_cards, t)


@router.callback_query(FromStaff(), Tap.filter(F.do == Do.ACCEPT), F.message.ephemeral_message_id)
async def accept_here(
    query: CallbackQuery,
    callback_data: Tap,
    order_facts: OrderFacts,
    desk: Desk,
    live_cards: LiveCards,
    ephemeral: EphemeralMessages,
    visit: Visit,
) -> None:
    """Accept the order under such a card, then update the card."""
    await accept(query, callback_data, desk, visit)
    await _redraw(
        query, callback_data.order, order_facts, desk, live_cards, ephemeral, visit, is_details=False
    )


@router.callback_query(InGroupTap.filter(F.do == InGroup.CLOSE))
async def close(query: CallbackQuery, ephemeral: EphemeralMessages, t: Translator) -> None:
    """Close the card."""
    message_id = _ephemeral_id(query)
    if message_id is None:
        await answer_tap(query, t.plain("toast-unknown-button"))
        return
    await answer_tap(query, "")
    await ephemeral.close(_tap_of(query), message_id)


@router.callback_query(InGroupTap.filter())
async def turn_over(
    query: CallbackQuery,
    callback_data: InGroupTap,
    order_facts: OrderFacts,
    desk: Desk,
    live_cards: LiveCards,
    ephemeral: EphemeralMessages,
    visit: Visit | None,
    t: Translator,
) -> None:
    """Switch between the card and «Подробно»; the person's right is checked again."""
    if visit is None or _ephemeral_id(query) is None:
        await answer_tap(query, t.plain("toast-unknown-button"))
        return
    await answer_tap(query, "")
    is_details = callback_data.do is InGroup.DETAILS
    await _redraw(
        query, callback_data.order, order_facts, desk, live_cards, ephemeral, visit, is_details=is_details
    )


async def _redraw(
    query: CallbackQuery,
    order_id: int,
    order_facts: OrderFacts,
    desk: Desk,
    live_cards: LiveCards,
    ephemeral: EphemeralMessages,
    visit: Visit,
    *,
    is_details: bool,
) -> None:
    tap, message_id = _tap_of(query), _ephemeral_id(query)
    if message_id is None:
        return
    try:
        order = await desk.look(order_id, visit.actor)
    except Refusal:
        await ephemeral.close(tap, message_id)
        return
    link = await ephemeral.link(order.id)
    screen = await _screen(order, query, link, order_facts, live_cards, visit, is_details=is_details)
    await ephemeral.change(tap, message_id, screen)


async def _screen(
    order: Order,
    query: CallbackQuery,
    link: str,
    order_facts: OrderFacts,
    live_cards: LiveCards,
    visit: Visit,
    *,
    is_details: bool,
) -> Screen:
    look = visit.look(order)
    if is_details:
        real = await order_facts.real_payout(order)
        shown = details(replace(look, real=real))
    else:
        shown = await live_cards.drawn(order.id, query.from_user.id)
    return card_in_group(look, shown, link, is_details=is_details)


async def _refuse(query: CallbackQuery, words: str, ephemeral: EphemeralMessages, t: Translator) -> None:
    """Say it in a message that only this person sees, or else in a toast."""
    screen = refused_in_group(words, t)
    is_shown = await ephemeral.show(_tap_of(query), screen, screen)
    await answer_tap(query, "" if is_shown else words)


async def _lead_away(
    query: CallbackQuery, link: str, order: Order, live_cards: LiveCards, t: Translator
) -> None:
    """Open the private chat by the link; if the app does not support it, the card is sent there."""
    try:
        await query.answer(url=link)
    except TelegramBadRequest:
        await answer_tap(query, t.plain("toast-opened-in-private"))
        with suppress(AiogramError):
            await live_cards.move_down(order.id, query.from_user.id)
    except AiogramError:
        return


def _ephemeral_id(query: CallbackQuery) -> int | None:
    return query.message.ephemeral_message_id if isinstance(query.message, Message) else None


def _tap_of(query: CallbackQuery) -> GroupTap:
    if query.message is None:
        raise TypeError("a button without its message")
    return GroupTap(query.message.chat.id, query.from_user.id, query.id)
