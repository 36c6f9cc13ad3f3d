"""Texts that may be orders, pasted or forwarded: a notification, an e-mail, a client's message."""

from __future__ import annotations

from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, say, say_below
from handlers.frame.command_flow import answer_tap
from handlers.frame.context import Visit
from handlers.frame.reception import InPrivate, May
from handlers.intake.drafting import Writing, open_writing, read, show_below
from handlers.order.named_orders import named_orders
from messages.callbacks.drafts import DraftDo, DraftTap
from messages.intake.drafts import is_it_screen
from orders.access.roles import Act
from orders.bell.passing import Kind
from orders.intake.merge import conflicts, merged
from orders.intake.order_text import LONG_TEXT, Guess, Written
from orders.model.draft import Draft
from orders.model.numbers import named_in
from orders.model.order import Order
from services.intake.drafts import DraftGone, Drafts, added
from services.order.desk import Desk
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards

router = Router(name="draft_texts")
router.message.filter(May(Act.ENTER_ORDERS), InPrivate())
router.callback_query.filter(May(Act.ENTER_ORDERS), InPrivate())


class LooksLikeOrder(Filter):
    """Accepts a text that is or may be an order, and provides its parsed content."""

    async def __call__(
        self, message: Message, order_lists: OrderLists, visit: Visit | None = None
    ) -> bool | dict[str, object]:
        if visit is None or not message.text or message.text.startswith("/"):
            return False
        written = read(message.text, visit)
        guess = written.guess(is_forwarded=message.forward_origin is not None)
        if guess is Guess.NO or await _is_note(message, written, guess, order_lists, visit):
            return False
        return {"written": written, "guess": guess}


async def _is_note(
    message: Message, written: Written, guess: Guess, order_lists: OrderLists, visit: Visit
) -> bool:
    """Whether a short own text names an existing order: then it is a note on that order (X19).

    If it only repeats what the order contains, it is no note, and the order is opened.
    """
    text = message.text or ""
    if message.forward_origin is not None or len(text) >= LONG_TEXT or "\n" in text.strip():
        return False
    named = await named_orders(text, order_lists, visit)
    is_exact = len(named) == 1 and named[0].number in named_in(text)
    if guess is Guess.SURE:
        return is_exact and not _has_all(named[0], written)
    return bool(named)


@router.message(LooksLikeOrder())
async def take_text(
    message: Message,
    written: Written,
    guess: Guess,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    drafts: Drafts,
    visit: Visit,
) -> None:
    """Begin a draft if the text is surely an order; otherwise ask the person."""
    if guess is Guess.SURE:
        await take_written(message, written, state, desk, live_cards, drafts, visit)
        return
    writing = await open_writing(state, visit.now)
    screen = is_it_screen(writing.draft if writing else 0, visit.t)
    await say_below(message, Kind.CHOICE, screen.text, reply_markup=screen.keyboard)


@router.callback_query(DraftTap.filter(F.do == DraftDo.READ))
async def read_it(
    query: CallbackQuery,
    callback_data: DraftTap,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    drafts: Drafts,
    visit: Visit,
) -> None:
    """Read the text that the question replies to as an order, or add it to the open draft."""
    asked = query.message if isinstance(query.message, Message) else None
    text = asked.reply_to_message.text if asked and asked.reply_to_message else None
    if asked is None or not text:
        await answer_tap(query, visit.t.plain("toast-draft-text-gone"))
        return
    written = read(text, visit)
    try:
        if callback_data.draft:
            draft = await drafts.change(callback_data.draft, visit.actor, lambda one: added(one, written))
            await _show(draft, asked, state, drafts, visit)
        else:
            await take_written(asked, written, state, desk, live_cards, drafts, visit)
    except DraftGone:
        await answer_tap(query, visit.t.plain("toast-draft-gone"))
        return
    await drop(asked, asked.message_id)
    await answer_tap(query, "")


@router.callback_query(DraftTap.filter(F.do == DraftDo.NO_ORDER))
async def leave_it(query: CallbackQuery, visit: Visit) -> None:
    """Delete the question; the text is no order and stays."""
    if isinstance(query.message, Message):
        await drop(query.message, query.message.message_id)
    await answer_tap(query, visit.t.plain("toast-draft-no-order"))


async def take_written(
    message: Message,
    written: Written,
    state: FSMContext,
    desk: Desk,
    live_cards: LiveCards,
    drafts: Drafts,
    visit: Visit,
) -> Draft | None:
    """Begin a draft from the text; if the text adds nothing to an existing order, open that order instead."""
    known = await desk.find_number(visit.shop.id, written.number) if written.number else None
    if known is not None and _has_all(known, written):
        await say(message, Kind.REMARK, visit.t("draft-known-same", number=known.number))
        await live_cards.move_down(known.id, message.chat.id)
        return None
    draft = await drafts.begin(visit.actor, written)
    await _show(draft, message, state, drafts, visit)
    return draft


def _has_all(order: Order, written: Written) -> bool:
    """Whether the order already contains everything in the text, except the original wording."""
    said = replace(written.details, written="")
    return not conflicts(order.details, said) and merged(order.details, said) == order.details


async def _show(draft: Draft, message: Message, state: FSMContext, drafts: Drafts, visit: Visit) -> None:
    await show_below(draft, Writing(draft.id, visit.now), message, state, drafts, visit)
