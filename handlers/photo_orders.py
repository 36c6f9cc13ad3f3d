"""The orders that a picture may be of, where nothing else tells."""

from __future__ import annotations

from handlers.office import Office, Visit
from orders.board import Section, Span
from orders.order import Order
from orders.people import Role
from orders.status import Status
from storage import board
from storage.board import BoardQuery

_TAKE_PHOTOS = frozenset({Status.ACCEPTED, Status.PHOTO})
_TAKE_PROOFS = frozenset({Status.COURIER_LEFT, Status.DONE})


async def orders_for_photo(most: int, office: Office, visit: Visit) -> list[Order]:
    """Orders of this visitor that take a photo, at most so many of each status; those without one first.

    A courier's photos show what he has handed over (X8).
    """
    is_courier = visit.actor.role is Role.COURIER
    sections = (Section.COURIER_LEFT, Section.DONE) if is_courier else (Section.ACCEPTED, Section.PHOTO)
    found: list[Order] = []
    for section in sections:
        query = BoardQuery(visit.shop.id, section, Span(), visit.now, visit.only_own)
        async with office.database.read() as c:
            orders = await board.page(c, query, most, 0)
        found += [order for order in orders if _takes_one(order, is_courier=is_courier)]
    return found


def _takes_one(order: Order, *, is_courier: bool) -> bool:
    if is_courier:
        return order.status in _TAKE_PROOFS
    return order.details.has_photo_step and order.status in _TAKE_PHOTOS
