from __future__ import annotations

import pytest

from orders.goods.products import Ingredient
from services.goods.catalogue import Catalogue
from storage.db.database import Database
from storage.goods import pending_pushes, products
from tests.builders import NOON, a_product

CLOUD = a_product(recipe=(Ingredient("пион", 15),))
MIXED = a_product(offer_id="mix", name="Микс", marketplace_id=502)


@pytest.fixture
async def catalogue(database: Database) -> Catalogue:
    async with database.write() as c:
        await products.put_many(c, 1, [CLOUD, MIXED], NOON)
    return Catalogue(database)


async def test_a_page_past_the_end_is_the_last_one(catalogue: Catalogue) -> None:
    last = await catalogue.page(1, 1, 1)
    assert (last.page, last.pages, last.total, len(last.found)) == (1, 2, 2, 1)
    assert await catalogue.page(1, 9, 1) == last
    nothing = await catalogue.page(1, 3, 1, "нет такого")
    assert (nothing.page, nothing.pages, nothing.total, list(nothing.found)) == (0, 1, 0, [])


async def test_the_review_ends_after_the_last_product(catalogue: Catalogue) -> None:
    listed = (await catalogue.page(1, 0, 9)).found
    assert [await catalogue.at(1, place) for place in (0, 1, 2)] == [*listed, None]


async def test_a_product_tells_why_the_marketplace_refused_it(
    catalogue: Catalogue, database: Database
) -> None:
    [first, second] = (await catalogue.page(1, 0, 9)).found
    async with database.write() as c:
        await pending_pushes.refuse(c, first.id, "bad price")
    for product, problem in ((first, "bad price"), (second, None)):
        view = await catalogue.product(1, product.id)
        assert view is not None
        assert (view.product, view.total, view.problem or None) == (product, 2, problem)


async def test_another_shop_sees_none_of_it(catalogue: Catalogue) -> None:
    [first, _second] = (await catalogue.page(1, 0, 9)).found
    assert await catalogue.product(2, first.id) is None
    assert await catalogue.at(2, 0) is None
    assert await catalogue.flowers(2) == []
