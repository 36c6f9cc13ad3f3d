"""Who assembles and who delivers the order (R20, R40), and who no longer does (R14)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.access.roles import Act, acts_of
from orders.model.order import Carrier, CarrierKind, Mark, Order, Progress, Seller
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps.decisions import Rows, decided_by
from orders.steps.delivery.leaving import check_delivered
from orders.steps.delivery.searches import sent_anyway, words_for_second


@dataclass(frozen=True, slots=True)
class AssignSeller:
    """Assign the order to a member of staff to assemble (R20)."""

    step: ClassVar[Step] = Step.ASSIGN_SELLER
    staff_id: int
    name: str
    heard: bool = True
    """Whether the seller hears it; of several orders assigned at once only the first is heard (X14)."""


@dataclass(frozen=True, slots=True)
class SellerAssigned:
    """A member of staff was assigned to assemble it (R20)."""

    step: ClassVar[Step] = Step.ASSIGN_SELLER
    mark: Mark
    seller: Seller
    heard: bool = True
    """False: one of several assigned at once, of which another one makes the sound (X14)."""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, seller=self.seller)


def _assign_seller(order: Order, command: AssignSeller, mark: Mark, _rules: ShopRules) -> SellerAssigned:
    seller = Seller(command.staff_id, command.name)
    if order.progress.seller == seller:
        raise Refusal(Reason.ALREADY, order.status)
    return SellerAssigned(mark, seller, command.heard)


@dataclass(frozen=True, slots=True)
class AssignCourier:
    """Assign the order to one of the shop's couriers (R40)."""

    step: ClassVar[Step] = Step.ASSIGN_COURIER
    staff_id: int
    name: str
    two_couriers: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class CourierAssigned:
    """One of the shop's couriers was assigned (R40)."""

    step: ClassVar[Step] = Step.ASSIGN_COURIER
    mark: Mark
    carrier: Carrier
    two_couriers: str = ""

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, carrier=self.carrier, search=sent_anyway(before.search, self.two_couriers))


def _assign_courier(order: Order, command: AssignCourier, mark: Mark, _rules: ShopRules) -> CourierAssigned:
    check_delivered(order)
    carrier = Carrier(CarrierKind.COURIER, command.name, command.staff_id)
    if order.progress.carrier == carrier:
        raise Refusal(Reason.ALREADY, order.status)
    second = words_for_second(order, command.two_couriers)
    return CourierAssigned(mark, carrier, second)


@dataclass(frozen=True, slots=True)
class Release:
    """Unassign a person who no longer works here; the order has to be assigned again (R14).

    Chiefs release anybody, others only themselves.
    """

    step: ClassVar[Step] = Step.RELEASE
    staff_id: int


@dataclass(frozen=True, slots=True)
class Released:
    """A person who no longer works here was unassigned (R14)."""

    step: ClassVar[Step] = Step.RELEASE
    mark: Mark
    staff_id: int
    name: str

    def applied_to(self, before: Progress) -> Progress:
        seller = None if before.seller and before.seller.staff_id == self.staff_id else before.seller
        carrier = None if before.carrier and before.carrier.staff_id == self.staff_id else before.carrier
        return replace(before, seller=seller, carrier=carrier)


def _release(order: Order, command: Release, mark: Mark, _rules: ShopRules) -> Released:
    if Act.STAND_IN not in acts_of(mark.role) and mark.staff_id != command.staff_id:
        raise Refusal(Reason.NOT_YOURS, order.status)
    hands = (order.progress.seller, order.progress.carrier)
    name = next((one.name for one in hands if one is not None and one.staff_id == command.staff_id), None)
    if name is None:
        raise Refusal(Reason.ALREADY, order.status)
    return Released(mark, command.staff_id, name)


Command = AssignSeller | AssignCourier | Release
Event = SellerAssigned | CourierAssigned | Released

DECISIONS: Rows[Event] = (
    decided_by(AssignSeller, _assign_seller),
    decided_by(AssignCourier, _assign_courier),
    decided_by(Release, _release),
)

__all__ = [
    "AssignCourier",
    "AssignSeller",
    "CourierAssigned",
    "Release",
    "Released",
    "SellerAssigned",
]
