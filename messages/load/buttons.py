"""Buttons between the screens of the shop's day."""

from __future__ import annotations

from datetime import date

from aiogram.types import InlineKeyboardButton

from messages.callbacks.load import LoadDo, LoadTap, PlanDo, PlanTap
from messages.i18n.texts import Translator
from messages.i18n.untrusted_text import fit
from messages.ui import limits
from messages.ui.buttons import Row


def load_button(label: str, tap: LoadTap) -> InlineKeyboardButton:
    """A button about the load, with its label cut to fit a phone."""
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=tap.pack())


def plan_button(label: str, tap: PlanTap) -> InlineKeyboardButton:
    """A button of the plan, with its label cut to fit a phone."""
    return InlineKeyboardButton(text=fit(label, limits.BUTTON), callback_data=tap.pack())


def to_load(shop_id: int, day: date, t: Translator, label: str = "do-load") -> InlineKeyboardButton:
    """The button to the load of this day."""
    return load_button(t.plain(label), LoadTap(do=LoadDo.SHOW, shop=shop_id, day=day.toordinal()))


def to_plan(
    shop_id: int, day: date, t: Translator, label: str = "do-plan", page: int = 0
) -> InlineKeyboardButton:
    """The button to the plan of this day."""
    return plan_button(t.plain(label), PlanTap(do=PlanDo.SHOW, shop=shop_id, day=day.toordinal(), page=page))


def from_board(shop_id: int, t: Translator) -> Row:
    """The pinned board's buttons to plan and load."""
    plan = plan_button(t.plain("do-plan"), PlanTap(do=PlanDo.OPEN, shop=shop_id))
    return [plan, load_button(t.plain("do-load"), LoadTap(do=LoadDo.OPEN, shop=shop_id))]
