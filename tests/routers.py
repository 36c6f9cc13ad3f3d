"""Routers are made once in a process, and there may be many bots in it, one after another."""

from __future__ import annotations

from handlers.routers import MODULES


def take_routers_off() -> None:
    """The bot that had them has ended: the next one may hang them up."""
    for module in MODULES:
        module.router._parent_router = None  # noqa: SLF001 - aiogram has no other way to take them off
