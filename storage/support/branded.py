"""The profiles of the shops, and their requests for branded goods (R73-R75)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.support.branded import BrandedRequest, ShopProfile
from storage.db import upserts
from storage.db.support_tables import brand_requests, shop_profiles

_PROFILE = TypeAdapter(ShopProfile)
_REQUEST = TypeAdapter(BrandedRequest)


async def profile(c: AsyncConnection, shop_id: int) -> ShopProfile:
    """Returns the shop's profile; an empty one where none is stored."""
    row = (await c.execute(select(shop_profiles).where(shop_profiles.c.shop_id == shop_id))).one_or_none()
    return _PROFILE.validate_python(row.document) if row else ShopProfile()


async def put_profile(c: AsyncConnection, shop_id: int, kept: ShopProfile) -> None:
    """Upsert the shop's profile."""
    document = _PROFILE.dump_python(kept, mode="json")
    await upserts.put(c, shop_profiles, {"shop_id": shop_id}, {"document": document})


async def open_requests(c: AsyncConnection, shop_id: int) -> list[BrandedRequest]:
    """Returns the shop's open requests, oldest first."""
    mine = (brand_requests.c.shop_id == shop_id, brand_requests.c.is_over.is_(False))
    rows = await c.execute(select(brand_requests).where(*mine).order_by(brand_requests.c.id))
    return [_read(row) for row in rows]


async def get(c: AsyncConnection, shop_id: int, request_id: int) -> BrandedRequest | None:
    """Returns a request of this shop, or None."""
    mine = (brand_requests.c.shop_id == shop_id, brand_requests.c.id == request_id)
    row = (await c.execute(select(brand_requests).where(*mine))).one_or_none()
    return _read(row) if row else None


async def put(c: AsyncConnection, request: BrandedRequest) -> None:
    """Insert a new request (id 0), or update a stored one."""
    values = {
        "shop_id": request.shop_id,
        "document": _REQUEST.dump_python(request, mode="json"),
        "is_over": request.over is not None,
    }
    if request.id:
        await c.execute(update(brand_requests).where(brand_requests.c.id == request.id).values(values))
    else:
        await c.execute(insert(brand_requests).values(values))


async def remove_all(c: AsyncConnection) -> None:
    """Delete all rows before those of the backup copy are restored."""
    await c.execute(delete(brand_requests))
    await c.execute(delete(shop_profiles))


def _read(row: Row[Any]) -> BrandedRequest:
    return replace(_REQUEST.validate_python(row.document), id=row.id)
