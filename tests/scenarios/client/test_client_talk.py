"""Client and shop talk by the bot (X7): neither sees the other's name or number, and nobody else hears."""

from __future__ import annotations

import pytest

from messages.callbacks.client import TalkDo, TalkTap
from sandbox.driver import SeenMessage
from sandbox.marketplace.samples import CLIENT
from tests.pictures import a_jpeg
from tests.scenarios.client_steps import client_card, follow, link_of
from tests.scenarios.photo.versions import has_note, has_photos
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge, history, menu


async def heard(stage: Stage, person: str, number: str, containing: str) -> SeenMessage:
    """What the other side said, as it came to this person."""
    heads = (f"Клиент · {number}", f"Магазин · заказ {number}")
    return await stage.driver.wait_message(
        person, lambda seen: seen.text.startswith(heads) and containing in seen.text
    )


@pytest.mark.requirement("X7", "R19", "R62")
async def test_both_sides_write_and_neither_learns_who_the_other_is(stage: Stage) -> None:
    number = await stage.assigned()
    await follow(stage, number)
    await stage.driver.text("client", "Поставьте, пожалуйста, <b>записку</b>")
    await stage.driver.wait_message("client", containing="Передано магазину")
    asked = await heard(stage, "florist", number, "Поставьте, пожалуйста, <b>записку</b>")
    assert not asked.silent
    await stage.driver.text("florist", "Поставим. Какого цвета?", reply_to=asked.message_id)
    await stage.driver.wait_message("florist", containing="Отправлено клиенту.")
    answer = await heard(stage, "client", number, "Поставим. Какого цвета?")
    assert "Оля" not in answer.text

    await stage.driver.photo("client", a_jpeg(), caption="Вот такая, номер +7 916 123-45-67, @igor_flowers")
    photo = await stage.driver.wait_message("florist", lambda seen: seen.photo is not None)
    assert "Вот такая" in photo.text
    assert "916" not in photo.text
    assert "@igor" not in photo.text
    await stage.driver.wait_message("client", containing="без телефона и ссылок")
    await stage.driver.voice("client", reply_to=answer.message_id)
    await stage.driver.wait_message("florist", lambda seen: seen.voice is not None)
    await stage.driver.sticker("client")
    await stage.driver.wait_message("client", containing="Передать можно текст, фото или голосовое")
    await stage.driver.contact("client")
    await stage.driver.wait_message("client", containing="Номер телефона здесь не нужен")

    await menu(stage, "director", number, "Связаться", "Клиент следит за заказом")
    await stage.tap("director", number, "Написать клиенту")
    await stage.driver.wait_message("director", containing="что передать клиенту?")
    await stage.driver.text("director", "Звоните +7 916 000-00-00 или пишите t.me/shop")
    await stage.driver.wait_message("director", containing="Отправил без номера и ссылок")
    told = await heard(stage, "client", number, "или пишите")
    assert "916" not in told.text
    assert "t.me" not in told.text
    lines = await history(stage, "director", number)
    assert any("клиент: сказал: Поставьте" in line for line in lines), lines
    assert any("Оля: написано клиенту: Поставим" in line for line in lines), lines


@pytest.mark.requirement("X7", "R14")
async def test_the_link_is_for_the_first_who_comes_and_can_be_taken_back(stage: Stage) -> None:
    number = await stage.assigned()
    token = await link_of(stage, "florist", number)
    assert await link_of(stage, "director", number) == token
    await stage.driver.start("florist2", token)
    await stage.driver.wait_message("florist2", containing="Это ссылка для клиента")
    await stage.driver.start("client", token)
    await client_card(stage, number, "Магазин собирает заказ")
    await stage.driver.start("stranger", token)
    await stage.driver.wait_message("stranger", containing="уже открыта в другом аккаунте")
    await stage.driver.wait_message("manager", containing="пришёл ещё один человек")
    assert not any(number in message.text for message in await stage.driver.messages("stranger"))
    await stage.driver.text("client", "Заказы")
    await heard(stage, "florist", number, "Заказы")
    await stage.driver.start("client")
    seen = await stage.driver.chat("client")
    assert seen.keyboard == []

    order = await stage.order(number)
    for person in ("courier", "florist2"):
        toast = await forge(stage, person, TalkTap(do=TalkDo.NEW_LINK, order=order.id).pack())
        assert (toast.text or "").startswith("Такого заказа нет")
    await menu(stage, "director", number, "Связаться", "Клиент следит за заказом")
    await menu(stage, "director", number, "Ссылка для клиента", "Клиент уже открыл эту ссылку")
    toast = await stage.tap("director", number, "Закрыть доступ")
    assert toast.text == "Доступ закрыт, ссылка больше не действует"
    card = await client_card(stage, number)
    toast = await stage.driver.press("client", card.message_id, "Написать магазину")
    assert (toast.text or "").startswith("Эта ссылка больше не действует")
    await stage.driver.start("client", token)
    await stage.driver.wait_message("client", containing="Попросите у магазина новую")


@pytest.mark.requirement("R64")
async def test_a_silent_client_is_not_written_to_without_end(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(CONTACTS_MOST="1")
    await stage.hire("director", "florist")
    number = await stage.assigned()
    await menu(stage, "florist", number, "Связаться", "в приложении Flowwow")
    await menu(stage, "florist", number, "Готовые тексты", "Готовые тексты для чата заказа")
    text = await menu(stage, "florist", number, "Уточнить детали", "Скопируйте и отправьте")
    assert "подъезд, этаж, домофон" in text.text
    await menu(stage, "florist", number, "Готовые тексты", "Готовые тексты для чата заказа")
    await menu(stage, "florist", number, "← Назад", "в приложении Flowwow")
    await stage.tap("florist", number, "← Назад")
    await stage.card("florist", number, "Собирает")
    await menu(stage, "florist", number, "Связаться", "в приложении Flowwow")
    held = await stage.tap("florist", number, "Ссылка для клиента")
    assert (held.text or "").startswith("Клиенту писали недавно, ответа ещё нет.")
    await menu(stage, "florist", number, "Готовые тексты", "Готовые тексты для чата заказа")
    held = await stage.tap("florist", number, "Уточнить детали")
    assert "Снова можно: " in (held.text or "")
    late = await menu(stage, "florist", number, "Задерживаемся", "приносим извинения")
    assert "Скопировать" in late.button_texts


@pytest.mark.requirement("R23", "X7")
async def test_an_answer_to_the_card_is_for_the_order_whatever_menu_stands_there(stage: Stage) -> None:
    number = await stage.assigned()
    await follow(stage, number)
    card = await menu(stage, "florist", number, "Связаться", "Клиент следит за заказом")
    await stage.tap("florist", number, "Написать клиенту")
    asked = await stage.driver.wait_message("florist", containing="что передать клиенту?")
    await stage.driver.photo("florist", a_jpeg(), reply_to=card.message_id)
    await stage.card("florist", number, "Фото · ")
    menued = await menu(stage, "florist", number, "Связаться", "Клиент следит за заказом")
    await stage.driver.photo("florist", a_jpeg("#123456"), reply_to=menued.message_id)
    await has_photos(stage, number, 2)
    await stage.driver.text("florist", "Заменили розы")
    await heard(stage, "client", number, "Заменили розы")
    heads = [m.text for m in await stage.driver.messages("client") if m.text.startswith("Магазин · заказ")]
    assert len(heads) == 1
    await stage.driver.wait_message("florist", containing="Отправлено клиенту.")
    answered = (asked.message_id, True)
    await stage.driver.wait_chat(
        "florist", lambda seen: answered in {(m.message_id, m.deleted) for m in seen.messages}
    )
    await menu(stage, "florist", number, "Связаться", "Клиент следит за заказом")
    await stage.tap("florist", number, "Написать клиенту")
    anew = await stage.driver.wait_message("florist", containing="что передать клиенту?")
    stopped = await stage.driver.press("florist", anew.message_id, "Отмена")
    assert stopped.text == "Ничего не изменено"
    await stage.driver.text("florist", "Это уже не клиенту")
    await has_note(stage, number, "Это уже не клиенту")
    assert not [m for m in await stage.driver.messages("client") if "Это уже не клиенту" in m.text]


@pytest.mark.requirement("R82", "R63")
async def test_the_clients_phone_is_asked_for_allowed_with_one_tap_and_shown_to_nobody_else(
    stage: Stage,
) -> None:
    number = await stage.assigned()
    shown = await menu(stage, "director", number, "Связаться", "попросите телефон клиента")
    assert CLIENT["phone"] not in shown.text
    await menu(stage, "florist", number, "Связаться", "попросите телефон клиента")
    await stage.tap("florist", number, "Нужен телефон клиента")
    await stage.driver.wait_message("florist", containing="зачем нужен телефон клиента?")
    await stage.driver.text("florist", "Чат не открывается")

    asked = await stage.driver.wait_message("manager", containing="Оля просит телефон клиента:")
    assert "Чат не открывается" in asked.text
    await stage.tap("manager", number, "Показать телефон клиента")
    for person in ("florist", "manager"):
        await stage.driver.wait_message(person, lambda seen: number in seen.text, containing=CLIENT["phone"])
    for person in ("director", "florist2", "courier"):
        assert not any(CLIENT["phone"] in one.text for one in await stage.driver.messages(person))
    assert not any(CLIENT["phone"] in one.text for one in await stage.driver.messages("director", "group"))
    lines = await history(stage, "manager", number)
    assert any("Оля: попросил(а) телефон клиента" in line for line in lines), lines
    assert any("показан телефон клиента, просил(а) Оля" in line and "до " in line for line in lines), lines
