"""Finding an order by its number."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.context import Office, Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.order.board import damaged_line, with_damaged
from messages.order.board import matches as matches_screen
from messages.ui.screen import Screen
from orders.model.numbers import looked_for
from storage.order import board

router = Router(name="search")
router.message.filter(FromStaff(), InPrivate())

MOST_MATCHES = 8


@router.message(F.text.func(looked_for).as_("digits"))
async def find_number(message: Message, digits: str, office: Office, visit: Visit) -> None:
    """Any message that is an order number, or a part of one, opens the order or offers the matches (R5)."""
    async with office.database.read_one() as c:
        listed = await board.find_listed(c, visit.shop.id, digits, visit.only_own, MOST_MATCHES)
    found, damaged = listed.orders, listed.damaged
    exact = [order for order in found if order.number == digits]
    if exact or (len(found) == 1 and not damaged):
        await office.live_cards.move_down((exact or found)[0].id, message.chat.id)
    elif found:
        is_all = len(found) + len(damaged) < MOST_MATCHES
        total = len(found) if is_all else await _total(digits, office, visit)
        matches = matches_screen(found, visit.now, visit.rules, visit.t, total)
        screen = with_damaged(matches, damaged, visit.t)
        await put_menu(message, screen)
    elif damaged:
        await put_menu(message, Screen(damaged_line(damaged, visit.t)))
    else:
        await put_menu(message, Screen(visit.t("search-nothing", number=digits)))
    await drop(message, message.message_id)


async def _total(digits: str, office: Office, visit: Visit) -> int:
    async with office.database.read_one() as c:
        return await board.count_found(c, visit.shop.id, digits, visit.only_own)
