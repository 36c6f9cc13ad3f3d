"""Forged buttons: made-up data, other people's steps, orders of another shop, the group (R14, R63, X6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from messages.callbacks.order import Do, PhotoFor, Tap
from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import ShopRules
from storage.order import orders as order_rows
from storage.shop import shops
from storage.shop.shops import Shop
from storage.team import staff
from tests.builders import ACCEPTED, an_order
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import NO_BUTTON, force, forge, on_the_way, write_answer

NOT_FOUND = "Такого заказа нет, или он назначен не вам."
NO_COLLEAGUE = "Этого сотрудника больше нет в магазине. Выберите другого."
NOT_YOURS = "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."

NONSENSE = [
    "x",
    "?",
    ":",
    "o",
    "o:",
    "o:accept",
    "o:accept:",
    "o:accept:x:",
    "o:accept:1.5:",
    "o:accept:9223372036854775808:",
    "o:accept:" + "9" * 50 + ":",
    "o:accept:1:1:1",
    "o:king:1:",
    "b:today:all",
    "b:never:all:0",
    "b:today:all:x",
    "p:" + "9" * 30 + ":1",
    "a:x",
    "null",
    "😀" * 16,
    "\u202eo:accept:1:",
    "'; DROP TABLE orders;--",
    "<b>o:accept:1:</b>",
]


async def test_nonsense_is_answered_and_changes_nothing(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.card("director", number)
    before = await stage.left_by_staff(number)
    for person in ("director", "florist", "courier"):
        messages = len(await stage.driver.messages(person))
        for data in NONSENSE:
            toast = await forge(stage, person, data)
            assert toast.text == NO_BUTTON, (person, data)
        assert len(await stage.driver.messages(person)) == messages
    assert await stage.left_by_staff(number) == before


async def test_orders_and_people_that_do_not_exist_are_answered_so(stage: Stage) -> None:
    number = await stage.accepted()
    before = await stage.left_by_staff(number)
    for order_id in (0, 999, -1, 2**63 - 1):
        for do in Do:
            toast = await forge(stage, "director", Tap(do=do, order=order_id).pack())
            assert toast.text == (NO_COLLEAGUE if do in {Do.ASSIGN_TO, Do.COURIER_IS} else NOT_FOUND), do
        toast = await forge(stage, "director", PhotoFor(photo=order_id, order=before.id).pack())
        assert toast.text == "Это фото уже отнесено к заказу"
    for arg in ("9" * 30, "٣", "1e3"):
        assert (await force(stage, "director", number, Do.ASSIGN_TO, arg)).text == NO_COLLEAGUE
    page = await forge(stage, "director", "b:all:all:" + "9" * 40)
    assert page.answered
    for data in ("a:0", "a:-1", "a:" + "9" * 40):
        assert (await forge(stage, "director", data)).text == "Этот вопрос уже закрыт"
    assert await stage.left_by_staff(number) == before


@pytest.mark.requirement("R14", "R53")
async def test_buttons_of_other_roles_do_nothing(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.card("courier", number)
    before = await stage.left_by_staff(number)
    chiefs = (
        Do.DECLINE,
        Do.DECLINE_YES,
        Do.CANCEL,
        Do.CANCEL_YES,
        Do.ASSIGN,
        Do.HISTORY,
        Do.WHOLE,
        Do.PRINT,
    )
    workers = (
        Do.PHOTO,
        Do.SELF,
        Do.PICKED_UP,
        Do.THIRD_PARTY,
        Do.FIND_COURIER,
        Do.DONE,
        Do.IN_PERSON,
        Do.CONTACT,
    )
    for do in chiefs:
        assert (await force(stage, "florist", number, do)).text == NOT_YOURS, do
    for do in (*chiefs, *workers):
        assert (await force(stage, "courier", number, do)).text == NOT_YOURS, do
    assert await stage.left_by_staff(number) == before


async def _order_of_another_shop(stage: Stage) -> Order:
    """An order with a seller of ours as its seller there, in a second shop of the same bot."""
    database = stage.database()
    async with database.write() as c:
        (ours,) = await shops.all_shops(c)
        other = await shops.put(c, Shop(0, 999, "Чужие цветы", "ru", ShopRules(), None))
        await staff.add(c, other.id, "+79990000077", "Чужая", Role.DIRECTOR)
        assert ours.id != other.id
        order = replace(an_order(ACCEPTED, number="77777777"), shop_id=other.id)
        kept = await order_rows.add(c, order)
    await database.close()
    return kept


async def _kept(stage: Stage, order_id: int) -> Order | None:
    database = stage.database()
    async with database.snapshot() as c:
        order = await order_rows.get(c, order_id)
    await database.close()
    return order


@pytest.mark.requirement("R14", "X6")
async def test_an_order_of_another_shop_is_nobodys_here(stage: Stage) -> None:
    other = await _order_of_another_shop(stage)
    for photo, person in enumerate(("director", "manager", "florist", "courier"), 1):
        await _is_not_theirs(stage, person, other, photo)
    assert await _kept(stage, other.id) == other


async def _is_not_theirs(stage: Stage, person: str, other: Order, photo: int) -> None:
    for do in Do:
        toast = await forge(stage, person, Tap(do=do, order=other.id, arg="1").pack())
        assert toast.text == NOT_FOUND, do
    await stage.driver.photo(person, a_jpeg(), caption=other.number)
    await stage.driver.wait_message(person, containing=f"Заказа {other.number} здесь нет.")
    toast = await forge(stage, person, PhotoFor(photo=photo, order=other.id).pack())
    assert toast.text == NOT_FOUND
    started = await stage.driver.start(person, f"o{other.id}")
    told = await stage.driver.wait_message(person, lambda m: m.message_id > started.message_id)
    assert told.text == NOT_FOUND
    sent = await stage.driver.text(person, other.number)
    told = await stage.driver.wait_message(person, lambda m: m.message_id > sent.message_id)
    assert "среди ваших нет" in told.text
    sent = await stage.driver.text(person, "Заказы")
    board = await stage.driver.wait_message(person, lambda m: m.message_id > sent.message_id)
    assert not any(other.number in text for text in board.button_texts)


@pytest.mark.requirement("R63")
async def test_the_group_shows_nothing_private_whatever_is_pressed_there(stage: Stage) -> None:
    number = await on_the_way(stage)
    await stage.driver.wait_message("director", containing="курьер вышел", chat="group")
    before = await stage.left_by_staff(number)
    seen_before = await stage.driver.messages("stranger", "group")
    for do in Do:
        toast = await force(stage, "director", number, do, "1", chat="group")
        if do is Do.ACCEPT:
            assert (toast.text or "").startswith("Уже принят: ")
        elif do is Do.OPEN:
            assert (toast.text or "").endswith("её видите только вы")
        else:
            assert toast.text == NO_BUTTON, do
    for data in ("b:all:all:0", "t:add:", "t:role:seller", "p:1:1", "a:0"):
        assert (await forge(stage, "director", data, "group")).text == NO_BUTTON
    assert await stage.driver.messages("stranger", "group") == seen_before
    assert await stage.left_by_staff(number) == before


@pytest.mark.requirement("R63")
async def test_words_in_the_group_are_not_answered(stage: Stage) -> None:
    number = await stage.accepted()
    line = await stage.driver.wait_message("director", containing="принят", chat="group")
    for words in (number, "/orders", "/team", "/start", f"/start o{(await stage.order(number)).id}"):
        await stage.driver.text("director", words, chat="group", reply_to=line.message_id)
    await stage.driver.contact("director", chat="group")
    await stage.driver.text("director", number)
    await stage.driver.wait_message("director", lambda m: number in m.text and m.message_id > line.message_id)
    group = [message for message in await stage.driver.messages("director", "group") if message.from_bot]
    assert [message.message_id for message in group] == [line.message_id]


@pytest.mark.requirement("R63")
async def test_the_log_names_nobody(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(LOG_LEVEL="debug")
    await stage.hire("director", "manager", "florist", "florist2", "courier")
    number = await on_the_way(stage)
    await stage.tap("courier", number, "Получатель отказался")
    await stage.tap("courier", number, "Да, везём обратно")
    await stage.tap("director", number, "Везти другому получателю")
    await write_answer(stage, "director", number, "Сестре Ольге, Садовая 3, +7 999 765-43-21")
    await stage.driver.contact("stranger")
    await stage.driver.wait_message("stranger", containing="Этого номера нет")
    await stage.driver.text("manager", number)
    await forge(stage, "stranger", "o:accept:1:")
    await stage.stop_bot()
    log = stage.bot.log
    for private in (
        *("Мария", "Игорь", "Анна", "Вера", "Оля", "Ирина", "Пётр", "Чужой", "Ольге"),
        *("Лесная", "Садовая", "Домофон", "С днём рождения", "Пионы"),
        *("9990000", "765-43-21", "7654321"),
        stage.config.bot_token.partition(":")[2],
        stage.config.marketplace[0].token,
        stage.config.marketplace[0].webhook_secret,
    ):
        assert private not in log, private
    assert '"level": "error"' not in log
