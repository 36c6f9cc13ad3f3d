"""An order as seen by one viewer at one time, with the viewer's rights."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from markupsafe import Markup

from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import clean
from messages.ui import limits
from messages.ui.available_actions import Steps
from messages.ui.people import signed
from orders.access.order_access import parties
from orders.access.privacy import Secret, readable
from orders.delivery.spare_couriers import SpareCourier
from orders.model.order import Mark, Order
from orders.model.people import Actor, Party
from orders.model.rules import ShopRules
from orders.money.reconciliation import RealPayout


@dataclass(frozen=True)
class Look:
    """The data from which a card's lines are made."""

    order: Order
    viewer: Actor
    rules: ShopRules
    now: datetime
    t: Translator
    real: RealPayout | None = None
    """The marketplace's real payout, once its reports contain it."""
    carrier_phone: str = ""
    """The phone of the shop's own courier, for chiefs only."""
    spares: tuple[SpareCourier, ...] = ()
    """The shop's spare couriers, during a courier search."""

    @cached_property
    def standing(self) -> frozenset[Party]:
        return parties(self.order, self.viewer)

    @cached_property
    def steps(self) -> Steps:
        """Which steps are open to the viewer, and why others are not."""
        return Steps(self.order, self.viewer, self.rules, self.now)

    @cached_property
    def _readable(self) -> frozenset[Secret]:
        return readable(self.order, self.viewer)

    @property
    def is_chief(self) -> bool:
        return bool(self.standing & {Party.DIRECTOR, Party.MANAGER})

    def may(self, secret: Secret) -> bool:
        return secret in self._readable

    @property
    def only_carries(self) -> bool:
        """Whether the viewer is this order's courier and has no other role in it."""
        return self.standing == {Party.CARRIER}

    @property
    def address_to_find(self) -> str:
        """The address for a map, if the viewer may read it."""
        if not self.may(Secret.ADDRESS):
            return ""
        return clean(self.order.details.address, limits.MAP_QUERY)

    def signed(self, mark: Mark) -> Markup:
        return signed(mark, self.rules, self.now, self.t)

    def filled(self, fields: Iterable[tuple[str, str, int]]) -> list[Markup]:
        """A line for each (text key, field, limit) whose field is not empty."""
        cleaned = [(key, clean(text, limit)) for key, text, limit in fields]
        return [self.t(key, text=text) for key, text in cleaned if text]
