"""`florist backup pack`: a PDF of the orders of today and tomorrow, from the backup copy alone (X9, R81)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.commands.backup import Answer
from messages.i18n.texts import Translator
from messages.support.day_pack import pack_document, pack_text
from orders.model.order import Order
from orders.schedule.day_pack import day_pack
from services.backup.restore import copied_order, copied_shop
from services.health.clock import utc_now
from services.health.drawings import NotDrawn, drawn
from services.pack.printer import Printer
from storage.backup.backup_copy import BackupCopy
from storage.db.errors import StorageError, UnreadableDocument
from storage.db.owner_only import write_file


async def write_pack(copy: Path, file: Path) -> Answer:
    """Write the PDF, readable only by the user who runs this. The answer lists unreadable orders.

    If it cannot be drawn, the same orders are written as text, beside the place of the PDF.
    """
    source = BackupCopy(copy)
    try:
        shops = await source.shops()
        orders, unreadable = await _orders(source)
    except StorageError as error:
        return Answer(str(error), is_well=False)
    now = utc_now()
    documents = _documents(shops, orders, now)
    if not documents:
        return Answer(f"The copy {copy} holds no open order for today or tomorrow.", is_well=not unreadable)
    content, flaw = await _drawn_or_text(documents)
    if flaw:
        file = file.with_suffix(".txt")
    try:
        write_file(file, content)
    except OSError as error:
        return Answer(f"{file} cannot be written: {error.strerror}.", is_well=False)
    total = sum(len(one["cards"]) for one in documents)
    lines = [flaw] if flaw else []
    lines += [f"{file}: orders {total}. It holds personal data; only this user may read it."]
    lines += [f"not readable in the copy: {one}" for one in unreadable]
    return Answer("\n".join(lines), is_well=not unreadable and not flaw)


async def _drawn_or_text(documents: Sequence[Mapping[str, Any]]) -> tuple[bytes, str]:
    """The PDF; or the text, and why there is no PDF."""
    printer = Printer()
    try:
        return await drawn(printer.draw(documents)), ""
    except NotDrawn as error:
        text = "\n\n".join(map(pack_text, documents))
        return text.encode(), f"The PDF could not be drawn ({error}); this is the same as text."
    finally:
        printer.close()


async def _orders(source: BackupCopy) -> tuple[list[Order], list[str]]:
    """The readable orders, and the numbers of the unreadable ones."""
    found, unreadable = list[Order](), list[str]()
    async for record in source.all_latest():
        try:
            found.append(copied_order(record))
        except UnreadableDocument:
            unreadable.append(record.number)
    return found, unreadable


def _documents(
    shops: Mapping[int, dict[str, Any]], orders: list[Order], now: datetime
) -> list[dict[str, Any]]:
    """One document for each shop with open orders. The copy does not know the bot: cards get no QR codes."""
    documents = []
    for shop_id, document in sorted(shops.items()):
        shop = copied_shop(shop_id, document)
        pack = day_pack((one for one in orders if one.shop_id == shop_id), shop.rules, now)
        if pack.orders:
            t = Translator(shop.language)
            documents.append(pack_document(pack, shop.name, shop.rules, {}, now, t))
    return documents
