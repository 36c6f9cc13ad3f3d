"""An order that nobody accepts: reminders, the alarm, and silence once somebody has it."""

from __future__ import annotations

import asyncio
import time

import pytest

from orders.model.status import Status
from sandbox.driver import SeenMessage
from tests.scenarios.eyes import ever, shown
from tests.scenarios.stage import Stage

REMINDER = " не принят, осталось "
OVERDUE = " не принят уже "
EARS = (("director", "group"), ("manager", "bot"), ("director", "bot"))
"""Where alarms are shown: the group, managers, directors. Who sits in the group hears them there alone."""


def minutes_ago(minutes: float) -> int:
    """When the client ordered, as the marketplace writes it."""
    return int(time.time() - minutes * 60)


async def alarms(stage: Stage, person: str, number: str, chat: str = "bot") -> list[str]:
    """Which alarms of an order a chat has ever had, oldest first."""
    found = await ever(stage, person, number, chat)
    kinds = {REMINDER: "reminder", OVERDUE: "overdue"}
    return [name for seen in found for words, name in kinds.items() if words in seen.text]


async def overdue_alarm(stage: Stage, person: str, number: str, chat: str, since: int = 0) -> SeenMessage:
    return await stage.driver.wait_message(person, containing=f"{number}{OVERDUE}", chat=chat, since=since)


async def taken_down(stage: Stage, person: str, alarm: SeenMessage, chat: str) -> None:
    """Wait until the alarm is there no more."""
    gone = (alarm.message_id, True)
    await stage.driver.wait_chat(
        person, lambda seen: gone in {(m.message_id, m.deleted) for m in seen.messages}, chat=chat
    )


async def no_alarm(stage: Stage, person: str, chat: str) -> None:
    """Wait until the chat shows no alarm any more."""
    await stage.driver.wait_chat(
        person, lambda seen: not any(OVERDUE in m.text and not m.deleted for m in seen.messages), chat=chat
    )


@pytest.mark.requirement("R2", "R16")
async def test_each_reminder_reaches_more_people_and_the_alarm_all(empty_stage: Stage) -> None:
    stage = empty_stage
    await stage.start_bot(ACCEPT_MINUTES="0.2", ACCEPT_REMINDERS="0.07,0.13")
    await stage.hire("director", "manager", "florist", "courier")
    number = await stage.new_order()

    for person, chat in EARS:
        await overdue_alarm(stage, person, number, chat)

    assert await alarms(stage, "director", number, "group") == ["reminder", "reminder", "overdue"]
    for person in ("manager", "director"):  # edited in place, without a sound
        assert await alarms(stage, person, number) == ["overdue"]


@pytest.mark.requirement("R16")
async def test_without_a_group_the_managers_hear_the_reminders_and_the_directors_the_alarm(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(GROUP_CHAT_ID="", ACCEPT_MINUTES="0.2", ACCEPT_REMINDERS="0.07,0.13")
    await stage.hire("director", "manager")
    number = str((await stage.driver.place_order()).id)

    for person in ("manager", "director"):
        await overdue_alarm(stage, person, number, "bot")
    assert await alarms(stage, "manager", number) == ["reminder", "reminder", "overdue"]
    assert await alarms(stage, "director", number) == ["overdue"]


@pytest.mark.requirement("R16")
async def test_what_a_group_that_threw_the_bot_out_cannot_hear_the_managers_hear(stage: Stage) -> None:
    await stage.driver.kick()
    placed = await stage.driver.place_order(createdDate=minutes_ago(4.8))

    reminder = await stage.driver.wait_message("manager", containing=REMINDER)
    assert str(placed.id) in reminder.text
    assert not reminder.silent
    assert await alarms(stage, "director", str(placed.id)) == []


@pytest.mark.requirement("R16")
async def test_a_reminder_says_until_when_and_what_happens_then(stage: Stage) -> None:
    number = await stage.new_order(createdDate=minutes_ago(5))

    reminder = await stage.driver.wait_message("director", containing=REMINDER, chat="group")

    first, *_, last = reminder.text.splitlines()
    assert first == f"🔴 Заказ {number} не принят, осталось 10 мин"
    assert last.startswith("Примите до ")
    assert "клиент может отменить" in last
    assert reminder.button_texts == ["Принять", "Открыть"]
    assert not reminder.silent


@pytest.mark.requirement("R14", "R16", "R18", "X2", "X14")
async def test_the_overdue_alarm_is_everywhere_sounds_once_and_a_manager_takes_the_order(
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


@pytest.mark.requirement("R16", "R18")
async def test_the_alarm_comes_again_until_somebody_accepts_and_is_taken_down_then(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(ACCEPT_REPEAT_MINUTES="0.03")
    await stage.hire("director", "manager", "florist")
    number = await stage.new_order(createdDate=minutes_ago(15))
    first = await overdue_alarm(stage, "director", number, "group")
    again = await overdue_alarm(stage, "director", number, "group", since=first.event_id)
    assert again.message_id != first.message_id
    assert not again.silent
    await taken_down(stage, "director", first, "group")
    for person in ("manager", "director"):
        await overdue_alarm(stage, person, number, "bot")

    await stage.driver.press_last("manager", "Принять")

    for person, chat in EARS:
        await stage.driver.wait_chat(
            person,
            lambda seen: not any(OVERDUE in m.text and not m.deleted for m in seen.messages),
            chat=chat,
        )
    heard = [await alarms(stage, person, number, chat) for person, chat in EARS]
    later = await stage.new_order("tea", createdDate=minutes_ago(15))
    once = await overdue_alarm(stage, "director", later, "group")
    await overdue_alarm(stage, "director", later, "group", since=once.event_id)
    assert [await alarms(stage, person, number, chat) for person, chat in EARS] == heard


@pytest.mark.requirement("R16", "R18")
async def test_the_alarm_in_the_group_can_be_answered_there(stage: Stage) -> None:
    number = await stage.new_order(createdDate=minutes_ago(15))
    alarm = await overdue_alarm(stage, "manager", number, "group")

    toast = await stage.driver.press("manager", alarm.message_id, "Принять", "group")

    assert (toast.text or "").startswith("Принято")
    assert (await stage.order(number)).status is Status.ACCEPTED


@pytest.mark.requirement("R16", "R21")
async def test_the_alarm_is_taken_down_when_the_client_cancels(stage: Stage) -> None:
    number = await stage.new_order(createdDate=minutes_ago(15))
    for person, chat in EARS:
        await overdue_alarm(stage, person, number, chat)

    await stage.driver.cancel_order(int(number))

    for person, chat in EARS:
        await stage.driver.wait_chat(
            person,
            lambda seen: not any(OVERDUE in m.text and not m.deleted for m in seen.messages),
            chat=chat,
        )
    await stage.card("director", number, "Клиент отменил")


@pytest.mark.requirement("R16", "X3")
async def test_an_order_that_became_overdue_while_the_bot_was_down_is_alarmed_at_once_after_the_start(
    stage: Stage,
) -> None:
    seconds_left = 10  # enough to stop the bot before, on a busy machine too
    created = int(time.time()) - 15 * 60 + seconds_left
    number = await stage.new_order(createdDate=created)
    await stage.card("director", number)
    await stage.kill_bot()
    mark = await stage.driver.mark()
    assert OVERDUE not in "".join(seen.text for seen in await shown(stage, "director", number))
    await asyncio.sleep(max(0, created + 15 * 60 - time.time()))  # the moment itself is what is waited for

    await stage.start_bot()

    for person, chat in EARS:
        alarm = await overdue_alarm(stage, person, number, chat, since=mark)
        assert alarm.silent == (chat == "bot")  # who sits in the group has it silently
    assert (await alarms(stage, "director", number)) == ["overdue"]


@pytest.mark.requirement("R16", "X3")
async def test_reminders_missed_while_the_bot_was_down_reach_all_they_would_have_reached(
    empty_stage: Stage,
) -> None:
    stage = empty_stage
    await stage.start_bot(ACCEPT_REMINDERS="0.03,0.15")
    await stage.hire("director", "manager")
    number = await stage.new_order()
    placed = (await stage.order(number)).placed_at.timestamp()
    await stage.kill_bot()
    mark = await stage.driver.mark()
    await asyncio.sleep(max(0, placed + 9.1 - time.time()))  # the moment itself is what is waited for

    await stage.start_bot()

    await stage.driver.wait_message("manager", containing=f"{number}{REMINDER}", since=mark)
    assert await alarms(stage, "director", number) == []


@pytest.mark.requirement("R16", "X1")
async def test_an_order_that_the_marketplace_could_not_bring_for_long_is_alarmed_at_once(
    stage: Stage,
) -> None:
    await stage.stop_bot()
    placed = await stage.driver.place_order(createdDate=minutes_ago(20))
    assert placed.webhook_status is None
    await stage.start_bot()

    alarm = await overdue_alarm(stage, "manager", str(placed.id), "bot")

    assert "не принят уже 20 мин" in alarm.text


@pytest.mark.requirement("R16", "R78")
async def test_a_limit_that_was_changed_holds_for_orders_that_wait_already(stage: Stage) -> None:
    number = await stage.new_order()
    await stage.stop_bot()

    await stage.start_bot(ACCEPT_MINUTES="0.01", ACCEPT_REMINDERS="")

    alarm = await overdue_alarm(stage, "director", number, "group")
    assert not alarm.silent
