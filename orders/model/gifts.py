"""Free gifts with an order: a small gift (R85), or a plain card in place of the branded one (R77)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from orders.model.money import Money
from orders.model.people import Mark
from orders.model.status import Step


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift. `cost` to the shop, None if not counted. `is_card`: it replaces the branded card."""

    name: str
    cost: Money | None
    given: Mark
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class GiveGift:
    """Add a gift to the order's checklist."""

    step: ClassVar[Step] = Step.GIVE_GIFT
    name: str = ""
    cost: Money | None = None
    is_card: bool = False


@dataclass(frozen=True, slots=True)
class TakeGiftOut:
    """Remove the last gift, which was added by mistake."""

    step: ClassVar[Step] = Step.TAKE_GIFT_OUT


@dataclass(frozen=True, slots=True)
class GiftGiven:
    """A gift was added to the order."""

    step: ClassVar[Step] = Step.GIVE_GIFT
    mark: Mark
    name: str
    cost: Money | None
    is_card: bool


@dataclass(frozen=True, slots=True)
class GiftTakenOut:
    """A gift was removed from the order."""

    step: ClassVar[Step] = Step.TAKE_GIFT_OUT
    mark: Mark
    name: str


GiftCommand = GiveGift | TakeGiftOut
GiftEvent = GiftGiven | GiftTakenOut
