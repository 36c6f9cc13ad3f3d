"""Finding an order by its number, or by words of its goods and names of its people (R5)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Filter
from aiogram.types import Message

from handlers.frame.clean_chat import drop, put_menu
from handlers.frame.context import Visit
from handlers.frame.reception import FromStaff, InPrivate
from messages.order.board import damaged_line, with_damaged
from messages.order.board import matches as matches_screen
from messages.ui.screen import Screen
from orders.model.numbers import looked_for
from orders.model.order import Order
from orders.order.word_search import is_named, root, searched_words
from services.order.order_lists import OrderLists
from services.sending.live_cards import LiveCards

router = Router(name="search")
router.message.filter(FromStaff(), InPrivate())

MOST_MATCHES = 8
MOST_READ = 200
"""Open orders that may be meant by words; each is read."""


@router.message(F.text.func(looked_for).as_("digits"))
async def find_number(
    message: Message, digits: str, order_lists: OrderLists, live_cards: LiveCards, visit: Visit
) -> None:
    """Any message that is an order number, or a part of one, opens the order or offers the matches (R5)."""
    listed = await order_lists.listed_by_number(visit.shop.id, digits, visit.only_own, MOST_MATCHES)
    found, damaged = listed.orders, listed.damaged
    exact = [order for order in found if order.number == digits]
    if exact or (len(found) == 1 and not damaged):
        await live_cards.move_down((exact or found)[0].id, message.chat.id)
    elif found:
        is_all = len(found) + len(damaged) < MOST_MATCHES
        total = len(found) if is_all else await _total(digits, order_lists, visit)
        matches = matches_screen(found, visit.now, visit.rules, visit.t, total)
        screen = with_damaged(matches, damaged, visit.t)
        await put_menu(message, screen)
    elif damaged:
        await put_menu(message, Screen(damaged_line(damaged, visit.t)))
    else:
        await put_menu(message, Screen(visit.t("search-nothing", number=digits)))
    await drop(message, message.message_id)


class NamesOpenOrders(Filter):
    """Lets through words that name goods or people of open orders; hands over those orders (R5).

    The rights are those of the search by number. A name finds an order only for those who may read it there.
    """

    async def __call__(
        self, message: Message, order_lists: OrderLists, visit: Visit | None = None
    ) -> bool | dict[str, object]:
        words = searched_words(message.text)
        if visit is None or not words or message.forward_origin is not None:
            return False
        roots = [root(word) for word in words]
        some = await order_lists.by_words(visit.shop.id, roots, visit.only_own, MOST_READ)
        named = [one for one in some if is_named(one, words, visit.actor)]
        return {"named": named} if named else False


@router.message(NamesOpenOrders())
async def find_words(message: Message, named: list[Order], live_cards: LiveCards, visit: Visit) -> None:
    """One order is opened; of several a person says which."""
    if len(named) == 1:
        await live_cards.move_down(named[0].id, message.chat.id)
    else:
        shown = named[:MOST_MATCHES]
        await put_menu(message, matches_screen(shown, visit.now, visit.rules, visit.t, len(named)))
    await drop(message, message.message_id)


async def _total(digits: str, order_lists: OrderLists, visit: Visit) -> int:
    return await order_lists.count_by_number(visit.shop.id, digits, visit.only_own)
