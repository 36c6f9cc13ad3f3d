import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.config import SandboxConfig, Shop
from tests.sandbox.tools import Json, Sandbox

OTHER = Shop(shop_id=502, name="Другой магазин", token="other-token", webhook_secret="x")


@pytest.fixture
def configure() -> Callable[[SandboxConfig], SandboxConfig]:
    return lambda config: config.model_copy(update={"marketplace": [*config.marketplace, OTHER]})


async def seller(
    sandbox: Sandbox, verb: str, path: str, *, token: str = "demo-seller-token", json: object = None
) -> tuple[int, Json]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with sandbox.http.request(
        verb, f"{sandbox.url}/apiseller/{path}", headers=headers, json=json
    ) as response:
        return response.status, await response.json()


async def move(sandbox: Sandbox, call: str, order_id: int) -> int:
    return (await seller(sandbox, "POST", f"orders/{call}", json={"orderId": order_id}))[0]


async def test_ping_answers_what_was_said_and_makes_errors(sandbox: Sandbox) -> None:
    assert await seller(sandbox, "GET", "ping/check?say=hello", token="") == (200, {"say": "hello"})
    for code in (400, 401, 403, 404, 409, 429, 500):
        status, body = await seller(sandbox, "GET", f"ping/check?say=error{code}", token="")
        assert (status, set(body)) == (code, {"message", "fields", "trace"})
    async with sandbox.http.get(f"{sandbox.url}/apiseller/ping/check?say=error429") as response:
        assert response.headers["x-rate-limit-reset"] == "1"


@pytest.mark.parametrize("token", ["", "wrong"])
async def test_a_wrong_token_is_unauthorized(sandbox: Sandbox, token: str) -> None:
    for verb, path in (("POST", "shops"), ("GET", "orders/list?shopId=501"), ("POST", "orders/accept")):
        status, body = await seller(sandbox, verb, path, token=token, json={})
        assert (status, body) == (401, {"message": "Unauthorized", "fields": [], "trace": None})


async def test_a_token_opens_its_own_shops_only(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order(deliver="none")
    assert (await seller(sandbox, "GET", "orders/list?shopId=501", token="other-token"))[0] == 403
    accepting = await seller(
        sandbox, "POST", "orders/accept", token="other-token", json={"orderId": order.id}
    )
    assert accepting[0] == 403
    view = f"orders/view?shopId=502&orderId={order.id}"
    assert (await seller(sandbox, "GET", view, token="other-token"))[0] == 404
    assert (await seller(sandbox, "GET", "orders/list?shopId=9"))[0] == 404


async def test_shops_are_listed_in_pages_from_zero(sandbox: Sandbox) -> None:
    status, body = await seller(sandbox, "POST", "shops", json={"status": "active", "page": 0, "limit": 10})
    assert (status, body["total"], [shop["shopId"] for shop in body["shops"]]) == (200, 1, [501])
    assert set(body["shops"][0]) == {
        "shopId", "name", "status", "address", "currency", "isVerified", "workingDays",
    }  # fmt: skip
    for asked, total in (({"page": 1}, 1), ({"shopIds": [502]}, 0), ({"status": "disabled"}, 0)):
        body = (await seller(sandbox, "POST", "shops", json=asked))[1]
        assert (body["shops"], body["total"]) == ([], total)
    for wrong in ({"page": -1}, {"limit": 51}, {"status": "x"}):
        status, body = await seller(sandbox, "POST", "shops", json=wrong)
        assert (status, body["fields"][0]["path"]) == (400, next(iter(wrong)))
    assert (await seller(sandbox, "POST", "shops", json=[1]))[0] == 400


async def test_orders_are_listed_newest_first_in_pages_from_one(sandbox: Sandbox) -> None:
    placed = [(await sandbox.people.place_order(deliver="none")).id for _ in range(5)]
    pages = [
        (await seller(sandbox, "GET", f"orders/list?shopId=501&limit=2&page={n}"))[1] for n in (1, 2, 3, 4)
    ]
    assert [[order["id"] for order in page["items"]] for page in pages] == [
        placed[:2:-1], placed[2:0:-1], placed[:1], [],
    ]  # fmt: skip
    assert {page["total"] for page in pages} == {5}
    zero = (await seller(sandbox, "GET", "orders/list?shopId=501&limit=2&page=0"))[1]
    assert zero == pages[0]


async def test_orders_are_filtered(sandbox: Sandbox) -> None:
    usual = await sandbox.people.place_order("asap", deliver="none")
    tomorrow = await sandbox.people.place_order("tomorrow", deliver="none", status=2)
    pickup = await sandbox.people.place_order("pickup", deliver="none")

    async def found(query: str) -> set[int]:
        status, body = await seller(sandbox, "GET", f"orders/list?shopId=501&{query}")
        assert status == 200
        return {order["id"] for order in body["items"]}

    assert await found("status=2") == {tomorrow.id}
    assert await found("deliveryType=4") == {pickup.id}
    assert await found("deliveryTimeType=1") == {usual.id}
    assert await found(f"id={usual.id}") == {usual.id}
    assert await found("CDEK=true") == set()
    today = datetime.now(UTC) + timedelta(hours=3)
    assert await found(f"createdDate={today.date()}") == {usual.id, tomorrow.id, pickup.id}
    assert await found("createdDate=2020-01-01") == set()
    far = (today + timedelta(days=3)).date()
    assert await found(f"deliveryDateFrom={far}") == set()
    assert await found(f"deliveryDateTo={far}&deliveryDateFrom=2020-01-01") == {
        usual.id,
        tomorrow.id,
        pickup.id,
    }
    assert await found("deliveryDateTo=2020-01-01") == set()


@pytest.mark.parametrize("wrong", ["limit=0", "limit=101", "page=x", "createdDate=today", "status=new"])
async def test_a_wrong_filter_is_named(sandbox: Sandbox, wrong: str) -> None:
    status, body = await seller(sandbox, "GET", f"orders/list?shopId=501&{wrong}")
    assert (status, body["fields"][0]["path"]) == (400, wrong.partition("=")[0])


async def test_an_order_goes_through_its_statuses(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order(deliver="none")
    assert [await move(sandbox, call, order.id) for call in ("courierLeft", "finish")] == [409, 409]
    assert [await move(sandbox, call, order.id) for call in ("accept", "accept")] == [200, 409]
    assert [await move(sandbox, call, order.id) for call in ("finish", "courierLeft", "finish")] == [
        409,
        200,
        200,
    ]
    seen = await sandbox.people.order(order.id)
    assert (seen.status, seen.calls[-1]) == (3, "finish")
    status, body = await seller(sandbox, "POST", "orders/accept", json={"orderId": order.id})
    assert (status, body["message"]) == (409, "Order in status 3 does not allow accept")


async def test_a_pickup_needs_no_courier(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order("pickup", deliver="none")
    assert [await move(sandbox, call, order.id) for call in ("accept", "finish")] == [200, 200]


async def test_a_cancelled_order_takes_no_more_calls(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order(deliver="none")
    await sandbox.people.cancel_order(order.id, deliver="none")
    assert await move(sandbox, "accept", order.id) == 409
    assert (await sandbox.people.order(order.id)).status == 1


async def test_unknown_orders_and_missing_ids_are_refused(sandbox: Sandbox) -> None:
    assert await move(sandbox, "accept", 1) == 404
    for path in ("orders/view?shopId=501", "orders/view?orderId=1", "orders/list"):
        assert (await seller(sandbox, "GET", path))[0] == 400
    assert (await seller(sandbox, "GET", "orders/view?shopId=501&orderId=1"))[0] == 404
    assert (await seller(sandbox, "POST", "orders/accept", json={"orderId": "1"}))[0] == 400


async def test_a_view_gives_the_order_and_is_counted(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order(deliver="none")
    status, body = await seller(sandbox, "GET", f"orders/view?shopId=501&orderId={order.id}")
    assert (status, body) == (200, order.order)
    assert (await sandbox.people.order(order.id)).calls == ["view"]


async def test_the_driver_hears_of_calls_as_they_come(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order(deliver="none")
    waiting = asyncio.create_task(sandbox.people.wait_order(order.id, lambda seen: "view" in seen.calls))
    await asyncio.sleep(0.02)
    await seller(sandbox, "GET", f"orders/view?shopId=501&orderId={order.id}")
    assert (await waiting).calls == ["view"]


async def test_an_order_that_vanished_is_shown_nowhere_until_it_is_back(sandbox: Sandbox) -> None:
    placed = await sandbox.people.place_order(deliver="none")
    gone = await sandbox.people.vanish_order(placed.id)

    assert gone.vanished
    assert (await seller(sandbox, "GET", f"orders/view?shopId=501&orderId={placed.id}"))[0] == 404
    assert (await seller(sandbox, "GET", "orders/list?shopId=501"))[1] == {"items": [], "total": 0}
    assert await move(sandbox, "accept", placed.id) == 404

    await sandbox.people.vanish_order(placed.id, gone=False)
    assert (await seller(sandbox, "GET", "orders/list?shopId=501"))[1]["total"] == 1
