"""A small gift with the order; any card where the shop has no branded one (R77, R85)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, remark, say
from handlers.frame.command_flow import answer_tap, carry_out, order_for, order_for_step
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate, May
from handlers.support.guide import put
from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GiftDo, GiftTap
from messages.i18n.untrusted_text import clean_lines
from messages.support import gifts as screens
from messages.support.compensations import sum_flaw
from orders.access.roles import Act, may
from orders.bell.passing import Kind
from orders.parsing.sums import find_sums
from orders.steps.commands import GiveGift, TakeGiftOut
from orders.support.compensation import BadSum, SumFlaw, currency_of, read_amount
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from services.support.gift_list import GiftList

LONGEST_NAME = 40

router = Router(name="gifts")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(Tap.filter(F.do == Do.GIFT))
async def choose(
    query: CallbackQuery,
    callback_data: Tap,
    gift_list: GiftList,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Show the shop's gifts in place of the card."""
    order = await order_for_step(query, callback_data, desk, visit)
    if order is not None:
        await answer_tap(query, "")
        await put(
            query, order, screens.choose(visit.look(order), await _listed(gift_list, visit)), live_cards
        )


@router.callback_query(GiftTap.filter(F.do.in_({GiftDo.GIVE, GiftDo.OUT})))
async def give(
    query: CallbackQuery,
    callback_data: GiftTap,
    gift_list: GiftList,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Add the gift to the order at its current cost, or take the last one out."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    command: GiveGift | TakeGiftOut = TakeGiftOut()
    if callback_data.do is GiftDo.GIVE:
        found = [one for one in await _listed(gift_list, visit) if one[0] == callback_data.gift]
        if not found:
            await answer_tap(query, visit.t.plain("toast-gift-gone"))
            return
        [(_id, name, cost)] = found
        command = GiveGift(name, cost)
    outcome = await carry_out(order.id, command, desk, visit)
    await answer_tap(query, outcome.words)
    order = await desk.look(order.id, visit.actor)
    await put(query, order, screens.choose(visit.look(order), await _listed(gift_list, visit)), live_cards)


@router.callback_query(May(Act.SEE_MONEY), GiftTap.filter(F.do.in_({GiftDo.LIST, GiftDo.REMOVE})))
async def show_list(
    query: CallbackQuery,
    callback_data: GiftTap,
    state: FSMContext,
    gift_list: GiftList,
    desk: Desk,
    live_cards: LiveCards,
    visit: Visit,
) -> None:
    """Show the list, after removing a gift if asked."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is None:
        return
    await state.clear()
    if callback_data.do is GiftDo.REMOVE:
        await gift_list.remove(visit.shop.id, callback_data.gift)
    await answer_tap(query, "")
    await put(query, order, screens.gift_list(visit.look(order), await _listed(gift_list, visit)), live_cards)


@router.callback_query(May(Act.SEE_MONEY), GiftTap.filter(F.do == GiftDo.ADD))
async def ask(
    query: CallbackQuery, callback_data: GiftTap, state: FSMContext, desk: Desk, visit: Visit
) -> None:
    """Ask for name and cost."""
    order = await order_for(query, callback_data.order, desk, visit)
    if order is not None and isinstance(query.message, Message):
        await answer_tap(query, "")
        await open_dialogue(state, Waiting.gift, {"shop": visit.shop.id, "order": order.id})
        await say(query.message, Kind.QUESTION, visit.t("gift-ask"))


@router.callback_query(GiftTap.filter())
async def refuse_others(query: CallbackQuery, visit: Visit) -> None:
    """Refuse the list to all but directors and managers."""
    await answer_tap(query, visit.t.plain("toast-gift-chiefs"))


@router.message(Waiting.gift)
async def take(message: Message, state: FSMContext, gift_list: GiftList, desk: Desk, visit: Visit) -> None:
    """Add a gift to the list; if something is missing, say so and keep the question open.

    Refused if the sender is no longer a chief.
    """
    if not may(visit.actor, Act.SEE_MONEY, visit.shop.id):
        await state.clear()
        await remark(message, visit.t("toast-gift-chiefs"))
        return
    words = clean_lines(message.text or "")
    order = await desk.look((await state.get_data())["order"], visit.actor)
    try:
        amount = read_amount(words, currency_of(order))
    except BadSum as bad:
        await remark(message, sum_flaw(bad.flaw, visit.t))
        return
    name = _name_in(words)
    if not name:
        await remark(message, sum_flaw(SumFlaw.NONE, visit.t))
        return
    is_added = await gift_list.add(visit.shop.id, name, amount, screens.MOST_GIFTS)
    await finish_dialogue(state, message)
    if not is_added:
        await remark(message, visit.t("gift-list-full", most=screens.MOST_GIFTS))
    screen = visit.placed(screens.gift_list(visit.look(order), await _listed(gift_list, visit)))
    await put_menu(message, screen)


def _name_in(words: str) -> str:
    """The words without the sum."""
    for _money, start, end in reversed(find_sums(words)):
        words = words[:start] + words[end:]
    return " ".join(words.strip(" 0123456789.,:;-\n").split())[:LONGEST_NAME]


async def _listed(gift_list: GiftList, visit: Visit) -> list[screens.Listed]:
    return [(one.id, one.name, one.cost) for one in await gift_list.of_shop(visit.shop.id)]
