from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from messages.callbacks.order import Do
from messages.client.contact import contact
from messages.client.notifications import NEWS
from messages.order.cards import card
from orders.access.order_access import can_see
from orders.model.details import Person
from orders.model.order import Doubt, DoubtKind, Topic
from orders.model.people import Actor, Role
from orders.steps import commands as do
from orders.steps.commands import Accept, Cancel
from orders.steps.delivery_commands import SayLate
from orders.steps.delivery_events import NobodyFound
from tests.builders import (
    ACCEPTED,
    AGREED,
    BILL_SENT,
    BROUGHT_BACK,
    COURIER,
    COURIER_ASSIGNED,
    DIRECTOR,
    DISPATCHED,
    EXTRA_PAID,
    MANAGER,
    NOBODY_THERE,
    NOON,
    PHOTO_ATTACHED,
    RULES,
    SELLER,
    SELLER_ASSIGNED,
    Given,
    a_line,
    a_mark,
    a_window,
    an_order,
)
from tests.messages.journeys import (
    EN,
    JOURNEYS,
    NOW,
    PAID_RULES,
    RU,
    STAFF,
    a_pickup,
    as_read,
    at,
    labels,
    taps,
    whole,
)

SOS = "🆘 Что делать?"

NEW_FOR_MANAGER = """\
🔴 Новый · принять до 12:15, осталось 5 мин · 25836184
Пионы «Облако» 15 шт, Открытка · 4\u202f900\u202f₽
❗ Не звонить в дверь
Сегодня 14:00-15:00 · Лесная 5, кв 12, домофон 12К"""

ALL_FOR_MANAGER = """\
🔴 Новый · принять до 12:15, осталось 5 мин · 25836184
Сегодня 14:00-15:00 (через 1 ч 50 мин)

Пионы «Облако» 15 шт · 4\u202f900\u202f₽
Открытка · 0\u202f₽

Текст открытки: С днём рождения, мама

Куда: Лесная 5, кв 12, домофон 12К
Курьеру: Не звонить в дверь
Получатель: Мария · телефон скрыт до выезда
Клиент: Игорь

Оплачено: 4\u202f900\u202f₽
Комиссия 980\u202f₽ · эквайринг 98\u202f₽ · магазину 3\u202f822\u202f₽"""

ASSIGNED_FOR_SELLER = """\
🟡 Принят · собрать до 12:45 → фото 13:05 → выезд 13:20 · 25836184
Пионы «Облако» 15 шт, Открытка
❗ Не звонить в дверь
Сегодня 14:00-15:00 · Лесная 5, кв 12, домофон 12К
Собирает Оля · принят 12:01, Анна
Текст открытки: С днём рождения, мама"""

LEFT_FOR_COURIER = """\
🚚 Courier left · deliver by 15:00, 2 h 50 min left · 25836184
Today 14:00-15:00 · Лесная 5, кв 12, домофон 12К
❗ Не звонить в дверь
Recipient: Мария · +79160000002
Say: “Hello, a delivery. Are you Мария?”
Do not mention a gift or who sent it.
Questions of the recipient: the client or Flowwow support will answer.
A question for the manager? Reply to this card, it is read at once."""


@pytest.mark.requirement("R13", "X16")
def test_a_new_order_shows_a_manager_what_matters_and_the_rest_behind_details() -> None:
    screen = card(at("new"), MANAGER, PAID_RULES, NOW, RU)
    assert as_read(screen) == NEW_FOR_MANAGER
    assert labels(screen) == [["Принять"], ["Отказаться", "Связаться"], ["Подробно", "Ещё…"], [SOS]]
    everything = whole(at("new"), MANAGER, PAID_RULES, NOW, RU)
    assert as_read(everything) == ALL_FOR_MANAGER
    assert labels(everything) == [["🖨 Напечатать", "← Назад"]]


@pytest.mark.requirement("R13", "R20", "X16")
def test_a_seller_reads_the_work_but_no_sums() -> None:
    screen = card(at("assigned"), SELLER, PAID_RULES, NOW, RU)
    assert as_read(screen) == ASSIGNED_FOR_SELLER
    assert labels(screen) == [
        ["Загрузить фото"],
        ["Я доставлю", "Найти курьера"],
        ["Связаться", "Подробно"],
        ["Ещё…", SOS],
    ]


@pytest.mark.requirement("R44", "R68", "X16")
def test_a_courier_reads_a_brief_and_nothing_more() -> None:
    screen = card(at("left"), COURIER, PAID_RULES, NOW, EN)
    assert as_read(screen) == LEFT_FOR_COURIER
    assert labels(screen) == [
        ["Done"],
        ["Map", "At the door"],
        ["Running late", "Nobody there"],
        ["Details", "More…"],
        ["🆘 What to do?"],
    ]
    assert screen.keyboard is not None
    assert screen.keyboard.inline_keyboard[1][0].url == (
        "https://yandex.ru/maps/?text="
        "%D0%9B%D0%B5%D1%81%D0%BD%D0%B0%D1%8F%205%2C%20%D0%BA%D0%B2%2012%2C%20"
        "%D0%B4%D0%BE%D0%BC%D0%BE%D1%84%D0%BE%D0%BD%2012%D0%9A"
    )


@pytest.mark.requirement("R21", "R28")
def test_a_stopped_courier_is_asked_for_one_thing_even_who_said_that_he_is_late() -> None:
    late = (SayLate(15), COURIER)
    order = an_order(*JOURNEYS["left"], late, (Cancel("CLOSINGREASON"), MANAGER), id=17)
    assert labels(card(order, COURIER, PAID_RULES, NOW, EN)) == [["OK, I've stopped"], ["🆘 What to do?"]]


@pytest.mark.parametrize("stage", JOURNEYS)
def test_every_stage_has_a_card_for_everyone(stage: str) -> None:
    order = at(stage)
    for t, viewer in product((RU, EN), STAFF):
        screen = card(order, viewer, PAID_RULES, NOW, t)
        first = as_read(screen).splitlines()[0]
        assert "25836184" in first, (t.language, viewer.name)
        if can_see(order, viewer):
            assert first.startswith(tuple("🔴🟡📷🚚↩✅⚫⚪")), (t.language, viewer.name)
        assert {tap.order for tap in taps(screen)} <= {17}


@pytest.mark.parametrize("stage", JOURNEYS)
def test_the_next_step_stands_alone_and_eight_buttons_are_the_most(stage: str) -> None:
    for viewer in STAFF:
        rows = labels(card(at(stage), viewer, PAID_RULES, NOW, RU))
        assert sum(map(len, rows)) <= 8, viewer.name
        assert all(len(label) <= 16 for row in rows if len(row) > 1 for label in row), viewer.name
        assert all(len(row) == 1 for row in rows[:1]), viewer.name


@pytest.mark.requirement("R14")
def test_who_lost_the_order_reads_only_that() -> None:
    stranger = Actor(Role.SELLER, 99, "Катя", shop_id=1)
    screen = card(at("assigned"), stranger, PAID_RULES, NOW, RU)
    assert screen.text == "Заказ 25836184 сейчас не назначен вам."
    assert screen.keyboard is None


@pytest.mark.requirement("X6")
def test_a_director_of_another_shop_reads_nothing() -> None:
    other = Actor(Role.DIRECTOR, 9, "Чужой", shop_id=2)
    assert as_read(card(at("new"), other, PAID_RULES, NOW, RU)) == "Заказ 25836184 сейчас не назначен вам."


def test_unknown_rates_leave_only_the_paid_sum() -> None:
    text = as_read(whole(at("new"), MANAGER, RULES, NOW, RU))
    assert text.endswith("Оплачено: 4\u202f900\u202f₽")


@pytest.mark.requirement("R68")
@pytest.mark.parametrize(
    ("stage", "viewer", "said"),
    [
        ("assigned", MANAGER, "Мария · телефон скрыт до выезда"),
        ("left", MANAGER, "Мария · +79160000002"),
        ("left", SELLER, "Мария · телефон видит тот, кто везёт"),
        ("done in person", MANAGER, "Получатель: Мария\n"),
    ],
)
def test_the_recipients_phone_is_shown_or_said_to_be_hidden(stage: str, viewer: Actor, said: str) -> None:
    assert said in as_read(whole(at(stage), viewer, RULES, NOW, RU))


@pytest.mark.requirement("R39")
def test_a_seller_who_delivers_reads_what_to_say_at_the_door() -> None:
    text = as_read(card(at("self without photo"), SELLER, RULES, NOW, RU))
    assert "Скажите: «Здравствуйте, это доставка. Вы Мария?»" in text
    assert "Без фото: NOPHOTO" in text


@pytest.mark.requirement("R91")
@pytest.mark.parametrize("viewer", [DIRECTOR, MANAGER, SELLER, COURIER], ids=lambda viewer: viewer.name)
def test_after_another_recipient_was_agreed_every_card_shows_the_new_one_alone(viewer: Actor) -> None:
    screen = card(at("redispatched"), viewer, RULES, NOW, RU)
    text = as_read(screen)
    assert "Согласовано с клиентом: AGREED" in text
    assert "Сегодня 14:00-15:00 · NEWADDRESS" in text
    assert "NEWRECIPIENTNAME" in text
    assert not any(old in text for old in ("Лесная 5", "Мария", "+79160000002"))
    everything = as_read(whole(at("redispatched"), viewer, RULES, NOW, RU))
    assert not any(old in everything for old in ("Лесная 5", "Мария", "+79160000002"))
    assert everything.index("NEWADDRESS") < everything.index("Скажите" if viewer == COURIER else "Пионы")
    assert "Карта" in str(labels(screen)) or viewer != COURIER


def test_where_nobody_is_only_who_can_bring_it_back_reads_of_that_button() -> None:
    order = at("nobody there")
    couriers = card(order, COURIER, RULES, NOW, RU)
    assert "нажмите «Везу обратно»" in as_read(couriers)
    assert "Везу обратно" in str(labels(couriers))
    sellers = as_read(card(order, SELLER, RULES, NOW, RU))
    assert "Везу обратно" not in sellers
    assert "Курьер ждёт ответа. Что делать, менеджер узнает у клиента." in sellers


def test_in_doubt_a_card_still_says_since_when_nobody_is_there() -> None:
    order = replace(at("nobody there"), doubt=Doubt(DoubtKind.GONE, "", a_mark()))
    text = as_read(card(order, MANAGER, RULES, NOW, RU))
    assert "никого нет, ждут" not in text.partition("\n")[0]
    assert "Никого нет: 12:08" in text


@pytest.mark.requirement("R56")
def test_where_nobody_is_the_cards_say_to_whom_the_client_agreed() -> None:
    order = at("nobody but a third person agreed")
    for viewer in (MANAGER, COURIER):
        text = as_read(card(order, viewer, RULES, NOW, RU))
        assert "Клиент согласен отдать другому: AGREED. Отдайте и нажмите «Другому человеку»." in text
    assert "Другому человеку" in str(labels(card(order, COURIER, RULES, NOW, RU)))
    assert "Спросите клиента" not in as_read(card(order, MANAGER, RULES, NOW, RU))
    news = NEWS[NobodyFound](order, None, RULES, NOW, RU)
    assert news is not None
    assert "Отдаём, как вы согласились: AGREED." in as_read(news)
    assert "Отдаём, как договорились: AGREED." in as_read(contact(order, MANAGER, RULES, NOW, RU))


@pytest.mark.requirement("R13", "R70")
@pytest.mark.parametrize(("paid_for", "is_for_courier"), [("за ожидание", True), ("за ещё 10 роз", False)])
@pytest.mark.parametrize("last", [(NOBODY_THERE,), (NOBODY_THERE, BROUGHT_BACK)])
def test_where_nobody_is_the_cards_say_what_the_client_has_paid_extra_for(
    paid_for: str, is_for_courier: bool, last: tuple[Given, ...]
) -> None:
    asked = (do.Propose(Topic.SURCHARGE, f"500 ₽ {paid_for}"), MANAGER)
    paid = (asked, AGREED, BILL_SENT, EXTRA_PAID)
    order = an_order(ACCEPTED, SELLER_ASSIGNED, COURIER_ASSIGNED, PHOTO_ATTACHED, *paid, DISPATCHED, *last)
    assert f"💰 Клиент доплатил 500\u202f₽: {paid_for}" in as_read(card(order, MANAGER, RULES, NOW, RU))
    courier = as_read(card(order, COURIER, RULES, NOW, RU))
    assert (f"💰 Клиент доплатил: {paid_for}" in courier) == is_for_courier
    assert "500" not in courier
    assert "роз" not in courier.split("Клиент доплатил")[-1].split("\n")[0]


@pytest.mark.requirement("R90")
def test_a_courier_with_a_refused_order_is_told_to_bring_it_back() -> None:
    text = as_read(card(at("returning"), COURIER, RULES, NOW, RU))
    assert text.endswith("Верните заказ в магазин.")
    assert text.startswith("↩️ Возвращается · в магазин с 12:06 · 25836184")


@pytest.mark.requirement("R46", "R47")
def test_a_cancelled_card_says_both_sums() -> None:
    before = as_read(card(at("cancelled"), MANAGER, PAID_RULES, NOW, RU))
    assert "Отменён, 12:03, Анна: CLOSINGREASON\nКлиенту возвращается вся сумма: 4\u202f900\u202f₽" in before
    on_the_way = at("cancelled on the way", delivery_fee=PAID_RULES.delivery_fee)
    after = as_read(card(on_the_way, MANAGER, PAID_RULES, NOW, RU))
    assert "Клиенту возвращается 4\u202f500\u202f₽, магазину за доставку 400\u202f₽" in after


@pytest.mark.requirement("R13")
def test_a_product_shows_quantity_description_and_picture() -> None:
    line = a_line(
        name="Роза", count=15, description="Красная, 60 см", picture_url='https://cdn.example/a.jpg?x=1&y="2"'
    )
    text = card(at("new", lines=(line,)), SELLER, RULES, NOW, RU).text
    assert text == "Заказ 25836184 сейчас не назначен вам."
    text = whole(at("assigned", lines=(line,)), SELLER, RULES, NOW, RU).text
    link = '<a href="https://cdn.example/a.jpg?x=1&amp;y=&#34;2&#34;">Роза</a> × 15\nКрасная, 60 см\n'
    assert link in text


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://", "http://[", "https://a b.example/", ""])
def test_what_is_no_link_is_not_linked(url: str) -> None:
    order = at("new", lines=(a_line(picture_url=url),))
    assert "<a" not in whole(order, MANAGER, RULES, NOW, RU).text


def test_a_long_composition_says_how_much_more_there_is() -> None:
    order = at("new", lines=tuple(a_line(name=f"Товар {n}") for n in range(11)))
    text = as_read(whole(order, MANAGER, RULES, NOW, RU))
    assert "Товар 5 ·" in text
    assert "Товар 6" not in text
    assert "и ещё 5 позиций" in text


def test_what_is_not_known_is_said() -> None:
    order = at("assigned", lines=(), window=None, address="", client=Person(), recipient=Person(), paid=None)
    text = as_read(whole(order, MANAGER, PAID_RULES, NOW, RU))
    for said in (
        "Время доставки не указано",
        "Состав не указан",
        "Адрес не указан",
        "Получатель: имя не указано",
    ):
        assert said in text
    assert "Оплачено" not in text


def test_as_soon_as_possible_is_said() -> None:
    soon = at("new", as_soon_as_possible=True)
    assert "Как можно скорее · сегодня 14:00-15:00" in as_read(card(soon, MANAGER, RULES, NOW, RU))
    no_window = at("new", as_soon_as_possible=True, window=None)
    assert "\nКак можно скорее · Лесная 5" in as_read(card(no_window, MANAGER, RULES, NOW, RU))


def test_a_pickup_is_never_sent_anywhere() -> None:
    screen = card(a_pickup((Accept(), MANAGER)), MANAGER, RULES, NOW, RU)
    assert "Самовывоз" in as_read(screen)
    offered = {tap.do for tap in taps(screen)}
    assert Do.DONE in offered
    assert not offered & {Do.SELF, Do.FIND_COURIER, Do.THIRD_PARTY, Do.LEFT}


def test_a_courier_may_take_his_own_step_back_but_not_for_ever() -> None:
    order = at("done in person")
    assert labels(card(order, COURIER, RULES, NOW, RU)) == [["Фото вручения"], ["Вернуть шаг", SOS]]
    assert labels(card(order, COURIER, RULES, NOON + timedelta(hours=1), RU)) == [["Фото вручения"], [SOS]]


def test_a_late_order_says_how_late_it_is() -> None:
    late = NOON + timedelta(hours=3, minutes=4)
    first = as_read(card(at("left"), MANAGER, RULES, late, RU)).splitlines()[0]
    assert first == "🚚 Курьер вышел · вручить до 15:00, просрочен на 4 мин · 25836184"
    photo = as_read(card(at("accepted"), MANAGER, RULES, NOON + timedelta(minutes=72), RU)).splitlines()[0]
    assert photo.endswith("фото до 13:05, просрочено на 7 мин · 25836184")


@pytest.mark.requirement("R27", "R31")
@pytest.mark.parametrize(
    ("stage", "said"), [("accepted", "собрать и снять сейчас"), ("photo", "выезжать сейчас")]
)
def test_what_was_due_before_the_order_came_is_due_at_once(stage: str, said: str) -> None:
    order = at(stage, window=a_window(NOON + timedelta(minutes=20)))
    first = as_read(card(order, MANAGER, RULES, NOON + timedelta(minutes=10), RU)).splitlines()[0]
    assert first.endswith(f"{said} · 25836184")


@pytest.mark.requirement("R31")
@pytest.mark.parametrize(
    ("stage", "said"),
    [
        ("photo", "📷 Фото · выезд до 13:20, осталось 1 ч 10 мин · 25836184"),
        ("third party", "📷 Фото · выезд до 13:20, осталось 1 ч 10 мин · 25836184"),
        (
            "third party left",
            "🚚 У стороннего курьера с 12:05 · вручить до 15:00, осталось 2 ч 50 мин · 25836184",
        ),
        ("left", "🚚 Курьер вышел · вручить до 15:00, осталось 2 ч 50 мин · 25836184"),
    ],
)
def test_an_assembled_order_says_when_somebody_must_leave_with_it(stage: str, said: str) -> None:
    assert as_read(card(at(stage), MANAGER, RULES, NOW, RU)).splitlines()[0] == said


def test_the_digest_changes_with_what_is_seen_and_only_then() -> None:
    order = at("new")
    one, same = (card(order, MANAGER, RULES, NOW, RU) for _ in range(2))
    assert one.digest == same.digest
    others = [card(order, MANAGER, RULES, NOW, EN), card(an_order(id=18), MANAGER, RULES, NOW, RU)]
    assert one.digest not in {other.digest for other in others}


@pytest.mark.parametrize("stage", JOURNEYS)
def test_chiefs_always_reach_history(stage: str) -> None:
    for viewer in (DIRECTOR, MANAGER):
        offered = {tap.do for tap in taps(card(at(stage), viewer, RULES, NOW, RU))}
        assert offered & {Do.HISTORY, Do.MORE}, viewer.name
