from __future__ import annotations

import pytest

from messages.callbacks.support import BrandDo, BrandTap, GuideDo, GuideTap
from orders.model.people import Role
from orders.steps import commands as do
from orders.support.branded import BadProfile, BrandedItem, ShopProfile, read_profile
from tests.handlers.support.conftest import Bot

FORM = "Иванова Анна Петровна\n+7 916 000-00-01\nМосква, Лесная 5\n9:00-21:00"


def tap(what: BrandDo, item: BrandedItem = BrandedItem.CARDS) -> str:
    return BrandTap(do=what, shop=1, item=item).pack()


@pytest.mark.requirement("R73", "R74", "R75", "R77")
async def test_the_form_is_kept_bags_are_for_some_and_the_request_has_its_state(bot: Bot) -> None:
    order = await bot.order((do.Accept(), Role.DIRECTOR))
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-card").pack()
    opened = await bot.press(Role.MANAGER, situation)
    empty = await bot.press(Role.MANAGER, opened.data("Заказать открытки и пакеты"))
    assert "Сначала заполните анкету" in empty.text
    await bot.press(Role.MANAGER, empty.data("Анкета"))
    assert "ровно четыре строки" in (await bot.say(Role.MANAGER, "Анна")).text
    form = await bot.say(Role.MANAGER, FORM)
    assert {"Открытки", "Наклейки"} <= set(form.labels)
    assert "Пакеты" not in form.labels
    refused = await bot.press(Role.MANAGER, tap(BrandDo.TEXT, BrandedItem.BAGS))
    assert refused.toast.startswith("Этого сейчас не заказать")
    moscow = await bot.press(Role.MANAGER, form.data("☐ Москва"))
    text = await bot.press(Role.MANAGER, moscow.data("Пакеты"))
    assert (
        "пакеты. ФИО: Иванова Анна Петровна. Телефон: +7 916 000-00-01. Адрес магазина: Москва, Лесная 5. "
        "Режим работы: 9:00-21:00." in text.text
    )
    waits = await bot.press(Role.MANAGER, text.data("Отправлено"))
    assert "⏳ Ждём пакеты" in waits.text
    over = await bot.press(Role.DIRECTOR, waits.data("Пришли: пакеты"))
    assert "Ждём" not in over.text


async def test_sellers_neither_read_the_form_nor_change_it(bot: Bot) -> None:
    await bot.press(Role.MANAGER, tap(BrandDo.FORM))
    await bot.say(Role.MANAGER, FORM)
    for wish in BrandDo:
        seen = await bot.press(Role.SELLER, tap(wish))
        assert "Иванова" not in seen.text
        assert not seen.text


@pytest.mark.requirement("R74")
def test_bags_are_only_for_moscow_and_members_of_lime() -> None:
    assert BrandedItem.BAGS not in ShopProfile().items
    assert BrandedItem.BAGS in ShopProfile(in_moscow=True).items
    assert BrandedItem.BAGS in ShopProfile(has_lime=True).items
    with pytest.raises(BadProfile):
        read_profile("Анна\nнет телефона\nЛесная 5\n9-21", ShopProfile())
