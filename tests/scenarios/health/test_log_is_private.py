"""The log of a whole run: it tells of orders and updates by their ids, and nothing of anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from messages.callbacks.order import Do
from tests.pictures import a_jpeg
from tests.scenarios.stage import STAFF, Stage
from tests.scenarios.steps import force, forge, step, write_answer
from tests.scenarios.trouble import get, in_the_way

WORD = re.compile(r"[^\W\d_]{4,}")
COMMENT = "Отдали вахтёрше Аделаиде Прохоровне из семнадцатой"
COLLEAGUE = "Ксенофонт"
COLLEAGUE_PHONE = "+79031112233"
PROGRAMS_OWN = frozenset(
    {"бот", "update", "http", "https", "bouquet", "flowwow", "none", "true", "false", "orders", "table"}
)
"""Words of the samples that are also words of the program."""


def texts(found: object) -> Iterator[str]:
    """Every text anywhere in a JSON object."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from texts(value)
    elif isinstance(found, list):
        for value in found:
            yield from texts(value)


async def private_words(stage: Stage) -> set[str]:
    """Every Russian word and every phone that a client, a recipient or a colleague brought in."""
    brought = [COMMENT, COLLEAGUE, *(name for _, name in STAFF.values())]
    for person in stage.config.people:
        brought += [person.first_name, person.phone]
    for placed in await stage.driver.orders():
        for part in (
            "user",
            "recipient",
            "address",
            "comment",
            "message",
            "courierInfo",
            "shopAdditionalInfo",
        ):
            brought += texts(placed.order.get(part))
        brought += texts([product["name"] for product in placed.order.get("products") or []])
    words = {word for text in brought for word in WORD.findall(text)}
    phones = {re.sub(r"\D", "", text)[-10:] for text in brought}
    return {word for word in words if word.lower() not in PROGRAMS_OWN} | {
        phone for phone in phones if len(phone) == 10
    }


async def work_a_whole_day(stage: Stage) -> None:
    """All samples, photos, comments, cancellations, refusals, hostile files and troubles."""
    numbers = {name: await stage.new_order(name) for name in await stage.driver.samples()}
    for number in numbers.values():
        await stage.tap("director", number, "Принять")
    first = numbers["bouquet"]
    await step(stage, "director", first, "Назначить сотрудника")
    await stage.choose("director", first, "Оля")
    await stage.driver.text("florist", f"{first} {COMMENT}")
    await stage.driver.photo("florist", a_jpeg(), caption=first)
    await stage.card("florist", first, "Фото")
    await step(stage, "florist", first, "Я доставлю")
    await step(stage, "florist", first, "Выполнен")
    await stage.tap("florist", first, "Другому человеку")
    await stage.tap("florist", first, "Согласовано с клиентом")
    await write_answer(stage, "florist", first, COMMENT)
    await write_answer(stage, "florist", first, COMMENT)
    await stage.driver.cancel_order(int(numbers["hostile"]))
    await stage.driver.wait_message("director", containing=numbers["hostile"])
    await force(stage, "director", first, Do.ACCEPT)
    await forge(stage, "courier", "x:1:" + "я" * 20)
    await stage.driver.document("florist", b"not a picture", name="Аделаида.jpg")
    await stage.driver.wait_message("florist", containing="не открывается как фото")
    await stage.driver.text("manager", COMMENT)
    await stage.driver.contact("stranger")
    await stage.driver.text("director", "Сотрудники")
    await stage.driver.press_last("director", "Добавить сотрудника")
    await stage.driver.text("director", f"{COLLEAGUE_PHONE} {COLLEAGUE}")
    await stage.driver.press_last("director", "Флорист")
    await stage.driver.wait_message("director", containing=COLLEAGUE)


async def meet_troubles(stage: Stage) -> None:
    """What goes wrong is logged with the most words."""
    with in_the_way(stage.folder / "data/photos"):
        await stage.driver.photo("florist", a_jpeg("#123456"), caption=COMMENT)
        await stage.driver.wait_message("florist", containing="Фото не сохранилось")
    await stage.driver.raw_webhook({"uuid": COMMENT, "event": COMMENT, "user": {"name": COLLEAGUE}})
    await stage.driver.raw_webhook(COMMENT)
    await stage.driver.faults(1, marketplace={"500": 1.0})
    await stage.driver.place_order("cake")
    await stage.driver.faults(2, bot_api={"500": 0.3, "429": 0.2})
    for _ in range(3):
        await stage.driver.place_order("plant")
    await stage.driver.text("director", "Заказы")
    await stage.driver.faults()
    await stage.driver.block("florist2")


async def the_figures_name_nobody(stage: Stage) -> None:
    _status, page = await get(stage, "/metrics")
    names = "\n".join(line.rpartition(" ")[0] for line in page.splitlines())  # without the figures themselves
    people = [person.first_name for person in stage.config.people] + [name for _, name in STAFF.values()]
    numbers = [str(placed.id) for placed in await stage.driver.orders()]
    phones = [person.phone for person in stage.config.people]
    for word in (*people, *numbers, *phones, stage.config.bot_token):
        assert word not in names
    for person in stage.config.people:
        assert str(person.id) not in names


@pytest.mark.requirement("R63")
async def test_a_whole_runs_log_holds_ids_and_nobodys_words(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(LOG_LEVEL="debug")
    await stage.hire("director", "manager", "florist", "florist2", "courier")
    await work_a_whole_day(stage)
    await the_figures_name_nobody(stage)
    await meet_troubles(stage)
    await stage.stop_bot()

    log = stage.bot.log
    lowered = log.lower()
    assert [word for word in sorted(await private_words(stage)) if word.lower() in lowered] == []
    for secret in (
        stage.config.bot_token,
        stage.config.marketplace[0].token,
        stage.bot.settings["FLOWWOW_WEBHOOK_SECRET"],
    ):
        assert secret not in log
    assert COLLEAGUE_PHONE[-10:] not in log
    entries = [json.loads(line) for line in log.splitlines()]
    accepted = [entry for entry in entries if entry["event"] == "step_done" and entry["step"] == "accept"]
    assert len(accepted) == len(await stage.driver.samples())
    for entry in accepted:
        assert entry["order_id"] > 0
        assert entry["update_id"] > 0
