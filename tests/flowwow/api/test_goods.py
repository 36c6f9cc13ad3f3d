from __future__ import annotations

import pytest

from flowwow.api.client import SellerApi
from flowwow.api.errors import Rejected, Unavailable
from flowwow.api.goods import GoodsApi, Listed
from tests.flowwow.conftest import Answer, Marketplace

ROW = {
    "offerId": "p-15",
    "productId": 501,
    "isActive": True,
    "type": 1,
    "name": "Пионы",
    "available": 1,
    "stock": 3,
    "price": "4900.00",
    "discount": "0",
    "currencyCode": "RUB",
}


@pytest.fixture
def goods(api: SellerApi) -> GoodsApi:
    return GoodsApi(api, 501)


async def test_products_are_listed(goods: GoodsApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({"items": [ROW], "total": 7}))

    page = await goods.products(2, 100)

    (call,) = marketplace.calls
    assert (call.method, call.path, call.query) == ("POST", "/apiseller/products", {"shopId": "501"})
    assert call.body == {"page": 2, "limit": 100}
    assert page.total == 7
    (listed,) = page.items
    assert (listed.offer_id, listed.product_id, listed.is_active) == ("p-15", 501, True)
    assert (listed.name, listed.stock, listed.price, listed.currency) == ("Пионы", 3, "4900.00", "RUB")


@pytest.mark.parametrize(
    "row", [{}, None, {"offerId": None, "productId": "x", "stock": "many", "price": "free", "isActive": 7}, 5]
)
async def test_a_row_that_cannot_be_read_is_unknown_and_stops_nothing(
    goods: GoodsApi, marketplace: Marketplace, row: object
) -> None:
    marketplace.will_answer(Answer({"items": [row, ROW], "total": 2}))

    unreadable, readable = (await goods.products(0)).items

    assert unreadable == Listed.model_validate({})
    assert readable.name == "Пионы"


async def test_wishes_name_each_product(goods: GoodsApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({"success": True}))

    assert await goods.hide(["a", "b"]) == {}
    assert await goods.unhide(["a"]) == {}
    assert await goods.put_stocks({"a": 5, "b": 0}) == {}
    assert await goods.name_offers({"a": 501}) == {}

    assert [(call.method, call.path.removeprefix("/apiseller/")) for call in marketplace.calls] == [
        ("POST", "products/hide"),
        ("POST", "products/unhide"),
        ("PUT", "stocks/put"),
        ("POST", "products/offersMappings"),
    ]
    assert [call.body for call in marketplace.calls] == [
        {"offers": [{"offerId": "a"}, {"offerId": "b"}]},
        {"offers": [{"offerId": "a"}]},
        {"offers": [{"offerId": "a", "stock": 5}, {"offerId": "b", "stock": 0}]},
        {"offers": [{"offerId": "a", "productId": 501}]},
    ]


async def test_what_was_not_done_is_told_by_product(goods: GoodsApi, marketplace: Marketplace) -> None:
    errors = [
        {"offerId": "a", "productId": None, "message": "on moderation"},
        {"offerId": "", "productId": 502, "message": "not found"},
        {"message": "what?"},
        "nonsense",
    ]
    marketplace.will_answer(Answer({"errors": errors}))

    assert await goods.name_offers({"a": 501, "b": 502}) == {
        "a": "on moderation", "b": "not found", "": "",
    }  # fmt: skip


async def test_a_wish_may_be_repeated_so_it_is_tried_again(goods: GoodsApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({}, 502), Answer({"success": True}))
    assert await goods.hide(["a"]) == {}
    assert len(marketplace.calls) == 2
    marketplace.will_answer(Answer({}, 500))
    with pytest.raises(Unavailable):
        await goods.hide(["a"])
    marketplace.will_answer(Answer({"message": "no"}, 400))
    with pytest.raises(Rejected):
        await goods.put_stocks({"a": 1})
