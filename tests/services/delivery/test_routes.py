"""Routes that are kept true while orders come, go and are late, and what people hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from messages.i18n.texts import Translator
from orders.load.plan import plan_of
from orders.model.details import Window
from orders.model.order import Handover
from orders.model.people import Actor
from orders.model.rules import ShopRules
from orders.route.routes import Route, Seen, arrival_window
from orders.route.ways import Point
from orders.steps import commands as do
from orders.steps.delivery_commands import GiveBack
from services.delivery.route_choices import RouteChoices
from services.delivery.route_views import lost_screen, views
from services.delivery.routes import Routes
from services.order.desk import Desk
from services.shop.erasure import Erasure
from storage.db.database import Database
from storage.db.tables import deadlines, outbox
from storage.delivery import routes as kept_routes
from storage.delivery import tables
from storage.delivery.routes import KeptRoute
from storage.photo.photo_files import PhotoFiles
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, SELLER, minutes
from tests.services.workplace import COURIER_CHAT, DIRECTOR_CHAT, MANAGER_CHAT, Clock, an_incoming

pytestmark = pytest.mark.requirement("X26")

RULES = ShopRules(travel_minutes=30, leg_minutes=20, door_minutes=5, early_minutes=15)
HERE = Point(55.75, 37.62)


@pytest.fixture
def routes(database: Database, clock: Clock) -> Routes:
    return Routes(database, clock)


@pytest.fixture
def choices(database: Database, clock: Clock) -> RouteChoices:
    return RouteChoices(database, clock)


async def given(
    desk: Desk, clock: Clock, start: float, address: str, who: Actor = COURIER, number: str = ""
) -> int:
    """An order that this courier carries; its window of one hour starts so many minutes after noon."""
    window = Window(NOON + minutes(start), NOON + minutes(start + 60))
    order = (await desk.receive(1, an_incoming(clock(), number, window=window, address=address))).order
    await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(order.id, do.AssignSeller(SELLER.staff_id or 0, SELLER.name), MANAGER)
    await desk.do(order.id, do.AssignCourier(who.staff_id or 0, who.name), MANAGER)
    return order.id


async def leave(desk: Desk, order_id: int) -> None:
    await desk.do(order_id, do.Dispatch(by_self=False, reason="клиент торопится"), SELLER)


async def kept(database: Database) -> KeptRoute | None:
    async with database.snapshot() as c:
        return (await kept_routes.kept(c, 1)).get(4)


async def route_now(database: Database, clock: Clock) -> Route:
    async with database.snapshot() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        return await kept_routes.route_of(c, 1, shop.rules, 4, clock())


async def told(database: Database) -> list[int]:
    """Whom the outbox tells of a lost window, aloud."""
    query = select(outbox.c.target).where(outbox.c.kind == NewsKind.ROUTE_LOST, outbox.c.sound)
    async with database.snapshot() as c:
        return sorted(await c.scalars(query))


@pytest.fixture(autouse=True)
async def rules(database: Database) -> None:
    async with database.write() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        await shops.put(c, replace(shop, rules=replace(RULES, call_delay_seconds=0)))


async def test_a_route_follows_the_orders_that_come_and_go_and_is_told_silently(
    desk: Desk, routes: Routes, database: Database, clock: Clock
) -> None:
    late = await given(desk, clock, 240, "Садовая 3")
    soon = await given(desk, clock, 60, "Лесная 5")
    await routes.renew_all()
    before = await kept(database)
    assert before is not None
    assert (before.kept.sequence, before.changed_at) == ((soon, late), NOON)

    clock.turn(5)
    await routes.renew_all()
    assert await kept(database) == before
    between = await given(desk, clock, 150, "Мира 2")
    await routes.renew_all()
    changed = await kept(database)
    assert changed is not None
    assert (changed.kept.sequence, changed.changed_at) == ((soon, between, late), clock())
    await desk.do(soon, do.Cancel("передумал"), MANAGER)
    await routes.renew_all()
    assert (await route_now(database, clock)).sequence == (between, late)
    assert await told(database) == []


async def test_nobody_drives_anywhere_with_a_trial_order(
    database: Database, clock: Clock, desk: Desk, routes: Routes
) -> None:
    await given(desk, clock, 60, "Лесная ул., 5")
    await given(desk, clock, 60, "Пробная улица, 1", number="Пробный-1")
    await routes.renew_all()
    assert len((await route_now(database, clock)).stops) == 1


async def test_of_a_window_that_is_lost_the_courier_and_the_chiefs_hear_once(
    desk: Desk, routes: Routes, choices: RouteChoices, database: Database, clock: Clock
) -> None:
    for address in ("Лесная 5", "Садовая 3"):
        await given(desk, clock, 60, address)
    await routes.renew_all()
    assert await told(database) == []
    clock.turn(66)  # 30 minutes to the first door, 5 there, and 20 to the next one
    for _ in range(3):
        await routes.renew_all()
        clock.turn(1)
    heard = sorted((COURIER_CHAT, DIRECTOR_CHAT, MANAGER_CHAT))
    assert await told(database) == heard
    async with database.write() as c:
        await c.execute(delete(outbox))
    first, second = [stop.order for stop in (await route_now(database, clock)).stops]
    for typed in (3, None):
        await choices.note_way(second, first, typed)
        await routes.renew_all()
        assert bool((await route_now(database, clock)).lost) is (typed is None)
    assert await told(database) == []


async def test_a_lost_window_of_a_single_delivery_rings_by_its_own_alarms_alone(
    desk: Desk, routes: Routes, database: Database, clock: Clock
) -> None:
    await given(desk, clock, 60, "Лесная 5")
    clock.turn(100)
    await routes.renew_all()
    assert (await route_now(database, clock)).lost
    assert await told(database) == []


async def test_the_order_of_a_person_is_kept_until_somebody_has_it_computed_again(
    desk: Desk, routes: Routes, choices: RouteChoices, database: Database, clock: Clock
) -> None:
    first, second = [await given(desk, clock, 60, address) for address in ("Лесная 5", "Садовая 3")]
    await routes.renew_all()
    assert await choices.choose(SELLER, 4, lambda found: list(reversed(found))) is None
    assert await choices.compute(SELLER, 4) is None
    for who in (COURIER, MANAGER):
        route = await choices.choose(who, 4, lambda found: list(reversed(found)))
        assert route is not None
        assert route.by_hand
    await choices.choose(COURIER, 4, lambda found: list(reversed(found)))
    third = await given(desk, clock, 120, "Мира 2")
    await routes.renew_all()
    row = await kept(database)
    assert row is not None
    assert (row.kept.sequence, row.kept.by_hand) == ((second, first, third), True)
    computed = await choices.compute(COURIER, 4)
    assert computed is not None
    assert (computed.sequence, computed.by_hand) == ((first, second, third), False)


async def test_who_chooses_an_order_that_loses_a_window_is_not_told_what_they_saw(
    desk: Desk, routes: Routes, choices: RouteChoices, database: Database, clock: Clock
) -> None:
    soon, late = [await given(desk, clock, start, address) for start, address in ((0, "а 1"), (60, "б 2"))]
    await routes.renew_all()
    route = await choices.choose(COURIER, 4, lambda found: list(reversed(found)))
    assert route is not None
    assert [stop.order.id for stop in route.lost] == [soon]
    await routes.renew_all()
    row = await kept(database)
    assert row is not None
    assert row.kept.sequence == (late, soon)
    assert await told(database) == []


async def test_typed_minutes_and_shared_places_take_the_place_of_the_rules(
    desk: Desk, routes: Routes, choices: RouteChoices, database: Database, clock: Clock
) -> None:
    first, second = [await given(desk, clock, 0, address) for address in ("Лесная 5, кв 1", "Садовая 3")]
    await routes.renew_all()
    orders = [stop.order for stop in (await route_now(database, clock)).stops]
    await choices.note_way(orders[1], orders[0], 3)
    await choices.note_way(orders[0], None, 10)
    assert [stop.at for stop in (await route_now(database, clock)).stops] == [
        NOON + minutes(10),
        NOON + minutes(18),
    ]
    await choices.note_way(orders[1], orders[0], None)
    for order in orders:
        await choices.note_place(order, HERE)
    assert [stop.leg for stop in (await route_now(database, clock)).stops][1] == minutes(0)
    assert await choices.note_shop(DIRECTOR, HERE)
    assert not await choices.note_shop(COURIER, HERE)

    async with database.write() as c:
        await kept_routes.forget_old(c, 1, NOON + minutes(1))
    legs = [stop.leg for stop in (await route_now(database, clock)).stops]
    assert legs == [minutes(30), minutes(20)]
    assert {first, second} == {order.id for order in orders}


@pytest.mark.requirement("R63")
async def test_where_an_order_went_is_erased_with_it(
    desk: Desk, choices: RouteChoices, database: Database, clock: Clock, tmp_path: Path
) -> None:
    kept_one, erased = [await given(desk, clock, 0, address) for address in ("Лесная 5", "Садовая 3")]
    for order_id in (kept_one, erased):
        order = await desk.look(order_id, DIRECTOR)
        await choices.note_place(order, HERE)
        await choices.note_way(order, None, 7)
    await desk.do(erased, do.Cancel("передумал"), MANAGER)
    await Erasure(database, PhotoFiles(tmp_path), clock).erase(DIRECTOR, [erased])
    async with database.snapshot() as c:
        assert len((await c.execute(select(tables.places))).all()) == 1
        assert len((await c.execute(select(tables.ways))).all()) == 1
    assert [stop.leg for stop in (await route_now(database, clock)).stops] == [minutes(7)]


async def test_where_a_courier_was_seen_counts_on_the_way_and_goes_with_the_route(
    desk: Desk, routes: Routes, choices: RouteChoices, database: Database, clock: Clock
) -> None:
    assert not await choices.note_seen(COURIER, HERE)
    order_id = await given(desk, clock, 0, "Лесная 5")
    await leave(desk, order_id)
    await routes.renew_all()
    clock.turn(20)
    order = (await route_now(database, clock)).stops[0].order
    await choices.note_place(order, HERE)
    assert await choices.note_seen(COURIER, HERE)
    route = await route_now(database, clock)
    assert route.stops[0].at == clock()
    assert arrival_window(order, route) == Window(NOON + minutes(10), NOON + minutes(30))
    row = await kept(database)
    assert row is not None
    assert row.seen == Seen(HERE, clock())
    await desk.do(order_id, do.Complete(Handover.IN_PERSON), COURIER)
    await routes.renew_all()
    assert await kept(database) is None
    assert (await route_now(database, clock)).stops == ()


async def test_the_news_name_who_is_not_reached_first_and_who_else_can(
    desk: Desk, routes: Routes, database: Database, clock: Clock
) -> None:
    for address in ("Лесная 5", "Садовая 3"):
        await given(desk, clock, 60, address)
    await given(desk, clock, 300, "Мира 2", MANAGER)
    clock.turn(66)
    await routes.renew_all()
    async with database.snapshot() as c:
        shop = await shops.get(c, 1)
        assert shop is not None
        texts = {
            chat: await _text(c, shop, chat, clock) for chat in (COURIER_CHAT, MANAGER_CHAT, DIRECTOR_CHAT)
        }
        seen = await views(c, shop, COURIER, clock())
    lost = "🔴 Не успеть: Садовая 3, окно 13:00-14:00, будет в 14:05"
    chiefs = texts[MANAGER_CHAT].splitlines()
    assert chiefs[:2] == ["<b>Пётр: 2 адреса</b>", lost]
    assert chiefs[2].startswith("Анна успеет: будет в 13:35.")
    assert texts[COURIER_CHAT].splitlines()[:3] == ["<b>Маршрут: 2 адреса</b>", lost, "Предупредите клиента."]
    assert list(seen) == [4]


async def _text(c: AsyncConnection, shop: Shop, chat: int, clock: Clock) -> str:
    news = News(1, chat, NewsKind.ROUTE_LOST, 4, sound=True, not_before=NOON)
    screen = await lost_screen(c, news, shop, clock(), Translator("ru"))
    return screen.text if screen else ""


async def due(database: Database, order_id: int) -> dict[str, datetime]:
    query = select(deadlines.c.kind, deadlines.c.due_at).where(deadlines.c.order_id == order_id)
    async with database.snapshot() as c:
        return {kind: at for kind, at in await c.execute(query) if at is not None}


async def test_what_leaves_with_an_earlier_stop_is_due_with_it_until_somebody_else_carries_it(
    desk: Desk, routes: Routes, database: Database, clock: Clock
) -> None:
    first = await given(desk, clock, 60, "Лесная 5")
    second = await given(desk, clock, 70, "Садовая 3")
    assert (await due(database, second))["leave_now"] == NOON + minutes(40)
    await routes.renew_all()
    for order_id in (first, second):
        assert (await due(database, order_id))["leave_now"] == NOON + minutes(30)
    order = await desk.look(second, MANAGER)
    [job] = plan_of([order], (), 5, RULES, NOON.date(), NOON.date()).jobs
    assert (job.photo_by, job.leave_by) == (NOON + minutes(30 - RULES.rating_minutes), NOON + minutes(30))
    version = order.version
    await routes.renew_all()
    assert (await desk.look(second, MANAGER)).version == version

    await desk.do(second, GiveBack("машина сломалась"), COURIER)
    assert (await due(database, second))["leave_now"] == NOON + minutes(40)


async def test_whoever_heard_of_a_lost_window_is_asked_when_it_should_have_arrived(
    desk: Desk, routes: Routes, database: Database, clock: Clock
) -> None:
    on_way = [await given(desk, clock, 0, address) for address in ("Лесная 5", "Садовая 3", "Мира 2")]
    for order_id in on_way:
        await leave(desk, order_id)
    assert (await due(database, on_way[2]))["late"] == NOON + minutes(60)
    await routes.renew_all()
    assert [(await due(database, one))["late"] for one in on_way] == [
        NOON + minutes(60), NOON + minutes(60), NOON + minutes(80),
    ]  # fmt: skip
    clock.turn(5)
    await routes.renew_all()
    assert (await due(database, on_way[2]))["late"] == NOON + minutes(80)
