import asyncio
import json

import aiohttp
import pytest

from sandbox.driver.wire import PATIENCE
from sandbox.events import EventLog
from tests.sandbox.tools import DIRECTOR, Json, Sandbox


async def next_events(response: aiohttp.ClientResponse, count: int) -> list[Json]:
    events: list[Json] = []
    async with asyncio.timeout(PATIENCE):
        while len(events) < count:
            line = (await response.content.readline()).decode()
            if line.startswith("data: "):
                events.append(json.loads(line.removeprefix("data: ")))
    return events


async def test_the_stream_tells_what_happens_with_increasing_ids(met: Sandbox) -> None:
    async with met.http.get(f"{met.url}/control/events") as response:
        assert response.content_type == "text/event-stream"
        sent = await met.result("sendMessage", chat_id=DIRECTOR, text="раз")
        await met.result("editMessageText", chat_id=DIRECTOR, message_id=sent["message_id"], text="два")
        await met.result("deleteMessage", chat_id=DIRECTOR, message_id=sent["message_id"])
        await met.people.place_order(deliver="none")
        events = await next_events(response, 4)
    assert [event["type"] for event in events] == ["message", "edited", "deleted", "order"]
    assert [event["id"] - events[0]["id"] for event in events] == [0, 1, 2, 3]
    assert (events[0]["chat"], events[0]["person"], events[0]["message"]["text"]) == (
        "bot",
        "director",
        "раз",
    )
    assert events[3]["order"]["id"] == 25836184


async def test_a_follower_goes_on_where_it_stopped(met: Sandbox) -> None:
    mark = await met.people.mark()
    await met.people.text("director", "раз", "group")
    await met.people.text("director", "два", "group")
    for request in (
        met.http.get(f"{met.url}/control/events", params={"since": mark + 1}),
        met.http.get(f"{met.url}/control/events", headers={"Last-Event-ID": str(mark + 1)}),
    ):
        async with request as response:
            (event,) = await next_events(response, 1)
            assert (event["chat"], event["person"], event["message"]["text"]) == ("group", None, "два")
    async with met.http.get(f"{met.url}/control/events", params={"since": "x"}) as response:
        assert response.status == 400


async def test_a_follower_of_an_earlier_run_is_told_to_look_anew(met: Sandbox) -> None:
    async with met.http.get(f"{met.url}/control/events", params={"since": 10**6}) as response:
        assert (await next_events(response, 1))[0]["type"] == "reset"


async def test_keyboards_and_commands_are_events(met: Sandbox) -> None:
    mark = await met.people.mark()
    await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup={"keyboard": [["Заказы"]]})
    await met.result("setMyCommands", commands=[])
    _, seen = await met.control("GET", f"wait?since={mark}")
    assert [event["type"] for event in seen["events"]] == ["message", "keyboard", "commands"]
    assert seen["events"][1]["reply_keyboard"]["keyboard"] == [[{"text": "Заказы"}]]


async def test_followers_are_let_go_when_the_sandbox_ends() -> None:
    log = EventLog()
    waiting = asyncio.create_task(log.wait(0, 60))
    await asyncio.sleep(0)
    log.close()
    async with asyncio.timeout(PATIENCE):
        assert await waiting == []


async def test_waiting_ends_with_the_first_event_or_empty() -> None:
    log = EventLog()
    assert await log.wait(0, 0.01) == []
    waiting = asyncio.create_task(log.wait(0, 5))
    await asyncio.sleep(0)
    event = log.add("order", {})
    assert await waiting == [event]


async def test_the_driver_waits_for_messages_as_they_come_and_change(met: Sandbox) -> None:
    waiting = asyncio.create_task(met.people.wait_message("director", containing="принят"))
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="Новый заказ")
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await met.result("editMessageText", chat_id=DIRECTOR, message_id=sent["message_id"], text="Заказ принят")
    assert (await waiting).message_id == sent["message_id"]
    mark = await met.people.mark()
    with pytest.raises(AssertionError, match="in vain"):
        await met.people.wait_message("director", containing="принят", since=mark, timeout=0.05)


async def test_a_vain_wait_shows_the_chat_as_it_stands(met: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "Принять", "callback_data": "a"}]]}
    sent = await met.result(
        "sendMessage", chat_id=DIRECTOR, text="Новый\nзаказ", reply_markup=markup, disable_notification=True
    )
    with pytest.raises(AssertionError) as caught:
        await met.people.wait_message("director", containing="Выполнен", timeout=0.05)
    assert str(caught.value) == (
        "waited 0.05 s in vain for a message with 'Выполнен'; the chat of director (bot):\n"
        "[1] Анна: /start\n"
        f"[{sent['message_id']}] Помощник магазина (silent): Новый\n"
        "      заказ\n"
        "      [ Принять ]"
    )
    with pytest.raises(AssertionError, match="no button «Нет» under message"):
        (await met.people.message("director", sent["message_id"])).button("Нет")


async def test_the_driver_waits_for_a_whole_chat(met: Sandbox) -> None:
    waiting = asyncio.create_task(met.people.wait_chat("director", lambda chat: bool(chat.keyboard)))
    await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup={"keyboard": [["Заказы"]]})
    assert (await waiting).keyboard_texts == ["Заказы"]


async def test_the_driver_tells_whether_the_sandbox_is_up(met: Sandbox) -> None:
    assert await met.people.health()
    async with type(met.people)("http://127.0.0.1:1") as nobody:
        assert not await nobody.health()
    with pytest.raises(RuntimeError, match="context manager"):
        await type(met.people)("http://127.0.0.1:1").world()
