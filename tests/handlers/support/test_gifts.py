from __future__ import annotations

import pytest
from aiogram.methods import SendMessage

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import ClaimDo, ClaimTap, GiftDo, GiftTap, GuideDo, GuideTap
from messages.support.gifts import MOST_GIFTS
from orders.model.order import Order, Topic
from orders.model.people import Role
from orders.model.photo import ItemKind
from orders.photo.checklist import checklist
from orders.steps import commands as do
from storage.support import gifts
from storage.team import staff
from tests.builders import a_line
from tests.handlers.support.conftest import Bot

ACCEPT = (do.Accept(), Role.DIRECTOR)
TO_OLYA = (do.AssignSeller(3, "Оля"), Role.DIRECTOR)


def tap(order: Order, what: Do) -> str:
    return Tap(do=what, order=order.id).pack()


async def add_to_list(bot: Bot, order: Order, words: str) -> None:
    await bot.press(Role.MANAGER, GiftTap(do=GiftDo.ADD, order=order.id).pack())
    await bot.say(Role.MANAGER, words)


@pytest.mark.requirement("R85")
async def test_one_tap_gives_a_gift_of_the_list_it_is_ticked_and_its_cost_is_in_the_report(bot: Bot) -> None:
    order = await bot.order(ACCEPT, TO_OLYA)
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="flower-out").pack()
    empty = await bot.press(Role.MANAGER, (await bot.press(Role.MANAGER, situation)).data("🎁 Дать подарок"))
    assert "пока пусто" in empty.text
    listed = await bot.press(Role.MANAGER, empty.data("Список подарков"))
    await bot.press(Role.MANAGER, listed.data("Добавить в список"))
    assert "Не вижу суммы" in (await bot.say(Role.MANAGER, "конфеты")).text
    await bot.say(Role.MANAGER, "конфеты <b> 150 ₽")
    choice = await bot.press(Role.SELLER, tap(order, Do.GIFT))
    assert not any("150" in label for label in choice.labels)
    given = await bot.press(Role.SELLER, choice.data("конфеты <b>"))
    assert given.toast.startswith("Добавлено")
    kept = await bot.desk.look(order.id, bot.actors[Role.DIRECTOR])
    ticked = [item for item in checklist(kept.details, kept.gifts) if item.kind is ItemKind.GIFT]
    assert [item.name for item in ticked] == ["конфеты <b>"]
    card = await bot.press(Role.MANAGER, tap(order, Do.CARD))
    assert "🎁 Подарок: конфеты &lt;b&gt;" in card.text
    assert "150" in card.text
    assert "150" not in (await bot.press(Role.SELLER, tap(order, Do.CARD))).text
    month = ClaimTap(do=ClaimDo.MONTH, shop=1).pack()
    assert "Подарки клиентам: 150\u202f₽" in (await bot.press(Role.DIRECTOR, month)).text
    await bot.press(Role.SELLER, given.data("Убрать последний"))
    assert "Подарки клиентам" not in (await bot.press(Role.DIRECTOR, month)).text


@pytest.mark.requirement("R85")
async def test_after_a_substitution_the_gift_stands_on_the_card_itself(bot: Bot) -> None:
    plain = await bot.order(ACCEPT)
    assert "🎁 Дать подарок" not in (await bot.press(Role.MANAGER, tap(plain, Do.CARD))).labels
    order = await bot.order(ACCEPT)
    wish = do.Propose(Topic.SUBSTITUTION, "розы вместо пионов", replaced=order.details.lines[0].name)
    await bot.desk.do(order.id, wish, bot.actors[Role.MANAGER])
    assert "🎁 Дать подарок" in (await bot.press(Role.MANAGER, tap(order, Do.CARD))).labels


async def test_only_chiefs_keep_the_list_and_nobody_else_gives(bot: Bot) -> None:
    order = await bot.order(ACCEPT, TO_OLYA)
    await add_to_list(bot, order, "конфеты 150 ₽")
    for wish in (GiftDo.LIST, GiftDo.ADD, GiftDo.REMOVE):
        seen = await bot.press(Role.SELLER, GiftTap(do=wish, order=order.id, gift=1).pack())
        assert seen.toast.startswith("Список подарков ведут")
    refused = await bot.press(Role.COURIER, GiftTap(do=GiftDo.GIVE, order=order.id, gift=1).pack())
    assert (refused.text, bool(refused.toast)) == ("", True)
    gone = await bot.press(Role.SELLER, GiftTap(do=GiftDo.GIVE, order=order.id, gift=99).pack())
    assert gone.toast.startswith("Этого подарка")


@pytest.mark.requirement("R14")
async def test_who_is_no_chief_any_more_adds_nothing_with_a_question_that_was_open(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, GiftTap(do=GiftDo.ADD, order=order.id).pack())
    async with bot.app.database.write() as c:
        await staff.set_role(c, bot.actors[Role.MANAGER].staff_id or 0, 1, Role.SELLER)
    refused = await bot.say(Role.MANAGER, "конфеты 150 ₽")
    assert refused.text.startswith("Список подарков ведут")
    async with bot.app.database.snapshot() as c:
        assert await gifts.of_shop(c, 1) == []


async def test_what_does_not_fit_on_the_list_is_said(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    for number in range(MOST_GIFTS):
        await add_to_list(bot, order, f"набор {'абвгд'[number]} 150 ₽")
    await add_to_list(bot, order, "конфеты 150 ₽")  # by a button of an older screen
    said = [call.text for call in bot.wire.calls if isinstance(call, SendMessage)]
    assert said[0].startswith("В списке уже 5 подарков")
    assert "конфеты" not in said[1]


async def test_a_card_that_costs_nothing_is_no_line_on_the_list_of_the_month(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await bot.press(Role.MANAGER, tap(order, Do.ANY_CARD))
    assert (await bot.desk.look(order.id, bot.actors[Role.DIRECTOR])).gifts
    month = await bot.press(Role.DIRECTOR, ClaimTap(do=ClaimDo.MONTH, shop=1).pack())
    assert "ничего не просили" in month.text
    assert order.number not in month.text


@pytest.mark.requirement("R77")
async def test_without_a_branded_card_any_card_goes_with_it_and_is_ticked_once(bot: Bot) -> None:
    order = await bot.order(ACCEPT, lines=(a_line(),), card_text="")
    assert ItemKind.CARD not in {item.kind for item in checklist(order.details)}
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-card").pack()
    opened = await bot.press(Role.MANAGER, situation)
    await bot.press(Role.MANAGER, opened.data("Положить другую открытку"))
    kept = await bot.desk.look(order.id, bot.actors[Role.DIRECTOR])
    assert [one.kind for one in checklist(kept.details, kept.gifts)].count(ItemKind.CARD) == 1
    assert "любая, бесплатно" in (await bot.press(Role.MANAGER, tap(order, Do.CARD))).text
    again = await bot.press(Role.MANAGER, tap(order, Do.ANY_CARD))
    assert "Анна" in again.toast
    support = await bot.press(Role.MANAGER, opened.data("Написать в поддержку"))
    assert "Просим прислать открытки" in support.text
