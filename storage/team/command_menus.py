"""The command menus that were set in Telegram by chat, and the people who need one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.model.people import Role
from storage.db import upserts
from storage.db.client_tables import client_links
from storage.db.tables import command_menus, memberships, staff
from storage.team.staff import AT_FIRST


@dataclass(frozen=True, slots=True)
class Reader:
    """A person who needs their own menu. `role`: their role in the selected shop; None for a client."""

    chat_id: int
    language: str
    role: Role | None


async def readers(c: AsyncConnection) -> list[Reader]:
    """Returns the connected members, then the clients who have opened a link."""
    people = (
        select(staff.c.telegram_id, staff.c.language, memberships.c.role)
        .join_from(staff, memberships)
        .where(staff.c.telegram_id.is_not(None))
        .order_by(*AT_FIRST)
    )
    found: dict[int, Reader] = {}
    for chat, language, role in await c.execute(people):
        found.setdefault(chat, Reader(chat, language, Role(role)))
    clients = select(client_links.c.chat_id, client_links.c.language).where(
        client_links.c.chat_id.is_not(None), client_links.c.is_over.is_(False)
    )
    for chat, language in await c.execute(clients.order_by(client_links.c.id.desc())):
        found.setdefault(chat, Reader(chat, language, None))
    return list(found.values())


async def given(c: AsyncConnection) -> dict[int, str]:
    """Returns the menus that are set in Telegram, by chat."""
    return {row.chat_id: row.menu for row in await c.execute(select(command_menus))}


async def put(c: AsyncConnection, chat_id: int, menu: str) -> None:
    """Store that this menu was set in Telegram."""
    await upserts.put(c, command_menus, {"chat_id": chat_id}, {"menu": menu})


async def remove(c: AsyncConnection, chat_id: int) -> None:
    """Store that the menu of this chat was removed in Telegram."""
    await c.execute(delete(command_menus).where(command_menus.c.chat_id == chat_id))
