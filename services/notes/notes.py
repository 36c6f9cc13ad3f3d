"""Notes on orders: texts in the order, voice messages and pictures as files on disk (X19)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from orders.model.delivery_facts import Remark, RemarkKind
from orders.model.order import Order
from orders.model.people import Actor
from orders.model.refusals import Reason, Refusal
from orders.steps.delivery.notes import same_source
from orders.steps.delivery_commands import Note
from services.files.downloads import Downloads, FileNotNowError, FileTooBigError
from services.order.desk import Desk
from storage.db.database import Database
from storage.db.errors import PhotoMissing, PhotosUnavailable
from storage.order import cards
from storage.photo.photo_files import Kept, PhotoFiles

_EXTENSIONS = {RemarkKind.VOICE: "ogg", RemarkKind.VIDEO: "mp4", RemarkKind.STICKER: "webp"}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Said:
    """What a message says: text, or a file at Telegram; `size` in bytes, `seconds` of a recording."""

    chat: int
    message: int
    words: str
    kind: RemarkKind = RemarkKind.TEXT
    file_id: str = ""
    size: int | None = None
    seconds: int = 0
    part: int = 0
    """Distinguishes the pictures of one album."""

    @property
    def source(self) -> str:
        return f"{self.chat}:{self.message}" + (f":{self.part}" if self.part else "")


class Notes:
    """Stores notes on orders, and reads their files."""

    def __init__(
        self,
        database: Database,
        files: PhotoFiles,
        downloads: Downloads,
        desk: Desk,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._files = files
        self._downloads = downloads
        self._desk = desk
        self._clock = clock

    async def add(self, order_id: int, said: Said, actor: Actor, kept: Kept | None = None) -> Order:
        """Store a note once; `kept` is its picture on disk. A changed text of the same message corrects it.

        Raises Refusal for those who do not work on the order.
        """
        incoming = kept.path if kept is not None else ""
        note = Note(said.words, said.kind, said.file_id, incoming, said.seconds, said.source)
        try:
            order = await self._desk.check(order_id, note, actor)
            before = same_source(order.remarks, said.source)
            path = before.path if before is not None else await self._settled(order, said, kept)
            filled = Note(said.words, said.kind, said.file_id, path, said.seconds, said.source)
            order = await self._desk.do(order_id, filled, actor)
        except Refusal as refused:
            if refused.reason is not Reason.ALREADY:
                raise
            return await self._desk.look(order_id, actor)
        async with self._database.write() as c:
            await cards.put_message(c, order_id, said.chat, said.message)
        return order

    async def noted_at(self, chat: int, message: int) -> int | None:
        """The order to which the message was noted."""
        async with self._database.snapshot() as c:
            return await cards.order_of(c, chat, message)

    async def file(self, remark: Remark) -> bytes | None:
        """The copy on disk; None where there is none or it cannot be read now."""
        if not remark.path:
            return None
        with suppress(PhotoMissing, PhotosUnavailable):
            return await self._files.read(remark.path)
        return None

    async def _settled(self, order: Order, said: Said, kept: Kept | None) -> str:
        """The file's path in the order's folder; empty where no copy was made: Telegram still has it."""
        try:
            kept = kept or await self._fetched(said)
            if kept is None:
                return ""
            folder, version = f"{order.number}-notes", said.message
            path = await self._files.settle(kept.path, folder, version, self._clock())
            await self._files.discard_incoming(kept.path)
        except (FileNotNowError, FileTooBigError, PhotosUnavailable, PhotoMissing) as error:
            log.warning("note_without_copy", order_id=order.id, why=type(error).__name__)
            return ""
        return path

    async def _fetched(self, said: Said) -> Kept | None:
        extension = _EXTENSIONS.get(said.kind)
        if not said.file_id or extension is None:
            return None
        async with self._downloads.fetched(said.file_id, said.size) as content:
            return await self._files.keep(content, extension)
