"""The client links (X7). Only the digest of a link's secret token is stored."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.client.links import ClientLink
from orders.model.order import Mark
from storage.db import serial, upserts
from storage.db.client_tables import (
    client_links,
    client_messages,
    client_photos,
    client_talk,
    shown_positions,
)

_OPEN = select(client_links).where(client_links.c.is_over.is_(False))
_OF_ORDER = _OPEN.where(client_links.c.order_id == bindparam("order_id"))
_OF_CHAT = _OPEN.where(client_links.c.chat_id == bindparam("chat_id")).order_by(client_links.c.id)
_BY_DIGEST = select(client_links).where(client_links.c.digest == bindparam("digest"))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the client's chat shows: the card's message, the digest of its content, the newest photo sent."""

    card_id: int | None
    card_digest: str
    photo_sha256: str


def digest_of(token: str) -> str:
    """Returns the digest of a link's secret token, which is stored instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


async def add(c: AsyncConnection, order_id: int, nonce: str, token: str, made: Mark) -> bool:
    """Store a new link. Returns False when the order has one that is not revoked."""
    values = {
        "order_id": order_id,
        "nonce": nonce,
        "digest": digest_of(token),
        "made": serial.mark_document(made),
        "language": "",
        "is_over": False,
        "card_digest": "",
        "photo_sha256": "",
    }
    return await upserts.add(c, client_links, values)


async def of_order(c: AsyncConnection, order_id: int) -> ClientLink | None:
    """Returns the order's link that was not revoked; `orders.client.links.works` tells if it is valid."""
    return await _one(c, _OF_ORDER, order_id=order_id)


async def of_chat(c: AsyncConnection, chat_id: int) -> list[ClientLink]:
    """Returns the links that were opened in this chat and not revoked, oldest first."""
    return [_link(row) for row in await c.execute(_OF_CHAT, {"chat_id": chat_id})]


async def by_token(c: AsyncConnection, token: str) -> ClientLink | None:
    """Returns the link with this secret token, revoked or not; None where there is none."""
    return await _one(c, _BY_DIGEST, digest=digest_of(token))


async def bind(c: AsyncConnection, link_id: int, chat_id: int, language: str, at: datetime) -> bool:
    """Bind the link to this chat. Returns False when it is bound to a chat already."""
    free = update(client_links).where(client_links.c.id == link_id, client_links.c.chat_id.is_(None))
    return (await c.execute(free.values(chat_id=chat_id, language=language, opened_at=at))).rowcount == 1


async def note_second(c: AsyncConnection, link_id: int, at: datetime) -> bool:
    """Store that a second person opened the link. Returns False when that is stored already."""
    first = update(client_links).where(client_links.c.id == link_id, client_links.c.second_at.is_(None))
    return (await c.execute(first.values(second_at=at))).rowcount == 1


async def revoke(c: AsyncConnection, order_id: int, mark: Mark) -> bool:
    """Revoke the order's link. Returns False when there is none."""
    own = update(client_links).where(client_links.c.order_id == order_id, client_links.c.is_over.is_(False))
    return (await c.execute(own.values(is_over=True, revoked=serial.mark_document(mark)))).rowcount == 1


async def shown(c: AsyncConnection, link_id: int) -> Shown:
    """Returns what the link's chat shows now."""
    row = (await c.execute(select(client_links).where(client_links.c.id == link_id))).one()
    return Shown(row.card_id, row.card_digest, row.photo_sha256)


async def note_card(c: AsyncConnection, link_id: int, card_id: int, digest: str) -> None:
    """Store which message is the card in the client's chat."""
    own = update(client_links).where(client_links.c.id == link_id)
    await c.execute(own.values(card_id=card_id, card_digest=digest))


async def note_photo(c: AsyncConnection, link_id: int, sha256: str) -> None:
    """Store that the client was sent this photo."""
    await c.execute(update(client_links).where(client_links.c.id == link_id).values(photo_sha256=sha256))


async def erase(c: AsyncConnection, order_id: int) -> None:
    """Delete the personal data of the client's side of an order (R63): links, talk, photos and positions.

    Call it together with the erasure of the order's own personal data. Afterwards the order's links do not
    work; messages in people's chats are not changed.
    """
    for table in (client_links, client_talk, client_messages, client_photos, shown_positions):
        await c.execute(delete(table).where(table.c.order_id == order_id))


async def _one(c: AsyncConnection, query: Select[Any], **values: object) -> ClientLink | None:
    row = (await c.execute(query, values)).one_or_none()
    return _link(row) if row else None


def _link(row: Row[Any]) -> ClientLink:
    return ClientLink(
        row.id,
        row.order_id,
        row.nonce,
        serial.read_mark(row.made),
        row.chat_id,
        row.language,
        row.opened_at,
        row.second_at,
        serial.read_mark(row.revoked) if row.revoked else None,
    )
