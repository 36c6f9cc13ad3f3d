"""From one of one's shops to another, in one tap (X6)."""

from __future__ import annotations

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Filter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message, ReplyKeyboardMarkup

from handlers.board import show_board
from handlers.office import Office, Visit
from handlers.reception import FromStaff, InPrivate
from messages.keyboards import main_keyboard
from messages.places import place_label
from messages.texts import LANGUAGES, Translator
from storage import shops, staff
from storage.shops import Shop
from storage.staff import Member

router = Router(name="places")
router.message.filter(FromStaff(), InPrivate())


async def keyboard_of(member: Member, office: Office, t: Translator) -> ReplyKeyboardMarkup:
    """What somebody may always press, with the way to each of their shops where they work in several."""
    async with office.database.read() as c:
        places = await shops.places_of(c, member.telegram_id) if member.telegram_id is not None else []
    return main_keyboard(member.role, t, [shop.name for shop in places])


class Destination(Filter):
    """Lets the button of one of the person's shops through, and says which it is."""

    async def __call__(self, message: Message, visit: Visit | None = None) -> bool | dict[str, Shop]:
        for shop in visit.places if visit else ():
            labels = {place_label(shop.name, Translator(language)) for language in LANGUAGES}
            if message.text in labels:
                return {"destination": shop}
        return False


@router.message(Destination())
async def go(message: Message, destination: Shop, state: FSMContext, office: Office, visit: Visit) -> None:
    """The other shop's board, and its keyboard: one may be another thing there."""
    await state.clear()
    async with office.database.write() as c:
        member = await staff.get(c, visit.member.staff_id, destination.id)
        if member is not None:
            await staff.go_to(c, member.staff_id, destination.id)
    if member is None:
        return
    there = replace(visit, member=member, shop=destination)
    role = visit.t(f"role-{member.role.value}")
    words = visit.t("joined", first=visit.t("button-place", shop=destination.name), second=role)
    names = [shop.name for shop in visit.places]
    await message.answer(words, reply_markup=main_keyboard(member.role, visit.t, names))
    await show_board(message, state, office, there)
