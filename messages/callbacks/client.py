"""Callback data of the client's own buttons, and of the staff's buttons in «Связаться»."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.order import RowId


class ClientDo(StrEnum):
    """The action of a button in the client's chat."""

    LIKED = "liked"
    DISLIKED = "disliked"
    WRONG = "wrong"
    WRITE = "write"
    ABOUT = "about"


class ClientTap(CallbackData, prefix="c"):
    """A button of the client. `arg` identifies the photo; for `WRONG` also the ready answer.

    The order's id is no secret: the opened link decides whether the order is theirs.
    """

    do: ClientDo
    order: RowId
    arg: int = 0


class TalkDo(StrEnum):
    """The action of a staff button about the client."""

    LINK = "link"
    NEW_LINK = "new-link"
    NO_LINK = "no-link"
    CODE = "code"
    WRITE = "write"
    STOP = "stop"
    READY = "ready"
    TAKE = "take"


class TalkTap(CallbackData, prefix="ct"):
    """A staff button in «Связаться»; `arg` names a ready text."""

    do: TalkDo
    order: RowId
    arg: str = ""
