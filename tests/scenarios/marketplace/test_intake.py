"""An order comes in from the marketplace: once, whole, and told to those who may know of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from orders.model.people import Role
from orders.model.status import Status
from sandbox.config import DEMO_WEBHOOK_SECRET
from sandbox.driver import SeenMessage, WebhookAnswer
from sandbox.marketplace.webhooks import signed
from storage.order import orders as order_rows
from tests.scenarios.eyes import ever, headed, history, raw_object, shown
from tests.scenarios.stage import Stage
from tests.scenarios.steps import menu, plain

FIRST_NUMBER = 25836184
SECRETS_OF_BOUQUET = (
    "Игорь", "Мария", "Марии", "Лесная ул", "кв. 12", "Домофон", "+7", "999", "рождения", "мама", "4900",
)  # fmt: skip
"""Names, address, phones, the card's text and the sum of the sample order."""


def event(uuid: str, kind: str = "order.paid", order: object = FIRST_NUMBER, shop: object = 501) -> str:
    body: dict[str, Any] = {"uuid": uuid, "event": kind, "shopId": shop}
    return json.dumps(body if order is None else body | {"order": {"id": order}})


async def deliver(stage: Stage, body: str) -> WebhookAnswer:
    """The marketplace's webhook with a right signature."""
    return await stage.driver.raw_webhook(body, signed(DEMO_WEBHOOK_SECRET, body.encode()))


async def kept_numbers(stage: Stage) -> list[str]:
    database = stage.database()
    async with database.snapshot() as c:
        numbers = [order.number async for order in order_rows.every(c)]
    await database.close()
    return numbers


@pytest.mark.requirement("R13", "R14", "R15", "R20", "R63", "R68")
async def test_a_new_order_is_told_to_the_group_and_the_chiefs_and_then_to_those_who_work_on_it(
    stage: Stage,
) -> None:
    number = await stage.new_order()
    (alert,) = await ever(stage, "director", number, "group")
    is_needed_and_nobodys_name(number, alert)
    for chief in ("director", "manager"):
        card = await stage.card(chief, number)
        assert card.text.startswith("🔴 Новый · принять до ")
        assert card.button_texts[:2] == ["Принять", "Отказаться"]
        for part in ("Пионы «Облако», 15 шт", "Лесная ул., 5, кв. 12", "4 900", "❗ Сюрприз"):
            assert part in plain(card)
    whole = await menu(stage, "director", number, "Подробно", "магазину")
    assert "Мария" in whole.text
    assert "Игорь" in whole.text
    toast = await stage.driver.press("florist", alert.message_id, "Принять", "group")
    assert toast.text == "Новые заказы принимает директор или менеджер."
    assert (await stage.order(number)).status is Status.NEW

    await stage.tap("manager", number, "Принять")
    await stage.tap("manager", number, "Назначить сотрудника")
    await stage.choose("manager", number, "Оля")
    await stage.card("florist", number)
    await stage.tap("manager", number, "Найти курьера")
    await stage.choose("manager", number, "Пётр")
    await stage.card("courier", number)
    for person in ("florist", "courier"):
        (card,) = await ever(stage, person, number)
        assert "Принять" not in card.button_texts
        assert not card.silent
    for other in ("florist2", "courier2"):
        assert await ever(stage, other, number) == []


def is_needed_and_nobodys_name(number: str, alert: SeenMessage) -> None:
    """The group reads what is needed to take the order."""
    first, window, goods, due = alert.text.splitlines()
    assert first == f"🔴 Новый заказ {number}"
    assert window.startswith(("Сегодня ", "Завтра "))
    assert window.count(":") == 2
    assert goods == "Пионы «Облако», 15 шт, Открытка"
    assert due.startswith("Принять до ")
    assert due.endswith("осталось 15 мин")
    assert not [secret for secret in SECRETS_OF_BOUQUET if secret in alert.text]
    assert not alert.silent
    assert alert.button_texts == ["Принять", "Открыть"]


GARBLED = ("", "{", "[]", "null", '"text"', "NaN", "{}", '{"uuid": ""}', '{"uuid": {}}', "\x00" * 9)
FOR_OTHERS = (
    event("u1", "test", order=None),
    event("u2", "order.exploded"),
    event("u3", shop=999),
    event("u4", shop=None),
    event("u5", order=None),
    event("u6", order="25836184'); DROP TABLE orders;--"),
    event("u7", order=-1),
    event("u8", order=True),
    event("u9", order=10**30),
)


@pytest.mark.requirement("X1", "X13")
async def test_each_order_comes_once_and_nothing_else_comes_whatever_the_webhooks_say(stage: Stage) -> None:
    driver = stage.driver
    early = event("early")
    assert (await deliver(stage, early)).status == 200
    await stage.card("director", str(FIRST_NUMBER), "пока не показывает")

    await forged_and_garbled_ones_are_refused(stage)
    assert [(await deliver(stage, body)).status for body in FOR_OTHERS] == [200] * len(FOR_OTHERS)

    placed = await driver.place_order(deliver="none")
    number = str(placed.id)
    assert placed.id == FIRST_NUMBER
    await stage.card("director", number, "Пионы")
    assert (await deliver(stage, early)).text == '{"result": "already"}'
    told = await driver.place_order("tea")
    again = await driver.resend_webhook(told.id)
    crowd = await asyncio.gather(*(deliver(stage, event("crowd", order=told.id)) for _ in range(4)))
    second = await driver.place_order(deliver="none")
    at_once = (deliver(stage, event(f"uuid-{n}", order=second.id)) for n in range(5))
    crowd += await asyncio.gather(*at_once)
    later = await stage.new_order("cake")

    assert (again.webhook_status, json.loads(again.webhook_text or "")) == (200, {"result": "already"})
    assert {answer.status for answer in crowd} == {200}
    numbers = [number, str(told.id), str(second.id), later]
    assert await kept_numbers(stage) == numbers
    assert [len(await history(stage, one)) for one in numbers] == [2, 1, 1, 1]  # the first was filled in
    await stage.card("manager", later)
    for person, chat in (("director", "group"), ("director", "bot"), ("manager", "bot")):
        assert len(await headed(stage, person, number, chat)) == 1


async def forged_and_garbled_ones_are_refused(stage: Stage) -> None:
    driver = stage.driver
    body = event("forged", order=FIRST_NUMBER + 50)  # the polling never brings it
    for signature in (
        None,
        "sha256=" + "0" * 64,
        signed("another secret", body.encode()),
        signed(DEMO_WEBHOOK_SECRET, b"{}"),
        "подпись\u202e",
    ):
        assert (await driver.raw_webhook(body, signature)).status == 403
    for garbled in (*GARBLED, "[" * 100_000):
        assert (await deliver(stage, garbled)).status == 400, garbled[:20]


@pytest.mark.requirement("R18", "R21", "R46", "X1")
async def test_what_the_marketplace_itself_does_to_an_order_is_done_here_and_told(stage: Stage) -> None:
    await accepted_in_the_app(stage)
    number = await stage.assigned("florist")
    mark = await stage.driver.mark()

    cancelled = await stage.driver.cancel_order(int(number))
    again = await stage.driver.resend_webhook(int(number))

    assert (cancelled.webhook_status, again.webhook_status) == (200, 200)
    for person in ("director", "manager", "florist"):
        await stage.driver.wait_message(  # with a sound; a silent edit may say the same for a moment before
            person,
            lambda one: one.text.startswith("⚫ Клиент отменил · ") and number in one.text and not one.silent,
            since=mark,
        )
    assert "Клиенту возвращается вся сумма: 4\u202f900\u202f₽" in (await stage.card("director", number)).text
    await stage.driver.wait_message("director", containing="клиент отменил", chat="group")
    order = await stage.order(number)
    assert order.status is Status.CANCELLED
    assert order.progress.closing is not None
    assert order.progress.closing.closed.role is Role.MARKETPLACE
    await cancelled_before_it_came(stage)


async def accepted_in_the_app(stage: Stage) -> None:
    """One while it waits here, and one before it comes."""
    number = await stage.new_order()
    before = await stage.card("manager", number)
    await stage.driver.change_order(int(number), status=2)
    await deliver(stage, event("accepted in the app", order=int(number)))

    card = await stage.card("director", number, "Принят")
    assert "Flowwow" in card.text
    assert "Принять" not in card.button_texts
    await stage.driver.wait_message(
        "director", lambda seen: seen.text.startswith(f"🟡 {number} · принят "), chat="group"
    )
    accept = before.button("Принять").callback_data or ""
    late = await stage.driver.forge("manager", before.message_id, accept)
    assert (late.text or "").startswith("Уже принят: ")
    assert (late.text or "").endswith("Flowwow")

    number = await stage.new_order(status=2)
    card = await stage.card("manager", number, "Принят")
    assert "Принять" not in card.button_texts
    order = await stage.order(number)
    assert order.progress.accepted is not None
    assert order.progress.accepted.role is Role.MARKETPLACE


async def cancelled_before_it_came(stage: Stage) -> None:
    placed = await stage.driver.place_order(deliver="none")
    cancelled = await stage.driver.cancel_order(placed.id)
    late = await deliver(stage, event("late", order=placed.id))

    assert (cancelled.webhook_status, late.status) == (200, 200)
    card = await stage.card("director", str(placed.id), "Клиент отменил")
    assert "Принять" not in card.button_texts
    assert (await stage.order(str(placed.id))).status is Status.CANCELLED


@pytest.mark.requirement("R63", "X1")
async def test_odd_and_hostile_orders_come_in_whole_and_are_shown_as_text(stage: Stage) -> None:
    whole = await stage.driver.place_order("big", unheardOf={"deep": [1, None, "ё"]}, gift="<b>да</b>")
    odd = dict.fromkeys(name for name in whole.order if name not in {"id", "shopId"})
    for wish in (odd, {"products": ["?"], "user": [None], "price": "\u0000\ud83d", "address": {"a": [1]}}):
        number = str((await stage.driver.place_order(**wish)).id)
        await stage.driver.text("manager", number)
        await stage.card("manager", number)
    await stage.driver.text("manager", str(whole.id))
    await stage.card("manager", str(whole.id))
    assert await raw_object(stage, str(whole.id)) == whole.order

    number = await stage.new_order("hostile")
    (alert,) = await shown(stage, "director", number, "group")
    assert "<b>Розы</b> & <script>" in alert.text
    assert "\u202e" not in alert.text
    assert not [secret for secret in ("Роберт", "Невский", "🌸", "+7", "нажмите") if secret in alert.text]
    card = await stage.card("director", number)
    assert "<u>Невский</u>" in card.text
    assert {entity["type"] for entity in card.entities} <= {"bold", "date_time", "text_link"}
    assert not [entity for entity in card.entities if "javascript" in entity.get("url", "")]
    await stage.tap("director", number, "Принять")
    await stage.card("director", number, "Принят")
    assert "DROP TABLE orders" in (await stage.details("director", number)).text
    assert (await raw_object(stage, number) or {})["user"]["name"] == "Роберт'); DROP TABLE orders;--"
