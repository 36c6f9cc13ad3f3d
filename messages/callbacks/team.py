"""What the buttons of the staff list carry."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.goods import FarthestPage, ShopId
from messages.callbacks.order import RowId


class TeamDo(StrEnum):
    """What a button of the staff list asks for."""

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
    """A button of the staff list of one shop. `id` is a person or an invitation, `arg` a role."""

    do: TeamDo
    shop: ShopId
    id: RowId = 0
    arg: str = ""
    page: FarthestPage = 0


class FirstDo(StrEnum):
    """What a button of the first day's list asks for."""

    TRIAL = "trial"
    UNTRY = "untry"
    """Remove the trial order; its card has this button too."""
    INVITE = "invite"
    HIDE = "hide"


class FirstTap(CallbackData, prefix="fd"):
    """A button of the first day's list of one shop; `arg` is a role."""

    do: FirstDo
    shop: ShopId
    arg: str = ""


class ClaimTap(CallbackData, prefix="ac"):
    """The answer to the question whether another Telegram account may take somebody's place."""

    claim: RowId
    allow: bool
