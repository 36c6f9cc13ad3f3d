import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiogram import Bot
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)

from tests.sandbox.tools import CLIENT, DIRECTOR, GROUP, Sandbox, picture

INLINE = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Принять", callback_data="a")]])
REPLY = ReplyKeyboardMarkup(
    keyboard=[[KeyboardButton(text="Контакт", request_contact=True)]], is_persistent=True
)
Call = Callable[[Bot, Message], Awaitable[object]]


def photo() -> BufferedInputFile:
    return BufferedInputFile(picture(), "a.jpg")


@pytest.mark.parametrize(
    "call",
    [
        lambda bot, _: bot.get_me(),
        lambda bot, _: bot.get_webhook_info(),
        lambda bot, _: bot.send_message(DIRECTOR, "<b>x</b>", parse_mode="HTML", reply_markup=INLINE),
        lambda bot, _: bot.send_message(DIRECTOR, "x", reply_markup=REPLY),
        lambda bot, _: bot.send_message(DIRECTOR, "x", reply_markup=ReplyKeyboardRemove()),
        lambda _, message: message.reply("x"),
        lambda _, message: message.edit_text("y", reply_markup=INLINE),
        lambda _, message: message.edit_reply_markup(reply_markup=INLINE),
        lambda _, message: message.copy_to(GROUP),
        lambda _, message: message.forward(GROUP),
        lambda _, message: message.delete(),
        lambda _, message: message.pin(disable_notification=True),
        lambda _, message: message.react([ReactionTypeEmoji(emoji="👍")]),
        lambda _, message: message.answer_location(55.7, 37.6),
        lambda _, message: message.answer_contact("+7999", "Мария"),
        lambda _, message: message.answer_media_group(
            [InputMediaPhoto(media=photo()), InputMediaPhoto(media=photo())]
        ),
        lambda _, message: message.edit_media(
            InputMediaPhoto(media=photo(), caption="x"), reply_markup=INLINE
        ),
        lambda bot, _: bot.send_chat_action(GROUP, "typing"),
        lambda bot, _: bot.get_chat(CLIENT),
        lambda bot, _: bot.get_chat_member(CLIENT, CLIENT),
    ],
)
async def test_answers_parse_as_aiograms_types(met: Sandbox, call: Call) -> None:
    message = await met.bot.send_message(DIRECTOR, "Новый заказ")
    assert await call(met.bot, message)


async def test_every_kind_of_update_parses_as_aiograms_types(met: Sandbox) -> None:
    people = met.people
    card = await met.bot.send_message(DIRECTOR, "Новый", reply_markup=INLINE)
    said = await people.text("director", "привет 🌷 /help", reply_to=card.message_id)
    await people.edit("director", said.message_id, "пока")
    await people.press("director", card.message_id, "Принять", timeout=0.01)
    await people.contact("director")
    await people.photo("director", picture(), caption="25836184")
    await people.document("director", b"x", name="a.heic")
    await people.album("director", [picture(), picture()])
    await people.sticker("director")
    await people.voice("director")
    await people.forward("director", "Заказ 25836184")
    await people.block("director")
    await people.kick()
    await people.add()
    await people.migrate()
    updates = await met.bot.get_updates()
    assert [update.event_type for update in updates] == [
        "message", "edited_message", "callback_query", *["message"] * 8,
        "my_chat_member", "my_chat_member", "my_chat_member", "message", "message", "message",
    ]  # fmt: skip
    assert all(isinstance(update, Update) for update in updates)


async def test_two_bots_at_once_see_the_conflict(met: Sandbox) -> None:
    older = asyncio.create_task(met.bot.get_updates(timeout=10))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(met.bot.get_updates(timeout=10))
    with pytest.raises(Exception, match="terminated by other getUpdates request"):
        await older
    await met.people.text("director", "привет")
    assert len(await newer) == 1
