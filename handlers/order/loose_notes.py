"""Notes that reply to no message: they name an order's number, or the sender has only one order (X19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message
from markupsafe import Markup

from handlers.frame.clean_chat import drop, remark, say_below
from handlers.frame.command_flow import answer_tap, explain
from handlers.frame.context import Visit
from handlers.frame.notes import keep_note, said_in, thank
from handlers.frame.reception import FromStaff, InPrivate
from handlers.order.board import put_list
from handlers.order.named_orders import in_hand, named_orders
from messages.callbacks.order import BoardTap
from messages.callbacks.photos import NoteTap
from messages.i18n.old_words import word_of_today
from messages.order.board import order_label
from messages.ui.buttons import keyboard
from messages.ui.keyboards import is_menu_label
from orders.access.roles import Act, may_at_home
from orders.bell.passing import Kind
from orders.delivery.address import lacks_address
from orders.intake.addresses import find_address
from orders.model.numbers import named_in_words, without_number
from orders.model.order import Order
from orders.model.refusals import Refusal
from orders.model.status import Status
from orders.order.board import Day, Section
from orders.order.questions import asks_for_orders, is_question
from services.intake.drafts import Drafts
from services.notes.notes import Notes, Said
from services.order.desk import Desk
from services.order.order_lists import OrderLists

router = Router(name="loose_notes")
router.message.filter(FromStaff(), InPrivate())
router.callback_query.filter(FromStaff(), InPrivate())

MOST_CHOICES = 6
NONE_OF_THESE = 0
_ON_THE_WAY = frozenset({Status.COURIER_LEFT, Status.RETURNING})


class MeansOrder(Filter):
    """Accepts a message that may be a note on an order, and provides the candidate orders."""

    async def __call__(
        self, message: Message, order_lists: OrderLists, visit: Visit | None = None
    ) -> bool | dict[str, object]:
        said = said_in(message)
        if visit is None or said is None or _is_of_menu(message.text or "", visit):
            return False
        found = await named_orders(message.text or message.caption, order_lists, visit)
        if not found and is_question(said.words):  # as a note it would get only a 👍
            return False
        if not found:
            found = await _only_possible(order_lists, visit)
        if not found or _is_awaited_address(said, found):
            return False
        return {"said": said, "found": found}


@router.message(MeansOrder())
async def note_on_meant(
    message: Message, said: Said, found: Sequence[Order], desk: Desk, notes: Notes, visit: Visit
) -> None:
    """Store the note on the only candidate, or ask which of several orders is meant."""
    if len(found) == 1:
        await keep_note(found[0].id, _without_number(said, found[0]), message, notes, desk, visit)
        return
    labels = [
        (order_label(one, visit.now, visit.rules, visit.t), NoteTap(order=one.id))
        for one in found[:MOST_CHOICES]
    ]
    labels.append((visit.t.plain("button-note-none"), NoteTap(order=NONE_OF_THESE)))
    rows = [[InlineKeyboardButton(text=label, callback_data=data.pack())] for label, data in labels]
    lines = [visit.t("note-which-order")]
    if len(found) > MOST_CHOICES:
        lines.append(visit.t("note-which-more"))
    await say_below(message, Kind.CHOICE, str(Markup("\n").join(lines)), reply_markup=keyboard(rows))


@router.message(F.text.func(asks_for_orders))
async def show_orders(message: Message, order_lists: OrderLists, drafts: Drafts, visit: Visit) -> None:
    """Answer «А где мой заказ?» by the board. The question stays: it may have been meant for a colleague."""
    await put_list(message, BoardTap(day=Day.TODAY, section=Section.ALL), order_lists, drafts, visit)


@router.message(F.text.func(is_question))
async def explain_questions(message: Message, visit: Visit) -> None:
    """Say that a question was not stored, and how colleagues can read it."""
    await remark(message, visit.t("help-question"))


@router.callback_query(NoteTap.filter(F.photo == 0))
async def take_choice(
    query: CallbackQuery, callback_data: NoteTap, desk: Desk, notes: Notes, visit: Visit
) -> None:
    """Store the message that the question replies to as a note on the chosen order."""
    asked = query.message if isinstance(query.message, Message) else None
    original = asked.reply_to_message if asked else None
    said = said_in(original) if original else None
    if asked is None or original is None or said is None:
        await answer_tap(query, visit.t.plain("toast-note-gone"))
        return
    if callback_data.order == NONE_OF_THESE:
        await drop(asked, asked.message_id)
        await answer_tap(query, visit.t.plain("toast-note-none"))
        return
    try:
        order = await notes.add(callback_data.order, said, visit.actor)
    except Refusal as refused:
        await answer_tap(query, await explain(refused, callback_data.order, desk, visit))
        return
    await drop(asked, asked.message_id)
    await answer_tap(query, visit.t.plain("toast-note-on", number=order.number))
    await thank(original.as_(query.bot), visit)


async def _only_possible(order_lists: OrderLists, visit: Visit) -> list[Order]:
    """Returns a florist's or courier's orders in hand; on the way, their deliveries. None for chiefs."""
    if may_at_home(visit.actor, Act.ENTER_ORDERS):
        return []
    mine = await in_hand(order_lists, visit)
    return [one for one in mine if one.status in _ON_THE_WAY] or mine


def _is_awaited_address(said: Said, found: Sequence[Order]) -> bool:
    """Whether it may be an address that an order lacks: then the person is asked instead (X24)."""
    return any(map(lacks_address, found)) and any(map(find_address, said.words.splitlines()))


def _without_number(said: Said, order: Order) -> Said:
    """Remove the order's number from the note, as it only says which order is meant."""
    named = next((one for one in named_in_words(said.words) if order.number.endswith(one)), "")
    return replace(said, words=without_number(said.words, named)) if named else said


def _is_of_menu(text: str, visit: Visit) -> bool:
    """Whether it is a menu button that this person lacks, or a button's former name; no note then."""
    return is_menu_label(text) or bool(word_of_today(text, visit.t))
