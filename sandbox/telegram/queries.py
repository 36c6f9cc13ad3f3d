"""Callback queries: button presses waiting for the bot's answer."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from sandbox.config import Person
from sandbox.telegram.chats import Message

LIFETIME_SECONDS = 60.0
EPHEMERAL_SECONDS = 15.0


@dataclass(frozen=True)
class Answer:
    """The bot's answer: a short text, shown as a toast or an alert; the client opens `url`."""

    text: str | None
    alert: bool
    url: str | None = None


@dataclass(frozen=True)
class CallbackQuery:
    """One press of a button; `answer` is done once the bot has answered."""

    id: str
    person: Person
    message: Message
    data: str
    answer: asyncio.Future[Answer]
    pressed_at: float = field(default_factory=time.monotonic)

    @property
    def expired(self) -> bool:
        """Whether Telegram would reject an answer now."""
        return self.answer.done() or time.monotonic() - self.pressed_at > LIFETIME_SECONDS

    def takes_ephemeral(self, person: Person) -> bool:
        """Whether an ephemeral message to this person may still refer to the press."""
        return person == self.person and time.monotonic() - self.pressed_at <= EPHEMERAL_SECONDS

    def as_json(self, user: dict[str, Any], message: dict[str, Any]) -> dict[str, Any]:
        """Return the press as the Bot API's CallbackQuery."""
        chat_instance = str(abs(self.message.chat.id) * 1_000_003)
        return {
            "id": self.id,
            "from": user,
            "message": message,
            "chat_instance": chat_instance,
            "data": self.data,
        }
