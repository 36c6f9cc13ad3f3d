"""Ephemeral messages: one member of a group sees them, for a tap of the last 15 s."""

import asyncio

import pytest

from tests.sandbox.test_presses import TOO_OLD, card, query_of
from tests.sandbox.tools import DIRECTOR, FLORIST, GROUP, Json, Sandbox, inline

CLIENT_OUTSIDE = 1004
REFUSED = "Bad Request: "


async def tapped(met: Sandbox) -> str:
    """The director has tapped a button in the group: the id of the query."""
    await met.people.press("director", await card(met, GROUP), "Открыть", "group", timeout=0.01)
    return str((await query_of(met))["id"])


def only_for(person: int, query: str | None = None, **more: object) -> Json:
    asked = {"receiver_user_id": person, "callback_query_id": query, **more}
    return {name: value for name, value in asked.items() if value is not None}


async def whispered(met: Sandbox, query: str, **more: object) -> Json:
    parameters = only_for(DIRECTOR, query)
    message: Json = await met.result(
        "sendMessage", chat_id=GROUP, text="Лесная 5", ephemeral_message_parameters=parameters, **more
    )
    return message


async def refused(met: Sandbox, parameters: object, chat: int = GROUP) -> str:
    said = await met.refusal("sendMessage", chat_id=chat, text="x", ephemeral_message_parameters=parameters)
    return said.removeprefix(REFUSED)


async def texts(met: Sandbox, person: str) -> list[str]:
    return [one.text for one in await met.people.messages(person, "group") if not one.deleted]


async def test_only_its_receiver_sees_it(met: Sandbox) -> None:
    message = await whispered(met, await tapped(met))
    assert (message["message_id"], message["ephemeral_message_id"]) == (0, 1)
    assert message["receiver_user"]["id"] == DIRECTOR
    assert await texts(met, "director") == ["Новый заказ", "Лесная 5"]
    assert await texts(met, "florist") == ["Новый заказ"]
    [seen] = [one for one in await met.people.messages("director", "group") if one.receiver]
    assert seen.receiver == "director"
    status, _ = await met.control("GET", f"chats/florist/group/messages/{seen.message_id}")
    assert status == 404


async def test_it_needs_a_tap_of_this_very_person_in_this_chat(met: Sandbox) -> None:
    query = await tapped(met)
    assert await refused(met, only_for(FLORIST, query)) == "query is too old or query ID is invalid"
    assert await refused(met, only_for(DIRECTOR, "7")) == "query is too old or query ID is invalid"
    assert await refused(met, only_for(CLIENT_OUTSIDE, query)) == (
        "receiver of the ephemeral message not found"
    )
    assert await refused(met, only_for(DIRECTOR, query), DIRECTOR) == (
        "ephemeral messages can be sent only to groups and supergroups"
    )
    assert await refused(met, [1]) == "object expected as ephemeral message parameters"
    assert await texts(met, "director") == ["Новый заказ"]


async def test_without_a_tap_only_an_administrator_sends_one(met: Sandbox) -> None:
    assert (await refused(met, only_for(DIRECTOR))).startswith("not enough rights")


async def test_the_tap_may_be_15_seconds_old_at_most(met: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    query = await tapped(met)
    await met.result("answerCallbackQuery", callback_query_id=query)
    await whispered(met, query)  # an answered tap counts as well
    monkeypatch.setattr("sandbox.telegram.queries.EPHEMERAL_SECONDS", 0)
    assert await refused(met, only_for(DIRECTOR, query)) == "query is too old or query ID is invalid"


async def test_it_is_edited_and_deleted_by_methods_of_its_own(met: Sandbox) -> None:
    await whispered(met, await tapped(met))
    named = {"chat_id": GROUP, "receiver_user_id": DIRECTOR, "ephemeral_message_id": 1}
    edit = {**named, "text": "Лесная 7", "reply_markup": inline([("Закрыть", "close")])}
    assert await met.result("editEphemeralMessageText", **edit) is True
    assert (await met.refusal("editEphemeralMessageText", **edit)).startswith(
        "Bad Request: message is not modified"
    )
    assert (await texts(met, "director"))[-1] == "Лесная 7"
    for wrong in ({"receiver_user_id": FLORIST}, {"ephemeral_message_id": 9}):
        said = await met.refusal("deleteEphemeralMessage", **{**named, **wrong})
        assert said == "Bad Request: ephemeral message to delete not found"
    assert await met.refusal("editMessageText", chat_id=GROUP, message_id=0, text="x") == (
        "Bad Request: message identifier is not specified"
    )
    assert await met.refusal("deleteMessage", chat_id=GROUP, message_id=-1) == (
        "Bad Request: message identifier is not specified"
    )
    assert await met.result("deleteEphemeralMessage", **named) is True
    assert await texts(met, "director") == ["Новый заказ"]


async def test_its_buttons_are_its_receivers(met: Sandbox) -> None:
    markup = inline([("Закрыть", "close")])
    await whispered(met, await tapped(met), reply_markup=markup)
    [seen] = [one for one in await met.people.messages("director", "group") if one.receiver]
    with pytest.raises(AssertionError, match="no message"):
        await met.people.press("florist", seen.message_id, "Закрыть", "group")
    press = asyncio.create_task(met.people.press("director", seen.message_id, "Закрыть", "group"))
    query = await query_of(met)
    assert (query["message"]["message_id"], query["message"]["ephemeral_message_id"]) == (0, 1)
    replacing = only_for(DIRECTOR, query["id"], replace_callback_query_message=True)
    assert await refused(met, replacing) == "an ephemeral message can't be replaced by another one"
    await met.result("answerCallbackQuery", callback_query_id=query["id"])
    assert (await press).answered


async def test_a_tap_may_be_answered_by_a_link_to_the_bot_itself_only(met: Sandbox) -> None:
    press = asyncio.create_task(met.people.press("director", await card(met, GROUP), "Открыть", "group"))
    query = (await query_of(met))["id"]
    for url in ("https://example.com", "https://t.me/other_bot?start=o1", "https://t.me/florist_demo_bot"):
        said = await met.refusal("answerCallbackQuery", callback_query_id=query, url=url)
        assert said == "Bad Request: URL_INVALID"
    link = f"https://t.me/{met.config.bot_username}?start=o1"
    await met.result("answerCallbackQuery", callback_query_id=query, url=link)
    assert (await press).url == link
    assert await met.refusal("answerCallbackQuery", callback_query_id=query, url=link) == TOO_OLD


async def test_an_older_server_shows_to_everybody_what_was_meant_for_one(met: Sandbox) -> None:
    """Unknown fields are passed over: the reason why nothing personal may be in such a call."""
    query = await tapped(met)
    await met.people.lacks("ephemeral", refused=False)
    message = await whispered(met, query)
    assert message["message_id"] > 0
    assert "ephemeral_message_id" not in message
    assert await texts(met, "florist") == ["Новый заказ", "Лесная 5"]
    assert await met.refusal("deleteEphemeralMessage", chat_id=GROUP) == "Not Found: method not found"


async def test_an_older_server_refuses_what_it_is_told_to_refuse(met: Sandbox) -> None:
    await met.people.lacks("style", "tg-time", "force_reply", "disabled")
    button: Json = {"text": "x", "callback_data": "y"}
    timed = '<tg-time unix="1" format="r">1</tg-time>'
    calls: dict[str, Json] = {
        "style": {"reply_markup": {"inline_keyboard": [[{**button, "style": "danger"}]]}},
        "force_reply": {"reply_markup": {"inline_keyboard": [[button]], "force_reply": True}},
        "Text buttons": {"reply_markup": {"inline_keyboard": [[{"text": "x", "disabled": {}}]]}},
        "tg-time": {"text": timed, "parse_mode": "HTML"},
    }
    for words, call in calls.items():
        assert words in await met.refusal("sendMessage", **{"chat_id": DIRECTOR, "text": "x", **call})
    await met.people.lacks("style", "tg-time", "force_reply", refused=False)
    for words, call in calls.items():
        if words != "Text buttons":
            sent = await met.result("sendMessage", **{"chat_id": DIRECTOR, "text": "x", **call})
            assert words not in str(sent)
            assert "date_time" not in str(sent)
