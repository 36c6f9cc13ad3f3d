"""What whoever watches the bot from outside is told: is it well, and how busy."""

from __future__ import annotations

import asyncio

from messages.callbacks.order import Do
from sandbox.driver.wire import PATIENCE
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.scenarios.steps import force
from tests.scenarios.trouble import get, health_becomes


async def sample(stage: Stage, name: str) -> float | None:
    """The value of one line of the figures, named as it stands there."""
    _status, page = await get(stage, "/metrics")
    for line in page.splitlines():
        found, _, value = line.rpartition(" ")
        if found == name:
            return float(value)
    return None


async def counted(stage: Stage, figure: str) -> None:
    """Wait until a figure that only grows has begun to."""
    for _ in range(int(PATIENCE * 4)):
        if await sample(stage, figure):
            return
        await asyncio.sleep(0.25)
    raise AssertionError(f"{figure} stays at nothing:\n{(await get(stage, '/metrics'))[1]}")


async def waiting(stage: Stage, figure: str) -> list[float]:
    """A figure of all that is not sent to Telegram yet, by priority; it waits or is being tried."""
    _status, page = await get(stage, "/metrics")
    lines = [line for line in page.splitlines() if line.startswith(f'{figure}{{channel="telegram"')]
    return [float(line.rpartition(" ")[2]) for line in lines]


async def test_the_figures_count_what_was_done_what_waits_and_what_went_wrong(stage: Stage) -> None:
    number = await stage.assigned("florist")
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.photo("florist", a_jpeg())
    await stage.card("florist", number, "Фото")
    await force(stage, "director", number, Do.ACCEPT)

    assert await sample(stage, 'florist_steps_total{result="done",role="director",step="accept"}') == 1
    assert await sample(stage, 'florist_steps_total{result="already",role="director",step="accept"}') == 1
    assert await sample(stage, 'florist_steps_total{result="done",role="seller",step="attach_photo"}') == 1
    assert await sample(stage, "florist_photos_kept_total") == 1
    assert (await sample(stage, 'florist_sent_total{channel="telegram",kind="card"}') or 0) >= 3
    assert await sample(stage, "florist_database_up") == 1
    assert await sample(stage, "florist_deadline_overdue_seconds") == 0
    await an_alarm_and_an_error_of_the_marketplace_are_counted(stage)

    await stage.driver.faults(1, bot_api={"500": 1.0})
    await stage.driver.place_order()
    for _ in range(80):
        if sum(await waiting(stage, "florist_outbox_rows")) >= 2:
            break
        await asyncio.sleep(0.25)
    assert sum(await waiting(stage, "florist_outbox_rows")) >= 2, (await get(stage, "/metrics"))[1]
    ages = await waiting(stage, "florist_outbox_oldest_seconds")
    assert ages
    assert all(0 <= age < 120 for age in ages)
    await counted(stage, 'florist_send_errors_total{channel="telegram",error="TelegramServerError"}')
    await stage.driver.faults()


async def an_alarm_and_an_error_of_the_marketplace_are_counted(stage: Stage) -> None:
    await stage.new_order(createdDate=1_700_000_000)
    await stage.driver.wait_message("director", containing="не принят", chat="group")
    await counted(stage, 'florist_alarm_lag_seconds_bucket{le="30.0"}')
    await stage.driver.faults(1, marketplace={"500": 1.0})
    placed = await stage.driver.place_order()
    assert placed.webhook_status == 200  # the order is kept by its number
    assert (await sample(stage, 'florist_marketplace_errors_total{error="Unavailable"}') or 0) >= 1


async def test_health_falls_when_telegram_is_gone_and_rises_when_it_is_back(stage: Stage) -> None:
    assert (await get(stage, "/healthz"))[0] == 200
    await stage.driver.faults(1, bot_api={"drop_before": 1.0}, methods=["getUpdates"])
    await stage.driver.text("director", "Добрый день")  # ends the long request that was open before
    words = await health_becomes(stage, 503)
    assert '"database": true' in words
    assert '"updates": false' in words

    await stage.driver.faults()

    await health_becomes(stage, 200)
