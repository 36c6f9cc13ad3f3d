"""Files that Telegram cannot hand out when they are sent: asked for again, or told to be lost (X3)."""

from __future__ import annotations

import pytest

from orders.model.status import Status
from tests.pictures import a_jpeg
from tests.scenarios.stage import Stage
from tests.sheets import a_report, paid_order

COMING = "Фото пока не скачивается из Telegram."


@pytest.mark.requirement("X3", "R23")
async def test_files_that_cannot_be_fetched_come_later_a_photo_to_the_order_it_was_sent_for(
    stage: Stage,
) -> None:
    number, other = await stage.assigned(), await stage.assigned()
    await stage.tap("florist", number, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {number}")
    await stage.driver.faults(methods=["getFile"], bot_api={"502": 1})
    report = a_report(*paid_order("1"))
    await stage.driver.document("director", report, name="report.xlsx")
    sent = await stage.driver.photo("florist", a_jpeg())
    told = await stage.driver.wait_message("florist", containing=COMING, timeout=60)
    assert told.reply_to_message_id == sent.message_id
    await stage.driver.wait_message("director", containing="Файл пока не скачивается", timeout=60)
    await stage.tap("florist", other, "Загрузить фото")
    await stage.driver.wait_message("florist", containing=f"Пришлите фото заказа {other}")
    await stage.kill_bot()
    await stage.driver.faults()
    await stage.start_bot()
    kept = await stage.driver.wait_message("florist", containing=f"{number}: Фото сохранено.", timeout=90)
    assert kept.reply_to_message_id == sent.message_id
    assert (await stage.order(other)).status is Status.ACCEPTED
    await stage.driver.wait_message("director", containing="Операций учтено: 3.", timeout=90)
