"""What the conversations about shop and goods share: who may, what the next words are taken for."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import TypeVar

from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.frame.clean_chat import put_menu, say
from handlers.frame.command_flow import answer_tap, redraw
from handlers.frame.context import Visit
from messages.ui.screen import Screen
from messages.ui.shop_labels import bound
from orders.bell.passing import Kind
from orders.model.refusals import Refusal
from storage.db.errors import NoSuchProduct

T = TypeVar("T")

LONGEST_PART = 60
"""Characters of a person's own words that are looked for, or shown again."""


class Counting(StatesGroup):
    """What the next words of this person are about."""

    search = State()
    stock = State()
    recipe = State()
    flowers = State()


async def allowed(wish: Awaitable[T], query: CallbackQuery, visit: Visit) -> T | None:
    """What came of a wish; None when it was refused, and then the person has been told why."""
    try:
        return await wish
    except Refusal:
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
    except NoSuchProduct:
        await answer_tap(query, visit.t.plain("toast-product-gone"))
    return None


async def show(query: CallbackQuery, visit: Visit, screen: Screen, words: str = "") -> None:
    """Answer the tap and put the screen in place of its message."""
    screen = bound(visit.placed(screen), visit.shop.id)
    await answer_tap(query, words)
    if isinstance(query.message, Message):
        await redraw(query.message, screen)


async def put_question(message: Message, visit: Visit, screen: Screen) -> None:
    """A question below its page, which stays."""
    screen = bound(visit.placed(screen), visit.shop.id)
    await say(message, Kind.QUESTION, screen.text, reply_markup=screen.keyboard, preview=screen.preview)


async def send(message: Message, visit: Visit, screen: Screen) -> None:
    """The screen as a new message, in place of the menu before."""
    await put_menu(message, bound(visit.placed(screen), visit.shop.id))
