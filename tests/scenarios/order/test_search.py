"""Finding an order by its number, whole or in part (R5, R6)."""

from __future__ import annotations

import pytest

from sandbox.driver import SeenMessage
from tests.scenarios.stage import Stage


async def _new_orders(stage: Stage, count: int) -> list[str]:
    """Orders that the director has been told of."""
    numbers = [await stage.new_order() for _ in range(count)]
    for number in numbers:
        await stage.card("director", number)
    return numbers


async def _asks(stage: Stage, words: str) -> SeenMessage:
    sent = await stage.driver.text("director", words)
    return await stage.driver.wait_message("director", lambda m: m.message_id > sent.message_id)


@pytest.mark.requirement("R5")
async def test_a_number_in_any_form_opens_the_order(stage: Stage) -> None:
    (number,) = await _new_orders(stage, 1)
    for form in ("{0}", "#{0}", "№{0}", "№ {0}", "  {0} ", "{1} {2}", "{1}-{2}"):
        card = await _asks(stage, form.format(number, number[:2], number[2:]))
        assert card.text.startswith("🔴 Новый · "), form
        assert number in card.text.splitlines()[0]
        assert "Принять" in card.button_texts, form


@pytest.mark.requirement("R5")
async def test_a_part_of_a_number_opens_the_one_or_offers_the_matches(stage: Stage) -> None:
    numbers = await _new_orders(stage, 3)
    found = await _asks(stage, numbers[0][:4])
    assert found.text == "Нашлось 3 заказа"
    assert [n for text in found.button_texts for n in numbers if n in text] == numbers[::-1]
    (label,) = (text for text in found.button_texts if numbers[1] in text)
    await stage.driver.press("director", found.message_id, label)
    card = await stage.driver.wait_message("director", lambda m: m.message_id > found.message_id)
    assert card.text.startswith("🔴 Новый · ")
    assert numbers[1] in card.text.splitlines()[0]

    unique = await _asks(stage, numbers[2][-3:])
    assert unique.text.startswith("🔴 Новый · ")
    assert numbers[2] in unique.text.splitlines()[0]


@pytest.mark.requirement("R5", "R6")
async def test_many_matches_are_counted_and_the_first_are_offered(stage: Stage) -> None:
    numbers = await _new_orders(stage, 10)
    common = numbers[0][:4]
    assert all(number.startswith(common) for number in numbers)
    found = await _asks(stage, common)
    assert found.text == "Нашлось 10 заказов · показаны первые 8"
    assert len(found.button_texts) == 8


@pytest.mark.requirement("R5")
async def test_a_number_of_no_order_is_answered_so(stage: Stage) -> None:
    await _new_orders(stage, 1)
    told = await _asks(stage, "99999999999999999999")
    assert told.text == "Заказа с номером 99999999999999999999 среди ваших нет. Проверьте цифры."


@pytest.mark.requirement("R5")
async def test_a_number_is_found_while_a_question_is_open(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("director", number, "Ещё…")
    await stage.tap("director", number, "Вернуть шаг")
    asked = await stage.driver.wait_message("director", containing="Что случилось с последним шагом")
    card = await _asks(stage, number)
    assert card.text.startswith("🟡 Принят · ")
    assert number in card.text.splitlines()[0]
    toast = await stage.driver.press("director", asked.message_id, "Нажали по ошибке")
    assert toast.text == "Шаг возвращён."
