"""The order is offered to all couriers of the shop, and taken or given back (R40)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.delivery_facts import Handback
from orders.model.details import DeliveryKind
from orders.model.order import Carrier, CarrierKind, Mark, Order, Progress
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps.decisions import Rows, decided_by
from orders.steps.delivery.searches import sent_anyway, words_for_second


@dataclass(frozen=True, slots=True)
class OfferToCouriers:
    """Offer the order to all couriers of the shop (R40)."""

    step: ClassVar[Step] = Step.OFFER
    two_couriers: str = ""
    """As in `Dispatch`."""


@dataclass(frozen=True, slots=True)
class OfferedToCouriers:
    """All couriers of the shop may take it; a previous carrier is removed (R40)."""

    step: ClassVar[Step] = Step.OFFER
    mark: Mark
    two_couriers: str = ""

    def applied_to(self, before: Progress) -> Progress:
        search = sent_anyway(before.search, self.two_couriers)
        return replace(before, offered=self.mark, taken=None, carrier=None, search=search)


def _offer(order: Order, command: OfferToCouriers, mark: Mark, _rules: ShopRules) -> OfferedToCouriers:
    if order.details.delivery is DeliveryKind.PICKUP:
        raise Refusal(Reason.PICKUP_ONLY, order.status)
    if order.is_offered:
        raise Refusal(Reason.ALREADY, order.status)
    return OfferedToCouriers(mark, words_for_second(order, command.two_couriers))


@dataclass(frozen=True, slots=True)
class TakeOffer:
    """Take an order that was offered to all; if two take it at once, only one gets it (R40)."""

    step: ClassVar[Step] = Step.TAKE


@dataclass(frozen=True, slots=True)
class OfferTaken:
    """A courier took it (R40)."""

    step: ClassVar[Step] = Step.TAKE
    mark: Mark
    carrier: Carrier

    def applied_to(self, before: Progress) -> Progress:
        return replace(before, taken=self.mark, carrier=self.carrier)


def _take(_order: Order, _command: TakeOffer, mark: Mark, _rules: ShopRules) -> OfferTaken:
    return OfferTaken(mark, Carrier(CarrierKind.COURIER, mark.name, mark.staff_id))


@dataclass(frozen=True, slots=True)
class GiveBack:
    """The courier cannot deliver the order and gives it back; the chiefs find somebody else (R40)."""

    step: ClassVar[Step] = Step.GIVE_BACK
    reason: str = ""


@dataclass(frozen=True, slots=True)
class GaveBack:
    """The courier cannot deliver it; the chiefs decide, and it is no longer offered to all (R40)."""

    step: ClassVar[Step] = Step.GIVE_BACK
    mark: Mark
    reason: str

    def applied_to(self, before: Progress) -> Progress:
        given_back = Handback(self.reason, self.mark)
        return replace(before, offered=None, taken=None, carrier=None, given_back=given_back)


def _give_back(order: Order, command: GiveBack, mark: Mark, _rules: ShopRules) -> GaveBack:
    reason = command.reason.strip()
    if not reason:
        raise Refusal(Reason.HANDBACK_REASON_NEEDED, order.status)
    return GaveBack(mark, reason)


def check_offer(order: Order, actor: Actor) -> None:
    """Refuses an offer that is already taken, and names the person who took it (R40)."""
    progress = order.progress
    if progress.offered is None or progress.carrier is None:
        return
    if progress.carrier.staff_id == actor.staff_id:
        raise Refusal(Reason.ALREADY, order.status)
    if progress.taken is not None:
        raise Refusal(Reason.OFFER_TAKEN, order.status, progress.taken)
    raise Refusal(Reason.OFFER_OVER, order.status)


Command = OfferToCouriers | TakeOffer | GiveBack
Event = OfferedToCouriers | OfferTaken | GaveBack

DECISIONS: Rows[Event] = (
    decided_by(OfferToCouriers, _offer),
    decided_by(TakeOffer, _take),
    decided_by(GiveBack, _give_back),
)

__all__ = [
    "GaveBack",
    "GiveBack",
    "OfferTaken",
    "OfferToCouriers",
    "OfferedToCouriers",
    "TakeOffer",
]
