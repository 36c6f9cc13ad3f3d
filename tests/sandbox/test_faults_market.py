from typing import Any

import aiohttp
import pytest

from sandbox.config import DEMO_SELLER_TOKEN
from tests.sandbox.tools import Receiver, Sandbox

HEADERS = {"Authorization": f"Bearer {DEMO_SELLER_TOKEN}"}


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.marketplace.webhooks.PAUSES", (0.01,) * 5)


async def accept(met: Sandbox, order_id: int) -> tuple[int, Any]:
    """Accept an order as the seller, status 0 where the connection breaks."""
    url = f"{met.url}/apiseller/orders/accept"
    try:
        async with met.http.post(url, json={"orderId": order_id}, headers=HEADERS) as response:
            body = await response.json() if response.content_type == "application/json" else None
            return response.status, body
    except aiohttp.ClientError:
        return 0, None


@pytest.mark.parametrize(
    ("fault", "status", "accepted"),
    [
        ("429", 429, False),
        ("500", 500, False),
        ("502", 502, False),
        ("timeout_before", 0, False),
        ("timeout_after", 0, True),
        ("drop_before", 0, False),
        ("drop_after", 0, True),
        ("slow", 200, True),
    ],
)
async def test_a_sellers_call_meets_each_fault(met: Sandbox, fault: str, status: int, accepted: bool) -> None:
    placed = await met.people.place_order(deliver="none")
    await met.people.faults(timeout_seconds=0.05, marketplace={fault: 1, "slow_seconds": 0.01})
    assert (await accept(met, placed.id))[0] == status
    order = await met.people.order(placed.id)
    assert order.calls == (["accept"] if accepted else [])
    assert (order.status == 2) is accepted
    assert (await met.people.fault_counts()).made["marketplace"] == {fault: {"orders/accept": 1}}


async def test_refusals_have_the_marketplaces_shape(met: Sandbox) -> None:
    await met.people.faults(marketplace={"500": 1})
    assert (await accept(met, 1))[1] == {"message": "Internal Server Error", "fields": [], "trace": None}
    await met.people.faults(marketplace={"429": 1})
    url = f"{met.url}/apiseller/orders/list"
    async with met.http.get(url, params={"shopId": 501}, headers=HEADERS) as response:
        assert response.status == 429
        assert response.headers["x-rate-limit-reset"] == "1"


async def test_the_bots_telegram_does_not_meet_the_marketplaces_faults(met: Sandbox) -> None:
    await met.people.faults(marketplace={"500": 1})
    assert (await met.call("getMe"))["ok"] is True


async def test_a_lost_answer_brings_the_same_webhook_again(met: Sandbox, receiver: Receiver) -> None:
    await met.people.faults(webhooks={"drop_answer": 1})
    placed = await met.people.place_order()
    assert placed.webhook_status is None
    first = (await receiver.wait_for(2))[:2]
    await met.people.faults()
    order = await met.people.wait_order(placed.id, lambda seen: seen.webhooks[0]["statuses"][-1] == 200)
    assert first[0].body == first[1].body
    assert set(order.webhooks[0]["statuses"]) == {None, 200}


async def test_a_doubled_webhook_comes_twice_though_it_was_taken(met: Sandbox, receiver: Receiver) -> None:
    await met.people.faults(webhooks={"double": 1})
    placed = await met.people.place_order()
    got = await receiver.wait_for(2)
    assert (got[0].body, got[0].headers["X-Webhook-Signature"]) == (
        got[1].body,
        got[1].headers["X-Webhook-Signature"],
    )
    order = await met.people.wait_order(placed.id, lambda seen: len(seen.webhooks[0]["statuses"]) == 2)
    assert order.webhooks[0]["statuses"] == [200, 200]
    assert (await met.people.fault_counts()).made["webhooks"] == {"double": {"order.paid": 1}}


async def test_a_webhook_that_is_lost_never_comes(met: Sandbox, receiver: Receiver) -> None:
    await met.people.faults(webhooks={"lose": 1})
    lost = await met.people.place_order()
    await met.people.faults()
    placed = await met.people.place_order()

    assert (lost.webhook_status, lost.webhooks[0]["statuses"]) == (None, [None])
    (got,) = await receiver.wait_for(1)
    assert str(placed.id).encode() in got.body


async def test_the_fate_of_webhooks_goes_by_the_seed(met: Sandbox, receiver: Receiver) -> None:
    runs = []
    for _ in range(2):
        await met.people.faults(4, webhooks={"double": 0.5})
        for _ in range(12):
            await met.people.place_order()
        runs.append((await met.people.fault_counts()).of("webhooks"))
    assert runs[0] == runs[1]
    assert 0 < runs[0] < 12
