"""Finding an order by its number, whole or in part (R5)."""

from __future__ import annotations

import pytest

from sandbox.driver import SeenMessage
from tests.scenarios.finding import is_card, newest
from tests.scenarios.stage import Stage


async def _asks(stage: Stage, words: str, containing: str) -> SeenMessage:
    sent = await stage.driver.text("director", words)
    return await stage.driver.wait_message(
        "director", lambda m: m.message_id > sent.message_id, containing=containing
    )


@pytest.mark.requirement("R5", "X2")
async def test_a_number_in_any_form_or_a_part_of_it_opens_the_order_whatever_is_open_in_the_chat(
    stage: Stage,
) -> None:
    numbers = [await stage.new_order() for _ in range(2)]
    number = await stage.assigned("florist")
    numbers.append(number)
    for form in ("№ {0}", "{1} {2}"):
        card = await _asks(stage, form.format(number, number[:2], number[2:]), number)
        assert card.text.startswith("🟡 Принят · "), form
        assert card.silent  # it has moved down, without a sound, and is the only one
        await stage.driver.wait_chat(
            "director", lambda chat: sum(is_card(one, number) for one in newest(chat)) == 1
        )

    found = await _asks(stage, numbers[0][:4], "Нашлось 3 заказа")
    assert [n for text in found.button_texts for n in numbers if n in text] == numbers[::-1]
    (label,) = (text for text in found.button_texts if numbers[1] in text)
    await stage.driver.press("director", found.message_id, label)
    card = await stage.driver.wait_message(
        "director", lambda m: m.message_id > found.message_id, containing=numbers[1]
    )
    assert card.text.startswith("🔴 Новый · ")
    unique = await _asks(stage, numbers[0][-3:], numbers[0])
    assert unique.text.startswith("🔴 Новый · ")

    await stage.tap("director", number, "Ещё…")
    await stage.tap("director", number, "Вернуть шаг")
    asked = await stage.driver.wait_message("director", containing="Что случилось с последним шагом")
    card = await _asks(stage, number, "Принят · ")
    assert number in card.text.splitlines()[0]
    toast = await stage.driver.press("director", asked.message_id, "Нажали по ошибке")
    assert toast.text == "Шаг возвращён."
