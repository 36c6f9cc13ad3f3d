"""The whole way of an ordinary order, as everybody in the shop sees it."""

from __future__ import annotations

import pytest

from orders.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.stage import ON_BOTH, Stage

pytestmark = ON_BOTH


@pytest.mark.requirement("R2", "R15", "R18", "R20", "R23", "R38", "R40", "R50", "R53", "R55", "X2", "X12")
async def test_an_order_goes_from_the_alert_to_done(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.tap("director", number, "Принять")
    await stage.tap("director", number, "Назначить сотрудника")
    await stage.choose("director", number, "Оля")
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg())
    await stage.tap("florist", number, "Найти курьера")
    await stage.choose("florist", number, "Пётр")
    await stage.tap("florist", number, "Курьер вышел")
    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")

    await stage.card("director", number, "✅")
    order = await stage.order(number)
    assert order.status is Status.DONE
    assert order.progress.completion is not None
    assert order.progress.completion.done.name == "Пётр"
