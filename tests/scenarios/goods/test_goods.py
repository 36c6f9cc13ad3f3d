"""Goods: out of a flower in one tap, stop list, count, recipes, and what the marketplace refuses."""

from __future__ import annotations

import pytest

from messages.callbacks.goods import ShopDo, ShopTap, flower_number
from orders.goods.products import flower_key
from tests.scenarios.goods_steps import (
    EUSTOMA,
    PEONIES,
    ROSES,
    kept_goods,
    open_shop,
    read_goods,
    set_recipe,
    tap_line,
    walk_to,
)
from tests.scenarios.stage import Stage
from tests.scenarios.steps import forge


@pytest.mark.requirement("R11", "R83", "R9")
async def test_out_of_peonies_in_one_tap_and_back(stage: Stage) -> None:
    driver = stage.driver
    await read_goods(stage)
    shown = await set_recipe(stage, PEONIES, "пион 15, эвкалипт 3")
    assert "Рецепт: пион 15, эвкалипт 3" in shown.text
    await set_recipe(stage, ROSES, "роза 51; пионы 2")
    await set_recipe(stage, EUSTOMA, "эустома 9")
    number = await stage.accepted("director")  # the bouquet of peonies
    await open_shop(stage)
    await driver.press_last("director", "Стоп-лист")
    await tap_line(stage, "director", f"🟢 {ROSES}")
    await driver.wait_goods(lambda seen: {name[:4] for name in seen.hidden} == {"Розы"})

    await open_shop(stage, "manager")
    await driver.press_last("manager", "Чего нет")
    listed = await driver.wait_message("manager", containing="Чего нет")
    assert [label for label in listed.button_texts if " · " in label] == [
        "пион · 2 товара", "роза · 1 товар", "эвкалипт · 1 товар", "эустома · 1 товар",
    ]  # fmt: skip
    toast = await driver.press("manager", listed.message_id, "пион · 2 товара")
    assert toast.text == "Скрыто 2 товара"

    out = await driver.wait_message("manager", containing="пион: закончился")
    assert "Скрыто из-за него (2): Пионы «Облако», 15 шт, Розы «Эквадор», 51 шт" in out.text
    assert "Нужен заказу в работе" in out.text
    line = next(line for line in out.text.splitlines() if number in line)
    assert line.endswith(" · 15 шт")
    assert "Снова есть" in out.text
    seen = await driver.wait_goods(lambda seen: {name[:4] for name in seen.hidden} == {"Пион", "Розы"})
    assert len(seen.called("products/hide")) == 2, "each product is hidden once"

    again = ShopTap(do=ShopDo.OUT, id=flower_number(flower_key("пион"))).pack()
    assert (await forge(stage, "manager", again)).text == "Уже отмечено"
    await stage.kill_bot()
    await stage.start_bot()
    toast = await driver.press("manager", out.message_id, "Снова есть")
    assert toast.text == "Отмечено: снова есть"
    back = await driver.wait_message("manager", containing="пион: есть")
    assert "В продаже (1): Пионы «Облако», 15 шт" in back.text
    assert "Не продаётся и без этого (1): Розы «Эквадор», 51 шт" in back.text
    seen = await driver.wait_goods(lambda seen: {name[:4] for name in seen.hidden} == {"Розы"})
    assert [one["offerId"] for one in seen.called("products/unhide")] == [seen.product(PEONIES)["offerId"]]


@pytest.mark.requirement("R60", "R83")
async def test_the_stop_list_is_searched_and_stock_counted_by_walking(stage: Stage) -> None:
    driver = stage.driver
    first = await driver.goods()
    await driver.put_product(9_000_001, name="Без артикула", price="10.00", stock=4)
    await driver.put_product(first.product("Ромашки")["productId"], is_active=False)
    found = await read_goods(stage)
    assert len(found) == 10
    assert (await driver.goods()).product("Без артикула")["offerId"] == "9000001"
    assert found["Ромашки в крафте"].stopped, "hidden in the app before: it stands on the stop list"

    await open_shop(stage, "manager")
    await driver.press_last("manager", "Стоп-лист")
    await driver.text("manager", "ОБЛА")
    matches = await driver.wait_message("manager", containing="По словам «ОБЛА»")
    (label,) = [label for label in matches.button_texts if label.startswith("🟢")]
    toast = await driver.press("manager", matches.message_id, label)
    assert toast.text == "В стоп-листе"
    await driver.wait_goods(lambda seen: any(name.startswith(PEONIES) for name in seen.hidden))
    toast = await tap_line(stage, "manager", f"⚫ {PEONIES}")
    assert toast.text == "Снова в продаже"
    await driver.text("manager", "нет такого <b>")
    await driver.wait_message("manager", containing="По словам «нет такого <b>» ничего нет")

    shown = await walk_to(stage, "Без артикула", "manager")
    assert "Остаток: 4 шт" in shown.text
    toast = await driver.press("manager", shown.message_id, "+5")
    assert toast.text == "Остаток: 9 шт"
    toast = await driver.press("manager", shown.message_id, "+5", stale=True)
    assert (toast.text or "").startswith("Остаток: ")
    await driver.press("manager", shown.message_id, "Дальше →")
    await driver.wait_message("manager", containing="· 2 из 10")
    await driver.text("manager", "12")
    await driver.wait_message("manager", containing="· 3 из 10")
    await driver.text("manager", "0")
    shown = await driver.wait_message("manager", containing="· 4 из 10")
    toast = await driver.press("manager", shown.message_id, "0")
    assert toast.text == "Остаток: 0 шт"
    toast = await driver.press_last("manager", "Не считать")
    assert toast.text == "Остаток не считается"
    kept = list((await kept_goods(stage)).values())
    assert [one.stock for one in kept[1:4]] == [12, 0, None]
    there = await driver.wait_goods(
        lambda seen: [seen.product(one.name)["stock"] for one in kept[1:4]] == [12, 0, 0]
    )
    assert there.product("Без артикула")["stock"] == kept[0].stock


@pytest.mark.requirement("R11", "R60")
async def test_what_the_marketplace_refuses_is_told_product_by_product(stage: Stage) -> None:
    driver = stage.driver
    await read_goods(stage)
    await set_recipe(stage, PEONIES, "пион 15")
    await set_recipe(stage, ROSES, "пион 2")
    peonies = (await driver.goods()).product(PEONIES)["productId"]
    await driver.put_product(peonies, refusal="Товар <b>на модерации</b>")
    await open_shop(stage)
    await driver.press_last("director", "Чего нет")
    await tap_line(stage, "director", "пион")

    told = await driver.wait_message("director", containing="Flowwow не принял 1 товар")
    assert "Пионы «Облако», 15 шт - скрыть: Товар <b>на модерации</b>" in told.text
    assert "в приложении Flowwow" in told.text
    assert not told.silent
    assert {name[:4] for name in (await driver.goods()).hidden} == {"Розы"}
    shown = await walk_to(stage, PEONIES)
    assert "Flowwow не принял: Товар <b>на модерации</b>" in shown.text

    await driver.put_product(peonies, refusal="", is_active=False)
    await read_goods(stage)
    shown = await walk_to(stage, PEONIES)
    assert "Flowwow не принял" not in shown.text
    assert not (await kept_goods(stage))[PEONIES].stopped, "the flower explains it, not the stop list"
