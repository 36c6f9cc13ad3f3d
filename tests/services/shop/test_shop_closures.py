from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from orders.model.people import Actor, Role
from orders.model.refusals import Refusal
from orders.shop.closures import Hiding, Spell
from services.shop.shop_closures import ShopClosures
from storage.db.database import Database
from storage.sending.shop_notifications import News, NewsKind
from storage.shop import closures
from tests.builders import COURIER, DIRECTOR, MANAGER, NOON, RULES, SELLER, minutes
from tests.outbox_rows import take_news
from tests.services.workplace import DIRECTOR_CHAT, MANAGER_CHAT, Clock, running

STRANGER = Actor(Role.DIRECTOR, 6, "Зоя", shop_id=2)


@pytest.fixture
def door(database: Database, clock: Clock) -> ShopClosures:
    return ShopClosures(database, clock)


async def news(database: Database) -> list[tuple[int, NewsKind, bool]]:
    """What is to be told, to whom, and whether aloud; taken out so that only what is new is seen next."""
    async with database.write() as c:
        found = await take_news(c)
    return [(one.chat_id, one.kind, one.sound) for one in sorted(found, key=_chat)]


def _chat(one: News) -> int:
    return one.chat_id


async def last(database: Database, shop_id: int = 1) -> Hiding | None:
    async with database.snapshot() as c:
        return next(iter(await closures.latest(c, shop_id, 1)), None)


async def due_at(database: Database) -> datetime | None:
    async with database.snapshot() as c:
        return await closures.next_due(c)


@pytest.mark.requirement("R8", "R9")
async def test_a_tap_hides_a_second_one_changes_nothing_more(door: ShopClosures, database: Database) -> None:
    turned = await asyncio.gather(door.hide(MANAGER), door.hide(DIRECTOR), door.hide(MANAGER))
    assert [one.changed for one in turned].count(True) == 1
    hidden = await last(database)
    assert hidden is not None
    assert all(one.hiding == hidden for one in turned)
    assert len(await news(database)) == 1
    assert await last(database, shop_id=2) is None


@pytest.mark.requirement("R8")
async def test_the_other_chiefs_are_told_silently(door: ShopClosures, database: Database) -> None:
    await door.hide(MANAGER)
    assert await news(database) == [(DIRECTOR_CHAT, NewsKind.SHOP_HIDDEN, False)]
    await door.open(DIRECTOR)
    assert await news(database) == [(MANAGER_CHAT, NewsKind.SHOP_OPEN, False)]
    assert not (await door.open(MANAGER)).changed
    assert await news(database) == []


@pytest.mark.requirement("R8", "R14")
@pytest.mark.parametrize("actor", [SELLER, COURIER, Actor(Role.CLIENT), Actor(Role.MARKETPLACE)])
async def test_only_chiefs_turn_the_door(door: ShopClosures, database: Database, actor: Actor) -> None:
    await door.hide(MANAGER)
    hidden = await last(database)
    assert hidden is not None
    for wish in (
        door.hide(actor),
        door.open(actor),
        door.set_end(actor, Spell.HOUR, RULES),
        door.confirm_app(actor, hidden.id),
    ):
        with pytest.raises(Refusal):
            await wish
    assert await last(database) == hidden


@pytest.mark.requirement("R8", "X6")
async def test_another_shops_chief_turns_their_own_door(door: ShopClosures, database: Database) -> None:
    await door.hide(MANAGER)
    ours = await last(database)
    assert ours is not None
    assert not (await door.open(STRANGER)).changed
    assert not (await door.confirm_app(STRANGER, ours.id)).changed
    await door.hide(STRANGER)
    await door.open(STRANGER)
    assert await last(database) == ours


@pytest.mark.requirement("R8", "R9")
async def test_an_end_is_set_and_the_second_of_a_double_tap_moves_nothing(
    door: ShopClosures, database: Database, clock: Clock
) -> None:
    assert not (await door.set_end(MANAGER, Spell.HOUR, RULES)).changed, "it is open"
    await door.hide(MANAGER)
    turned = await door.set_end(MANAGER, Spell.TWO_HOURS, RULES)
    assert turned.hiding is not None
    assert turned.hiding.until == NOON + minutes(120)
    clock.turn(0.5)
    assert not (await door.set_end(MANAGER, Spell.TWO_HOURS, RULES)).changed
    turned = await door.set_end(MANAGER, Spell.OPEN_END, RULES)
    assert turned.hiding is not None
    assert turned.hiding.until is None
    assert await due_at(database) is None


@pytest.mark.requirement("R8")
async def test_it_reminds_aloud_and_opens_by_itself(
    door: ShopClosures, database: Database, clock: Clock
) -> None:
    await door.hide(MANAGER)
    await door.set_end(MANAGER, Spell.HOUR, RULES)
    await news(database)
    async with running(door.run()):
        await _until(database, NOON + minutes(50))
        clock.turn(50)
        database.wake_all()
        await _until(database, NOON + minutes(60))
        told = [(DIRECTOR_CHAT, NewsKind.REOPENS_SOON, True), (MANAGER_CHAT, NewsKind.REOPENS_SOON, True)]
        assert await news(database) == told
        clock.turn(10)
        database.wake_all()
        await _until(database, None)
    opened = [(DIRECTOR_CHAT, NewsKind.SHOP_OPEN, True), (MANAGER_CHAT, NewsKind.SHOP_OPEN, True)]
    assert await news(database) == opened
    hiding = await last(database)
    assert hiding is not None
    assert hiding.reopened is not None
    assert (hiding.reopened.at, hiding.reopened.staff_id) == (NOON + minutes(60), None)


@pytest.mark.requirement("R8")
async def test_what_fell_due_while_nobody_ran_opens_at_once_without_a_late_reminder(
    door: ShopClosures, database: Database, clock: Clock
) -> None:
    await door.hide(MANAGER)
    await door.set_end(MANAGER, Spell.HOUR, RULES)
    await news(database)
    clock.turn(300)
    async with running(door.run()):
        await _until(database, None)
    assert {kind for _, kind, _ in await news(database)} == {NewsKind.SHOP_OPEN}


async def test_the_app_is_confirmed_for_what_the_shop_is(door: ShopClosures, database: Database) -> None:
    hiding = (await door.hide(MANAGER)).hiding
    assert hiding is not None
    assert (await door.confirm_app(DIRECTOR, hiding.id)).changed
    assert not (await door.confirm_app(MANAGER, hiding.id)).changed
    await door.open(MANAGER)
    assert (await door.confirm_app(MANAGER, hiding.id)).changed
    kept = await last(database)
    assert kept is not None
    assert kept.app_hidden is not None
    assert kept.app_shown is not None
    assert (kept.app_hidden.name, kept.app_shown.name) == (DIRECTOR.name, MANAGER.name)


async def _until(database: Database, wanted: datetime | None) -> None:
    """Wait until the next moment at which something is due is this."""
    async with asyncio.timeout(20):
        while await due_at(database) != wanted:  # noqa: ASYNC110 - the database wakes nobody
            await asyncio.sleep(0.01)
