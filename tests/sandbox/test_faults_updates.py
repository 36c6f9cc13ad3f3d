import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message
from aiogram.utils.backoff import BackoffConfig

from sandbox.driver.wire import PATIENCE
from tests.sandbox.tools import Json, Receiver, Sandbox, eventually

WORDS = ("раз", "два", "три")


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def say(met: Sandbox, *words: str) -> None:
    for word in words:
        await met.people.text("director", word)


async def test_a_doubled_update_comes_again_after_it_was_confirmed(met: Sandbox) -> None:
    await met.people.faults(updates={"double": 1})
    await say(met, "раз")
    (first,) = await met.result("getUpdates")
    assert await met.result("getUpdates") == [first]
    assert await met.result("getUpdates", offset=first["update_id"] + 1) == [first]
    assert await met.result("getUpdates", offset=first["update_id"] + 1) == []
    assert (await met.people.fault_counts()).made["updates"] == {"double": {"message": 1}}


async def test_a_doubled_update_stands_before_what_is_new(met: Sandbox) -> None:
    await met.people.faults(updates={"double": 1})
    await say(met, "раз")
    (first,) = await met.result("getUpdates")
    await met.people.faults()
    await say(met, "два", "три")
    assert texts(await met.result("getUpdates", offset=first["update_id"] + 1)) == ["раз", "два", "три"]
    assert texts(await met.result("getUpdates", offset=first["update_id"] + 1, limit=1)) == ["два"]


async def test_a_waiting_poll_gets_the_repeat_at_once(met: Sandbox) -> None:
    await met.people.faults(updates={"double": 1})
    await say(met, "раз")
    (first,) = await met.result("getUpdates")
    async with asyncio.timeout(PATIENCE):
        assert await met.result("getUpdates", offset=first["update_id"] + 1, timeout=20) == [first]


async def test_an_update_that_is_put_off_changes_places_with_the_next(met: Sandbox) -> None:
    await met.people.faults(updates={"reorder": 1, "late_seconds": 20})
    await say(met, "раз")
    assert await met.result("getUpdates") == []
    assert (await met.result("getWebhookInfo"))["pending_update_count"] == 1
    assert (await met.people.fault_counts()).of("updates", "reorder") == 1
    await met.people.faults()
    await say(met, "два", "три")
    batch = await met.result("getUpdates")
    assert texts(batch) == ["два", "раз", "три"]
    assert [update["update_id"] - batch[1]["update_id"] for update in batch] == [1, 0, 2]
    assert await met.result("getUpdates") == batch
    assert await met.result("getUpdates", offset=batch[2]["update_id"] + 1) == []


async def test_an_update_that_no_other_follows_comes_late(met: Sandbox) -> None:
    await met.people.faults(updates={"reorder": 1, "late_seconds": 0.1})
    await say(met, "раз")
    assert await met.result("getUpdates") == []
    async with asyncio.timeout(PATIENCE):
        assert texts(await met.result("getUpdates", timeout=20)) == ["раз"]


async def test_updates_put_off_one_after_another_all_come(met: Sandbox) -> None:
    await met.people.faults(updates={"reorder": 1, "late_seconds": 0.05})
    await say(met, *WORDS)

    async def all_there() -> bool:
        return texts(await met.result("getUpdates")) == list(WORDS)

    await eventually(all_there)


async def test_a_reset_forgets_what_is_doubled_or_put_off(met: Sandbox) -> None:
    await met.people.faults(updates={"double": 0.5, "reorder": 0.5})
    await say(met, *WORDS)
    await met.result("getUpdates")
    await met.people.reset()
    assert await met.result("getUpdates", offset=1) == []


async def test_a_webhook_gets_doubled_and_exchanged_updates_too(met: Sandbox, receiver: Receiver) -> None:
    await met.people.faults(updates={"reorder": 1, "late_seconds": 20})
    await say(met, "раз")
    await met.people.faults(updates={"double": 1})
    await say(met, "два")
    await met.people.faults()
    await say(met, "три")
    await met.result("setWebhook", url=f"{receiver.url}/telegram")
    got = [json.loads(request.body) for request in await receiver.wait_for(4)]
    assert texts(got) == ["два", "два", "раз", "три"]
    assert got[0] == got[1]

    async def nothing_waits() -> bool:
        return bool((await met.result("getWebhookInfo"))["pending_update_count"] == 0)

    await eventually(nothing_waits)


@pytest.fixture
async def heard(sandbox: Sandbox) -> AsyncIterator[list[str]]:
    """What a real bot hears while it polls."""
    dispatcher, words = Dispatcher(), list[str]()

    @dispatcher.message()
    async def hear(message: Message) -> None:
        words.append(message.text or "")

    bot = Bot(sandbox.config.bot_token, session=sandbox.bot.session)
    quick = BackoffConfig(min_delay=0.01, max_delay=0.02, factor=1.1, jitter=0)
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, backoff_config=quick))
    yield words
    await dispatcher.stop_polling()
    await polling


async def test_a_real_bot_hears_everything_in_spite_of_all(sandbox: Sandbox, heard: list[str]) -> None:
    said = [f"слово {number}" for number in range(60)]
    await sandbox.people.faults(
        7,
        timeout_seconds=0.02,
        methods=["getUpdates"],
        bot_api={"drop_before": 0.05, "drop_after": 0.1},
        updates={"double": 0.2, "reorder": 0.2, "late_seconds": 0.05},
    )
    await say(sandbox, *said)
    doubled = (await sandbox.people.fault_counts()).of("updates", "double")
    assert doubled > 3
    await sandbox.people.faults()

    async def everything() -> bool:
        return set(heard) == set(said) and len(heard) >= len(said) + doubled

    await eventually(everything)
