"""Orders come in and stay true whatever the webhooks do: the marketplace's list is read as well."""

from __future__ import annotations

import asyncio

import pytest

from messages.callbacks.order import Do
from orders.model.order import Handover
from orders.model.people import Role
from orders.model.status import Status
from orders.steps.events import Received
from sandbox.config import DEMO_WEBHOOK_SECRET
from sandbox.driver import SeenChat, SeenMessage
from sandbox.driver.wire import PATIENCE
from sandbox.marketplace.webhooks import signed
from tests.sandbox.tools import eventually
from tests.scenarios.eyes import ever, headed, history
from tests.scenarios.marketplace.test_intake import event, kept_numbers
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, photographed, plain, seen, told_aloud
from tests.scenarios.steps import history as told
from tests.scenarios.trouble import get

OFTEN = {"POLL_SECONDS": "0.2"}
NEVER = {"POLL_SECONDS": "3600"}
ASKED = "не отменён ли он?"


@pytest.fixture
async def polling(empty_stage: Stage) -> Stage:
    """The shop is at work, and the bot polls the marketplace's list all the time.

    The reconciliation at the start is over: on a busy machine it would bring the first orders instead.
    """
    await empty_stage.start_bot(**OFTEN)
    await empty_stage.hire("director", "manager", "florist", "courier")

    async def has_begun() -> bool:
        return 'florist_sync_rounds_total{kind="poll"' in (await get(empty_stage, "/metrics"))[1]

    await eventually(has_begun, seconds=PATIENCE, pause=0.1)
    return empty_stage


@pytest.mark.requirement("X1", "R15")
async def test_an_order_whose_webhook_never_came_is_brought_by_the_poll_and_once(polling: Stage) -> None:
    placed = await polling.driver.place_order(deliver="none")
    number = str(placed.id)

    await polling.card("director", number)
    alert = await polling.driver.wait_message("director", containing=f"Новый заказ {number}", chat="group")
    assert not alert.silent

    body = event("late", order=placed.id)
    signature = signed(DEMO_WEBHOOK_SECRET, body.encode())
    crowd = await asyncio.gather(*(polling.driver.raw_webhook(body, signature) for _ in range(3)))
    more = [await polling.driver.place_order() for _ in range(3)]
    for one in more:
        await polling.card("manager", str(one.id))

    assert {answer.status for answer in crowd} == {200}
    assert sorted(await kept_numbers(polling)) == [number, *(str(one.id) for one in more)]
    assert [type(one) for one in await history(polling, number)] == [Received]
    assert len(await headed(polling, "director", number, "group")) == 1
    assert 'florist_orders_came_total{way="poll",what="new"}' in (await get(polling, "/metrics"))[1]


@pytest.mark.requirement("X1", "X3")
async def test_what_came_while_the_bot_was_down_is_there_after_its_start(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(**NEVER)
    await stage.hire("director", "manager", "florist")
    worked = await stage.assigned("florist")
    await stage.stop_bot()
    waiting = await stage.driver.place_order(deliver="none")
    over = await stage.driver.place_order("tea", deliver="none", status=3)
    await stage.driver.change_order(int(worked), status=5)

    await stage.start_bot()

    await stage.card("manager", str(waiting.id), "Новый")
    await seen(stage, "florist", worked, "Фото уже загружено в приложении Flowwow")
    await stage.driver.text("director", str(over.id))
    done = await seen(stage, "director", str(over.id), "Выполнен")
    assert "Завершён в приложении Flowwow" in done.text
    assert await ever(stage, "manager", str(over.id)) == []
    assert await ever(stage, "director", str(over.id), "group") == []


@pytest.mark.requirement("X1", "R18", "R63")
async def test_what_happens_in_the_marketplace_is_done_here_and_told_to_those_whom_it_concerns(
    polling: Stage,
) -> None:
    number = await polling.new_order()
    await polling.driver.change_order(int(number), status=2)
    card = await polling.card("director", number, "Принят")
    assert "Flowwow" in card.text
    await an_unknown_status_is_asked_about(polling, number)

    await polling.tap("director", number, "Назначить сотрудника")
    await polling.choose("director", number, "Оля")
    await polling.card("florist", number, "собрать до")
    await polling.driver.change_order(int(number), photoBeforeUrl="https://cdn.example/photo.jpg")
    photographed = await polling.card("florist", number, "Фото уже загружено в приложении Flowwow")
    assert photographed.button_texts[0] == "Я доставлю"
    assert "фото до" not in photographed.text
    await polling.tap("florist", number, "Найти курьера")
    await polling.choose("florist", number, "Пётр")
    await polling.card("courier", number)

    await polling.driver.change_order(int(number), status=4)
    await polling.card("courier", number, "Курьер вышел")
    await what_the_client_changed_is_told(polling, number)
    await polling.driver.change_order(int(number), status=3)
    await seen(polling, "director", number, "Завершён в приложении Flowwow")
    order = await polling.order(number)
    assert (order.status, order.marketplace_status) == (Status.DONE, Status.DONE)
    assert order.progress.completion is not None
    assert order.progress.completion.handover is Handover.IN_APP
    assert order.progress.completion.done.role is Role.MARKETPLACE
    assert order.progress.left_without_photo == ""

    jumped = await polling.new_order("tea")
    await polling.driver.change_order(int(jumped), status=3)
    await seen(polling, "manager", jumped, "Выполнен")


async def an_unknown_status_is_asked_about(polling: Stage, number: str) -> None:
    """And the answer comes by itself."""
    await polling.driver.change_order(int(number), status=8)
    alarm = await polling.driver.wait_message("manager", containing=f"Заказ {number}: {ASKED}")
    assert "статус 8, которого бот не знает" in alarm.text
    await polling.driver.change_order(int(number), status=2)
    await polling.driver.wait_chat("manager", lambda chat: not any(ASKED in m.text for m in standing(chat)))
    assert not (await polling.order(number)).is_in_doubt


async def what_the_client_changed_is_told(polling: Stage, number: str) -> None:
    """To each what they may read."""
    before = await polling.order(number)
    await polling.driver.change_order(
        int(number), address="Москва, Садовая ул., 7", comment=None, message="", unheardOf=[1]
    )

    for person in ("florist", "courier"):
        card = await told_aloud(polling, person, number, "Адрес: Москва, Лесная ул., 5, кв. 12 → Москва, Сад")
        assert " · Москва, Садовая ул., 7" in card.text
    director = await polling.card("director", number, "Изменено")
    assert "Садовая" in director.text
    assert "кв. 12 → Москва, Садовая ул., 7" in "\n".join(await told(polling, "director", number))
    after = await polling.order(number)
    assert after.progress == before.progress
    assert after.details.client_note == before.details.client_note
    assert after.details.card_text == before.details.card_text
    assert after.undo == before.undo

    cards = [one.message_id for one in await ever(polling, "florist", number)]
    await polling.driver.change_order(int(number), price="5100.00")
    paid = await polling.driver.wait_message(
        "director", lambda one: number in one.text and "Оплачено: 4 900 ₽ → 5 100 ₽" in plain(one)
    )
    assert "Изменено" in paid.text
    assert "кв. 12 → Москва, Садовая ул., 7" in paid.text
    florists = await ever(polling, "florist", number)
    assert [one.message_id for one in florists] == cards  # what the florist may not read makes no sound
    assert not any("5 100" in plain(one) for one in florists)


@pytest.mark.requirement("X1", "R21")
async def test_an_order_that_is_gone_stays_until_the_chiefs_have_answered_and_silence_holds_nobody_up(
    stage: Stage,
) -> None:
    first, second = await photographed(stage), await photographed(stage)
    for number in (first, second):
        await stage.driver.vanish_order(int(number))
        await is_asked_about(stage, number, aloud=number == first)  # two within a minute ring once
    await assert_refused(stage, "florist", second, Do.CARRY_ON, "Этот шаг делает другой сотрудник")

    alarm = await stage.driver.wait_message("director", containing=f"Заказ {first}: {ASKED}")
    await stage.driver.press("director", alarm.message_id, "Отменён клиентом")
    await told_aloud(stage, "florist", first, "Клиент отменил")

    alarm = await stage.driver.wait_message("manager", containing=f"Заказ {second}: {ASKED}")
    toast = await stage.driver.press("manager", alarm.message_id, "Работаем дальше")
    assert toast.text == "Записано: работаем дальше."
    for chief in ("director", "manager"):
        await stage.driver.wait_chat(chief, lambda chat: not any(ASKED in m.text for m in standing(chat)))
    assert "решено работать дальше" in "\n".join(await told(stage, "director", second))
    await stage.driver.faults(timeout_seconds=60, marketplace={"timeout_before": 1})
    await stage.tap("florist", second, "Я доставлю")
    await stage.card("florist", second, "Курьер вышел")
    await stage.driver.faults()


async def is_asked_about(stage: Stage, number: str, *, aloud: bool) -> None:
    """Whoever wants to send it off hears of it, and so do the chiefs."""
    toast = await stage.tap("florist", number, "Я доставлю")
    assert (toast.text or "").startswith("Возможно, клиент отменил заказ.")
    card = await stage.card("florist", number, "Flowwow больше не показывает этот заказ")
    assert "Я доставлю" not in card.button_texts
    for chief in ("director", "manager"):
        alarm = await stage.driver.wait_message(chief, containing=f"Заказ {number}: {ASKED}")
        assert alarm.silent is not aloud
        assert alarm.button_texts == ["Работаем дальше", "Отменён клиентом", "Открыть"]


def standing(chat: SeenChat) -> list[SeenMessage]:
    return [message for message in chat.messages if message.from_bot and not message.deleted]
