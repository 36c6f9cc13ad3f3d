"""Actions of people and groups, for tests."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.driver.seen import SeenMessage, Toast
from sandbox.driver.wire import PATIENCE, Wire

Button = str | tuple[int, int]
File = Path | bytes


class PeopleDriver:
    """Lets people write, send, press, start and block."""

    _wire: Wire

    async def text(
        self, person: str, text: str, chat: str = "bot", reply_to: int | None = None
    ) -> SeenMessage:
        """Write a text."""
        return await self._said(person, "text", {"chat": chat, "text": text, "reply_to": reply_to})

    async def edit(self, person: str, message_id: int, text: str, chat: str = "bot") -> SeenMessage:
        """Edit the person's own text."""
        return await self._said(person, "edit", {"chat": chat, "message_id": message_id, "text": text})

    async def start(self, person: str, payload: str = "") -> SeenMessage:
        """Press Start, with a deep link's payload."""
        return await self._said(person, "start", {"payload": payload})

    async def clear(self, person: str) -> None:
        """Clear the person's history with the bot, for them only."""
        await self._wire.post(f"people/{person}/clear")

    async def contact(
        self,
        person: str,
        of: str | dict[str, Any] | None = None,
        chat: str = "bot",
        from_name: str | None = None,
    ) -> SeenMessage:
        """Send a contact: their own, another person's (a key), or a card {"phone", "first_name"}.

        With `from_name` it is forwarded from a sender of this name.
        """
        return await self._said(person, "contact", {"chat": chat, "of": of, "from_name": from_name})

    async def forward(
        self, person: str, text: str, from_name: str = "Flowwow", chat: str = "bot"
    ) -> SeenMessage:
        """Forward a text from a hidden sender."""
        return await self._said(person, "forward", {"chat": chat, "text": text, "from_name": from_name})

    async def location(
        self,
        person: str,
        latitude: float,
        longitude: float,
        live_period: int = 0,
        chat: str = "bot",
        reply_to: int | None = None,
    ) -> SeenMessage:
        """Send a location; a live one if `live_period` (seconds) is given."""
        where = {"latitude": latitude, "longitude": longitude, "live_period": live_period}
        return await self._said(person, "location", {"chat": chat, "reply_to": reply_to, **where})

    async def move(
        self, person: str, message_id: int, latitude: float, longitude: float, chat: str = "bot"
    ) -> SeenMessage:
        """Move the person's live location."""
        where = {"latitude": latitude, "longitude": longitude}
        return await self._said(person, "move", {"chat": chat, "message_id": message_id, **where})

    async def stop_location(self, person: str, message_id: int, chat: str = "bot") -> SeenMessage:
        """Stop the person's live location."""
        return await self._said(person, "move", {"chat": chat, "message_id": message_id})

    async def photo(
        self,
        person: str,
        file: File,
        *,
        chat: str = "bot",
        caption: str | None = None,
        reply_to: int | None = None,
        name: str = "photo.jpg",
    ) -> SeenMessage:
        """Send a photo, which Telegram compresses."""
        fields = {"chat": chat, "caption": caption, "reply_to": reply_to, "as": "photo"}
        return (await self._upload(person, [file], fields, name))[0]

    async def document(
        self,
        person: str,
        file: File,
        *,
        chat: str = "bot",
        caption: str | None = None,
        reply_to: int | None = None,
        name: str = "photo.jpg",
    ) -> SeenMessage:
        """Send a file unchanged; its type follows from the extension of `name`."""
        fields = {"chat": chat, "caption": caption, "reply_to": reply_to, "as": "document"}
        return (await self._upload(person, [file], fields, name))[0]

    async def album(
        self,
        person: str,
        files: Sequence[File],
        *,
        chat: str = "bot",
        caption: str | None = None,
        reply_to: int | None = None,
        captions: Sequence[str] = (),
        as_files: bool = False,
    ) -> list[SeenMessage]:
        """Send several photos as an album: separate messages with one `media_group_id`.

        `caption` belongs to the first; `captions` has one for each photo.
        """
        kind = "document" if as_files else "photo"
        fields = {"chat": chat, "caption": caption, "reply_to": reply_to, "as": kind}
        fields |= {f"caption{place}": words for place, words in enumerate(captions)}
        return await self._upload(person, files, fields, "photo.jpg")

    async def sticker(self, person: str, chat: str = "bot", reply_to: int | None = None) -> SeenMessage:
        """Send a sticker."""
        return await self._said(person, "sticker", {"chat": chat, "reply_to": reply_to})

    async def voice(self, person: str, chat: str = "bot", reply_to: int | None = None) -> SeenMessage:
        """Send a voice message."""
        return await self._said(person, "voice", {"chat": chat, "reply_to": reply_to})

    async def press(
        self,
        person: str,
        message_id: int,
        button: Button,
        chat: str = "bot",
        *,
        stale: bool = False,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - how long the sandbox waits for the bot
    ) -> Toast:
        """Press a button by its text or (row, column); `stale` also finds one that an edit removed."""
        wanted = button if isinstance(button, str) else {"row": button[0], "col": button[1]}
        body = {"message_id": message_id, "button": wanted, "stale_markup": stale}
        return await self._pressed(person, body | {"chat": chat, "timeout": timeout})

    async def forge(
        self,
        person: str,
        message_id: int,
        callback_data: str,
        chat: str = "bot",
        *,
        timeout: float = PATIENCE,  # noqa: ASYNC109 - as in press
    ) -> Toast:
        """Send a callback with any data, as an outdated or malicious client may."""
        body = {"message_id": message_id, "callback_data": callback_data}
        return await self._pressed(person, body | {"chat": chat, "timeout": timeout})

    async def block(self, person: str) -> None:
        """Block the bot."""
        await self._wire.post(f"people/{person}/block")

    async def unblock(self, person: str) -> None:
        """Unblock the bot."""
        await self._wire.post(f"people/{person}/unblock")

    async def kick(self, group: str = "group", by: str | None = None) -> None:
        """Remove the bot from a group."""
        await self._wire.post(f"groups/{group}/kick", {"by": by})

    async def add(self, group: str = "group", by: str | None = None) -> None:
        """Add the bot back to a group."""
        await self._wire.post(f"groups/{group}/add", {"by": by})

    async def join(self, person: str, group: str = "group") -> None:
        """Add a person to a group."""
        await self._wire.post(f"groups/{group}/join", {"person": person})

    async def leave(self, person: str, group: str = "group") -> None:
        """Remove a person from a group."""
        await self._wire.post(f"groups/{group}/leave", {"person": person})

    async def migrate(self, group: str = "group") -> int:
        """Make a group a supergroup and return its new id."""
        return int((await self._wire.post(f"groups/{group}/migrate"))["chat_id"])

    async def _said(self, person: str, action: str, body: dict[str, Any]) -> SeenMessage:
        return SeenMessage.read(await self._wire.post(f"people/{person}/{action}", body))

    async def _pressed(self, person: str, body: dict[str, Any]) -> Toast:
        return Toast(**await self._wire.post(f"people/{person}/press", body))

    async def _upload(
        self, person: str, files: Sequence[File], fields: dict[str, Any], name: str
    ) -> list[SeenMessage]:
        form = aiohttp.FormData()
        for field, value in fields.items():
            if value is not None:
                form.add_field(field, str(value))
        for index, file in enumerate(files):
            data = file if isinstance(file, bytes) else file.read_bytes()
            named = name if isinstance(file, bytes) else file.name
            whole = io.BytesIO(data)  # aiohttp warns about large bytes objects
            form.add_field(f"file{index}", whole, filename=named, content_type="application/octet-stream")
        sent = await self._wire.upload(f"people/{person}/photo", form)
        return [SeenMessage.read(message) for message in (sent if isinstance(sent, list) else [sent])]
