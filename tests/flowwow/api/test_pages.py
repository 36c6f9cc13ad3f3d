from __future__ import annotations

from typing import Any

import pytest

from flowwow.api.client import SellerApi
from flowwow.api.errors import Rejected, Unavailable
from flowwow.api.pages import LIMIT, pages
from tests.flowwow.conftest import Answer, Marketplace
from tests.flowwow.samples import SHOP_ID


def a_page(*ids: object, total: object) -> Answer:
    return Answer({"items": [{"id": one} for one in ids], "total": total})


async def read(api: SellerApi, **filters: str) -> list[Any]:
    return [order["id"] async for page in pages(api, SHOP_ID, **filters) for order in page]


async def test_a_list_of_one_page_takes_one_call_with_its_filters(
    api: SellerApi, marketplace: Marketplace
) -> None:
    marketplace.will_answer(a_page(2, 1, total=2))

    assert await read(api, createdDate="2026-03-08") == [2, 1]

    (call,) = marketplace.calls
    assert (call.method, call.path) == ("GET", "/apiseller/orders/list")
    assert call.query == {"shopId": "501", "page": "0", "limit": str(LIMIT), "createdDate": "2026-03-08"}


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    "answers",
    [
        [a_page(5, 4, total=5), a_page(3, 2, total=5), a_page(1, total=5)],  # pages from 0
        [a_page(5, 4, total=5), a_page(5, 4, total=5), a_page(3, 2, total=5), a_page(1, total=5)],  # from 1
        [a_page(total=5), a_page(5, 4, total=5), a_page(3, 2, total=5), a_page(1, total=5)],  # 0 is empty
        [
            Answer(status=400),
            a_page(5, 4, total=5),
            a_page(3, 2, total=5),
            a_page(1, total=5),
        ],  # 0 is an error
        [Answer(status=404), a_page(5, 4, 3, 2, 1, total=5)],
        [
            a_page(5, 4, total=5),
            a_page(4, 3, total=6),
            a_page(2, 1, total=6),
            a_page(total=6),
        ],  # one pushed down
        [a_page(5, 4, total=None), a_page(3, 2, total=None), a_page(1, total=0), a_page(total=0)],  # no count
        [a_page(5, 4, total=99), a_page(3, 2, 1, total=99), a_page(3, 2, 1, total=99)],  # the last for ever
    ],
)
async def test_every_order_comes_once_however_the_pages_are_counted(
    api: SellerApi, marketplace: Marketplace, answers: list[Answer]
) -> None:
    marketplace.will_answer(*answers, Answer(status=500))

    assert await read(api) == [5, 4, 3, 2, 1]

    assert len(marketplace.calls) == len(answers)


async def test_an_empty_list_is_believed_only_when_page_1_is_empty_too(
    api: SellerApi, marketplace: Marketplace
) -> None:
    marketplace.will_answer(a_page(total=0))

    assert await read(api) == []
    assert [call.query["page"] for call in marketplace.calls] == ["0", "1"]


async def test_what_is_no_order_is_passed_over(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(Answer({"items": [None, "?", {"id": 1}, [2]], "total": 1}))

    assert await read(api) == [1]


async def test_an_error_on_a_later_page_is_raised(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(a_page(1, total=2), Answer(status=400))
    with pytest.raises(Rejected):
        await read(api)

    marketplace.will_answer(Answer(status=500))
    with pytest.raises(Unavailable):
        await read(api)


async def test_a_page_is_emptied_before_the_next_is_read(api: SellerApi, marketplace: Marketplace) -> None:
    marketplace.will_answer(a_page(3, 2, total=3), a_page(1, total=3))

    held = [page async for page in pages(api, SHOP_ID)]

    assert held == [[], []]
