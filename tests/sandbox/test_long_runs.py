import asyncio

import pytest

from sandbox.events import EventLog
from sandbox.telegram.chats import KEPT_MARKUPS
from tests.sandbox.tools import CLIENT, DIRECTOR, Sandbox, inline


async def send(met: Sandbox, count: int, chat: int = DIRECTOR) -> list[int]:
    """Send numbered messages and give their ids."""
    sent = [await met.result("sendMessage", chat_id=chat, text=f"№ {number}") for number in range(count)]
    return [message["message_id"] for message in sent]


async def test_a_chat_can_be_looked_at_from_its_end(met: Sandbox) -> None:
    ids = await send(met, 6)
    seen = await met.people.chat("director", last=2)
    assert [message.message_id for message in seen.messages] == ids[-2:]
    assert [message.message_id for message in (await met.people.chat("director")).messages][1:] == ids
    assert (await met.people.chat("director", last=0)).messages == []


async def test_an_old_message_that_changed_belongs_to_the_latest(met: Sandbox) -> None:
    ids = await send(met, 5)
    await met.result("editMessageText", chat_id=DIRECTOR, message_id=ids[0], text="Принят")
    await met.result("deleteMessage", chat_id=DIRECTOR, message_id=ids[1])
    latest = (await met.people.chat("director", last=3)).messages
    assert [(message.message_id, message.deleted) for message in latest] == [
        (ids[0], False),
        (ids[1], True),
        (ids[4], False),
    ]


@pytest.mark.parametrize("wrong", ["-1", "all", ""])
async def test_how_many_messages_is_a_whole_number(met: Sandbox, wrong: str) -> None:
    status, body = await met.control("GET", f"chats/director/bot/messages?last={wrong}")
    assert (status, body["error"]) == (400, "`last` is a whole number")


async def test_a_card_far_back_is_found_when_it_is_edited(met: Sandbox) -> None:
    (card,) = await send(met, 1, CLIENT)
    await send(met, 520, CLIENT)
    waiting = asyncio.create_task(met.people.wait_message("client", containing="Готов"))
    await met.result(
        "editMessageText", chat_id=CLIENT, message_id=card, text="Готов", reply_markup=inline([("Да", "yes")])
    )
    assert (await waiting).message_id == card
    toast = await met.people.press("client", card, "Да", timeout=0.01)
    assert toast.answered is False


async def test_old_keyboards_are_remembered_but_not_all_of_them(met: Sandbox) -> None:
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=inline([("0", "0")]))
    card = sent["message_id"]
    for number in range(1, KEPT_MARKUPS + 2):
        markup = inline([(str(number), str(number))])
        await met.result("editMessageReplyMarkup", chat_id=DIRECTOR, message_id=card, reply_markup=markup)
    await met.people.press("director", card, "1", stale=True, timeout=0.01)
    assert (await met.updates())[-1]["callback_query"]["data"] == "1"
    with pytest.raises(AssertionError, match="has no button '0'"):
        await met.people.press("director", card, "0", stale=True, timeout=0.01)


async def test_old_presses_are_forgotten(met: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=inline([("Да", "yes")]))
    await met.people.press("director", sent["message_id"], "Да", timeout=0.01)
    old = (await met.updates())[-1]["callback_query"]["id"]
    monkeypatch.setattr("sandbox.telegram.queries.LIFETIME_SECONDS", 0.0)
    await met.people.press("director", sent["message_id"], "Да", timeout=0.01)
    monkeypatch.undo()
    assert "query is too old" in await met.refusal("answerCallbackQuery", callback_query_id=old)
    new = (await met.updates())[-1]["callback_query"]["id"]
    assert await met.result("answerCallbackQuery", callback_query_id=new) is True


async def test_a_supergroup_numbers_its_messages_without_gaps(met: Sandbox) -> None:
    moved = await met.people.migrate()
    begin = len(await met.people.messages("director", "group"))
    first = await send(met, 2, moved)
    await met.result("deleteMessage", chat_id=moved, message_id=first[1])
    assert first + await send(met, 1, moved) == [begin + 1, begin + 2, begin + 3]


async def test_the_log_keeps_the_latest_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.events.KEPT_EVENTS", 3)
    log = EventLog()
    for number in range(5):
        log.add("order", {"number": number})
    assert [event.id for event in log.since(0)] == [3, 4, 5]
    assert [event.id for event in await log.wait(4, 0)] == [5]
