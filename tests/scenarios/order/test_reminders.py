"""What is not done in time: the photo, the rating, leaving, arriving, word of a third party.

When each falls due, whom it reaches and what it says is in tests/orders/schedule, tests/services/order and
tests/messages/order; here each is really told, its buttons work, and it goes when it is done.
"""

from __future__ import annotations

import time
from typing import Any

import pytest

from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.pictures import a_jpeg
from tests.scenarios.eyes import ever
from tests.scenarios.stage import Stage
from tests.scenarios.steps import goods_without_photo, step, upload, write_answer

UPLOADED = "Загрузил(а) во Flowwow"
"""From this tap on the client can see the photo, and the time for the answer runs."""
NO_PHOTO, NO_ANSWER = "фото ещё нет", "клиент не ответил на фото"
LEAVE, LATE, DELIVERED = "пора выезжать", "время доставки вышло", "доставлен?"
MINUTE = 60
TRAVEL = 40
"""Minutes of the way: photos are reminded of so long before leaving."""
HOUR = 3600
PATIENCE = 60

Fields = dict[str, Any]


def window(starts_in: float, lasts: float = HOUR) -> Fields:
    """The delivery window of an order, so many seconds from now."""
    start = int(time.time() + starts_in)
    return {"deliveryDateFrom": start, "deliveryDateTo": start + int(lasts)}


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
    firsts = {f"{number}: {words}" for words in (NO_PHOTO, NO_ANSWER, LEAVE, LATE, DELIVERED)}

    def is_one(seen: SeenMessage) -> bool:
        return not seen.deleted and any(words in seen.text for words in firsts)

    await stage.driver.wait_chat(person, lambda seen: not any(map(is_one, seen.messages)), timeout=PATIENCE)


async def at_work(stage: Stage, **settings: str) -> None:
    await stage.start_bot(**settings)
    await stage.hire("director", "manager", "florist", "courier")


def minutes_to(moment: int) -> str:
    """The rule by which something is due so many minutes before a moment: now.

    It then falls due at once, and not while the steps before it are still done, however long they take.
    """
    return f"{(moment - time.time()) / MINUTE:.3f}"


@pytest.mark.requirement("R2", "R27", "R29", "R30", "R31", "X3")
async def test_photo_answer_and_leaving_are_reminded_of_in_turn_and_each_reminder_leads_to_the_next_step(
    empty_stage: Stage,
) -> None:
    stage, fields = empty_stage, window(2 * HOUR)
    await at_work(stage, TRAVEL_MINUTES=str(TRAVEL))
    number = await stage.accepted("director", **fields)
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    await stage.card("florist", number)
    await stage.stop_bot()
    starts_at = int(fields["deliveryDateFrom"])
    leaves_at = starts_at - TRAVEL * MINUTE
    await stage.start_bot(PHOTO_REMINDERS=minutes_to(leaves_at), RATING_MINUTES="0.02")
    await _the_photo(stage, number)
    await _the_answer(stage, number)
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.card("courier", number)
    await stage.stop_bot()
    await stage.start_bot(TRAVEL_MINUTES=minutes_to(starts_at))
    await _leaving(stage, number)


async def _the_photo(stage: Stage, number: str) -> None:
    missing = await reminder(stage, "florist", number, NO_PHOTO)
    assert missing.button_texts == ["Загрузить фото", "Открыть"]
    for person, chat in (("manager", "bot"), ("courier", "bot"), ("director", "group")):
        assert await heard(stage, person, number, NO_PHOTO, chat) == 0
    await stage.driver.press("florist", missing.message_id, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())
    await taken_down(stage, "florist", number)


async def _the_answer(stage: Stage, number: str) -> None:
    await stage.tap("florist", number, UPLOADED)
    asked = await reminder(stage, "florist", number, NO_ANSWER)
    assert "Здравствуйте! Мы отправили фото вашего заказа. Всё ли хорошо?" in asked.text
    [copied] = [entity for entity in asked.entities if entity["type"] == "code"]
    assert copied["length"] > 50
    assert "Доставку не задерживайте: выезд не позже " in asked.text
    assert await heard(stage, "manager", number, NO_ANSWER) == 0
    await stage.driver.press("florist", asked.message_id, "Клиенту нравится")
    await taken_down(stage, "florist", number)
    rating = (await stage.order(number)).progress.rating
    assert rating is not None
    assert rating.liked


async def _leaving(stage: Stage, number: str) -> None:
    leave = await reminder(stage, "florist", number, LEAVE)
    collect = await reminder(stage, "courier", number, LEAVE)
    assert "Заберите заказ в магазине и нажмите «Забрал»." in collect.text
    assert collect.button_texts == ["Забрал", "Открыть"]
    assert await heard(stage, "manager", number, LEAVE) == 0
    await stage.driver.press("florist", leave.message_id, "Курьер вышел")
    for person in ("florist", "courier"):
        await taken_down(stage, person, number)
    assert (await stage.order(number)).status is Status.COURIER_LEFT


@pytest.mark.requirement("R2", "R42", "R43", "R50", "R52", "R54")
async def test_who_carries_an_order_is_reminded_until_it_is_finished_and_finishes_it_from_there(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await at_work(stage, THIRD_PARTY_MINUTES="0.04")
    await _a_late_courier(stage)
    await _word_of_a_third_party(stage)


async def _a_late_courier(stage: Stage) -> None:
    fields = window(-HOUR)  # it is over
    number = await stage.accepted("director", products=[goods_without_photo()], **fields)
    await stage.tap("director", number, "Найти курьера")
    await stage.choose("director", number, "Пётр")
    await stage.tap("director", number, "Курьер вышел")
    await stage.card("courier", number, "Курьер вышел")
    await stage.stop_bot()
    since_the_end = time.time() - fields["deliveryDateTo"]
    await stage.start_bot(LATE_REPEAT_MINUTES=f"{since_the_end / MINUTE:.3f}")  # it is due now

    late = await reminder(stage, "courier", number, LATE)
    await reminder(stage, "manager", number, LATE)
    assert "Если заказ вручён, завершите его сейчас." in late.text
    assert late.button_texts == ["Выполнен", "Опаздываю", "Никого нет", "Открыть"]
    assert await heard(stage, "director", number, LATE, "group") == 0

    await stage.driver.press_last("courier", "Выполнен")
    await stage.tap("courier", number, "Лично")
    for person in ("courier", "manager"):
        await taken_down(stage, person, number)
    await stage.card("director", number, "Выполнен · ")
    assert (await stage.order(number)).status is Status.DONE


async def _word_of_a_third_party(stage: Stage) -> None:
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
