import asyncio
import time
from dataclasses import replace

import aiohttp
import pytest
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)

from sandbox.app import make_app
from sandbox.driver import SandboxDriver
from sandbox.driver.wire import PATIENCE
from tests.sandbox.tools import DIRECTOR, Json, Sandbox, eventually, serve

BEFORE = ("429", "500", "502", "timeout_before", "drop_before")
AFTER = ("timeout_after", "drop_after")


async def always(met: Sandbox, fault: str, methods: list[str] | None = None) -> None:
    await met.people.faults(timeout_seconds=0.05, bot_api={fault: 1}, methods=methods)


async def texts(met: Sandbox) -> list[str]:
    return [message.text for message in await met.people.messages("director") if message.from_bot]


async def fates(met: Sandbox, method: str, count: int) -> list[int]:
    """Call a method some times, and give the status of each answer, 0 for none."""
    found = []
    for _ in range(count):
        try:
            async with met.http.post(f"{met.api}/{method}", json={}) as response:
                found.append(response.status)
        except aiohttp.ClientError:
            found.append(0)
    return found


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("429", TelegramRetryAfter, "retry after 1"),
        ("500", TelegramServerError, "Internal Server Error"),
        ("502", ClientDecodeError, "502 Bad Gateway"),
        ("timeout_before", TelegramNetworkError, "ServerDisconnectedError"),
        ("timeout_after", TelegramNetworkError, "ServerDisconnectedError"),
        ("drop_before", TelegramNetworkError, "ServerDisconnectedError"),
        ("drop_after", TelegramNetworkError, "ServerDisconnectedError"),
    ],
)
async def test_aiogram_meets_each_fault_as_its_own_exception(
    met: Sandbox, fault: str, error: type[Exception], words: str
) -> None:
    await always(met, fault)
    with pytest.raises(error, match=words):
        await met.bot.send_message(DIRECTOR, "Новый заказ")
    assert (await met.people.fault_counts()).made["bot_api"] == {fault: {"sendMessage": 1}}


@pytest.mark.parametrize("fault", BEFORE)
async def test_what_fails_before_has_no_effect(met: Sandbox, fault: str) -> None:
    await always(met, fault)
    await fates(met, f"sendMessage?chat_id={DIRECTOR}&text=x", 1)
    assert await texts(met) == []


@pytest.mark.parametrize("fault", AFTER)
async def test_what_fails_after_has_had_its_effect(met: Sandbox, fault: str) -> None:
    await always(met, fault)
    assert await fates(met, f"sendMessage?chat_id={DIRECTOR}&text=x", 1) == [0]
    assert await texts(met) == ["x"]


async def test_a_client_that_gives_up_first_sees_its_own_timeout(met: Sandbox) -> None:
    await met.people.faults(timeout_seconds=20, bot_api={"timeout_after": 1})
    with pytest.raises(TelegramNetworkError, match="timeout"):
        await met.bot.send_message(DIRECTOR, "Новый заказ", request_timeout=1)
    assert await texts(met) == ["Новый заказ"]


async def test_a_connection_hangs_for_the_time_of_the_plan(met: Sandbox) -> None:
    await met.people.faults(timeout_seconds=0.3, bot_api={"timeout_before": 1})
    begin = time.monotonic()
    assert await fates(met, "getMe", 1) == [0]
    assert 0.25 < time.monotonic() - begin < PATIENCE


async def hanging(met: Sandbox) -> asyncio.Task[list[int]]:
    """Begin a call that hangs for a minute."""
    await met.people.faults(timeout_seconds=60, bot_api={"timeout_before": 1})
    task = asyncio.create_task(fates(met, "getMe", 1))

    async def hangs() -> bool:
        return (await met.people.fault_counts()).total == 1

    await eventually(hangs)
    return task


@pytest.mark.parametrize("end", ["faults", "reset"])
async def test_the_end_of_a_plan_lets_go_what_hangs(met: Sandbox, end: str) -> None:
    call = await hanging(met)
    await getattr(met.people, end)()
    async with asyncio.timeout(PATIENCE):
        assert await call == [0]
    assert await fates(met, "getMe", 3) == [200] * 3


async def test_the_sandbox_ends_though_a_call_hangs(met: Sandbox) -> None:
    runner, url = await serve(make_app(met.config))
    async with SandboxDriver(url) as people:
        call = await hanging(replace(met, url=url, people=people))
    async with asyncio.timeout(PATIENCE):
        await runner.cleanup()
        assert await call == [0]


async def test_a_slow_call_is_answered_all_the_same(met: Sandbox) -> None:
    await met.people.faults(bot_api={"slow": 1, "slow_seconds": 0.2})
    begin = time.monotonic()
    assert (await met.bot.send_message(DIRECTOR, "Новый заказ")).text == "Новый заказ"
    assert time.monotonic() - begin > 0.15
    assert (await met.people.fault_counts()).of("bot_api", "slow") == 1


async def test_refusals_look_as_the_real_servers_do(met: Sandbox) -> None:
    await always(met, "500")
    assert await met.call("getMe") == {
        "ok": False,
        "error_code": 500,
        "description": "Internal Server Error",
    }
    await always(met, "429")
    assert (await met.call("getMe"))["parameters"] == {"retry_after": 1}
    await always(met, "502")
    async with met.http.post(f"{met.api}/getMe") as response:
        assert (response.status, response.content_type) == (502, "text/html")


async def test_a_seed_gives_the_same_fates_in_every_run(met: Sandbox) -> None:
    rates = {"500": 0.3, "502": 0.2, "drop_before": 0.1}
    runs = []
    for seed in (1, 1, 2):
        await met.people.faults(seed, bot_api=rates)
        runs.append(await fates(met, "getMe", 40))
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {200, 500, 502, 0}


async def test_other_calls_do_not_change_the_fate_of_a_method(met: Sandbox) -> None:
    await met.people.faults(5, bot_api={"500": 0.5})
    alone = await fates(met, "getMe", 20)
    await met.people.faults(5, bot_api={"500": 0.5})
    mixed = []
    for _ in range(20):
        await fates(met, "getWebhookInfo", 1)
        mixed += await fates(met, "GETME", 1)
    assert mixed == alone


async def test_the_share_of_faults_is_about_the_one_planned(met: Sandbox) -> None:
    await met.people.faults(3, bot_api={"500": 0.2})
    found = await fates(met, "getMe", 300)
    assert 35 < found.count(500) < 85
    assert (await met.people.fault_counts()).of("bot_api") == found.count(500)


async def test_only_the_named_methods_meet_faults(met: Sandbox) -> None:
    await always(met, "500", methods=["sendmessage"])
    assert await fates(met, "getMe", 1) == [200]
    assert await fates(met, "sendMessage", 1) == [500]


@pytest.mark.parametrize(("methods", "status"), [(None, 200), (["getUpdates"], 500), (["*"], 500)])
async def test_polling_meets_faults_only_when_it_is_named(
    met: Sandbox, methods: list[str] | None, status: int
) -> None:
    await always(met, "500", methods=methods)
    assert await fates(met, "getUpdates", 1) == [status]


async def test_updates_of_a_lost_poll_come_again(met: Sandbox) -> None:
    await met.people.text("director", "привет")
    await always(met, "drop_after", methods=["getUpdates"])
    assert await fates(met, "getUpdates", 2) == [0, 0]
    await met.people.faults()
    assert [update["message"]["text"] for update in await met.updates()] == ["привет"]


async def test_a_wrong_token_stays_unauthorized(met: Sandbox) -> None:
    await always(met, "500")
    async with met.http.get(f"{met.url}/bot1:wrong/getMe") as response:
        assert response.status == 401
    assert (await met.people.fault_counts()).total == 0


async def test_a_fault_after_counts_against_the_limits_and_one_before_does_not(met: Sandbox) -> None:
    for fault, counted in (("500", 0), ("drop_after", 1)):
        await met.people.limits()
        await always(met, fault)
        await fates(met, f"sendMessage?chat_id={DIRECTOR}&text=x", 1)
        assert (await met.people.limit_counts()).counted == counted


async def test_a_plan_is_shown_and_ends_with_a_reset(met: Sandbox) -> None:
    await met.people.faults(9, bot_api={"500": 0.25}, methods=["sendMessage"])
    _, shown = await met.control("GET", "faults")
    assert (shown["plan"]["seed"], shown["plan"]["bot_api"]["500"], shown["plan"]["methods"]) == (
        9,
        0.25,
        ["sendMessage"],
    )
    await met.people.reset()
    _, shown = await met.control("GET", "faults")
    assert shown["plan"]["bot_api"]["500"] == 0
    assert shown["made"] == {"bot_api": {}, "updates": {}, "marketplace": {}, "webhooks": {}}


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        ({"bot_api": {"500": 1.5}}, "bot_api.500: Input should be less than or equal to 1"),
        ({"bot_api": {"500": 0.6, "slow": 0.6}}, "the shares together are more than 1"),
        ({"updates": {"lost": 0.1}}, "updates.lost"),
        ({"weather": {}}, "weather"),
        ({"timeout_seconds": -1}, "timeout_seconds"),
    ],
)
async def test_a_wrong_plan_is_refused_with_the_reason(met: Sandbox, plan: Json, words: str) -> None:
    status, body = await met.control("POST", "faults", plan)
    assert status == 400
    assert words in body["error"]
