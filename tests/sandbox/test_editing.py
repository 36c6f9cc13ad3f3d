import pytest

from tests.sandbox.tools import DIRECTOR, GROUP, Sandbox, inline

KEYBOARD = inline([("Принять", "accept"), ("Открыть", "open")])
NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


async def sent_card(met: Sandbox, **params: object) -> int:
    sent = await met.result(
        "sendMessage", chat_id=DIRECTOR, text="Новый", **{"reply_markup": KEYBOARD, **params}
    )
    return int(sent["message_id"])


async def test_an_edit_changes_text_and_takes_the_buttons_away(met: Sandbox) -> None:
    card = await sent_card(met)
    edited = await met.result("editMessageText", chat_id=DIRECTOR, message_id=card, text="Принят")
    assert (edited["text"], "edit_date" in edited, "reply_markup" in edited) == ("Принят", True, False)
    seen = await met.people.message("director", card)
    assert (seen.text, seen.buttons, seen.edit_date is not None) == ("Принят", [], True)


async def test_the_same_content_is_not_modified(met: Sandbox) -> None:
    card = await sent_card(met)
    same = {"chat_id": DIRECTOR, "message_id": card, "reply_markup": KEYBOARD}
    assert await met.refusal("editMessageText", text=" Новый ", **same) == NOT_MODIFIED
    assert await met.refusal("editMessageReplyMarkup", **same) == NOT_MODIFIED
    bold = await met.result("editMessageText", text="<b>Новый</b>", parse_mode="HTML", **same)
    assert bold["entities"] == [{"type": "bold", "offset": 0, "length": 5}]


async def test_only_the_buttons_change_without_the_edited_mark(met: Sandbox) -> None:
    card = await sent_card(met)
    answer = await met.result("editMessageReplyMarkup", chat_id=DIRECTOR, message_id=card)
    assert "edit_date" not in answer
    assert (await met.people.message("director", card)).buttons == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"message_id": 999}, "message to edit not found"),
        ({"message_id": None}, "message identifier is not specified"),
        ({"text": ""}, "message text is empty"),
        ({"reply_markup": {"keyboard": [["x"]]}}, "inline keyboard expected"),
        ({"chat_id": 5}, "chat not found"),
    ],
)
async def test_wrong_edits_are_refused(met: Sandbox, change: dict[str, object], reason: str) -> None:
    params = {"chat_id": DIRECTOR, "message_id": await sent_card(met), "text": "x"} | change
    assert await met.refusal("editMessageText", **params) == f"Bad Request: {reason}"


async def test_messages_of_people_cannot_be_edited(met: Sandbox) -> None:
    said = await met.people.text("director", "привет")
    params = {"chat_id": DIRECTOR, "message_id": said.message_id}
    assert await met.refusal("editMessageText", text="x", **params) == "Bad Request: message can't be edited"


async def test_a_message_that_carries_a_reply_keyboard_cannot_be_edited(met: Sandbox) -> None:
    card = await sent_card(met, reply_markup={"keyboard": [["x"]]})
    refusal = await met.refusal("editMessageText", chat_id=DIRECTOR, message_id=card, text="y")
    assert refusal == "Bad Request: message can't be edited"


async def test_a_text_has_no_caption(met: Sandbox) -> None:
    card = await sent_card(met)
    refusal = await met.refusal("editMessageCaption", chat_id=DIRECTOR, message_id=card, caption="y")
    assert refusal == "Bad Request: there is no caption in the message to edit"


async def test_messages_in_a_group_are_edited_too(met: Sandbox) -> None:
    sent = await met.result("sendMessage", chat_id=GROUP, text="Новый заказ")
    await met.result("editMessageText", chat_id=GROUP, message_id=sent["message_id"], text="Принят")
    assert (await met.people.messages("courier", "group"))[-1].text == "Принят"


async def test_deleting_takes_a_message_from_everybody(met: Sandbox) -> None:
    card = await sent_card(met)
    params = {"chat_id": DIRECTOR, "message_id": card}
    assert await met.result("deleteMessage", **params) is True
    assert (await met.people.message("director", card)).deleted
    assert await met.refusal("deleteMessage", **params) == "Bad Request: message to delete not found"
    assert (
        await met.refusal("editMessageText", text="x", **params) == "Bad Request: message to edit not found"
    )


async def test_the_bot_deletes_what_people_wrote_in_private_only(met: Sandbox) -> None:
    own = await met.people.text("director", "пароль")
    assert await met.result("deleteMessage", chat_id=DIRECTOR, message_id=own.message_id) is True
    other = await met.people.text("director", "/help", "group")
    refusal = await met.refusal("deleteMessage", chat_id=GROUP, message_id=other.message_id)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_messages_older_than_two_days_stay(met: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    card = await sent_card(met)
    monkeypatch.setattr("sandbox.telegram.methods.deleting.DELETABLE_SECONDS", -1)
    refusal = await met.refusal("deleteMessage", chat_id=DIRECTOR, message_id=card)
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_deleting_many_skips_those_that_are_gone(met: Sandbox) -> None:
    cards = [await sent_card(met) for _ in range(3)]
    assert await met.result("deleteMessages", chat_id=DIRECTOR, message_ids=[cards[0], 999, cards[2]]) is True
    seen = [message.message_id for message in await met.people.messages("director") if not message.deleted]
    assert cards[1] in seen
    assert not {cards[0], cards[2]} & set(seen)
    for wrong in ([], [1] * 101, "x", ["a"]):
        assert (await met.refusal("deleteMessages", chat_id=DIRECTOR, message_ids=wrong)).startswith(
            "Bad Request: "
        )


async def test_pinning_tells_the_chat_and_can_be_undone(met: Sandbox) -> None:
    card = await sent_card(met)
    params = {"chat_id": DIRECTOR, "message_id": card}
    assert await met.result("pinChatMessage", disable_notification=True, **params) is True
    chat = await met.people.chat("director")
    assert (chat.pinned, chat.messages[-1].service, chat.messages[-1].silent) == (
        [card],
        "pinned_message",
        True,
    )
    assert await met.result("pinChatMessage", **params) is True
    assert (await met.result("getChat", chat_id=DIRECTOR))["pinned_message"]["message_id"] == card
    assert await met.result("unpinChatMessage", **params) is True
    assert await met.refusal("unpinChatMessage", **params) == "Bad Request: message to unpin not found"
    await met.result("pinChatMessage", **params)
    assert await met.result("unpinChatMessage", chat_id=DIRECTOR) is True
    assert await met.result("unpinAllChatMessages", chat_id=DIRECTOR) is True
    assert (await met.people.chat("director")).pinned == []


async def test_a_bot_that_is_no_administrator_may_not_manage_pins_of_a_group(met: Sandbox) -> None:
    sent = await met.result("sendMessage", chat_id=GROUP, text="Новый заказ")
    for name in ("pinChatMessage", "unpinChatMessage", "unpinAllChatMessages"):
        refusal = await met.refusal(name, chat_id=GROUP, message_id=sent["message_id"])
        assert refusal == "Bad Request: not enough rights to manage pinned messages in the chat"
