"""Where the bot wants its updates brought, and how the last tries went."""

from dataclasses import dataclass


@dataclass
class WebhookSettings:
    """An empty `url` means that the bot polls."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None
