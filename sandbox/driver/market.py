"""What clients and the marketplace do, for tests."""

import json
from collections.abc import Callable
from typing import Any

from sandbox.driver.seen import PlacedOrder, WebhookAnswer
from sandbox.driver.wire import PATIENCE, Wire


class MarketDriver:
    """Places, changes and cancels orders, and looks at what the marketplace got."""

    _wire: Wire

    async def samples(self) -> list[str]:
        """Give the keys of the sample orders."""
        return [sample["key"] for sample in (await self._wire.get("marketplace/samples"))["samples"]]

    async def place_order(
        self,
        sample: str = "bouquet",
        *,
        shop: int | None = None,
        deliver: str = "webhook",
        **fields: Any,  # noqa: ANN401 - fields of the order, of any type
    ) -> PlacedOrder:
        """Place a sample order with `fields` over its own; `deliver="none"` keeps the webhook back."""
        body = {"sample": sample, "shop": shop, "deliver": deliver, "order": fields}
        return PlacedOrder.read(await self._wire.post("marketplace/orders", body))

    async def orders(self) -> list[PlacedOrder]:
        """Give all orders, newest first."""
        return [PlacedOrder.read(data) for data in (await self._wire.get("marketplace/orders"))["orders"]]

    async def order(self, order_id: int) -> PlacedOrder:
        """Give one order with the calls the marketplace got for it."""
        return PlacedOrder.read(await self._wire.get(f"marketplace/orders/{order_id}"))

    async def wait_order(
        self,
        order_id: int,
        predicate: Callable[[PlacedOrder], bool],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test's patience
    ) -> PlacedOrder:
        """Wait until an order at the marketplace fits, such as `lambda order: "accept" in order.calls`."""

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
        """Let the marketplace show an order to its seller no more, or again: of why it says nothing."""
        return PlacedOrder.read(
            await self._wire.post(f"marketplace/orders/{order_id}/vanish", {"gone": gone})
        )

    async def raw_webhook(self, body: str | dict[str, Any], signature: str | None = None) -> WebhookAnswer:
        """Post any body with any signature to the shop's webhook, once."""
        text = body if isinstance(body, str) else json.dumps(body)
        answer = await self._wire.post("marketplace/raw-webhook", {"body": text, "signature": signature})
        return WebhookAnswer(answer["status"], answer["text"])
