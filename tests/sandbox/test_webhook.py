import json

import pytest
from aiohttp import web

from tests.sandbox.tools import DIRECTOR, Receiver, Sandbox, eventually

SECRET = "s3cret-Token_1"


async def set_webhook(met: Sandbox, receiver: Receiver, **params: object) -> None:
    await met.result("setWebhook", url=f"{receiver.url}/telegram", secret_token=SECRET, **params)


async def pending(met: Sandbox) -> int:
    return int((await met.result("getWebhookInfo"))["pending_update_count"])


async def until_nothing_waits(met: Sandbox) -> None:
    async def nothing() -> bool:
        return await pending(met) == 0

    await eventually(nothing)


async def test_updates_are_brought_in_order_with_the_secret(met: Sandbox, receiver: Receiver) -> None:
    await set_webhook(met, receiver)
    for word in ("раз", "два", "три"):
        await met.people.text("director", word)
    got = await receiver.wait_for(3)
    assert [json.loads(request.body)["message"]["text"] for request in got] == ["раз", "два", "три"]
    assert {request.headers["X-Telegram-Bot-Api-Secret-Token"] for request in got} == {SECRET}
    await until_nothing_waits(met)


async def test_an_update_comes_again_until_it_is_taken(
    met: Sandbox, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.telegram.webhook.FIRST_PAUSE", 0.01)
    receiver.answers = [web.Response(status=500), web.Response(status=403)]
    await set_webhook(met, receiver)
    await met.people.text("director", "раз")
    await met.people.text("director", "два")
    got = await receiver.wait_for(4)
    assert [json.loads(request.body)["message"]["text"] for request in got] == ["раз", "раз", "раз", "два"]
    info = await met.result("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 403"


async def test_an_unreachable_webhook_keeps_its_updates(met: Sandbox) -> None:
    await met.result("setWebhook", url="http://127.0.0.1:1/telegram")
    await met.people.text("director", "раз")

    async def failed() -> bool:
        return "last_error_message" in await met.result("getWebhookInfo")

    await eventually(failed)
    assert await pending(met) == 1
    await met.result("deleteWebhook")
    assert len(await met.updates()) == 1


async def test_waiting_updates_can_be_dropped(met: Sandbox, receiver: Receiver) -> None:
    await met.people.text("director", "старое")
    await set_webhook(met, receiver, drop_pending_updates=True, max_connections=1)
    await met.people.text("director", "новое")
    got = await receiver.wait_for(1)
    assert json.loads(got[0].body)["message"]["text"] == "новое"
    assert (await met.result("getWebhookInfo"))["max_connections"] == 1
    await met.result("deleteWebhook")
    await met.people.text("director", "ещё")
    await met.result("deleteWebhook", drop_pending_updates=True)
    assert await met.updates() == []


async def test_an_answer_may_carry_a_call(met: Sandbox, receiver: Receiver) -> None:
    receiver.answers = [
        web.json_response({"method": "sendMessage", "chat_id": DIRECTOR, "text": "ответ вебхуком"}),
        web.json_response({"method": "sendMessage", "chat_id": DIRECTOR, "text": ""}),
        web.Response(text="ok"),
    ]
    await set_webhook(met, receiver)
    for word in ("раз", "два", "три"):
        await met.people.text("director", word)
    await receiver.wait_for(3)
    assert (await met.people.wait_message("director", containing="ответ вебхуком")).from_bot
    await until_nothing_waits(met)


async def test_a_webhook_needs_a_proper_url_and_secret(sandbox: Sandbox) -> None:
    assert await sandbox.refusal("setWebhook", url="ftp://example.com/x") == (
        "Bad Request: invalid webhook URL specified: Unsupported URL protocol"
    )
    for secret in ("с кириллицей", "a" * 257):
        assert await sandbox.refusal("setWebhook", url="http://127.0.0.1:1/x", secret_token=secret) == (
            "Bad Request: secret token contains unallowed characters"
        )


async def test_an_empty_url_ends_the_webhook(met: Sandbox, receiver: Receiver) -> None:
    await set_webhook(met, receiver)
    await met.result("setWebhook", url="")
    assert (await met.result("getWebhookInfo"))["url"] == ""
    await met.people.text("director", "раз")
    assert len(await met.updates()) == 1
    assert receiver.got == []
