"""The shop's group: set by a director who adds the bot, and by nobody else (R15, R63)."""

from __future__ import annotations

import pytest

from storage.shop import shops
from tests.scenarios.stage import Stage


async def _group_id(stage: Stage) -> int | None:
    database = stage.database()
    async with database.snapshot() as c:
        (shop,) = await shops.all_shops(c)
    await database.close()
    return shop.group_chat_id


@pytest.mark.requirement("R15", "R63")
async def test_only_a_director_makes_a_group_the_shops_and_it_is_followed_when_it_moves(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.driver.kick(by="stranger")
    await stage.start_bot(GROUP_CHAT_ID="")
    await stage.hire("director", "manager", "florist")
    for person in ("manager", "florist", "stranger"):
        await stage.driver.add(by=person)
        mark = await stage.driver.mark()
        await stage.driver.text("director", "Заказы")  # answered once the bot has heard of the group
        await stage.driver.wait_message("director", containing="Заказов нет.", since=mark)
        assert await _group_id(stage) is None, person
        await stage.driver.kick(by=person)
    assert not any(message.from_bot for message in await stage.driver.messages("director", "group"))

    await stage.driver.add(by="director")
    told = await stage.driver.wait_message("director", containing="сюда будут приходить", chat="group")
    assert "Адресов, телефонов и имён клиентов в группе не будет." in told.text
    assert await _group_id(stage) == -1005001
    number = await stage.new_order()
    alert = await stage.driver.wait_message("florist", containing=number, chat="group")
    for private in ("Лесная", "Мария", "Игорь", "+7999", "С днём рождения"):
        assert private not in alert.text

    new_id = await stage.driver.migrate()  # it becomes a supergroup
    later = await stage.new_order()
    group = await stage.driver.messages("director", "group")
    assert len([m for m in group if later in m.text and not m.deleted]) == 1
    assert await _group_id(stage) == new_id
