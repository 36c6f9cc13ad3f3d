from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

import pytest
import structlog

from flowwow.api.client import SellerApi
from flowwow.order.intake import Arrivals
from flowwow.order.parse import Reading, parse
from flowwow.order.webhook import Taken, WebhookEvent
from flowwow.order.webhook_events import Intake
from orders.model.details import Category, Details
from orders.model.order import Order
from orders.model.people import Actor, Role
from orders.model.rules import ShopRules
from orders.model.status import Status
from orders.order.changes import Part, changed
from services.health.troubles import TroubleKind, Troubles
from services.order.desk import Desk, Incoming
from storage.db.database import Database
from storage.order import deadlines
from storage.order import marketplace_objects as kept
from storage.shop import shops
from storage.shop.shops import Shop
from tests.flowwow.conftest import Answer, Marketplace
from tests.flowwow.samples import ORDER_ID, PLACED, SHOP_ID, raw_order, raw_product

NUMBER = str(ORDER_ID)
NOW = PLACED + timedelta(minutes=1)
UUIDS = (f"uuid-{n}" for n in count())


def clock() -> datetime:
    return NOW


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    database = Database(sqlite_url)
    yield database
    await database.close()


@dataclass
class House:
    """The intake with the real desk, and what stands in the database afterwards."""

    intake: Intake
    arrivals: Arrivals
    desk: Desk
    database: Database
    shop: Shop
    reading: Reading
    manager: Actor
    troubles: Troubles

    async def paid(self, **changes: object) -> Taken:
        return await self.intake.take(an_event("order.paid", **changes))

    async def cancelled(self, **changes: object) -> Taken:
        return await self.intake.take(an_event("order.cancelled", **changes))

    async def order(self, number: str = NUMBER) -> Order | None:
        return await self.desk.find_number(self.shop.id, number)

    async def status(self) -> Status | None:
        order = await self.order()
        return order.status if order else None

    async def is_done(self, uuid: str) -> bool:
        async with self.database.snapshot() as c:
            return await kept.is_done(c, uuid)


@pytest.fixture
async def house(database: Database, api: SellerApi, marketplace: Marketplace) -> House:
    marketplace.will_answer(Answer(raw_order()))
    async with database.write() as c:
        shop = await shops.put(c, Shop(0, SHOP_ID, "Цветы на Лесной", "ru", ShopRules()))
    desk = Desk(database, clock)
    reading = Reading({1: Category.LIVE_PLANTS}, Category.OTHER)
    arrivals = Arrivals(database, desk, reading, clock)
    manager = Actor(Role.MANAGER, 2, "Вера", shop_id=shop.id)
    troubles = Troubles(clock)
    intake = Intake(api, database, desk, arrivals, clock, troubles, patience=30)
    return House(intake, arrivals, desk, database, shop, reading, manager, troubles)


def an_event(kind: str, **changes: object) -> WebhookEvent:
    values = {"uuid": next(UUIDS), "event": kind, "shop_id": SHOP_ID, "order_id": ORDER_ID, **changes}
    return WebhookEvent(**values)  # type: ignore[arg-type]  # a test may give any value


@pytest.mark.requirement("X1")
async def test_a_paid_order_is_read_and_taken_in(house: House, marketplace: Marketplace) -> None:
    assert await house.paid() is Taken.DONE

    order = await house.order()
    assert order is not None
    assert (order.status, order.placed_at, order.received_at) == (Status.NEW, PLACED, NOW)
    assert order.details.lines[0].category is Category.LIVE_PLANTS
    async with house.database.snapshot() as c:
        assert await kept.raw_of(c, order.id) == raw_order()
    assert marketplace.calls[0].query == {"shopId": "501", "orderId": NUMBER}


@pytest.mark.requirement("X1")
async def test_the_same_event_twice_makes_one_order_and_one_call(
    house: House, marketplace: Marketplace
) -> None:
    assert await house.paid(uuid="once") is Taken.DONE
    assert await house.paid(uuid="once") is Taken.ALREADY

    assert len(marketplace.calls) == 1


async def test_two_deliveries_at_the_same_moment_make_one_order(house: House) -> None:
    taken = await asyncio.gather(*(house.paid(uuid="once") for _ in range(5)))

    assert sorted(taken) == [Taken.ALREADY] * 4 + [Taken.DONE]
    order = await house.order()
    assert order is not None
    assert order.version == 1


async def test_two_events_of_one_order_make_one_order(house: House) -> None:
    assert await house.paid() is Taken.DONE
    first = await house.order()
    assert await house.paid() is Taken.DONE

    assert await house.order() == first


CANNOT_BE_READ = pytest.mark.parametrize(
    "answer",
    [
        Answer(status=503),
        Answer(status=404),
        Answer(status=401),
        Answer(status=400),
        Answer(status=429),
        Answer(text="<html>"),
        Answer(drops=True),
        Answer({}),
        Answer(raw_order(id=None)),
        Answer(raw_order(id=ORDER_ID + 1)),
        Answer(raw_order(shopId=SHOP_ID + 1)),
    ],
)


@pytest.mark.requirement("X13")
@CANNOT_BE_READ
async def test_an_order_that_cannot_be_read_is_there_by_its_number_and_filled_in_once(
    house: House, marketplace: Marketplace, answer: Answer
) -> None:
    marketplace.will_answer(answer)
    assert await house.paid(uuid="first") is Taken.DONE
    assert await house.paid(uuid="first") is Taken.ALREADY
    assert await house.paid() is Taken.DONE
    order = await house.order()
    assert order is not None
    assert (order.details, order.status, order.placed_at) == (Details(unread=True), Status.NEW, NOW)
    assert order.version == 1

    marketplace.will_answer(Answer(raw_order()))
    assert await house.paid() is Taken.DONE
    assert await house.paid() is Taken.DONE
    filled = await house.order()
    assert filled is not None
    assert (filled.id, filled.version, filled.placed_at) == (order.id, 2, NOW)
    assert filled.details == parse(raw_order(), house.reading).details
    assert filled.amendment is None


@pytest.mark.requirement("X13")
async def test_a_marketplace_that_hangs_is_waited_for_a_few_seconds_only(
    house: House, database: Database, marketplace: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = asyncio.Event()

    async def view(_shop_id: int, _order_id: int) -> dict[str, object]:
        await hangs.wait()
        return raw_order()

    async with SellerApi(marketplace.url, "token") as api:
        monkeypatch.setattr(api, "view", view)
        intake = Intake(api, database, house.desk, house.arrivals, clock, house.troubles, patience=0.1)
        assert await intake.take(an_event("order.paid")) is Taken.DONE

    order = await house.order()
    assert order is not None
    assert order.details.unread


@pytest.mark.requirement("X13", "R16")
async def test_the_time_to_accept_an_order_without_details_counts_from_the_webhook(
    house: House, marketplace: Marketplace
) -> None:
    marketplace.will_answer(Answer(status=500))
    await house.paid()

    async with house.database.snapshot() as c:
        assert await deadlines.earliest(c) == NOW + timedelta(minutes=5)


@pytest.mark.requirement("X13", "R21")
@CANNOT_BE_READ
async def test_a_cancelled_order_that_was_never_read_is_told_of_as_cancelled_only(
    house: House, marketplace: Marketplace, answer: Answer
) -> None:
    marketplace.will_answer(answer)
    assert await house.cancelled() is Taken.DONE
    assert await house.status() is Status.CANCELLED
    async with house.database.snapshot() as c:
        assert await deadlines.earliest(c) is None

    marketplace.will_answer(Answer(raw_order()))
    assert await house.paid() is Taken.DONE
    order = await house.order()
    assert order is not None
    assert (order.status, order.details.address) == (Status.CANCELLED, raw_order()["address"])


async def test_an_order_that_was_entered_by_hand_stays_as_it_is_while_nothing_can_be_read(
    house: House, marketplace: Marketplace
) -> None:
    marketplace.will_answer(Answer(status=500))
    written = Incoming(NUMBER, NOW, Details(address="Лесная 5"), {"written": ""})
    by_hand = (await house.desk.receive(house.shop.id, written, house.manager)).order

    assert await house.paid() is Taken.DONE
    assert await house.order() == by_hand


@pytest.mark.requirement("X13")
async def test_what_staff_wrote_meanwhile_stays_and_what_contradicts_it_is_shown(
    house: House, marketplace: Marketplace
) -> None:
    marketplace.will_answer(Answer(status=500))
    await house.paid()
    order = await house.order()
    assert order is not None
    await house.desk.amend(
        order.id,
        lambda one: replace(one.details, address="Садовая 7", shop_note="звонить в домофон"),
        house.manager,
    )

    marketplace.will_answer(Answer(raw_order(shopAdditionalInfo="")))
    await house.paid()
    filled = await house.order()
    assert filled is not None
    assert filled.details.address == raw_order()["address"]
    assert filled.details.shop_note == "звонить в домофон"
    assert filled.amendment is not None
    assert changed(filled.amendment.original, filled.details) == {Part.ADDRESS}


@pytest.mark.requirement("X13")
@pytest.mark.parametrize(
    ("code", "status"), [(2, Status.ACCEPTED), (3, Status.DONE), (4, Status.COURIER_LEFT)]
)
async def test_an_order_that_was_worked_in_the_app_before_it_could_be_read_catches_up(
    house: House, marketplace: Marketplace, code: int, status: Status
) -> None:
    marketplace.will_answer(Answer(status=500))
    await house.paid()

    marketplace.will_answer(Answer(raw_order(status=code)))
    await house.paid()
    order = await house.order()
    assert order is not None
    assert (order.status, order.details.unread) == (status, False)


@pytest.mark.parametrize(
    ("code", "photo", "status", "there"),
    [
        (2, None, Status.ACCEPTED, Status.ACCEPTED),
        (2, "https://cdn.example/photo.jpg", Status.ACCEPTED, Status.PHOTO),
        (5, None, Status.ACCEPTED, Status.PHOTO),
        (7, None, Status.ACCEPTED, Status.ACCEPTED),
        (10, None, Status.ACCEPTED, Status.ACCEPTED),
        (4, None, Status.COURIER_LEFT, Status.COURIER_LEFT),
        (11, None, Status.COURIER_LEFT, Status.COURIER_LEFT),
        (12, None, Status.COURIER_LEFT, Status.COURIER_LEFT),
        (3, None, Status.DONE, Status.DONE),
    ],
)
async def test_an_order_that_was_worked_in_the_marketplaces_app_comes_as_far_as_it_is_there(
    house: House, marketplace: Marketplace, code: int, photo: str | None, status: Status, there: Status
) -> None:
    marketplace.will_answer(Answer(raw_order(status=code, photoBeforeUrl=photo)))

    assert await house.paid() is Taken.DONE

    order = await house.order()
    assert order is not None
    assert (order.status, order.marketplace_status) == (status, there)
    assert order.progress.accepted is not None
    assert order.progress.accepted.role is Role.MARKETPLACE


async def test_an_accepted_order_that_is_told_again_stays_accepted(
    house: House, marketplace: Marketplace
) -> None:
    marketplace.will_answer(Answer(raw_order(status=2)))
    await house.paid()
    first = await house.order()

    assert await house.paid() is Taken.DONE
    assert await house.order() == first


@pytest.mark.parametrize(("code", "in_doubt"), [(None, False), (1, False), (99, True), ("new", False)])
async def test_an_order_of_unknown_status_is_new_and_a_strange_one_is_asked_about(
    house: House, marketplace: Marketplace, code: object, in_doubt: bool
) -> None:
    marketplace.will_answer(Answer(raw_order(status=code)))

    await house.paid()

    order = await house.order()
    assert order is not None
    assert (order.status, order.is_in_doubt) == (Status.NEW, in_doubt)


@pytest.mark.requirement("R21")
async def test_a_cancelled_order_is_cancelled(house: House, marketplace: Marketplace) -> None:
    await house.paid()

    assert await house.cancelled() is Taken.DONE
    assert await house.status() is Status.CANCELLED
    assert len(marketplace.calls) == 1


async def test_a_cancellation_told_twice_is_done_once(house: House) -> None:
    await house.paid()
    await house.cancelled()
    first = await house.order()

    assert await house.cancelled() is Taken.DONE
    assert await house.order() == first


async def test_a_cancellation_that_overtakes_its_order_loses_nothing(house: House) -> None:
    assert await house.cancelled() is Taken.DONE
    assert await house.status() is Status.CANCELLED

    assert await house.paid() is Taken.DONE
    assert await house.status() is Status.CANCELLED


@pytest.mark.parametrize(
    "changes",
    [{"shop_id": 999}, {"shop_id": None}, {"order_id": None}, {"event": "order.exploded"}, {"event": ""}],
)
async def test_what_is_not_for_us_is_ignored_and_not_marked_as_done(
    house: House, marketplace: Marketplace, changes: dict[str, object]
) -> None:
    with structlog.testing.capture_logs() as logs:
        assert await house.paid(uuid="strange", **changes) is Taken.IGNORED

    assert logs
    assert marketplace.calls == []
    assert not await house.is_done("strange")


async def test_a_test_event_is_done_and_changes_nothing(house: House, marketplace: Marketplace) -> None:
    event = an_event("test", shop_id=None, order_id=None)

    assert await house.intake.take(event) is Taken.DONE
    assert await house.is_done(event.uuid)
    assert marketplace.calls == []


@pytest.mark.parametrize("created", [None, int((NOW + timedelta(hours=3)).timestamp()), "yesterday"])
async def test_the_time_to_accept_never_begins_in_the_future(
    house: House, marketplace: Marketplace, created: object
) -> None:
    marketplace.will_answer(Answer(raw_order(createdDate=created)))

    await house.paid()

    order = await house.order()
    assert order is not None
    assert order.placed_at == NOW


async def test_an_order_that_is_nothing_but_a_number_is_taken_in(
    house: House, marketplace: Marketplace
) -> None:
    marketplace.will_answer(Answer({"id": ORDER_ID}))

    assert await house.paid() is Taken.DONE
    assert await house.status() is Status.NEW


async def test_a_hostile_order_is_taken_in_whole(house: House, marketplace: Marketplace) -> None:
    nasty = "<b>&\u202e👩‍👩‍👧\0\ud800 " + "ж" * 5000
    marketplace.will_answer(
        Answer(
            raw_order(address=nasty, user={"name": nasty, "phone": nasty}, products=[raw_product(name=nasty)])
        )
    )

    assert await house.paid() is Taken.DONE

    order = await house.order()
    assert order is not None
    assert order.details.address == nasty.replace("\0", "").replace("\ud800", "\ufffd")
    async with house.database.snapshot() as c:
        raw = await kept.raw_of(c, order.id)
    assert raw is not None
    assert raw["id"] == ORDER_ID


async def test_the_log_names_doubtful_fields_but_nothing_of_the_people(
    house: House, marketplace: Marketplace
) -> None:
    marketplace.will_answer(Answer(raw_order(price="a lot", recipient=["Мария"])))

    with structlog.testing.capture_logs() as logs:
        await house.paid()

    assert [entry["fields"] for entry in logs if "fields" in entry] == [("price", "recipient")]
    assert "Мария" not in repr(logs)


@pytest.mark.requirement("X13")
async def test_orders_of_a_shop_that_the_bot_does_not_have_are_told(house: House) -> None:
    assert await house.cancelled(shop_id=9999) is Taken.IGNORED
    assert not house.troubles.standing()
    assert await house.paid(shop_id=9999) is Taken.IGNORED
    assert house.troubles.standing()[TroubleKind.MARKETPLACE_SHOP].about == "9999"
