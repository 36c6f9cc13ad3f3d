from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import select

from orders.model.details import Window
from orders.model.order import Carrier, CarrierKind, Order, Seller
from orders.model.rules import ShopRules
from orders.model.status import FINAL, Status
from orders.order.board import Section, Span
from storage.db.database import Database
from storage.db.migrations import alembic_config
from storage.db.tables import number_parts
from storage.order import board, orders
from storage.order.board import BoardQuery, NotShown
from storage.shop import shops
from storage.shop.shops import Shop
from tests.builders import NOON, an_order, minutes
from tests.storage.conftest import Keep

LONG_AGO = timedelta(hours=48)
EVERYTHING = BoardQuery(1, Section.ALL, Span(), archived_before=NOON - LONG_AGO)
ARCHIVE = replace(EVERYTHING, section=Section.ARCHIVE)

Add = Callable[..., Awaitable[Order]]
Listed = Callable[..., Awaitable[list[str]]]


def window_at(moment: datetime) -> Window:
    return Window(moment, moment + minutes(60))


@pytest.fixture
def add(keep: Keep) -> Add:
    """Keeps an order of this number and status, closed `closed` before noon, delivered `hours` after it."""

    async def add_order(
        number: str,
        status: Status,
        hours: float = 1,
        closed: timedelta = timedelta(),
        **changes: Any,  # noqa: ANN401 - whatever a builder takes
    ) -> Order:
        since = NOON - closed
        window = window_at(NOON + timedelta(hours=hours))
        return await keep(an_order(number=number, status=status, since=since, window=window, **changes))

    return add_order


@pytest.fixture
def listed(elsewhere: Database) -> Listed:
    async def numbers(query: BoardQuery, limit: int = 100, offset: int = 0) -> list[str]:
        async with elsewhere.snapshot() as c:
            found = await board.page(c, query, limit, offset)
            if offset == 0 and limit == 100:
                assert await board.total(c, query) == len(found)
        return [order.number for order in found]

    return numbers


async def test_new_orders_stand_on_top_the_longest_waiting_first(add: Add, listed: Listed) -> None:
    await add("accepted", Status.ACCEPTED, hours=-5)
    await add("younger", Status.NEW, hours=1, placed_at=NOON - minutes(3))
    await add("oldest", Status.NEW, hours=9, placed_at=NOON - minutes(30))
    assert await listed(EVERYTHING) == ["oldest", "younger", "accepted"]


async def test_then_come_living_orders_by_delivery_and_done_ones_backwards(add: Add, listed: Listed) -> None:
    await add("done early", Status.DONE, hours=-3)
    await add("photo", Status.PHOTO, hours=2)
    await add("done late", Status.DONE, hours=-1)
    await add("returning", Status.RETURNING, hours=-1)
    await add("accepted", Status.ACCEPTED, hours=3)
    await add("left", Status.COURIER_LEFT, hours=1)
    assert await listed(EVERYTHING) == ["returning", "left", "photo", "accepted", "done late", "done early"]


@pytest.mark.parametrize(
    ("section", "numbers"),
    [
        (Section.NEW, ["new"]),
        (Section.ACCEPTED, ["accepted"]),
        (Section.PHOTO, ["photo"]),
        (Section.COURIER_LEFT, ["courier_left", "returning"]),
        (Section.DONE, ["done"]),
        (Section.CLOSED, ["cancelled", "declined"]),
        (Section.ARCHIVE, []),
    ],
)
async def test_each_section_lists_its_statuses(
    add: Add, listed: Listed, section: Section, numbers: list[str]
) -> None:
    for status in Status:
        await add(status.value, status)
    assert await listed(replace(EVERYTHING, section=section)) == numbers


async def test_the_counts_are_those_of_the_sections(add: Add, elsewhere: Database) -> None:
    for status in (*Status, Status.NEW, Status.DONE):
        await add("", status)
    await add("", Status.DONE, closed=LONG_AGO * 2)
    async with elsewhere.snapshot() as c:
        counts = await board.counts(c, replace(EVERYTHING, section=Section.DONE))
    assert counts == {
        Section.ALL: 8,
        Section.NEW: 2,
        Section.ACCEPTED: 1,
        Section.PHOTO: 1,
        Section.COURIER_LEFT: 2,
        Section.DONE: 2,
        Section.CLOSED: 2,
    }


async def test_an_empty_board_counts_nothing(shop: Shop, elsewhere: Database) -> None:
    async with elsewhere.snapshot() as c:
        assert set((await board.counts(c, EVERYTHING)).values()) == {0}
        assert await board.not_shown(c, EVERYTHING) == NotShown(0, 0, 0)
        assert await board.page(c, EVERYTHING, 10, 0) == []


async def test_closed_and_hidden_orders_move_to_the_archive(add: Add, listed: Listed) -> None:
    for status in sorted(FINAL):
        await add(f"old {status}", status, hours=-50, closed=LONG_AGO + minutes(1))
        await add(f"late {status}", status, closed=LONG_AGO)
    await add("hidden", Status.CANCELLED, hours=5, hidden=True)
    await add("old but alive", Status.PHOTO, hours=-99, closed=LONG_AGO * 2)
    assert await listed(ARCHIVE) == ["hidden", "old done", "old declined", "old cancelled"]
    assert await listed(EVERYTHING) == ["old but alive", "late done"]
    assert await listed(replace(EVERYTHING, section=Section.CLOSED)) == ["late cancelled", "late declined"]


async def test_what_all_does_not_list_is_told_once_each(add: Add, elsewhere: Database) -> None:
    await add("", Status.ACCEPTED)
    await add("", Status.DONE)
    await add("", Status.CANCELLED)
    await add("", Status.DECLINED)
    await add("", Status.CANCELLED, hidden=True)
    await add("", Status.DECLINED, hidden=True, closed=LONG_AGO * 2)
    for _ in range(3):
        await add("", Status.DONE, closed=LONG_AGO * 2)
    async with elsewhere.snapshot() as c:
        assert await board.not_shown(c, EVERYTHING) == NotShown(closed=2, hidden=1, archived=4)
        assert await board.total(c, EVERYTHING) == 2


async def test_a_span_is_half_open_and_holds_for_every_answer(
    add: Add, listed: Listed, elsewhere: Database
) -> None:
    for hours in (0, 1, 2, 3):
        await add(f"at {hours}", Status.PHOTO, hours=hours)
        await add(f"gone {hours}", Status.CANCELLED, hours=hours)
        await add(f"old {hours}", Status.DONE, hours=hours, closed=LONG_AGO * 2)
    span = Span(NOON + minutes(60), NOON + minutes(180))
    query = replace(EVERYTHING, span=span)
    assert await listed(query) == ["at 1", "at 2"]
    assert await listed(replace(ARCHIVE, span=span)) == ["old 2", "old 1"]
    assert await listed(replace(query, span=Span(start=NOON + minutes(61)))) == ["at 2", "at 3"]
    async with elsewhere.snapshot() as c:
        assert (await board.counts(c, query))[Section.CLOSED] == 2
        assert await board.not_shown(c, query) == NotShown(closed=2, hidden=0, archived=2)


@pytest.mark.requirement("R6")
async def test_what_earlier_days_left_unfinished_is_counted(add: Add, elsewhere: Database) -> None:
    await add("of yesterday", Status.COURIER_LEFT, hours=-20)
    await add("done yesterday", Status.DONE, hours=-21)
    await add("today", Status.ACCEPTED, hours=3)
    today = replace(EVERYTHING, span=Span(NOON - timedelta(hours=12), NOON + timedelta(hours=12)))
    async with elsewhere.snapshot() as c:
        assert await board.unfinished_before(c, today) == 1
        assert await board.unfinished_before(c, replace(today, visible_to=3)) == 0
        assert await board.unfinished_before(c, EVERYTHING) == 0


async def test_an_order_without_a_window_stands_where_it_was_placed(keep: Keep, listed: Listed) -> None:
    await keep(an_order(number="soon", status=Status.ACCEPTED, window=None, placed_at=NOON + minutes(30)))
    await keep(an_order(number="later", status=Status.ACCEPTED, window=window_at(NOON + minutes(60))))
    assert await listed(replace(EVERYTHING, span=Span(NOON, NOON + minutes(45)))) == ["soon"]


async def test_a_person_sees_only_what_was_given_to_them(
    add: Add, listed: Listed, elsewhere: Database
) -> None:
    mine, others = Seller(3, "Оля"), Seller(5, "Яна")
    await add("to sew", Status.ACCEPTED, hours=1, seller=mine)
    await add("to carry", Status.PHOTO, hours=2, seller=others, carrier=Carrier(CarrierKind.SELF, "Оля", 3))
    await add("not mine", Status.ACCEPTED, seller=others)
    await add("nobody's", Status.NEW)
    await add("mine, old", Status.DONE, seller=mine, closed=LONG_AGO * 2)
    await add("mine, gone", Status.CANCELLED, seller=mine)
    query = replace(EVERYTHING, visible_to=3)
    assert await listed(query) == ["to sew", "to carry"]
    assert await listed(replace(query, section=Section.ARCHIVE)) == ["mine, old"]
    async with elsewhere.snapshot() as c:
        assert (await board.counts(c, query))[Section.ACCEPTED] == 1
        assert await board.not_shown(c, query) == NotShown(closed=1, hidden=0, archived=1)


async def test_pages_follow_each_other(add: Add, listed: Listed) -> None:
    for number in range(7):
        await add(str(number), Status.ACCEPTED, hours=1)
    pages = [await listed(EVERYTHING, 3, offset) for offset in (0, 3, 6, 9)]
    assert pages == [["0", "1", "2"], ["3", "4", "5"], ["6"], []]


async def test_the_shops_do_not_see_each_other(add: Add, listed: Listed, database: Database) -> None:
    await add("here 1", Status.NEW)
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 9, "Мята", "ru", ShopRules()))
        await orders.add(c, an_order(number="there 1", shop_id=other.id))
        assert [order.number for order in await board.find(c, other.id, "1", None, 5)] == ["there 1"]
    assert await listed(EVERYTHING) == ["here 1"]
    assert await listed(replace(EVERYTHING, shop_id=other.id)) == ["there 1"]


async def found(database: Database, digits: str, visible_to: int | None = None, limit: int = 10) -> list[str]:
    async with database.snapshot() as c:
        return [order.number for order in await board.find(c, 1, digits, visible_to, limit)]


async def test_a_number_is_found_by_any_part_of_it(add: Add, elsewhere: Database) -> None:
    await add("25836184", Status.ACCEPTED)
    await add("99999999", Status.ACCEPTED)
    for digits in ("25836184", "2583", "836", "6184"):
        assert await found(elsewhere, digits) == ["25836184"]
    assert await found(elsewhere, "48163852") == []


async def test_the_exact_number_comes_first_then_the_living_then_the_newest(
    add: Add, elsewhere: Database
) -> None:
    await add("500", Status.DONE, closed=LONG_AGO * 2, placed_at=NOON - LONG_AGO * 2)
    await add("1500", Status.ACCEPTED, placed_at=NOON - minutes(9))
    await add("2500", Status.NEW, placed_at=NOON - minutes(1))
    await add("3500", Status.CANCELLED, hidden=True)
    await add("4500", Status.DONE, placed_at=NOON - minutes(5))
    assert await found(elsewhere, "500") == ["500", "2500", "1500", "3500", "4500"]
    assert await found(elsewhere, "500", limit=2) == ["500", "2500"]


async def test_signs_of_the_search_language_are_only_signs(add: Add, elsewhere: Database) -> None:
    await add("25%36", Status.NEW)
    await add("25836", Status.NEW)
    assert await found(elsewhere, "5%3") == ["25%36"]
    assert await found(elsewhere, "5_3") == []


async def test_a_person_finds_only_their_own(add: Add, elsewhere: Database) -> None:
    await add("1500", Status.ACCEPTED, seller=Seller(3, "Оля"))
    await add("500", Status.ACCEPTED)
    assert await found(elsewhere, "500", visible_to=3) == ["1500"]


async def test_each_part_finds_its_order_once_whatever_the_number_is_made_of(
    add: Add, elsewhere: Database
) -> None:
    await add("11111111", Status.NEW)
    await add("Б-1111я", Status.NEW)
    await add("7", Status.NEW)
    assert sorted(await found(elsewhere, "1111")) == ["11111111", "Б-1111я"]
    assert await found(elsewhere, "11111111") == ["11111111"]
    assert await found(elsewhere, "111111111") == []
    assert await found(elsewhere, "7") == ["7"]


async def test_orders_that_were_there_before_are_found_by_the_parts_of_their_number(
    add: Add, database: Database
) -> None:
    """What the migration writes for them is what is written for a new one."""
    await add("25836184", Status.NEW)
    await add("500", Status.NEW)
    async with database.write() as c:
        kept = (await c.execute(select(number_parts))).all()
        await c.run_sync(lambda connection: command.downgrade(alembic_config(connection), "0005"))
        await c.run_sync(lambda connection: command.upgrade(alembic_config(connection), "head"))
        assert sorted((await c.execute(select(number_parts))).all()) == sorted(kept)
        assert len(kept) == 6
