"""The errors of calls to the marketplace. Their texts never contain the token."""

# ruff: noqa: N818 - the names say what the marketplace answered; all but one derive from MarketplaceError

from __future__ import annotations

from collections.abc import Iterable


class MarketplaceError(Exception):
    """A call to the marketplace failed."""


class Unauthorized(MarketplaceError):
    """The token is missing, wrong or expired (401)."""


class Forbidden(MarketplaceError):
    """The token is valid, but not for this shop (403)."""


class NotFound(MarketplaceError):
    """The marketplace does not have the requested object (404)."""


class RateLimited(MarketplaceError):
    """Too many calls (429); `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"too many calls, wait {retry_after:g} s")
        self.retry_after = retry_after


class Rejected(MarketplaceError):
    """The marketplace refused the call; `fields` are pairs of a path and its error."""

    def __init__(self, status: int, message: str, fields: Iterable[tuple[str, str]] = ()) -> None:
        self.status = status
        self.message = message
        self.fields = tuple(fields)
        wrong = "".join(f"; {path}: {what}" for path, what in self.fields)
        super().__init__(f"{status} {message}{wrong}")


class Unavailable(MarketplaceError):
    """No usable response: network error, time-out, 5xx, or not JSON. A retry may help."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnreadableOrder(Exception):
    """The object is not the expected order: it has no number, or that of another order or shop."""
