"""Validates links as Telegram does: only http, https, tg and ton, and a host with a dot."""

import re

_USER = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)
_PROTOCOL = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_HOST = re.compile(r"(?:[^/?#@]*@)?([^/?#:]*)(?::([^/?#]*))?(.*)", re.DOTALL)


class BadLinkError(ValueError):
    """Raised for a link that Telegram rejects; the text is Telegram's reason."""


def linked_user(url: str) -> int | None:
    """Return the user id of a `tg://user?id=` link, else None."""
    match = _USER.fullmatch(url.strip())
    return int(match[1]) if match else None


def check_link(url: str) -> str:
    """Return the link as Telegram stores it. Raises BadLinkError."""
    link = url.strip()
    if link.lower().startswith(("tg:", "ton:")):
        return link
    protocol, rest = "http", link
    if match := _PROTOCOL.match(link):
        protocol, rest = match[1].lower(), link[match.end() :]
        if protocol not in {"http", "https"}:
            raise BadLinkError("Unsupported URL protocol")
    host, port, path = _HOST.fullmatch(rest).groups()  # type: ignore[union-attr]  # the pattern matches any text
    if port is not None and not port.isdigit():
        raise BadLinkError("Wrong port number specified in the URL")
    if not host:
        raise BadLinkError("URL host is empty")
    if "." not in host or any(char.isspace() for char in host):
        raise BadLinkError("Wrong HTTP URL")
    path = path if path.startswith("/") else f"/{path}"
    return f"{protocol}://{host.lower()}{f':{port}' if port else ''}{path}"


def checked_link(url: str) -> str | None:
    """Return the link as Telegram stores it, or None if it rejects it."""
    try:
        return check_link(url)
    except BadLinkError:
        return None
