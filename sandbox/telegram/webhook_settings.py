"""The bot's webhook settings and the last error."""

from dataclasses import dataclass


@dataclass
class WebhookSettings:
    """An empty `url` means that the bot polls."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str | None = None
