"""Orders that wait to be accepted: one message per chat, one sound for all (X14, R16)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from aiogram.exceptions import TelegramNetworkError

from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules
from orders.steps import commands as do
from services.bell.group_members import GroupMembers
from services.order.alarms import Alarms
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import cards
from storage.order.cards import Card, Slot
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import DIRECTOR, MANAGER, minutes
from tests.services.bell.wire import Bell, Recorder
from tests.services.workplace import (
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    an_incoming,
    receive,
)

CHATS = (GROUP, DIRECTOR_CHAT, MANAGER_CHAT)


async def orders_come(desk: Desk, bell: Bell, clock: Clock, how_many: int, seconds: float = 2) -> list[Order]:
    """One after another, each shown before the next one comes."""
    found = []
    for _ in range(how_many):
        found.append(await receive(desk, clock()))
        await bell.deliver()
        clock.turn(seconds / 60)
    return found


async def ring(alarms: Alarms, bell: Bell) -> None:
    """Fire what is due, and send it."""
    await alarms.fire_due()
    await bell.deliver()


@pytest.fixture
def alarms(database: Database, bell: Bell, clock: Clock) -> Alarms:
    return Alarms(database, clock)


@pytest.mark.requirement("X14", "R15")
async def test_a_burst_of_new_orders_is_one_message_and_one_sound_in_each_chat(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    found = await orders_come(desk, bell, clock, 3)
    for chat in CHATS:
        [message] = wire.shown(chat)
        assert wire.rang(chat) == 1
        assert message.text.startswith("🔴 <b>Не приняты 3</b> · ближайшая доставка ")
        assert all(order.number in message.text for order in found)
        assert message.labels[0] == "Принять все 3"
        assert [len(label) <= 16 for label in message.labels[1:]] == [True, True, False]
    clock.turn(1)
    await orders_come(desk, bell, clock, 1)
    assert "· старший ждёт 1 мин ·" in wire.shown(GROUP)[0].text
    assert [wire.rang(chat) for chat in CHATS] == [2, 2, 2]
    assert [len(wire.shown(chat)) for chat in CHATS] == [1, 1, 1]


@pytest.mark.requirement("X14")
async def test_whoever_sits_in_the_group_has_the_private_message_without_a_sound(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, members: GroupMembers
) -> None:
    wire.in_group = {DIRECTOR_CHAT, SELLER_CHAT}
    await members.look()
    await orders_come(desk, bell, clock, 1)
    assert [wire.rang(chat) for chat in CHATS] == [1, 0, 1]
    [card] = wire.shown(DIRECTOR_CHAT)
    assert card.silent
    assert "Принять" in card.labels

    wire.in_group = set()  # the director has left
    clock.turn(31)
    await members.look()
    await orders_come(desk, bell, clock, 1)
    assert [wire.rang(chat) for chat in CHATS] == [2, 1, 2]


@pytest.mark.requirement("X14", "R16")
async def test_all_that_wait_ring_once_at_each_step_of_the_ladder_and_each_step_reaches_more_people(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, alarms: Alarms
) -> None:
    await orders_come(desk, bell, clock, 4, seconds=10)
    placed = clock() - timedelta(seconds=40)
    heard = []
    for minute in (5, 10, 15, 20):
        before = [wire.rang(chat) for chat in CHATS]
        for late in (1, 11, 21, 31):
            clock.now = placed + minutes(minute) + timedelta(seconds=late)
            await ring(alarms, bell)
        heard.append(
            [now - then for now, then in zip([wire.rang(chat) for chat in CHATS], before, strict=True)]
        )
    # the group, the director, the manager
    assert heard == [[1, 0, 0], [1, 0, 1], [1, 1, 1], [1, 1, 1]]
    for chat in CHATS:
        [message] = wire.shown(chat)
        assert "Не приняты 4" in message.text
        assert "клиент может отменить" in message.text


@pytest.mark.requirement("X14", "R18")
async def test_what_is_accepted_leaves_the_message_and_is_one_silent_line_in_the_group(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    first, second = await orders_come(desk, bell, clock, 2)
    await desk.do(first.id, do.Accept(), MANAGER)
    await bell.deliver()
    waits, line = wire.shown(GROUP)
    assert second.number in waits.text
    assert first.number not in waits.text
    assert line.silent
    assert line.text.startswith(f"🟡 {first.number} · принят ")
    assert wire.rang(GROUP) == 1
    assert [first.number in one.text for one in wire.shown(DIRECTOR_CHAT)] == [False]

    await desk.do(second.id, do.Accept(), MANAGER)
    await bell.deliver()
    assert [one.text.partition(" · ")[0] for one in wire.shown(GROUP)] == [
        f"🟡 {first.number}",
        f"🟡 {second.number}",
    ]
    assert wire.shown(DIRECTOR_CHAT) == []


@pytest.mark.requirement("X2", "X14")
async def test_a_card_that_was_on_its_way_when_its_order_was_accepted_says_so(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, database: Database
) -> None:
    order = await receive(desk, clock())
    await desk.do(order.id, do.Accept(), DIRECTOR)
    late = await bell.bot.send_message(MANAGER_CHAT, "🔴 Новый")
    async with database.write() as c:
        await cards.put(c, Card(order.id, MANAGER_CHAT, Slot.CARD, late.message_id, "as it was"))
    await bell.deliver()
    [card] = wire.shown(MANAGER_CHAT)
    assert card.text.startswith("🟡 <b>Принят</b>")


@pytest.mark.requirement("X14", "R21")
async def test_an_order_that_the_client_cancels_leaves_the_message_too(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    first, second = await orders_come(desk, bell, clock, 2)
    await desk.do(first.id, do.Cancel("передумал"), MANAGER)
    await bell.deliver()
    [message, *_] = wire.shown(DIRECTOR_CHAT)
    assert second.number in message.text
    assert first.number not in message.text


@pytest.mark.requirement("X14", "X18")
async def test_an_order_that_waits_again_joins_in_silence(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    first, _second = await orders_come(desk, bell, clock, 2)
    await desk.do(first.id, do.Accept(), MANAGER)
    await bell.deliver()
    clock.turn(2)
    await desk.do(first.id, do.Undo("не тот"), MANAGER)
    await bell.deliver()
    assert "Не приняты 2" in wire.shown(DIRECTOR_CHAT)[0].text
    assert [wire.rang(chat) for chat in CHATS] == [1, 1, 1]


@pytest.mark.requirement("X14", "X2")
async def test_a_message_that_somebody_deleted_comes_again_in_silence(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    await orders_come(desk, bell, clock, 2)
    wire.chats[GROUP].clear()
    await orders_come(desk, bell, clock, 1)
    [message] = wire.shown(GROUP)
    assert message.silent
    assert "Не приняты 3" in message.text


@pytest.mark.requirement("X14", "R15")
async def test_an_order_entered_by_hand_rings_for_nobody_and_is_a_line_in_the_group(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    await desk.receive(1, an_incoming(clock()), MANAGER)
    await bell.deliver()
    [line] = wire.shown(GROUP)
    assert line.text.startswith("🟡 ")
    assert [wire.rang(chat) for chat in CHATS] == [0, 0, 0]


@pytest.mark.requirement("X14")
async def test_an_order_accepted_just_before_another_one_comes_has_its_line_in_the_group(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    first, _ = await orders_come(desk, bell, clock, 2)
    await desk.do(first.id, do.Accept(), MANAGER)
    newest = await receive(desk, clock())
    await bell.waiting.join(newest.id, GROUP, aloud=True, is_ladder=False)  # and only then what was told
    await bell.deliver()
    assert [one.text.startswith(f"🟡 {first.number} · ") for one in wire.shown(GROUP)].count(True) == 1


@pytest.mark.requirement("X14")
async def test_orders_that_one_person_accepts_at_once_are_one_silent_line_in_the_group(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    found = await orders_come(desk, bell, clock, 15)
    sounds, calls = wire.rang(GROUP), len(wire.methods(GROUP))
    for order in found[:13]:
        await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(found[13].id, do.Accept(), DIRECTOR)
    await bell.deliver()
    waits, line, alone = wire.shown(GROUP)
    assert wire.methods(GROUP)[calls] == "EditMessageText", "first the message says what is true"
    assert waits.text.startswith("🔴")
    assert waits.text.count("Пионы") == 1
    assert line.text.startswith("🟡 <b>Принято 13 заказов</b> · ")
    assert "Анна" in line.text.splitlines()[0]
    assert all(f"{order.number} Пионы" in line.text for order in found[:13])
    assert f"🟡 {found[13].number} · " in alone.text
    assert wire.rang(GROUP) == sounds
    assert len(wire.methods(GROUP)) == calls + 3


@pytest.mark.requirement("X14")
async def test_the_message_goes_before_the_line_and_a_crash_in_between_loses_no_line(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    found = await orders_come(desk, bell, clock, 3)
    for order in found:
        await desk.do(order.id, do.Accept(), MANAGER)
    wire.failing = {"SendMessage"}
    with pytest.raises(TelegramNetworkError):
        await bell.waiting.refresh(found[0].id, GROUP)
    assert wire.shown(GROUP) == []
    wire.failing = set()
    await bell.deliver()
    [line] = wire.shown(GROUP)
    assert "Приняты 3 заказа" in line.text


@pytest.mark.requirement("X14", "X18")
async def test_an_order_that_waits_again_leaves_the_line_of_those_accepted(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    found = await orders_come(desk, bell, clock, 3)
    for order in found:
        await desk.do(order.id, do.Accept(), MANAGER)
    await bell.deliver()
    for left, order in enumerate(reversed(found)):
        await desk.do(order.id, do.Undo("не тот"), MANAGER)
        await bell.deliver()
        lines = [one.text for one in wire.shown(GROUP) if one.text.startswith("🟡")]
        assert [order.number in line for line in lines] == ([False] if left < 2 else [])
    for order in found:
        await desk.do(order.id, do.Accept(), DIRECTOR)
    await bell.deliver()
    [line] = wire.shown(GROUP)
    assert "Приняты 3 заказа" in line.text


@pytest.mark.requirement("X14", "X18")
async def test_an_order_that_another_accepts_before_the_group_knew_of_the_undo_has_its_own_line(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    first, second, third = await orders_come(desk, bell, clock, 3)
    for order in (first, second, third):
        await desk.do(order.id, do.Accept(), MANAGER)
    await bell.deliver()
    await desk.do(second.id, do.Undo("не тот"), MANAGER)
    await desk.do(second.id, do.Accept(), DIRECTOR)
    await bell.deliver()
    line, alone = wire.shown(GROUP)
    assert line.text.startswith("🟡 <b>Приняты 2 заказа</b> · ")
    assert "Анна" in line.text.splitlines()[0]
    assert [order.number in line.text for order in (first, second, third)] == [True, False, True]
    assert alone.text.startswith(f"🟡 {second.number} · принят ")
    assert "Ирина" in alone.text
    assert alone.silent

    await bell.waiting.join(first.id, GROUP, aloud=False, is_ladder=False)  # late, and nothing has changed
    assert wire.shown(GROUP) == [line, alone]


@pytest.mark.requirement("X14", "X18")
async def test_an_order_undone_and_cancelled_before_the_group_knew_leaves_the_line(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    found = await orders_come(desk, bell, clock, 3)
    for order in found:
        await desk.do(order.id, do.Accept(), MANAGER)
    await bell.deliver()
    await desk.do(found[1].id, do.Undo("не тот"), MANAGER)
    await desk.do(found[1].id, do.Cancel("передумал"), MANAGER)
    await bell.deliver()
    [line, *rest] = wire.shown(GROUP)
    assert "Приняты 2 заказа" in line.text
    assert found[1].number not in line.text
    assert [found[1].number in one.text for one in rest] == [True]


@pytest.mark.requirement("X14")
async def test_of_many_orders_the_nearest_have_buttons_and_a_chat_alone_leads_to_the_others(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock
) -> None:
    await orders_come(desk, bell, clock, 22)
    for chat in CHATS:
        [message] = wire.shown(chat)
        assert message.text.count(" · Пионы") == 20
        assert "и ещё 2 заказа" in message.text
        private = ["ещё 16"] if chat != GROUP else []
        assert message.labels[7:] == private


@pytest.mark.requirement("X14", "X6")
async def test_whoever_works_in_several_shops_reads_which_one_it_is(
    desk: Desk, bell: Bell, wire: Recorder, clock: Clock, database: Database
) -> None:
    async with database.write() as c:
        other = await shops.put(c, Shop(0, 99_002, "Роза на Садовой", "ru", ShopRules(), None))
        director = await staff.get(c, 1, 1)
        assert director is not None
        await staff.add(c, other.id, director.phone, "Ирина", Role.DIRECTOR)
    for _ in range(2):
        await desk.receive(other.id, an_incoming(clock()))
    await orders_come(desk, bell, clock, 2)
    of_other, of_first = sorted(wire.shown(DIRECTOR_CHAT), key=lambda one: "Садовой" not in one.text)
    assert "Роза на Садовой" in of_other.text
    assert "Роза на Садовой" not in of_first.text
    assert "Не приняты 2" in of_first.text
    assert of_first.text != wire.shown(MANAGER_CHAT)[0].text, "the manager works in one of them"
