"""Our client and the local marketplace speak the same language, and it is the one that was recorded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from flowwow.api.client import Patience, SellerApi
from flowwow.api.errors import (
    Forbidden,
    MarketplaceError,
    NotFound,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
)
from flowwow.order.parse import Reading, parse
from flowwow.order.status_codes import seen_status
from orders.model.status import Status
from sandbox.app import make_app
from sandbox.config import DEMO_SELLER_TOKEN, Shop, demo_config
from sandbox.driver import SandboxDriver
from sandbox.marketplace.samples import SAMPLES
from tests.flowwow.samples import raw_order
from tests.flowwow.shapes import ErrorShape, OrderShape, OrdersShape, ShopsShape
from tests.sandbox.tools import serve

SHOP = 501
QUICK = Patience(attempts=2, timeout=5, first_pause=0.01)
INCOMPLETE = {"sparse", "hostile"}
"""Samples of what the marketplace may leave out or let through, against its own descriptions."""


@dataclass(frozen=True, slots=True)
class Both:
    """The client, and the people at the other end."""

    api: SellerApi
    people: SandboxDriver
    url: str

    async def refused(self, path: str, body: object) -> ErrorShape:
        """The body of a refusal, as it came."""
        headers = {"Authorization": f"Bearer {DEMO_SELLER_TOKEN}"}
        url = f"{self.url}/apiseller/{path}"
        async with aiohttp.ClientSession() as http, http.post(url, json=body, headers=headers) as answer:
            return ErrorShape.model_validate_json(await answer.read())

    async def raw(self, path: str) -> bytes:
        headers = {"Authorization": f"Bearer {DEMO_SELLER_TOKEN}"}
        async with (
            aiohttp.ClientSession(headers=headers) as http,
            http.get(f"{self.url}/apiseller/{path}") as a,
        ):
            return await a.read()


@pytest.fixture
async def both() -> AsyncIterator[Both]:
    config = demo_config("http://127.0.0.1:9")
    other = Shop(shop_id=502, name="Роза", token="another-token", webhook_secret="x")
    runner, url = await serve(
        make_app(config.model_copy(update={"marketplace": [*config.marketplace, other]}))
    )
    async with SandboxDriver(url) as people, SellerApi(url, DEMO_SELLER_TOKEN, QUICK) as api:
        yield Both(api, people, url)
    await runner.cleanup()


async def test_an_order_goes_through_all_calls_and_shows_where_it_is(both: Both) -> None:
    placed = await both.people.place_order(deliver="none")
    seen = [seen_status(await both.api.view(SHOP, placed.id))]
    for call in (both.api.accept, both.api.courier_left, both.api.finish):
        await call(placed.id)
        seen.append(seen_status(await both.api.view(SHOP, placed.id)))
    assert seen == [Status.NEW, Status.ACCEPTED, Status.COURIER_LEFT, Status.DONE]
    assert (await both.people.order(placed.id)).called == {"accept": 1, "courierLeft": 1, "finish": 1}


async def test_a_call_that_came_already_is_refused_with_its_reason(both: Both) -> None:
    placed = await both.people.place_order(deliver="none")
    await both.api.accept(placed.id)
    with pytest.raises(Rejected) as refused:
        await both.api.accept(placed.id)
    assert refused.value.status == 409
    assert "does not allow accept" in refused.value.message
    assert [path for path, _what in refused.value.fields] == ["orderId"]
    for order_id in (placed.id, "x"):
        (field,) = (await both.refused("orders/accept", {"orderId": order_id})).fields
        assert field.path == "orderId"


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (400, Rejected),
        (401, Unauthorized),
        (403, Forbidden),
        (404, NotFound),
        (409, Rejected),
        (500, Unavailable),
    ],
)
async def test_every_provoked_error_is_understood(
    both: Both, code: int, error: type[MarketplaceError]
) -> None:
    with pytest.raises(error):
        await both.api.ping(f"error{code}")
    body = ErrorShape.model_validate_json(await both.raw(f"ping/check?say=error{code}"))
    assert str(code) in body.message


async def test_tokens_open_their_own_shops_only(both: Both) -> None:
    placed = await both.people.place_order(deliver="none")
    async with SellerApi(both.url, "another-token", QUICK) as stranger:
        with pytest.raises(Forbidden):
            await stranger.accept(placed.id)
    async with SellerApi(both.url, "no-such-token", QUICK) as nobody:
        with pytest.raises(Unauthorized):
            await nobody.accept(placed.id)
    with pytest.raises(NotFound):
        await both.api.accept(1)


async def test_a_limit_names_its_pause_and_a_lost_answer_leaves_the_order_accepted(both: Both) -> None:
    placed = await both.people.place_order(deliver="none")
    await both.people.faults(marketplace={"429": 1})
    with pytest.raises(RateLimited) as limited:
        await both.api.accept(placed.id)
    assert limited.value.retry_after == 5
    await both.people.faults(marketplace={"drop_after": 1})
    with pytest.raises(Unavailable):
        await both.api.accept(placed.id)
    await both.people.faults(marketplace={"slow": 1, "slow_seconds": 0.05})
    assert seen_status(await both.api.view(SHOP, placed.id)) is Status.ACCEPTED


async def test_the_shop_is_listed_as_recorded(both: Both) -> None:
    page = await both.api.shops()
    assert [(shop.id, shop.status, shop.is_verified) for shop in page.items] == [(SHOP, "active", True)]
    headers = {"Authorization": f"Bearer {DEMO_SELLER_TOKEN}"}
    asked = {"status": "active", "page": 0, "limit": 50}
    url = f"{both.url}/apiseller/shops"
    async with aiohttp.ClientSession() as http, http.post(url, json=asked, headers=headers) as answer:
        assert ShopsShape.model_validate_json(await answer.read()).total == 1


@pytest.mark.parametrize("sample", [key for key in SAMPLES if key not in INCOMPLETE])
async def test_every_order_of_the_local_marketplace_has_the_recorded_shape(both: Both, sample: str) -> None:
    placed = await both.people.place_order(sample, deliver="none")
    raw = await both.api.view(SHOP, placed.id)
    OrderShape.model_validate(raw)
    assert parse(raw, Reading()).doubts == ()
    OrdersShape.model_validate_json(await both.raw(f"orders/list?shopId={SHOP}&limit=100"))


def test_the_samples_of_our_tests_have_the_recorded_shape() -> None:
    OrderShape.model_validate(raw_order())
