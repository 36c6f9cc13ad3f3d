"""What the buttons about the client carry: those of the client, and those of the staff behind «Связаться»."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.order import RowId


class ClientDo(StrEnum):
    """What a button in the client's chat asks for."""

    LIKED = "liked"
    DISLIKED = "disliked"
    WRONG = "wrong"
    WRITE = "write"
    ABOUT = "about"


class ClientTap(CallbackData, prefix="c"):
    """A button of the client. `arg` tells which photo is meant, and of `WRONG` the ready answer too.

    The order is no secret: whose it is, the link that was opened in this chat says.
    """

    do: ClientDo
    order: RowId
    arg: int = 0


class TalkDo(StrEnum):
    """What a button of the staff about the client asks for."""

    LINK = "link"
    NEW_LINK = "new-link"
    NO_LINK = "no-link"
    CODE = "code"
    WRITE = "write"
    STOP = "stop"
    READY = "ready"
    TAKE = "take"


class TalkTap(CallbackData, prefix="ct"):
    """A button of the staff behind «Связаться»; `arg` names a ready text."""

    do: TalkDo
    order: RowId
    arg: str = ""
