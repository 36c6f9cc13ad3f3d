"""Links as Telegram checks them: http, https and tg only, and a host with a dot in it."""

import re

_USER = re.compile(r"tg:(?://)?user\?id=(\d+)", re.IGNORECASE)
_PROTOCOL = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_HOST = re.compile(r"(?:[^/?#@]*@)?([^/?#:]*)(?::([^/?#]*))?(.*)", re.DOTALL)


class BadLinkError(ValueError):
    """A link Telegram does not take; the text is its reason."""


def linked_user(url: str) -> int | None:
    """Give the user a `tg://user?id=` link points at."""
    match = _USER.fullmatch(url.strip())
    return int(match[1]) if match else None


def check_link(url: str) -> str:
    """Give the link as Telegram stores it, or raise with Telegram's reason."""
    link = url.strip()
    if link.lower().startswith(("tg:", "ton:")):
        return link
    protocol, rest = "http", link
    if match := _PROTOCOL.match(link):
        protocol, rest = match[1].lower(), link[match.end() :]
        if protocol not in {"http", "https"}:
            raise BadLinkError("Unsupported URL protocol")
    host, port, path = _HOST.fullmatch(rest).groups()  # type: ignore[union-attr]  # the pattern takes any text
    if port is not None and not port.isdigit():
        raise BadLinkError("Wrong port number specified in the URL")
    if not host:
        raise BadLinkError("URL host is empty")
    if "." not in host or any(char.isspace() for char in host):
        raise BadLinkError("Wrong HTTP URL")
    path = path if path.startswith("/") else f"/{path}"
    return f"{protocol}://{host.lower()}{f':{port}' if port else ''}{path}"


def checked_link(url: str) -> str | None:
    """Give the link as Telegram stores it, None when it does not take it."""
    try:
        return check_link(url)
    except BadLinkError:
        return None
