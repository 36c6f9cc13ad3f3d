"""Finding an order by its number."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import Message

from handlers.office import Office, Visit
from handlers.reception import FromStaff, InPrivate
from messages.board import matches as matches_screen
from orders.numbers import looked_for
from storage import board

router = Router(name="search")
router.message.filter(FromStaff(), InPrivate())

MOST_MATCHES = 8


@router.message(F.text.func(looked_for).as_("digits"))
async def find_number(message: Message, digits: str, office: Office, visit: Visit) -> None:
    """Any message that is an order number, or a part of one, opens the order or offers the matches (R5)."""
    async with office.database.ask() as c:
        found = await board.find(c, visit.shop.id, digits, visit.only_own, MOST_MATCHES)
    exact = [order for order in found if order.number == digits]
    if len(found) == 1 or exact:
        await office.live_cards.move_down((exact or found)[0].id, message.chat.id)
    elif found:
        total = len(found) if len(found) < MOST_MATCHES else await _total(digits, office, visit)
        screen = matches_screen(found, visit.now, visit.rules, visit.t, total)
        await message.answer(screen.text, reply_markup=screen.keyboard)
    else:
        await message.answer(visit.t("search-nothing", number=digits))


async def _total(digits: str, office: Office, visit: Visit) -> int:
    async with office.database.ask() as c:
        return await board.count_found(c, visit.shop.id, digits, visit.only_own)
