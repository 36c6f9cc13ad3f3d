"""Callback data of the staff list."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.goods import FarthestPage, ShopId
from messages.callbacks.order import RowId


class TeamDo(StrEnum):
    """The action of a button of the staff list."""

    TEAM = "team"
    ADD = "add"
    ROLE = "role"
    PEOPLE = "people"
    PERSON = "person"
    SET_ROLE = "set-role"
    ROLE_YES = "role-yes"
    RENAME = "rename"
    REMOVE = "remove"
    REMOVE_YES = "remove-yes"
    INVITE = "invite"
    INVITE_AS = "invite-as"
    LINKS = "links"
    REVOKE = "revoke"
    ME = "me"
    LEAVE = "leave"
    LEAVE_YES = "leave-yes"


class TeamTap(CallbackData, prefix="t"):
    """A button of a shop's staff list. `id` is a person or an invitation, `arg` a role."""

    do: TeamDo
    shop: ShopId
    id: RowId = 0
    arg: str = ""
    page: FarthestPage = 0


class FirstDo(StrEnum):
    """The action of a button of the first day's list."""

    TRIAL = "trial"
    UNTRY = "untry"
    """Remove the trial order; its card has this button, too."""
    INVITE = "invite"
    HIDE = "hide"


class FirstTap(CallbackData, prefix="fd"):
    """A button of a shop's list of the first day; `arg` is a role."""

    do: FirstDo
    shop: ShopId
    arg: str = ""


class ClaimTap(CallbackData, prefix="ac"):
    """The answer whether another Telegram account may take over a member's place."""

    claim: RowId
    allow: bool
