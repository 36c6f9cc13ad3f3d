"""Cases for the marketplace's support: the message, what was sent, the answer, the result (R49, R92-R94)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import remark, say
from handlers.frame.command_flow import answer_tap, carry_out, explain, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, finish_dialogue, open_dialogue
from handlers.frame.reception import FromStaff, InPrivate
from handlers.support.guide import entry_of, order_of, put, view_of
from messages.callbacks.support import GuideDo, GuideTap
from messages.i18n.untrusted_text import clean_lines
from messages.support.cases import (
    MOST_LISTED,
    case_list,
    case_screen,
    closed_case,
    closed_list,
    self_first,
    words_to_send,
)
from messages.support.guide import title_of
from messages.ui.formatting import clock
from orders.bell.passing import Kind
from orders.model.order import Order
from orders.model.refusals import Refusal
from orders.steps.delivery_commands import TellSupport
from orders.support.cases import Case, told_no_courier
from services.order.desk import Desk
from services.sending.live_cards import LiveCards
from services.support.cases import CaseGone, Cases, TooSoon
from services.support.guide import Guide

router = Router(name="cases")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())


@router.callback_query(GuideTap.filter(F.do == GuideDo.CASES))
async def show_list(query: CallbackQuery, callback_data: GuideTap, cases: Cases, visit: Visit) -> None:
    """«Открытые обращения»: chiefs see the shop's cases, sellers those of their own orders."""
    found = await cases.open_ones(visit.actor)
    await answer_tap(query, "")
    page = max(callback_data.page, 0)
    screen = case_list(visit.shop.id, found, visit.actor, visit.rules, visit.now, visit.t, page)
    if isinstance(query.message, Message):
        await redraw(query.message, visit.placed(screen))


@router.callback_query(GuideTap.filter(F.do == GuideDo.OVER))
async def show_closed(query: CallbackQuery, callback_data: GuideTap, cases: Cases, visit: Visit) -> None:
    """List closed cases page by page: promises and payments are looked up weeks later."""
    page = callback_data.page
    found = await cases.closed_ones(visit.actor, MOST_LISTED + 1, page * MOST_LISTED)
    await answer_tap(query, "")
    screen = closed_list(visit.shop.id, found, page, visit.rules, visit.now, visit.t)
    if isinstance(query.message, Message):
        await redraw(query.message, visit.placed(screen))


@router.callback_query(GuideTap.filter(F.do == GuideDo.PAST))
async def show_past(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    cases: Cases,
    visit: Visit,
) -> None:
    """Show one closed case with its result."""
    found = await _past(query, callback_data, desk, cases, visit)
    if found is not None:
        await answer_tap(query, "")
        case, order = found
        await put(query, order, closed_case(view_of(order, visit, case), case), live_cards)


@router.callback_query(GuideTap.filter(F.do == GuideDo.SUPPORT))
async def write_to_support(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    guide: Guide,
    cases: Cases,
    visit: Visit,
) -> None:
    """Add the matter to the order's case, and show the one message for support."""
    found, order = await order_of(query, callback_data, desk, visit)
    entry = await entry_of(query, callback_data, order, guide, visit) if found else None
    if entry is None or order is None:
        return
    try:
        case = await cases.raise_matter(
            order.id, visit.actor, entry.key, title_of(entry, visit.t), visit.rules, entry.to_support
        )
    except (Refusal, CaseGone) as no:
        await _say_why(query, no, order, desk, visit)
        return
    await _note_told(order, case, desk, visit)
    await _show(query, order, case, live_cards, visit)


@router.callback_query(GuideTap.filter(F.do == GuideDo.CASE))
async def show_case(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    cases: Cases,
    visit: Visit,
) -> None:
    """Show the open case of an order."""
    found = await _case(query, callback_data, desk, cases, visit)
    if found is not None:
        await _show(query, *found, live_cards, visit)


@router.callback_query(GuideTap.filter(F.do == GuideDo.SENT))
async def note_sent(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    cases: Cases,
    visit: Visit,
) -> None:
    """Record that the person sent the words on the screen, with these words (R92)."""
    found = await _case(query, callback_data, desk, cases, visit)
    if found is None:
        return
    order, case = found
    words = words_to_send(case, visit.look(order))
    try:
        case = await cases.sent(order.id, visit.actor, words, visit.rules)
    except (Refusal, CaseGone, TooSoon) as no:
        await _say_why(query, no, order, desk, visit)
        return
    await _note_told(order, case, desk, visit)
    await _show(query, order, case, live_cards, visit, visit.t.plain("toast-case-sent"))


@router.callback_query(GuideTap.filter(F.do == GuideDo.LATER))
async def come_back(
    query: CallbackQuery,
    callback_data: GuideTap,
    desk: Desk,
    live_cards: LiveCards,
    cases: Cases,
    visit: Visit,
) -> None:
    """Set the day on which to return to the case."""
    found = await _case(query, callback_data, desk, cases, visit)
    if found is None:
        return
    order, _ = found
    try:
        case = await cases.come_back(order.id, visit.actor, callback_data.page, visit.rules)
    except (Refusal, CaseGone) as no:
        await _say_why(query, no, order, desk, visit)
        return
    await _show(query, order, case, live_cards, visit, visit.t.plain("toast-case-later"))


@router.callback_query(GuideTap.filter(F.do.in_({GuideDo.ANSWER, GuideDo.CLOSE})))
async def ask_words(
    query: CallbackQuery, callback_data: GuideTap, state: FSMContext, desk: Desk, cases: Cases, visit: Visit
) -> None:
    """Ask for support's answer or for the result."""
    found = await _case(query, callback_data, desk, cases, visit)
    if found is None:
        return
    closes = callback_data.do is GuideDo.CLOSE
    await answer_tap(query, "")
    data = {"shop": visit.shop.id, "order": found[0].id, "closes": closes}
    await open_dialogue(state, Waiting.support, data)
    if isinstance(query.message, Message):
        await say(query.message, Kind.QUESTION, visit.t("case-ask-result" if closes else "case-ask-answer"))


@router.callback_query(GuideTap.filter(F.do == GuideDo.PICTURE))
async def show_picture(
    query: CallbackQuery, callback_data: GuideTap, desk: Desk, cases: Cases, visit: Visit
) -> None:
    """Show the photographed answer."""
    if callback_data.key:
        past = await _past(query, callback_data, desk, cases, visit)
        case = past[0] if past is not None else None
    else:
        found = await _case(query, callback_data, desk, cases, visit)
        case = found[1] if found is not None else None
    if case is None:
        return
    answer = case.answer
    await answer_tap(query, "")
    if answer is not None and answer.file_id and isinstance(query.message, Message):
        await query.message.answer_photo(answer.file_id)


@router.callback_query(GuideTap.filter(F.do == GuideDo.ALONE))
async def ask_first(
    query: CallbackQuery, callback_data: GuideTap, desk: Desk, live_cards: LiveCards, visit: Visit
) -> None:
    """«Я доставлю» before support knows: warn that two couriers may come (R87)."""
    found, order = await order_of(query, callback_data, desk, visit)
    if found and order is not None:
        await answer_tap(query, "")
        await put(query, order, self_first(view_of(order, visit)), live_cards)


@router.message(Waiting.support, F.text | F.photo)
async def take_words(message: Message, state: FSMContext, desk: Desk, cases: Cases, visit: Visit) -> None:
    """Store the answer, or close the case with its result."""
    data = await state.get_data()
    words = clean_lines(message.text or message.caption or "")
    picture = message.photo[-1].file_id if message.photo else ""
    if not words and (data["closes"] or not picture):
        await remark(message, visit.t("words-needed"))
        return
    try:
        if data["closes"]:
            await cases.close(data["order"], visit.actor, words)
        else:
            await cases.answered(data["order"], visit.actor, words, picture)
    except CaseGone:
        await state.clear()
        await remark(message, visit.t("toast-case-gone"))
        return
    except Refusal as refused:
        await state.clear()
        await remark(message, await explain(refused, data["order"], desk, visit))
        return
    await finish_dialogue(state, message)
    await remark(message, visit.t("case-closed" if data["closes"] else "case-answer-kept"))


@router.message(Waiting.support)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse other messages; the question stays open."""
    await remark(message, visit.t("words-needed"))


async def _past(
    query: CallbackQuery, tap: GuideTap, desk: Desk, cases: Cases, visit: Visit
) -> tuple[Case, Order] | None:
    """Returns the case with the button's id; None after telling the person that they may not read it."""
    try:
        return await cases.past(int(tap.key) if tap.key.isdecimal() else 0, visit.actor)
    except (Refusal, CaseGone) as no:
        await _say_why(query, no, None, desk, visit)
        return None


async def _case(
    query: CallbackQuery, tap: GuideTap, desk: Desk, cases: Cases, visit: Visit
) -> tuple[Order, Case] | None:
    """Returns the button's order and its open case; None after telling the person that there is none."""
    found, order = await order_of(query, tap, desk, visit)
    if not found:
        return None
    try:
        case = await cases.of_order(order.id, visit.actor) if order is not None else None
    except Refusal as refused:
        await _say_why(query, refused, order, desk, visit)
        return None
    if order is None or case is None:
        await answer_tap(query, visit.t.plain("toast-case-gone"))
        return None
    return order, case


async def _note_told(order: Order, case: Case, desk: Desk, visit: Visit) -> None:
    """Record in the order that support was told: the next step of a courier search depends on it."""
    if told_no_courier(case) is not None and order.progress.search is not None:
        await carry_out(order.id, TellSupport(), desk, visit)


async def _show(
    query: CallbackQuery, order: Order, case: Case, live_cards: LiveCards, visit: Visit, words: str = ""
) -> None:
    await answer_tap(query, words)
    await put(query, order, case_screen(view_of(order, visit, case), case), live_cards)


async def _say_why(
    query: CallbackQuery,
    no: Refusal | CaseGone | TooSoon,
    order: Order | None,
    desk: Desk,
    visit: Visit,
) -> None:
    if isinstance(no, TooSoon):
        words = visit.t.plain("toast-case-soon", clock=clock(no.until, visit.rules.zone))
    elif isinstance(no, Refusal):
        words = await explain(no, order.id if order is not None else 0, desk, visit)
    else:
        words = visit.t.plain("toast-case-gone")
    await answer_tap(query, words)
