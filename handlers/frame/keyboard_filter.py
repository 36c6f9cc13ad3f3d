"""Filters for the permanent keyboard, whose buttons arrive as text: a label in any language matches."""

from __future__ import annotations

import re

from aiogram.filters import Filter
from aiogram.types import Message

from messages.i18n.texts import LANGUAGES, Translator

_NO_LETTERS = re.compile(r"^[^\w/]+|\W+$")


class Named(Filter):
    """Accepts a menu's typed name in any language; case and emoji are ignored."""

    def __init__(self, *keys: str) -> None:
        self._names = {_plain(Translator(language).plain(key)) for language in LANGUAGES for key in keys}

    async def __call__(self, message: Message) -> bool:
        return _plain(message.text or "") in self._names


def _plain(words: str) -> str:
    return _NO_LETTERS.sub("", words.casefold())


class Label(Filter):
    """Accepts a message whose text is the button's label in any language."""

    def __init__(self, key: str) -> None:
        self._labels = {Translator(language).plain(key) for language in LANGUAGES}

    async def __call__(self, message: Message) -> bool:
        return message.text in self._labels
