"""Free gifts with an order: a small gift (R85), or a plain card in place of the branded one (R77)."""

from __future__ import annotations

from dataclasses import dataclass

from orders.model.money import Money
from orders.model.people import Mark


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift. `cost` to the shop, None if not counted. `is_card`: it replaces the branded card."""

    name: str
    cost: Money | None
    given: Mark
    is_card: bool = False
