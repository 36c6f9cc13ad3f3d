"""What is shown at once: a text and the buttons under it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup


@dataclass(frozen=True)
class Screen:
    """A message as people see it; `text` is HTML within Telegram's limit."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None

    @property
    def digest(self) -> str:
        """A short hash of all that is seen: a card whose digest is the same need not be edited."""
        buttons = self.keyboard.model_dump_json(exclude_none=True) if self.keyboard else ""
        return hashlib.sha256(f"{self.text}\0{buttons}".encode()).hexdigest()[:16]
