"""What the calls of the bot say about the marketplace, and when the directors are told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

import pytest

from flowwow.api.client import SellerApi, Tried
from flowwow.api.errors import MarketplaceError, Unavailable
from flowwow.api.reachability import FLAPPING, LIMITED, SETTLED, UNREACHABLE, AccessCheck, Link, Reach
from services.health.troubles import TroubleKind, Troubles
from tests.flowwow.conftest import Answer, Marketplace, Steady

DOWN, OK = Answer(status=500), Answer({"items": [], "total": 0})
SHOPS = Answer({"shops": [], "total": 0})
MARKETPLACE, TOKEN, ORDERS = (
    TroubleKind.MARKETPLACE,
    TroubleKind.MARKETPLACE_TOKEN,
    TroubleKind.MARKETPLACE_ORDERS,
)


class Caller:
    """Makes calls and looks at what is told of them."""

    def __init__(
        self, api: SellerApi, marketplace: Marketplace, reach: Reach, steady: Steady, troubles: Troubles
    ) -> None:
        self.api = api
        self.marketplace = marketplace
        self.steady = steady
        self.troubles = troubles
        self.recovered = reach.subscribe()
        self.check = AccessCheck(Link(api, reach))

    async def lists(self, *answers: Answer, shop: int = 501) -> set[TroubleKind]:
        """Read the list once; the troubles that stand then."""
        return await self._call(self.api.list_orders(shop, 1), answers)

    async def views(self, *answers: Answer, shop: int = 501) -> set[TroubleKind]:
        return await self._call(self.api.view(shop, 1), answers)

    async def accepts(self, *answers: Answer) -> set[TroubleKind]:
        return await self._call(self.api.accept(1), answers)

    async def finds_out(self, *answers: Answer) -> set[TroubleKind]:
        self.marketplace.will_answer(*answers)
        await self.check.step()
        return set(self.troubles.standing())

    async def _call(self, call: Awaitable[object], answers: tuple[Answer, ...]) -> set[TroubleKind]:
        self.marketplace.will_answer(*answers)
        with suppress(MarketplaceError):
            await call
        return set(self.troubles.standing())


@pytest.fixture
def caller(
    api: SellerApi, marketplace: Marketplace, reach: Reach, steady: Steady, troubles: Troubles
) -> Caller:
    return Caller(api, marketplace, reach, steady, troubles)


@pytest.mark.requirement("X13")
@pytest.mark.parametrize(
    "answer", [DOWN, Answer(text="<html>"), Answer(drops=True), Answer({"error": "later"})]
)
async def test_a_marketplace_that_fails_for_a_while_is_told_of_and_its_end_too(
    caller: Caller, answer: Answer
) -> None:
    assert await caller.lists(answer) == set()
    caller.steady.now += UNREACHABLE
    assert await caller.lists(answer) == {MARKETPLACE}
    assert not caller.recovered.is_set()
    assert await caller.lists(OK) == set()
    assert caller.recovered.is_set()


@pytest.mark.requirement("X13")
async def test_a_call_that_hung_for_long_counts_from_its_beginning(caller: Caller, reach: Reach) -> None:
    reach.failed(Tried("orders/view", 501, UNREACHABLE), Unavailable("no answer in time"))
    assert set(caller.troubles.standing()) == {MARKETPLACE}


async def test_any_answer_between_two_failures_begins_the_count_again(caller: Caller) -> None:
    for _ in range(5):
        assert await caller.lists(DOWN) == set()
        caller.steady.now += UNREACHABLE - 1
        assert await caller.accepts(Answer(status=409)) == set()


async def test_a_limit_is_told_of_only_when_it_lasts(caller: Caller) -> None:
    limit = Answer(status=429)
    await caller.lists(limit)
    caller.steady.now += LIMITED - 1
    assert await caller.lists(limit) == set()
    caller.steady.now += 1
    assert await caller.lists(limit) == {MARKETPLACE}


@pytest.mark.requirement("X13")
async def test_a_marketplace_that_comes_and_goes_is_told_of_twice_and_not_each_time(caller: Caller) -> None:
    stood = []
    for _ in range(40):
        await caller.lists(DOWN)
        caller.steady.now += UNREACHABLE
        stood.append(bool(await caller.lists(DOWN)))
        caller.steady.now += 40
        stood.append(bool(await caller.lists(OK)))
    assert stood[:3] == [True, False, True]
    assert all(stood[3:])

    caller.steady.now += SETTLED
    assert await caller.lists(OK) == set()
    caller.steady.now += FLAPPING
    await caller.lists(DOWN)
    caller.steady.now += UNREACHABLE
    assert await caller.lists(DOWN) == {MARKETPLACE}
    assert await caller.lists(OK) == set()


@pytest.mark.requirement("X13")
@pytest.mark.parametrize("status", [401, 403])
async def test_a_token_that_opens_shops_and_no_orders_is_told_of_as_such(caller: Caller, status: int) -> None:
    await caller.lists(Answer(status=status))
    assert await caller.finds_out(SHOPS) == {ORDERS}
    (trouble,) = caller.troubles.standing().values()
    assert "opens no orders" in trouble.why
    assert trouble.about == "501"

    assert await caller.views(OK) == set()
    assert caller.recovered.is_set()


@pytest.mark.requirement("X13")
@pytest.mark.parametrize("status", [401, 403])
async def test_a_token_that_opens_nothing_is_told_of_as_bad(caller: Caller, status: int) -> None:
    await caller.views(Answer(status=status))
    assert await caller.finds_out(Answer(status=status)) == {TOKEN}
    assert await caller.lists(OK) == set()


async def test_what_is_refused_stays_unclear_until_the_marketplace_answers(
    caller: Caller, reach: Reach
) -> None:
    await caller.lists(Answer(status=401))
    assert await caller.finds_out(DOWN) == set()
    assert reach.unclear.is_set()
    assert await caller.finds_out(SHOPS) == {ORDERS}
    assert not reach.unclear.is_set()


async def test_steps_that_are_refused_while_orders_are_read_do_not_come_and_go(caller: Caller) -> None:
    assert await caller.accepts(Answer(status=403)) == {TOKEN}
    assert await caller.lists(OK) == {TOKEN}
    assert await caller.accepts(Answer(text="")) == set()


@pytest.mark.requirement("X13", "X6")
async def test_of_several_shops_the_one_that_is_refused_is_named(caller: Caller, reach: Reach) -> None:
    await caller.lists(Answer(status=403), shop=502)
    assert await caller.lists(OK, shop=501) == set()
    assert await caller.finds_out(SHOPS) == {ORDERS}
    assert await caller.lists(OK, shop=501) == {ORDERS}
    assert caller.troubles.standing()[ORDERS].about == "502"
    assert await caller.lists(OK, shop=502) == set()


@pytest.mark.requirement("X13")
async def test_the_access_is_looked_at_as_soon_as_something_is_refused(caller: Caller) -> None:
    changed = caller.troubles.subscribe()
    watching = asyncio.create_task(caller.check.run())
    try:
        await caller.lists(Answer(status=401), SHOPS)
        async with asyncio.timeout(30):
            await changed.wait()
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
    assert set(caller.troubles.standing()) == {ORDERS}
