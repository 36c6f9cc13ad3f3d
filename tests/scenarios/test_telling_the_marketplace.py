"""What is done in Telegram reaches the marketplace without a second tap, each call as often as needed (X1)."""

from __future__ import annotations

from collections import Counter

import pytest

from messages.callbacks import Do
from orders.status import Status
from sandbox.driver import PlacedOrder
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import assert_refused, force, history, on_the_way, seen, step, upload

IN_APP = "Сделано в приложении"
ACCEPTED, FINISHED, LEFT = 2, 3, 4


def called(order: PlacedOrder) -> Counter[str]:
    """How often each call that changes something was made."""
    return Counter(call for call in order.calls if call != "view")


async def known(stage: Stage, number: str, status: Status) -> None:
    """Wait until the bot has noted that the marketplace has this status."""
    await stage.driver.wait_order(int(number), lambda _order: True)
    for _ in range(200):
        if (await stage.order(number)).marketplace_status is status:
            return
        import asyncio

        await asyncio.sleep(0.05)
    raise AssertionError(f"{number}: {await stage.order(number)}")


@pytest.mark.requirement("X1", "X4")
async def test_each_step_is_told_once_and_cannot_be_taken_back_then(stage: Stage) -> None:
    number = await on_the_way(stage)
    at_market = await stage.driver.wait_order(int(number), lambda order: order.status == LEFT)
    assert called(at_market) == {"accept": 1, "courierLeft": 1}
    await known(stage, number, Status.COURIER_LEFT)
    await assert_refused(stage, "florist", number, Do.UNDO, "Flowwow уже знает об этом шаге")

    await stage.tap("courier", number, "Выполнен")
    await stage.tap("courier", number, "Лично")
    at_market = await stage.driver.wait_order(int(number), lambda order: order.status == FINISHED)
    await known(stage, number, Status.DONE)
    assert called(at_market) == {"accept": 1, "courierLeft": 1, "finish": 1}
    lines = await history(stage, "director", number)
    assert [line.partition("Flowwow: ")[2] for line in lines if "отмечено" in line] == [
        "во Flowwow отмечено: Принят",
        "во Flowwow отмечено: Курьер вышел",
        "во Flowwow отмечено: Выполнен",
    ]
