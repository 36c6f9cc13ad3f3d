"""Finds the orders whose numbers a person writes among other words (X19)."""

from __future__ import annotations

from handlers.frame.context import Visit
from orders.model.numbers import is_own, named_in_words
from orders.model.order import Order
from orders.model.status import IN_THE_SHOP
from orders.order.board import Section, Span
from services.order.order_lists import OrderLists
from storage.order.board import BoardQuery

_MOST_FOUND = 30
MOST_IN_HAND = 30


async def named_orders(text: str | None, order_lists: OrderLists, visit: Visit) -> list[Order]:
    """Returns the order with exactly this number, otherwise unfinished orders whose number ends with it."""
    by_end: dict[int, Order] = {}
    for number in named_in_words(text):
        found = await order_lists.by_number(visit.shop.id, number, visit.only_own, _MOST_FOUND)
        if found and found[0].number == number:
            return [found[0]]
        if not is_own(number):
            by_end |= {one.id: one for one in found if one.number.endswith(number) and not one.is_final}
    return list(by_end.values())


async def in_hand(order_lists: OrderLists, visit: Visit) -> list[Order]:
    """Returns the orders that this person assembles or delivers now."""
    me = visit.member.staff_id
    query = BoardQuery(visit.shop.id, Section.ALL, Span(), visit.now, me)
    listed = await order_lists.first(query, MOST_IN_HAND)
    return [one for one in listed if _is_in_hand(one, me)]


def _is_in_hand(order: Order, staff_id: int) -> bool:
    seller, carrier = order.progress.seller, order.progress.carrier
    is_carried = carrier is not None and carrier.staff_id == staff_id
    is_made = seller is not None and seller.staff_id == staff_id and order.status in IN_THE_SHOP
    return not order.is_final and (is_carried or is_made)
