"""A message to show: a text and its buttons."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions


@dataclass(frozen=True)
class Screen:
    """A message as people see it; `text` is HTML within Telegram's limit.

    `picture` is the URL of a picture that Telegram shows small next to the text; other links have no preview.
    """

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    picture: str = ""

    @property
    def preview(self) -> LinkPreviewOptions:
        if not self.picture:
            return LinkPreviewOptions(is_disabled=True)
        return LinkPreviewOptions(url=self.picture, prefer_small_media=True)

    @property
    def digest(self) -> str:
        """A short hash of everything visible: a card with an unchanged digest need not be edited."""
        buttons = self.keyboard.model_dump_json(exclude_none=True) if self.keyboard else ""
        return hashlib.sha256(f"{self.text}\0{buttons}\0{self.picture}".encode()).hexdigest()[:16]
