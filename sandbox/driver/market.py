"""Actions of clients and of the marketplace, for tests."""

import json
from collections.abc import Callable
from typing import Any

from sandbox.driver.seen import PlacedOrder, WebhookAnswer
from sandbox.driver.wire import PATIENCE, Wire


class MarketDriver:
    """Places, changes and cancels orders, and reads the calls that the marketplace received."""

    _wire: Wire

    async def samples(self) -> list[str]:
        """Return the keys of the sample orders."""
        return [sample["key"] for sample in (await self._wire.get("marketplace/samples"))["samples"]]

    async def place_order(
        self,
        sample: str = "bouquet",
        *,
        shop: int | None = None,
        deliver: str = "webhook",
        **fields: Any,  # noqa: ANN401 - fields of the order, of any type
    ) -> PlacedOrder:
        """Place a sample order with `fields` overridden; `deliver="none"` sends no webhook."""
        body = {"sample": sample, "shop": shop, "deliver": deliver, "order": fields}
        return PlacedOrder.read(await self._wire.post("marketplace/orders", body))

    async def orders(self) -> list[PlacedOrder]:
        """Return all orders, newest first."""
        return [PlacedOrder.read(data) for data in (await self._wire.get("marketplace/orders"))["orders"]]

    async def order(self, order_id: int) -> PlacedOrder:
        """Return one order with the calls that the marketplace received for it."""
        return PlacedOrder.read(await self._wire.get(f"marketplace/orders/{order_id}"))

    async def wait_order(
        self,
        order_id: int,
        predicate: Callable[[PlacedOrder], bool],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test's patience
    ) -> PlacedOrder:
        """Wait until an order fulfils the predicate, such as `lambda order: "accept" in order.calls`."""

        async def look() -> PlacedOrder | None:
            order = await self.order(order_id)
            return order if predicate(order) else None

        found = await self._wire.until(look, timeout)
        if found is None:
            order = await self.order(order_id)
            raise AssertionError(
                f"waited {timeout:g} s in vain for order {order_id} to fit; status {order.status}, "
                f"cancelled {order.cancelled}, calls {order.calls}, webhooks {order.webhooks}"
            )
        return found

    async def cancel_order(
        self, order_id: int, *, status: int | None = None, deliver: str = "webhook"
    ) -> PlacedOrder:
        """Let the client cancel; `status` also sets a status code."""
        body = {"status": status, "deliver": deliver}
        return PlacedOrder.read(await self._wire.post(f"marketplace/orders/{order_id}/cancel", body))

    async def resend_webhook(self, order_id: int) -> PlacedOrder:
        """Send the order's last webhook again, with the same uuid."""
        return PlacedOrder.read(await self._wire.post(f"marketplace/orders/{order_id}/resend"))

    async def change_order(self, order_id: int, **fields: Any) -> PlacedOrder:  # noqa: ANN401 - as in place_order
        """Change fields of an order at the marketplace."""
        return PlacedOrder.read(await self._wire.patch(f"marketplace/orders/{order_id}", fields))

    async def vanish_order(self, order_id: int, *, gone: bool = True) -> PlacedOrder:
        """Hide an order from its seller without a reason, or show it again."""
        return PlacedOrder.read(
            await self._wire.post(f"marketplace/orders/{order_id}/vanish", {"gone": gone})
        )

    async def raw_webhook(self, body: str | dict[str, Any], signature: str | None = None) -> WebhookAnswer:
        """Post any body with any signature to the shop's webhook, without retries."""
        text = body if isinstance(body, str) else json.dumps(body)
        answer = await self._wire.post("marketplace/raw-webhook", {"body": text, "signature": signature})
        return WebhookAnswer(answer["status"], answer["text"])
