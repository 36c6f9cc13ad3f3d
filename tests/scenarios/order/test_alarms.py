"""An order that nobody accepts: the alarm, who may end it, and silence once somebody has it.

The ladder before it - who hears which reminder, and when - is in tests/services/bell and
tests/orders/schedule.
"""

from __future__ import annotations

import time

import pytest

from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.scenarios.eyes import ever
from tests.scenarios.stage import Stage

OVERDUE = " не принят уже "
EARS = (("director", "group"), ("manager", "bot"), ("director", "bot"))
"""Where alarms are shown: the group, managers, directors. Who sits in the group hears them there alone."""


def minutes_ago(minutes: float) -> int:
    """When the client ordered, as the marketplace writes it."""
    return int(time.time() - minutes * 60)


async def overdue_alarm(stage: Stage, person: str, number: str, chat: str, since: int = 0) -> SeenMessage:
    return await stage.driver.wait_message(person, containing=f"{number}{OVERDUE}", chat=chat, since=since)


async def no_alarm(stage: Stage) -> None:
    """Wait until no chat shows an alarm any more."""
    for person, chat in EARS:
        await stage.driver.wait_chat(
            person,
            lambda seen: not any(OVERDUE in m.text and not m.deleted for m in seen.messages),
            chat=chat,
        )


@pytest.mark.requirement("R14", "R16", "R18", "X14")
async def test_the_overdue_alarm_is_everywhere_sounds_once_and_ends_when_a_chief_takes_the_order(
    stage: Stage,
) -> None:
    number = await stage.new_order(createdDate=minutes_ago(15))

    for person, chat in EARS:
        alarm = await overdue_alarm(stage, person, number, chat)
        assert alarm.text.splitlines()[0] == f"🔴 Заказ {number} не принят уже 15 мин"
        assert "клиент может отменить" in alarm.text
        assert alarm.button_texts == ["Принять", "Открыть"]
        assert alarm.silent == (chat == "bot")  # who sits in the group has it silently
        assert not [secret for secret in ("Лесная ул", "Мария", "Игорь", "+7") if secret in alarm.text]
    await _only_chiefs_take_it_in_the_group(stage, number)
    await _a_manager_takes_it_and_everybody_reads_who(stage, number)

    for person in ("florist", "florist2", "courier"):
        assert await ever(stage, person, number) == []
    await no_alarm(stage)
    await _the_next_one_is_answered_in_the_group(stage)


async def _only_chiefs_take_it_in_the_group(stage: Stage, number: str) -> None:
    alarm = await overdue_alarm(stage, "manager", number, "group")
    for other in ("florist", "stranger"):
        toast = await stage.driver.press(other, alarm.message_id, "Принять", "group")
        assert toast.text
        assert (await stage.order(number)).status is Status.NEW


async def _a_manager_takes_it_and_everybody_reads_who(stage: Stage, number: str) -> None:
    alarm = await overdue_alarm(stage, "manager", number, "bot")
    directors = await stage.card("director", number)

    toast = await stage.driver.press("manager", alarm.message_id, "Принять")

    assert (toast.text or "").startswith("Принято")
    await stage.driver.wait_message("director", containing=", Вера", chat="group")
    assert "Вера" in (await stage.card("director", number, "Принят")).text
    accept = directors.button("Принять").callback_data or ""
    late = await stage.driver.forge("director", directors.message_id, accept)
    assert (late.text or "").startswith("Уже принят: ")
    assert (late.text or "").endswith(", Вера")
    accepted = (await stage.order(number)).progress.accepted
    assert accepted is not None
    assert accepted.name == "Вера"


async def _the_next_one_is_answered_in_the_group(stage: Stage) -> None:
    number = await stage.new_order("tea", createdDate=minutes_ago(15))
    alarm = await overdue_alarm(stage, "manager", number, "group")
    toast = await stage.driver.press("manager", alarm.message_id, "Принять", "group")
    assert (toast.text or "").startswith("Принято")
    assert (await stage.order(number)).status is Status.ACCEPTED
    await no_alarm(stage)


@pytest.mark.requirement("R16", "R78", "X3")
async def test_an_order_that_is_overdue_after_a_power_cut_by_the_limit_of_now_is_alarmed_at_once(
    stage: Stage,
) -> None:
    number = await stage.new_order()
    await stage.card("director", number)
    await stage.kill_bot()
    mark = await stage.driver.mark()
    assert not [seen for seen in await ever(stage, "director", number, "group") if OVERDUE in seen.text]

    await stage.start_bot(ACCEPT_MINUTES="0.01", ACCEPT_REMINDERS="")

    for person, chat in EARS:
        alarm = await overdue_alarm(stage, person, number, chat, since=mark)
        assert alarm.silent == (chat == "bot")  # who sits in the group has it silently
    assert sum(OVERDUE in seen.text for seen in await ever(stage, "director", number)) == 1
