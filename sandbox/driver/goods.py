"""The marketplace's products, for tests."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.driver.wire import PATIENCE, Wire


@dataclass(frozen=True)
class SeenGoods:
    """A shop's products at the marketplace, and the API calls about them."""

    products: list[dict[str, Any]]
    calls: list[dict[str, Any]]

    def product(self, name: str) -> dict[str, Any]:
        """Return the product whose name starts with `name`. Raises AssertionError."""
        for product in self.products:
            if product["name"].startswith(name):
                return product
        raise AssertionError(f"no product {name!r}; there are {[one['name'] for one in self.products]}")

    @property
    def hidden(self) -> set[str]:
        """Names of the products hidden from clients."""
        return {product["name"] for product in self.products if not product["isActive"]}

    def called(self, call: str) -> list[dict[str, Any]]:
        """Return the offers in all calls of this name."""
        return [offer for one in self.calls if one["call"] == call for offer in one["offers"]]


class GoodsDriver:
    """Reads and changes products, as in the marketplace's app."""

    _wire: Wire

    async def goods(self) -> SeenGoods:
        """Return the products of the first shop."""
        seen = await self._wire.get("marketplace/goods")
        return SeenGoods(seen["products"], seen["calls"])

    async def put_product(self, product_id: int, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any field
        """Add or change a product; `refusal` is the reason for which the marketplace refuses to change it."""
        return await self._wire.patch(f"marketplace/goods/{product_id}", fields)

    async def wait_goods(
        self,
        predicate: Callable[[SeenGoods], bool],
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test's patience
    ) -> SeenGoods:
        """Wait until the products fulfil the predicate. Raises AssertionError on timeout."""

        async def look() -> SeenGoods | None:
            seen = await self.goods()
            return seen if predicate(seen) else None

        found = await self._wire.until(look, timeout)
        if found is None:
            seen = await self.goods()
            raise AssertionError(
                f"waited {timeout:g} s in vain for the goods to fit; hidden {sorted(seen.hidden)}, "
                f"calls {seen.calls}"
            )
        return found
