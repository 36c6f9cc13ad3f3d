"""The order leaves the shop (R33, R38, R66, R70); third-party couriers (R41, R43)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.client.agreements import unpaid
from orders.model.details import DeliveryKind
from orders.model.order import Carrier, CarrierKind, Mark, Order, Progress
from orders.model.people import Role
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step
from orders.steps.decisions import Rows, decided_by
from orders.steps.delivery.searches import (
    check_zone_settled,
    sent_anyway,
    words_for_second,
    words_without_address,
)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The order leaves the shop (R38), with the actor or with the assigned courier.

    `reason` is required if a photo is due and missing.
    """

    step: ClassVar[Step] = Step.DISPATCH
    by_self: bool
    reason: str = ""
    two_couriers: str = ""
    """Why no second courier will come while the marketplace searches for one (R87)."""
    without_address: str = ""
    """Why it leaves without a known address (X24)."""


@dataclass(frozen=True, slots=True)
class Dispatched:
    """The order left the shop (R38-R40)."""

    step: ClassVar[Step] = Step.DISPATCH
    mark: Mark
    carrier: Carrier | None
    """None if only the marketplace's app knows the carrier."""
    reason: str
    two_couriers: str = ""
    without_address: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(
            before,
            status=Status.COURIER_LEFT,
            carrier=self.carrier,
            search=sent_anyway(before.search, self.two_couriers),
            dispatched=self.mark,
            left_without_photo=self.reason,
        )


def _dispatch(order: Order, command: Dispatch, mark: Mark, _rules: ShopRules) -> Dispatched:
    """Somebody of the shop, or the marketplace's courier, leaves with the order (R38, R40)."""
    check_delivered(order)
    if order.with_third_party and not command.by_self:
        raise Refusal(Reason.WITH_THIRD_PARTY, order.status)
    carrier = order.progress.carrier
    if mark.role is Role.MARKETPLACE:  # it has left already, with any carrier
        return Dispatched(mark, carrier, "")
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
    return Dispatched(mark, carrier, no_photo, second, no_address)


@dataclass(frozen=True, slots=True)
class HandToThirdParty:
    """A third-party courier will deliver it; the status "courier left" is skipped (R41, R43).

    A phone or a tracking link is required, or the statement that there is neither.
    """

    step: ClassVar[Step] = Step.HAND_TO_THIRD_PARTY
    name: str
    phone: str = ""
    link: str = ""
    has_no_contact: bool = False
    two_couriers: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class HandedToThirdParty:
    """A third-party courier will deliver it; the status stays (R41).

    New contact data of the same courier keeps `picked_up`.
    """

    step: ClassVar[Step] = Step.HAND_TO_THIRD_PARTY
    mark: Mark
    carrier: Carrier
    two_couriers: str = ""

    def applied_to(self, before: Progress) -> Progress:
        known = before.carrier
        is_same = known is not None and (known.kind, known.name) == (self.carrier.kind, self.carrier.name)
        picked_up = before.picked_up if is_same else None
        after = replace(before, search=sent_anyway(before.search, self.two_couriers))
        return replace(after, carrier=self.carrier, handed_over=self.mark, picked_up=picked_up)


def _hand_to_third_party(
    order: Order, command: HandToThirdParty, mark: Mark, _rules: ShopRules
) -> HandedToThirdParty:
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
    return HandedToThirdParty(mark, carrier, second)


@dataclass(frozen=True, slots=True)
class PickUp:
    """The third-party courier has taken the order out of the shop (R38, R41).

    `reason` is required if a photo is due and missing.
    """

    step: ClassVar[Step] = Step.PICK_UP
    reason: str = ""
    without_address: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class PickedUp:
    """The third-party courier took the order out of the shop (R38, R41)."""

    step: ClassVar[Step] = Step.PICK_UP
    mark: Mark
    reason: str
    without_address: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, picked_up=self.mark, left_without_photo=self.reason)


def _pick_up(order: Order, command: PickUp, mark: Mark, _rules: ShopRules) -> PickedUp:
    """The third-party courier has taken it; the photo is required as for any departure (R38)."""
    if not order.with_third_party:
        raise Refusal(Reason.NO_THIRD_PARTY, order.status)
    if order.progress.picked_up is not None:
        raise Refusal(Reason.ALREADY, order.status, order.progress.picked_up)
    check_may_leave(order)
    no_address = words_without_address(order, command.without_address)
    return PickedUp(mark, reason_without_photo(order, command.reason), no_address)


def reason_without_photo(order: Order, reason: str) -> str:
    """Why it leaves without the photo that is due (R33, R38). Raises Refusal when the reason is missing."""
    if not (order.lacks_photo or order.lacks_new_photo):
        return ""
    words = reason.strip()
    if not words:
        needed = Reason.NEW_PHOTO_REASON_NEEDED if order.lacks_new_photo else Reason.PHOTO_REASON_NEEDED
        raise Refusal(needed, order.status)
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


Command = Dispatch | HandToThirdParty | PickUp
Event = Dispatched | HandedToThirdParty | PickedUp

DECISIONS: Rows[Event] = (
    decided_by(Dispatch, _dispatch),
    decided_by(HandToThirdParty, _hand_to_third_party),
    decided_by(PickUp, _pick_up),
)

__all__ = [
    "Dispatch",
    "Dispatched",
    "HandToThirdParty",
    "HandedToThirdParty",
    "PickUp",
    "PickedUp",
]
