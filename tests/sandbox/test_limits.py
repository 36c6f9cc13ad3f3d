from collections.abc import Callable

import pytest
from aiogram.exceptions import TelegramRetryAfter
from aiogram.types import BufferedInputFile
from aiohttp import web

from sandbox.config import Limits, SandboxConfig
from tests.sandbox.tools import (
    CLIENT,
    DIRECTOR,
    FLORIST,
    GROUP,
    HandClock,
    Json,
    Receiver,
    Sandbox,
    picture,
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def configure() -> Callable[[SandboxConfig], SandboxConfig]:
    return lambda config: config.model_copy(update={"limits": Limits(bot_per_second=7)})


@pytest.fixture
async def free(met: Sandbox) -> Sandbox:
    """A sandbox without the limit that this module's configuration has."""
    await met.people.limits()
    return met


async def send(met: Sandbox, chat: int = DIRECTOR) -> Json:
    return await met.call("sendMessage", chat_id=chat, text="Новый заказ")


def _photo() -> BufferedInputFile:
    return BufferedInputFile(picture(), "a.jpg")


async def retry_after(met: Sandbox, chat: int = DIRECTOR) -> int | None:
    """Send, and give the seconds to wait, None when it passed."""
    answer = await send(met, chat)
    return None if answer["ok"] else int(answer["parameters"]["retry_after"])


async def test_without_limits_everything_passes_and_is_counted(free: Sandbox) -> None:
    assert [await retry_after(free) for _ in range(40)] == [None] * 40
    counts = await free.people.limit_counts()
    assert (counts.counted, counts.refused, counts.counted_by_chat) == (40, 0, {DIRECTOR: 40})


async def test_a_second_message_within_a_second_is_refused_and_nothing_is_done(
    free: Sandbox, clock: HandClock
) -> None:
    await free.people.limits(chat_per_second=1)
    assert (await send(free))["ok"] is True
    clock.now += 0.75
    assert await send(free) == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
    assert [message.from_bot for message in await free.people.messages("director")] == [False, True]


async def test_exactly_a_second_later_the_next_message_passes(free: Sandbox, clock: HandClock) -> None:
    await free.people.limits(chat_per_second=1)
    for _ in range(5):
        assert await retry_after(free) is None
        clock.now += 1


async def test_a_call_before_the_wait_is_over_is_refused_again(free: Sandbox, clock: HandClock) -> None:
    await free.people.limits(chat_per_second=1)
    await send(free)
    clock.now += 0.75
    assert await retry_after(free) == 1
    clock.now += 0.5  # the window is open again, but the wait that was told is not over
    assert await retry_after(free) == 1
    clock.now += 0.5
    assert await retry_after(free) is None


async def test_other_chats_do_not_wait_for_one(free: Sandbox) -> None:
    await free.people.limits(chat_per_second=1)
    assert [await retry_after(free) for _ in range(2)] == [None, 1]
    assert await retry_after(free, FLORIST) is None


async def test_the_limit_over_all_chats_counts_every_chat(free: Sandbox, clock: HandClock) -> None:
    await free.people.limits(bot_per_second=3)
    for chat in (DIRECTOR, FLORIST, GROUP):
        assert await retry_after(free, chat) is None
        clock.now += 0.25
    assert await retry_after(free, CLIENT) == 1
    clock.now += 1
    assert await retry_after(free, CLIENT) is None


async def test_a_group_has_its_limit_in_a_sliding_minute(free: Sandbox, clock: HandClock) -> None:
    await free.people.limits(30, 1, 3)
    for _ in range(3):
        assert await retry_after(free, GROUP) is None
        clock.now += 10.5
    assert await retry_after(free, GROUP) == 29  # the first left the minute at 60, now is 31.5
    assert await retry_after(free, DIRECTOR) is None
    clock.now += 29
    assert [await retry_after(free, GROUP) for _ in range(2)] == [None, 10]


async def test_edits_copies_and_forwards_count_as_messages(free: Sandbox) -> None:
    message_id = (await send(free))["result"]["message_id"]
    here = {"chat_id": DIRECTOR, "message_id": message_id}
    await free.result("editMessageText", **here, text="Принят")
    await free.result(
        "editMessageReplyMarkup",
        **here,
        reply_markup={"inline_keyboard": [[{"text": "a", "url": "https://flowwow.com"}]]},
    )
    await free.result("copyMessage", **here, from_chat_id=DIRECTOR)
    await free.result("forwardMessage", **here, from_chat_id=DIRECTOR)
    await free.result("sendLocation", chat_id=DIRECTOR, latitude=55.7, longitude=37.6)
    assert (await free.people.limit_counts()).counted == 6


async def test_what_writes_nothing_does_not_count(free: Sandbox) -> None:
    message_id = (await send(free))["result"]["message_id"]
    here = {"chat_id": DIRECTOR, "message_id": message_id}
    await free.result("sendChatAction", chat_id=DIRECTOR, action="typing")
    await free.result("getChat", chat_id=DIRECTOR)
    await free.result("pinChatMessage", **here)
    await free.result("deleteMessage", **here)
    assert (await free.people.limit_counts()).counted == 1


async def test_each_message_of_an_album_counts(free: Sandbox, clock: HandClock) -> None:
    sent = await free.bot.send_photo(DIRECTOR, _photo())
    assert sent.photo
    media = [{"type": "photo", "media": sent.photo[-1].file_id}] * 3
    await free.people.limits(bot_per_second=4)
    album = {"chat_id": DIRECTOR, "media": media}
    assert len(await free.result("sendMediaGroup", **album)) == 3
    assert await free.refusal("sendMediaGroup", **album) == "Too Many Requests: retry after 1"
    clock.now += 1
    assert [await retry_after(free) for _ in range(2)] == [None, None]
    assert (await free.call("sendMediaGroup", **album))["ok"] is False
    assert (await free.people.limit_counts()).counted_by_chat == {DIRECTOR: 5}


async def test_an_album_larger_than_the_limit_passes_when_nothing_else_does(
    free: Sandbox, clock: HandClock
) -> None:
    sent = await free.bot.send_photo(DIRECTOR, _photo())
    assert sent.photo
    album = {"chat_id": DIRECTOR, "media": [{"type": "photo", "media": sent.photo[-1].file_id}] * 2}
    await free.people.limits(chat_per_second=1)
    await send(free)
    assert (await free.call("sendMediaGroup", **album))["parameters"] == {"retry_after": 1}
    clock.now += 1
    await free.result("sendMediaGroup", **album)
    assert await retry_after(free) == 1


async def test_a_chat_that_is_not_there_is_refused_as_such(free: Sandbox) -> None:
    await free.people.limits(bot_per_second=1)
    for _ in range(2):
        assert await free.refusal("sendMessage", chat_id=77, text="x") == "Bad Request: chat not found"
    assert (await free.people.limit_counts()).counted == 0


async def test_a_call_in_the_answer_of_a_webhook_counts_too(free: Sandbox, receiver: Receiver) -> None:
    await free.people.limits(chat_per_second=1)
    call = {"method": "sendMessage", "chat_id": DIRECTOR, "text": "ответ"}
    receiver.answers = [web.json_response(call), web.json_response(call)]
    await free.result("setWebhook", url=f"{receiver.url}/telegram")
    for word in ("раз", "два", "три"):
        await free.people.text("director", word)
    await receiver.wait_for(3)
    counts = await free.people.limit_counts()
    assert (counts.counted_by_chat, counts.refused_by_chat) == ({DIRECTOR: 1}, {DIRECTOR: 1})


async def test_aiogram_learns_how_long_to_wait(free: Sandbox) -> None:
    await free.people.limits(group_per_minute=1)
    await free.bot.send_message(GROUP, "раз")
    with pytest.raises(TelegramRetryAfter) as caught:
        await free.bot.send_message(GROUP, "два")
    assert caught.value.retry_after == 60


async def test_counts_tell_of_every_chat_since_the_limits_were_set(free: Sandbox) -> None:
    await free.people.limits(chat_per_second=1)
    for chat in (DIRECTOR, DIRECTOR, DIRECTOR, GROUP):
        await send(free, chat)
    counts = await free.people.limit_counts()
    assert (counts.counted, counts.counted_by_chat) == (2, {DIRECTOR: 1, GROUP: 1})
    assert (counts.refused, counts.refused_by_chat) == (2, {DIRECTOR: 2})
    await free.people.limits(chat_per_second=1)
    assert (await free.people.limit_counts()).counted == 0
    assert await retry_after(free) is None


async def test_limits_can_be_configured_and_a_reset_brings_those_back(met: Sandbox) -> None:
    assert [await retry_after(met) for _ in range(8)] == [None] * 7 + [1]
    await met.people.limits()
    await met.people.reset()
    _, shown = await met.control("GET", "limits")
    assert shown == {
        "limits": {"bot_per_second": 7, "chat_per_second": None, "group_per_minute": None},
        "counted": {"all": 0, "chats": {}},
        "refused": {"all": 0, "chats": {}},
    }


@pytest.mark.parametrize("wrong", [{"bot_per_second": 0}, {"bot_per_second": "many"}, {"per_day": 5}])
async def test_wrong_limits_are_refused_by_name(met: Sandbox, wrong: Json) -> None:
    status, body = await met.control("POST", "limits", wrong)
    assert status == 400
    assert next(iter(wrong)) in body["error"]
    assert (await met.control("GET", "limits"))[1]["limits"]["bot_per_second"] == 7


async def test_a_supergroup_has_the_limit_of_a_group(free: Sandbox) -> None:
    moved = await free.people.migrate()
    await free.people.limits(30, 1, 2)
    assert [await retry_after(free, moved) for _ in range(3)] == [None, None, 60]
