"""Requirements for leaving and ending (R33, R38, R66, R70); third-party couriers (R41, R43)."""

from __future__ import annotations

from datetime import timedelta

from orders.client.agreements import unpaid
from orders.model.details import DeliveryKind
from orders.model.order import Carrier, CarrierKind, Mark, Order
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps import events as happened
from orders.steps.searches import check_zone_settled, words_for_second, words_without_address


def reason_without_photo(order: Order, reason: str) -> str:
    """Why it leaves without the photo that is due (R33, R38). Raises Refusal when the reason is missing."""
    if not (order.lacks_photo or order.lacks_new_photo):
        return ""
    words = reason.strip()
    if not words:
        needed = Reason.NEW_PHOTO_REASON_NEEDED if order.lacks_new_photo else Reason.PHOTO_REASON_NEEDED
        raise Refusal(needed, order.status)
    return words


def reason_at_the_end(order: Order, command: do.Complete) -> str:
    """The reason for a missing photo, if no earlier step asked for it: pickup, third party (R38)."""
    was_asked = order.status is Status.COURIER_LEFT or order.left_with_third_party
    return "" if was_asked else reason_without_photo(order, command.without_photo)


def words_for_early(order: Order, command: do.Complete, mark: Mark, rules: ShopRules) -> str:
    """The client's consent to an early hand-over (R66). Raises Refusal when it is missing.

    A client who asked for the order as soon as possible has consented.
    """
    window, allowed = order.details.window, timedelta(minutes=rules.early_minutes)
    if window is None or order.details.as_soon_as_possible or mark.at >= window.start - allowed:
        return ""
    words = command.early.strip()
    if not words:
        raise Refusal(Reason.EARLY_NEEDED, order.status)
    return words


def check_delivered(order: Order) -> None:
    """Raises Refusal when the order is a pickup, which nobody delivers."""
    if order.details.delivery is DeliveryKind.PICKUP:
        raise Refusal(Reason.PICKUP_ONLY, order.status)


def check_may_leave(order: Order) -> None:
    """Raises Refusal when the order is in doubt, a surcharge is unpaid, or the zone is unknown."""
    if order.is_in_doubt:
        raise Refusal(Reason.IN_DOUBT, order.status)
    check_zone_settled(order)
    check_paid(order)


def check_paid(order: Order) -> None:
    """Raises Refusal when the client has not paid an agreed surcharge (R70)."""
    if unpaid(order) is not None:
        raise Refusal(Reason.UNPAID, order.status)


def dispatch(order: Order, command: do.Dispatch, mark: Mark, _rules: ShopRules) -> happened.Dispatched:
    """Somebody of the shop, or the marketplace's courier, leaves with the order (R38, R40)."""
    check_delivered(order)
    if order.with_third_party and not command.by_self:
        raise Refusal(Reason.WITH_THIRD_PARTY, order.status)
    carrier = order.progress.carrier
    if mark.role is Role.MARKETPLACE:  # it has left already, with any carrier
        return happened.Dispatched(mark, carrier, "")
    check_may_leave(order)
    if command.by_self and mark.role is Role.COURIER:  # by_self is for the shop, not for couriers
        raise Refusal(Reason.NOT_YOURS, order.status)
    if command.by_self and mark.staff_id is not None:
        carrier = Carrier(CarrierKind.SELF, mark.name, mark.staff_id)
    if carrier is None:
        raise Refusal(Reason.COURIER_NEEDED, order.status)
    # A courier cannot know whether the marketplace sends another one.
    by_shop = mark.role is not Role.COURIER
    second = words_for_second(order, command.two_couriers) if by_shop else ""
    no_address = words_without_address(order, command.without_address)
    no_photo = reason_without_photo(order, command.reason)
    return happened.Dispatched(mark, carrier, no_photo, second, no_address)


def hand_to_third_party(
    order: Order, command: do.HandToThirdParty, mark: Mark, _rules: ShopRules
) -> happened.HandedToThirdParty:
    """A third-party courier will take it: a name is required, and a contact or that there is none."""
    check_delivered(order)
    check_may_leave(order)
    name = command.name.strip()
    if not name:
        raise Refusal(Reason.NAME_NEEDED, order.status)
    carrier = Carrier(CarrierKind.THIRD_PARTY, name, phone=command.phone, link=command.link)
    if not (carrier.phone or carrier.link or command.has_no_contact):
        raise Refusal(Reason.CONTACT_NEEDED, order.status)
    if order.progress.carrier == carrier:
        raise Refusal(Reason.ALREADY, order.status)
    second = words_for_second(order, command.two_couriers)
    return happened.HandedToThirdParty(mark, carrier, second)


def pick_up(order: Order, command: do.PickUp, mark: Mark, _rules: ShopRules) -> happened.PickedUp:
    """The third-party courier has taken it; the photo is required as for any departure (R38)."""
    if not order.with_third_party:
        raise Refusal(Reason.NO_THIRD_PARTY, order.status)
    if order.progress.picked_up is not None:
        raise Refusal(Reason.ALREADY, order.status, order.progress.picked_up)
    check_may_leave(order)
    no_address = words_without_address(order, command.without_address)
    return happened.PickedUp(mark, reason_without_photo(order, command.reason), no_address)
