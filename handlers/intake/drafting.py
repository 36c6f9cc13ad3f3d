"""The state of writing an order down, and how its draft is shown: one message for each draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.frame.clean_chat import drop, put_menu, say
from handlers.frame.command_flow import redraw
from handlers.frame.context import Visit
from handlers.frame.dialogue import PATIENCE, Waiting, open_dialogue
from messages.intake import drafts as screens
from messages.intake.draft_fields import DraftLook
from messages.ui.screen import Screen
from orders.bell.passing import Kind
from orders.intake.order_text import Written, read_order
from orders.model.draft import Draft, Field
from services.intake.drafts import Drafts
from services.phones import phone_finder


@dataclass(frozen=True, slots=True)
class Writing:
    """State of the dialogue about a draft. `field` is what the person was asked for.

    `is_step`: questions follow one after the other. `day`: the day of a window whose hours are still asked
    for. `album`: the album whose pictures are arriving.
    """

    draft: int
    at: datetime
    field: Field | None = None
    is_step: bool = False
    day: date | None = None
    album: str | None = None

    def next(self, draft: Draft) -> Writing:
        """Returns the state after an answer: the next question, or the draft itself."""
        step = draft.step_after(self.field) if self.is_step else None
        return replace(self, field=step, is_step=step is not None, day=None)

    @property
    def ask(self) -> str:
        """The name of the question's text."""
        is_clock = self.field is Field.WINDOW and self.day is not None
        return "clock" if is_clock or self.field is None else self.field.value

    def dump(self) -> dict[str, Any]:
        return {
            "draft": self.draft,
            "at": self.at.isoformat(),
            "field": self.field.value if self.field else None,
            "is_step": self.is_step,
            "day": self.day.isoformat() if self.day else None,
            "album": self.album,
        }

    @classmethod
    def load(cls, data: dict[str, Any]) -> Writing:
        field, day = data["field"], data["day"]
        return cls(
            data["draft"],
            datetime.fromisoformat(data["at"]),
            Field(field) if field else None,
            data["is_step"],
            date.fromisoformat(day) if day else None,
            data["album"],
        )


async def open_writing(state: FSMContext, now: datetime) -> Writing | None:
    """Returns the open draft's state; None if it was left an hour ago or longer."""
    if await state.get_state() != Waiting.draft.state:
        return None
    writing = Writing.load(await state.get_data())
    return writing if now - writing.at < PATIENCE else None


def read(text: str, visit: Visit) -> Written:
    """Parse the text as an order, by the shop's time and country."""
    return read_order(text, visit.now.astimezone(visit.rules.zone), phone_finder(visit.rules.country))


async def screen_of(draft: Draft, writing: Writing, drafts: Drafts, visit: Visit) -> Screen:
    """The screen of the open question, or of an existing order with this number, or of the draft."""
    look = DraftLook(draft, visit.rules, visit.now, visit.t)
    if writing.field is not None:
        return screens.question(look, writing.field, writing.ask, is_step=writing.is_step)
    known = await drafts.known(draft)
    return screens.draft_screen(look, None) if known is None else screens.known_screen(look, known)


async def show_below(
    draft: Draft,
    writing: Writing,
    message: Message,
    state: FSMContext,
    drafts: Drafts,
    visit: Visit,
    answer: Message | None = None,
) -> None:
    """Show the draft as a new message, and delete the message that showed it before.

    `answer`: the message that answered the question before (see `open_dialogue`).
    """
    screen = await screen_of(draft, writing, drafts, visit)
    await remember(writing, state, answer)
    before = await drafts.message_of(draft)
    sent = await say(message, Kind.STEP, screen.text, reply_markup=screen.keyboard)
    await drafts.shown_in(draft, sent.message_id)
    if before:
        await drop(message, before)


async def show_here(
    draft: Draft, writing: Writing, message: Message, state: FSMContext, drafts: Drafts, visit: Visit
) -> None:
    """Show the draft in the message whose button was pressed."""
    await remember(writing, state)
    await put_here(draft, await screen_of(draft, writing, drafts, visit), message, drafts)


async def put_here(draft: Draft, screen: Screen, message: Message, drafts: Drafts) -> None:
    """Show the draft, or a page of it, in this message."""
    await drafts.shown_in(draft, await redraw(message, screen))


async def remember(writing: Writing, state: FSMContext, answer: Message | None = None) -> None:
    """Store that this draft is open."""
    await open_dialogue(state, Waiting.draft, writing.dump(), answer)


async def offer_waiting(message: Message, drafts: Drafts, visit: Visit) -> bool:
    """Offer the person's unfinished drafts («Черновик ждёт»); returns False if there are none."""
    waiting = await drafts.mine(visit.actor)
    if not waiting:
        return False
    looks = [DraftLook(draft, visit.rules, visit.now, visit.t) for draft in waiting]
    screen = screens.waiting_screen(looks, visit.t)
    await put_menu(message, screen)
    return True
