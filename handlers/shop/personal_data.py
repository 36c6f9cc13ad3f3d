"""A client's request to see or erase their personal data, handled by the director (R63)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, remark
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import Waiting, open_dialogue
from handlers.frame.reception import InPrivate, May
from messages.i18n.untrusted_text import clean
from messages.shop import personal_data as screens
from messages.shop.personal_data import PersonalDo, PersonalTap
from messages.ui.screen import Screen
from orders.access.roles import Act
from orders.model.order import Order
from services.client.conversation import Conversation
from services.phones import normal_phone
from services.shop.erasure import Erasure

LONGEST_NUMBER = 60


router = Router(name="personal")
router.message.filter(May(Act.HANDLE_PERSONAL_DATA), InPrivate())
router.callback_query.filter(May(Act.HANDLE_PERSONAL_DATA), InPrivate())


@router.callback_query(PersonalTap.filter(F.do == PersonalDo.ASK))
async def ask(query: CallbackQuery, state: FSMContext, visit: Visit) -> None:
    """Ask for an order's number or a phone."""
    await open_dialogue(state, Waiting.personal, {"shop": visit.shop.id})
    await _show(query, screens.asked(visit.rules, visit.shop.id, visit.t))


@router.message(Waiting.personal, F.text)
async def find(message: Message, state: FSMContext, erasure: Erasure, visit: Visit) -> None:
    """Find the orders with this number, or of this phone's owner."""
    words = clean(message.text or "", LONGEST_NUMBER)
    phone = normal_phone(words, visit.rules.country)
    found = await erasure.find(visit.actor, words.removeprefix("№").strip(), phone)
    kept = {"shop": visit.shop.id, "found": [order.id for order in found]}
    await open_dialogue(state, Waiting.personal, kept)
    screen = screens.found(found, visit.shop.id, visit.t)
    await put_menu(message, screen)


@router.message(Waiting.personal)
async def refuse_other(message: Message, visit: Visit) -> None:
    """Refuse a message without text; the question stays open."""
    await remark(message, visit.t("personal-words"))


@router.callback_query(PersonalTap.filter(F.do == PersonalDo.EXPORT))
async def hand_out(
    query: CallbackQuery, state: FSMContext, conversation: Conversation, erasure: Erasure, visit: Visit
) -> None:
    """Send all stored data of these orders as a file."""
    orders = await _found(query, state, erasure, visit)
    if not orders or not isinstance(query.message, Message):
        return
    await answer_tap(query, "")
    known = [
        screens.Known(
            order,
            await erasure.raw_of(visit.actor, order),
            await conversation.talk(order.id, visit.actor),
        )
        for order in orders
    ]
    text = screens.export(known, visit.rules, visit.now, visit.t)
    name = visit.t.plain("personal-file", number=orders[0].number)
    await query.message.answer_document(BufferedInputFile(text.encode(), f"{name}.txt"))


@router.callback_query(PersonalTap.filter(F.do == PersonalDo.ERASE))
async def ask_once_more(query: CallbackQuery, state: FSMContext, erasure: Erasure, visit: Visit) -> None:
    """Ask for confirmation, with the orders concerned: erasing cannot be undone."""
    orders = await _found(query, state, erasure, visit)
    if orders:
        await _show(query, screens.sure(orders, visit.shop.id, visit.t))


@router.callback_query(PersonalTap.filter(F.do == PersonalDo.ERASE_YES))
async def erase(query: CallbackQuery, state: FSMContext, erasure: Erasure, visit: Visit) -> None:
    """Erase the data and list what was erased. A second tap finds no open question."""
    orders = await _found(query, state, erasure, visit)
    if not orders:
        return
    done = await erasure.erase(visit.actor, [order.id for order in orders])
    await state.clear()
    await _show(query, screens.erased(done.numbers, done.drafts, done.living, visit.t))


async def _found(query: CallbackQuery, state: FSMContext, erasure: Erasure, visit: Visit) -> list[Order]:
    """Returns the orders of the open question; none after telling the person that it is closed."""
    data = await state.get_data()
    is_open = await state.get_state() == Waiting.personal.state and data.get("shop") == visit.shop.id
    ids = data.get("found", []) if is_open else []
    orders = await erasure.of_ids(visit.actor, ids)
    if not orders:
        await answer_tap(query, visit.t.plain("toast-question-over"))
    return orders


async def _show(query: CallbackQuery, screen: Screen) -> None:
    await answer_tap(query, "")
    if isinstance(query.message, Message):
        await redraw(query.message, screen)
