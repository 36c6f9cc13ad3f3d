"""The permanent keyboard's buttons arrive as text: a label in either language is the same button."""

from __future__ import annotations

from aiogram.filters import Filter
from aiogram.types import Message

from messages.i18n.texts import LANGUAGES, Translator


class Label(Filter):
    """Lets through a message whose text is the button's label in any language."""

    def __init__(self, key: str) -> None:
        self._labels = {Translator(language).plain(key) for language in LANGUAGES}

    async def __call__(self, message: Message) -> bool:
        return message.text in self._labels
