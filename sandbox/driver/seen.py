"""The objects that the driver returns: messages, toasts, orders, with readable `str` output."""

from collections import Counter
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class SeenFile:
    """A photo, document, sticker or voice message; `url` is relative to the sandbox's address."""

    file_id: str
    url: str
    file_name: str

    @classmethod
    def read(cls, data: dict[str, Any] | None) -> Self | None:
        """Parse the control interface's JSON; None stays None."""
        return cls(data["file_id"], data["url"], data["file_name"]) if data else None


@dataclass(frozen=True)
class SeenButton:
    """A button under a message."""

    text: str
    callback_data: str | None
    url: str | None
    disabled: bool = False


@dataclass(frozen=True)
class SeenMessage:
    """A message as a person sees it; `receiver` is the only person who sees an ephemeral message."""

    message_id: int
    author: str | None
    author_name: str
    date: int
    edit_date: int | None
    text: str
    html: str
    entities: list[dict[str, Any]]
    photo: SeenFile | None
    document: SeenFile | None
    sticker: SeenFile | None
    voice: SeenFile | None
    contact: dict[str, Any] | None
    location: dict[str, Any] | None
    media_group_id: str | None
    reply_to_message_id: int | None
    buttons: list[list[SeenButton]]
    reactions: list[str]
    deleted: bool
    silent: bool
    service: str | None
    event_id: int
    receiver: str | None = None

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Parse the control interface's JSON; `text` and `entities` may be those of the caption."""
        return cls(
            message_id=data["message_id"],
            author=data["from"]["key"],
            author_name=data["from"]["name"],
            date=data["date"],
            edit_date=data["edit_date"],
            text=data["text"] or data["caption"] or "",
            html=data["html"],
            entities=data["entities"] or data["caption_entities"],
            photo=SeenFile.read(data["photo"]),
            document=SeenFile.read(data["document"]),
            sticker=SeenFile.read(data["sticker"]),
            voice=SeenFile.read(data["voice"]),
            contact=data["contact"],
            location=data["location"],
            media_group_id=data["media_group_id"],
            reply_to_message_id=data["reply_to_message_id"],
            buttons=[[_button(button) for button in row] for row in data["inline_keyboard"]],
            reactions=data["reactions"],
            deleted=data["deleted"],
            silent=data["silent"],
            service=data["service"],
            event_id=data["event_id"],
            receiver=data["receiver"],
        )

    @property
    def from_bot(self) -> bool:
        """Whether the bot wrote it."""
        return self.author == "bot"

    @property
    def button_texts(self) -> list[str]:
        """Texts of all buttons, row by row."""
        return [button.text for row in self.buttons for button in row]

    def button(self, text: str) -> SeenButton:
        """Find a button by its text. Raises AssertionError."""
        for row in self.buttons:
            for button in row:
                if button.text == text:
                    return button
        raise AssertionError(
            f"no button «{text}» under message {self.message_id}; there are {self.button_texts}"
        )

    def __str__(self) -> str:
        marks = [
            name
            for name in ("photo", "document", "sticker", "voice", "contact", "service")
            if getattr(self, name)
        ]
        marks += [f"only for {self.receiver}"] * bool(self.receiver)
        marks += ["silent"] * self.silent + ["edited"] * bool(self.edit_date) + ["DELETED"] * self.deleted
        marked = f" ({', '.join(marks)})" if marks else ""
        head = f"[{self.message_id}] {self.author_name}{marked}: "
        lines = [head + self.text.replace("\n", "\n      ")]
        lines += ["      " + " ".join(f"[ {button.text} ]" for button in row) for row in self.buttons]
        return "\n".join(lines)


def _button(data: dict[str, Any]) -> SeenButton:
    return SeenButton(data["text"], data.get("callback_data"), data.get("url"), "disabled" in data)


@dataclass(frozen=True)
class SeenChat:
    """A chat as a person sees it; `keyboard` holds the buttons under the text field."""

    messages: list[SeenMessage]
    keyboard: list[list[dict[str, Any]]]
    commands: list[dict[str, str]]
    pinned: list[int]
    started: bool
    event_id: int

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Read what the control interface shows."""
        return cls(
            messages=[SeenMessage.read(message) for message in data["messages"]],
            keyboard=(data["reply_keyboard"] or {}).get("keyboard", []),
            commands=data["commands"],
            pinned=data["pinned"],
            started=data["started"],
            event_id=data["event_id"],
        )

    @property
    def keyboard_texts(self) -> list[str]:
        """Texts of the buttons under the text field."""
        return [button["text"] for row in self.keyboard for button in row]

    def __str__(self) -> str:
        shown = "\n".join(map(str, self.messages)) or "(no messages)"
        return shown + (f"\n      keyboard: {self.keyboard_texts}" if self.keyboard else "")


@dataclass(frozen=True)
class Toast:
    """The bot's answer to a press; `url` is opened by the client."""

    answered: bool
    text: str | None
    alert: bool
    url: str | None = None


@dataclass(frozen=True)
class PlacedOrder:
    """An order at the marketplace; `webhook_status` is the bot's answer to its webhook, if any."""

    id: int
    shop: int
    status: int | None
    cancelled: bool
    order: dict[str, Any]
    calls: list[str]
    webhooks: list[dict[str, Any]]
    vanished: bool = False
    webhook_status: int | None = None
    webhook_text: str | None = None

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Read what the control interface shows."""
        return cls(**data)

    @property
    def called(self) -> Counter[str]:
        """Count each kind of changing call, refused or not; views do not count."""
        return Counter(call for call in self.calls if call != "view")


@dataclass(frozen=True)
class LimitCounts:
    """Messages within the rate limits and refused calls, in total and by chat id."""

    counted: int
    refused: int
    counted_by_chat: dict[int, int]
    refused_by_chat: dict[int, int]

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """Read what the control interface shows."""
        counted, refused = data["counted"], data["refused"]
        return cls(counted["all"], refused["all"], _by_chat(counted), _by_chat(refused))


def _by_chat(counts: dict[str, Any]) -> dict[int, int]:
    return {int(chat_id): count for chat_id, count in counts["chats"].items()}


@dataclass(frozen=True)
class FaultCounts:
    """Counts of injected faults: section -> fault -> name of the method, update or event -> count."""

    made: dict[str, dict[str, dict[str, int]]]

    def of(self, section: str, fault: str | None = None) -> int:
        """Count a section's faults, of one kind or all."""
        by_fault = self.made[section]
        return sum(sum(names.values()) for kind, names in by_fault.items() if fault in {None, kind})

    @property
    def total(self) -> int:
        """The number of all faults."""
        return sum(map(self.of, self.made))


@dataclass(frozen=True)
class WebhookAnswer:
    """The answer of a webhook's receiver."""

    status: int | None
    text: str
