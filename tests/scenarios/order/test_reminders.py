"""What is not done in time: the photo, the rating, leaving, arriving, word of a third party."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from messages.callbacks.order import Do
from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.pictures import a_jpeg
from tests.scenarios.client_steps import follow
from tests.scenarios.eyes import ever
from tests.scenarios.stage import Stage
from tests.scenarios.steps import choose_answer, force, goods_without_photo, step, upload, write_answer

UPLOADED = "Загрузил(а) во Flowwow"
"""From this tap on the client can see the photo, and the time for the answer runs."""
NO_PHOTO, NO_ANSWER = "фото ещё нет", "клиент не ответил на фото"
LEAVE, LATE, DELIVERED = "пора выезжать", "время доставки вышло", "доставлен?"
COMING_BACK = "едет обратно. Уже в магазине?"
RETURNED, NO_WORD = "вернулся, что с ним делать?", "клиент не ответил на вопрос"
MINUTE = 60
AT_HAND = 10
"""Seconds until the moment that a test is about: enough to do on a busy machine what must be done before."""
HOUR = 3600
PATIENCE = 30

Fields = dict[str, Any]
AT_ONCE: Fields = {"deliveryDateFrom": None, "deliveryDateTo": None, "deliveryTimeType": 1}


def window(starts_in: float, lasts: float = HOUR) -> Fields:
    """The delivery window of an order, so many seconds from now."""
    start = int(time.time() + starts_in)
    return {"deliveryDateFrom": start, "deliveryDateTo": start + int(lasts)}


def ends_soon() -> Fields:
    return window(AT_HAND - HOUR)


async def reminder(
    stage: Stage, person: str, number: str, words: str, since: SeenMessage | None = None
) -> SeenMessage:
    """The reminder of an order, with sound and anew."""
    found = await stage.driver.wait_message(
        person,
        lambda seen: f"{number}: {words}" in seen.text.partition("\n")[0],
        since=since.event_id if since else 0,
        timeout=PATIENCE,
    )
    assert not found.silent
    return found


async def heard(stage: Stage, person: str, number: str, words: str, chat: str = "bot") -> int:
    """How many of these reminders a chat has ever had."""
    return len(await ever(stage, person, f"{number}: {words}", chat))


async def taken_down(stage: Stage, person: str, number: str) -> None:
    """Wait until no reminder of the order stands in the chat."""
    firsts = {
        f"{number}: {words}" for words in (NO_PHOTO, NO_ANSWER, LEAVE, LATE, DELIVERED, RETURNED, NO_WORD)
    }

    def is_one(seen: SeenMessage) -> bool:
        return not seen.deleted and any(words in seen.text for words in firsts)

    await stage.driver.wait_chat(person, lambda seen: not any(map(is_one, seen.messages)), timeout=PATIENCE)


async def at_work(stage: Stage, **settings: str) -> None:
    await stage.start_bot(**settings)
    await stage.hire("director", "manager", "florist", "courier")


async def assigned(stage: Stage, fields: Fields) -> str:
    """An order that the director has accepted and given to a florist, who has seen it."""
    number = await stage.accepted("director", **fields)
    await step(stage, "director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    await stage.card("florist", number)
    return number


async def photographed(stage: Stage, fields: Fields) -> str:
    number = await assigned(stage, fields)
    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())
    return number


async def time_to_leave(stage: Stage, starts_at: float) -> None:
    """By a rule of the shop the way to a window that starts then takes all the time that is left.

    However long the steps before took: the reminder falls due now, and not while they are still done.
    """
    await stage.stop_bot()
    await stage.start_bot(TRAVEL_MINUTES=f"{(starts_at - time.time()) / MINUTE:.3f}")


@pytest.mark.requirement("R2", "R27")
async def test_a_missing_photo_is_reminded_of_twice_and_the_second_time_the_manager_too(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await at_work(stage, PHOTO_REMINDERS="30,29.95")
    number = await assigned(stage, window(30 * MINUTE + AT_HAND))

    first = await reminder(stage, "florist", number, NO_PHOTO)
    second = await reminder(stage, "florist", number, NO_PHOTO, since=first)
    await reminder(stage, "manager", number, NO_PHOTO)

    assert second.message_id != first.message_id
    assert "через 30 мин" in first.text
    assert first.button_texts == ["Загрузить фото", "Открыть"]
    assert await heard(stage, "manager", number, NO_PHOTO) == 1
    for person, chat in (("director", "bot"), ("courier", "bot"), ("director", "group")):
        assert await heard(stage, person, number, NO_PHOTO, chat) == 0

    await stage.driver.press("florist", second.message_id, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())

    for person in ("florist", "manager"):
        await taken_down(stage, person, number)


@pytest.mark.requirement("R27")
async def test_where_nobody_assembles_it_the_chiefs_are_reminded_of_the_photo(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage)
    number = await stage.accepted("director", **window(30 * MINUTE + AT_HAND))

    for person in ("director", "manager"):
        await reminder(stage, person, number, NO_PHOTO)

    assert await heard(stage, "florist", number, NO_PHOTO) == 0


@pytest.mark.requirement("R27", "R31", "R52")
async def test_nobody_is_reminded_of_what_was_over_before_or_has_no_time(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, LATE_REPEAT_MINUTES="0.05")
    over = await assigned(stage, window(20 * MINUTE))
    at_once = await assigned(stage, AT_ONCE)
    later = await assigned(stage, window(30 * MINUTE + AT_HAND))

    await reminder(stage, "florist", later, NO_PHOTO)

    for person in ("director", "manager", "florist"):
        assert await ever(stage, person, f"{over}: ") == []
        assert await ever(stage, person, f"{at_once}: ") == []


@pytest.mark.requirement("R29", "R30", "R31")
async def test_a_client_who_does_not_answer_is_asked_with_a_ready_text(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, RATING_MINUTES="0.05")
    number = await photographed(stage, window(3 * HOUR))
    await stage.tap("florist", number, UPLOADED)

    asked = await reminder(stage, "florist", number, NO_ANSWER)

    assert "Здравствуйте! Мы отправили фото вашего заказа. Всё ли хорошо?" in asked.text
    [copied] = [entity for entity in asked.entities if entity["type"] == "code"]
    assert copied["length"] > 50
    assert "Доставку не задерживайте: выезд не позже " in asked.text
    for person, chat in (("director", "bot"), ("manager", "bot"), ("director", "group")):
        assert await heard(stage, person, number, NO_ANSWER, chat) == 0

    await stage.driver.press("florist", asked.message_id, "Клиенту нравится")

    await taken_down(stage, "florist", number)
    rating = (await stage.order(number)).progress.rating
    assert rating is not None
    assert rating.liked


@pytest.mark.requirement("R29", "R33")
async def test_each_new_photo_waits_for_its_own_answer(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, RATING_MINUTES="0.05")
    number = await photographed(stage, window(3 * HOUR))
    await stage.tap("florist", number, UPLOADED)
    asked = await reminder(stage, "florist", number, NO_ANSWER)
    await stage.driver.press("florist", asked.message_id, "Клиент просит поправить")
    await write_answer(stage, "florist", number, "нет открытки")
    await taken_down(stage, "florist", number)

    await stage.tap("florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg("#228be6"))
    await stage.tap("florist", number, UPLOADED)

    again = await reminder(stage, "florist", number, NO_ANSWER, since=asked)
    assert again.message_id != asked.message_id


@pytest.mark.requirement("R2", "R31")
async def test_it_is_time_to_leave_without_the_clients_answer(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, RATING_MINUTES="0.02")
    fields = window(2 * HOUR)
    number = await photographed(stage, fields)
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.card("courier", number)
    await time_to_leave(stage, fields["deliveryDateFrom"])

    leave = await reminder(stage, "florist", number, LEAVE)
    collect = await reminder(stage, "courier", number, LEAVE)

    assert "отправьте ему ссылку, но ответа не ждите, отправляйте заказ." in leave.text
    assert "Заберите заказ в магазине и нажмите «Забрал»." in collect.text
    assert collect.button_texts == ["Забрал", "Открыть"]
    assert await heard(stage, "manager", number, LEAVE) == 0
    assert await heard(stage, "director", number, LEAVE, "group") == 0

    await stage.driver.press("florist", leave.message_id, "Курьер вышел")

    for person in ("florist", "courier"):
        await taken_down(stage, person, number)
    assert (await stage.order(number)).status is Status.COURIER_LEFT


@pytest.mark.requirement("R31", "R38", "R39")
async def test_leaving_without_a_photo_from_the_reminder_still_asks_why(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage)
    fields = window(2 * HOUR)
    number = await assigned(stage, fields)
    await time_to_leave(stage, fields["deliveryDateFrom"])
    leave = await reminder(stage, "florist", number, LEAVE)
    assert "фото ещё нет" in leave.text

    await stage.driver.press("florist", leave.message_id, "Я доставлю")
    await choose_answer(stage, "florist", number, "Клиент попросил без фото")

    await taken_down(stage, "florist", number)
    assert (await stage.order(number)).progress.left_without_photo == "Клиент попросил без фото"


@pytest.mark.requirement("R2", "R50", "R52")
async def test_a_late_courier_is_reminded_to_finish_and_does_it_from_the_reminder(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, LATE_REPEAT_MINUTES="0.05")
    number = await stage.accepted("director", products=[goods_without_photo()], **ends_soon())
    await stage.tap("director", number, "Найти курьера")
    await stage.choose("director", number, "Пётр")
    await stage.tap("director", number, "Курьер вышел")
    await stage.card("courier", number, "Курьер вышел")

    first = await reminder(stage, "courier", number, LATE)
    await reminder(stage, "manager", number, LATE)
    late = await reminder(stage, "courier", number, LATE, since=first)
    assert "Если заказ вручён, завершите его сейчас." in late.text
    assert late.button_texts == ["Выполнен", "Опаздываю", "Никого нет", "Открыть"]
    assert await heard(stage, "director", number, LATE, "group") == 0

    await stage.driver.press_last("courier", "Выполнен")
    await stage.tap("courier", number, "Лично")

    for person in ("courier", "manager"):
        await taken_down(stage, person, number)
    await stage.card("director", number, "Выполнен · ")
    assert (await stage.order(number)).status is Status.DONE


@pytest.mark.requirement("R52")
async def test_a_late_order_in_the_shop_is_told_to_its_florist_and_the_chiefs(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage)
    number = await assigned(stage, ends_soon())

    for person in ("florist", "director", "manager"):
        late = await reminder(stage, person, number, LATE)
        assert "Заказ ещё в магазине." in late.text

    await stage.driver.cancel_order(int(number))

    for person in ("florist", "director", "manager"):
        await taken_down(stage, person, number)


@pytest.mark.requirement("R42", "R43", "R45", "R54")
async def test_delivered_is_asked_again_and_again_until_word_of_the_third_party_comes(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await at_work(stage, THIRD_PARTY_MINUTES="0.05")
    number = await stage.accepted("manager", products=[goods_without_photo()], **window(0))
    await step(stage, "manager", number, "Сторонний курьер")
    await write_answer(stage, "manager", number, "Иван, +7 999 123-45-67")

    first = await reminder(stage, "manager", number, DELIVERED)
    again = await reminder(stage, "manager", number, DELIVERED, since=first)
    assert "Сторонний курьер Иван · +79991234567" in again.text
    assert "только после вручения" in again.text
    assert await heard(stage, "director", number, DELIVERED) == 0

    await stage.driver.press_last("manager", "Выполнен")
    await stage.tap("manager", number, "Лично")

    await taken_down(stage, "manager", number)
    assert (await stage.order(number)).status is Status.DONE
    so_far = await heard(stage, "manager", number, DELIVERED)
    other = await stage.accepted("director", products=[goods_without_photo()], **window(0))
    await step(stage, "director", other, "Сторонний курьер")
    await write_answer(stage, "director", other, "Такси, +7 999 123-45-68")
    once = await reminder(stage, "director", other, DELIVERED)
    await reminder(stage, "director", other, DELIVERED, since=once)
    assert await heard(stage, "manager", number, DELIVERED) == so_far


@pytest.mark.requirement("R66", "R30", "X7")
async def test_a_proposal_without_an_answer_is_reminded_of_on_both_sides(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, RATING_MINUTES="0.05")
    number = await stage.accepted("manager", products=[goods_without_photo()])
    await follow(stage, number, given_by="manager")
    for button in ("Связаться", "Спросить клиента", "Доплата"):
        await stage.tap("manager", number, button)
    shown = await write_answer(stage, "manager", number, "500 ₽ за вазу")
    await stage.driver.press("manager", shown.message_id, "Отправить")

    told = await reminder(stage, "manager", number, NO_WORD)
    assert "нужна доплата 500" in told.text.replace("\u202f", " ").replace("\xa0", " ")
    assert told.button_texts == ["Спросить клиента", "Открыть"]
    asked = await stage.driver.wait_message("client", containing="Ждём вашего ответа")

    await stage.driver.press("client", asked.message_id, "Согласен")
    for person in ("manager", "director"):
        await taken_down(stage, person, number)
    (kept,) = (await stage.order(number)).agreements
    assert kept.agreed


@pytest.mark.requirement("R90", "R91")
async def test_what_becomes_of_a_returning_order_is_asked_until_it_is_decided(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage, RETURN_MINUTES="0.05")
    number = await stage.accepted("manager", products=[goods_without_photo()])
    await step(stage, "manager", number, "Я доставлю")
    await stage.card("manager", number, "Курьер вышел")
    await force(stage, "manager", number, Do.REFUSED_YES)

    coming = await reminder(stage, "manager", number, COMING_BACK)
    assert coming.button_texts == ["Цветы в магазине", "Открыть"]
    await stage.driver.press("manager", coming.message_id, "Цветы в магазине", stale=True)
    first = await reminder(stage, "manager", number, RETURNED)
    again = await reminder(stage, "manager", number, RETURNED, since=first)
    await reminder(stage, "director", number, RETURNED)
    assert again.button_texts[-1] == "Открыть"
    assert "Везти другому получателю" in again.button_texts
    for person in ("courier", "florist"):
        assert await heard(stage, person, number, RETURNED) == 0

    await stage.driver.cancel_order(int(number))

    for person in ("manager", "director"):
        await taken_down(stage, person, number)


@pytest.mark.requirement("R27", "R31", "X3")
async def test_a_reminder_that_fell_due_while_the_bot_was_down_comes_once_after_the_start(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await at_work(stage)
    fields = window(30 * MINUTE + AT_HAND)
    number = await assigned(stage, fields)
    await stage.stop_bot()
    moment = int(str(fields["deliveryDateFrom"])) - 30 * MINUTE
    assert await heard(stage, "florist", number, NO_PHOTO) == 0
    await asyncio.sleep(max(0, moment + 0.5 - time.time()))  # the moment itself is what is waited for

    await stage.start_bot()

    missed = await reminder(stage, "florist", number, NO_PHOTO)
    await stage.stop_bot()  # politely: a message that is just leaving may come twice after a power cut
    await stage.start_bot()
    other = await assigned(stage, window(30 * MINUTE + AT_HAND))
    await reminder(stage, "florist", other, NO_PHOTO)
    assert await heard(stage, "florist", number, NO_PHOTO) == 1
    assert not (await stage.driver.message("florist", missed.message_id)).deleted


@pytest.mark.requirement("R2", "R14", "X2")
async def test_the_reminder_goes_with_the_order_to_another_florist(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage)
    await stage.hire("florist2")
    number = await assigned(stage, window(30 * MINUTE + AT_HAND))
    await reminder(stage, "florist", number, NO_PHOTO)

    await step(stage, "director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Ирина")

    await taken_down(stage, "florist", number)
    await stage.card("florist2", number)


@pytest.mark.requirement("R2", "X2")
async def test_an_ordinary_order_makes_at_most_four_sounds_for_anybody(empty_stage: Stage) -> None:
    stage = empty_stage
    await at_work(stage)
    fields = window(2 * HOUR)
    number = await photographed(stage, fields)
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.card("courier", number)
    await time_to_leave(stage, fields["deliveryDateFrom"])
    leave = await reminder(stage, "florist", number, LEAVE)
    await reminder(stage, "courier", number, LEAVE)
    await stage.driver.press("florist", leave.message_id, "Курьер вышел")
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    await stage.card("director", number, "Выполнен · ")

    chats = [(person, "bot") for person in ("director", "manager", "florist", "courier")]
    sounds = {}
    for person, chat in [*chats, ("director", "group")]:
        about = await ever(stage, person, "", chat)
        welcome = next((seen.message_id for seen in about if number in seen.text), 0)
        sounds[person, chat] = sum(not seen.silent and seen.message_id >= welcome for seen in about)
    assert max(sounds.values()) <= 4
    assert sounds["florist", "bot"] >= 2
    assert sounds["courier", "bot"] == 2
    assert sounds["director", "group"] == 1
