import pytest

from tests.sandbox.tools import CLIENT, DIRECTOR, GROUP, Sandbox


async def test_a_sent_text_is_seen_with_its_formatting(met: Sandbox) -> None:
    sent = await met.result(
        "sendMessage",
        chat_id=DIRECTOR,
        text="<b>Заказ</b> принят",
        parse_mode="HTML",
        disable_notification=True,
    )
    seen = (await met.people.messages("director"))[-1]
    assert (seen.message_id, seen.text, seen.html) == (
        sent["message_id"],
        "Заказ принят",
        "<b>Заказ</b> принят",
    )
    assert (seen.author, seen.silent, seen.from_bot) == ("bot", True, True)


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 5, "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"chat_id": DIRECTOR}, "message text is empty"),
        ({"chat_id": DIRECTOR, "text": "x" * 4097}, "message is too long"),
        (
            {"chat_id": DIRECTOR, "text": "<x>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        ),
        ({"chat_id": DIRECTOR, "text": "x", "entities": "["}, "can't parse entities JSON object"),
        ({"chat_id": DIRECTOR, "text": "x", "reply_to_message_id": 999}, "message to be replied not found"),
        (
            {"chat_id": DIRECTOR, "text": "x", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
        ),
        ({"chat_id": DIRECTOR, "text": "x", "reply_parameters": [1]}, "object expected as reply parameters"),
    ],
)
async def test_wrong_texts_are_refused(met: Sandbox, params: dict[str, object], reason: str) -> None:
    assert await met.refusal("sendMessage", **params) == f"Bad Request: {reason}"


async def test_a_refused_send_leaves_no_message(met: Sandbox) -> None:
    before = await met.people.messages("director")
    await met.refusal("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=[1])
    assert await met.people.messages("director") == before


async def test_a_reply_quotes_the_message(met: Sandbox) -> None:
    asked = await met.people.text("director", "Где букет?")
    reply = {"message_id": asked.message_id}
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="В пути", reply_parameters=reply)
    assert sent["reply_to_message"]["text"] == "Где букет?"
    assert (await met.people.messages("director"))[-1].reply_to_message_id == asked.message_id


async def test_a_lost_quote_can_be_left_out(met: Sandbox) -> None:
    reply = {"message_id": 999, "allow_sending_without_reply": True}
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_who_never_pressed_start_cannot_be_written_to(sandbox: Sandbox) -> None:
    refusal = "Forbidden: bot can't initiate conversation with a user"
    assert await sandbox.refusal("sendMessage", chat_id=CLIENT, text="x") == refusal
    await sandbox.people.start("client", "order-25836184")
    assert (await sandbox.updates())[-1]["message"]["text"] == "/start order-25836184"
    assert (await sandbox.result("sendMessage", chat_id=CLIENT, text="x"))["text"] == "x"


async def test_places_and_contacts_are_sent_and_checked(met: Sandbox) -> None:
    place = await met.result("sendLocation", chat_id=DIRECTOR, latitude=55.78, longitude="37.59")
    assert place["location"] == {"latitude": 55.78, "longitude": 37.59}
    assert await met.refusal("sendLocation", chat_id=DIRECTOR, latitude=95, longitude=1) == (
        "Bad Request: wrong location specified"
    )
    assert (
        await met.refusal("sendLocation", chat_id=DIRECTOR, latitude=5) == "Bad Request: longitude is empty"
    )
    card = await met.result("sendContact", chat_id=DIRECTOR, phone_number="+7999", first_name="Мария")
    assert card["contact"] == {"phone_number": "+7999", "first_name": "Мария"}
    assert await met.refusal("sendContact", chat_id=DIRECTOR, first_name="x") == (
        "Bad Request: phone number is empty"
    )
    assert (
        await met.refusal("sendContact", chat_id=DIRECTOR, phone_number="1")
        == "Bad Request: first name is empty"
    )


async def test_a_copy_has_no_author_and_a_forward_names_it(met: Sandbox) -> None:
    said = await met.people.text("client", "Спасибо!")
    source = {"from_chat_id": CLIENT, "message_id": said.message_id}
    copied = await met.result("copyMessage", chat_id=DIRECTOR, **source)
    seen = await met.people.message("director", copied["message_id"])
    assert (seen.text, seen.author) == ("Спасибо!", "bot")
    forwarded = await met.result("forwardMessage", chat_id=GROUP, **source)
    assert forwarded["forward_origin"]["sender_user"]["first_name"] == "Игорь"
    again = await met.result(
        "copyMessage", chat_id=DIRECTOR, from_chat_id=GROUP, message_id=forwarded["message_id"]
    )
    assert (await met.people.message("director", again["message_id"])).text == "Спасибо!"


async def test_what_is_gone_or_a_service_message_cannot_be_copied(met: Sandbox) -> None:
    missing = {"chat_id": DIRECTOR, "from_chat_id": DIRECTOR, "message_id": 999}
    assert await met.refusal("copyMessage", **missing) == "Bad Request: message to copy not found"
    assert await met.refusal("forwardMessage", **missing) == "Bad Request: message to forward not found"
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x")
    await met.result("pinChatMessage", chat_id=DIRECTOR, message_id=sent["message_id"])
    service = missing | {"message_id": (await met.people.messages("director"))[-1].message_id}
    assert await met.refusal("copyMessage", **service) == "Bad Request: message can't be copied"
    assert await met.refusal("forwardMessage", **service) == "Bad Request: message can't be forwarded"


async def test_chat_actions_are_shown_and_checked(met: Sandbox) -> None:
    mark = await met.people.mark()
    assert await met.result("sendChatAction", chat_id=DIRECTOR, action="typing") is True
    _, seen = await met.control("GET", f"wait?since={mark}")
    assert [(e["type"], e["person"], e["action"]) for e in seen["events"]] == [
        ("action", "director", "typing")
    ]
    assert await met.refusal("sendChatAction", chat_id=DIRECTOR, action="dance") == (
        "Bad Request: wrong parameter action in request"
    )


async def test_a_reaction_is_put_under_a_message_and_checked(met: Sandbox) -> None:
    said = await met.people.text("director", "Готово")
    place = {"chat_id": DIRECTOR, "message_id": said.message_id}

    async def refused(reaction: object) -> str:
        return await met.refusal("setMessageReaction", **place, reaction=reaction)

    async def seen() -> list[str]:
        chat = await met.people.chat("director")
        return next(one.reactions for one in chat.messages if one.message_id == said.message_id)

    like = {"type": "emoji", "emoji": "👍"}
    assert await met.result("setMessageReaction", **place, reaction=[like]) is True
    assert await seen() == ["👍"]
    assert await refused([like, {"type": "emoji", "emoji": "🔥"}]) == "Bad Request: REACTIONS_TOO_MANY"
    for other in (
        {"type": "emoji", "emoji": "✅"},
        {"type": "custom_emoji", "custom_emoji_id": "1"},
        {"type": "paid"},
    ):
        assert await refused([other]) == "Bad Request: REACTION_INVALID"
    assert "can't parse" in await refused("👍")
    assert await seen() == ["👍"]
    assert await met.result("setMessageReaction", **place, reaction=[]) is True
    assert await seen() == []
    assert await met.refusal("setMessageReaction", chat_id=DIRECTOR, message_id=999) == (
        "Bad Request: message to react not found"
    )
