"""Price lists that were sent and wait for «Применить» or «Отмена»."""

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
    """What became of a list."""

    WAITING = "waiting"
    APPLIED = "applied"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Import:
    """A list that somebody sent; once it waits no more its entries are gone."""

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
    """Keep a list until somebody decides; gives its id."""
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
    """A list that was sent to this shop."""
    row = (await c.execute(select(imports).filter_by(id=import_id, shop_id=shop_id))).one_or_none()
    if row is None:
        return None
    listed = _LISTED.validate_python(row.document)
    return Import(row.id, row.shop_id, row.staff_id, row.at, row.name, ImportState(row.state), listed)


async def close(c: AsyncConnection, shop_id: int, import_id: int, state: ImportState) -> bool:
    """Decide upon a list that waits; False when somebody has decided already."""
    waiting = update(imports).filter_by(id=import_id, shop_id=shop_id, state=ImportState.WAITING)
    document = _LISTED.dump_python(PriceList(()), mode="json")
    return (await c.execute(waiting.values(state=state, document=document))).rowcount == 1
