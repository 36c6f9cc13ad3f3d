from __future__ import annotations

import pytest

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GuideDo, GuideTap
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import STRANGER, Bot

SOS = "🆘 Что делать?"
CHANGES = (
    GuideDo.BOOK,
    GuideDo.ONE,
    GuideDo.TEXT,
    GuideDo.UP,
    GuideDo.DOWN,
    GuideDo.HIDE,
    GuideDo.SHOW,
    GuideDo.STAGE,
    GuideDo.DROP,
    GuideDo.NEW,
    GuideDo.PUBLISH,
)
ACCEPT = (do.Accept(), Role.DIRECTOR)


def sos(order_id: int) -> str:
    return Tap(do=Do.GUIDE, order=order_id).pack()


@pytest.mark.requirement("R72", "R79")
async def test_from_the_card_to_what_to_do_now_and_back(bot: Bot) -> None:
    order = await bot.order(ACCEPT, address="")
    listed = await bot.press(Role.MANAGER, sos(order.id))
    assert listed.labels[0] == "❗ Адрес неизвестен"
    assert listed.labels[-1] == "← Назад"
    opened = await bot.press(Role.MANAGER, listed.data("❗ Адрес неизвестен"))
    assert "<b>Адрес неизвестен</b>\n• Адрес у клиента спрашивает магазин" in opened.text
    assert {"Связаться", "Написать в поддержку"} <= set(opened.labels)
    support = await bot.press(Role.MANAGER, opened.data("Написать в поддержку"))
    assert f"<code>Здравствуйте! Заказ {order.number}." in support.text
    again = await bot.press(Role.MANAGER, opened.data("← Другие ситуации"))
    assert again.labels == listed.labels


@pytest.mark.requirement("R72")
async def test_the_main_menu_opens_the_whole_guide_without_an_order(bot: Bot) -> None:
    for role in (Role.DIRECTOR, Role.MANAGER, Role.SELLER, Role.COURIER):
        listed = await bot.say(role, SOS)
        assert listed.text.startswith("Что случилось?")
        assert len(listed.labels) <= 8
    seen: set[str] = set()
    page = await bot.say(Role.SELLER, SOS)
    for _ in range(3):
        seen |= set(page.labels)
        page = await bot.press(Role.SELLER, page.data("Другие ситуации →"))
    assert {"Заказ потерялся", "Telegram не открывается", "Флорист заболел"} <= seen


async def test_neither_a_group_nor_a_stranger_nor_a_colleague_of_another_order_opens_it(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    for who, chat in ((Role.MANAGER, "group"), (STRANGER, "private"), (Role.SELLER, "private")):
        seen = await bot.press(who, sos(order.id), chat)
        assert seen.text == ""
        assert seen.toast
    assert (await bot.say(Role.MANAGER, SOS, "group")).text == ""
    assert "Что случилось" not in (await bot.say(STRANGER, SOS)).text


async def test_a_button_of_another_shop_or_of_a_situation_that_is_gone_says_so(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    other = GuideTap(do=GuideDo.LIST, shop=7).pack()
    assert (await bot.press(Role.DIRECTOR, other)).toast.startswith("Эта кнопка вам недоступна")
    gone = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="400").pack()
    assert (await bot.press(Role.DIRECTOR, gone)).toast.startswith("Этой ситуации в инструкции больше нет")
    courier = await bot.order(ACCEPT, (do.AssignCourier(4, "Пётр"), Role.DIRECTOR))
    tap = GuideTap(do=GuideDo.SUPPORT, shop=1, order=courier.id, key="cancels").pack()
    assert "Здравствуйте" not in (await bot.press(Role.COURIER, tap)).text


@pytest.mark.requirement("R95")
async def test_a_director_rewrites_hides_and_moves_what_the_staff_read(bot: Bot) -> None:
    book = await bot.press(Role.DIRECTOR, (await bot.say(Role.DIRECTOR, SOS)).data("Изменить инструкцию"))
    one = await bot.press(Role.DIRECTOR, book.data("Получатель отказывается"))
    asked = await bot.press(Role.DIRECTOR, one.data("Изменить текст"))
    assert "до 5 шагов" in asked.text
    assert "только название" in (await bot.say(Role.DIRECTOR, "Отказ")).text
    shown = await bot.say(Role.DIRECTOR, "Отказ у двери\n<b>Улыбнитесь</b>\nВезите назад")
    assert "<b>Отказ у двери</b>\n• &lt;b&gt;Улыбнитесь&lt;/b&gt;\n• Везите назад" in shown.text
    assert (await bot.say(Role.COURIER, SOS)).labels[0] == "Отказ у двери"
    await bot.press(Role.DIRECTOR, shown.data("Ниже"))
    assert (await bot.say(Role.COURIER, SOS)).labels[1] == "Отказ у двери"
    hidden = await bot.press(Role.DIRECTOR, shown.data("Скрыть"))
    assert "🚫 Скрыто" in hidden.text
    assert "Отказ у двери" not in (await bot.say(Role.COURIER, SOS)).labels
    await bot.press(Role.DIRECTOR, shown.data("Вернуть готовый текст"))
    again = await bot.press(Role.DIRECTOR, hidden.data("Показывать"))
    assert "Не спорьте" in again.text


@pytest.mark.requirement("R95")
async def test_a_suggestion_from_a_case_is_read_by_all_once_a_director_publishes_it(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    listed = await bot.press(Role.MANAGER, sos(order.id))
    asked = await bot.press(Role.MANAGER, listed.data("Добавить в инструкцию"))
    assert "Что случилось и что помогло?" in asked.text
    assert "Спасибо" in (await bot.say(Role.MANAGER, "Снегопад\nВыезжать на час раньше")).text
    assert "Снегопад" not in str(await all_labels(bot, Role.MANAGER))
    book = await bot.press(Role.DIRECTOR, GuideTap(do=GuideDo.BOOK, shop=1).pack())
    suggestion = await bot.press(Role.DIRECTOR, book.data("✏️ Снегопад"))
    assert "Предлагает:" in suggestion.text
    assert "Анна" in suggestion.text
    published = await bot.press(Role.DIRECTOR, suggestion.data("Опубликовать"))
    assert published.toast.startswith("Опубликовано")
    assert "Снегопад" in await all_labels(bot, Role.COURIER)
    await bot.press(Role.DIRECTOR, published.data("Удалить"))
    gone = await bot.press(Role.DIRECTOR, published.data("Выше"))
    assert gone.toast.startswith("Этой ситуации")


async def test_nobody_but_a_director_changes_the_guide_by_an_old_or_forged_button(bot: Bot) -> None:
    before = await all_labels(bot, Role.SELLER)
    for role in (Role.MANAGER, Role.SELLER, Role.COURIER):
        for wish in CHANGES:
            seen = await bot.press(role, GuideTap(do=wish, shop=1, key="refused").pack())
            assert seen.toast.startswith("Инструкцию меняет директор"), wish
            assert seen.text == ""
    assert await all_labels(bot, Role.SELLER) == before


async def all_labels(bot: Bot, role: Role) -> set[str]:
    seen: set[str] = set()
    page = await bot.say(role, SOS)
    for _ in range(4):
        seen |= set(page.labels)
        if "Другие ситуации →" not in page.labels:
            break
        page = await bot.press(role, page.data("Другие ситуации →"))
    return seen


@pytest.mark.requirement("R78", "R95")
async def test_a_director_changes_what_support_is_told_of_a_situation(bot: Bot) -> None:
    one = GuideTap(do=GuideDo.ONE, shop=1, key="silent").pack()
    opened = await bot.press(Role.DIRECTOR, one)
    assert "Поддержке: Клиент не отвечает в чате. Просим связаться с клиентом." in opened.text
    tells = opened.data("Текст для поддержки")
    assert (await bot.press(Role.SELLER, tells)).toast
    assert "до 300 знаков" in (await bot.press(Role.DIRECTOR, tells)).text
    assert "длиннее 300 знаков" in (await bot.say(Role.DIRECTOR, "о" * 301)).text
    changed = await bot.say(Role.DIRECTOR, "Ждём клиента 20 минут. <b>Позвоните</b> ему.")
    assert "Поддержке: Ждём клиента 20 минут. &lt;b&gt;Позвоните" in changed.text
    order = await bot.order((do.Accept(), Role.DIRECTOR))
    case = GuideTap(do=GuideDo.SUPPORT, shop=1, order=order.id, key="silent").pack()
    assert "Ждём клиента 20 минут." in (await bot.press(Role.MANAGER, case)).text
    ready = await bot.press(Role.DIRECTOR, changed.data("Вернуть готовый текст"))
    assert ready.toast
    assert "Просим связаться" in (await bot.press(Role.DIRECTOR, one)).text
