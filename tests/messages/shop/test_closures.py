"""The screens of the shop, its flowers and its goods."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from messages.callbacks.goods import ShopDo, ShopTap, flower_number
from messages.goods import flowers as flower_screens
from messages.goods import products as goods_screens
from messages.i18n.phone_screen import PHONE_HEIGHT, height
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import units
from messages.shop import closures as screens
from messages.shop.closures import ShopView
from messages.ui import limits
from messages.ui.screen import Screen
from orders.goods.products import Flower, Ingredient, Product, flower_key
from orders.model.order import Mark
from orders.model.people import Role
from orders.shop.closures import Hiding, Spell
from tests.builders import NOON, RULES, a_product, an_order, minutes
from tests.messages.journeys import EN, RU, as_read, everything, labels

HUGE = 2**63 - 1
ANNA = Mark(NOON, Role.MANAGER, 2, "Анна")
BY_ITSELF = Mark(NOON + minutes(60), Role.MARKETPLACE)
HIDDEN = Hiding(3, 1, ANNA)
OPEN = ShopView(None, 42, 3, [], 0, [], 0, may_change=True, has_marketplace=True)
PEONY = Flower(flower_key("пион"), "Пион", 3)
CLOUD = a_product(id=7, recipe=(Ingredient("пион", 15),))
LANGUAGES = pytest.mark.parametrize("t", [RU, EN], ids=["ru", "en"])

hostile = st.text(max_size=400) | st.sampled_from(["<b>" * 200, "\u202e" * 90, "😀" * 300, "&amp;", "{ $x }"])


def shop(t: Translator = RU, **changes: Any) -> Screen:  # noqa: ANN401 - the fields of a view
    return screens.shop(replace(OPEN, **changes), RULES, NOON + minutes(10), t)


def count(screen: Screen) -> int:
    return sum(len(row) for row in labels(screen))


@pytest.mark.requirement("R9")
def test_an_open_shop_is_hidden_by_the_first_button() -> None:
    screen = shop(out=["Пион", "Роза"], behind=2)
    assert labels(screen)[0] == ["Скрыть магазин"]
    assert as_read(screen).splitlines() == [
        "🟢 Магазин открыт",
        "",
        "42 товара, в стоп-листе 3",
        "Закончились: Пион, Роза",
        "Ещё не отмечены во Flowwow 2 товара",
    ]


@pytest.mark.requirement("R8", "R10")
def test_a_hidden_shop_says_by_whom_until_when_and_lists_the_orders() -> None:
    orders = [an_order(number=f"2583618{n}") for n in range(3)]
    hiding = replace(HIDDEN, until=NOON + minutes(130))
    text = as_read(shop(hiding=hiding, taken=orders[:2], taken_total=3))
    assert "Скрыт: 12:00, Анна" in text
    assert "Откроется сам: 14:10, через 2 ч" in text
    assert "Скройте его в приложении Flowwow" in text
    assert "Уже поступившие заказы (3) выполняем, они не отменяются:" in text
    assert text.count("2583618") == 2
    assert text.endswith("и ещё 1")
    assert "Принятых заказов сейчас нет." in as_read(shop(hiding=HIDDEN))


@pytest.mark.requirement("R8")
def test_what_is_to_be_done_in_the_app_is_asked_until_it_is_confirmed() -> None:
    reopened = replace(HIDDEN, reopened=BY_ITSELF)
    cases = [
        (HIDDEN, True),
        (replace(HIDDEN, app_hidden=ANNA), False),
        (reopened, False),  # nobody said that it was hidden there
        (replace(reopened, app_hidden=ANNA), True),
        (replace(reopened, app_hidden=ANNA, app_shown=ANNA), False),
    ]
    for hiding, is_asked in cases:
        buttons = [label for row in labels(shop(hiding=hiding)) for label in row]
        wanted = "Открыл(а) во Flowwow" if hiding.is_over else "Скрыл(а) во Flowwow"
        assert (wanted in buttons) is is_asked, hiding
    assert "Открыт: 13:00, сам" in as_read(shop(hiding=reopened))


@pytest.mark.requirement("R11", "R60")
def test_hidden_here_and_hidden_at_the_marketplace_are_told_apart() -> None:
    here = as_read(shop(hiding=HIDDEN))
    assert "Магазин скрыт здесь · во Flowwow ещё нет" in here
    assert "новые заказы приходят" in here
    assert "Новых заказов не будет" not in here
    there = as_read(shop(hiding=replace(HIDDEN, app_hidden=ANNA)))
    assert "во Flowwow ещё нет" not in there
    assert "Новых заказов не будет" in there
    reopened = replace(HIDDEN, app_hidden=ANNA, reopened=BY_ITSELF)
    assert "Магазин открыт здесь · во Flowwow ещё скрыт" in as_read(shop(hiding=reopened))
    told = screens.shop_hidden_news(HIDDEN, RULES, NOON, RU)
    assert "Скрыл(а) во Flowwow" in [label for row in labels(told) for label in row]


@pytest.mark.requirement("R14")
def test_a_seller_looks_and_changes_nothing() -> None:
    for hiding in (None, HIDDEN, replace(HIDDEN, reopened=ANNA)):
        assert labels(shop(hiding=hiding, may_change=False)) == [["Чего нет", "Стоп-лист"]]


@LANGUAGES
@pytest.mark.requirement("R10")
def test_a_hidden_shop_fits_a_phone_and_says_first_what_to_do(t: Translator) -> None:
    orders = [an_order(number=f"258361{n}") for n in range(10, 20)]
    everything_there = {"has_reports": True, "run_by_reader": 1, "behind": 3, "out": ["Пион", "Роза"] * 5}
    for until in (None, NOON + minutes(130)):
        hiding = replace(HIDDEN, until=until)
        screen = shop(t, hiding=hiding, taken=orders, taken_total=99, **everything_there)
        lines = [Markup(line) for line in screen.text.split("\n")]
        assert height(lines, len(labels(screen))) <= PHONE_HEIGHT
        assert as_read(screen).splitlines()[1] == as_read(Screen(t("shop-app-hide")))
        assert labels(screen)[0] == [t.plain("do-shop-app-hidden")]
        assert len(labels(screen)) == 6
        assert all(len(label) <= limits.HALF_ROW for row in labels(screen) if len(row) > 1 for label in row)
        assert "258361" in screen.text, "some of the orders in hand have room"


@pytest.mark.requirement("R9")
def test_a_tap_that_changes_nothing_says_why() -> None:
    now = NOON + minutes(1)
    assert screens.already(HIDDEN, RULES, now, RU) == "Магазин уже скрыт: 12:00, Анна"
    reopened = replace(HIDDEN, reopened=ANNA)
    assert screens.already(reopened, RULES, now, RU) == "Магазин уже открыт: 12:00, Анна"
    assert screens.already(None, RULES, now, RU) == "Магазин и так открыт"


@LANGUAGES
def test_the_reminder_offers_to_open_or_to_wait(t: Translator) -> None:
    hiding = replace(HIDDEN, until=NOON + minutes(10))
    screen = screens.reopens_soon(hiding, RULES, NOON, t)
    assert as_read(screen)
    assert count(screen) == 4
    assert len(labels(screens.spells(hiding, RULES, NOON, t))) == 4


@LANGUAGES
def test_every_screen_fits_has_eight_buttons_at_most_and_leads_back(t: Translator) -> None:
    hidings = [None, HIDDEN, replace(HIDDEN, app_hidden=ANNA, reopened=BY_ITSELF)]
    shops = [shop(t, hiding=hiding, out=["x" * 99] * 20) for hiding in hidings]
    flowers = [
        replace(PEONY, key=f"k{n}", stems=stems) for n, stems in enumerate([None, 0, 7, None, 0, 1] * 3)
    ]
    found = [replace(CLOUD, id=n, stopped=n % 2 == 0) for n in range(5)]
    behind = [
        *(flower_screens.flowers(flowers, page, t, may_change=True) for page in range(4)),
        flower_screens.flowers([], 0, t, may_change=True),
        *(flower_screens.flower(one, found, {}, [], RULES, NOON, t) for one in flowers[:3]),
        flower_screens.counted(
            [(replace(PEONY, stems=4), found, [(an_order(), 15)] * 20)], ["роза&"] * 30, {}, RULES, NOON, t
        ),
        *(goods_screens.goods(found, {}, page, 3, 13, "", t, may_change=True) for page in range(3)),
        *(goods_screens.goods(found, {}, page, 3, 13, "x", t, may_change=True) for page in range(3)),
        goods_screens.goods([], {}, 0, 1, 0, "", t, may_change=False),
        *(goods_screens.product(one, {}, 0, 5, None, t) for one in found),
        *(goods_screens.product(one, {}, 4, 5, "?", t) for one in found),
        goods_screens.refused([(CLOUD, False, "x" * 999)] * 50, t),
        screens.spells(HIDDEN, RULES, NOON, t),
        screens.shop_hidden_news(HIDDEN, RULES, NOON, t),
        screens.shop_open_news(replace(HIDDEN, reopened=ANNA), RULES, NOON, t),
    ]  # fmt: skip
    for screen in (*shops, *behind):
        assert as_read(screen)
        assert count(screen) <= limits.BUTTONS, labels(screen)
        assert all(units(label) <= limits.BUTTON for row in labels(screen) for label in row)
    for screen in behind:
        assert ShopTap(do=ShopDo.SHOP).pack() in everything(screen)


@pytest.mark.requirement("R11", "R83")
def test_a_flower_that_is_out_shows_what_follows_and_how_it_is_undone() -> None:
    out = replace(PEONY, stems=0, counted=ANNA)
    stopped = replace(CLOUD, name="Розы", stopped=True, recipe=())
    needs = [(an_order(number="25836184"), 15), (an_order(number="25836185"), None)]
    products = [CLOUD, stopped, a_product(name="Микс")]
    screen = flower_screens.flower(out, products, {PEONY.key: 0}, needs, RULES, NOON, RU)
    text = as_read(screen)
    assert text.startswith("⚫ Пион: закончился\nОтмечено: 12:00, Анна\n")
    assert "Скрыто из-за него (1): Пионы «Облако» 15 шт" in text
    assert "Не продаётся и без этого (1): Розы" in text
    assert "В продаже (1): Микс" in text
    lines = [line for line in text.splitlines() if "2583618" in line]
    assert [line.endswith("· 15 шт") for line in lines] == [True, False]
    assert "нажмите «Снова есть»" in text
    assert labels(screen)[0] == ["Снова есть"]


@pytest.mark.requirement("R83")
def test_a_count_answers_what_it_hides_and_which_orders_lack_the_flower() -> None:
    def answer(stems: int, *needed: int | None) -> str:
        needs = [(an_order(number=f"2583618{n}"), one) for n, one in enumerate(needed)]
        found = [(replace(PEONY, stems=stems), [CLOUD, a_product(name="Микс")], needs)]
        return as_read(flower_screens.counted(found, [], {PEONY.key: stems}, RULES, NOON, RU))

    short = answer(14, 15)
    assert "Пион: 14 шт\nСкрыто из-за него (1): Пионы «Облако» 15 шт" in short
    assert "25836180" in short
    assert "25836180" not in answer(20, 15), "it is enough for the orders in hand"
    assert "25836181" in answer(20, 15, 15), "both together need more than there is"
    assert "Скрыто" not in answer(20, 15, 15)
    assert "25836180" in answer(0, None), "by its name it needs some, and there are none"


@pytest.mark.requirement("R83", "R11")
@LANGUAGES
def test_the_chiefs_hide_what_a_seller_says_has_run_out_by_the_first_button(t: Translator) -> None:
    screen = flower_screens.said_out(PEONY, ANNA, RULES, NOON, t)
    wanted = ShopTap(do=ShopDo.OUT, id=flower_number(PEONY.key)).pack()
    assert screen.keyboard is not None
    assert screen.keyboard.inline_keyboard[0][0].callback_data == wanted
    assert "Анна" in as_read(screen)


@settings(deadline=None, max_examples=30)
@given(name=hostile, words=hostile, stock=st.none() | st.integers(0, 9_999))
def test_whatever_stands_in_a_product_its_screens_are_sound(name: str, words: str, stock: int | None) -> None:
    product: Product = replace(
        CLOUD, name=name, offer_id=words, stock=stock, recipe=(Ingredient(words, 5),) * 30
    )
    flower = Flower("k", name, 3, 0, Mark(NOON, Role.MANAGER, 2, words))
    needs = [(an_order(lines=()), 3)] * 30
    for screen in (
        goods_screens.product(product, {}, 3, 9, words, RU),
        goods_screens.goods([product] * 5, {}, 0, 2, 9, words, RU, may_change=True),
        goods_screens.refused([(product, True, words)] * 30, RU),
        flower_screens.flower(flower, [product] * 30, {"k": 0}, needs, RULES, NOON, RU),
        flower_screens.flowers([flower] * 9, 0, RU, may_change=True),
    ):
        as_read(screen)
        assert all(units(label) <= limits.BUTTON for row in labels(screen) for label in row)


def test_every_button_fits_into_telegrams_64_bytes() -> None:
    widest = [ShopTap(do=do, id=HUGE, arg=Spell.TOMORROW.value, page=1_000_000) for do in ShopDo]
    assert max(len(tap.pack().encode()) for tap in widest) <= 64
    assert 0 < flower_number("пион") < HUGE


def test_amounts_are_absolute_so_that_a_double_tap_sets_the_same() -> None:
    screen = goods_screens.product(replace(CLOUD, stock=9_998), {}, 0, 2, None, RU)
    rows = screen.keyboard.inline_keyboard if screen.keyboard else []
    taps = [ShopTap.unpack(button.callback_data or "") for button in rows[0]]
    assert [(tap.do, tap.id, tap.arg) for tap in taps] == [
        (ShopDo.STOCK, 7, "9997"),
        (ShopDo.STOCK, 7, "9999"),
        (ShopDo.STOCK, 7, "9999"),
        (ShopDo.STOCK, 7, "0"),
    ]  # fmt: skip
    none = goods_screens.product(replace(CLOUD, stock=0), {}, 0, 2, None, RU)
    assert labels(none)[0] == ["−1", "+1", "+5", "Не считать"]


@pytest.mark.requirement("R61")
@LANGUAGES
def test_the_address_of_the_feed_stands_there_with_the_text_for_support(t: Translator) -> None:
    known = as_read(goods_screens.feed_address("https://bot.example.com/feed/secret.xml", "67890", t))
    assert known.count("https://bot.example.com/feed/secret.xml") == 2
    assert "67890" in known
    unknown = as_read(goods_screens.feed_address("/feed/secret.xml", "", t))
    assert t.plain("feed-site-unknown") in unknown
    assert "FEED_SECRET" in as_read(goods_screens.feed_address("", "67890", t))


@pytest.mark.requirement("R61")
def test_only_those_who_change_goods_find_the_feed_beside_them() -> None:
    for may_change in (True, False):
        screen = goods_screens.goods([CLOUD], {}, 0, 1, 1, "", RU, may_change=may_change)
        assert ("Подключить остатки к Flowwow" in str(labels(screen))) is may_change
    further = goods_screens.goods([CLOUD], {}, 1, 3, 11, "", RU, may_change=True)
    assert count(further) <= 8
