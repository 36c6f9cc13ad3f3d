"""What needs the client's agreement: asked, answered, kept, and what waits for it (R56, R59, R66, R70)."""

from __future__ import annotations

import pytest

from messages.callbacks.order import Do
from orders.model.people import Role
from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.scenarios.client_steps import follow
from tests.scenarios.stage import Stage
from tests.scenarios.steps import (
    NO_BUTTON,
    assert_refused,
    choose_answer,
    history,
    menu,
    on_the_way,
    photographed,
    plain,
    told_aloud,
    write_answer,
)

AGREE = "Спросить клиента"


async def ask_client(stage: Stage, person: str, number: str, topic: str) -> None:
    """From the card to the question what exactly is to be agreed."""
    await stage.tap(person, number, "Связаться")
    await stage.tap(person, number, AGREE)
    await stage.tap(person, number, topic)


async def agreement(stage: Stage, person: str, number: str, containing: str) -> SeenMessage:
    """The newest message about an agreement, once it says this."""

    def is_one(message: SeenMessage) -> bool:
        return message.text.startswith(f"Вопрос клиенту по заказу {number}") and containing in plain(message)

    return await stage.driver.wait_message(person, is_one)


async def press(stage: Stage, person: str, number: str, containing: str, button: str) -> str:
    """Press a button of the agreement that says this; gives the toast."""
    message = await agreement(stage, person, number, containing)
    return (await stage.driver.press(person, message.message_id, button)).text or ""


@pytest.mark.requirement("R66")
async def test_another_time_holds_only_with_the_clients_word(stage: Stage) -> None:
    number = await stage.assigned()
    before = (await stage.order(number)).details.window
    assert before is not None
    await ask_client(stage, "florist", number, "Другое время")
    await write_answer(stage, "florist", number, "когда-нибудь потом")
    await choose_answer(stage, "florist", number, "На 1 час позже")
    asked = await agreement(stage, "florist", number, "ждём ответа клиента")
    assert "Можно привезти ваш заказ" in asked.text
    assert (await stage.order(number)).details.window == before

    await stage.driver.press("florist", asked.message_id, "Клиент согласен")
    await write_answer(stage, "florist", number, "да, после шести удобнее")
    await press(stage, "florist", number, "Сообщите поддержке Flowwow", "Сделано в приложении")
    await stage.card("director", number, "Время доставки: ")
    window = (await stage.order(number)).details.window
    assert window is not None
    assert (window.start - before.start).total_seconds() == 3600
    lines = await history(stage, "director", number)
    assert any("клиент согласен: да, после шести удобнее (Время: " in line for line in lines)
    assert any("согласованное отмечено во Flowwow" in line for line in lines)


@pytest.mark.requirement("R70", "X7")
async def test_the_linked_client_answers_in_his_own_chat(stage: Stage) -> None:
    number = await stage.accepted("manager")
    await follow(stage, number, given_by="manager")
    await ask_client(stage, "manager", number, "Доплата")
    await write_answer(stage, "manager", number, "700 ₽ за вазу")
    shown = await agreement(stage, "manager", number, "Клиент прочитает:")
    assert "нужна доплата 700 ₽: за вазу" in plain(shown)
    assert shown.button_texts[:2] == ["Отправить", "Изменить"]
    assert (await stage.order(number)).agreements == ()
    await stage.driver.press("manager", shown.message_id, "Изменить")
    await write_answer(stage, "manager", number, "500 ₽ за вазу")
    shown = await agreement(stage, "manager", number, "нужна доплата 500 ₽")
    await stage.driver.press("manager", shown.message_id, "Отправить")
    await agreement(stage, "manager", number, "Клиент получил вопрос в Telegram")
    again = await stage.driver.press("manager", shown.message_id, "Отправить", stale=True)
    assert again.text in {"Этот вопрос уже закрыт", NO_BUTTON}
    asked = await stage.driver.wait_message("client", containing="нужна доплата 500")
    assert asked.button_texts == ["Согласен", "Не согласен"]
    toast = await stage.driver.press("client", asked.message_id, "Согласен")
    assert toast.text == "Ответ записан, магазин его видит."
    await stage.driver.wait_message("client", containing="Вы согласились. Счёт придёт")
    await told_aloud(stage, "manager", number, "клиент согласен")
    again = await stage.driver.forge(
        "client", asked.message_id, asked.button("Не согласен").callback_data or ""
    )
    assert again.text == "На этот вопрос уже отвечать не нужно."
    stranger = await stage.driver.forge("client", asked.message_id, "ca:999:1:1")
    assert (stranger.text or "").startswith("Эта ссылка больше не действует.")
    (kept,) = (await stage.order(number)).agreements
    assert (kept.agreed, kept.answered and kept.answered.role) == (True, Role.CLIENT)


@pytest.mark.requirement("R13", "R70")
async def test_a_surcharge_holds_the_delivery_until_it_is_paid(stage: Stage) -> None:
    number = await photographed(stage)
    await ask_client(stage, "manager", number, "Доплата")
    await write_answer(stage, "manager", number, "за срочность")
    await write_answer(stage, "manager", number, "500 ₽ за срочность")
    await press(stage, "manager", number, "Доплата 500 ₽: за срочность · ждём", "Клиент согласен")
    await choose_answer(stage, "manager", number, "Да, согласен")
    card = await stage.card("florist", number, "Заказ не выезжает, пока доплата не оплачена")
    assert "₽" not in card.text
    assert "Я доставлю" not in card.button_texts
    await assert_refused(stage, "florist", number, Do.SELF, "Доплата не оплачена, заказ не выезжает.")

    await press(stage, "manager", number, "выставьте счёт", "Счёт отправлен")
    toast = await press(stage, "manager", number, "ждём оплаты", "Оплачено")
    assert toast == "Оплата записана. Заказ можно отправлять."
    again = await press(stage, "manager", number, "оплачено, ", "Открыть")
    assert again == ""
    await stage.tap("florist", number, "Я доставлю")
    await stage.card("director", number, "Курьер вышел")
    await stage.tap("florist", number, "Выполнен")
    await stage.tap("florist", number, "Лично")
    await stage.card("director", number, "Выполнен")
    sums = plain(await menu(stage, "director", number, "Подробно", "Комиссия"))
    assert "Оплачено: 5 400 ₽, из них доплата 500 ₽" in sums
    assert "Комиссия 1 080 ₽ · эквайринг 108 ₽ · магазину 4 212 ₽" in sums
    (kept,) = (await stage.order(number)).agreements
    assert (kept.asked.name, kept.words, kept.paid and kept.paid.name) == ("Вера", "Да, согласен", "Вера")


@pytest.mark.requirement("R56", "R57")
async def test_what_was_asked_is_withdrawn_with_a_reason_and_only_by_those_who_work_on_it(
    stage: Stage,
) -> None:
    number = await on_the_way(stage)
    await ask_client(stage, "manager", number, "Отдать другому")
    await choose_answer(stage, "manager", number, "Соседям")
    asked = await agreement(stage, "manager", number, "Отдать другому: Соседям · ждём")
    await assert_refused(stage, "courier", number, Do.AGREEMENTS, "Этот шаг делает другой сотрудник")
    await stage.driver.press("manager", asked.message_id, "Отозвать")
    await choose_answer(stage, "manager", number, "Больше не нужно")
    await agreement(stage, "manager", number, "отозвано, ")
    toast = await stage.driver.press("manager", asked.message_id, "Клиент согласен")
    assert (toast.text or "").startswith("Уже отмечено: ")

    await ask_client(stage, "manager", number, "Отдать другому")
    await write_answer(stage, "manager", number, "соседке Кате")
    await press(stage, "manager", number, "соседке Кате · ждём", "Клиент согласен")
    await choose_answer(stage, "manager", number, "Хорошо")
    await stage.card("courier", number, "Отдать другому: соседке Кате · клиент согласен")
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Другому человеку")
    await stage.tap("courier", number, "Отдан: соседке Кате")
    order = await stage.order(number)
    assert (order.status, len(order.agreements)) == (Status.DONE, 2)
    assert order.progress.completion is not None
    assert order.progress.completion.comment == "соседке Кате"
