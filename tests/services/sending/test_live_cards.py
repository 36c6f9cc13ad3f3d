from __future__ import annotations

import asyncio
import re

import pytest
from aiogram.exceptions import TelegramForbiddenError

from orders.model.order import Handover, Order
from orders.model.people import MARKETPLACE
from orders.model.status import Status
from orders.steps import commands as do
from sandbox.driver import SeenMessage
from services.order.desk import Desk
from storage.db.database import Database
from storage.order import cards
from storage.order.cards import Card, Slot
from storage.team import staff
from tests.builders import COURIER, MANAGER, NOON, SELLER
from tests.services.workplace import (
    CHATS,
    COURIER_CHAT,
    DIRECTOR_CHAT,
    GROUP,
    MANAGER_CHAT,
    SELLER_CHAT,
    Clock,
    Telegram,
    receive,
)


@pytest.fixture
async def order(desk: Desk) -> Order:
    return await receive(desk, NOON)


async def the_card(telegram: Telegram, person: str = "manager", chat: str = "bot") -> SeenMessage:
    """The only message of the bot in this chat."""
    [message] = await telegram.shown(person, chat)
    return message


async def draw_menu(telegram: Telegram) -> int:
    """A menu in place of the manager's card."""
    message_id = (await the_card(telegram)).message_id
    await telegram.bot.edit_message_text("меню", chat_id=MANAGER_CHAT, message_id=message_id)
    return message_id


async def kept_card(database: Database, order: Order, chat: int, slot: Slot = Slot.CARD) -> Card | None:
    async with database.snapshot() as c:
        return await cards.get(c, order.id, chat, slot)


@pytest.mark.requirement("R15", "X2")
async def test_a_card_comes_aloud_and_is_then_edited_in_silence(
    telegram: Telegram, desk: Desk, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    new = await the_card(telegram)
    assert not new.silent
    assert "Принять" in new.button_texts
    await desk.do(order.id, do.Accept(), MANAGER)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    accepted = await the_card(telegram)
    assert accepted.message_id == new.message_id
    assert accepted.edit_date is not None
    assert "Принять" not in accepted.button_texts


@pytest.mark.requirement("X2")
async def test_a_card_that_would_look_the_same_is_left_alone(telegram: Telegram, order: Order) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    before = await the_card(telegram)
    for _ in range(3):
        await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    assert await the_card(telegram) == before


@pytest.mark.requirement("X2", "X3")
async def test_a_card_that_was_drawn_by_a_bot_that_died_before_noting_it_is_drawn_again(
    telegram: Telegram, desk: Desk, order: Order, database: Database
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    async with database.snapshot() as c:
        noted = await cards.get(c, order.id, MANAGER_CHAT, Slot.CARD)
    assert noted is not None
    await desk.do(order.id, do.Accept(), MANAGER)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    async with database.write() as c:  # as the database stands after a power cut in between
        await cards.put(c, noted)
    await desk.do(order.id, do.Undo("не тот заказ"), MANAGER)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False, again=True)
    assert "Принять" in (await the_card(telegram)).button_texts


@pytest.mark.requirement("X2")
async def test_a_card_that_comes_aloud_again_is_the_newest_message_and_the_only_one(
    telegram: Telegram, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    before = await the_card(telegram)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    after = await the_card(telegram)
    assert after.message_id > before.message_id
    assert not after.silent


@pytest.mark.requirement("X2")
async def test_whoever_opens_an_order_gets_its_card_without_a_sound(telegram: Telegram, order: Order) -> None:
    await telegram.cards.move_down(order.id, MANAGER_CHAT)
    assert (await the_card(telegram)).silent


@pytest.mark.requirement("X2")
async def test_a_silent_change_opens_no_card_where_there_is_none(telegram: Telegram, order: Order) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    assert await telegram.shown("manager") == []


@pytest.mark.requirement("X2")
async def test_those_who_want_the_same_card_at_once_get_one(telegram: Telegram, order: Order) -> None:
    refresh, move_down = telegram.cards.refresh, telegram.cards.move_down
    await asyncio.gather(
        *(refresh(order.id, MANAGER_CHAT, aloud=aloud) for aloud in (True, False, True)),
        move_down(order.id, MANAGER_CHAT),
    )
    assert len(await telegram.shown("manager")) == 1


@pytest.mark.requirement("X14")
async def test_the_list_of_all_that_wait_takes_away_only_cards_of_orders_that_still_wait(
    telegram: Telegram, desk: Desk, order: Order
) -> None:
    """The list is drawn while somebody accepts one of its orders from the card."""
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await telegram.cards.refresh(order.id, DIRECTOR_CHAT, aloud=True)
    await telegram.cards.close(DIRECTOR_CHAT, order.shop_id, [order.id])
    await desk.do(order.id, do.Accept(), MANAGER)
    await telegram.cards.close(MANAGER_CHAT, order.shop_id, [order.id])
    assert await telegram.shown("director") == []
    assert len(await telegram.shown("manager")) == 1


@pytest.mark.requirement("X2")
async def test_a_card_that_somebody_deleted_comes_again_in_silence(
    telegram: Telegram, desk: Desk, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    deleted = await the_card(telegram)
    await telegram.bot.delete_message(MANAGER_CHAT, deleted.message_id)
    await desk.do(order.id, do.Accept(), MANAGER)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    again = await the_card(telegram)
    assert again.message_id > deleted.message_id
    assert again.silent


@pytest.mark.requirement("R14", "R63")
async def test_the_card_of_a_seller_who_has_the_order_no_more_is_taken_away(
    telegram: Telegram, desk: Desk, order: Order, database: Database
) -> None:
    await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)
    await telegram.cards.refresh(order.id, SELLER_CHAT, aloud=True)
    assert len(await telegram.shown("florist")) == 1
    await desk.do(order.id, do.AssignSeller(5, "Вера"), MANAGER)
    await telegram.cards.refresh(order.id, SELLER_CHAT, aloud=False)
    assert await telegram.shown("florist") == []
    assert await kept_card(database, order, SELLER_CHAT) is None


@pytest.mark.requirement("R14", "R17")
async def test_nobody_gets_a_card_of_an_order_they_may_not_see(telegram: Telegram, order: Order) -> None:
    for chat in (SELLER_CHAT, COURIER_CHAT, 1004, 424242):
        await telegram.cards.refresh(order.id, chat, aloud=True)
        await telegram.cards.move_down(order.id, chat)
        await telegram.cards.alarm(order.id, chat, aloud=True)
    await telegram.cards.refresh(999, MANAGER_CHAT, aloud=True)
    for person in ("florist", "courier", "manager"):
        assert await telegram.shown(person) == []


@pytest.mark.requirement("R14", "R15", "R44", "R68")
async def test_each_chat_gets_its_own_view(telegram: Telegram, desk: Desk, order: Order) -> None:
    for command, actor in (
        (do.Accept(), MANAGER),
        (do.AssignSeller(3, "Оля"), MANAGER),
        (do.AssignCourier(4, "Пётр"), SELLER),
    ):
        await desk.do(order.id, command, actor)
    for chat in (*CHATS.values(), GROUP):
        await telegram.cards.refresh(order.id, chat, aloud=True)
    shown = {person: (await the_card(telegram, person)).text for person in ("manager", "florist", "courier")}
    shown["group"] = (await the_card(telegram, "director", "group")).text
    assert not any("₽" in text for text in shown.values())  # sums stand behind «Подробно»
    assert [name for name, text in shown.items() if "Лесная 5" in text] == ["manager", "florist", "courier"]
    assert [name for name, text in shown.items() if "мама" in text] == ["florist"]
    phones = {person: re.findall(r"\+7916\d+", text) for person, text in shown.items()}
    # The number of the shop's own courier, for those who may have to call him.
    assert {person: len(found) for person, found in phones.items() if found} == {"manager": 1}
    assert not {order.details.client.phone, order.details.recipient.phone} & set(phones["manager"])
    assert all(order.number in text for text in shown.values())


@pytest.mark.requirement("X2")
async def test_a_menu_that_stands_in_the_card_is_drawn_over_by_the_next_change(
    telegram: Telegram, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    before = await the_card(telegram)
    await telegram.bot.edit_message_text("меню", chat_id=MANAGER_CHAT, message_id=before.message_id)
    await telegram.cards.adopt(order.id, MANAGER_CHAT, before.message_id)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    assert (await the_card(telegram)).text == before.text


@pytest.mark.requirement("X2")
async def test_a_menu_stays_until_a_step_changes_the_order(
    telegram: Telegram, order: Order, desk: Desk
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await telegram.cards.adopt_menu(order, MANAGER_CHAT, lambda: draw_menu(telegram))
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    assert (await the_card(telegram)).text == "меню"
    await desk.do(order.id, do.MarketplaceHas(Status.ACCEPTED), MARKETPLACE)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    assert (await the_card(telegram)).text == "меню"
    await desk.do(order.id, do.Accept(), MANAGER)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    assert "Принят" in (await the_card(telegram)).text


@pytest.mark.requirement("X2")
async def test_a_refresh_that_waited_does_not_draw_over_a_menu_that_just_came(
    telegram: Telegram, order: Order, desk: Desk
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    await desk.do(order.id, do.Accept(), MANAGER)
    accepted = await desk.look(order.id, MANAGER)
    refreshes: list[asyncio.Task[None]] = []

    async def draw() -> int:
        message_id = await draw_menu(telegram)
        refreshes.append(asyncio.create_task(telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)))
        await asyncio.wait(refreshes, timeout=0.2)
        return message_id

    await telegram.cards.adopt_menu(accepted, MANAGER_CHAT, draw)
    await asyncio.gather(*refreshes)
    assert (await the_card(telegram)).text == "меню"


@pytest.mark.requirement("X2")
async def test_a_menu_elsewhere_becomes_the_card_and_the_old_one_goes(
    telegram: Telegram, order: Order
) -> None:
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=True)
    before = await the_card(telegram)
    menu = await telegram.bot.send_message(MANAGER_CHAT, "меню")
    await telegram.cards.adopt(order.id, MANAGER_CHAT, menu.message_id)
    await telegram.cards.refresh(order.id, MANAGER_CHAT, aloud=False)
    after = await the_card(telegram)
    assert (after.message_id, after.text) == (menu.message_id, before.text)


async def test_who_blocked_the_bot_is_told_of_by_telegrams_own_error(
    telegram: Telegram, order: Order, database: Database
) -> None:
    await telegram.people.block("director")
    with pytest.raises(TelegramForbiddenError):
        await telegram.cards.refresh(order.id, DIRECTOR_CHAT, aloud=True)
    assert await kept_card(database, order, DIRECTOR_CHAT) is None


@pytest.mark.requirement("R44", "R63")
async def test_the_courier_reads_nothing_personal_once_it_is_over(
    telegram: Telegram, desk: Desk, order: Order
) -> None:
    for command, actor in (
        (do.Accept(), MANAGER),
        (do.AssignCourier(4, "Пётр"), MANAGER),
        (do.Dispatch(by_self=False, reason="спешим"), MANAGER),
    ):
        await desk.do(order.id, command, actor)
    await telegram.cards.refresh(order.id, COURIER_CHAT, aloud=True)
    assert "+79160000002" in (await the_card(telegram, "courier")).text
    await desk.do(order.id, do.Complete(Handover.IN_PERSON), COURIER)
    await telegram.cards.refresh(order.id, COURIER_CHAT, aloud=False)
    shown = (await the_card(telegram, "courier")).text
    assert not any(words in shown for words in ("+7916", "Лесная", "Мария"))


@pytest.mark.requirement("X6")
async def test_each_reads_the_card_in_their_own_language(
    telegram: Telegram, order: Order, database: Database
) -> None:
    async with database.write() as c:
        await staff.connect(c, 2, MANAGER_CHAT, "en", "Anna")
    for chat in (MANAGER_CHAT, DIRECTOR_CHAT):
        await telegram.cards.refresh(order.id, chat, aloud=True)
    assert "Accept" in (await the_card(telegram, "manager")).button_texts
    assert "Принять" in (await the_card(telegram, "director")).button_texts


@pytest.fixture
async def in_work(desk: Desk, order: Order) -> Order:
    """Accepted, with Оля to assemble and Пётр to carry it."""
    await desk.do(order.id, do.Accept(), MANAGER)
    await desk.do(order.id, do.AssignSeller(3, "Оля"), MANAGER)
    return await desk.do(order.id, do.AssignCourier(4, "Пётр"), SELLER)


@pytest.mark.requirement("R2", "R27", "R31")
async def test_a_reminder_says_what_is_due_now_and_goes_when_nothing_is(
    telegram: Telegram, desk: Desk, in_work: Order, clock: Clock
) -> None:
    clock.turn(91)
    for chat in (SELLER_CHAT, COURIER_CHAT):
        await telegram.cards.alarm(in_work.id, chat, aloud=True)
    reminder = await the_card(telegram, "florist")
    assert "фото ещё нет" in reminder.text
    assert not reminder.silent
    assert "пора выезжать" in (await the_card(telegram, "courier")).text

    await desk.do(in_work.id, do.AttachPhoto("ab" * 32, "p/1.jpg"), SELLER)
    await telegram.cards.alarm(in_work.id, SELLER_CHAT, aloud=False)
    edited = await the_card(telegram, "florist")
    assert edited.message_id == reminder.message_id
    assert "пора выезжать" in edited.text

    await desk.do(in_work.id, do.Dispatch(by_self=False), SELLER)
    for chat in (SELLER_CHAT, COURIER_CHAT):
        await telegram.cards.alarm(in_work.id, chat, aloud=False)
    assert await telegram.shown("florist") == await telegram.shown("courier") == []


@pytest.mark.requirement("R14", "R27")
async def test_reminders_never_go_to_the_group_nor_to_those_they_do_not_concern(
    telegram: Telegram, desk: Desk, in_work: Order, clock: Clock
) -> None:
    clock.turn(91)
    await telegram.cards.alarm(in_work.id, GROUP, aloud=True)
    assert await telegram.shown("director", "group") == []
    await desk.do(in_work.id, do.Dispatch(by_self=False, reason="спешим"), SELLER)
    clock.turn(100)
    await telegram.cards.alarm(in_work.id, SELLER_CHAT, aloud=True)  # on the way: the carrier's matter
    assert await telegram.shown("florist") == []


@pytest.mark.requirement("R2", "R52", "X2")
async def test_a_menu_opened_on_a_reminder_turns_it_into_the_card(
    telegram: Telegram, desk: Desk, in_work: Order, clock: Clock, database: Database
) -> None:
    await desk.do(in_work.id, do.Dispatch(by_self=False, reason="спешим"), SELLER)
    await telegram.cards.refresh(in_work.id, COURIER_CHAT, aloud=True)
    clock.turn(181)
    await telegram.cards.alarm(in_work.id, COURIER_CHAT, aloud=True)
    _, reminder = await telegram.shown("courier")
    assert "время доставки вышло" in reminder.text
    await telegram.bot.edit_message_text("меню", chat_id=COURIER_CHAT, message_id=reminder.message_id)
    await telegram.cards.adopt(in_work.id, COURIER_CHAT, reminder.message_id)
    await desk.do(in_work.id, do.Complete(Handover.IN_PERSON), COURIER)
    await telegram.cards.alarm(in_work.id, COURIER_CHAT, aloud=False)
    await telegram.cards.refresh(in_work.id, COURIER_CHAT, aloud=False)
    card = await the_card(telegram, "courier")
    assert card.message_id == reminder.message_id
    assert "Выполнен · " in card.text
    assert await kept_card(database, in_work, COURIER_CHAT, Slot.ALARM) is None


@pytest.mark.requirement("X14")
async def test_orders_that_are_late_together_make_one_sound_and_each_next_reminder_another(
    telegram: Telegram, desk: Desk, in_work: Order, clock: Clock
) -> None:
    second = await receive(desk, clock())
    await desk.do(second.id, do.Accept(), MANAGER)
    clock.turn(181)
    for minute in (0, 0.5, 15):
        clock.turn(minute)
        for order in (in_work, second):
            await telegram.cards.alarm(order.id, DIRECTOR_CHAT, aloud=True)
        reminders = await telegram.shown("director")
        assert [one.text.count("время доставки вышло") for one in reminders] == [1, 1]
        assert [one.silent for one in reminders] == [False, True]
    clock.turn(15)
    await telegram.cards.alarm(second.id, DIRECTOR_CHAT, aloud=True)
    assert [one.silent for one in await telegram.shown("director")] == [False, False]
