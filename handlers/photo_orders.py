"""The orders that a picture may be of, where nothing else tells."""

from __future__ import annotations

from handlers.office import Office, Visit
from orders.board import Section, Span
from orders.order import Order
from orders.status import Status
from storage import board
from storage.board import BoardQuery

_TAKE_PHOTOS = frozenset({Status.ACCEPTED, Status.PHOTO})


async def orders_for_photo(most: int, office: Office, visit: Visit) -> list[Order]:
    """Orders of this visitor that take a photo, at most so many of each status; those without one first."""
    found: list[Order] = []
    for section in (Section.ACCEPTED, Section.PHOTO):
        query = BoardQuery(visit.shop.id, section, Span(), visit.now, visit.only_own)
        async with office.database.read() as c:
            orders = await board.page(c, query, most, 0)
        found += [order for order in orders if order.details.has_photo_step and order.status in _TAKE_PHOTOS]
    return found
