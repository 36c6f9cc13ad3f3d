import pytest

from tests.sandbox.test_seller_api import seller
from tests.sandbox.tools import Json, Sandbox


async def call(sandbox: Sandbox, path: str, *offers: object, verb: str = "POST") -> tuple[int, Json]:
    return await seller(sandbox, verb, f"{path}?shopId=501", json={"offers": list(offers)})


async def listed(sandbox: Sandbox, **body: object) -> tuple[int, Json]:
    return await seller(sandbox, "POST", "products?shopId=501", json=body)


async def test_products_are_listed_in_pages_from_zero(sandbox: Sandbox) -> None:
    _, whole = await listed(sandbox)
    assert whole["total"] == len(whole["items"]) == 9
    pages = [(await listed(sandbox, page=page, limit=4))[1]["items"] for page in range(4)]
    assert [len(items) for items in pages] == [4, 4, 1, 0]
    assert [item for items in pages for item in items] == whole["items"]
    assert set(whole["items"][0]) == {
        "offerId", "productId", "isActive", "type", "name", "available", "stock", "price", "discount",
        "currencyCode",
    }  # fmt: skip


async def test_products_are_filtered(sandbox: Sandbox) -> None:
    first, second, *_ = (await listed(sandbox))[1]["items"]
    await sandbox.people.put_product(second["productId"], archived=True)
    assert (await listed(sandbox))[1]["total"] == 8
    assert (await listed(sandbox, withArchive=True))[1]["total"] == 9
    assert (await listed(sandbox, productIds=[first["productId"]]))[1]["items"] == [first]
    assert (await listed(sandbox, offerIds=[first["offerId"]]))[1]["items"] == [first]
    assert (await listed(sandbox, type=2))[1] == {"items": [], "total": 0}


@pytest.mark.parametrize("body", [{"page": -1}, {"page": "0"}, {"limit": 0}, {"limit": 1001}, {"type": 4}])
async def test_a_wrong_listing_is_refused_with_its_field(sandbox: Sandbox, body: Json) -> None:
    status, answer = await listed(sandbox, **body)
    assert (status, answer["fields"][0]["path"]) == (400, next(iter(body)))


async def test_goods_are_hidden_shown_and_counted_and_every_call_is_noted(sandbox: Sandbox) -> None:
    first = (await listed(sandbox))[1]["items"][0]
    wish = {"offerId": first["offerId"]}
    assert await call(sandbox, "products/hide", wish) == (200, {"success": True})
    assert await call(sandbox, "products/hide", wish) == (200, {"success": True})
    assert (await sandbox.people.goods()).hidden == {first["name"]}
    await call(sandbox, "stocks/put", wish | {"stock": 5}, verb="PUT")
    await call(sandbox, "products/unhide", wish)
    seen = await sandbox.people.wait_goods(lambda goods: not goods.hidden)
    assert seen.product("Пионы")["stock"] == 5
    assert [one["call"] for one in seen.calls] == [
        "products/hide", "products/hide", "stocks/put", "products/unhide",
    ]  # fmt: skip
    _, stocks = await seller(sandbox, "POST", "stocks/get?shopId=501", json={})
    assert stocks["offers"][0] == wish | {"stock": 5}


async def test_a_part_that_is_refused_is_told_and_the_rest_done(sandbox: Sandbox) -> None:
    first, second, *_ = (await listed(sandbox))[1]["items"]
    await sandbox.people.put_product(first["productId"], refusal="On moderation")
    wishes = [{"offerId": one} for one in (first["offerId"], second["offerId"], "unknown")]
    status, answer = await call(sandbox, "products/hide", *wishes)
    assert status == 200
    assert answer["shopId"] == 501
    assert answer["errors"] == [
        {
            "offerId": first["offerId"],
            "productId": first["productId"],
            "stock": first["stock"],
            "isActive": True,
            "message": "On moderation",
        },
        {
            "offerId": "unknown",
            "productId": None,
            "stock": 0,
            "isActive": False,
            "message": "Product not found",
        },
    ]
    assert (await sandbox.people.goods()).hidden == {second["name"]}


async def test_a_product_gets_an_offer_id_that_no_other_has(sandbox: Sandbox) -> None:
    await sandbox.people.put_product(77, name="Без артикула")
    taken = (await listed(sandbox))[1]["items"][0]["offerId"]
    _, answer = await call(
        sandbox,
        "products/offersMappings",
        {"offerId": "own-77", "productId": 77},
        {"offerId": taken, "productId": 77},
        {"offerId": "x", "productId": 78},
    )
    assert [error["message"] for error in answer["errors"]] == ["offerId is taken", "Product not found"]
    assert (await sandbox.people.goods()).product("Без артикула")["offerId"] == "own-77"


@pytest.mark.parametrize(
    ("path", "verb", "offers", "field"),
    [
        ("products/hide", "POST", [], "offers"),
        ("products/hide", "POST", [{}], "offers[0].offerId"),
        ("products/unhide", "POST", [{"offerId": "a"}, {"offerId": "b" * 51}], "offers[1].offerId"),
        ("products/unhide", "POST", [{"offerId": 5}], "offers[0].offerId"),
        ("stocks/put", "PUT", [{"offerId": "a"}], "offers[0].stock"),
        ("stocks/put", "PUT", [{"offerId": "a", "stock": -1}], "offers[0].stock"),
        ("stocks/put", "PUT", [{"offerId": "a", "stock": True}], "offers[0].stock"),
    ],
)
async def test_a_wrong_wish_is_refused_whole_with_its_field(
    sandbox: Sandbox, path: str, verb: str, offers: list[Json], field: str
) -> None:
    status, answer = await call(sandbox, path, *offers, verb=verb)
    assert (status, answer["fields"][0]["path"]) == (400, field)
    assert (await sandbox.people.goods()).hidden == set()


async def test_goods_are_for_those_whom_the_token_lets_in(sandbox: Sandbox) -> None:
    assert (await seller(sandbox, "POST", "products?shopId=501", token="wrong", json={}))[0] == 401
    assert (await seller(sandbox, "POST", "products?shopId=9", json={}))[0] == 404
    assert (await seller(sandbox, "POST", "products/hide?shopId=501", json={"offers": "all"}))[0] == 400


async def test_the_driver_says_what_it_waited_for(sandbox: Sandbox) -> None:
    with pytest.raises(AssertionError, match="in vain for the goods to fit"):
        await sandbox.people.wait_goods(lambda goods: bool(goods.hidden), timeout=0)
    with pytest.raises(AssertionError, match="no field colour"):
        await sandbox.people.put_product(77, colour="red")
    with pytest.raises(AssertionError, match="no product"):
        (await sandbox.people.goods()).product("Нет такого")
