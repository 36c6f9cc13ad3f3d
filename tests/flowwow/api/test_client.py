from __future__ import annotations

import socket
import traceback
from collections.abc import Awaitable, Callable

import pytest
import structlog

from flowwow.api.client import SellerApi
from flowwow.api.errors import (
    Forbidden,
    MarketplaceError,
    NotFound,
    RateLimited,
    Rejected,
    Unauthorized,
    Unavailable,
)
from storage.db.errors import NotLeading
from tests.flowwow.conftest import QUICK, TOKEN, Answer, Marketplace
from tests.flowwow.samples import ORDER_ID, SHOP_ID, raw_order
from tests.storage.conftest import Deposed

BUSY = Answer({"message": "slow down"}, 429, {"x-rate-limit-reset": "9"})


async def test_an_order_is_viewed(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer(raw_order()))

    assert await api.view(SHOP_ID, ORDER_ID) == raw_order()

    (call,) = marketplace.calls
    assert (call.method, call.path) == ("GET", "/apiseller/orders/view")
    assert call.query == {"shopId": "501", "orderId": "25836184"}
    assert call.authorization == f"Bearer {TOKEN}"


@pytest.mark.parametrize("looks", [0, 1], ids=["before the call", "while it connects"])
async def test_a_process_that_does_not_lead_any_more_calls_nothing(
    marketplace: Marketplace, looks: int
) -> None:
    async with SellerApi(marketplace.url, TOKEN, QUICK, leader=Deposed(looks)) as api:
        with pytest.raises(NotLeading):
            await api.accept(ORDER_ID)
    assert marketplace.calls == []


async def test_a_ping_is_answered(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({"say": "hello"}))

    assert await api.ping() == "hello"
    assert (marketplace.calls[0].path, marketplace.calls[0].query) == (
        "/apiseller/ping/check",
        {"say": "hello"},
    )


async def test_the_shops_of_the_token_are_listed(api: SellerApi, marketplace: Marketplace) -> None:
    known = {"shopId": 501, "name": "Цветы на Лесной", "status": "active", "currency": "RUB", "address": None}
    marketplace.will_answer(Answer({"shops": [known, {"shopId": "many"}], "total": 2}))

    page = await api.shops()

    assert page.total == 2
    assert [(shop.id, shop.name) for shop in page.items] == [(501, "Цветы на Лесной"), (None, "")]
    assert (marketplace.calls[0].method, marketplace.calls[0].path) == ("POST", "/apiseller/shops")
    assert marketplace.calls[0].body == {"status": "active", "page": 0, "limit": 50}


@pytest.mark.parametrize(("status", "error"), [(401, Unauthorized), (403, Forbidden), (404, NotFound)])
async def test_an_answer_that_will_not_change_is_not_asked_for_again(
    api: SellerApi, marketplace: Marketplace, status: int, error: type[MarketplaceError]
) -> None:
    marketplace.will_answer(Answer({"message": "no"}, status))

    with pytest.raises(error, match="no"):
        await api.ping()

    assert len(marketplace.calls) == 1


async def test_a_rejection_says_what_is_wrong_with_which_field(
    api: SellerApi, marketplace: Marketplace
) -> None:
    fields = [{"path": "orderId", "messages": ["too old", "not yours"]}, {"path": 5}, "x", None]
    marketplace.will_answer(Answer({"message": "Bad request", "fields": fields, "trace": None}, 409))

    with pytest.raises(Rejected) as caught:
        await api.view(SHOP_ID, ORDER_ID)

    assert (caught.value.status, caught.value.message) == (409, "Bad request")
    assert caught.value.fields == (("orderId", "too old"), ("orderId", "not yours"))
    assert str(caught.value) == "409 Bad request; orderId: too old; orderId: not yours"


@pytest.mark.parametrize("body", ["<html>", "", "[]", '{"message": {"a": 1}, "fields": 5}', "null"])
async def test_a_rejection_without_a_readable_body_is_a_rejection(
    api: SellerApi, marketplace: Marketplace, body: str
) -> None:
    marketplace.will_answer(Answer(text=body, status=400))

    with pytest.raises(Rejected) as caught:
        await api.ping()

    assert (caught.value.status, caught.value.fields) == (400, ())


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_failing_marketplace_is_tried_again_and_then_given_up(
    api: SellerApi, marketplace: Marketplace, pauses: list[float], status: int
) -> None:
    marketplace.will_answer(Answer({"message": "down"}, status))

    with pytest.raises(Unavailable, match=str(status)):
        await api.ping()

    assert len(marketplace.calls) == 3
    assert len(pauses) == 2
    assert all(0 < pause <= 0.05 for pause in pauses)


async def test_one_failure_between_two_tries_is_not_noticed(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer(drops=True), Answer(status=502), Answer({"say": "hello"}))

    assert await api.ping() == "hello"


@pytest.mark.parametrize(
    "answer",
    [
        Answer(text="<html>It works!</html>"),
        Answer([1]),
        Answer(text=""),
        Answer(text="null"),
        Answer(text="{"),
    ],
)
async def test_an_answer_that_is_no_json_object_is_no_answer(
    api: SellerApi, marketplace: Marketplace, answer: Answer
) -> None:
    marketplace.will_answer(answer)

    with pytest.raises(Unavailable, match="not"):
        await api.ping()


async def test_an_answer_nested_beyond_reading_is_no_answer(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer(text="[" * 100_000))

    with pytest.raises(Unavailable, match="not JSON"):
        await api.ping()


async def test_a_redirect_is_not_followed_with_the_token(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({}, 302, {"Location": f"{marketplace.url}elsewhere"}))

    with pytest.raises(Unavailable, match="302"):
        await api.ping()

    assert {call.path for call in marketplace.calls} == {"/apiseller/ping/check"}


CHANGES: tuple[tuple[str, Callable[[SellerApi], Awaitable[None]]], ...] = (
    ("accept", lambda api: api.accept(ORDER_ID)),
    ("courierLeft", lambda api: api.courier_left(ORDER_ID)),
    ("finish", lambda api: api.finish(ORDER_ID)),
)


@pytest.mark.parametrize(("path", "change"), CHANGES)
@pytest.mark.parametrize(
    "answer", [Answer({"success": True}), Answer(text=""), Answer(text="ok", status=201)]
)
async def test_a_change_is_posted_once_and_a_good_status_is_enough(
    api: SellerApi,
    marketplace: Marketplace,
    path: str,
    change: Callable[[SellerApi], Awaitable[None]],
    answer: Answer,
) -> None:
    marketplace.will_answer(answer)

    await change(api)

    (call,) = marketplace.calls
    assert (call.method, call.path) == ("POST", f"/apiseller/orders/{path}")
    assert call.body == {"orderId": ORDER_ID}
    assert call.authorization == f"Bearer {TOKEN}"


@pytest.mark.parametrize(("_path", "change"), CHANGES)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(status=503), Unavailable),
        (Answer(drops=True), Unavailable),
        (Answer({}, delay=5), Unavailable),
        (BUSY, RateLimited),
        (Answer({"message": "no"}, 401), Unauthorized),
        (Answer({"message": "no"}, 404), NotFound),
        (Answer({"message": "no"}, 409), Rejected),
    ],
)
async def test_a_change_is_never_tried_again_blindly(
    api: SellerApi,
    marketplace: Marketplace,
    _path: str,
    change: Callable[[SellerApi], Awaitable[None]],
    answer: Answer,
    error: type[MarketplaceError],
) -> None:
    marketplace.will_answer(answer)

    with pytest.raises(error):
        await change(api)

    assert len(marketplace.calls) == 1


async def test_a_slow_marketplace_runs_out_of_time(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({"say": "hello"}, delay=5))

    with pytest.raises(Unavailable, match="no answer in time"):
        await api.ping()


async def test_a_cut_line_is_no_answer(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer(drops=True))

    with pytest.raises(Unavailable):
        await api.ping()


async def test_nobody_at_the_address_is_no_answer() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        async with SellerApi(url, TOKEN, QUICK) as api:
            with pytest.raises(Unavailable, match="Cannot connect"):
                await api.ping()


async def test_a_limit_is_waited_out_as_told(
    api: SellerApi, marketplace: Marketplace, pauses: list[float]
) -> None:
    marketplace.will_answer(BUSY, Answer({"say": "hello"}))

    assert await api.ping() == "hello"
    assert pauses == [10]


@pytest.mark.parametrize(
    ("reset", "pause"), [("0", 5), ("2", 5), ("4.5", 5.5), ("59", 60), ("-9", 5), ("soon", 5), ("nan", 5)]
)
async def test_the_pause_after_a_limit_is_the_header_and_one_second_and_five_at_least(
    api: SellerApi, marketplace: Marketplace, pauses: list[float], reset: str, pause: float
) -> None:
    marketplace.will_answer(Answer({}, 429, {"x-rate-limit-reset": reset}), Answer({}))

    await api.ping()

    assert pauses == [pause]


async def test_a_limit_without_a_header_is_waited_out_for_five_seconds(
    api: SellerApi, marketplace: Marketplace, pauses: list[float]
) -> None:
    marketplace.will_answer(Answer({}, 429), Answer({}))

    await api.ping()

    assert pauses == [5]


async def test_a_limit_longer_than_our_patience_is_handed_on_at_once(
    api: SellerApi, marketplace: Marketplace, pauses: list[float]
) -> None:
    marketplace.will_answer(Answer({}, 429, {"x-rate-limit-reset": "600"}))

    with pytest.raises(RateLimited) as caught:
        await api.ping()

    assert (caught.value.retry_after, pauses) == (601, [])


async def test_a_limit_that_stays_is_handed_on_in_the_end(
    api: SellerApi, marketplace: Marketplace, pauses: list[float]
) -> None:
    marketplace.will_answer(BUSY)

    with pytest.raises(RateLimited):
        await api.ping()

    assert (len(marketplace.calls), pauses) == (3, [10, 10])


@pytest.mark.parametrize(
    "answer",
    [
        Answer({"message": f"bad token {TOKEN}"}, 401),
        Answer({"message": TOKEN, "fields": [{"path": TOKEN, "messages": [TOKEN]}]}, 400),
        Answer({"message": TOKEN}, 500),
        Answer({}, 302, {"Location": f"/{TOKEN}"}),
        Answer(text=f"not json {TOKEN}"),
        Answer(drops=True),
    ],
)
async def test_the_token_is_in_no_error_and_no_log(
    api: SellerApi, marketplace: Marketplace, answer: Answer
) -> None:
    marketplace.will_answer(answer)

    with structlog.testing.capture_logs() as logs, pytest.raises(MarketplaceError) as caught:
        await api.ping()

    told = (
        "".join(traceback.format_exception(caught.value))
        + repr(caught.value)
        + repr(logs)
        + repr(vars(caught.value))
    )
    assert TOKEN not in told


async def test_each_new_try_is_logged_with_its_reason(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer(status=503), Answer({}))

    with structlog.testing.capture_logs() as logs:
        await api.ping()

    assert [(entry["call"], entry["error"]) for entry in logs] == [("ping/check", "answer 503")]


async def test_the_api_is_not_to_be_used_outside_its_context(marketplace: Marketplace) -> None:
    with pytest.raises(RuntimeError):
        await SellerApi(marketplace.url, TOKEN).ping()
