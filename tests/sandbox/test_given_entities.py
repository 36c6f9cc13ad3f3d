import pytest

from tests.sandbox.tools import DIRECTOR, Json, Sandbox

BOLD = {"type": "bold", "offset": 0, "length": 5}


async def sent(met: Sandbox, text: str, *entities: Json) -> Json:
    message: Json = await met.result("sendMessage", chat_id=DIRECTOR, text=text, entities=list(entities))
    return message


async def test_given_entities_are_kept_as_they_are(met: Sandbox) -> None:
    link = {"type": "text_link", "offset": 6, "length": 4, "url": "https://flowwow.com/"}
    message = await sent(met, "Новый заказ", BOLD, link)
    assert message["entities"] == [BOLD, link]
    seen = await met.people.message("director", message["message_id"])
    assert seen.html.startswith("<b>Новый</b> <a href=")


async def test_entities_move_with_the_text_when_its_space_is_cut(met: Sandbox) -> None:
    message = await sent(met, "  Новый заказ  ", {"type": "bold", "offset": 2, "length": 5})
    assert (message["text"], message["entities"]) == ("Новый заказ", [BOLD])


async def test_an_empty_entity_is_left_out(met: Sandbox) -> None:
    assert "entities" not in await sent(met, "Новый", {"type": "bold", "offset": 1, "length": 0})


@pytest.mark.parametrize(
    ("entities", "reason"),
    [
        ("bold", "can't parse entities JSON object"),
        ({"type": "bold"}, "expected an Array of MessageEntity"),
        (["bold"], "can't parse MessageEntity: expected an Object"),
        ([{"type": "bold", "offset": "0", "length": 1}], "offset and length must be Numbers"),
        ([{"type": "bold", "offset": 3, "length": 9}], "ends after the end of the text at UTF-16 offset 3"),
        ([{"type": "loud", "offset": 0, "length": 1}], "Unsupported type specified"),
    ],
)
async def test_wrong_entities_are_refused(met: Sandbox, entities: object, reason: str) -> None:
    refusal = await met.refusal("sendMessage", chat_id=DIRECTOR, text="Новый", entities=entities)
    assert reason in refusal


async def test_a_parse_mode_goes_before_given_entities(met: Sandbox) -> None:
    message = await met.result(
        "sendMessage", chat_id=DIRECTOR, text="<i>Новый</i>", parse_mode="HTML", entities=[BOLD]
    )
    assert [entity["type"] for entity in message["entities"]] == ["italic"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("https://flowwow.com и anna@example.com", ["url", "email"]),
        (
            "+79990000001 /start #роза @florist_demo_bot",
            ["phone_number", "bot_command", "hashtag", "mention"],
        ),
        ("5/6 a@b #1 +7999", []),
    ],
)
async def test_telegram_finds_links_and_commands_by_itself(met: Sandbox, text: str, kinds: list[str]) -> None:
    message = await met.result("sendMessage", chat_id=DIRECTOR, text=text)
    assert [entity["type"] for entity in message.get("entities", [])] == kinds


async def test_a_caption_carries_its_own_entities(met: Sandbox) -> None:
    file = (await met.people.document("director", b"x", name="a.txt")).document
    assert file is not None
    message = await met.result(
        "sendDocument", chat_id=DIRECTOR, document=file.file_id, caption="Новый", caption_entities=[BOLD]
    )
    assert message["caption_entities"] == [BOLD]
    plain = await met.result("editMessageCaption", chat_id=DIRECTOR, message_id=message["message_id"])
    assert "caption" not in plain
