"""Orders that come in by hand: pasted, forwarded, asked for field by field, from paper (X1)."""

from __future__ import annotations

import pytest

from messages.callbacks.drafts import DraftDo, DraftTap
from orders.model.details import DeliveryKind
from orders.model.draft import Draft
from orders.model.money import Money
from orders.model.status import Status
from sandbox.driver import SeenChat, SeenMessage
from storage.db.tables import drafts as draft_rows
from storage.intake import drafts
from storage.order import orders as order_rows
from tests.pictures import a_jpeg
from tests.scenarios.client_steps import follow
from tests.scenarios.eyes import raw_object
from tests.scenarios.stage import ON_BOTH, Stage
from tests.scenarios.steps import NO_BUTTON, forge, history, marketplace_knows, plain, step

NUMBER = "31415926"
NOTIFICATION = f"""Новый заказ №{NUMBER}
Доставка: завтра 14:00-15:00
Адрес: Москва, Лесная ул., 5, кв. 12
Получатель: Мария, +7 999 000-00-55
Состав:
- Пионы «Облако», 15 шт - 4 900 ₽
- Открытка - 0 ₽
Текст открытки: С днём рождения, мама!
Итого: 4 900 ₽"""
GONE = "Этот черновик уже сохранён или удалён."


async def below(stage: Stage, person: str, sent: SeenMessage, containing: str = "") -> SeenMessage:
    """What the bot says below a message."""
    return await stage.driver.wait_message(
        person, lambda seen: seen.message_id > sent.message_id and seen.from_bot, containing=containing
    )


async def draft_of(stage: Stage, person: str, containing: str) -> SeenMessage:
    """The draft before somebody's eyes, once it says this."""
    return await stage.driver.wait_message(person, containing=containing)


async def press(stage: Stage, person: str, containing: str, button: str) -> str:
    """Press a button of the draft that says this; gives the toast."""
    draft = await stage.driver.wait_message(
        person, lambda seen: button in seen.button_texts, containing=containing
    )
    return (await stage.driver.press(person, draft.message_id, button)).text or ""


def _drafts_in(chat: SeenChat) -> list[SeenMessage]:
    return [seen for seen in chat.messages if seen.from_bot and not seen.deleted and "Черновик" in seen.text]


async def kept_drafts(stage: Stage) -> list[Draft]:
    database = stage.database()
    async with database.snapshot() as c:
        ids = [row.id for row in await c.execute(draft_rows.select().order_by(draft_rows.c.id))]
        found = [await drafts.get(c, draft_id) for draft_id in ids]
    await database.close()
    return [draft for draft in found if draft is not None]


async def count_orders(stage: Stage) -> int:
    database = stage.database()
    async with database.snapshot() as c:
        numbers = [order.number async for order in order_rows.every(c)]
    await database.close()
    return len(numbers)


@pytest.mark.requirement("X1", "R13", "R15", "R18")
async def test_a_pasted_notification_becomes_an_order_after_a_look(stage: Stage) -> None:
    sent = await stage.driver.text("director", NOTIFICATION)
    draft = await below(stage, "director", sent, "Черновик")
    assert plain(draft).splitlines() == [
        f"📝 Черновик заказа {NUMBER}",
        "Когда: Завтра 14:00-15:00",
        "Способ: доставка",
        "Куда: Москва, Лесная ул., 5, кв. 12",
        "Состав: Пионы «Облако», 15 шт - 4 900 ₽; Открытка - 0 ₽",
        "Сумма: 4 900 ₽",
        "Получатель: Мария, +79990000055",
        "▫️ Клиент: не указано",
        "Открытка: С днём рождения, мама!",
        "",
        "Проверьте и сохраните. Фото бумаги или снимок экрана можно прислать сюда же.",
    ]
    assert len(draft.button_texts) == 8
    assert await count_orders(stage) == 0

    await stage.driver.press("director", draft.message_id, "Куда")
    asked = await draft_of(stage, "director", "Куда везти?")
    assert "Сейчас: Москва, Лесная ул., 5, кв. 12" in asked.text
    words = await stage.driver.text("director", "Лесная 7, кв 3")
    draft = await below(stage, "director", words, "Куда: Лесная 7, кв 3")
    await stage.driver.wait_chat("director", lambda chat: len(_drafts_in(chat)) == 1)

    toast = await stage.driver.press("director", draft.message_id, "Сохранить заказ")
    assert toast.text == f"Заказ {NUMBER} сохранён и принят."
    own = await stage.card("director", NUMBER)
    await stage.driver.text("manager", NUMBER)
    other = await stage.card("manager", NUMBER)
    for card in (own, other):
        assert card.text.startswith("🟡 Принят · ")
        assert NUMBER in card.text.splitlines()[0]
        assert "Лесная 7, кв 3" in card.text
        assert "Flowwow" not in card.text
    assert own.silent
    line = await stage.driver.wait_message("florist", containing=NUMBER, chat="group")
    assert "Лесная" not in line.text
    order = await stage.order(NUMBER)
    assert (order.status, order.marketplace_status) == (Status.ACCEPTED, None)
    assert order.progress.accepted is not None
    assert order.progress.accepted.name == "Анна"
    assert order.details.written == NOTIFICATION
    assert await raw_object(stage, NUMBER) == {"written": NOTIFICATION}
    assert [line.split(": ")[1] for line in await history(stage, "director", NUMBER)] == [
        "заказ поступил",
        "принят",
    ]
    again = await stage.driver.press("director", draft.message_id, "Сохранить заказ", stale=True)
    assert again.text in {GONE, NO_BUTTON}
    assert await count_orders(stage) == 1
    assert await kept_drafts(stage) == []


@pytest.mark.requirement("X1", "X3", "R5")
async def test_an_order_by_hand_is_asked_field_by_field_and_survives_a_crash(stage: Stage) -> None:
    await stage.driver.text("manager", "Заказы")
    board = await stage.driver.wait_message("manager", containing="Заказы · сегодня")
    await stage.driver.press("manager", board.message_id, "Новый заказ")
    await press(stage, "manager", "Когда доставить?", "Завтра")
    await press(stage, "manager", "Во сколько?", "13-15")
    await draft_of(stage, "manager", "Куда везти?")

    await stage.kill_bot()
    await stage.start_bot()
    await stage.driver.text("manager", "Тверская 1, кв 8")
    await draft_of(stage, "manager", "Что собрать?")
    await stage.driver.text("manager", "Тюльпаны 25 шт - 2 500 ₽\nВаза × 2")
    await press(stage, "manager", "Кто получатель?", "Пропустить")
    await draft_of(stage, "manager", "Кто заказал?")
    await stage.driver.text("manager", "Ольга 89160000007")
    await draft_of(stage, "manager", "Сколько оплатил клиент?")
    await stage.driver.text("manager", "сколько-то")
    await stage.driver.wait_message("manager", containing="Не понял сумму.")
    await stage.driver.text("manager", "2500")
    await press(stage, "manager", "Что написать на открытке?", "Пропустить")
    draft = await draft_of(stage, "manager", "Проверьте и сохраните.")
    text = plain(draft)
    for line in (
        "Когда: Завтра 13:00-15:00",
        "Куда: Тверская 1, кв 8",
        "Состав: Тюльпаны 25 шт - 2 500 ₽; Ваза × 2",
        "Сумма: 2 500 ₽",
        "▫️ Получатель: не указано",
        "Клиент: Ольга, +79160000007",
        "▫️ Открытка: не указано",
    ):
        assert line in text.splitlines()

    toast = await stage.driver.press("manager", draft.message_id, "Сохранить заказ")
    assert toast.text == "Заказ Р-1 сохранён и принят."
    await stage.card("manager", "Р-1")
    for words in ("Р-1", "р1"):
        asked = await stage.driver.text("director", words)
        found = await below(stage, "director", asked)
        assert found.text.startswith("🟡 Принят · ")
        assert "Р-1" in found.text.splitlines()[0]
    await stage.driver.photo("director", a_jpeg(), caption="Букет к р-1 готов")
    await stage.card("director", "Р-1", "📷")
    second = await stage.driver.text("manager", "/add")
    await below(stage, "manager", second, "Когда доставить?")


@pytest.mark.requirement("X1", "X3")
async def test_a_draft_waits_and_is_offered_again(stage: Stage) -> None:
    await stage.driver.text("director", NOTIFICATION)
    await draft_of(stage, "director", f"Черновик заказа {NUMBER}")
    await stage.driver.text("director", "Заказы")
    board = await stage.driver.wait_message("director", containing="Заказы · сегодня")
    await stage.driver.press("director", board.message_id, "Черновик ждёт")
    waiting = await stage.driver.wait_message("director", containing="Черновик ждёт. Продолжить?")
    (first, new) = waiting.button_texts
    assert first.startswith(f"{NUMBER} · Завтра 14:00-15:00")
    await stage.driver.press("director", waiting.message_id, new)
    await stage.driver.text("director", "Сегодня к 23:50")
    await draft_of(stage, "director", "Куда везти?")
    await stage.driver.start("director")
    waiting = await stage.driver.wait_message("director", containing="Ждут 2 черновика.")
    (kept,) = [label for label in waiting.button_texts if label.startswith(NUMBER)]
    await stage.driver.press("director", waiting.message_id, kept)

    await press(stage, "director", f"Черновик заказа {NUMBER}", "Удалить черновик")
    await press(stage, "director", "Удалить черновик? Вернуть", "← К черновику")
    await press(stage, "director", "Проверьте и сохраните.", "Удалить черновик")
    toast = await press(stage, "director", "Удалить черновик? Вернуть", "Да, удалить")
    assert toast == "Черновик удалён."
    (left,) = await kept_drafts(stage)
    assert left.number == ""
    again = await forge(stage, "director", DraftTap(do=DraftDo.SAVE, draft=left.id - 1).pack())
    assert again.text == GONE
    assert await count_orders(stage) == 0


@pytest.mark.requirement("X1")
async def test_an_order_that_is_there_is_recognised_and_gains_what_it_lacked(stage: Stage) -> None:
    number = await stage.accepted(address="", message="", comment="Позвоните мне")
    sent = await stage.driver.text("manager", f"Заказ {number}, самое важное: заказ оплачен, 4 900 ₽")
    same = await below(stage, "manager", sent, f"Это заказ {number}, нового в тексте нет.")
    await stage.driver.wait_message("manager", lambda m: m.message_id > same.message_id, containing=number)

    text = f"Заказ: {number}\nАдрес: Тверская 1\nТекст открытки: Люблю\nСумма: 5 100 ₽\nПолучатель: Катя"
    await stage.driver.text("manager", text)
    known = await draft_of(stage, "manager", f"Это заказ {number}: 🟡 Принят.")
    lines = plain(known).splitlines()
    assert "Возьму сразу: Куда, Открытка" in lines
    assert "Спросите клиента. Сумма: в заказе «4 900 ₽», в черновике «5 100 ₽»" in lines
    assert "Спросите клиента. Получатель: в заказе «Мария», в черновике «Катя»" in lines
    assert "+7" not in known.text
    assert known.button_texts == [
        f"Дополнить заказ {number}",
        "Спросить клиента: Получатель",
        "Спросить клиента: Сумма",
        "Открыть",
        "Исправить черновик",
    ]
    toast = await press(stage, "manager", f"Это заказ {number}:", f"Дополнить заказ {number}")
    assert toast == f"Заказ {number} дополнен."
    await stage.card("director", number, "Тверская 1")
    details = (await stage.order(number)).details
    assert details.paid == Money(490_000)
    assert (details.card_text, details.recipient.name) == ("Люблю", "Мария")
    assert details.client_note == "Позвоните мне"
    assert await count_orders(stage) == 1
    assert await kept_drafts(stage) == []


@pytest.mark.requirement("R59", "R66")
async def test_a_pasted_text_changes_nothing_of_a_clients_order_behind_their_back(stage: Stage) -> None:
    number = await stage.accepted()
    await follow(stage, number, given_by="manager")
    before = (await stage.order(number)).details
    goods = before.lines[0].name
    text = (
        f"Заказ {number}\nСостав: Розы красные 5 шт - 1 000 ₽\nЗавтра 20:00-21:00\n"
        "Адрес: Пушкина 7, кв 1\nМагазину: без ленты"
    )
    await stage.driver.text("manager", text)
    known = await draft_of(stage, "manager", f"Это заказ {number}:")
    for label in ("Когда", "Куда", "Состав"):
        assert f"Спросите клиента. {label}: в заказе" in plain(known)

    await stage.driver.press("manager", known.message_id, "Спросить клиента: Куда")
    by_hand = await draft_of(stage, "manager", "Куда: Пушкина 7, кв 1. Всё верно?")
    await stage.driver.press("manager", by_hand.message_id, "← К черновику")
    await press(stage, "manager", f"Это заказ {number}:", "Спросить клиента: Когда")
    shown = await stage.driver.wait_message("manager", containing="Клиент прочитает:")
    assert "завтра 20:00-21:00" in plain(shown)
    assert (await stage.order(number)).agreements == ()
    await stage.driver.press("manager", shown.message_id, "Отправить")
    asked = await stage.driver.wait_message("client", containing="завтра 20:00-21:00")
    await press(stage, "manager", f"Это заказ {number}:", f"Дополнить заказ {number}")
    after = (await stage.order(number)).details
    assert (after.window, after.address, after.lines[0].name) == (before.window, before.address, goods)
    assert "без ленты" in after.shop_note

    await stage.driver.press("client", asked.message_id, "Согласен")
    await stage.card("director", number, "Завтра 20:00-21:00")


@ON_BOTH
@pytest.mark.requirement("X1")
async def test_the_marketplace_brings_an_order_that_was_entered_by_hand(stage: Stage) -> None:
    first = await stage.new_order()
    number = str(int(first) + 1)
    text = f"Заказ: {number}\nДоставка: завтра 10:00-11:00\nСостав: Пионы\nМагазину: ленту не класть"
    await stage.driver.text("director", text)
    await press(stage, "director", f"Черновик заказа {number}", "Сохранить заказ")
    await stage.card("director", number)
    window = (await stage.order(number)).details.window

    placed = await stage.driver.place_order("bouquet")
    assert (str(placed.id), placed.webhook_status) == (number, 200)
    card = await stage.card("director", number, "Лесная ул., 5")
    assert "Пионы «Облако», 15 шт" in card.text
    # It was accepted here before: that is told to the marketplace at once.
    await marketplace_knows(stage, number, Status.ACCEPTED)
    order = await stage.order(number)
    assert order.status is Status.ACCEPTED
    assert order.details.window == window
    assert order.details.client.name == "Игорь"
    assert order.details.shop_note.startswith("ленту не класть\nFlowwow: ")
    assert order.details.shop_note.endswith("\nПионы")
    raw = await raw_object(stage, number)
    assert raw is not None
    assert str(raw["id"]) == number
    version = order.version
    await stage.driver.resend_webhook(placed.id)
    assert (await stage.order(number)).version == version
    assert await count_orders(stage) == 2


@pytest.mark.requirement("X1", "R14", "R63")
async def test_pictures_of_paper_stay_with_the_order_and_are_the_chiefs(stage: Stage) -> None:
    sent = await stage.driver.photo("director", a_jpeg(), caption=NOTIFICATION)
    draft = await below(stage, "director", sent, "Бумага: 1 снимок")
    assert sent.photo is not None
    await stage.driver.photo("director", a_jpeg("#000000"))
    await press(stage, "director", "Бумага: 2 снимка", "Удалить черновик")
    await press(stage, "director", "Удалить черновик? Вернуть", "Удалить только снимки")
    await press(stage, "director", f"Черновик заказа {NUMBER}", "Ещё поля…")
    await stage.driver.photo("director", a_jpeg())
    await draft_of(stage, "director", "Бумага: 1 снимок")
    await stage.driver.album("director", [a_jpeg("#112233"), a_jpeg("#445566")])
    draft = await draft_of(stage, "director", "Бумага: 3 снимка")
    await stage.driver.press("director", draft.message_id, "Сохранить заказ")
    await stage.card("director", NUMBER)
    order = await stage.order(NUMBER)
    assert len(order.details.papers) == 3
    assert order.progress.photos == ()
    original = await stage.driver.download(sent.photo.url)
    assert (stage.folder / "data/photos" / order.details.papers[0].path).read_bytes() == original

    await stage.tap("director", NUMBER, "Назначить сотрудника")
    await stage.choose("director", NUMBER, "Оля")
    await stage.card("florist", NUMBER)
    await stage.driver.text("manager", NUMBER)
    await step(stage, "manager", NUMBER, "Бумага")
    for place in (1, 2, 3):
        picture = await stage.driver.wait_message("manager", containing=f"{NUMBER} · бумага {place} из 3")
        assert picture.photo is not None
    refused = await forge(stage, "florist", f"o:papers:{order.id}:")
    assert refused.text == "Этот шаг делает другой сотрудник: менеджер или тот, кому назначен заказ."
    assert not [m for m in await stage.driver.messages("florist") if m.from_bot and m.photo]

    await stage.driver.photo("manager", a_jpeg("#778899"))
    await press(stage, "manager", "К какому заказу оно?", "Новый заказ с этого снимка")
    await press(stage, "manager", "Когда доставить?", "Как можно скорее")
    await press(stage, "manager", "Куда везти?", "← К черновику")
    await press(stage, "manager", "Бумага: 1 снимок", "Сохранить заказ")
    await stage.card("manager", "Р-1", "Как можно скорее")
    assert len((await stage.order("Р-1")).details.papers) == 1


@pytest.mark.requirement("X1")
async def test_where_a_text_may_be_an_order_the_bot_asks(stage: Stage) -> None:
    talk = await stage.driver.text("director", "Добрый день")
    await below(stage, "director", talk, "Не понял.")
    sent = await stage.driver.forward("director", "Можно букет роз на завтра?", from_name="Игорь")
    asked = await below(stage, "director", sent, "Это новый заказ?")
    await stage.driver.press("director", asked.message_id, "Нет")
    assert await kept_drafts(stage) == []
    sent = await stage.driver.forward("director", "Розы красные, 25 штук. Заберу сам", from_name="Игорь")
    asked = await below(stage, "director", sent, "Это новый заказ?")
    await stage.driver.press("director", asked.message_id, "Да, это заказ")
    draft = await draft_of(stage, "director", "Черновик без номера")
    assert "Способ: самовывоз" in draft.text
    sent = await stage.driver.text("director", "Перезвонить ему в 15:00 на +79160000001")
    asked = await below(stage, "director", sent, "Это новый заказ?")
    await stage.driver.press("director", asked.message_id, "Добавить в черновик")
    await draft_of(stage, "director", "Клиент: +79160000001")
    (kept,) = await kept_drafts(stage)
    assert kept.details.delivery is DeliveryKind.PICKUP
    assert (
        kept.details.written == "Розы красные, 25 штук. Заберу сам\nПерезвонить ему в 15:00 на +79160000001"
    )


@pytest.mark.requirement("X1", "X3")
async def test_hostile_texts_are_kept_whole_and_shown_short(stage: Stage) -> None:
    nasty = "<b>Розы</b> & \u202eтадыв\u202c \U0001f469\u200d\U0001f680 {name} </i>"
    text = f"Заказ: {NUMBER}\nАдрес: {nasty}\nТекст открытки: {'Ж' * 2000}\nСостав: {nasty}\n" + "Я" * 1500
    await stage.driver.text("director", text)
    draft = await draft_of(stage, "director", f"Черновик заказа {NUMBER}")
    assert "<b>Розы</b> & тадыв" in draft.text
    await stage.driver.press("director", draft.message_id, "Ещё поля…")
    await press(stage, "director", f"Черновик заказа {NUMBER}", "Магазину")
    await draft_of(stage, "director", "Что помнить магазину?")
    await stage.driver.text("director", nasty * 60)
    await press(stage, "director", "Проверьте и сохраните.", "Сохранить заказ")
    card = await stage.card("director", NUMBER)
    assert len(card.text) <= 4096
    order = await stage.order(NUMBER)
    assert order.details.written == text
    assert "\u202e" not in card.text
    assert '"level": "error"' not in stage.bot.log


@pytest.mark.requirement("X1")
async def test_a_time_that_is_not_clear_is_asked_and_one_that_has_passed_is_questioned(stage: Stage) -> None:
    sent = await stage.driver.text("director", "Розы 15 шт, завтра к 7, Ленина 10-12, Мария +7 999 000-00-55")
    draft = await below(stage, "director", sent, "Какое верно?")
    assert "▫️ Когда: не указано" in plain(draft)
    assert draft.button_texts[:2] == ["Завтра 07:00", "Завтра 19:00"]
    await press(stage, "director", "Какое верно?", "Завтра 19:00")
    await draft_of(stage, "director", "Когда: Завтра 19:00")
    await press(stage, "director", "Черновик", "Когда")
    await stage.driver.text("director", "вчера в 16:00")
    await press(stage, "director", "Какое верно?", "Вчера 16:00")
    await press(stage, "director", "Когда: Вчера 16:00", "Сохранить заказ")
    await press(stage, "director", "Это время уже прошло", "Завтра 16:00")
    await press(stage, "director", "Когда: Завтра 16:00", "Сохранить заказ")
    await draft_of(stage, "director", "Ленина 10-12")
    assert await kept_drafts(stage) == []
    assert await count_orders(stage) == 1
