import asyncio
import hashlib
import hmac
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web
from PIL import Image

from sandbox.config import SandboxConfig, Shop
from sandbox.marketplace.samples import SAMPLES, sample_fields
from tests.sandbox.tools import Receiver, Sandbox

FIELDS = {
    "createdDate", "status", "price", "deliveryType", "deliveryTimeType", "deliveryDateFrom",
    "deliveryDateTo", "address", "courierInfo", "shopAdditionalInfo", "comment", "message",
    "photoBeforeUrl", "photoAfterUrl", "sourceHost", "user", "recipient", "products",
}  # fmt: skip
PRODUCT_FIELDS = {
    "offerId", "productId", "type", "categoryId", "subCategoryId", "name", "description", "price",
    "discount", "currencyCode", "count", "cost", "sum", "images", "selectedProperties",
}  # fmt: skip
SHOP = Shop(shop_id=1, name="x", token="x", webhook_secret="x", currency="KZT", timezone="Asia/Almaty")
AWAY = SHOP.model_copy(update={"shop_id": 502, "webhook_url": "http://127.0.0.1:1/flowwow"})
NOWHERE = SHOP.model_copy(update={"shop_id": 503})
NIGHT = datetime(2026, 3, 7, 20, 40, tzinfo=UTC)


@pytest.fixture
def configure() -> Callable[[SandboxConfig], SandboxConfig]:
    return lambda config: config.model_copy(update={"marketplace": [*config.marketplace, AWAY, NOWHERE]})


@pytest.mark.parametrize("key", sorted(SAMPLES.keys() - {"sparse"}))
def test_samples_have_the_marketplaces_fields(key: str) -> None:
    fields = sample_fields(SAMPLES[key], SHOP, NIGHT, "http://x")
    assert set(fields) == FIELDS
    lines = fields["products"]
    assert all(set(line) == PRODUCT_FIELDS for line in lines)
    assert fields["price"] == f"{sum(Decimal(line['sum']) for line in lines):.2f}"
    assert {line["currencyCode"] for line in lines} == {"KZT"}
    assert fields["deliveryDateFrom"] > NIGHT.timestamp()
    assert fields["deliveryDateTo"] > fields["deliveryDateFrom"]


def test_the_sparse_sample_lacks_much() -> None:
    fields = sample_fields(SAMPLES["sparse"], SHOP, NIGHT, "http://x")
    assert {name for name, value in fields.items() if value is None} >= {
        "price",
        "address",
        "user",
        "deliveryDateTo",
    }
    assert "categoryId" not in fields["products"][0]


def test_the_big_sample_has_six_lines_and_the_hostile_one_is_hostile() -> None:
    assert len(sample_fields(SAMPLES["big"], SHOP, NIGHT, "")["products"]) == 6
    hostile = json.dumps(sample_fields(SAMPLES["hostile"], SHOP, NIGHT, ""), ensure_ascii=False)
    assert all(piece in hostile for piece in ("<script>", "\u202e", "👩‍🚀", "</b>"))
    assert len(hostile) > 5000


def test_windows_are_counted_in_the_shops_zone() -> None:
    zone = ZoneInfo("Asia/Almaty")
    morning = sample_fields(SAMPLES["tomorrow"], SHOP, NIGHT, "")["deliveryDateFrom"]
    here = NIGHT.astimezone(zone)
    assert datetime.fromtimestamp(morning, zone).strftime("%H:%M") == "09:00"
    assert datetime.fromtimestamp(morning, zone).date() == here.date() + timedelta(days=1)
    window = sample_fields(SAMPLES["bouquet"], SHOP, NIGHT, "")["deliveryDateFrom"]
    ahead = datetime.fromtimestamp(window, UTC) - NIGHT
    assert timedelta(hours=1.5) <= ahead <= timedelta(hours=2.5)
    assert window % 3600 == 0


async def test_an_order_is_announced_by_a_signed_webhook(sandbox: Sandbox, receiver: Receiver) -> None:
    order = await sandbox.people.place_order("cake", comment="Позвоните")
    (request,) = receiver.got
    assert request.path == "/flowwow"
    body = json.loads(request.body)
    assert (body["event"], body["shopId"], body["order"]) == ("order.paid", 501, {"id": 25836184})
    expected = hmac.new(b"demo-webhook-secret", request.body, hashlib.sha256).hexdigest()
    assert request.headers["X-Webhook-Signature"] == f"sha256={expected}"
    assert (order.id, order.webhook_status, order.order["comment"]) == (25836184, 200, "Позвоните")
    assert (await sandbox.people.place_order(deliver="none")).id == 25836185
    assert len(receiver.got) == 1


async def test_a_webhook_comes_again_with_the_same_body_until_it_is_taken(
    sandbox: Sandbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.marketplace.webhooks.PAUSES", (0.01, 0.01, 0.01))
    receiver.answers = [web.Response(status=500), web.Response(status=503)]
    order = await sandbox.people.place_order()
    assert order.webhook_status == 500
    got = await receiver.wait_for(3)
    assert len({request.body for request in got}) == 1
    await sandbox.people.wait_order(order.id, lambda seen: seen.webhooks[0]["statuses"] == [500, 503, 200])
    await asyncio.sleep(0.05)
    assert len(receiver.got) == 3


async def test_the_tries_are_bounded(
    sandbox: Sandbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.marketplace.webhooks.PAUSES", (0.01, 0.01))
    receiver.answers = [web.Response(status=500) for _ in range(9)]
    order = await sandbox.people.place_order()
    await sandbox.people.wait_order(order.id, lambda seen: len(seen.webhooks[0]["statuses"]) == 3)
    await asyncio.sleep(0.05)
    assert len(receiver.got) == 3


async def test_a_webhook_is_sent_again_on_demand(sandbox: Sandbox, receiver: Receiver) -> None:
    order = await sandbox.people.place_order()
    again = await sandbox.people.resend_webhook(order.id)
    assert again.webhooks[0]["statuses"] == [200, 200]
    assert receiver.got[0].body == receiver.got[1].body
    assert receiver.got[0].headers["X-Webhook-Signature"] == receiver.got[1].headers["X-Webhook-Signature"]
    kept_back = await sandbox.people.place_order(deliver="none")
    assert (await sandbox.people.resend_webhook(kept_back.id)).webhook_status == 200


async def test_a_client_cancels_once(sandbox: Sandbox, receiver: Receiver) -> None:
    order = await sandbox.people.place_order(deliver="none")
    cancelled = await sandbox.people.cancel_order(order.id, status=9)
    assert (cancelled.cancelled, cancelled.status, cancelled.webhook_status) == (True, 9, 200)
    assert json.loads(receiver.got[0].body)["event"] == "order.cancelled"
    with pytest.raises(AssertionError, match=r"409 .*is cancelled already"):
        await sandbox.people.cancel_order(order.id)


async def test_fields_of_an_order_can_be_changed_and_nulled(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order(deliver="none")
    changed = await sandbox.people.change_order(order.id, status=2, address=None, id=1)
    assert (changed.id, changed.status, changed.order["address"]) == (order.id, 2, None)
    with pytest.raises(AssertionError, match="in vain for order 25836184 to fit; status 2"):
        await sandbox.people.wait_order(order.id, lambda seen: seen.cancelled, timeout=0.05)


async def test_any_body_with_any_signature_can_be_posted(sandbox: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=403, text="bad signature")]
    answer = await sandbox.people.raw_webhook({"uuid": "1"}, "sha256=00")
    assert (answer.status, answer.text) == (403, "bad signature")
    assert (receiver.got[0].body, receiver.got[0].headers["X-Webhook-Signature"]) == (
        b'{"uuid": "1"}',
        "sha256=00",
    )
    await sandbox.people.raw_webhook("не JSON")
    assert receiver.got[1].body == "не JSON".encode()
    assert "X-Webhook-Signature" not in receiver.got[1].headers


async def test_an_unreachable_receiver_is_said_and_a_missing_one_too(sandbox: Sandbox) -> None:
    away = await sandbox.people.place_order(shop=502)
    assert away.webhook_status is None
    assert "Cannot connect" in str(away.webhook_text)
    nowhere = await sandbox.people.place_order(shop=503)
    assert (nowhere.webhook_status, nowhere.webhook_text) == (None, None)
    status, answer = await sandbox.control("POST", "marketplace/raw-webhook", {"shop": 503})
    assert (status, answer["error"]) == (409, "shop 503 has no webhook")


async def test_the_samples_are_listed_with_labels(sandbox: Sandbox) -> None:
    assert await sandbox.people.samples() == list(SAMPLES)
    status, listed = await sandbox.control("GET", "marketplace/samples")
    assert (status, all(sample["label"] and sample["label_en"] for sample in listed["samples"])) == (
        200,
        True,
    )


async def test_pictures_of_goods_are_served(sandbox: Sandbox) -> None:
    order = await sandbox.people.place_order("plant", deliver="none")
    (url,) = order.order["products"][0]["images"]
    assert url == f"{sandbox.url}/pictures/plant.png"
    for name in ("plant", "unknown"):
        data = await sandbox.people.download(f"/pictures/{name}.png")
        with Image.open(io.BytesIO(data)) as image:
            assert image.size == (640, 640)
