"""Drives the sandbox from tests: acts as people and clients, and reads what people see."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self

from sandbox.driver.goods import GoodsDriver, SeenGoods
from sandbox.driver.market import MarketDriver
from sandbox.driver.people import PeopleDriver
from sandbox.driver.seen import (
    FaultCounts,
    LimitCounts,
    PlacedOrder,
    SeenButton,
    SeenChat,
    SeenFile,
    SeenMessage,
    Toast,
    WebhookAnswer,
)
from sandbox.driver.trouble import TroubleDriver
from sandbox.driver.wire import PATIENCE, Found, Wire

__all__ = [
    "FaultCounts",
    "LimitCounts",
    "PlacedOrder",
    "SandboxDriver",
    "SeenButton",
    "SeenChat",
    "SeenFile",
    "SeenGoods",
    "SeenMessage",
    "Toast",
    "WebhookAnswer",
]


# A wait reads the chat after each event, which would be slow with thousands of messages.
LOOKED_AT = 500


class SandboxDriver(PeopleDriver, MarketDriver, GoodsDriver, TroubleDriver):
    """A typed client of the control interface; an asynchronous context manager.

    People and groups are named by their keys, a chat by "bot" (the private one) or a group's key. All methods
    raise AssertionError with the sandbox's reason if an action is not possible.
    """

    def __init__(self, base_url: str) -> None:
        self._wire = Wire(base_url)

    async def __aenter__(self) -> Self:
        await self._wire.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._wire.close()

    async def health(self) -> bool:
        """Whether the sandbox answers."""
        return await self._wire.answers()

    async def world(self) -> dict[str, Any]:
        """Return people, groups and shops."""
        return await self._wire.get("world")

    async def reset(self) -> None:
        """Reset the world."""
        await self._wire.post("reset")

    async def mark(self) -> int:
        """Return the newest event's id: `since=mark` then finds only messages that came or changed later."""
        return await self._wire.event_id()

    async def chat(self, person: str, chat: str = "bot", *, last: int | None = None) -> SeenChat:
        """Return the chat's current messages, keyboard and commands.

        `last` limits the messages to those that came or changed last.
        """
        query = {} if last is None else {"last": str(last)}
        return SeenChat.read(await self._wire.get(f"chats/{person}/{chat}/messages", **query))

    async def messages(self, person: str, chat: str = "bot") -> list[SeenMessage]:
        """Return a chat's messages, oldest first, including deleted ones."""
        return (await self.chat(person, chat)).messages

    async def message(self, person: str, message_id: int, chat: str = "bot") -> SeenMessage:
        """Return the current state of one message."""
        return SeenMessage.read(await self._wire.get(f"chats/{person}/{chat}/messages/{message_id}"))

    async def download(self, url: str) -> bytes:
        """Return the bytes of a message's file."""
        return await self._wire.download(url)

    async def wait_message(
        self,
        person: str,
        predicate: Callable[[SeenMessage], bool] | None = None,
        *,
        containing: str | None = None,
        chat: str = "bot",
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test's patience
        since: int = 0,
    ) -> SeenMessage:
        """Wait for a matching message of the bot that is not deleted, and return the newest one.

        Existing messages count too (the 500 that came or changed last), unless `since` (from `mark`, or the
        `event_id` of a message) is given: then only those that came or were edited after it.
        """

        def fits(message: SeenMessage) -> bool:
            shown = message.from_bot and not message.deleted and message.event_id > since
            worded = containing is None or containing in message.text
            return shown and worded and (predicate is None or predicate(message))

        def newest(seen: SeenChat) -> SeenMessage | None:
            return next(filter(fits, reversed(seen.messages)), None)

        wanted = f"a message with {containing!r}" if containing else "a message that fits"
        return await self._until(newest, person, chat, timeout, wanted)

    async def wait_chat(
        self,
        person: str,
        predicate: Callable[[SeenChat], bool],
        *,
        chat: str = "bot",
        timeout: float = PATIENCE,  # noqa: ASYNC109 - a test's patience
    ) -> SeenChat:
        """Wait until a chat fulfils the predicate, for example has a keyboard or a deleted message."""
        return await self._until(
            lambda seen: seen if predicate(seen) else None, person, chat, timeout, "the chat to fit"
        )

    async def press_last(
        self,
        person: str,
        button_text: str,
        chat: str = "bot",
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as in press
    ) -> Toast:
        """Wait for a message with this button, and press it on the newest one."""

        def label(message: SeenMessage) -> str | None:
            return button_text if button_text in message.button_texts else None

        wanted = f"a message with the button «{button_text}»"
        return await self.press_newest(person, label, chat, wanted=wanted, timeout=timeout)

    async def press_newest(
        self,
        person: str,
        label: Callable[[SeenMessage], str | None],
        chat: str = "bot",
        *,
        wanted: str = "a message with such a button",
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as in press
    ) -> Toast:
        """Press the button that `label` returns, on the newest message for which it returns one.

        Waits for such a message. If it is deleted or redrawn before the press, it searches again.
        """

        def newest(seen: SeenChat) -> tuple[int, str] | None:
            there = ((m.message_id, label(m)) for m in reversed(seen.messages) if not m.deleted)
            return next(((message_id, text) for message_id, text in there if text is not None), None)

        while True:
            message_id, text = await self._until(newest, person, chat, timeout, wanted)
            try:
                return await self.press(person, message_id, text, chat, timeout=timeout)
            except AssertionError:
                now = await self.message(person, message_id, chat)
                if text in now.button_texts and not now.deleted:
                    raise

    async def _until(
        self, find: Callable[[SeenChat], Found | None], person: str, chat: str, seconds: float, wanted: str
    ) -> Found:
        async def look() -> Found | None:
            return find(await self.chat(person, chat, last=LOOKED_AT))

        found = await self._wire.until(look, seconds)
        if found is None:
            seen = await self.chat(person, chat, last=LOOKED_AT)
            raise AssertionError(
                f"waited {seconds:g} s in vain for {wanted}; the chat of {person} ({chat}):\n{seen}"
            )
        return found
