import asyncio

import pytest
from aiogram.types import InaccessibleMessage, Message, Update

from sandbox.driver import SeenMessage
from tests.sandbox.tools import DIRECTOR, GROUP, Json, Sandbox, inline

TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def card(met: Sandbox, chat: int = DIRECTOR, text: str = "Новый заказ") -> int:
    markup = inline([("Принять", "accept:1"), ("Отказаться", "decline:1")], [("Открыть", "open:1")])
    return int((await met.result("sendMessage", chat_id=chat, text=text, reply_markup=markup))["message_id"])


async def query_of(met: Sandbox) -> Json:
    update = (await met.updates(timeout=5))[-1]
    query: Json = update["callback_query"]
    return query


async def test_a_press_waits_for_the_answer(met: Sandbox) -> None:
    message_id = await card(met)
    press = asyncio.create_task(met.people.press("director", message_id, "Принять"))
    query = await query_of(met)
    assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == (
        "accept:1",
        DIRECTOR,
        message_id,
    )
    answer = {"callback_query_id": query["id"], "text": "Принято", "show_alert": True}
    assert await met.result("answerCallbackQuery", **answer) is True
    toast = await press
    assert (toast.answered, toast.text, toast.alert) == (True, "Принято", True)


async def test_an_answer_without_text_only_ends_the_waiting(met: Sandbox) -> None:
    press = asyncio.create_task(met.people.press("director", await card(met), (1, 0)))
    query = await query_of(met)
    assert query["data"] == "open:1"
    await met.result("answerCallbackQuery", callback_query_id=query["id"])
    toast = await press
    assert (toast.answered, toast.text) == (True, None)


async def test_an_unanswered_press_stays_unanswered_and_is_shown_as_waiting(met: Sandbox) -> None:
    message_id = await card(met)
    toast = await met.people.press("director", message_id, "Принять", timeout=0.05)
    assert (toast.answered, toast.text, toast.alert) == (False, None, False)
    _, chat = await met.control("GET", "chats/director/bot/messages")
    assert chat["pending"] == [{"message_id": message_id, "callback_data": "accept:1"}]
    assert (await met.control("GET", "chats/florist/bot/messages"))[1]["pending"] == []


async def test_an_answer_is_taken_once_and_for_known_queries_only(met: Sandbox) -> None:
    await met.people.press("director", await card(met), "Принять", timeout=0.01)
    query = await query_of(met)
    await met.result("answerCallbackQuery", callback_query_id=query["id"])
    assert await met.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD
    assert await met.refusal("answerCallbackQuery", callback_query_id="123") == TOO_OLD


async def test_an_answer_that_comes_too_late_is_refused(
    met: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    await met.people.press("director", await card(met), "Принять", timeout=0.01)
    query = await query_of(met)
    monkeypatch.setattr("sandbox.telegram.queries.LIFETIME_SECONDS", 0)
    assert await met.refusal("answerCallbackQuery", callback_query_id=query["id"]) == TOO_OLD


async def test_an_answer_has_at_most_200_characters(met: Sandbox) -> None:
    await met.people.press("director", await card(met), "Принять", timeout=0.01)
    query = await query_of(met)
    params = {"callback_query_id": query["id"]}
    assert (
        await met.refusal("answerCallbackQuery", text="x" * 201, **params) == "Bad Request: MESSAGE_TOO_LONG"
    )
    assert await met.result("answerCallbackQuery", text="x" * 200, **params) is True


async def test_a_button_that_is_not_there_cannot_be_pressed(met: Sandbox) -> None:
    message_id = await card(met)
    with pytest.raises(
        AssertionError, match=r"409 .*no button 'Выполнен'; it has: «Принять», «Отказаться», «Открыть»"
    ):
        await met.people.press("director", message_id, "Выполнен")
    with pytest.raises(AssertionError, match="409"):
        await met.people.press("director", message_id, (5, 5))
    with pytest.raises(AssertionError, match="404 no message 999"):
        await met.people.press("director", 999, "Принять")


async def test_a_stale_button_of_an_edited_or_deleted_message_can_be_pressed(met: Sandbox) -> None:
    message_id = await card(met)
    await met.result("editMessageText", chat_id=DIRECTOR, message_id=message_id, text="Принят")
    with pytest.raises(AssertionError, match="no button 'Принять'; it has: none"):
        await met.people.press("director", message_id, "Принять")
    await met.people.press("director", message_id, "Принять", stale=True, timeout=0.01)
    assert (await query_of(met))["data"] == "accept:1"
    other = await card(met)
    await met.result("deleteMessage", chat_id=DIRECTOR, message_id=other)
    with pytest.raises(AssertionError, match="is deleted"):
        await met.people.press("director", other, "Принять")
    await met.people.press("director", other, "Принять", stale=True, timeout=0.01)
    query = Update.model_validate({"update_id": 1, "callback_query": await query_of(met)}).callback_query
    assert query is not None
    assert isinstance(query.message, InaccessibleMessage)
    assert query.message.message_id == other


async def test_a_forged_callback_carries_any_data(met: Sandbox) -> None:
    message_id = await card(met)
    await met.people.forge(
        "client", (await met.people.messages("client"))[0].message_id, "accept:99", timeout=0.01
    )
    assert (await query_of(met))["data"] == "accept:99"
    await met.people.forge("director", message_id, "мусор", timeout=0.01)
    query = Update.model_validate({"update_id": 1, "callback_query": await query_of(met)}).callback_query
    assert query is not None
    assert isinstance(query.message, Message)


async def test_a_link_button_tells_the_bot_nothing(met: Sandbox) -> None:
    markup = {"inline_keyboard": [[{"text": "Карта", "url": "https://yandex.ru/maps"}]]}
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=markup)
    with pytest.raises(AssertionError, match="opens a link"):
        await met.people.press("director", sent["message_id"], "Карта")


async def test_everybody_in_the_group_can_press(met: Sandbox) -> None:
    message_id = await card(met, GROUP)
    await met.people.press("courier", message_id, "Принять", "group", timeout=0.01)
    query = await query_of(met)
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (1003, GROUP)
    with pytest.raises(AssertionError, match="403 client is not in the group"):
        await met.people.press("client", message_id, "Принять", "group")


async def test_the_newest_message_with_the_button_is_pressed(met: Sandbox) -> None:
    await card(met, text="старый")
    newest = await card(met, text="новый")
    await met.result("sendMessage", chat_id=DIRECTOR, text="без кнопок")
    await met.people.press_last("director", "Принять", timeout=0.05)
    assert (await query_of(met))["message"]["message_id"] == newest


async def test_a_button_that_goes_away_under_the_finger_is_looked_for_anew(met: Sandbox) -> None:
    older, newest = await card(met, text="старый"), await card(met, text="новый")
    looks = 0

    def label(message: SeenMessage) -> str | None:
        nonlocal looks
        looks += 1
        # As if the newer one still had it when it was looked at: the press then finds it gone.
        has_it = "Принять" in message.button_texts or (message.message_id == newest and looks == 1)
        return "Принять" if has_it else None

    await met.result("editMessageText", chat_id=DIRECTOR, message_id=newest, text="занят")
    await met.people.press_newest("director", label, timeout=0.05)
    assert (await query_of(met))["message"]["message_id"] == older
    await met.people.block("director")
    with pytest.raises(AssertionError, match="has blocked the bot"):
        await met.people.press_newest("director", label, timeout=0.05)


async def test_a_toast_is_an_event_for_the_page(met: Sandbox) -> None:
    mark = await met.people.mark()
    await met.people.press("director", await card(met), "Принять", timeout=0.01)
    query = await query_of(met)
    await met.result("answerCallbackQuery", callback_query_id=query["id"], text="Готово")
    _, seen = await met.control("GET", f"wait?since={mark}")
    assert [event["type"] for event in seen["events"]] == ["message", "pressed", "toast"]
    assert (seen["events"][-1]["of"], seen["events"][-1]["text"]) == ("director", "Готово")
