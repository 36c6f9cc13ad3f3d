import asyncio
import time

from sandbox.driver.wire import PATIENCE
from tests.sandbox.tools import Json, Sandbox

CONFLICT = {
    "ok": False,
    "error_code": 409,
    "description": "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
}


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_come_until_they_are_confirmed(met: Sandbox) -> None:
    for word in ("раз", "два", "три"):
        await met.people.text("director", word)
    first = await met.result("getUpdates")
    assert texts(first) == ["раз", "два", "три"]
    assert await met.result("getUpdates") == first
    assert texts(await met.result("getUpdates", offset=first[1]["update_id"])) == ["два", "три"]
    assert texts(await met.result("getUpdates", limit=1)) == ["два"]
    assert await met.result("getUpdates", offset=first[2]["update_id"] + 1) == []
    assert [update["update_id"] - first[0]["update_id"] for update in first] == [0, 1, 2]


async def test_a_negative_offset_keeps_only_the_last(met: Sandbox) -> None:
    for word in ("раз", "два", "три"):
        await met.people.text("director", word)
    assert texts(await met.result("getUpdates", offset=-1)) == ["три"]
    assert texts(await met.result("getUpdates")) == ["три"]


async def test_a_long_poll_ends_with_the_first_update(met: Sandbox) -> None:
    poll = asyncio.create_task(met.result("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await met.people.text("director", "привет")
    async with asyncio.timeout(PATIENCE):
        assert texts(await poll) == ["привет"]


async def test_a_long_poll_ends_empty_when_nothing_comes(met: Sandbox) -> None:
    begin = time.monotonic()
    assert await met.result("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - begin < PATIENCE


async def test_a_newer_poll_ends_the_older_one(met: Sandbox) -> None:
    older = asyncio.create_task(met.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(met.call("getUpdates", timeout=20))
    assert await older == CONFLICT
    await met.people.text("director", "привет")
    assert texts((await newer)["result"]) == ["привет"]


async def test_polling_is_refused_while_a_webhook_is_set(met: Sandbox) -> None:
    poll = asyncio.create_task(met.refusal("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await met.result("setWebhook", url="http://127.0.0.1:1/telegram")
    assert await poll == "Conflict: terminated by setWebhook request"
    assert await met.refusal("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await met.result("deleteWebhook")
    assert await met.result("getUpdates") == []


async def test_only_wanted_kinds_come(met: Sandbox) -> None:
    await met.result("getUpdates", allowed_updates=["callback_query"])
    await met.people.text("director", "не нужно")
    assert await met.result("getUpdates") == []
    await met.result("getUpdates", allowed_updates=[])
    await met.people.text("director", "нужно")
    assert texts(await met.result("getUpdates")) == ["нужно"]


async def test_edits_of_people_come_as_edited_message(met: Sandbox) -> None:
    said = await met.people.text("director", "адрес: Лесная 5")
    await met.people.edit("director", said.message_id, "адрес: Лесная 6")
    update = (await met.updates())[-1]["edited_message"]
    assert (update["text"], update["message_id"]) == ("адрес: Лесная 6", said.message_id)
    assert update["edit_date"] >= update["date"]


async def test_in_a_group_the_bot_hears_only_what_is_meant_for_it(met: Sandbox) -> None:
    await met.people.text("director", "просто разговор", "group")
    await met.people.text("director", "/orders", "group")
    await met.people.text("director", "/orders@florist_demo_bot", "group")
    await met.people.text("director", "/orders@other_bot", "group")
    card = await met.result("sendMessage", chat_id=-1005001, text="Новый заказ")
    await met.people.text("florist", "соберу", "group", reply_to=card["message_id"])
    heard = await met.updates()
    assert texts(heard) == ["/orders", "/orders@florist_demo_bot", "соберу"]
    assert heard[-1]["message"]["reply_to_message"]["text"] == "Новый заказ"
    assert heard[-1]["message"]["chat"] == {
        "id": -1005001,
        "type": "group",
        "title": "Цветы на Лесной · заказы",
    }
