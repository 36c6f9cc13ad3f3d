"""Connecting: one's own contact, matched with the staff list; a stranger learns nothing (R17, R63)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from messages.callbacks.order import Do, Tap
from orders.model.people import Role
from sandbox.driver import SeenMessage
from storage.team import staff
from storage.team.staff import Member
from tests.pictures import a_jpeg
from tests.scenarios.commands import florist
from tests.scenarios.stage import Stage
from tests.scenarios.steps import NO_BUTTON, forge

STRANGER = (
    "Здесь работают сотрудники магазина.\n"
    "Нажмите «Отправить контакт»: по номеру телефона я узнаю, из какого вы магазина."
)


async def _member(stage: Stage, phone: str) -> Member | None:
    database = stage.database()
    async with database.snapshot() as c:
        found = await staff.by_phone(c, phone)
    await database.close()
    return found[0] if found else None


STRANGER_ID = 1008
ONCE_MINE: dict[str, Any] = {"phone": "79990000001", "first_name": "Анна", "user_id": STRANGER_ID}
"""The director's number, as somebody sent it to whom it belonged before her."""


@pytest.mark.requirement("R17")
async def test_the_first_director_comes_from_the_settings_and_nobody_else_by_that_number(
    empty_stage: Stage,
) -> None:
    await empty_stage.start_bot()
    await _a_stranger_stays_one(empty_stage)
    await empty_stage.driver.start("director")
    asked = await empty_stage.driver.wait_message("director")
    assert asked.text == STRANGER
    chat = await empty_stage.driver.chat("director")
    assert chat.keyboard_texts == ["Отправить контакт"]
    assert chat.keyboard[0][0]["request_contact"] is True

    await empty_stage.driver.contact("director")
    welcome = await empty_stage.driver.wait_message("director", containing="вы подключены как директор")
    assert welcome.text.startswith("Цветы на Лесной. Анна, ")
    chat = await empty_stage.driver.chat("director")
    assert chat.keyboard_texts == ["Заказы", "Новые", "Магазин", "Сотрудники", "Отчёт", "🆘 Что делать?"]
    connected = await _member(empty_stage, "+79990000001")
    assert connected is not None
    assert (connected.telegram_id, connected.name, connected.role) == (1001, "Анна", Role.DIRECTOR)


async def _a_stranger_stays_one(stage: Stage) -> None:
    """Whatever contact they send: somebody else's, a forwarded one, their own that is on no list."""
    for of in ("director", {"phone": "+79990000001", "first_name": "Анна"}):
        said = await stage.driver.contact("stranger", of)
        await stage.driver.wait_message(
            "stranger", containing="Это чужой контакт. Нужен ваш собственный", since=said.event_id
        )
    await stage.driver.contact("stranger", ONCE_MINE, from_name="Чужой")
    await stage.driver.wait_message("stranger", containing="Пересланный контакт не подходит.")
    await stage.driver.contact("stranger")
    told = await stage.driver.wait_message("stranger", containing="Этого номера нет")
    assert "Если вы директор: проверьте номер в настройке DIRECTOR_PHONE" in told.text
    await stage.driver.start("helen")
    asked = await stage.driver.wait_message("helen")
    assert asked.text.startswith("This is where the shop's staff work.")
    await stage.driver.contact("helen")
    await stage.driver.wait_message("helen", containing="This number is not on the staff list")
    await stage.driver.contact("helen", "director")
    await stage.driver.wait_message("helen", containing="This is somebody else's contact.")
    director = await _member(stage, "+79990000001")
    assert director is not None
    assert director.telegram_id is None


@pytest.mark.requirement("R17")
async def test_another_account_waits_until_the_connected_one_or_the_owner_of_the_machine_agrees(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot()
    await stage.hire("director", "manager")
    await stage.driver.contact("stranger", ONCE_MINE)
    await stage.driver.wait_message("stranger", containing="уже подключён в другом аккаунте")
    asked = await stage.driver.wait_message("director", containing="Это вы?")
    assert not asked.silent
    await stage.driver.press("director", asked.message_id, "Нет, это не я")
    await stage.driver.wait_message("director", containing="Вы по-прежнему работаете здесь")
    await stage.driver.wait_message("stranger", containing="Подключение не подтвердили")
    sent = await stage.driver.text("stranger", "Заказы")
    told = await stage.driver.wait_message("stranger", since=sent.event_id)
    assert told.text == STRANGER
    again = await stage.driver.contact("stranger", ONCE_MINE)
    asked = await stage.driver.wait_message("director", containing="Это вы?", since=again.event_id)
    await stage.driver.press("director", asked.message_id, "Да, это я")
    await stage.driver.wait_message("stranger", containing="вы подключены к магазину")
    assert "Сотрудники" in (await stage.driver.chat("stranger")).keyboard_texts
    toast = await forge(stage, "director", "t:team:1:0::0")
    assert toast.text == NO_BUTTON
    director = await _member(stage, "+79990000001")
    assert director is not None
    assert director.telegram_id == STRANGER_ID
    for phone, code in (("+7999", 1), ("+79990000098", 1), ("+79990000001", 0)):
        assert (await florist(stage.folder, stage.bot.settings, "disconnect", phone)).code == code
    await stage.driver.contact("director")
    await stage.driver.wait_message("director", containing="вы подключены как директор")


async def _told_how_to_connect(stage: Stage, sent: SeenMessage, person: str, words: str) -> None:
    """A few messages at once are answered; here each waits for its answer, so that none is passed over."""
    told = await stage.driver.wait_message(person, since=sent.event_id)
    assert told.text.startswith(words)


@pytest.mark.requirement("R14", "R17", "R63")
async def test_a_stranger_learns_nothing_whatever_he_sends(stage: Stage) -> None:
    number = await stage.new_order()
    before = await stage.left_by_staff(number)
    driver = stage.driver
    for words in ("/orders", "/team", "/help", "Заказы", number, f"№{number}", "/start"):
        await _told_how_to_connect(stage, await driver.text("stranger", words), "stranger", STRANGER)
    for payload in ("o1", f"o{before.id}", "o" + "9" * 18, "<b>", "o1; --"):
        await _told_how_to_connect(stage, await driver.start("client", payload), "client", STRANGER)
    english = "This is where the shop's staff work."
    for send in (
        partial(driver.photo, "helen", a_jpeg(), caption=number),
        partial(driver.document, "helen", a_jpeg(), caption=number),
        partial(driver.voice, "helen"),
        partial(driver.forward, "helen", f"Новый заказ {number}"),
        partial(driver.sticker, "helen"),
    ):
        await _told_how_to_connect(stage, await send(), "helen", english)
    assert await stage.left_by_staff(number) == before
    assert not [path for path in (stage.folder / "data/photos").rglob("*") if path.is_file()]
    await _presses_in_vain(stage, number)


async def _presses_in_vain(stage: Stage, number: str) -> None:
    """What every button answers is in tests/handlers/order/test_refused_steps.py."""
    order, heard = await stage.order(number), len(await stage.driver.messages("stranger"))
    forged = Tap(do=Do.ACCEPT, order=order.id).pack()
    for data in (forged, "b:all:all:0", "t:add:", "t:role:manager", "p:1:1", "a:0", "a:-1", "?"):
        toast = await forge(stage, "stranger", data)
        assert toast.text == NO_BUTTON, data
    assert len(await stage.driver.messages("stranger")) == heard
    assert (await forge(stage, "helen", forged)).text == (
        "This button is not for you, or it is out of date. Open the order again."
    )
    assert await stage.left_by_staff(number) == replace(order, version=0, marketplace_status=None)
