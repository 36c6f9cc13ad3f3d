"""Connecting: one's own contact, matched with the staff list; a stranger learns nothing (R17, R63)."""

from __future__ import annotations

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


@pytest.mark.requirement("R17")
async def test_the_first_director_comes_from_the_settings(empty_stage: Stage) -> None:
    await empty_stage.start_bot()
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


@pytest.mark.requirement("R17")
@pytest.mark.parametrize("of", ["director", {"phone": "+79990000001", "first_name": "Анна"}])
async def test_a_contact_of_somebody_else_is_refused(empty_stage: Stage, of: str | dict[str, Any]) -> None:
    await empty_stage.start_bot()
    await empty_stage.driver.contact("stranger", of)
    await empty_stage.driver.wait_message("stranger", containing="Это чужой контакт. Нужен ваш собственный")
    await empty_stage.driver.start("stranger")
    await empty_stage.driver.wait_message("stranger", containing=STRANGER)
    director = await _member(empty_stage, "+79990000001")
    assert director is not None
    assert director.telegram_id is None


STRANGER_ID = 1008
ONCE_MINE: dict[str, Any] = {"phone": "79990000001", "first_name": "Анна", "user_id": STRANGER_ID}
"""The director's number, as somebody sent it to whom it belonged before her."""


@pytest.mark.requirement("R17")
async def test_a_forwarded_contact_connects_nobody(empty_stage: Stage) -> None:
    await empty_stage.start_bot()
    await empty_stage.driver.contact("stranger", ONCE_MINE, from_name="Чужой")
    await empty_stage.driver.wait_message("stranger", containing="Пересланный контакт не подходит.")
    director = await _member(empty_stage, "+79990000001")
    assert director is not None
    assert director.telegram_id is None


@pytest.mark.requirement("R17")
async def test_another_account_waits_until_the_connected_one_agrees(empty_stage: Stage) -> None:
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


@pytest.mark.requirement("R17")
async def test_a_lone_director_without_the_old_account_is_let_in_by_the_owner_of_the_machine(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot()
    await stage.hire("director")
    for phone, code in (("+7999", 1), ("+79990000098", 1), ("+79990000001", 0)):
        assert (await florist(stage.folder, stage.bot.settings, "disconnect", phone)).code == code
    await stage.driver.contact("stranger", ONCE_MINE)
    await stage.driver.wait_message("stranger", containing="вы подключены как директор")


@pytest.mark.requirement("R17")
async def test_directors_follow_the_settings(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(DIRECTOR_PHONE="+79990000099")
    await stage.stop_bot()
    await stage.start_bot(DIRECTOR_PHONE="+79990000001")
    assert await _member(stage, "+79990000099") is None
    await stage.hire("director")
    await stage.stop_bot()
    await stage.start_bot(DIRECTOR_PHONE="+79990000005")
    await stage.driver.text("director", "Сотрудники")
    listed = await stage.driver.wait_message("director", containing="Сотрудники (2)")
    assert "+79990000005 · Директор · ещё не подключён" in listed.text
    await stage.driver.contact("manager")
    await stage.driver.wait_message("manager", containing="вы подключены как директор")
    await stage.driver.wait_message("director", containing="Вы больше не работаете в магазине")
    await stage.driver.wait_message("manager", containing="Анна больше не работает в магазине")
    assert await _member(stage, "+79990000001") is None


@pytest.mark.requirement("R17")
async def test_an_unknown_phone_hears_whom_to_ask(empty_stage: Stage) -> None:
    await empty_stage.start_bot()
    await empty_stage.driver.contact("stranger")
    told = await empty_stage.driver.wait_message("stranger")
    assert "Если вы директор: проверьте номер в настройке DIRECTOR_PHONE" in told.text
    await empty_stage.hire("director")
    said = await empty_stage.driver.contact("stranger")
    told = await empty_stage.driver.wait_message("stranger", since=said.event_id)
    assert told.text == (
        "Этого номера нет в списке сотрудников.\n"
        "Попросите директора магазина добавить вас, затем отправьте контакт ещё раз."
    )


@pytest.mark.requirement("R17")
async def test_a_stranger_is_spoken_to_in_his_language(empty_stage: Stage) -> None:
    await empty_stage.start_bot()
    await empty_stage.driver.start("helen")
    asked = await empty_stage.driver.wait_message("helen")
    assert asked.text.startswith("This is where the shop's staff work.")
    await empty_stage.driver.contact("helen")
    await empty_stage.driver.wait_message("helen", containing="This number is not on the staff list")
    await empty_stage.driver.contact("helen", "director")
    await empty_stage.driver.wait_message("helen", containing="This is somebody else's contact.")
    toast = await forge(empty_stage, "helen", "o:accept:1:")
    assert toast.text == "This button is not for you, or it is out of date. Open the order again."


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
    for sent in (
        await driver.photo("helen", a_jpeg(), caption=number),
        await driver.document("helen", a_jpeg(), caption=number),
        await driver.voice("helen"),
        await driver.forward("helen", f"Новый заказ {number}"),
        await driver.sticker("helen"),
    ):
        await _told_how_to_connect(stage, sent, "helen", english)
    assert await stage.left_by_staff(number) == before
    assert not [path for path in (stage.folder / "data/photos").rglob("*") if path.is_file()]


@pytest.mark.requirement("R14", "R63")
async def test_a_stranger_presses_in_vain(stage: Stage) -> None:
    number = await stage.new_order()
    order = await stage.order(number)
    await stage.driver.start("stranger")
    await stage.driver.wait_message("stranger")
    for do in Do:
        toast = await forge(stage, "stranger", Tap(do=do, order=order.id).pack())
        assert toast.text == NO_BUTTON, do
    for data in ("b:all:all:0", "t:add:", "t:role:manager", "p:1:1", "a:0", "a:-1", "?"):
        toast = await forge(stage, "stranger", data)
        assert toast.text == NO_BUTTON, data
    assert len(await stage.driver.messages("stranger")) == 2
    assert await stage.order(number) == order


async def test_staff_read_what_can_be_said_here_and_hear_when_it_was_not_understood(stage: Stage) -> None:
    for person, last in (("manager", "/add введёт заказ вручную."), ("florist", "запишу к заказу.")):
        asked = await stage.driver.text(person, "/help")
        told = await stage.driver.wait_message(person, since=asked.event_id)
        assert told.text.startswith("Номер заказа или его часть откроет заказ")
        assert told.text.endswith(last)
        said = await stage.driver.text(person, "абракадабра")
        again = await stage.driver.wait_message(person, since=said.event_id)
        assert again.text == "Не понял. Напишите номер заказа, и я его открою."
