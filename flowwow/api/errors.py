"""What can go wrong between us and the marketplace. None of the texts ever carries the token."""

# ruff: noqa: N818 - the names say what the marketplace answered; all but one stand behind MarketplaceError

from __future__ import annotations

from collections.abc import Iterable


class MarketplaceError(Exception):
    """A call to the marketplace failed."""


class Unauthorized(MarketplaceError):
    """The token is missing, wrong or expired (401)."""


class Forbidden(MarketplaceError):
    """The token is good, but not for this shop (403)."""


class NotFound(MarketplaceError):
    """The marketplace does not know what was asked for (404)."""


class RateLimited(MarketplaceError):
    """Too many calls (429); `retry_after` is in seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"too many calls, wait {retry_after:g} s")
        self.retry_after = retry_after


class Rejected(MarketplaceError):
    """The marketplace refused the call; `fields` are pairs of a path and what is wrong with it."""

    def __init__(self, status: int, message: str, fields: Iterable[tuple[str, str]] = ()) -> None:
        self.status = status
        self.message = message
        self.fields = tuple(fields)
        wrong = "".join(f"; {path}: {what}" for path, what in self.fields)
        super().__init__(f"{status} {message}{wrong}")


class Unavailable(MarketplaceError):
    """No usable answer: network, time-out, 5xx, not JSON. Worth another try."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class UnreadableOrder(Exception):
    """The object is not an order: it has no number."""
