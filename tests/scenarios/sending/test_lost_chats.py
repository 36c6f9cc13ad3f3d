"""People and groups that cannot be reached: one word to the managers, and a group that moved is followed."""

from __future__ import annotations

import pytest

from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage


async def test_who_blocked_the_bot_is_told_of_once_for_each_order(stage: Stage) -> None:
    number = await stage.accepted()
    await stage.driver.block("florist")

    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")

    words = f"Оля: сообщения не доходят, бот заблокирован. Заказ {number}"
    await stage.driver.wait_message("manager", containing=words)
    await stage.driver.wait_message("director", containing=words)
    await stage.driver.photo("director", a_jpeg(), caption=number)
    await stage.card("manager", number, "Фото · ")
    told = [m for m in await stage.driver.messages("manager") if words in m.text]
    assert len(told) == 1


@pytest.mark.requirement("R15")
async def test_a_group_that_throws_the_bot_out_is_told_of(stage: Stage) -> None:
    await stage.driver.kick()

    placed = await stage.driver.place_order()

    await stage.driver.wait_message(
        "director", containing=f"Сообщения о заказе {placed.id} не доходят в группу"
    )
    await stage.driver.wait_message(
        "manager", containing=f"Сообщения о заказе {placed.id} не доходят в группу"
    )
    await stage.card("director", str(placed.id), "Новый")


@pytest.mark.requirement("R15", "X3")
async def test_a_group_that_became_a_supergroup_is_followed(stage: Stage) -> None:
    await stage.driver.migrate()

    number = await stage.new_order()

    alerts = [
        m for m in await stage.driver.messages("director", "group") if number in m.text and not m.deleted
    ]
    assert len(alerts) == 1
