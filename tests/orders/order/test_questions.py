"""What is a question, and which the board answers."""

from __future__ import annotations

import pytest

from orders.order.questions import asks_for_orders, is_question

pytestmark = pytest.mark.requirement("X19")


@pytest.mark.parametrize(
    "text",
    ["А где мой заказ?", "где букет", "Какие заказы на завтра?", "Есть доставки?", "Where is my order"],
)
def test_the_board_answers_where_orders_are(text: str) -> None:
    assert asks_for_orders(text)


@pytest.mark.parametrize(
    "text", ["открытку подписали?", "ну и что делать", "скажите, кто сегодня курьер", "why"]
)
def test_other_questions_are_known_as_such(text: str) -> None:
    assert is_question(text)
    assert not asks_for_orders(text)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "клиент просил белую ленту",
        "как просил клиент, без бумаги",
        "когда приедете, позвоните в домофон",
        "где живая изгородь, там второй подъезд налево за аркой",
        "букет готов",
        "Кто-то расписался за клиента",
        "почему-то домофон молчит",
    ],
)
def test_what_is_told_is_no_question(text: str | None) -> None:
    assert not is_question(text)
