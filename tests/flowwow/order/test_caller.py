"""How the marketplace is told, call by call: a real desk and database, a marketplace that answers as told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
from aiogram import Bot
from sqlalchemy import select

from flowwow.api.client import SellerApi
from flowwow.api.errors import Unavailable
from flowwow.api.reachability import UNREACHABLE
from flowwow.order.caller import FIRST_LOOK, LAST_LOOK, Caller
from orders.model.order import Handover, Order
from orders.model.people import MARKETPLACE, Actor, Role
from orders.model.status import Status
from orders.steps import commands as do
from services.health.troubles import TroubleKind, Troubles
from services.order.desk import Desk, Incoming
from services.order.refused_calls import RefusedCalls
from services.sending.sender import GivenUp, NotNow
from storage.db.database import Database
from storage.db.tables import outbox as table
from storage.order import orders as order_rows
from storage.sending import outbox
from storage.sending.outbox import Channel, Kind, Row
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import NOON, RULES, some_details
from tests.flowwow.conftest import Answer, Marketplace, Steady
from tests.flowwow.samples import ORDER_ID, SHOP_ID, raw_order
from tests.outbox_rows import claim_of_orders
from tests.services.workplace import Clock

DOWN = Answer({"message": "down"}, 503)
NO = Answer({"message": "Too late", "fields": [{"path": "orderId", "messages": ["expired"]}]}, 409)
OK = Answer(text="")
"""The answer to a call that was taken; what it holds is not known."""


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@dataclass
class House:
    """The way out to the marketplace, and what stands behind it."""

    caller: Caller
    desk: Desk
    database: Database
    marketplace: Marketplace
    troubles: Troubles
    clock: Clock
    shop: Shop
    manager: Actor

    async def order(self, *commands: do.Command, number: int = ORDER_ID) -> Order:
        """A new order, taken through these commands by the manager."""
        incoming = Incoming(str(number), NOON, some_details(), {})
        order = (await self.desk.receive(self.shop.id, incoming)).order
        for command in commands:
            order = await self.desk.do(order.id, command, self.manager)
        return order

    async def row(self, order: Order, attempts: int = 0) -> Row:
        """The order's row for the marketplace, as the sender would take it."""
        query = select(table.c.id).where(table.c.channel == Channel.MARKETPLACE, table.c.order_id == order.id)
        async with self.database.write() as c:
            (row_id,) = await c.scalars(query)
            (row,) = await claim_of_orders(c, Channel.MARKETPLACE, self.clock(), 1)
        assert row.id == row_id
        return replace(row, attempts=attempts)

    async def known(self, order: Order) -> Status | None:
        async with self.database.snapshot() as c:
            kept = await order_rows.get(c, order.id)
        return kept.marketplace_status if kept else None

    def called(self) -> list[str]:
        """The calls so far, in their order."""
        return [call.path.rpartition("/")[2] for call in self.marketplace.calls]


@pytest.fixture
async def house(
    database: Database, api: SellerApi, marketplace: Marketplace, troubles: Troubles
) -> AsyncIterator[House]:
    clock = Clock(NOON)
    async with database.write() as c:
        shop = await shops.put(
            c, Shop(0, SHOP_ID, "Цветы на Лесной", "ru", replace(RULES, call_delay_seconds=0))
        )
        member = await staff.add(c, shop.id, "+79990000005", "Вера", Role.MANAGER)
        await staff.connect(c, member.staff_id, 1005, "ru", "Вера")
        (member,) = await staff.of_shop(c, shop.id)
    desk = Desk(database, clock)
    marketplace.will_answer(OK)
    async with Bot("100:no-message-leaves-here-00000000000000") as bot:
        refused = RefusedCalls(bot, database, clock)
        caller = Caller(api, database, desk, refused, clock)
        yield House(caller, desk, database, marketplace, troubles, clock, shop, member.actor)


TO_THE_END = (do.Accept(), do.Dispatch(by_self=True, reason="без фото"), do.Complete(Handover.IN_PERSON))
BY_THIRD_PARTY = (
    do.Accept(),
    do.HandToThirdParty("Такси", "+79160000099"),
    do.Complete(Handover.IN_PERSON, without_photo="без фото"),
)


@pytest.mark.requirement("X1")
async def test_all_that_is_missing_is_told_in_turn_and_each_is_noted(house: House) -> None:
    order = await house.order(*TO_THE_END)
    await house.caller.deliver(await house.row(order))
    assert house.called() == ["accept", "courierLeft", "finish"]
    assert [call.body for call in house.marketplace.calls] == [{"orderId": ORDER_ID}] * 3
    told = [event for _version, event in await house.desk.history(order.id, house.manager)][-3:]
    assert [getattr(event, "status", None) for event in told] == [
        Status.ACCEPTED,
        Status.COURIER_LEFT,
        Status.DONE,
    ]


async def with_delay(house: House, seconds: float) -> None:
    async with house.database.write() as c:
        await shops.put(c, replace(house.shop, rules=replace(RULES, call_delay_seconds=seconds)))


async def waits(house: House, row: Row) -> float:
    with pytest.raises(NotNow) as not_now:
        await house.caller.deliver(row)
    return not_now.value.seconds


@pytest.mark.requirement("X18")
async def test_a_step_waits_before_it_is_told_and_one_taken_back_meanwhile_never_is(house: House) -> None:
    kept, undone = await house.order(do.Accept()), await house.order(do.Accept(), number=ORDER_ID + 1)
    rows = [await house.row(kept), await house.row(undone)]
    await with_delay(house, 15)
    for row in rows:
        assert await waits(house, row) == 15
    house.clock.turn(0.2)
    assert await waits(house, rows[0]) == 3
    await house.desk.do(undone.id, do.Undo("не тот заказ"), house.manager)
    house.clock.turn(0.05)
    for row in rows:
        await house.caller.deliver(row)
    assert [call.body for call in house.marketplace.calls] == [{"orderId": ORDER_ID}]


@pytest.mark.requirement("X18")
async def test_no_call_waits_past_the_moment_at_which_the_step_is_due(house: House) -> None:
    order = await house.order()
    house.clock.turn(14.9)
    await house.desk.do(order.id, do.Accept(), house.manager)
    row = await house.row(order)
    await with_delay(house, 15)
    assert await waits(house, row) == pytest.approx(6)
    house.clock.turn(0.1)
    await house.caller.deliver(row)
    assert house.called() == ["accept"]


@pytest.mark.requirement("X1", "R41")
async def test_a_third_party_skips_the_courier_where_the_marketplace_lets_it(house: House) -> None:
    order = await house.order(*BY_THIRD_PARTY)
    await house.caller.deliver(await house.row(order))
    assert house.called() == ["accept", "finish"]
    assert await house.known(order) is Status.DONE


@pytest.mark.requirement("X1", "X3")
async def test_after_a_try_of_unknown_outcome_it_looks_before_it_calls(house: House) -> None:
    order = await house.order(do.Accept())
    row = await house.row(order)
    house.marketplace.will_answer(DOWN)
    with pytest.raises(Unavailable):
        await house.caller.deliver(row)
    assert house.called() == ["accept"]  # not tried again blindly

    house.marketplace.will_answer(Answer(raw_order(status=2)))
    await house.caller.deliver(replace(row, attempts=1))
    assert house.called() == ["accept", "view"]
    assert await house.known(order) is Status.ACCEPTED


@pytest.mark.requirement("X1", "X3")
async def test_what_was_not_heard_is_called_for_again(house: House) -> None:
    order = await house.order(do.Accept())
    house.marketplace.will_answer(Answer(raw_order(status=1)), OK)
    await house.caller.deliver(await house.row(order, attempts=1))
    assert house.called() == ["view", "accept"]
    assert await house.known(order) is Status.ACCEPTED


@pytest.mark.requirement("X4")
async def test_a_step_taken_back_after_a_try_of_unknown_outcome_is_looked_for(house: House) -> None:
    order = await house.order(do.Accept(), do.Undo("не тот"))
    house.marketplace.will_answer(Answer(raw_order(status=2)))
    await house.caller.deliver(await house.row(order, attempts=1))
    assert house.called() == ["view"]
    assert await house.known(order) is Status.ACCEPTED


@pytest.mark.requirement("X4")
async def test_a_step_taken_back_before_it_left_is_never_told(house: House) -> None:
    order = await house.order(do.Accept(), do.Undo("не тот"))
    await house.caller.deliver(await house.row(order))
    assert house.called() == []


@pytest.mark.requirement("X1")
async def test_a_refusal_of_what_the_marketplace_has_already_troubles_nobody(house: House) -> None:
    order = await house.order(do.Accept())
    house.marketplace.will_answer(NO, Answer(raw_order(status=2)))
    await house.caller.deliver(await house.row(order))
    assert await house.known(order) is Status.ACCEPTED
    assert await words(house) == []


@pytest.mark.requirement("X1")
@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((NO, Answer(raw_order())), "Too late; orderId: expired"),
        ((Answer({"message": "Order not found"}, 404),), "Order not found"),
        ((Answer(text="", status=400), Answer(raw_order(status=None))), "400"),
    ],
)
async def test_a_refusal_is_given_up_and_the_chiefs_get_a_word(
    house: House, answers: tuple[Answer, ...], said: str
) -> None:
    order = await house.order(do.Accept())
    house.marketplace.will_answer(*answers)
    with pytest.raises(GivenUp):
        await house.caller.deliver(await house.row(order))
    async with house.database.snapshot() as c:
        assert await outbox.answer_of_failed(c, Channel.MARKETPLACE, order.id) == said
    assert await words(house) == [1005]
    assert await house.known(order) is Status.NEW


async def words(house: House) -> list[int]:
    """The chats that wait for a word about a refused call."""
    query = select(table.c.target).where(table.c.kind == Kind.CALL_REFUSED, table.c.sound)
    async with house.database.snapshot() as c:
        return list(await c.scalars(query))


@pytest.mark.requirement("X1")
async def test_a_limit_stops_every_order_until_it_is_over(house: House) -> None:
    first, second = [await house.order(do.Accept(), number=number) for number in (1, 2)]
    rows = [await house.row(order) for order in (first, second)]
    house.marketplace.will_answer(Answer({}, 429, {"x-rate-limit-reset": "29"}))
    with pytest.raises(NotNow) as told:
        await house.caller.deliver(rows[0])
    assert told.value.seconds == 30
    house.clock.turn(0.25)
    with pytest.raises(NotNow) as told:
        await house.caller.deliver(rows[1])
    assert told.value.seconds == 15
    assert house.called() == ["accept"]

    house.marketplace.will_answer(OK)
    house.clock.turn(0.25)
    for row in rows:
        await house.caller.deliver(row)
    assert house.called() == ["accept"] * 3


@pytest.mark.requirement("X1")
async def test_after_a_while_of_tries_in_vain_people_are_told_and_when_it_answers_too(
    house: House, steady: Steady
) -> None:
    row = await house.row(await house.order(do.Accept()))
    house.marketplace.will_answer(DOWN)
    for attempts, passed in enumerate((0.0, 1.0, UNREACHABLE)):
        assert house.troubles.standing() == {}
        steady.now += passed
        with pytest.raises(Unavailable):
            await house.caller.deliver(replace(row, attempts=attempts))
    assert set(house.troubles.standing()) == {TroubleKind.MARKETPLACE}

    house.marketplace.will_answer(Answer(raw_order(status=1)), OK)
    await house.caller.deliver(replace(row, attempts=3))
    assert house.troubles.standing() == {}


@pytest.mark.requirement("X1")
@pytest.mark.parametrize("status", [401, 403])
async def test_a_token_that_is_not_taken_is_told_at_once_and_nothing_is_given_up(
    house: House, status: int
) -> None:
    row = await house.row(await house.order(do.Accept()))
    house.marketplace.will_answer(Answer({"message": "no"}, status), OK)
    with pytest.raises(NotNow):
        await house.caller.deliver(row)
    assert set(house.troubles.standing()) == {TroubleKind.MARKETPLACE_TOKEN}
    house.clock.turn(2)
    await house.caller.deliver(row)
    assert house.troubles.standing() == {}


@pytest.mark.requirement("X1")
async def test_a_photo_is_looked_for_less_and_less_often_until_it_is_there(house: House) -> None:
    order = await house.order(do.Accept(), do.AttachPhoto("ab" * 32, "p/1.jpg"))
    row = await house.row(order)
    pauses = []
    for passed in (0, 1, 4, 60):
        house.clock.turn(passed)
        house.marketplace.will_answer(Answer(raw_order(status=2)))
        with pytest.raises(NotNow) as told:
            await house.caller.deliver(row)
        pauses.append(told.value.seconds)
    assert pauses == [FIRST_LOOK, 60, 300, LAST_LOOK]
    assert set(house.called()) == {"view"}

    house.marketplace.will_answer(Answer(raw_order(status=2, photoBeforeUrl="https://cdn.example/1.jpg")))
    await house.caller.deliver(row)
    assert await house.known(order) is Status.PHOTO


@pytest.mark.requirement("X1")
async def test_an_order_that_the_marketplace_never_had_or_knows_all_of_calls_nothing(house: House) -> None:
    order = await house.order(do.Accept())
    row = await house.row(order)
    await house.desk.do(order.id, do.MarketplaceHas(Status.ACCEPTED), MARKETPLACE)
    await house.caller.deliver(row)
    await house.caller.deliver(replace(row, order_id=order.id + 1))
    assert house.called() == []
