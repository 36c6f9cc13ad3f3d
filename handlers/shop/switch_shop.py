"""Switches between a person's shops by one tap (X6)."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.clean_chat import say
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from handlers.order.board import show_board
from messages.i18n.texts import LANGUAGES, Translator
from messages.ui.keyboards import main_keyboard
from messages.ui.shop_labels import place_key
from orders.bell.passing import Kind
from services.intake.drafts import Drafts
from services.order.order_lists import OrderLists
from services.team.visitors import Visitors
from storage.shop.shops import Shop

router = Router(name="places")
router.message.filter(FromStaff(), InPrivate())


class Destination(Filter):
    """Accepts the button of one of the person's shops, and provides the shop."""

    async def __call__(self, message: Message, visit: Visit | None = None) -> bool | dict[str, Shop]:
        for shop in visit.places if visit else ():
            labels = {
                place_key(shop.name, Translator(language), is_here=is_here)
                for language in LANGUAGES
                for is_here in (True, False)
            }
            if message.text in labels:
                return {"destination": shop}
        return False


@router.message(Destination())
async def go(
    message: Message,
    destination: Shop,
    state: FSMContext,
    order_lists: OrderLists,
    visitors: Visitors,
    drafts: Drafts,
    visit: Visit,
) -> None:
    """Show the other shop's board and keyboard, with the person's role there."""
    await state.clear()
    member = await visitors.change_place(visit.member, destination.id)
    if member is None:
        return
    there = replace(visit, member=member, shop=destination)
    role = visit.t(f"role-{member.role.value}")
    words = visit.t("joined", first=visit.t("button-place", shop=destination.name), second=role)
    names = [shop.name for shop in visit.places]
    await say(
        message, Kind.KEYS, words, reply_markup=main_keyboard(member.role, visit.t, names, destination.name)
    )
    await show_board(message, state, order_lists, drafts, there)
