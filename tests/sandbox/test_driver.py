import asyncio
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from tests.sandbox.tools import Sandbox, picture

KEYBOARD = InlineKeyboardMarkup(
    inline_keyboard=[[InlineKeyboardButton(text="Принять", callback_data="accept:1")]]
)


def small_bot() -> Dispatcher:
    dispatcher = Dispatcher()

    @dispatcher.message(CommandStart())
    async def start(message: Message) -> None:
        await message.answer("Новый заказ", reply_markup=KEYBOARD)

    @dispatcher.message(F.photo)
    async def photo(message: Message) -> None:
        await message.reply("Фото получено")

    @dispatcher.callback_query()
    async def press(query: CallbackQuery) -> None:
        assert isinstance(query.message, Message)
        await query.message.edit_text("Заказ принят")
        await query.answer("Принято")

    return dispatcher


@pytest.fixture
async def running(sandbox: Sandbox) -> AsyncIterator[Sandbox]:
    dispatcher = small_bot()
    polling = asyncio.create_task(
        dispatcher.start_polling(
            Bot(sandbox.config.bot_token, session=sandbox.bot.session), handle_signals=False
        )
    )
    yield sandbox
    await dispatcher.stop_polling()
    await polling


async def test_a_real_bot_is_driven_through_start_press_and_photo(running: Sandbox) -> None:
    people = running.people
    await people.start("director")
    message = await people.wait_message("director", containing="Новый заказ")
    toast = await people.press_last("director", "Принять")
    assert (toast.answered, toast.text, toast.alert) == (True, "Принято", False)
    edited = await people.message("director", message.message_id)
    assert (edited.text, edited.buttons) == ("Заказ принят", [])
    await people.photo("director", picture())
    reply = await people.wait_message("director", containing="Фото получено", since=edited.event_id)
    assert reply.reply_to_message_id is not None
