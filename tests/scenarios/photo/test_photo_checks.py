"""What is looked at before a photo goes to the client: the tick list, light and sharpness (R34-R37, R67)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Answer
from messages.callbacks.photos import CheckTap
from orders.model.status import Status
from orders.photo.checklist import checklist
from sandbox.driver import SeenMessage
from tests.pictures import a_blurred_photo, a_bouquet, a_dark_photo, a_jpeg
from tests.scenarios.photo.versions import has_note, has_photos
from tests.scenarios.stage import Stage
from tests.scenarios.steps import choose_answer, forge, history, question, step, write_answer

EVERYTHING = "Всё на месте"


async def with_button(stage: Stage, person: str, number: str, button: str) -> SeenMessage:
    return await stage.driver.wait_message(
        person, lambda message: number in message.text and button in message.button_texts
    )


@pytest.mark.requirement("R34", "R36", "R67", "R76", "X5")
async def test_the_list_is_ticked_before_or_after_the_photo_and_half_of_it_is_not_lost(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    asked = await with_button(stage, "florist", number, EVERYTHING)
    assert "Перед снимком проверьте и отметьте:" in asked.text
    assert "☐ Открытка" in asked.button_texts
    assert asked.button_texts[-2:] == ["☐ Свежее, без брака", "☐ Видно и светло"]
    order = await stage.order(number)
    forged = CheckTap(order=order.id, photo=0, ticked=15, made_of="0" * 8)
    assert (
        await forge(stage, "florist2", forged.pack())
    ).text == "Такого заказа нет, или он назначен не вам."
    assert (await forge(stage, "florist", forged.pack())).text == (
        "Состав изменился. Проверьте и отметьте заново."
    )
    await stage.tap("florist", number, "☐ Свежее, без брака")
    await with_button(stage, "florist", number, "☑ Свежее, без брака")
    assert (await stage.order(number)).checked is None

    await stage.driver.photo("florist", a_bouquet())
    told = await with_button(stage, "florist", number, "Не тот заказ?")
    assert told.text.startswith(f"{number}: Фото сохранено.")
    assert "☑ Свежее, без брака" in told.button_texts
    toast = await stage.driver.press("florist", told.message_id, EVERYTHING)
    assert toast.text == "Отмечено: всё на месте."
    assert "Проверено перед фото: " in (await stage.details("director", number)).text
    await stage.driver.wait_message("florist", lambda message: message.button_texts == ["Не тот заказ?"])
    check = (await stage.order(number)).checked
    assert check is not None
    assert (check.items, check.made.name) == (checklist(order.details), "Оля")
    again = await stage.driver.press("florist", told.message_id, EVERYTHING, stale=True)
    assert (again.text or "").startswith("Уже проверено: ")
    (line,) = (line for line in await history(stage, "director", number) if "проверено перед фото" in line)
    assert line.endswith("Открытка, Свежее, без брака, Видно и светло")


@pytest.mark.requirement("R26", "R32", "R33", "R37")
async def test_a_version_shows_the_complaint_it_answers_and_more_photos_leave_the_thumb(stage: Stage) -> None:
    number = await stage.assigned()
    await stage.driver.photo("florist", a_jpeg(), caption=number)
    await stage.card("florist", number, "Фото · ")
    await _a_complaint_that_is_cancelled_changes_nothing(stage, number)
    toast = await step(stage, "florist", number, "Клиент просит поправить")
    assert toast.text == "Ответьте на вопрос ниже"
    assert (await stage.order(number)).progress.rating is None
    below = await write_answer(stage, "florist", number, "Цвет не тот")
    assert below.silent
    assert below.button_texts[0] == "Загрузить фото"
    await stage.card("director", number, "Клиент просит поправить: Цвет не тот")
    await stage.tap("florist", number, "Загрузить фото")
    asked = await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    assert "Клиент просит поправить: Цвет не тот" in asked.text
    await stage.driver.press("florist", asked.message_id, EVERYTHING)
    await stage.driver.wait_message("florist", containing="Проверено: ")
    await stage.driver.photo("florist", a_jpeg("#654321"))
    await stage.card("florist", number, "Поправлено по просьбе: Цвет не тот")
    assert (await stage.order(number)).progress.rating is None
    toast = await step(stage, "florist", number, "Клиенту нравится")
    assert toast.text == "Оценка записана."
    await stage.card("director", number, "Клиенту фото нравится")

    await stage.driver.photo("florist", a_jpeg("#228be6"), caption=number)
    told = await stage.driver.wait_message("florist", containing="Клиенту заказ уже нравится.")
    assert told.button_texts == ["Не тот заказ?"]
    await has_photos(stage, number, 3)
    order = await stage.order(number)
    assert order.progress.rating is not None
    assert order.progress.rating.liked
    await step(stage, "director", number, "Показать фото")
    await stage.driver.wait_message("director", containing=f"{number} · фото 3")
    shown = [one.text for one in await stage.driver.messages("director") if one.photo is not None]
    assert shown == [
        f"{number} · фото 1",
        f"{number} · фото 2 · по просьбе: Цвет не тот",
        f"{number} · фото 3",
    ]
    lines = await history(stage, "director", number)
    assert any(line.endswith("фото, версия 2, по просьбе: Цвет не тот") for line in lines)


async def _a_complaint_that_is_cancelled_changes_nothing(stage: Stage, number: str) -> None:
    before = await stage.left_by_staff(number)
    await step(stage, "florist", number, "Клиент просит поправить")
    assert "что именно не понравилось" in (await question(stage, "florist", number)).text
    toast = await choose_answer(stage, "florist", number, "Отмена")
    assert toast.text == "Ничего не изменено"
    card = await stage.card("florist", number)
    late = await stage.driver.forge("florist", card.message_id, Answer(index=0).pack())
    assert late.text == "Этот вопрос уже закрыт"
    assert await stage.left_by_staff(number) == before
    await stage.driver.text("florist", "Лента не та")
    await has_note(stage, number, "Лента не та")  # said of the order, and no complaint
    assert (await stage.order(number)).progress.rating is None


@pytest.mark.requirement("R25", "R35", "X3")
async def test_a_poor_picture_waits_for_its_sender_even_through_a_restart(stage: Stage) -> None:
    number, other = await stage.assigned(), await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await with_button(stage, "florist", number, EVERYTHING)
    sent = await stage.driver.photo("florist", a_dark_photo())
    warned = await with_button(stage, "florist", number, "Всё равно отправить")
    assert "Слишком темно: букет не разглядеть." in warned.text
    assert warned.reply_to_message_id == sent.message_id
    assert (await stage.order(number)).status is Status.ACCEPTED
    await stage.driver.document("florist", a_blurred_photo(), name="b.jpg", caption=other)
    blurred = await with_button(stage, "florist", other, "Снять заново")
    assert "Снимок смазан: букет не разглядеть." in blurred.text

    await stage.kill_bot()
    await stage.start_bot()
    toast = await stage.driver.press("florist", warned.message_id, "Всё равно отправить")
    assert toast.text == "Фото сохранено."
    await stage.card("florist", number, "Фото · ")
    (photo,) = (await stage.order(number)).progress.photos
    assert sent.photo is not None
    kept = (stage.folder / "data/photos" / photo.path).read_bytes()
    assert kept == await stage.driver.download(sent.photo.url)

    blurred = await with_button(stage, "florist", other, "Снять заново")  # after the power cut it may be anew
    await stage.driver.press("florist", blurred.message_id, "Снять заново")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {other}")
    await stage.driver.photo("florist", a_bouquet())
    await stage.card("florist", other, "Фото · ")
    assert len((await stage.order(other)).progress.photos) == 1
