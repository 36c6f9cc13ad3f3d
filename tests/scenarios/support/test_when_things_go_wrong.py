"""The day on which nothing works, as the users' own document tells it, played with one order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from orders.model.people import Mark
from orders.model.status import Status
from sandbox.driver import SeenMessage
from storage.support import cases
from tests.pictures import a_jpeg
from tests.scenarios.delivery.test_spare_couriers import add
from tests.scenarios.stage import Stage
from tests.scenarios.steps import choose_answer, plain, step, upload, write_answer

SOS = "🆘 Что делать?"
PAGES = 3
"""Of the guide's list."""


async def situation(stage: Stage, person: str, number: str, title: str, containing: str = "") -> SeenMessage:
    """Open a situation of the guide from the order's card, on whichever page it stands."""
    await stage.tap(person, number, SOS)

    def label(message: SeenMessage) -> str | None:
        shown = message.button_texts if number in message.text else []
        return next((text for text in shown if text.endswith(title) or text == "Другие ситуации →"), None)

    pages: list[int] = []

    def is_new(message: SeenMessage) -> bool:
        return label(message) is not None and message.event_id > max(pages, default=0)

    for _ in range(PAGES):
        page = await stage.driver.wait_message(person, is_new)
        await stage.driver.press(person, page.message_id, label(page) or "")
        if (label(page) or "").endswith(title):
            break
        pages.append(page.event_id)
    return await stage.driver.wait_message(
        person, lambda seen: seen.text.count(title) > 0 and containing in plain(seen)
    )


async def an_hour_goes_by(stage: Stage, number: str) -> None:
    """What was sent to support was sent so much earlier."""
    order, database = await stage.order(number), stage.database()
    async with database.write() as c:
        case = await cases.open_of_order(c, order.id, for_update=True)
        assert case is not None
        matters = tuple(replace(one, raised=_earlier(one.raised)) for one in case.matters)
        notes = tuple(replace(one, mark=_earlier(one.mark)) for one in case.notes)
        await cases.save(c, replace(case, matters=matters, notes=notes))
    await database.close()


def _earlier(mark: Mark) -> Mark:
    return replace(mark, at=mark.at - timedelta(hours=1))


async def case_says(stage: Stage, person: str, containing: str) -> SeenMessage:
    return await stage.driver.wait_message(
        person, lambda seen: "Обращение в поддержку" in seen.text and containing in plain(seen)
    )


@pytest.mark.requirement(
    "R59", "R72", "R79", "R82", "R84", "R86", "R87", "R88", "R89", "R90", "R91", "R92", "R94", "X24"
)
async def test_one_order_goes_through_the_day_on_which_nothing_works(stage: Stage) -> None:
    await stage.driver.text("director", "/spare")
    await add(stage, "director", "Глеб, +7 999 123-45-01", "Глеб, +79991234501")
    number = await stage.assigned()
    old = (await stage.order(number)).details.lines[0].name
    await _app_hangs(stage, number)
    await _a_flower_is_gone(stage, number, old)
    await _no_courier_comes(stage, number)
    await _the_recipient_refuses(stage, number)
    await _it_is_paid_back(stage, number, old)


async def _app_hangs(stage: Stage, number: str) -> None:
    await situation(stage, "florist", number, "Приложение Flowwow зависло")
    await stage.tap("florist", number, "Нужен телефон клиента")
    await write_answer(stage, "florist", number, "чат не открывается")
    await stage.tap("director", number, "Показать телефон клиента")
    await situation(stage, "florist", number, "Приложение Flowwow зависло", "✅ Телефон клиента показан")
    await stage.tap("florist", number, "Что сказал клиент")
    await write_answer(stage, "florist", number, "тюльпаны подойдут")
    await situation(stage, "florist", number, "Приложение Flowwow зависло", "✅ Разговор записан")
    await stage.tap("florist", number, "Написать в поддержку")
    await case_says(stage, "florist", "этапы заказа отметим с опозданием")
    await stage.tap("florist", number, "← Назад")


async def _a_flower_is_gone(stage: Stage, number: str, old: str) -> None:
    """Asked, refused, asked again, agreed; then support hears of it and of the app in one message."""
    for words, button, answer in (
        ("Розы 15 шт, минус 200 ₽", "Клиент не согласен", "Нет, не подходит"),
        ("Тюльпаны 25 шт без доплаты", "Клиент согласен", "Хорошо"),
    ):
        await situation(stage, "florist", number, "Закончился цветок")
        await stage.tap("florist", number, "Замена")
        await stage.choose("florist", number, old[:10])
        assert (await stage.order(number)).details.lines[0].name == old
        await write_answer(stage, "florist", number, words)
        await stage.tap("florist", number, button)
        await choose_answer(stage, "florist", number, answer)
    await stage.driver.wait_message("florist", containing="Сообщите о замене поддержке Flowwow")
    assert old in (await stage.card("florist", number, "→ Тюльпаны 25 шт")).text
    await situation(stage, "florist", number, "Закончился цветок", "✅ Замена согласована")
    await stage.tap("florist", number, "Написать в поддержку")
    case = await case_says(stage, "florist", "Закончился цветок")
    assert case.text.count("Здравствуйте! ") == 1
    assert "Мария" not in case.text.partition("Здравствуйте")[2]
    toast = await stage.tap("florist", number, "Отправлено")
    assert toast.text == "Сохранено: что, когда и кто отправил"
    held = await case_says(stage, "florist", "иначе запрос уйдёт в конец очереди")
    assert "Отправлено" not in held.button_texts
    again = await stage.driver.forge(
        "florist", held.message_id, case.button("Отправлено").callback_data or ""
    )
    assert (again.text or "").startswith("Поддержке уже написали. Следующее сообщение не раньше ")
    await stage.tap("florist", number, "← Назад")


async def _no_courier_comes(stage: Stage, number: str) -> None:
    """The search, support first, the spare courier in vain; then the shop goes itself, past the guard."""
    await step(stage, "florist", number, "Загрузить фото")
    await upload(stage, "florist", number, a_jpeg())
    await stage.tap("florist", number, "Найти курьера")
    await stage.tap("florist", number, "Flowwow ищет курьера")
    await stage.tap("florist", number, "Я доставлю")
    asked = await stage.driver.wait_message("florist", containing="поддержке об этом не писали")
    assert (await stage.order(number)).status is Status.PHOTO
    await an_hour_goes_by(stage, number)
    await stage.driver.press("florist", asked.message_id, "Написать в поддержку")
    await case_says(stage, "florist", "просим второго курьера не присылать")
    await stage.tap("florist", number, "Отправлено")
    await case_says(stage, "florist", "иначе запрос уйдёт в конец очереди")
    await situation(stage, "florist", number, "Готово, а курьера нет", "✅ Поддержке написали")
    await stage.tap("florist", number, "Запасные курьеры")
    called = await stage.driver.wait_message("florist", containing="Глеб, +79991234501")
    await stage.driver.press("florist", called.message_id, "Не может")
    await stage.driver.wait_message("florist", containing="Глеб не может: ")
    await situation(stage, "florist", number, "Готово, а курьера нет", "✅ Запасным курьерам звонили")
    await stage.tap("florist", number, "Я доставлю")
    await stage.driver.wait_message("florist", containing="Flowwow ещё ищет курьера. Поддержке написали (")
    await write_answer(stage, "florist", number, "поддержка молчит, везу сама")
    await stage.card("florist", number, "Курьер вышел")


async def _the_recipient_refuses(stage: Stage, number: str) -> None:
    """Nobody is there, then they refuse: back, and to another one with whom the client agrees."""
    await situation(stage, "florist", number, "Получателя нет на месте")
    await stage.tap("florist", number, "Никого нет")
    await stage.card("manager", number, "никого нет, ждут")
    await situation(stage, "florist", number, "Получатель отказывается")
    await stage.tap("florist", number, "Получатель отказался")
    await stage.tap("florist", number, "Да, везём обратно")
    await stage.card("florist", number, "Возвращается")
    await situation(stage, "manager", number, "Получатель отказывается", "✅ Отказ получателя отмечен")
    await stage.tap("manager", number, "Везти другому получателю")
    await write_answer(stage, "manager", number, "Сестре Ольге, Садовая 3")
    await stage.card("florist", number, "Получатель: Ольга")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")


async def _it_is_paid_back(stage: Stage, number: str, old: str) -> None:
    """The cost is asked for by itself; the claim has its sum, and the file of the order holds everything."""
    await stage.driver.wait_message("florist", containing="во что обошёлся курьер?")
    await stage.driver.photo("florist", a_jpeg("#ffffff"), caption="такси 450 ₽")
    await stage.driver.wait_message("florist", containing=f"он в компенсации по заказу {number}")
    await stage.tap("director", number, "Компенсация")
    claim = await stage.driver.wait_message("director", containing="Расход: 450")
    assert "1 файл" in claim.text
    await stage.tap("director", number, "Просим вернуть")
    await stage.driver.wait_message("director", containing="По расходам выходит 450")
    await stage.driver.text("director", "450 ₽ за доставку своими силами")
    await stage.driver.wait_message("director", containing="Просим вернуть: 450")
    await stage.tap("director", number, "Написать в поддержку")
    held = await case_says(stage, "director", "иначе запрос уйдёт в конец очереди")
    assert "Просим компенсировать 450" in held.text
    await an_hour_goes_by(stage, number)
    await stage.tap("director", number, "← Назад")
    await stage.tap("director", number, "Компенсация")
    await stage.tap("director", number, "Написать в поддержку")
    told = await case_says(stage, "director", "Просим компенсировать 450 ₽")
    assert "второго курьера" not in told.text.rpartition("Здравствуйте")[2]
    await stage.tap("director", number, "Отправлено")
    await stage.tap("director", number, "Закрыть обращение")
    await stage.driver.wait_message("director", containing="Чем закончилось?")
    await stage.driver.text("director", "вернули 450 ₽")
    await stage.driver.wait_message("director", containing="Обращение закрыто")
    page = await _file(stage, number)
    for words in (
        "тюльпаны подойдут",
        f"{old} → Тюльпаны 25 шт",
        "этапы заказа отметим с опозданием",
        "просим второго курьера не присылать",
        "поддержка молчит, везу сама",
        "запасной курьер Глеб не может",
        "Сестре Ольге, Садовая 3",
        "Просим компенсировать 450 ₽",
        "вернули 450 ₽",
        "Расходы: 450 ₽",
        "data:image/jpeg;base64,",
    ):
        assert words in page, words
    assert page.count("Здравствуйте! ") == 3


async def _file(stage: Stage, number: str) -> str:
    await step(stage, "director", number, "История")
    await stage.tap("director", number, "История файлом")
    sent = await stage.driver.wait_message("director", lambda seen: seen.document is not None)
    assert sent.document is not None
    content = await stage.driver.download(sent.document.url)
    return content.decode().replace("\u202f", " ")
