"""Errors of the seller API in its JSON format."""

from typing import Any


class MarketError(Exception):
    """Raised to answer a call with an error body."""

    def __init__(self, status: int, message: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.fields = fields or {}

    def as_json(self) -> dict[str, Any]:
        """Return the body."""
        fields = [{"path": path, "messages": [reason]} for path, reason in self.fields.items()]
        return {"message": self.message, "fields": fields, "trace": None}


def invalid(field: str, reason: str) -> MarketError:
    """Create a 400 about one field."""
    return MarketError(400, "Validation failed", {field: reason})
