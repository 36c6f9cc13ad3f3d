from __future__ import annotations

import pytest

from bot.updates.flood import (
    CROWD,
    KNOWN_CAUGHT_UP,
    KNOWN_FOR,
    KNOWN_UNFINISHED,
    QUIET_SECONDS,
    STRANGER_MOST,
    STRANGER_SECONDS,
    STRANGER_UNFINISHED,
    FloodGuard,
    Verdict,
)
from bot.updates.raw_updates import Outline
from storage.client import links
from storage.db.database import Database
from storage.order import orders
from storage.shop import shops
from tests.bot.updates.test_vitals import Seconds
from tests.builders import MANAGER, NOON, a_mark, an_order
from tests.services.workplace import COURIER_CHAT, SELLER_CHAT

STRANGER = 4242
CLIENT = 777


def an_update(sender: int | None = STRANGER, *, is_migration: bool = False) -> Outline:
    return Outline(1, "message", sender, is_private=True, is_migration=is_migration)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def guard(database: Database, seconds: Seconds) -> FloodGuard:
    return FloodGuard(database, seconds)


@pytest.mark.requirement("X22")
async def test_a_stranger_is_answered_told_once_and_then_left_for_a_while(
    guard: FloodGuard, seconds: Seconds
) -> None:
    verdicts = [await guard.judge(an_update(), 0, 0) for _ in range(STRANGER_MOST + 5)]
    assert verdicts[:STRANGER_MOST] == [Verdict.HANDLE] * STRANGER_MOST
    assert verdicts[STRANGER_MOST:] == [Verdict.TELL_STRANGER, *[Verdict.PASS_OVER] * 4]
    seconds.now += QUIET_SECONDS - 1
    assert await guard.judge(an_update(), 0, 0) is Verdict.PASS_OVER
    seconds.now += STRANGER_SECONDS
    assert await guard.judge(an_update(), 0, 0) is Verdict.HANDLE


async def test_a_stranger_who_writes_slowly_is_always_answered(guard: FloodGuard, seconds: Seconds) -> None:
    for _ in range(50):
        assert await guard.judge(an_update(), 0, 0) is Verdict.HANDLE
        seconds.now += STRANGER_SECONDS / STRANGER_MOST + 0.1


async def test_few_of_a_strangers_updates_are_in_work_at_once(guard: FloodGuard) -> None:
    assert await guard.judge(an_update(), STRANGER_UNFINISHED - 1, 0) is Verdict.HANDLE
    assert await guard.judge(an_update(), STRANGER_UNFINISHED, 0) is Verdict.TELL_STRANGER


async def test_in_a_crowd_the_staff_go_on_and_strangers_wait_outside(guard: FloodGuard) -> None:
    assert await guard.judge(an_update(), 0, CROWD) is Verdict.TELL_STRANGER
    assert await guard.judge(an_update(SELLER_CHAT), 0, CROWD) is Verdict.HANDLE


@pytest.mark.requirement("X22")
async def test_all_that_the_staff_send_is_handled_up_to_a_bound(guard: FloodGuard) -> None:
    for unfinished in range(KNOWN_UNFINISHED):
        assert await guard.judge(an_update(SELLER_CHAT), unfinished, unfinished) is Verdict.HANDLE
    verdicts = [await guard.judge(an_update(SELLER_CHAT), KNOWN_UNFINISHED, 0) for _ in range(2)]
    assert verdicts == [Verdict.TELL_KNOWN, Verdict.PASS_OVER]
    assert await guard.judge(an_update(SELLER_CHAT), 1, 0) is Verdict.HANDLE


async def test_a_known_sender_who_has_caught_up_is_told_of_the_next_flood_however_soon(
    guard: FloodGuard,
) -> None:
    async def verdicts(*unfinished: int) -> list[Verdict]:
        return [await guard.judge(an_update(SELLER_CHAT), waiting, 0) for waiting in unfinished]

    most = KNOWN_UNFINISHED
    told, silent, read = Verdict.TELL_KNOWN, Verdict.PASS_OVER, Verdict.HANDLE
    assert await verdicts(most, most - 1, most) == [told, read, silent]
    assert await verdicts(KNOWN_CAUGHT_UP, most, most) == [read, told, silent]


async def open_link(database: Database) -> int:
    """A client follows an order in a chat; gives the order's id."""
    async with database.write() as c:
        shop, *_ = await shops.all_shops(c)
        order = await orders.add(c, an_order(shop_id=shop.id))
        await links.add(c, order.id, "nonce", "token", a_mark(MANAGER))
        link = await links.of_order(c, order.id)
        assert link is not None
        await links.bind(c, link.id, CLIENT, "ru", NOON)
    return order.id


@pytest.mark.requirement("X22")
async def test_the_staff_and_clients_with_a_link_are_known_and_strangers_are_not(
    guard: FloodGuard, database: Database, seconds: Seconds
) -> None:
    order_id = await open_link(database)

    async def verdict(sender: int) -> Verdict:
        return await guard.judge(an_update(sender), STRANGER_UNFINISHED, 0)

    assert await verdict(SELLER_CHAT) is Verdict.HANDLE
    assert await verdict(COURIER_CHAT) is Verdict.HANDLE
    assert await verdict(CLIENT) is Verdict.HANDLE
    assert await verdict(STRANGER) is Verdict.TELL_STRANGER

    async with database.write() as c:
        await links.revoke(c, order_id, a_mark(MANAGER))
    seconds.now += KNOWN_FOR
    assert await verdict(CLIENT) is Verdict.TELL_STRANGER


async def test_what_is_of_no_sender_or_moves_a_group_is_always_handled(guard: FloodGuard) -> None:
    for _ in range(2 * STRANGER_MOST):
        assert await guard.judge(an_update(None), 99, 999) is Verdict.HANDLE
        assert await guard.judge(an_update(is_migration=True), 99, 999) is Verdict.HANDLE


async def test_while_the_database_is_away_nobody_is_turned_away(tmp_path: object, seconds: Seconds) -> None:
    guard = FloodGuard(Database(f"sqlite+aiosqlite:///{tmp_path}/none/orders.db"), seconds)
    assert await guard.judge(an_update(), STRANGER_UNFINISHED, 0) is Verdict.HANDLE
