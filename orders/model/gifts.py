"""What the shop gives with an order free of charge: a small gift (R85), or any card at hand (R77)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.money import Money
from orders.model.people import Mark
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class Gift:
    """`cost` is the shop's own, None where it is not counted. `is_card`: in place of the branded card."""

    name: str
    cost: Money | None
    given: Mark
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class GiveGift:
    """Put it on the tick list of the order."""

    step: ClassVar[Step] = Step.GIVE_GIFT
    name: str = ""
    cost: Money | None = None
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class TakeGiftOut:
    """The last one was a mistake."""

    step: ClassVar[Step] = Step.TAKE_GIFT_OUT


@dataclass(frozen=True, slots=True)
class GiftGiven:
    """It goes with the order."""

    step: ClassVar[Step] = Step.GIVE_GIFT
    mark: Mark
    name: str
    cost: Money | None
    is_card: bool


@dataclass(frozen=True, slots=True)
class GiftTakenOut:
    """It does not go with the order after all."""

    step: ClassVar[Step] = Step.TAKE_GIFT_OUT
    mark: Mark
    name: str


GiftCommand = GiveGift | TakeGiftOut
GiftEvent = GiftGiven | GiftTakenOut
