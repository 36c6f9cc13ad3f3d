"""Sends messages with apprise in a separate process, which ends afterwards.

apprise is imported inside the functions that only this process calls, so that the bot does not load its 30
MiB. An address holds a password, and a library's messages may repeat it. So this process writes no log, and
no function here raises.
"""

from __future__ import annotations

import ipaddress
import json
import re
import socket
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from apprise import NotifyBase

SECONDS = 20.0
"""Time limit for one address."""
AT_ONCE = 8

_OF_THE_MACHINE = ("syslog", "rsyslog", "dbus", "gnome", "glib", "kde", "qt", "macosx", "windows")
"""Address schemes that reach the bot's own machine: allowed in the settings, refused from a chat."""
_READS = re.compile(r"\b(template|keyfile|subfile|pgppub|pgpprv|wkd)\s*=", re.IGNORECASE)
"""Parameters that make a service read a file or the content of another address."""


class LetterDocument(TypedDict):
    """A `letters.Letter` envelope as it is handed to this process."""

    address: str
    title: str
    body: str
    is_from_chat: bool


def deliver(content: bytes) -> list[bool]:
    """Send these letters, given as JSON; returns for each whether its address took it."""
    letters: list[LetterDocument] = json.loads(content)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(_delivered, letters))


def service_of(content: bytes) -> str | None:
    """The name of the service that the letter's address leads to ("E-Mail"); None for an unusable address."""
    letter: LetterDocument = json.loads(content)
    try:
        service = _usable(letter)
        if service is None:
            return None
        return str(service.service_name)
    except Exception:  # noqa: BLE001 - a library's message could repeat the address
        return None


def _delivered(letter: LetterDocument) -> bool:
    import apprise

    try:
        service = _usable(letter)
        if service is None:
            return False
        sender = apprise.Apprise([service])
        return bool(
            sender.notify(
                letter["body"], title=letter["title"], body_format=apprise.NotifyFormat.TEXT, timeout=SECONDS
            )
        )
    except Exception:  # noqa: BLE001 - a library's message could repeat the address
        return False


def _usable(letter: LetterDocument) -> NotifyBase | None:
    from apprise import Apprise, NotifyBase

    address = letter["address"]
    found = Apprise.instantiate(address, suppress_exceptions=True)
    if not isinstance(found, NotifyBase):
        return None
    if letter["is_from_chat"]:
        found.redirects = False  # a redirect from outside could lead inside
        return None if _is_inside(address, found) else found
    return found


def _is_inside(address: str, service: NotifyBase) -> bool:
    """Whether it leads to the bot's own machine, its files or its network, which no chat may reach."""
    if address.partition("://")[0].lower() in _OF_THE_MACHINE or _READS.search(unquote(address)):
        return True
    hosts = {
        str(host).strip("[]") for name in ("host", "smtp_host") if (host := getattr(service, name, None))
    }
    hosts |= {host for host in [urlsplit(address).hostname] if host}
    return not all(map(_is_public, hosts))


def _is_public(host: str) -> bool:
    try:
        found: Sequence[str] = [str(one[4][0]) for one in socket.getaddrinfo(host, None)]
    except OSError:  # an unknown name reaches nothing, and may not be a host
        return True
    return all(ipaddress.ip_address(one.partition("%")[0]).is_global for one in found)
