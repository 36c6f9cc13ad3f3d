"""The shop's group: set by a director who adds the bot, and by nobody else (R15, R63)."""

from __future__ import annotations

import pytest

from storage.shop import shops
from tests.scenarios.stage import Stage


@pytest.fixture
async def groupless(empty_stage: Stage) -> Stage:
    """A connected shop without a group; the bot is in no group."""
    await empty_stage.driver.kick(by="stranger")
    await empty_stage.start_bot(GROUP_CHAT_ID="")
    await empty_stage.hire("director", "manager", "florist")
    return empty_stage


async def _group_id(stage: Stage) -> int | None:
    database = stage.database()
    async with database.snapshot() as c:
        (shop,) = await shops.all_shops(c)
    await database.close()
    return shop.group_chat_id


@pytest.mark.requirement("R15", "R63")
async def test_the_director_adds_the_bot_and_the_group_gets_the_orders(groupless: Stage) -> None:
    assert await _group_id(groupless) is None
    await groupless.driver.add(by="director")
    told = await groupless.driver.wait_message("director", containing="сюда будут приходить", chat="group")
    assert "Адресов, телефонов и имён клиентов в группе не будет." in told.text
    assert await _group_id(groupless) == -1005001

    number = await groupless.new_order()
    alert = await groupless.driver.wait_message("florist", containing=number, chat="group")
    for private in ("Лесная", "Мария", "Игорь", "+7999", "С днём рождения"):
        assert private not in alert.text


@pytest.mark.requirement("R63")
async def test_somebody_else_who_adds_the_bot_changes_nothing(groupless: Stage) -> None:
    for person in ("manager", "florist", "stranger"):
        await groupless.driver.add(by=person)
        placed = await groupless.driver.place_order("bouquet")
        await groupless.card("director", str(placed.id))
        assert await _group_id(groupless) is None, person
        await groupless.driver.kick(by=person)
    assert not any(message.from_bot for message in await groupless.driver.messages("director", "group"))


@pytest.mark.requirement("R15")
async def test_a_group_that_becomes_a_supergroup_keeps_getting_the_orders(stage: Stage) -> None:
    first = await stage.new_order()
    new_id = await stage.driver.migrate()
    await stage.driver.text("director", "Новые")
    await stage.driver.wait_message("director", containing="новые (1)")
    second = await stage.new_order()
    assert first != second
    assert await _group_id(stage) == new_id
