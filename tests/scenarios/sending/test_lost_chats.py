"""People and groups that cannot be reached: one word to the managers, who hear what the group cannot."""

from __future__ import annotations

import time

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


@pytest.mark.requirement("R15", "R16")
async def test_a_group_that_throws_the_bot_out_is_told_of_and_the_managers_hear_what_it_cannot(
    stage: Stage,
) -> None:
    await stage.driver.kick()
    five_minutes_ago = int(time.time()) - 5 * 60

    number = str((await stage.driver.place_order(createdDate=five_minutes_ago)).id)

    for person in ("director", "manager"):
        await stage.driver.wait_message(person, containing=f"Сообщения о заказе {number} не доходят в группу")
    reminder = await stage.driver.wait_message("manager", containing=f"{number} не принят, осталось ")
    assert not reminder.silent
    await stage.card("director", number, "Новый")
