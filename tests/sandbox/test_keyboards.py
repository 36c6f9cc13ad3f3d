import pytest

from tests.sandbox.tools import DIRECTOR, Json, Sandbox, inline


async def refused(met: Sandbox, markup: object) -> str:
    return await met.refusal("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=markup)


def url_button(url: str) -> Json:
    return {"inline_keyboard": [[{"text": "x", "url": url}]]}


@pytest.mark.parametrize("data", ["", "a" * 65, "ж" * 33])
async def test_callback_data_has_1_to_64_bytes(met: Sandbox, data: str) -> None:
    assert await refused(met, inline([("x", data)])) == "Bad Request: BUTTON_DATA_INVALID"


@pytest.mark.parametrize("data", ["a", "a" * 64, "ж" * 32])
async def test_callback_data_within_the_limit_passes(met: Sandbox, data: str) -> None:
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=inline([("x", data)]))
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == data


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("{", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
        ({"inline_keyboard": "x"}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [{"text": "x"}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        ({"inline_keyboard": [["x"]]}, "can't parse inline keyboard button: expected an Object"),
        (
            {"inline_keyboard": [[{"url": "x.ru"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            {"inline_keyboard": [[{"text": 5}]]},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"inline_keyboard": [[{"text": "", "url": "x.ru"}]]},
            "inline keyboard button text must be non-empty",
        ),
        (
            {"inline_keyboard": [[{"text": "x"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (inline(*[[("x", "y")]] * 101), "reply markup is too long"),
    ],
)
async def test_wrong_keyboards_are_refused(met: Sandbox, markup: object, reason: str) -> None:
    assert await refused(met, markup) == f"Bad Request: {reason}"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://localhost:8080/x", "Wrong HTTP URL"),
        ("tel:+79990000001", "Wrong port number specified in the URL"),
        ("ftp://example.com", "Unsupported URL protocol"),
        ("https:///x", "URL host is empty"),
    ],
)
async def test_buttons_with_urls_telegram_does_not_open_are_refused(
    met: Sandbox, url: str, reason: str
) -> None:
    assert (
        await refused(met, url_button(url))
        == f"Bad Request: inline keyboard button URL '{url}' is invalid: {reason}"
    )


@pytest.mark.parametrize(
    ("url", "stored"),
    [
        ("example.com", "http://example.com/"),
        ("https://Yandex.ru/maps?text=1", "https://yandex.ru/maps?text=1"),
        ("tg://user?id=1001", "tg://user?id=1001"),
    ],
)
async def test_buttons_with_good_urls_pass(met: Sandbox, url: str, stored: str) -> None:
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=url_button(url))
    assert sent["reply_markup"]["inline_keyboard"][0][0]["url"] == stored


async def test_a_reply_keyboard_stays_until_it_is_removed(met: Sandbox) -> None:
    contact = {"text": "Отправить контакт", "request_contact": True}
    keyboard = {"keyboard": [[contact], ["Заказы"]], "resize_keyboard": True, "is_persistent": True}
    await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=keyboard)
    await met.result("sendMessage", chat_id=DIRECTOR, text="y")
    chat = await met.people.chat("director")
    assert chat.keyboard == [[contact], [{"text": "Заказы"}]]
    assert chat.keyboard_texts == ["Отправить контакт", "Заказы"]
    await met.result("sendMessage", chat_id=DIRECTOR, text="z", reply_markup={"remove_keyboard": True})
    assert (await met.people.chat("director")).keyboard == []


async def test_a_keyboard_for_one_use_goes_when_it_was_used(met: Sandbox) -> None:
    keyboard = {"keyboard": [["Да"], ["Нет"]], "one_time_keyboard": True}
    await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=keyboard)
    await met.people.text("director", "Что?")
    assert (await met.people.chat("director")).keyboard_texts == ["Да", "Нет"]
    await met.people.text("director", "Да")
    assert (await met.people.chat("director")).keyboard_texts == []


async def test_a_keyboard_goes_with_the_message_that_brought_it_and_no_other(met: Sandbox) -> None:
    sent = [
        await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup={"keyboard": [[label]]})
        for label in ("Да", "Нет")
    ]
    await met.result("deleteMessage", chat_id=DIRECTOR, message_id=sent[0]["message_id"])
    assert (await met.people.chat("director")).keyboard_texts == ["Нет"]
    await met.result("deleteMessage", chat_id=DIRECTOR, message_id=sent[1]["message_id"])
    assert (await met.people.chat("director")).keyboard_texts == []


async def test_a_selective_keyboard_is_for_the_one_who_is_answered(met: Sandbox) -> None:
    asked = await met.people.text("florist", "/help", "group")
    keyboard = {"keyboard": [["Да"]], "selective": True}
    reply = {"message_id": asked.message_id}
    await met.result("sendMessage", chat_id=-1005001, text="x", reply_markup=keyboard, reply_parameters=reply)
    assert (await met.people.chat("florist", "group")).keyboard_texts == ["Да"]
    assert (await met.people.chat("director", "group")).keyboard_texts == []
    named = '<a href="tg://user?id=1001">Анна</a>'
    await met.result("sendMessage", chat_id=-1005001, text=named, parse_mode="HTML", reply_markup=keyboard)
    assert (await met.people.chat("director", "group")).keyboard_texts == ["Да"]


async def test_force_reply_makes_no_keyboard(met: Sandbox) -> None:
    await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup={"force_reply": True})
    assert (await met.people.chat("director")).keyboard == []


async def test_a_button_has_one_of_three_colours_or_none(met: Sandbox) -> None:
    button = {"text": "x", "callback_data": "x"}
    for style in ("danger", "success", "primary"):
        await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=_with(button, style))
    refused = await met.call("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=_with(button, "green"))
    assert "invalid button style" in refused["description"]


async def test_a_disabled_button_is_of_no_other_kind_and_cannot_be_pressed(met: Sandbox) -> None:
    button: Json = {"text": "🔒 Забрал", "disabled": {}}
    both = {**button, "callback_data": "x"}
    assert "no other type" in await refused(met, {"inline_keyboard": [[both]]})
    assert "must be of type Object" in await refused(
        met, {"inline_keyboard": [[{**button, "disabled": True}]]}
    )
    markup = {"inline_keyboard": [[button]]}
    sent = await met.result("sendMessage", chat_id=DIRECTOR, text="x", reply_markup=markup)
    assert sent["reply_markup"] == markup
    seen = (await met.people.messages("director"))[-1]
    assert seen.button("🔒 Забрал").disabled
    with pytest.raises(AssertionError, match="disabled"):
        await met.people.press("director", seen.message_id, "🔒 Забрал")


def _with(button: dict[str, str], style: str) -> dict[str, object]:
    return {"inline_keyboard": [[{**button, "style": style}]], "force_reply": True}
