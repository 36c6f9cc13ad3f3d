"""What the buttons of a draft carry."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.order import RowId


class DraftDo(StrEnum):
    """What a button of a draft asks for."""

    LIST = "list"
    NEW = "new"
    OPEN = "open"
    EDIT = "edit"
    MORE = "more"
    ASK = "ask"
    ANSWER = "answer"
    CLEAR = "clear"
    WINDOW = "window"
    SKIP = "skip"
    TURN = "turn"
    SAVE = "save"
    MERGE = "merge"
    TAKE = "take"
    ASK_CLIENT = "ask-client"
    DELETE = "delete"
    DELETE_YES = "delete-yes"
    DELETE_PAPERS = "delete-papers"
    READ = "read"
    NO_ORDER = "no-order"


class DraftTap(CallbackData, prefix="draft"):
    """A button of a draft; `arg` is the field, or the place of a ready answer. Draft 0 is none yet."""

    do: DraftDo
    draft: RowId = 0
    arg: str = ""


class PaperTap(CallbackData, prefix="paper"):
    """A picture that waits for its order is one of paper, from which a new order is written down."""

    photo: RowId
