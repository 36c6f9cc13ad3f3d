"""The marketplace's state: orders, products, and the webhooks about orders."""

import copy
import itertools
import uuid
from dataclasses import dataclass, field
from typing import Any

from sandbox.config import SandboxConfig, Shop
from sandbox.events import EventLog
from sandbox.faults.injector import Faults
from sandbox.marketplace.catalogue import Catalogue
from sandbox.marketplace.webhooks import Courier, Webhook

FIRST_ORDER_ID = 25_836_184


@dataclass
class MarketOrder:
    """An order at the marketplace; `raw` is the JSON that `view` returns."""

    shop: Shop
    raw: dict[str, Any]
    cancelled: bool = False
    vanished: bool = False
    calls: list[str] = field(default_factory=list)
    webhooks: list[Webhook] = field(default_factory=list)

    @property
    def id(self) -> int:
        """The order's number."""
        return int(self.raw["id"])

    def as_json(self) -> dict[str, Any]:
        """Return the order for the control interface."""
        return {
            "id": self.id,
            "shop": self.shop.shop_id,
            "status": self.raw.get("status"),
            "cancelled": self.cancelled,
            "vanished": self.vanished,
            "order": self.raw,
            "calls": self.calls,
            "webhooks": [webhook.as_json() for webhook in self.webhooks],
        }


class Market:
    """All orders and products of all shops."""

    def __init__(self, config: SandboxConfig, events: EventLog, faults: Faults) -> None:
        self.config = config
        self.events = events
        self.orders: dict[int, MarketOrder] = {}
        self.goods = {
            shop.shop_id: Catalogue.of(shop.shop_id, shop.currency, events) for shop in config.marketplace
        }
        self.courier = Courier(faults)
        self._ids = itertools.count(FIRST_ORDER_ID)

    def shop(self, shop_id: int) -> Shop | None:
        """Find a shop by its id."""
        return next((shop for shop in self.config.marketplace if shop.shop_id == shop_id), None)

    def shops_of(self, token: str) -> list[Shop]:
        """Return the shops to which a seller's token gives access."""
        return [shop for shop in self.config.marketplace if shop.token == token]

    def place(self, shop: Shop, fields: dict[str, Any]) -> MarketOrder:
        """Add an order with the next number."""
        raw = {"id": next(self._ids), "shopId": shop.shop_id, **copy.deepcopy(fields)}
        order = MarketOrder(shop, raw)
        self.orders[order.id] = order
        self.tell(order)
        return order

    def change(self, order: MarketOrder, fields: dict[str, Any]) -> None:
        """Change fields of an order, except its number and shop."""
        order.raw |= {name: value for name, value in fields.items() if name not in {"id", "shopId"}}
        self.tell(order)

    def called(self, order: MarketOrder, call: str) -> None:
        """Record a call of the seller about an order."""
        order.calls.append(call)
        self.tell(order)

    def cancel(self, order: MarketOrder, status: int | None = None) -> None:
        """Cancel for the client. The real status code is unknown, so none is set unless `status` is given."""
        order.cancelled = True
        if status is not None:
            order.raw["status"] = status
        self.tell(order)

    def vanish(self, order: MarketOrder, *, gone: bool = True) -> None:
        """Hide the order from the seller, as happens to some cancelled orders, or show it again."""
        order.vanished = gone
        self.tell(order)

    def seen(self, order_id: int) -> MarketOrder | None:
        """Find an order that is not hidden from its seller."""
        order = self.orders.get(order_id)
        return None if order is None or order.vanished else order

    def announce(self, order: MarketOrder, event: str) -> Webhook:
        """Send a new webhook about an order."""
        body = {
            "uuid": str(uuid.uuid4()),
            "event": event,
            "shopId": order.shop.shop_id,
            "order": {"id": order.id},
        }
        webhook = Webhook.about(order.shop, body)
        order.webhooks.append(webhook)
        self.courier.send(webhook, lambda: self.tell(order))
        return webhook

    def resend(self, order: MarketOrder) -> Webhook | None:
        """Send the last webhook about an order again, with identical bytes."""
        if not order.webhooks:
            return None
        webhook = order.webhooks[-1]
        self.courier.send(webhook, lambda: self.tell(order))
        return webhook

    def tell(self, order: MarketOrder) -> None:
        """Add an event about a new or changed order."""
        self.events.add("order", {"order": order.as_json()})

    async def close(self) -> None:
        """Stop pending deliveries of webhooks."""
        await self.courier.close()
