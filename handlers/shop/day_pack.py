"""The printable pack of the day, on request."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import drop, say
from handlers.frame.command_flow import answer_tap, leave_dialogue
from handlers.frame.context import Visit
from handlers.frame.keyboard_filter import Named
from handlers.frame.reception import InPrivate, May
from messages.callbacks.goods import ShopDo, ShopTap
from orders.access.roles import Act
from orders.bell.passing import Kind
from services.pack.packs import DayPacks, NotPrinted

router = Router(name="day_pack")
router.message.filter(May(Act.SEE_ALL_ORDERS), InPrivate())
router.callback_query.filter(May(Act.SEE_ALL_ORDERS), InPrivate())


@router.message(Named("do-pack", "command-pack"))
@router.message(Command("pack"))
async def send_pack(message: Message, state: FSMContext, day_packs: DayPacks, visit: Visit) -> None:
    """Send the file to this chat."""
    await leave_dialogue(state, message)
    words = await _sent(day_packs, visit)
    if words:
        await say(message, Kind.REMARK, words)
    await drop(message, message.message_id)


@router.callback_query(ShopTap.filter(F.do == ShopDo.PACK))
async def send_pack_from_menu(query: CallbackQuery, day_packs: DayPacks, visit: Visit) -> None:
    """Do the same from the menu; the button is answered first, as the file takes a second or two."""
    await answer_tap(query, visit.t.plain("pack-drawing"))
    words = await _sent(day_packs, visit)
    if words and isinstance(query.message, Message):
        await say(query.message, Kind.REMARK, words)


async def _sent(day_packs: DayPacks, visit: Visit) -> str:
    """Send the file; returns what to say if there is none, and "" if it was sent."""
    chat_id = visit.member.telegram_id
    try:
        has_orders = chat_id is not None and await day_packs.send_to(visit.shop.id, chat_id)
    except NotPrinted:
        return visit.t("pack-failed")
    return "" if has_orders else visit.t("pack-empty")
