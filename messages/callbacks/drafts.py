"""Callback data of a draft's buttons."""

from __future__ import annotations

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from messages.callbacks.order import RowId


class DraftDo(StrEnum):
    """The action of a draft's button."""

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
    """A button of a draft; `arg` is a field or the index of a ready answer. Draft 0: there is none yet."""

    do: DraftDo
    draft: RowId = 0
    arg: str = ""


class PaperTap(CallbackData, prefix="paper"):
    """A stored picture without an order is one of paper; begins a new order from it."""

    photo: RowId
