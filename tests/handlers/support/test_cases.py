from __future__ import annotations

import pytest

from messages.callbacks.order import Do, Tap
from messages.callbacks.support import GuideDo, GuideTap
from messages.support.cases import MOST_LISTED
from orders.model.numbers import is_own
from orders.model.people import Role
from orders.steps import commands as do
from tests.handlers.support.conftest import Bot, Seen

ACCEPT = (do.Accept(), Role.DIRECTOR)


async def to_support(bot: Bot, order_id: int, key: str = "no-courier") -> Seen:
    tap = GuideTap(do=GuideDo.SUPPORT, shop=1, order=order_id, key=key)
    return await bot.press(Role.MANAGER, tap.pack())


def closed_page(page: int) -> str:
    return GuideTap(do=GuideDo.OVER, shop=1, page=page).pack()


@pytest.mark.requirement("R49", "R92", "R94")
async def test_one_message_says_everything_then_the_bot_asks_to_wait(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    await to_support(bot, order.id, "no-photo")
    case = await to_support(bot, order.id)
    assert case.text.count("Здравствуйте!") == 1
    assert "Фото заказа не загружается" in case.text
    assert "второго курьера не присылать" in case.text
    sent = await bot.press(Role.MANAGER, case.data("Отправлено"))
    assert sent.toast.startswith("Сохранено")
    assert "✅ Отправлено:" in sent.text
    assert "Анна. Здравствуйте! Заказ" in sent.text
    assert "иначе запрос уйдёт в конец очереди" in sent.text
    assert "Отправлено" not in sent.labels
    soon = await bot.press(Role.DIRECTOR, case.data("Отправлено"))
    assert soon.toast.startswith("Поддержке уже написали. Следующее сообщение не раньше")
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-courier").pack()
    assert "✅ Поддержке написали:" in (await bot.press(Role.MANAGER, situation)).text


@pytest.mark.requirement("R87")
async def test_who_delivers_without_a_word_to_support_is_asked_first(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    situation = GuideTap(do=GuideDo.OPEN, shop=1, order=order.id, key="no-courier").pack()
    asked = await bot.press(Role.MANAGER, (await bot.press(Role.MANAGER, situation)).data("Я доставлю"))
    assert "могут приехать два курьера" in asked.text
    assert asked.labels[0] == "Написать в поддержку"
    case = await bot.press(Role.MANAGER, asked.data("Написать в поддержку"))
    await bot.press(Role.MANAGER, case.data("Отправлено"))
    told = await bot.press(Role.MANAGER, situation)
    assert Tap.unpack(told.data("Я доставлю")).do is Do.SELF


@pytest.mark.requirement("R93")
async def test_answer_promise_list_and_result(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    case = await to_support(bot, order.id)
    await bot.press(Role.MANAGER, case.data("Отправлено"))
    await bot.press(Role.MANAGER, case.data("Ответ поддержки"))
    assert (await bot.say(Role.MANAGER, "<b>Компенсируем</b> 400")).text == "Ответ сохранён."
    later = await bot.press(Role.MANAGER, case.data("Через 3 дня"))
    assert later.toast == "Напомню"
    assert "💬 Ответ:" in later.text
    assert "&lt;b&gt;Компенсируем" in later.text
    listed = await bot.press(Role.DIRECTOR, GuideTap(do=GuideDo.CASES, shop=1).pack())
    assert f"{order.number} · Готово, а курьера нет · есть ответ" in listed.text
    opened = await bot.press(Role.DIRECTOR, listed.data(f"Обращение {order.number}"))
    await bot.press(Role.DIRECTOR, opened.data("Закрыть обращение"))
    assert (await bot.say(Role.DIRECTOR, "вернули 400 ₽")).text.startswith("Обращение закрыто")
    assert "нет" in (await bot.press(Role.DIRECTOR, GuideTap(do=GuideDo.CASES, shop=1).pack())).text
    for label in ("Отправлено", "Ответ поддержки", "Через 3 дня", "Закрыть обращение"):
        assert (await bot.press(Role.MANAGER, case.data(label))).toast.startswith("Этого обращения уже нет")


async def test_neither_couriers_nor_strangers_to_the_order_reach_a_case(bot: Bot) -> None:
    order = await bot.order(ACCEPT)
    order = await bot.desk.do(
        order.id,
        do.AssignCourier(bot.actors[Role.COURIER].staff_id or 0, "Пётр"),
        bot.actors[Role.MANAGER],
    )
    await to_support(bot, order.id)
    for role in (Role.COURIER, Role.SELLER):
        for wish in (
            GuideDo.CASE,
            GuideDo.SENT,
            GuideDo.ANSWER,
            GuideDo.CLOSE,
            GuideDo.LATER,
            GuideDo.SUPPORT,
        ):
            tap = GuideTap(do=wish, shop=1, order=order.id, key="cancels", page=1).pack()
            seen = await bot.press(role, tap)
            assert seen.text == ""
            assert seen.toast, (role, wish)
    assert not is_own(order.number)


@pytest.mark.requirement("R92", "R14")
async def test_a_florist_finds_their_own_closed_case_however_many_others_were_closed_since(bot: Bot) -> None:
    own = await bot.order(ACCEPT, (do.AssignSeller(3, "Оля"), Role.DIRECTOR))
    others = [await bot.order(ACCEPT) for _ in range(MOST_LISTED + 1)]
    for order in (own, *others):
        await to_support(bot, order.id)
        await bot.app.services.cases.close(order.id, bot.actors[Role.MANAGER], "вернули")
    seen = await bot.press(Role.SELLER, closed_page(0))
    assert own.number in seen.text
    assert not any(order.number in seen.text for order in others)
    first = await bot.press(Role.MANAGER, closed_page(0))
    assert own.number not in first.text
    assert own.number in (await bot.press(Role.MANAGER, closed_page(1))).text


@pytest.mark.requirement("R93")
async def test_open_cases_are_paged_so_that_none_is_out_of_reach(bot: Bot) -> None:
    orders = [await bot.order(ACCEPT) for _ in range(MOST_LISTED + 2)]
    for order in orders:
        await to_support(bot, order.id)
    first = await bot.press(Role.DIRECTOR, GuideTap(do=GuideDo.CASES, shop=1).pack())
    assert f"Открытые обращения</b>: {len(orders)}" in first.text
    second = await bot.press(Role.DIRECTOR, first.data("Дальше →"))
    seen = [order.number for order in orders if f"Обращение {order.number}" in first.labels]
    rest = [order.number for order in orders if f"Обращение {order.number}" in second.labels]
    assert (len(seen), len(rest)) == (MOST_LISTED, 2)
    assert not set(seen) & set(rest)
    assert (await bot.press(Role.DIRECTOR, second.data("← Раньше"))).text == first.text
