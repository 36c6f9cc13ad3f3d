"""The imported money reports, each identified by the digest of its file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from orders.money.money_report import Taken
from storage.db import upserts
from storage.db.tables import money_reports


@dataclass(frozen=True, slots=True)
class KeptReport:
    """A report of a shop: who sent it last, when, and the result of its import."""

    id: int
    shop_id: int
    sha256: str
    staff_id: int | None
    at: datetime
    taken: Taken


_TAKEN = TypeAdapter(Taken)


async def put(c: AsyncConnection, report: KeptReport) -> int:
    """Upsert a report by the digest of its file. Returns its id."""
    key = {"shop_id": report.shop_id, "sha256": report.sha256}
    document = _TAKEN.dump_python(report.taken, mode="json")
    values = {"staff_id": report.staff_id, "at": report.at, "document": document}
    await upserts.put(c, money_reports, key, values)
    query = select(money_reports.c.id).filter_by(**key)
    report_id: int = (await c.execute(query)).scalar_one()
    return report_id


async def get(c: AsyncConnection, shop_id: int, report_id: int) -> KeptReport | None:
    """Returns a report of this shop, or None."""
    query = select(money_reports).filter_by(id=report_id, shop_id=shop_id)
    row = (await c.execute(query)).one_or_none()
    return _report(row) if row else None


async def page(c: AsyncConnection, shop_id: int, limit: int, offset: int = 0) -> list[KeptReport]:
    """Returns one page of the shop's reports, the newest first."""
    mine = select(money_reports).filter_by(shop_id=shop_id)
    newest = mine.order_by(money_reports.c.at.desc(), money_reports.c.id.desc())
    return [_report(row) for row in await c.execute(newest.limit(limit).offset(offset))]


async def total(c: AsyncConnection, shop_id: int) -> int:
    """Returns the number of reports on all pages of `page`."""
    mine = select(func.count()).select_from(money_reports).filter_by(shop_id=shop_id)
    return (await c.execute(mine)).scalar_one()


def _report(row: Row[Any]) -> KeptReport:
    taken = _TAKEN.validate_python(row.document)
    return KeptReport(row.id, row.shop_id, row.sha256, row.staff_id, row.at, taken)
