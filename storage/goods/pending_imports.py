"""Price lists that people sent, pending until somebody taps «Применить» or «Отмена»."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.goods.price_list import PriceList
from storage.db.tables import imports


class ImportState(StrEnum):
    """Whether a list is pending, was applied, or was dropped."""

    WAITING = "waiting"
    APPLIED = "applied"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Import:
    """A list that somebody sent; its entries are deleted once it is applied or dropped."""

    id: int
    shop_id: int
    staff_id: int | None
    at: datetime
    name: str
    state: ImportState
    listed: PriceList


_LISTED = TypeAdapter(PriceList)


async def add(
    c: AsyncConnection, shop_id: int, staff_id: int | None, at: datetime, name: str, listed: PriceList
) -> int:
    """Store a list until somebody decides on it. Returns its id."""
    values = {
        "shop_id": shop_id,
        "staff_id": staff_id,
        "at": at,
        "name": name,
        "state": ImportState.WAITING,
        "document": _LISTED.dump_python(listed, mode="json"),
    }
    import_id: int = (await c.execute(insert(imports).values(values).returning(imports.c.id))).scalar_one()
    return import_id


async def get(c: AsyncConnection, shop_id: int, import_id: int) -> Import | None:
    """Returns the list, or None when this shop has none with that id."""
    row = (await c.execute(select(imports).filter_by(id=import_id, shop_id=shop_id))).one_or_none()
    if row is None:
        return None
    listed = _LISTED.validate_python(row.document)
    return Import(row.id, row.shop_id, row.staff_id, row.at, row.name, ImportState(row.state), listed)


async def close(c: AsyncConnection, shop_id: int, import_id: int, state: ImportState) -> bool:
    """Mark a pending list as applied or dropped. Returns False when somebody has decided already."""
    waiting = update(imports).filter_by(id=import_id, shop_id=shop_id, state=ImportState.WAITING)
    document = _LISTED.dump_python(PriceList(()), mode="json")
    return (await c.execute(waiting.values(state=state, document=document))).rowcount == 1
