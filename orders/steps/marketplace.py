"""What the marketplace has of the order, and doubts about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.order import Doubt, DoubtKind, Mark, Order
from orders.model.people import Role
from orders.model.photo import Seen
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Status, Step, is_further
from orders.order.marketplace_backlog import lacks_photo_still
from orders.steps.decisions import BesideProgress, Rows, decided_by
from orders.steps.photos import with_seen


@dataclass(frozen=True, slots=True)
class MarketplaceHas:
    """The marketplace has this status: it accepted a call, reports it, or a person marked it in its app."""

    step: ClassVar[Step] = Step.MARKETPLACE_HAS
    status: Status


@dataclass(frozen=True, slots=True)
class MarketplaceTold(BesideProgress):
    """The marketplace is now known to have this status."""

    step: ClassVar[Step] = Step.MARKETPLACE_HAS
    mark: Mark
    status: Status

    def recorded_in(self, order: Order) -> Order:
        """With the newest photo at the marketplace, the client can see it (X20)."""
        photos = order.progress.photos
        is_told_later = order.marketplace_status is not None and is_further(
            order.marketplace_status, self.status
        )
        known = order if is_told_later else replace(order, marketplace_status=self.status)
        if self.status is not Status.PHOTO or not photos or order.photo_seen_from is not None:
            return known
        return with_seen(known, Seen(photos[-1].sha256, self.mark))


def _marketplace_has(order: Order, command: MarketplaceHas, mark: Mark, _rules: ShopRules) -> MarketplaceTold:
    """People can say it only of a marketplace order, and only up to the order's own status."""
    known = order.marketplace_status
    if mark.role is not Role.MARKETPLACE and (known is None or is_further(command.status, order.status)):
        raise Refusal(Reason.NOT_NOW, order.status)
    is_newer_photo = order.is_photo_unseen and known is Status.PHOTO
    is_of_photo = command.status is Status.PHOTO and mark.role is not Role.MARKETPLACE
    if is_of_photo and (is_newer_photo or lacks_photo_still(order)):
        return MarketplaceTold(mark, command.status)
    if known is not None and not is_further(command.status, known):
        raise Refusal(Reason.ALREADY, order.status)
    return MarketplaceTold(mark, command.status)


@dataclass(frozen=True, slots=True)
class RaiseDoubt:
    """The marketplace's answer leaves open whether the order is cancelled; a person has to decide."""

    step: ClassVar[Step] = Step.RAISE_DOUBT
    kind: DoubtKind
    code: str = ""


@dataclass(frozen=True, slots=True)
class DoubtRaised(BesideProgress):
    """The marketplace does not return the order, or returns an unknown status."""

    step: ClassVar[Step] = Step.RAISE_DOUBT
    mark: Mark
    doubt: DoubtKind
    code: str

    def recorded_in(self, order: Order) -> Order:
        return replace(order, doubt=Doubt(self.doubt, self.code, self.mark))


def _raise_doubt(order: Order, command: RaiseDoubt, mark: Mark, _rules: ShopRules) -> DoubtRaised:
    """The same doubt is not raised twice."""
    doubt = order.doubt
    if doubt is not None and (doubt.kind, doubt.code) == (command.kind, command.code):
        raise Refusal(Reason.ALREADY, order.status)
    return DoubtRaised(mark, command.kind, command.code)


@dataclass(frozen=True, slots=True)
class CarryOn:
    """The order is not cancelled, which settles the doubt; if it is, `Cancel` is used."""

    step: ClassVar[Step] = Step.CARRY_ON


@dataclass(frozen=True, slots=True)
class CarriedOn(BesideProgress):
    """A person decided to carry on."""

    step: ClassVar[Step] = Step.CARRY_ON
    mark: Mark

    def recorded_in(self, order: Order) -> Order:
        doubt = replace(order.doubt, settled=self.mark) if order.doubt else None
        return replace(order, doubt=doubt)


def _carry_on(order: Order, _command: CarryOn, mark: Mark, _rules: ShopRules) -> CarriedOn:
    if order.doubt is None:
        raise Refusal(Reason.NOT_NOW, order.status)
    if order.doubt.settled is not None:
        raise Refusal(Reason.ALREADY, order.status, order.doubt.settled)
    return CarriedOn(mark)


Command = MarketplaceHas | RaiseDoubt | CarryOn
Event = MarketplaceTold | DoubtRaised | CarriedOn

DECISIONS: Rows[Event] = (
    decided_by(MarketplaceHas, _marketplace_has),
    decided_by(RaiseDoubt, _raise_doubt),
    decided_by(CarryOn, _carry_on),
)

__all__ = [
    "CarriedOn",
    "CarryOn",
    "DoubtRaised",
    "MarketplaceHas",
    "MarketplaceTold",
    "RaiseDoubt",
]
