"""The orders that a picture may show if neither caption nor reply names one."""

from __future__ import annotations

from datetime import datetime, timedelta

from aiogram.types import Message

from handlers.frame.context import Visit
from orders.model.order import Order
from orders.model.people import Role
from orders.model.status import IN_THE_SHOP, Status
from orders.order.board import Section, Span
from services.order.order_lists import OrderLists
from storage.order.board import BoardQuery

JUST_NOW = timedelta(minutes=30)
"""How long after an order was finished a courier's picture may still show its hand-over."""
_MOST_JUST_DONE = 8
JUST_PHOTOGRAPHED = timedelta(minutes=5)
"""How long after an order's photo the next picture may be another one of the same order."""
_MOST_IN_HAND = 50
NONE_OF_THESE = 0
"""Stands for an order's id: the picture shows none of the offered orders."""


async def orders_for_photo(most: int, order_lists: OrderLists, visit: Visit) -> list[Order]:
    """Returns at most `most` orders of this visitor that take a photo; those without one come first.

    A courier's photos show the hand-over (X8).
    """
    if visit.actor.role is Role.COURIER:
        under_way = await _listed(Section.COURIER_LEFT, visit.now, most, order_lists, visit)
        left = [order for order in under_way if order.status is Status.COURIER_LEFT]
        return shared_out(left, await just_handed_over(order_lists, visit), most)
    accepted = await _listed(Section.ACCEPTED, visit.now, most, order_lists, visit)
    photographed = await _listed(Section.PHOTO, visit.now, most, order_lists, visit)
    return shared_out(list(filter(_takes_one, accepted)), list(filter(_takes_one, photographed)), most)


async def only_in_hand(message: Message, order_lists: OrderLists, visit: Visit) -> int | None:
    """Returns the only order of a florist that a picture without number or reply may show.

    Returns None if the picture may be something else: it is forwarded, has a caption, replies to a message,
    or its florist works in several shops. A chief's picture may show a paper order that has to be entered.
    """
    says_more = message.forward_origin or message.caption or message.reply_to_message
    if visit.actor.role is not Role.SELLER or visit.places or says_more:
        return None
    mine = await _assembled_by(order_lists, visit)
    possible = [one for one in mine if _waits(one) or _is_just_photographed(one, visit.now)] or mine
    return possible[0].id if len(possible) == 1 and not _is_liked(possible[0]) else None


async def _assembled_by(order_lists: OrderLists, visit: Visit) -> list[Order]:
    """The orders in the shop that this visitor assembles and that take a photo."""
    accepted = await _listed(Section.ACCEPTED, visit.now, _MOST_IN_HAND, order_lists, visit)
    photographed = await _listed(Section.PHOTO, visit.now, _MOST_IN_HAND, order_lists, visit)
    return [one for one in (*accepted, *photographed) if _is_assembled_by(one, visit.member.staff_id)]


def _is_assembled_by(order: Order, staff_id: int) -> bool:
    seller = order.progress.seller
    is_theirs = seller is not None and seller.staff_id == staff_id
    return is_theirs and _takes_one(order) and not order.with_third_party


def _waits(order: Order) -> bool:
    return order.lacks_photo or order.lacks_new_photo


def _is_liked(order: Order) -> bool:
    return order.progress.rating is not None and order.progress.rating.liked


def _is_just_photographed(order: Order, now: datetime) -> bool:
    photos = order.progress.photos
    return bool(photos) and now - photos[-1].taken.at < JUST_PHOTOGRAPHED


async def waits_for_photo_of(order_lists: OrderLists, visit: Visit) -> bool:
    """Whether an order that this visitor assembles or carries waits for a photo."""
    if visit.actor.role is Role.COURIER:
        return bool(await orders_for_photo(1, order_lists, visit))
    return any(map(_waits, await _assembled_by(order_lists, visit)))


async def just_handed_over(order_lists: OrderLists, visit: Visit) -> list[Order]:
    """Returns the orders that a courier finished recently and that have no hand-over photo yet."""
    since = visit.now - JUST_NOW
    done = await _listed(Section.DONE, since, _MOST_JUST_DONE, order_lists, visit)
    return [order for order in done if not order.proofs]


def shared_out(first: list[Order], second: list[Order], most: int) -> list[Order]:
    """Returns at most `most` orders, half from each list; if one list is short, the other fills up."""
    ahead = first[: most - min(len(second), most // 2)]
    return [*ahead, *second[: most - len(ahead)]]


async def _listed(
    section: Section, closed_since: datetime, most: int, order_lists: OrderLists, visit: Visit
) -> list[Order]:
    query = BoardQuery(visit.shop.id, section, Span(), closed_since, visit.only_own)
    return await order_lists.first(query, most)


def _takes_one(order: Order) -> bool:
    return order.details.has_photo_step and order.status in IN_THE_SHOP
