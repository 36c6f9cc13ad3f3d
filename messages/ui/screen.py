"""What is shown at once: a text and the buttons under it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup, LinkPreviewOptions


@dataclass(frozen=True)
class Screen:
    """A message as people see it; `text` is HTML within Telegram's limit.

    `picture` is the address of a picture that Telegram shows small beside the text; no other link is
    previewed.
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
        """A short hash of all that is seen: a card whose digest is the same need not be edited."""
        buttons = self.keyboard.model_dump_json(exclude_none=True) if self.keyboard else ""
        return hashlib.sha256(f"{self.text}\0{buttons}\0{self.picture}".encode()).hexdigest()[:16]
