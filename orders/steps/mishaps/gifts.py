"""Free gifts with an order (R85), or a plain card in place of the branded one (R77)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orders.model.gifts import Gift
from orders.model.money import Money
from orders.model.order import Mark, Order
from orders.model.refusals import Reason, Refusal
from orders.model.rules import ShopRules
from orders.model.status import Step
from orders.steps.decisions import BesideProgress, Rows, decided_by

MOST_GIFTS = 5


@dataclass(frozen=True, slots=True)
class GiveGift:
    """Add a gift to the order's checklist."""

    step: ClassVar[Step] = Step.GIVE_GIFT
    name: str = ""
    cost: Money | None = None
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class GiftGiven(BesideProgress):
    """A gift was added to the order."""

    step: ClassVar[Step] = Step.GIVE_GIFT
    mark: Mark
    name: str
    cost: Money | None
    is_card: bool

    def recorded_in(self, order: Order) -> Order:
        return replace(order, gifts=(*order.gifts, Gift(self.name, self.cost, self.mark, self.is_card)))


def _give(order: Order, command: GiveGift, mark: Mark, _rules: ShopRules) -> GiftGiven:
    name = command.name.strip()
    cards = [one for one in order.gifts if one.is_card]
    if command.is_card and cards:
        raise Refusal(Reason.ALREADY, order.status, cards[0].given)
    if len(order.gifts) >= MOST_GIFTS or not (name or command.is_card):
        raise Refusal(Reason.NOT_NOW, order.status)
    return GiftGiven(mark, name, command.cost, command.is_card)


@dataclass(frozen=True, slots=True)
class TakeGiftOut:
    """Remove the last gift, which was added by mistake."""

    step: ClassVar[Step] = Step.TAKE_GIFT_OUT


@dataclass(frozen=True, slots=True)
class GiftTakenOut(BesideProgress):
    """A gift was removed from the order."""

    step: ClassVar[Step] = Step.TAKE_GIFT_OUT
    mark: Mark
    name: str

    def recorded_in(self, order: Order) -> Order:
        return replace(order, gifts=order.gifts[:-1])


def _take_out(order: Order, _command: TakeGiftOut, mark: Mark, _rules: ShopRules) -> GiftTakenOut:
    if not order.gifts:
        raise Refusal(Reason.NOT_NOW, order.status)
    return GiftTakenOut(mark, order.gifts[-1].name)


Command = GiveGift | TakeGiftOut
Event = GiftGiven | GiftTakenOut

DECISIONS: Rows[Event] = (
    decided_by(GiveGift, _give),
    decided_by(TakeGiftOut, _take_out),
)

__all__ = [
    "GiftGiven",
    "GiftTakenOut",
    "GiveGift",
    "TakeGiftOut",
]
