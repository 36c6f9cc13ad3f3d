from __future__ import annotations

from dataclasses import replace

import pytest

from messages.callbacks.order import Do, Tap
from messages.client.card import client_card
from messages.i18n.texts import Translator
from messages.shop.shops import ShopsDo, ShopsTap
from orders.model.order import Order
from orders.model.people import Role
from orders.model.rules import HandoverProof, ShopRules
from orders.model.status import Status
from orders.steps import commands as do
from orders.steps.delivery_commands import ChooseProof
from tests.handlers.support.conftest import AT, Bot

RU = Translator("ru")


async def on_the_way(bot: Bot, **details: object) -> Order:
    courier = bot.actors[Role.COURIER]
    return await bot.order(
        (do.Accept(), Role.DIRECTOR),
        (do.AssignCourier(courier.staff_id or 0, courier.name), Role.DIRECTOR),
        (do.Dispatch(by_self=False, reason="спешит"), Role.DIRECTOR),
        **details,
    )


def tap(order: Order, what: Do, arg: str = "") -> str:
    return Tap(do=what, order=order.id, arg=arg).pack()


async def as_it_is(bot: Bot, order: Order) -> Order:
    return await bot.desk.look(order.id, bot.actors[Role.DIRECTOR])


@pytest.mark.requirement("X25")
async def test_the_courier_is_asked_for_the_code_and_a_wrong_one_says_so(bot: Bot) -> None:
    order = await on_the_way(bot)
    await bot.desk.do(order.id, ChooseProof(HandoverProof.CODE), bot.actors[Role.DIRECTOR])
    card = await bot.press(Role.COURIER, tap(order, Do.CARD))
    assert "Код спросите при вручении" in card.text
    assert order.code not in card.text
    asked = await bot.press(Role.COURIER, tap(order, Do.IN_PERSON))
    assert "какой код назвали?" in asked.text
    wrong = f"{(int(order.code) + 1) % 10_000:04}"
    again = await bot.say(Role.COURIER, wrong)
    assert "код не подошёл, это 1-я попытка из 3" in again.text
    assert (await as_it_is(bot, order)).status is Status.COURIER_LEFT
    await bot.say(Role.COURIER, order.code)
    assert (await as_it_is(bot, order)).status is Status.DONE
    history = await bot.press(Role.DIRECTOR, tap(order, Do.HISTORY))
    assert "назван неверный код" in history.text
    assert "код вручения назван верно" in history.text


@pytest.mark.requirement("X25")
async def test_a_code_that_is_typed_after_not_handed_over_ends_nothing(bot: Bot) -> None:
    order = await on_the_way(bot)
    await bot.desk.do(order.id, ChooseProof(HandoverProof.CODE), bot.actors[Role.DIRECTOR])
    asked = await bot.press(Role.COURIER, tap(order, Do.IN_PERSON))
    assert "какой код назвали?" in asked.text
    await bot.press(Role.COURIER, tap(order, Do.CARD))
    assert bot.wire.gone
    await bot.say(Role.COURIER, order.code)
    assert (await as_it_is(bot, order)).status is Status.COURIER_LEFT


@pytest.mark.requirement("X25")
async def test_a_code_that_fails_three_times_is_overruled_by_a_chief_with_a_reason(bot: Bot) -> None:
    order = await on_the_way(bot)
    await bot.desk.do(order.id, ChooseProof(HandoverProof.CODE), bot.actors[Role.DIRECTOR])
    await bot.press(Role.COURIER, tap(order, Do.IN_PERSON))
    wrong = f"{(int(order.code) + 1) % 10_000:04}"
    for _ in range(2):
        await bot.say(Role.COURIER, wrong)
    stuck = await bot.say(Role.COURIER, wrong)
    assert "Закрыть заказ может директор или менеджер" in stuck.text
    seen = await bot.press(Role.MANAGER, tap(order, Do.CARD))
    assert "Код не подошёл 3 раза" in seen.text
    await bot.press(Role.MANAGER, tap(order, Do.IN_PERSON))
    await bot.say(Role.MANAGER, "Клиент подтвердил")
    assert (await as_it_is(bot, order)).status is Status.COURIER_LEFT
    await bot.say(Role.MANAGER, "Курьер без связи")
    assert (await as_it_is(bot, order)).status is Status.DONE
    history = await bot.press(Role.DIRECTOR, tap(order, Do.HISTORY))
    assert "без подтверждения: Клиент подтвердил" in history.text


@pytest.mark.requirement("X25")
async def test_where_a_photo_is_due_done_asks_for_it(bot: Bot) -> None:
    order = await on_the_way(bot)
    contact = await bot.press(Role.DIRECTOR, tap(order, Do.CONTACT))
    menu = await bot.press(Role.DIRECTOR, contact.data("Подтверждение"))
    assert menu.labels[:2] == ["Фото вручения", "Код от клиента"]
    await bot.press(Role.DIRECTOR, menu.data("Фото вручения"))
    asked = await bot.press(Role.COURIER, tap(order, Do.IN_PERSON))
    assert "Сначала фото вручения" in asked.toast
    assert asked.text.startswith("Пришлите фото вручения")
    assert (await as_it_is(bot, order)).status is Status.COURIER_LEFT
    refused = await bot.press(Role.COURIER, tap(order, Do.CHOOSE_PROOF))
    assert (refused.text, bool(refused.toast)) == ("", True)


@pytest.mark.requirement("X25", "R78")
async def test_the_rule_is_tapped(bot: Bot) -> None:
    asked = await bot.press(Role.DIRECTOR, ShopsTap(do=ShopsDo.RULE, shop=1, arg="handover_proof").pack())
    assert asked.labels[:3] == ["ничего", "фото вручения", "код от клиента"]
    page = await bot.press(Role.DIRECTOR, asked.data("код от клиента"))
    assert "Вручение подтверждает: код от клиента" in page.text
    order = await on_the_way(bot)
    asked = await bot.press(Role.COURIER, tap(order, Do.IN_PERSON))
    assert "какой код назвали?" in asked.text
    for arg in ("handover_proof=9", "handover_proof", "no_rule=1"):
        forged = await bot.press(Role.DIRECTOR, ShopsTap(do=ShopsDo.CHOOSE, shop=1, arg=arg).pack())
        assert "недоступна или устарела" in forged.toast
    await bot.press(Role.COURIER, ShopsTap(do=ShopsDo.CHOOSE, shop=1, arg="handover_proof=1").pack())
    assert "какой код" in (await bot.press(Role.COURIER, tap(order, Do.IN_PERSON))).text


@pytest.mark.requirement("X23", "X25")
async def test_the_code_stands_in_the_clients_message_and_keeps_a_surprise(bot: Bot) -> None:
    rules = ShopRules(handover_proof=HandoverProof.CODE)
    order = await on_the_way(bot, courier_note="")
    shown = client_card(order, "Rose", rules, AT, RU).text
    assert f"Код вручения: <b>{order.code}</b>. Передайте его получателю" in shown
    hidden = replace(order, details=replace(order.details, courier_note="Это сюрприз!"))
    assert "когда курьер уже на месте" in client_card(hidden, "Rose", rules, AT, RU).text
    assert "Код" not in client_card(order, "Rose", ShopRules(), AT, RU).text


@pytest.mark.requirement("X25")
async def test_the_shop_passes_the_code_on_where_the_client_has_no_link(bot: Bot) -> None:
    order = await on_the_way(bot)
    await bot.desk.do(order.id, ChooseProof(HandoverProof.CODE), bot.actors[Role.DIRECTOR])
    contact = await bot.press(Role.MANAGER, tap(order, Do.CONTACT))
    assert f"Код вручения: <code>{order.code}</code>" in contact.text
