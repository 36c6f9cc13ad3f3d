"""Shared by the handlers for shop and goods: permission checks, dialogue states, showing screens."""

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
"""Maximum characters of a person's input that are searched for or shown again."""


class Counting(StatesGroup):
    """Dialogue states: what the next message of this person is about."""

    search = State()
    stock = State()
    recipe = State()
    flowers = State()


async def allowed(wish: Awaitable[T], query: CallbackQuery, visit: Visit) -> T | None:
    """Returns the result of `wish`; None when it was refused and the person was told why."""
    try:
        return await wish
    except Refusal:
        await answer_tap(query, visit.t.plain("toast-chiefs-goods"))
    except NoSuchProduct:
        await answer_tap(query, visit.t.plain("toast-product-gone"))
    return None


async def show(query: CallbackQuery, visit: Visit, screen: Screen, words: str = "") -> None:
    """Answer the tap and replace its message by the screen."""
    screen = bound(visit.placed(screen), visit.shop.id)
    await answer_tap(query, words)
    if isinstance(query.message, Message):
        await redraw(query.message, screen)


async def put_question(message: Message, visit: Visit, screen: Screen) -> None:
    """Ask a question below the page, which stays."""
    screen = bound(visit.placed(screen), visit.shop.id)
    await say(message, Kind.QUESTION, screen.text, reply_markup=screen.keyboard, preview=screen.preview)


async def send(message: Message, visit: Visit, screen: Screen) -> None:
    """Send the screen as a new message; the previous menu is deleted."""
    await put_menu(message, bound(visit.placed(screen), visit.shop.id))
