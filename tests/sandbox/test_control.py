import json

import pytest

from tests.sandbox.tools import CLIENT, DIRECTOR, GROUP, Json, Receiver, Sandbox


async def heard(met: Sandbox) -> Json:
    message: Json = (await met.updates())[-1]["message"]
    return message


async def test_the_world_is_shown_without_secrets(sandbox: Sandbox) -> None:
    status, world = await sandbox.control("GET", "world")
    assert status == 200
    assert [person["key"] for person in world["people"]] == ["director", "florist", "courier", "client"]
    assert world["groups"][0]["members"] == ["director", "florist", "courier"]
    assert world["shops"] == [
        {"shop_id": 501, "name": "Цветы на Лесной", "currency": "RUB", "timezone": "Europe/Moscow"}
    ]
    shop = sandbox.config.marketplace[0]
    for secret in (sandbox.config.bot_token, shop.token, shop.webhook_secret):
        assert secret not in json.dumps(world)


async def test_people_and_groups_are_found_by_id_too(met: Sandbox) -> None:
    said = await met.people.text(str(DIRECTOR), "привет", str(GROUP))
    assert (await met.people.messages("director", "group"))[-1] == said
    assert (await met.people.messages("1002", "-1005001"))[-1] == said


@pytest.mark.parametrize(
    ("path", "body", "status", "reason"),
    [
        ("people/nobody/text", {"text": "x"}, 404, "no person 'nobody', there are director"),
        ("people/director/text", {"text": "x", "chat": "nowhere"}, 404, "no group 'nowhere'"),
        ("people/client/text", {"text": "x", "chat": "group"}, 403, "client is not in the group"),
        ("people/director/text", {"text": "  "}, 400, "the text is empty"),
        ("people/director/text", {"text": "x", "reply_to": 999}, 404, "no message 999"),
        ("people/director/contact", {"of": "nobody"}, 404, "no person 'nobody'"),
        ("groups/nowhere/kick", {}, 404, "no group 'nowhere'"),
        ("marketplace/orders", {"sample": "moon"}, 404, "no sample 'moon'"),
        ("marketplace/orders", {"shop": 9}, 404, "no shop 9"),
        ("marketplace/orders", {"deliver": "pigeon"}, 400, "`deliver` is webhook or none"),
        ("marketplace/orders/1/cancel", {}, 404, "no order 1"),
    ],
)
async def test_what_cannot_be_done_is_answered_with_its_reason(
    met: Sandbox, path: str, body: Json, status: int, reason: str
) -> None:
    got, answer = await met.control("POST", path, body)
    assert got == status
    assert reason in answer["error"]


async def test_a_body_has_to_be_a_json_object(met: Sandbox) -> None:
    for body, reason in (("{", "not JSON"), ("[]", "not a JSON object")):
        async with met.http.post(f"{met.url}/control/people/director/text", data=body) as response:
            assert (response.status, reason in (await response.json())["error"]) == (400, True)


async def test_a_long_text_goes_out_in_parts_as_from_a_client(met: Sandbox) -> None:
    last = await met.people.text("director", "🌷" * 2048 + "конец")
    texts = [update["message"]["text"] for update in await met.updates()]
    assert (texts, last.text) == (["🌷" * 2048, "конец"], "конец")


async def test_ones_own_contact_carries_ones_user_id(met: Sandbox) -> None:
    await met.people.contact("director")
    message = await heard(met)
    assert message["contact"] == {"phone_number": "79990000001", "first_name": "Анна", "user_id": DIRECTOR}
    assert message["from"]["id"] == DIRECTOR


async def test_cards_of_others_carry_another_user_id_or_none(met: Sandbox) -> None:
    await met.people.contact("director", of="client")
    assert (await heard(met))["contact"]["user_id"] == CLIENT
    await met.people.contact("director", of={"phone": "+79990000001", "first_name": "Анна"})
    assert (await heard(met))["contact"] == {"phone_number": "+79990000001", "first_name": "Анна"}


async def test_stickers_voices_and_forwards_reach_the_bot(met: Sandbox) -> None:
    await met.people.sticker("courier")
    assert (await heard(met))["sticker"]["emoji"] == "🌷"
    await met.people.voice("courier")
    assert (await heard(met))["voice"]["mime_type"] == "audio/ogg"
    await met.people.forward("director", "Новый заказ 25836184", "Flowwow для продавцов")
    origin = (await heard(met))["forward_origin"]
    assert (origin["type"], origin["sender_user_name"]) == ("hidden_user", "Flowwow для продавцов")


async def test_only_ones_own_messages_can_be_edited(met: Sandbox) -> None:
    said = await met.people.text("florist", "моё", "group")
    with pytest.raises(AssertionError, match="only one's own"):
        await met.people.edit("director", said.message_id, "чужое", "group")


async def test_what_a_person_sends_is_shown_to_the_others_of_the_group_only(met: Sandbox) -> None:
    await met.people.text("florist", "Кто на смене?", "group")
    seen = (await met.people.messages("courier", "group"))[-1]
    assert (seen.author, seen.author_name, seen.text) == ("florist", "Оля", "Кто на смене?")
    assert all(message.text != "Кто на смене?" for message in await met.people.messages("courier"))


async def test_a_reset_makes_a_fresh_world_but_updates_and_webhook_go_on(
    met: Sandbox, receiver: Receiver
) -> None:
    await met.people.text("director", "до")
    last = (await met.result("getUpdates"))[-1]["update_id"]
    await met.result("setWebhook", url=f"{receiver.url}/telegram", drop_pending_updates=True)
    await met.people.place_order(deliver="none")
    await met.people.reset()
    assert await met.people.messages("director") == []
    assert await met.people.orders() == []
    assert await met.refusal("sendMessage", chat_id=DIRECTOR, text="x") == (
        "Forbidden: bot can't initiate conversation with a user"
    )
    await met.people.start("director")
    got = await receiver.wait_for(1)
    assert json.loads(got[-1].body)["update_id"] > last


async def test_hostile_text_is_harmless_on_the_page(met: Sandbox) -> None:
    said = await met.people.text("client", "<script>alert(1)</script> & <b>жирно</b>")
    assert said.html == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;жирно&lt;/b&gt;"


async def test_files_of_messages_are_served_without_a_token(met: Sandbox) -> None:
    sent = await met.people.document("florist", b"abc", name="note.txt")
    assert sent.document is not None
    assert await met.people.download(sent.document.url) == b"abc"
    with pytest.raises(AssertionError, match="404"):
        await met.people.download("/control/files/none")
