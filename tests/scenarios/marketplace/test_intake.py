"""An order comes in from the marketplace: once, whole, and told to those who may know of it."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from orders.model.people import Role
from orders.model.status import Status
from sandbox.config import DEMO_WEBHOOK_SECRET
from sandbox.driver import WebhookAnswer
from sandbox.driver.wire import PATIENCE
from sandbox.marketplace.webhooks import signed
from storage.order import orders as order_rows
from tests.sandbox.tools import eventually
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


@pytest.mark.requirement("R15", "R63", "R68")
async def test_the_group_reads_what_is_needed_to_take_the_order_and_nobodys_name(stage: Stage) -> None:
    number = await stage.new_order()

    (alert,) = await ever(stage, "director", number, "group")
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


@pytest.mark.requirement("R13", "R14", "R15")
async def test_director_and_manager_get_the_card_at_once_and_may_accept_or_decline(stage: Stage) -> None:
    number = await stage.new_order()

    for chief in ("director", "manager"):
        card = await stage.card(chief, number)
        assert card.text.startswith("🔴 Новый · принять до ")
        assert card.button_texts[:2] == ["Принять", "Отказаться"]
        for part in ("Пионы «Облако», 15 шт", "Лесная ул., 5, кв. 12", "4 900", "❗ Сюрприз"):
            assert part in plain(card)
        whole = await menu(stage, chief, number, "Подробно", "магазину")
        assert "Мария" in whole.text
        assert "Игорь" in whole.text


@pytest.mark.requirement("R14", "R20")
async def test_florists_and_couriers_hear_of_an_order_only_when_it_is_theirs(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("director", number, "Найти курьера")
    await stage.choose("director", number, "Пётр")
    await stage.card("courier", number)

    for person in ("florist", "courier"):
        (card,) = await ever(stage, person, number)
        assert "Принять" not in card.button_texts
        assert not card.silent
    for other in ("florist2", "courier2"):
        assert await ever(stage, other, number) == []


@pytest.mark.requirement("R14")
async def test_a_florist_cannot_take_a_new_order_from_the_group(stage: Stage) -> None:
    number = await stage.new_order()
    (alert,) = await ever(stage, "florist", number, "group")

    toast = await stage.driver.press("florist", alert.message_id, "Принять", "group")

    assert toast.text == "Новые заказы принимает директор или менеджер."
    assert (await stage.order(number)).status is Status.NEW


@pytest.mark.requirement("X1")
async def test_the_same_webhook_again_and_another_of_the_same_order_make_one_order(stage: Stage) -> None:
    number = await stage.new_order()

    again = await stage.driver.resend_webhook(int(number))
    another = await deliver(stage, event("another-uuid", order=int(number)))
    crowd = await asyncio.gather(*(deliver(stage, event("crowd", order=int(number))) for _ in range(4)))
    later = await stage.new_order("tea")

    assert (again.webhook_status, json.loads(again.webhook_text or "")) == (200, {"result": "already"})
    assert {answer.status for answer in (another, *crowd)} == {200}
    assert await kept_numbers(stage) == [number, later]
    assert len(await history(stage, number)) == 1
    for chief in ("director", "manager"):
        await stage.card(chief, later)
    for person, chat in (("director", "group"), ("director", "bot"), ("manager", "bot")):
        assert len(await headed(stage, person, number, chat)) == 1


@pytest.mark.requirement("X1")
async def test_two_webhooks_at_the_same_moment_make_one_order(stage: Stage) -> None:
    placed = await stage.driver.place_order(deliver="none")

    answers = await asyncio.gather(*(deliver(stage, event(f"uuid-{n}", order=placed.id)) for n in range(5)))
    later = await stage.new_order("tea")

    assert {answer.status for answer in answers} == {200}
    assert await kept_numbers(stage) == [str(placed.id), later]
    await stage.card("manager", later)
    assert len(await headed(stage, "manager", str(placed.id))) == 1
    assert len(await headed(stage, "director", str(placed.id), "group")) == 1


@pytest.mark.requirement("X1")
async def test_forged_and_garbled_webhooks_are_refused_and_bring_nothing(stage: Stage) -> None:
    body = event("forged", order=FIRST_NUMBER + 50)  # the polling never brings it
    driver = stage.driver

    assert (await driver.raw_webhook(body)).status == 403
    assert (await driver.raw_webhook(body, "sha256=" + "0" * 64)).status == 403
    assert (await driver.raw_webhook(body, signed("another secret", body.encode()))).status == 403
    assert (await driver.raw_webhook(body, signed(DEMO_WEBHOOK_SECRET, b"{}"))).status == 403
    assert (await driver.raw_webhook(body, "подпись\u202e")).status == 403
    for garbled in ("", "{", "[]", "null", '"text"', "NaN", "{}", '{"uuid": ""}', '{"uuid": {}}', "\x00" * 9):
        assert (await deliver(stage, garbled)).status == 400, garbled
    assert (await deliver(stage, "[" * 100_000)).status == 400

    later = await stage.new_order("tea")
    assert await kept_numbers(stage) == [later]


@pytest.mark.requirement("X1")
async def test_events_that_are_not_for_this_shop_change_nothing(stage: Stage) -> None:
    await stage.driver.place_order(deliver="none")
    others = (
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

    assert [(await deliver(stage, body)).status for body in others] == [200] * len(others)

    later = await stage.new_order("tea")
    assert await kept_numbers(stage) == [later]


@pytest.mark.requirement("X1", "X13")
async def test_an_order_that_is_named_before_it_can_be_read_is_filled_in_by_itself(stage: Stage) -> None:
    body = event("early")
    assert (await deliver(stage, body)).status == 200
    await stage.card("director", str(FIRST_NUMBER), "пока не показывает")
    placed = await stage.driver.place_order(deliver="none")

    assert placed.id == FIRST_NUMBER
    await stage.card("director", str(placed.id), "Пионы")
    assert (await deliver(stage, body)).text == '{"result": "already"}'
    assert await kept_numbers(stage) == [str(placed.id)]


@pytest.mark.requirement("X1", "X3")
async def test_an_order_that_came_while_the_token_was_wrong_comes_in_once_it_is_mended(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    right = stage.bot.settings["FLOWWOW_TOKEN"]
    await stage.start_bot(FLOWWOW_TOKEN="an-old-token")
    await stage.hire("director")
    placed = await stage.driver.place_order()
    assert placed.webhook_status == 200
    await stage.card("director", str(placed.id), "пока не показывает")
    await stage.driver.wait_message("director", containing="Flowwow не принимает ключ")
    await stage.stop_bot()

    await stage.start_bot(FLOWWOW_TOKEN=right)

    await stage.card("director", str(placed.id), "Пионы")
    assert "an-old-token" not in stage.bot.log


@pytest.mark.requirement("R21", "R46")
async def test_a_cancellation_by_the_marketplace_stops_the_order_loudly_with_the_full_refund(
    stage: Stage,
) -> None:
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


@pytest.mark.requirement("R21", "X1")
async def test_a_cancellation_that_overtakes_its_order_loses_neither(stage: Stage) -> None:
    placed = await stage.driver.place_order(deliver="none")
    cancelled = await stage.driver.cancel_order(placed.id)
    late = await deliver(stage, event("late", order=placed.id))

    assert (cancelled.webhook_status, late.status) == (200, 200)
    card = await stage.card("director", str(placed.id), "Клиент отменил")
    assert "Принять" not in card.button_texts
    assert (await stage.order(str(placed.id))).status is Status.CANCELLED


@pytest.mark.requirement("R18", "X1")
async def test_an_order_accepted_in_the_marketplaces_app_says_so(stage: Stage) -> None:
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


@pytest.mark.requirement("R18", "X1")
async def test_an_order_that_comes_in_accepted_already_waits_for_nobody(stage: Stage) -> None:
    number = await stage.new_order(status=2)

    card = await stage.card("manager", number, "Принят")
    assert "Принять" not in card.button_texts
    order = await stage.order(number)
    assert order.progress.accepted is not None
    assert order.progress.accepted.role is Role.MARKETPLACE


@pytest.mark.requirement("X1")
async def test_the_marketplaces_own_object_is_kept_whole(stage: Stage) -> None:
    placed = await stage.driver.place_order("big", unheardOf={"deep": [1, None, "ё"]}, gift="<b>да</b>")
    await stage.card("director", str(placed.id))

    assert await raw_object(stage, str(placed.id)) == placed.order


@pytest.mark.requirement("R13", "X1")
async def test_every_sample_order_comes_in_and_can_be_accepted(stage: Stage) -> None:
    for sample in await stage.driver.samples():
        number = await stage.accepted("manager", sample)
        assert (await stage.order(number)).status is Status.ACCEPTED, sample
        await stage.card("director", number, "Принят")


@pytest.mark.requirement("R63", "X1")
async def test_a_hostile_order_is_shown_as_text_and_worked_like_any_other(stage: Stage) -> None:
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


UNREADABLE: tuple[object, ...] = (None, {"weird": [1]}, "\u0000\ud83d", -1, [None])


@pytest.mark.requirement("X1")
async def test_an_order_with_any_field_missing_null_or_odd_still_comes_in(stage: Stage) -> None:
    example = (await stage.driver.place_order("big", deliver="none")).order
    fields = [name for name in example if name not in {"id", "shopId"}]
    product = example["products"][0]
    lacking = [[{key: value for key, value in product.items() if key != gone}] for gone in product]
    odd = [(name, UNREADABLE[n % len(UNREADABLE)]) for n, name in enumerate(fields)]
    wishes = [{name: None} for name in fields] + [dict([pair]) for pair in odd]
    wishes += [{"products": goods} for goods in (*lacking, [], [None], ["?"], [{}])]

    placed = [await stage.driver.place_order(**wish) for wish in wishes]

    numbers = [str(one.id) for one in placed]

    async def are_kept() -> bool:
        return set(numbers) <= set(await kept_numbers(stage))

    await eventually(are_kept, seconds=PATIENCE, pause=0.5)
    assert len(set(await kept_numbers(stage)) - set(numbers)) <= 1  # the polling may bring the example
    for number in numbers:
        await stage.driver.text("manager", number)
        await stage.card("manager", number)
