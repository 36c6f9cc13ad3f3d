"""The shop's couriers: who takes an order, what they say on the way, and what they hand over."""

from __future__ import annotations

import asyncio
import re
from urllib.parse import unquote

import pytest

from messages.callbacks.order import Do
from orders.model.order import Handover
from orders.model.status import Status
from sandbox.driver import SeenChat, SeenMessage
from tests.pictures import a_jpeg
from tests.scenarios.client_steps import follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    assert_refused,
    choose_answer,
    history,
    menu,
    on_the_way,
    photographed,
    question,
    seen,
    step,
    told_aloud,
    wait_until_gone,
    with_courier,
    write_answer,
)

NAMES = {"courier": "Пётр", "courier2": "Семён"}


@pytest.mark.requirement("R40", "R44", "R63")
async def test_an_order_offered_to_all_is_taken_by_one_and_the_other_reads_by_whom(stage: Stage) -> None:
    number = await photographed(stage)
    await stage.tap("florist", number, "Найти курьера")
    toast = await stage.tap("florist", number, "Предложить всем курьерам")
    assert toast.text == "Предложено всем курьерам. Возьмёт один."
    cards = [await told_aloud(stage, courier, number, "Берёте?") for courier in NAMES]
    for card in cards:
        assert "Лесная" in card.text
        assert "Мария" not in card.text
        assert "+7999" not in card.text
        assert card.button_texts == ["Взять заказ", "Карта", "🆘 Что делать?"]
    await assert_refused(stage, "florist2", number, Do.TAKE, "Такого заказа нет, или он назначен не вам.")

    toasts = await asyncio.gather(
        *(
            stage.driver.press(who, card.message_id, "Взять заказ", stale=True)
            for who, card in zip(NAMES, cards, strict=True)
        )
    )
    said = {who: toast.text or "" for who, toast in zip(NAMES, toasts, strict=True)}
    winner = next(who for who in NAMES if said[who].startswith("Заказ ваш."))
    loser = next(who for who in NAMES if who != winner)
    assert said[loser].startswith("Заказ уже взят: ")
    assert said[loser].endswith(f", {NAMES[winner]}")
    await wait_until_gone(stage, loser, number)
    await stage.card("florist", number, f"Ждём, пока {NAMES[winner]}")
    await seen(stage, winner, number, "Скажите: ")
    assert any("предложен всем" in line for line in await history(stage, "director", number))


@pytest.mark.requirement("R40", "X5")
async def test_a_courier_who_cannot_gives_the_order_back_with_his_reason(stage: Stage) -> None:
    number = await with_courier(stage)
    toast = await stage.tap("courier", number, "Не смогу")
    assert toast.text == "Ответьте на вопрос ниже"
    toast = await choose_answer(stage, "courier", number, "Машина сломалась")
    assert toast.text == "Заказ вернулся менеджеру, он уже знает."
    for chief in ("manager", "director"):
        card = await told_aloud(stage, chief, number, "Курьер не сможет: ")
        assert "Почему: Машина сломалась" in card.text
    await wait_until_gone(stage, "courier", number)
    await assert_refused(stage, "courier", number, Do.CANNOT, "Такого заказа нет, или он назначен не вам.")
    await assert_refused(stage, "florist", number, Do.CANNOT, "Этот шаг делает другой сотрудник")

    await stage.tap("manager", number, "Найти курьера")
    await stage.choose("manager", number, "Семён")
    card = await stage.card("manager", number, "курьер Семён")
    assert "не сможет" not in card.text
    await told_aloud(stage, "courier2", number, "Лесная")
    await stage.tap("courier2", number, "Не смогу")
    await question(stage, "courier2", number)
    mark = await stage.driver.mark()
    await stage.driver.sticker("courier2")
    await stage.driver.wait_message("courier2", containing="Здесь нужен текст", since=mark)
    told = await write_answer(stage, "courier2", number, "Колесо <b>спустило</b>")
    assert told.text == "Заказ вернулся менеджеру, он уже знает."
    await told_aloud(stage, "manager", number, "Почему: Колесо <b>спустило</b>")
    await wait_until_gone(stage, "courier2", number)
    lines = await history(stage, "director", number)
    for name, why in (("Пётр", "Машина сломалась"), ("Семён", "Колесо <b>спустило</b>")):
        assert any(f"{name}: не сможет отвезти" in line and why in line for line in lines)


@pytest.mark.requirement("R90", "R91")
async def test_nobody_there_the_flowers_come_back_and_go_to_somebody_else(stage: Stage) -> None:
    number = await on_the_way(stage)
    toast = await stage.tap("courier", number, "Никого нет")
    assert toast.text == "Менеджер уже знает. Подождите ответа."
    await told_aloud(stage, "manager", number, "Спросите клиента: подождать")
    await stage.driver.wait_message("manager", containing="курьер Пётр · никого нет", chat="group")
    await stage.card("courier", number, "Менеджер узнает у клиента")
    toast = await stage.tap("courier", number, "Везу обратно")
    assert toast.text == "Отмечено. Везите заказ в магазин."
    await told_aloud(stage, "manager", number, "Возвращается · ")
    await seen(stage, "courier", number, "Верните заказ в магазин.")
    assert (await stage.tap("courier", number, "Цветы в магазине")).text == "Отмечено: цветы в магазине."
    await stage.card("manager", number, "Цветы в магазине: ")

    await stage.tap("manager", number, "Найти курьера")
    await stage.choose("manager", number, "Семён")
    await wait_until_gone(stage, "courier", number)
    await stage.card("manager", number, "курьер Семён")
    await stage.tap("manager", number, "Везти другому получателю")
    await write_answer(stage, "manager", number, "Сестре Ольге, Садовая 3")
    await told_aloud(stage, "courier2", number, "Сестре Ольге, Садовая 3")
    order = await stage.order(number)
    assert (order.status, order.progress.nobody_there) == (Status.COURIER_LEFT, None)


@pytest.mark.requirement("X8", "X26")
async def test_several_deliveries_are_one_list_with_one_route(stage: Stage) -> None:
    first = await with_courier(stage)
    second = await photographed(stage)
    await step(stage, "florist", second, "Найти курьера")
    await stage.tap("florist", second, "Предложить всем курьерам")
    await told_aloud(stage, "courier", second, "Берёте?")
    await stage.driver.text("courier", "Мои доставки")
    listed = await stage.driver.wait_message("courier", containing="Мои доставки: 1")
    assert first in listed.text
    assert second not in listed.text
    await stage.driver.press("courier", listed.message_id, "Можно взять: 1")
    await stage.driver.wait_message("courier", lambda m: "Можно взять: 1" in m.text and second in m.text)
    await stage.driver.press("courier", listed.message_id, next_to(second, await newest(stage, listed)))
    await stage.tap("courier", second, "Взять заказ")
    await stage.card("florist", second, "Ждём, пока Пётр")

    await stage.driver.text("courier", "/deliveries")
    listed = await stage.driver.wait_message("courier", containing="Мои доставки: 2")
    assert {number for number in (first, second) if number in listed.text} == {first, second}
    route = unquote(listed.button("Маршрут: 2 адреса").url or "")
    assert route.startswith("https://yandex.ru/maps/?rtt=auto&rtext=~Москва, Лесная")
    assert route.count("~") == 2
    await stage.driver.press("courier", listed.message_id, "Изменить порядок")
    shown = await stage.driver.wait_message("courier", containing="👉 2. ")
    stops = [line.partition(". ")[2] for line in shown.text.splitlines() if ". " in line[:5]]
    assert all(re.match(r"[0-2][0-9]:[0-5][05] Москва, Лесная", stop) for stop in stops)
    toast = await stage.driver.press("courier", shown.message_id, "↑ Выше")
    assert toast.text == "Порядок изменён."
    await stage.driver.wait_message("courier", containing="Порядок задан вручную.")
    await stage.driver.text("manager", "/routes")
    routes = await stage.driver.wait_message("manager", containing="Маршруты сегодня")
    assert "Пётр: 2 адреса" in routes.text
    await stage.driver.text("courier2", "Мои доставки")
    await stage.driver.wait_message("courier2", containing="Доставок у вас сейчас нет.")
    await _a_photo_after_the_hand_over_is_not_that_of_the_next_delivery(stage, first, second)


def liked(chat: SeenChat, message_id: int) -> bool:
    """Whether the bot has put its reaction under the message."""
    return any(one.message_id == message_id and one.reactions == ["👍"] for one in chat.messages)


async def newest(stage: Stage, message: SeenMessage) -> SeenMessage:
    return await stage.driver.message("courier", message.message_id)


def next_to(number: str, message: SeenMessage) -> str:
    """The button that opens this order."""
    return next(label for label in message.button_texts if number in label)


async def _a_photo_after_the_hand_over_is_not_that_of_the_next_delivery(
    stage: Stage, given: str, other: str
) -> None:
    for number in (given, other):
        await stage.tap("courier", number, "Забрал")
        await stage.card("courier", number, "Курьер вышел")
    await stage.tap("courier", given, "Выполнен")
    await stage.tap("courier", given, "Лично")
    await seen(stage, "courier", given, "Выполнен · ")
    await stage.driver.photo("courier", a_jpeg("#225588"))
    asked = await stage.driver.wait_message("courier", containing="К какому заказу оно?")
    assert [text[:1] for text in asked.button_texts] == ["🚚", "✅", "Н"]
    (label,) = (text for text in asked.button_texts if given in text)
    await stage.driver.press("courier", asked.message_id, label)
    await stage.driver.wait_message("courier", containing=f"{given}: Фото вручения сохранено.")
    assert (len((await stage.order(given)).proofs), len((await stage.order(other)).proofs)) == (1, 0)

    await stage.driver.photo("courier", a_jpeg("#885522"))
    await stage.driver.wait_message("courier", containing=f"{other}: Фото вручения сохранено.")


@pytest.mark.requirement("R50", "R51", "R52", "R53", "R55", "R69", "X8", "X19")
async def test_a_courier_picks_up_writes_is_late_is_at_the_door_and_hands_it_over_with_a_photo(
    stage: Stage,
) -> None:
    number = await with_courier(stage)
    toast = await stage.tap("courier", number, "Забрал")
    assert toast.text == "В пути. После вручения нажмите «Выполнен»."
    card = await stage.card("courier", number, "Курьер вышел")
    assert " · +7" in card.text
    chiefs = await stage.card("manager", number, "Курьер вышел · ")
    assert "Доставка: курьер Пётр · +7" in chiefs.text
    assert "Написать курьеру" in chiefs.button_texts

    said = await stage.driver.text("courier", "Код домофона не подходит")
    await stage.driver.wait_chat("courier", lambda chat: liked(chat, said.message_id))
    told = await told_aloud(stage, "manager", number, "Код домофона не подходит")
    assert told.button_texts[0] == "Написать курьеру"
    await stage.tap("manager", number, "Написать курьеру")
    await write_answer(stage, "manager", number, "Код 48, второй подъезд")
    await told_aloud(stage, "courier", number, "Код 48, второй подъезд")
    await _he_is_late_and_at_the_door(stage, number)
    await _he_hands_it_over_and_shows_it(stage, number)
    lines = "\n".join(await history(stage, "director", number))
    for words in (
        "курьер пишет: Код домофона не подходит",
        "магазин пишет курьеру: Код 48, второй подъезд",
        "Пётр: опоздание на 15 мин",
        "Пётр: на месте",
        "фото вручения 1",
    ):
        assert words in lines


async def _he_is_late_and_at_the_door(stage: Stage, number: str) -> None:
    await follow(stage, number)
    card = await stage.card("courier", number, "+79990000055")
    await menu(stage, "courier", number, "Подробно", "ответит клиент или поддержка Flowwow")
    asked = await menu(stage, "courier", number, "Опаздываю", "На сколько опоздание?")
    assert asked.button_texts[-1] == "← Назад"
    toast = await stage.tap("courier", number, "на 15 мин")
    assert re.fullmatch(r"Отмечено: будет к .*[0-9]{2}:[0-9][05]\. Менеджер знает\.", toast.text or "")
    await told_aloud(stage, "manager", number, "паздывает на 15 мин, будет к ")
    await stage.driver.wait_message("manager", containing="курьер Пётр · опаздывает на 15 мин", chat="group")
    news = await stage.driver.wait_message("client", containing="немного задерживается и будет к ")
    assert news.button_texts == ["Написать магазину"]
    assert "Пётр" not in news.text
    told = await menu(stage, "manager", number, "Связаться", "Курьер немного задерживается")
    assert "Игорь" not in told.text.partition("Текст для клиента")[2].partition("\n")[0]
    await assert_refused(stage, "courier", number, Do.LATE_BY, "Выберите, на сколько", "7")

    await seen(stage, "courier", number, "паздывает на 15 мин")
    assert (await stage.tap("courier", number, "На месте")).text == "Отмечено: вы на месте."
    card = await stage.card("courier", number, "На месте: ")
    assert "На месте" not in card.button_texts
    await assert_refused(stage, "manager", number, Do.ARRIVED, "Этот шаг делает другой сотрудник")


async def _he_hands_it_over_and_shows_it(stage: Stage, number: str) -> None:
    asked = await menu(stage, "courier", number, "Выполнен", "Как вручён заказ?")
    assert "Не уверены на 100 %? Не завершайте." in asked.text
    await stage.tap("courier", number, "Ещё не вручён")
    await stage.card("courier", number, "На месте: ")
    assert (await stage.order(number)).status is Status.COURIER_LEFT
    await stage.tap("courier", number, "Выполнен")
    toast = await stage.tap("courier", number, "Лично")
    assert toast.text == "Выполнен."
    await seen(stage, "courier", number, "Выполнен · ")
    await stage.card("director", number, "Вручён лично, ")
    await stage.tap("courier", number, "Фото вручения")
    await stage.driver.wait_message("courier", containing="Пришлите фото вручения")
    mark = await stage.driver.mark()
    await stage.driver.photo("courier", a_jpeg("#225588"))
    await stage.driver.wait_message("courier", containing=f"{number}: Фото вручения сохранено.", since=mark)
    await stage.card("director", number, "Фото вручения: 1")
    await stage.tap("director", number, "Показать фото вручения")

    def is_proof(message: SeenMessage) -> bool:
        return message.photo is not None and "фото вручения 1" in message.text

    await stage.driver.wait_message("director", is_proof)
    assert not any(message.photo for message in await stage.driver.messages("director", "group"))
    order = await stage.order(number)
    assert [proof.taken.name for proof in order.proofs] == ["Пётр"]
    assert len(order.progress.photos) == 1
    completion = order.progress.completion
    assert completion is not None
    assert (completion.handover, completion.done.name, completion.reason) == (Handover.IN_PERSON, "Пётр", "")
    words = "Такого заказа нет, или он назначен не вам."
    await assert_refused(stage, "courier2", number, Do.SHOW_PROOF, words)
