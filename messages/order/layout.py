"""Which buttons stand on the card and which behind «Ещё…»: the next step first, eight at most.

«Что делать?» stands below them on every card (R72): in trouble nobody looks for it in a menu.
"""

from __future__ import annotations

from dataclasses import dataclass

from messages.callbacks.order import Do
from orders.client.agreements import unpaid
from orders.delivery.address import is_zone_open, needs_extra
from orders.model.order import Order
from orders.model.status import IN_THE_SHOP, Status
from orders.order.marketplace_backlog import by_hand, lacks_photo_still, shows_by_itself

_DELIVERY = (Do.SELF, Do.FIND_COURIER, Do.THIRD_PARTY)
_MAIN: dict[Status, tuple[Do, ...]] = {
    Status.NEW: (Do.ACCEPT, Do.DECLINE, Do.CONTACT),
    Status.COURIER_LEFT: (Do.DONE, Do.ON_WAY, Do.SAY, Do.CONTACT, Do.SHOW_PHOTO),
    Status.RETURNING: (Do.REDISPATCH, Do.IN_SHOP, Do.FIND_COURIER, Do.CANCEL, Do.CONTACT),
    Status.DONE: (Do.SHOW_PHOTO, Do.SHOW_PROOF, Do.CONTACT, Do.HISTORY),
    Status.CANCELLED: (Do.STOPPED, Do.HIDE, Do.CONTACT, Do.HISTORY),
    Status.DECLINED: (Do.HIDE, Do.CONTACT, Do.HISTORY),
}
_RARE = (
    Do.ASSIGN,
    *_DELIVERY,
    Do.LEFT,
    Do.PICKED_UP,
    Do.CANNOT,
    Do.ADDRESS,
    Do.PHOTO,
    Do.LIKED,
    Do.DISLIKED,
    Do.SHOW_PHOTO,
    Do.SHOW_PROOF,
    Do.PROOF,
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
    asked: tuple[Do, ...] = (Do.CARRY_ON, Do.CANCEL) if order.is_in_doubt else ()
    if order.remarks and order.remarks[-1].by_carrier:
        asked = (Do.SAY, *asked)
    if unpaid(order) is not None:  # delivery waits for it: that is the next step (R70)
        asked = (*asked, Do.AGREEMENTS)
    steps = [do for do in _main(order) if do is not Do.SHOW_PHOTO or Do.SAY not in asked]
    first = tuple(dict.fromkeys(do for do in (*asked, *steps) if do in offered))
    if Do.IN_APP in offered and (by_hand(order) or lacks_photo_still(order)):
        first = _with_app(first)
    first = _with_address(order, offered, first)
    if Do.ALLOW_PHONE in offered:  # eight buttons are the most: the photo can be looked at afterwards
        offered -= {Do.SHOW_PHOTO}
        first = (Do.ALLOW_PHONE, *(do for do in first if do not in {Do.SHOW_PHOTO, Do.THIRD_PARTY}))
    rare = tuple(do for do in _RARE if do in offered and do not in first and do not in _left_out(order))
    return Plan(first, rare)


def on_screen(planned: Plan) -> tuple[Do, ...]:
    """The card's buttons with «Ещё…» and «Что делать?» at the end; one rare step alone needs no menu."""
    if len(planned.rare) <= 1:
        return (*planned.first, *planned.rare, Do.GUIDE)
    return (*planned.first, Do.MORE, Do.GUIDE)


def _main(order: Order) -> tuple[Do, ...]:
    if order.status not in {Status.ACCEPTED, Status.PHOTO}:
        return _MAIN[order.status]
    if order.with_third_party:
        return _with_third_party(order)
    if order.lacks_photo:
        return (Do.PHOTO, Do.DONE, Do.ASSIGN, Do.FIND_COURIER, Do.CONTACT)
    if _is_disliked(order):
        return (Do.PHOTO, Do.CONTACT, Do.SHOW_PHOTO, Do.DONE, *_DELIVERY)
    next_step = (Do.LEFT,) if order.progress.carrier else (Do.DONE,)
    others = (Do.PHOTO, Do.SHOW_PHOTO) if order.progress.photos else (Do.ASSIGN,)
    return (*next_step, *_DELIVERY, *others, Do.CONTACT)


def _with_third_party(order: Order) -> tuple[Do, ...]:
    """The next step of photo, leaving and delivery; then what the courier is to be sent."""
    if order.left_with_third_party:
        return (
            Do.DONE,
            Do.COURIER_TEXT,
            Do.CONTACT,
            Do.FIND_COURIER,
            Do.THIRD_PARTY,
            Do.SHOW_PHOTO,
            Do.PHOTO,
        )
    steps = (Do.PICKED_UP, Do.COURIER_TEXT, Do.CONTACT, Do.FIND_COURIER, Do.THIRD_PARTY, Do.SHOW_PHOTO)
    needs_photo = order.lacks_photo or _is_disliked(order)
    return (Do.PHOTO, *steps) if needs_photo else (*steps, Do.PHOTO)


def _left_out(order: Order) -> frozenset[Do]:
    """While the marketplace waits for the photo, another seller must wait: eight buttons are the most.

    With a third-party courier another way of delivery is chosen by «Найти курьера».

    On the way a photo of the hand-over is asked for among the steps of the way.
    """
    outside = frozenset({Do.SELF}) if order.with_third_party else frozenset[Do]()
    on_way = frozenset({Do.PROOF}) if order.status is Status.COURIER_LEFT else frozenset[Do]()
    return outside | on_way | ({Do.ASSIGN} if shows_by_itself(order) else frozenset[Do]())


def _with_address(order: Order, offered: frozenset[Do], steps: tuple[Do, ...]) -> tuple[Do, ...]:
    """No step that needs the address stands first while it is not known, or its zone not settled (X24).

    Eight buttons are the most: those that need the address give up their places.
    """
    if is_zone_open(order) or needs_extra(order):
        asked = (Do.ZONE_SAME, Do.ZONE_OTHER) if is_zone_open(order) else (Do.AGREEMENTS, Do.ZONE_SAME)
        left = [do for do in steps if do not in {*asked, Do.THIRD_PARTY, Do.SELF}]
        return (*(do for do in asked if do in offered), *left)
    if Do.ADDRESS not in offered or order.status not in IN_THE_SHOP:
        return steps
    later = {Do.SELF, Do.THIRD_PARTY, Do.ADDRESS}
    own = [do for do in steps[:1] if do in {Do.PHOTO, Do.SAY, Do.CARRY_ON, Do.AGREEMENTS}]
    return (*own, Do.ADDRESS, *(do for do in steps[len(own) :] if do not in later))


def _with_app(steps: tuple[Do, ...]) -> tuple[Do, ...]:
    """What only a person can mark in the marketplace's app has its button on the card, after the next step.

    Of an order that is over it is the next step. The photo that is to be uploaded there gives up its place:
    eight buttons are the most.
    """
    next_step = tuple(do for do in steps[:1] if do not in {Do.HIDE, Do.SHOW_PHOTO})
    others = [do for do in steps[len(next_step) :] if do is not Do.SHOW_PHOTO]
    return (*next_step, Do.IN_APP, *others)


def _is_disliked(order: Order) -> bool:
    rating = order.progress.rating
    return rating is not None and not rating.liked
