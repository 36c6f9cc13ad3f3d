"""The pinned boards of whoever delivers, and of the chiefs who follow them."""

from __future__ import annotations

import pytest

from orders.model.details import Window
from orders.steps import commands as do
from services.bell.boards import Boards
from services.delivery.route_choices import RouteChoices
from services.delivery.routes import Routes
from services.order.desk import Desk
from storage.db.database import Database
from tests.builders import COURIER, MANAGER, NOON, SELLER, minutes
from tests.services.bell.test_boards import boards as boards  # noqa: PLC0414 - a fixture is found by its name
from tests.services.bell.test_boards import the_board
from tests.services.bell.wire import Recorder
from tests.services.workplace import COURIER_CHAT, MANAGER_CHAT, SELLER_CHAT, Clock, an_incoming

pytestmark = pytest.mark.requirement("X15", "X26")


@pytest.fixture
def routes(database: Database, clock: Clock) -> Routes:
    return Routes(database, clock)


async def given(desk: Desk, clock: Clock, start: float, address: str) -> int:
    """An order of the courier; its window of one hour starts so many minutes after noon."""
    window = Window(NOON + minutes(start), NOON + minutes(start + 60))
    order = (await desk.receive(1, an_incoming(clock(), window=window, address=address))).order
    await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(order.id, do.AssignSeller(SELLER.staff_id or 0, SELLER.name), MANAGER)
    await desk.do(order.id, do.AssignCourier(COURIER.staff_id or 0, COURIER.name), MANAGER)
    return order.id


async def test_the_board_of_a_courier_goes_in_the_order_of_the_route_with_its_times(
    desk: Desk, boards: Boards, routes: Routes, wire: Recorder, clock: Clock, database: Database
) -> None:
    await given(desk, clock, 240, "Садовая 3")
    await given(desk, clock, 60, "Лесная 5")
    await routes.renew_all()
    await boards.draw()
    board = the_board(wire, COURIER_CHAT)
    assert board.silent
    lines = board.text.splitlines()
    assert lines[1:3] == ["Выехать в 12:20", "Маршрут изменился в 12:00."]
    assert [line.partition(" ")[2] for line in lines[3:]] == [
        "13:00 Лесная 5 · Оля · в 13:00",
        "16:00 Садовая 3 · Оля · в 16:00",
    ]
    assert "Маршрут" in board.labels
    assert board.labels[:2] == ["13:00 Лесная 5", "16:00 Садовая 3"]

    await given(desk, clock, 90, "Мира 2")
    await routes.renew_all()
    chosen = await RouteChoices(database, clock).choose(COURIER, 4, lambda ids: [ids[1], ids[0], ids[2]])
    assert chosen is not None
    assert not chosen.lost
    await boards.draw()
    assert [line.split()[2] for line in the_board(wire, COURIER_CHAT).text.splitlines()[3:]] == [
        "Мира", "Лесная", "Садовая",
    ]  # fmt: skip
    assert len([one for one in wire.shown(COURIER_CHAT) if one.text.startswith("📌")]) == 1


async def test_the_board_of_a_chief_says_when_each_courier_arrives_and_leads_to_the_routes(
    desk: Desk, boards: Boards, routes: Routes, wire: Recorder, clock: Clock
) -> None:
    await boards.draw()
    for address in ("Лесная 5", "Садовая 3"):
        order_id = await given(desk, clock, 0, address)
        await desk.do(order_id, do.Dispatch(by_self=False, reason="клиент торопится"), SELLER)
    await routes.renew_all()
    await boards.draw()
    text, labels = the_board(wire, MANAGER_CHAT).text, the_board(wire, MANAGER_CHAT).labels
    assert " · Пётр · будет 12:40" in text
    assert " · Пётр · не успеть, будет 13:05" in text
    assert "Маршруты" in labels
    assert "Маршрут" not in the_board(wire, SELLER_CHAT).labels
    own = the_board(wire, COURIER_CHAT).text.splitlines()
    assert own[1] == "🔴 Не успеть: Садовая 3, окно 12:00-13:00, будет в 13:05"


async def test_between_taking_one_order_and_the_next_nothing_is_said_to_be_lost(
    desk: Desk, boards: Boards, routes: Routes, wire: Recorder, clock: Clock
) -> None:
    first = await given(desk, clock, 60, "Лесная 5")
    await given(desk, clock, 60, "Садовая 3")
    await routes.renew_all()
    clock.turn(20)
    await desk.do(first, do.Dispatch(by_self=False, reason="клиент торопится"), SELLER)
    await boards.draw()  # before the route was reckoned again
    assert "успеть" not in the_board(wire, COURIER_CHAT).text
    assert the_board(wire, COURIER_CHAT).text.endswith(" · Оля · в 13:25")
    await routes.renew_all()
    await boards.draw()
    assert "успеть" not in the_board(wire, COURIER_CHAT).text

    clock.turn(10)  # driving on without the second one would lose it, coming back for it at once does not
    await boards.draw()
    assert "успеть" not in the_board(wire, COURIER_CHAT).text
    assert the_board(wire, COURIER_CHAT).text.endswith(" · Оля · нужно фото")
    await routes.renew_all()
    await boards.draw()
    assert "успеть" not in the_board(wire, COURIER_CHAT).text
    assert [line[-5:] for line in the_board(wire, COURIER_CHAT).text.splitlines()[2:]] == ["13:20", "13:45"]
