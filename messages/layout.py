"""Which buttons stand on the card and which behind «Ещё…»: the next step first, eight at most."""

from __future__ import annotations

from dataclasses import dataclass

from messages.callbacks import Do
from orders.order import CarrierKind, Order
from orders.status import Status

_DELIVERY = (Do.SELF, Do.FIND_COURIER, Do.THIRD_PARTY)
_MAIN: dict[Status, tuple[Do, ...]] = {
    Status.NEW: (Do.ACCEPT, Do.DECLINE, Do.CONTACT),
    Status.COURIER_LEFT: (Do.DONE, Do.REFUSED, Do.CONTACT, Do.SHOW_PHOTO),
    Status.RETURNING: (Do.REDISPATCH, Do.CANCEL, Do.CONTACT),
    Status.DONE: (Do.SHOW_PHOTO, Do.CONTACT, Do.HISTORY),
    Status.CANCELLED: (Do.HIDE, Do.CONTACT, Do.HISTORY),
    Status.DECLINED: (Do.HIDE, Do.CONTACT, Do.HISTORY),
}
_RARE = (
    Do.ASSIGN,
    *_DELIVERY,
    Do.LEFT,
    Do.PHOTO,
    Do.LIKED,
    Do.DISLIKED,
    Do.SHOW_PHOTO,
    Do.DECLINE,
    Do.CANCEL,
    Do.HISTORY,
    Do.PAPERS,
    Do.UNDO,
)


@dataclass(frozen=True)
class Plan:
    """Buttons of the card, and those behind «Ещё…»."""

    first: tuple[Do, ...]
    rare: tuple[Do, ...]


def plan(order: Order, offered: frozenset[Do]) -> Plan:
    """Sort what is offered into the two."""
    first = tuple(do for do in _main(order) if do in offered)
    rare = tuple(do for do in _RARE if do in offered and do not in first)
    return Plan(first, rare)


def on_screen(planned: Plan) -> tuple[Do, ...]:
    """The card's buttons with «Ещё…» at the end; one rare step alone needs no menu."""
    if len(planned.rare) <= 1:
        return planned.first + planned.rare
    return (*planned.first, Do.MORE)


def _main(order: Order) -> tuple[Do, ...]:
    if order.status not in {Status.ACCEPTED, Status.PHOTO}:
        return _MAIN[order.status]
    if order.status is Status.ACCEPTED and order.details.has_photo_step:
        return (Do.PHOTO, Do.DONE, Do.ASSIGN, Do.FIND_COURIER, Do.CONTACT)
    if _is_disliked(order):
        return (Do.PHOTO, Do.CONTACT, Do.SHOW_PHOTO, Do.DONE, *_DELIVERY)
    carrier = order.progress.carrier
    next_step = (Do.LEFT,) if carrier and carrier.kind is not CarrierKind.THIRD_PARTY else (Do.DONE,)
    others = (Do.PHOTO, Do.SHOW_PHOTO) if order.progress.photos else (Do.ASSIGN,)
    return (*next_step, *_DELIVERY, *others, Do.CONTACT)


def _is_disliked(order: Order) -> bool:
    rating = order.progress.rating
    return rating is not None and not rating.liked
