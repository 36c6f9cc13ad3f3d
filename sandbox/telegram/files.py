"""Files of the sandbox's Telegram, by id and by path."""

import secrets
from dataclasses import dataclass
from typing import Any

PREFIXES = {"photo": "AgACAgIAAx", "document": "BQACAgIAAx", "voice": "AwACAgIAAx", "sticker": "CAACAgIAAx"}
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}


@dataclass(frozen=True)
class StoredFile:
    """The bytes of a file, and its Bot API data."""

    file_id: str
    unique_id: str
    kind: str
    path: str
    name: str
    mime: str
    data: bytes

    @property
    def identity(self) -> dict[str, Any]:
        """The fields that all file objects of the Bot API have."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": len(self.data)}


class FileStore:
    """All files, kept in memory."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._objects: dict[str, tuple[str, Any]] = {}

    def add(self, kind: str, data: bytes, name: str, mime: str) -> StoredFile:
        """Store a file with a new id."""
        token = secrets.token_urlsafe(36)
        suffix = name.rpartition(".")[2] if "." in name else "bin"
        path = f"{FOLDERS[kind]}/file_{len(self._by_id)}.{suffix}"
        file = StoredFile(PREFIXES[kind] + token, "AQAD" + token[:11], kind, path, name, mime, data)
        self._by_id[file.file_id] = self._by_path[path] = file
        return file

    def remember(self, file_id: str, kind: str, value: object) -> None:
        """Store the message field of this file, so that it can be sent again by its id."""
        self._objects[file_id] = (kind, value)

    def known(self, file_id: str) -> tuple[str, Any] | None:
        """Return the kind and the message field of a file sent before."""
        return self._objects.get(file_id)

    def get(self, file_id: str) -> StoredFile | None:
        """Find a file by its id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Find a file by the path that getFile returned."""
        return self._by_path.get(path)
