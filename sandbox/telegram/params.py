"""The arguments of a call, sent as JSON values or as strings of a query or form."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.telegram.errors import bad_request


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request."""

    name: str
    mime: str
    data: bytes


class Params:
    """Reads arguments by type, from either encoding."""

    def __init__(self, values: Mapping[str, object], uploads: Mapping[str, Upload] | None = None) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}
        self._uploads = dict(uploads or {})

    def __contains__(self, name: str) -> bool:
        return name in self._values or name in self._uploads

    def text(self, name: str, default: str = "") -> str:
        """Read a string."""
        value = self._values.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        """Read an integer; invalid values count as the default, as in Telegram."""
        try:
            return int(self.text(name, str(default)))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        """Read a boolean."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def json(self, name: str, what: str) -> object:
        """Read a JSON value, None if absent. Raises ApiError, worded with `what`."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            parsed: object = json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
        return parsed

    def replaced(self, values: Mapping[str, object]) -> "Params":
        """Return the call with some arguments changed; None removes one."""
        return Params({**self._values, **values}, self._uploads)

    def upload(self, name: str) -> Upload | None:
        """Return the uploaded file of this field."""
        return self._uploads.get(name)

    def nested(self, values: Mapping[str, object]) -> "Params":
        """Return arguments for a nested object, such as an album's item, with this call's uploads."""
        return Params(values, self._uploads)
