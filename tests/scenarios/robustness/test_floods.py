"""However much one sender sends, everybody else is answered in time; of the staff nothing is lost (X22)."""

from __future__ import annotations

import asyncio
import os
import time
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.client import links
from storage.db.client_tables import client_talk
from storage.db.tables import waiting_photos, waiting_updates
from tests.builders import a_mark
from tests.pictures import a_picture
from tests.sandbox.tools import eventually
from tests.scenarios.eyes import ever
from tests.scenarios.stage import HOST, Stage

IN_TIME = 5.0
"""Seconds within which the director must be answered, on a machine that has nothing else to do."""
PATIENCE = 120.0
CLIENT = 1004
AT_TELEGRAMS_PACE = {"SEND_CHAT_PER_SECOND": "1", "SEND_GROUP_PER_MINUTE": "20"}


def words(sender: int, number: int, *, chat: dict[str, Any] | None = None) -> dict[str, Any]:
    person = {"id": sender, "is_bot": False, "first_name": "Чужой", "language_code": "ru"}
    place = chat or {"id": sender, "type": "private", "first_name": "Чужой"}
    message = {"message_id": 9000 + number, "date": int(time.time()), "chat": place, "from": person}
    return {"message": {**message, "text": f"сообщение {number}"}}


async def started(stage: Stage, way: str) -> None:
    """Start the bot with Telegram's limits on both sides."""
    stage.bot.settings |= AT_TELEGRAMS_PACE
    if way == "webhook":
        address = f"http://{HOST}:{stage.bot.settings['WEB_PORT']}"
        stage.bot.settings |= {"WEBHOOK_URL": address, "WEBHOOK_SECRET": "long_random_text-42"}
    await stage.start_bot()
    await stage.hire("director", "florist")
    await stage.driver.start("stranger")
    await stage.driver.wait_message("stranger", containing="Отправить контакт")
    await stage.driver.limits(30, 1, 20)


def in_time() -> float:
    """`IN_TIME`, longer by as much as others keep the processors busy; the floods would take minutes."""
    return IN_TIME * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


async def board_after(stage: Stage) -> float:
    """How long the director waits for an answer."""
    mark, begin = await stage.driver.mark(), time.monotonic()
    await stage.driver.text("director", "Заказы")
    await stage.driver.wait_message("director", containing="Заказы · ", since=mark)
    return time.monotonic() - begin


@pytest.mark.requirement("X22")
async def test_the_floods_of_strangers_in_private_and_in_the_group_keep_nobody_waiting(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await started(stage, "polling")
    group = {"id": -1005001, "type": "group", "title": "Заказы"}

    await stage.driver.raw_updates(*(words(1009, number, chat=group) for number in range(300)))
    waits = [await board_after(stage)]
    assert await ever(stage, "helen", "Слишком много") == []

    await stage.driver.raw_updates(*(words(1008, number) for number in range(300, 1000)))
    for _ in range(2):
        await asyncio.sleep(1)  # the director's own chat takes one message a second
        waits.append(await board_after(stage))
    assert max(waits) < in_time()
    await stage.driver.wait_message("stranger", containing="Слишком много сообщений")
    assert len(await ever(stage, "stranger", "Слишком много сообщений")) == 1
    assert len(await ever(stage, "stranger", "Отправить контакт")) < 20


@pytest.mark.requirement("X22")
@pytest.mark.parametrize("way", ["webhook", pytest.param("polling", marks=pytest.mark.endurance)])
async def test_a_florists_flood_keeps_nobody_waiting_and_survives_a_crash(
    empty_stage: Stage, way: str
) -> None:
    stage = empty_stage
    await started(stage, way)

    await stage.driver.raw_updates(*(words(1002, number) for number in range(150)))
    assert await board_after(stage) < in_time()
    for _ in range(300):
        if await stage.driver.unconfirmed() < 100:  # so many Telegram shows, and the director's next tap
            break
        await asyncio.sleep(0.1)
    await stage.kill_bot()
    left = await kept(stage)
    assert left > 0
    await stage.driver.limits()
    before = len(await ever(stage, "florist", "Не понял"))
    await stage.start_bot(SEND_CHAT_PER_SECOND="1000")

    for _ in range(600):
        if await kept(stage) == 0:
            break
        await asyncio.sleep(0.1)
    assert await kept(stage) == 0
    assert len(await ever(stage, "florist", "Не понял")) - before >= left


@pytest.mark.requirement("X22", "R25", "X7")
@pytest.mark.parametrize(("photos", "said"), [(40, 100), pytest.param(110, 250, marks=pytest.mark.endurance)])
async def test_a_florists_photos_and_a_clients_messages_keep_nobody_waiting_and_all_are_taken(
    empty_stage: Stage, photos: int, said: int
) -> None:
    stage = empty_stage
    await started(stage, "polling")
    await follow(stage, await stage.new_order())
    pictures = albums(photos)

    await stage.driver.text("client", "Здравствуйте!")
    await stage.driver.raw_updates(*(words(CLIENT, number) for number in range(said - 1)))
    sending = asyncio.gather(*(stage.driver.album("florist", album) for album in pictures))
    waits = []
    for _ in range(3):
        waits.append(await board_after(stage))
        await asyncio.sleep(1)
    await sending

    assert max(waits) < in_time()
    await eventually(partial(all_is_taken, stage, photos, said), seconds=PATIENCE, pause=0.2)
    assert await board_after(stage) < in_time()
    assert len(await ever(stage, "florist", "Фото сохранено")) == len(pictures)
    assert len(await ever(stage, "client", "Передано магазину")) == 1
    for person in ("florist", "client"):
        assert await ever(stage, person, "сразу я не разберу") == []


async def follow(stage: Stage, number: str) -> None:
    """The client follows this order by a link, without the taps that give it in life."""
    order, database = await stage.order(number), stage.database()
    async with database.write() as c:
        await links.add(c, order.id, "nonce", "token", a_mark())
        link = await links.of_order(c, order.id)
        assert link is not None
        await links.bind(c, link.id, CLIENT, "ru", datetime.now(UTC))
    await database.close()
    await stage.driver.start("client")


def albums(photos: int) -> list[list[bytes]]:
    """So many photos, ten together, no two alike."""
    colours = iter(range(0x808080, 0xFFFFFF, 9973))
    return [
        [a_picture(size=(320, 240), colour=f"#{next(colours):06x}") for _ in range(10)]
        for _ in range(photos // 10)
    ]


async def all_is_taken(stage: Stage, photos: int, said: int) -> bool:
    """All photos are kept until their order is known, and all that the client said is passed on."""
    database = stage.database()
    async with database.snapshot() as c:
        waiting = await c.scalar(select(func.count()).select_from(waiting_photos))
        passed_on = await c.scalar(select(func.count()).select_from(client_talk))
    await database.close()
    return (waiting, passed_on) == (photos, said)


async def kept(stage: Stage) -> int:
    """How many updates the bot has kept itself."""
    database = stage.database()
    async with database.snapshot() as c:
        found = await c.scalar(select(func.count()).select_from(waiting_updates))
    await database.close()
    return found or 0
